"""The engine starts in this process as a kiosk starts it, whichever test is the first."""

import os

import pytest
from PySide6.QtCore import QUrl


@pytest.fixture(scope="session", autouse=True)
def confined() -> None:
    """What it is confined to is read once, and it has to start for that: not without a screen."""
    if "DISPLAY" in os.environ:
        from kiosk.ui.xchart.engine import set_up

        set_up(QUrl(), QUrl("http://127.0.0.1"))
