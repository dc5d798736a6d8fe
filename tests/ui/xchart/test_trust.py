"""Page and API trust the same, on the real engine over TLS: what IT adds opens, what it takes not.

Needs a screen, and root for the parts with a CA: a mount namespace of their own lets
``update-ca-certificates`` work on a copy of the system's store. The computer stays as it was.
"""

import os
import shutil
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kiosk.local.page_trust import trust_module
from tests.support.certificates import write_inspected
from tests.support.serving import begin

NEEDS = shutil.which("unshare") and shutil.which("update-ca-certificates") and trust_module()
ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
STORE = """set -e
mount -t tmpfs store /usr/local/share/ca-certificates
cp -a /etc/ssl/certs "$COPY"
mount --bind "$COPY" /etc/ssl/certs
if [ -n "$CA" ]; then cp "$CA" /usr/local/share/ca-certificates/clinic.crt; fi
update-ca-certificates >/dev/null 2>&1
exec "$@"
"""


class Hello(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<h1>Xchart</h1>")

    def log_message(self, format: str, *_arguments: object) -> None:
        pass


class OnIPv6(ThreadingHTTPServer):
    address_family = socket.AF_INET6


def started(address: str, home: Path, *wanted: str, before: tuple[str, ...] = ()) -> list[str]:
    """What API call and page come to, in a kiosk's first minute: a process of its own."""
    environment = {**os.environ, "HOME": str(home)}
    done = subprocess.run(
        [*before, sys.executable, "-m", "tests.support.one_page", address, *wanted],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.split("\n")[:2]


@pytest.fixture
def inspected(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """An address behind a certificate of the clinic's own CA, and that CA's."""
    ca, pair = write_inspected(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pair)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hello)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    begin(server)
    yield f"https://localhost:{server.server_port}/", ca
    server.shutdown()
    server.server_close()


@pytest.mark.skipif(not (NEEDS and ROOT), reason="needs root, unshare and p11-kit-modules")
def test_what_it_adds_to_the_system_opens_the_page_and_what_it_takes_away_does_not(
    inspected: tuple[str, Path], tmp_path: Path
) -> None:
    """One user through four starts. The second shows that the engine alone would refuse."""
    address, ca = inspected
    home = tmp_path / "home"
    home.mkdir()

    def start(number: int, added: bool, *wanted: str) -> list[str]:
        store = [f"COPY={tmp_path / f'certs-{number}'}", f"CA={ca if added else ''}"]
        before = ("unshare", "-m", "env", *store, "sh", "-c", STORE, "sh")
        return started(address, home, *wanted, before=before)

    assert start(1, False) == ["untrusted", "certificate -202"]
    shutil.rmtree(home / ".pki")
    assert start(2, True, "alone") == ["200", "certificate -202"]
    assert start(3, True) == ["200", "opened"]
    assert start(4, False) == ["untrusted", "certificate -202"]


def test_a_page_at_an_ipv6_address_opens(tmp_path: Path) -> None:
    try:
        server = OnIPv6(("::1", 0), Hello)
    except OSError:
        pytest.skip("this computer has no IPv6")
    begin(server)
    try:
        assert started(f"http://[::1]:{server.server_port}/", tmp_path) == ["200", "opened"]
    finally:
        server.shutdown()
        server.server_close()
