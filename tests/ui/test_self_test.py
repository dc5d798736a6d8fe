"""The drawing that ``kiosk --self-test`` tries, in a process of its own with a real X server."""

import os
import subprocess
import sys

import pytest

from tests.support.xvfb import private_x_server

TRY = """
from datetime import UTC, datetime
from kiosk.session.pages.painted import painted_login
from kiosk.session.model.people import Place
from kiosk.ui import self_test
from kiosk.ui.self_test import Drawing
{before}
it = Drawing()
view = painted_login(Place("https://x.example", "Main Street", "Op 3"), None, datetime.now(UTC))
print(it.lost_fonts(), it.draws(view), it.opens_page())
"""


def tried(before: str = "") -> str:
    with private_x_server() as display:
        env = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        done = subprocess.run(
            [sys.executable, "-c", TRY.format(before=before)],
            capture_output=True,
            text=True,
            check=True,
            env=env,
        )
    return done.stdout.strip()


@pytest.mark.skipif("sys.platform != 'linux'", reason="the X server is Linux's")
def test_fonts_a_page_and_the_engine() -> None:
    assert tried() == "() True True"


@pytest.mark.skipif("sys.platform != 'linux'", reason="the X server is Linux's")
def test_what_is_lost_empty_or_silent_is_found() -> None:
    lost = "self_test.FONTS = ('none.otf',)"
    empty = "self_test.KioskWindow = lambda look, keep: self_test.QWidget()"
    shown = "self_test.QWidget.show_view = lambda self, view: None"
    silent = "self_test.ENGINE_PATIENCE_MS = 0"
    before = f"from PySide6.QtWidgets import QWidget; self_test.QWidget = QWidget; {lost}; {empty}"
    assert tried(f"{before}; {shown}; {silent}") == "('none.otf',) False False"
