"""The server's front door: https, with a certificate of a CA that was made for this one trial.

Keeps who asked for what: a proxy that speaks from an address of its own can so be told from a
kiosk that went past it. Trusted by nobody until somebody adds the CA's file.
"""

import asyncio
import contextlib
import socket
import ssl
import threading
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

NAME = "xchart.clinic.example"
"""A name, since the web engine takes no proxy to an address of loopback."""
CA = "Clinic of the trial"
PEM = serialization.Encoding.PEM
WORDS = 65536
FAREWELL = 1
"""Seconds a caller has to leave, and for the goodbye of TLS."""


class Door:
    """``with Door(folder) as door``: leads nowhere until ``lead_to``; ``ca`` is the CA's file."""

    def __init__(self, folder: Path) -> None:
        """The server has to know its address before there is one to lead to."""
        self.ca = folder / "clinic.crt"
        ours, theirs = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
        self.ca.write_bytes(_signed(CA, ours, ours).public_bytes(PEM))
        pair = folder / "door.pem"
        pair.write_bytes(_signed(NAME, theirs, ours).public_bytes(PEM) + _written(theirs))
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(pair)
        self._way = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._way.getsockname()[1]
        self.address = f"https://{NAME}:{self.port}"
        self._behind = 0
        self._lock = threading.Lock()
        self._asked: list[tuple[str, str]] = []
        self._closing = threading.Event()
        self._keeper = threading.Thread(target=lambda: asyncio.run(self._keep()))

    def __enter__(self) -> Self:
        self._keeper.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._keeper.join()

    def lead_to(self, address: str) -> None:
        """From now on to the server at that address, on loopback."""
        self._behind = int(address.rpartition(":")[2])

    def asked(self) -> list[tuple[str, str]]:
        """From which address, and the request's first line; oldest first."""
        with self._lock:
            return list(self._asked)

    async def _keep(self) -> None:
        opened = asyncio.start_server(
            self._let_in, sock=self._way, ssl=self._context, ssl_shutdown_timeout=FAREWELL
        )
        async with await opened:
            await asyncio.to_thread(self._closing.wait)
            # An ended loop closes nobody's connection, nor a closed server theirs who just came.
            while inside := asyncio.all_tasks() - {asyncio.current_task()}:
                _, staying = await asyncio.wait(inside, timeout=FAREWELL)
                for each in staying:
                    each.cancel()

    async def _let_in(self, caller: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        who = str(back.get_extra_info("peername")[0])
        async with AsyncExitStack() as closing:
            closing.push_async_callback(_close, back)
            try:
                server, on = await asyncio.open_connection("127.0.0.1", self._behind)
            except OSError:
                return
            closing.push_async_callback(_close, on)
            ways = [
                asyncio.create_task(self._pass(caller, on, who)),
                asyncio.create_task(self._pass(server, back)),
            ]
            try:
                await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for way in ways:
                    way.cancel()

    async def _pass(
        self, source: asyncio.StreamReader, target: asyncio.StreamWriter, who: str = ""
    ) -> None:
        """Until either side is gone; ``who`` asks, where it is the caller's side."""
        try:
            while received := await source.read(WORDS):
                line = received.partition(b"\r\n")[0].decode("latin-1")
                if who and line.endswith(" HTTP/1.1"):
                    with self._lock:
                        self._asked.append((who, line))
                target.write(received)
                await target.drain()
        except OSError:
            pass


async def _close(end: asyncio.StreamWriter) -> None:
    end.close()
    with contextlib.suppress(OSError):
        await end.wait_closed()


def _signed(
    subject: str, key: ec.EllipticCurvePrivateKey, by: ec.EllipticCurvePrivateKey
) -> x509.Certificate:
    """A certificate of a day; the CA's own where it signs itself."""
    now = datetime.now(UTC)
    issuer, own = (x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, n)]) for n in (CA, subject))
    return (
        x509.CertificateBuilder()
        .subject_name(own)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=key is by, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(by, hashes.SHA256())
    )


def _written(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
