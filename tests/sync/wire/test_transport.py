"""The socket's edge against real servers that do not behave (threats.md T9, T19)."""

import datetime as dt
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from kiosk.session.model.refusals import Unreachable
from kiosk.sync.wire.transport import LARGEST_ANSWER, Answer, Transport, why

OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
Speaking = Callable[[socket.socket], None]


@dataclass
class Stranger:
    """A server that says what it is told to, once a connection, after one request."""

    port: int
    heard: list[bytes]


@pytest.fixture
def stranger() -> Iterator[Callable[..., Stranger]]:
    """Make strangers; they go when the test ends."""
    with ExitStack() as ends:

        def make(speak: Speaking | bytes, context: ssl.SSLContext | None = None) -> Stranger:
            listening = socket.create_server(("127.0.0.1", 0))
            listening.settimeout(20)
            heard: list[bytes] = []

            def serve() -> None:
                while True:
                    try:
                        connection, _ = listening.accept()
                    except OSError:
                        return
                    with ExitStack() as closing:
                        closing.enter_context(connection)
                        try:
                            spoken = connection
                            if context is not None:
                                spoken = context.wrap_socket(connection, server_side=True)
                                closing.enter_context(spoken)
                            heard.append(spoken.recv(65536))
                            if isinstance(speak, bytes):
                                spoken.sendall(speak)
                            else:
                                speak(spoken)
                        except OSError:
                            continue  # the kiosk hung up: that is what is tested

            thread = threading.Thread(target=serve)
            thread.start()

            def stop() -> None:
                listening.shutdown(socket.SHUT_RDWR)
                listening.close()
                thread.join(20)

            ends.callback(stop)
            return Stranger(listening.getsockname()[1], heard)

        yield make


@pytest.fixture
def transport() -> Iterator[Transport]:
    """One with the usual deadline."""
    made = Transport("")
    yield made
    made.close()


def asked(transport: Transport, port: int, scheme: str = "http") -> Answer | Unreachable:
    """One request."""
    return transport.send("GET", f"{scheme}://127.0.0.1:{port}/v1/server", {"DPoP": "p"}, None)


def test_an_answer_is_an_answer(transport: Transport, stranger: Callable[..., Stranger]) -> None:
    """Status, lower-case headers, body."""
    told = asked(transport, stranger(OK).port)
    assert isinstance(told, Answer)
    assert told.headers["content-type"] == "application/json"
    assert told.body == b"{}"


def test_a_redirect_is_not_followed(
    transport: Transport, stranger: Callable[..., Stranger]
) -> None:
    """T9: a portal's redirect would carry proofs and secrets away."""
    elsewhere = stranger(OK)
    where = f"Location: http://127.0.0.1:{elsewhere.port}/\r\nContent-Length: 0\r\n\r\n".encode()
    told = asked(transport, stranger(b"HTTP/1.1 302 Found\r\n" + where).port)
    assert isinstance(told, Answer)
    assert told.status == 302
    assert elsewhere.heard == []


@pytest.mark.parametrize("begun", ["200 OK", "302 Found\r\nLocation: http://portal.invalid/"])
def test_an_endless_answer_is_cut_off(
    transport: Transport, stranger: Callable[..., Stranger], begun: str
) -> None:
    """T19: no memory for more than a megabyte. A redirect's is read as little, being followed as
    little."""
    many, taken = 50, []

    def pour(connection: socket.socket) -> None:
        connection.sendall(f"HTTP/1.1 {begun}\r\n\r\n".encode())
        for number in range(many):
            connection.sendall(bytes(LARGEST_ANSWER))
            taken.append(number)

    assert asked(transport, stranger(pour).port) is Unreachable.NOT_UNDERSTOOD
    assert len(taken) < many / 2


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
COUNTED = b"HTTP/1.1 200 OK\r\nContent-Length: 900000\r\n\r\n"


@pytest.mark.parametrize(
    ("head", "drop"),
    [(CHUNKED, b"1\r\nx\r\n"), (COUNTED, b"x"), (b"HTTP/1.1 200 OK\r\n", b"X-Drip: 1\r\n")],
    ids=["chunks", "bytes", "headers"],
)
def test_a_dripping_answer_is_cut_off(
    stranger: Callable[..., Stranger], head: bytes, drop: bytes
) -> None:
    """The deadline is for the whole answer, headers too; the next request is not held up."""
    over, dripping = threading.Event(), threading.Event()

    def drip(connection: socket.socket) -> None:
        connection.sendall(head)
        while not over.wait(0.02):
            connection.sendall(drop)
            dripping.set()

    transport = Transport("", deadline=0.5)
    assert asked(transport, stranger(drip).port) is Unreachable.NO_ANSWER
    assert dripping.is_set()
    assert isinstance(asked(transport, stranger(OK).port), Answer)
    over.set()
    transport.close()


@pytest.mark.parametrize(
    "junk", [b"", b"SSH-2.0-OpenSSH\r\n", b"HTTP/1.1 200 OK\r\nX\x00: \r\n\r\n"]
)
def test_no_http_is_a_value(
    transport: Transport, stranger: Callable[..., Stranger], junk: bytes
) -> None:
    """Nothing raises."""
    assert isinstance(asked(transport, stranger(junk).port), Answer | Unreachable)


def test_nobody_there_is_no_answer(transport: Transport) -> None:
    """Connection refused: the network works, the server does not."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert asked(transport, port) is Unreachable.NO_ANSWER


@pytest.mark.parametrize("kind", [ssl.SSLEOFError, ssl.SSLZeroReturnError])
def test_however_python_calls_it_a_handshake_that_broke_off_is_no_distrust(
    kind: type[ssl.SSLError],
) -> None:
    """Debian 12's Python says *closed* where later ones say *end of file*."""
    told = requests.exceptions.SSLError(kind(6, "TLS/SSL connection has been closed (EOF)"))
    assert why(told) is Unreachable.NO_ANSWER


def test_a_server_that_hangs_up_in_the_handshake_does_not_answer(transport: Transport) -> None:
    """It was called an unsafe connection, and the clock suspected."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def hang_up() -> None:
            with listening.accept()[0] as connection:
                connection.recv(65536)

        hanging_up = threading.Thread(target=hang_up)
        hanging_up.start()
        told = asked(transport, listening.getsockname()[1], "https")
        hanging_up.join()
    assert told is Unreachable.NO_ANSWER


@pytest.mark.parametrize(
    ("error", "reach"),
    [
        (socket.gaierror(socket.EAI_AGAIN, "x"), Unreachable.NO_INTERNET),
        (OSError(101, "network is unreachable"), Unreachable.NO_INTERNET),
        (ssl.SSLCertVerificationError("x"), Unreachable.UNTRUSTED),
        (ssl.SSLError("x"), Unreachable.UNTRUSTED),
        (ssl.SSLEOFError("x"), Unreachable.NO_ANSWER),
        (requests.exceptions.SSLError("x"), Unreachable.UNTRUSTED),
        (ConnectionResetError(104, "x"), Unreachable.NO_ANSWER),
    ],
)
def test_the_innermost_cause_tells(error: OSError, reach: Unreachable) -> None:
    """However deep it lies."""
    outer = RuntimeError("wrapped")
    outer.__cause__ = error
    assert why(outer) is reach


@pytest.mark.parametrize(
    ("status", "reach"),
    [
        ("407 Proxy Authentication Required", Unreachable.PROXY_SIGN_IN),
        ("403 Forbidden", Unreachable.BLOCKED),
        ("429 Too Many Requests", Unreachable.BUSY),
        ("302 Found", Unreachable.PORTAL),
        ("404 Not Found", Unreachable.PROXY_FAULT),
        ("502 Bad Gateway", Unreachable.PROXY_FAULT),
        ("504 Gateway Timeout", Unreachable.PROXY_FAULT),
    ],
)
def test_a_proxy_that_opens_no_way_says_why(
    stranger: Callable[..., Stranger], status: str, reach: Unreachable
) -> None:
    """It answers instead of the server, before anything is sent there."""
    refusing = stranger(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n".encode())
    transport = Transport(f"http://127.0.0.1:{refusing.port}")
    assert transport.send("GET", "https://xchart.example/v1/server", {}, None) is reach
    assert refusing.heard[0].startswith(b"CONNECT xchart.example:443 ")
    transport.close()


def test_a_proxy_that_is_not_there_is_not_called_xchart() -> None:
    """Connection refused, by the proxy's computer."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    transport = Transport(f"http://127.0.0.1:{port}")
    told = transport.send("GET", "https://xchart.example/v1/server", {}, None)
    assert told is Unreachable.PROXY_FAULT
    transport.close()


def test_a_variable_redirects_nothing(
    stranger: Callable[..., Stranger], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proxies come from the settings alone; netrc and variables are not read."""
    thief, server = stranger(OK), stranger(OK)
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{thief.port}")
    monkeypatch.delenv("NO_PROXY", raising=False)
    transport = Transport("")
    assert isinstance(asked(transport, server.port), Answer)
    assert thief.heard == []
    transport.close()


def test_no_netrc_is_read(
    stranger: Callable[..., Stranger], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What somebody keeps there for a host of that name is not sent along with a proof."""
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login me password canary")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    server, transport = stranger(OK), Transport("")
    assert isinstance(asked(transport, server.port), Answer)
    assert b"authorization" not in server.heard[0].lower()
    transport.close()


@dataclass
class Authority:
    """A certificate authority of the tests."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate
    folder: Path

    @classmethod
    def made(cls, folder: Path) -> "Authority":
        """A new one, its certificate in ``ca.pem``."""
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = signed("CA", key.public_key(), "CA", key, authority=True)
        (folder / "ca.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        return cls(key, certificate, folder)

    def context(self, host: str, days: int = 30) -> ssl.SSLContext:
        """A server's side of TLS, certified for that host until ``days`` from now."""
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = signed(host, key.public_key(), "CA", self.key, days=days)
        pem = self.folder / f"{host}{days}.pem"
        pem.write_bytes(
            certificate.public_bytes(serialization.Encoding.PEM)
            + key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pem)
        return context


def signed(
    name: str,
    public: ec.EllipticCurvePublicKey,
    issuer: str,
    key: ec.EllipticCurvePrivateKey,
    *,
    authority: bool = False,
    days: int = 30,
) -> x509.Certificate:
    """A certificate that ends ``days`` from the real now: TLS reads the real clock."""
    now = dt.datetime.now(dt.UTC)
    who, by = (x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, n)]) for n in (name, issuer))
    built = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(by)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=60))
        .not_valid_after(now + dt.timedelta(days=days))
        .add_extension(x509.BasicConstraints(authority, None), critical=True)
    )
    if not authority:
        try:
            alternative: x509.GeneralName = x509.IPAddress(ipaddress.ip_address(name))
        except ValueError:
            alternative = x509.DNSName(name)
        built = built.add_extension(x509.SubjectAlternativeName([alternative]), critical=False)
    return built.sign(key, hashes.SHA256())


@pytest.mark.parametrize(
    ("host", "days", "known", "safe"),
    [
        ("127.0.0.1", 30, True, True),
        ("127.0.0.1", 30, False, False),
        ("xchart.example", 30, True, False),
        ("127.0.0.1", -1, True, False),
    ],
    ids=["right", "self-signed", "wrong name", "expired"],
)
def test_only_a_certificate_that_the_system_trusts_will_do(
    stranger: Callable[..., Stranger],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    host: str,
    days: int,
    known: bool,
    safe: bool,
) -> None:
    """T9: and nothing is sent before."""
    authority = Authority.made(tmp_path)
    if known:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    server = stranger(OK, authority.context(host, days))
    transport = Transport("")
    told = asked(transport, server.port, "https")
    transport.close()
    if safe:
        assert isinstance(told, Answer)
    else:
        assert told is Unreachable.UNTRUSTED
        assert server.heard == []


def test_the_bundle_of_the_library_is_not_trusted(
    stranger: Callable[..., Stranger], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the operating system's trust store counts, not the one that comes with requests."""
    authority = Authority.made(tmp_path)
    monkeypatch.setattr("requests.adapters.DEFAULT_CA_BUNDLE_PATH", str(tmp_path / "ca.pem"))
    transport = Transport("")
    server = stranger(OK, authority.context("127.0.0.1"))
    assert asked(transport, server.port, "https") is Unreachable.UNTRUSTED
    transport.close()
