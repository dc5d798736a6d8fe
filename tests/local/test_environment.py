"""What the environment may not say, and that the program's own start stops listening to it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.local.environment import PASSED, PASSED_BEGINNINGS, sanitize_environ

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
LOADED = [
    "GTK_MODULES",
    "GTK3_MODULES",
    "GTK_PATH",
    "GIO_EXTRA_MODULES",
    "GIO_MODULE_DIR",
    "GCONV_PATH",
    "QT_QPA_PLATFORMTHEME",
    "QT_STYLE_OVERRIDE",
    "QML_IMPORT_PATH",
    "LIBGL_DRIVERS_PATH",
    "FONTCONFIG_FILE",
    "P11_KIT_STRICT",
    "XDG_DATA_DIRS",
    "LD_PRELOAD",
    "PYTHONPATH",
]
"""They name code or configuration that libraries of this process would load."""
START = """
import os, sys
from kiosk.cli import main
main.main(["--profile", sys.argv[1], "status"])
print(*sorted(os.environ), sep="\\n")
"""


@pytest.mark.parametrize("name", BENT + LOADED)
def test_what_bends_trust_or_traffic_is_taken_out(name: str) -> None:
    environ = {**KEPT, name: "thief"}
    assert sanitize_environ(environ, root=False) == (name,)
    assert environ == KEPT


@pytest.mark.parametrize("root", [True, False])
def test_only_root_is_without_the_sandbox(root: bool) -> None:
    environ = {**KEPT, "QTWEBENGINE_DISABLE_SANDBOX": "1"}
    sanitize_environ(environ, root)
    assert ("QTWEBENGINE_DISABLE_SANDBOX" in environ) is root


def test_every_command_starts_without_them(tmp_path: Path) -> None:
    bent = dict.fromkeys(BENT + LOADED[:-2], "thief")
    done = subprocess.run(
        [sys.executable, "-c", START, str(tmp_path)],
        env={**os.environ, **bent, "PYTHONPATH": str(Path.cwd())},
        capture_output=True,
        text=True,
        check=True,
    )
    heard = done.stdout.splitlines()
    assert "PATH" in heard
    assert not set(BENT + LOADED) & set(heard)


@given(st.text(min_size=1).filter(lambda name: "=" not in name and "\0" not in name))
def test_what_is_not_on_the_list_does_not_pass(name: str) -> None:
    environ = {name: "thief"}
    sanitize_environ(environ, root=False)
    passes = name in PASSED or name.startswith(PASSED_BEGINNINGS)
    assert (name in environ) is (passes and name != "QT_QPA_PLATFORM")


@pytest.mark.parametrize(
    ("value", "passes"), [("xcb", True), ("offscreen", True), ("vnc:port=5900", False)]
)
def test_the_screen_is_not_served_to_the_network(value: str, passes: bool) -> None:
    environ = {"QT_QPA_PLATFORM": value}
    sanitize_environ(environ, root=False)
    assert ("QT_QPA_PLATFORM" in environ) is passes


@pytest.mark.parametrize(
    "name",
    [
        "QT_SCALE_FACTOR",
        "QT_ACCESSIBILITY",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON",
        "DBUS_SESSION_BUS_ADDRESS",
        "LC_TIME",
        "XMODIFIERS",
    ],
)
def test_what_a_person_or_a_desktop_needs_passes(name: str) -> None:
    environ = {name: "x"}
    assert sanitize_environ(environ, root=False) == ()
