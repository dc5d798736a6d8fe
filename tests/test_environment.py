"""What the environment may not say, and that the program's own start stops listening to it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.environment import shed_environment

KEPT = {"PATH": "/bin", "HOME": "/home/op3", "DISPLAY": ":0", "QT_QPA_PLATFORM": "xcb"}
BENT = [
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "SSLKEYLOGFILE",
    "REQUESTS_CA_BUNDLE",
    "CURL_CA_BUNDLE",
    "OPENSSL_CONF",
    "OPENSSL_ENGINES",
    "OPENSSL_MODULES",
    "http_proxy",
    "https_proxy",
    "all_proxy",
    "no_proxy",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "ALL_PROXY",
    "SOCKS_SERVER",
    "auto_proxy",
    "QTWEBENGINE_REMOTE_DEBUGGING",
    "QTWEBENGINE_CHROMIUM_FLAGS",
    "QTWEBENGINE_DICTIONARIES_PATH",
    "QTWEBENGINEPROCESS_PATH",
    "QT_PLUGIN_PATH",
    "QT_QPA_PLATFORM_PLUGIN_PATH",
    "PYTHON_KEYRING_BACKEND",
    "KEYRING_PROPERTY_SCHEME",
]
START = """
import os, sys
from kiosk import cli
cli.main(["--profile", sys.argv[1], "status"])
print(*sorted(os.environ), sep="\\n")
"""


@pytest.mark.parametrize("name", BENT)
def test_what_bends_trust_or_traffic_is_taken_out(name: str) -> None:
    environ = {**KEPT, name: "thief"}
    assert shed_environment(environ, root=False) == (name,)
    assert environ == KEPT


@pytest.mark.parametrize("root", [True, False])
def test_only_root_is_without_the_sandbox(root: bool) -> None:
    environ = {**KEPT, "QTWEBENGINE_DISABLE_SANDBOX": "1"}
    shed_environment(environ, root)
    assert ("QTWEBENGINE_DISABLE_SANDBOX" in environ) is root


def test_every_command_starts_without_them(tmp_path: Path) -> None:
    bent = dict.fromkeys(BENT, "thief")
    done = subprocess.run(
        [sys.executable, "-c", START, str(tmp_path)],
        env={**os.environ, **bent, "PYTHONPATH": str(Path.cwd())},
        capture_output=True,
        text=True,
        check=True,
    )
    heard = done.stdout.splitlines()
    assert "PATH" in heard
    assert not set(BENT) & set(heard)
