"""Curtains: on every other screen, drawn at once, also on one that is plugged in while covered."""

import subprocess
import sys
from pathlib import Path

SCRIPT = """
import sys
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from kiosk.ui.curtain import Curtains
from kiosk.ui.theme import look

app = QApplication(["test"])
left, right, wall = QGuiApplication.screens()
kiosk = QWidget()
kiosk.setScreen(left)
kiosk.setGeometry(left.geometry())
kiosk.show()
curtains = Curtains(frozenset({wall.name()}), look(), kiosk)

def drawn():
    return {c.screen().name() for c in curtains.curtains if c.isVisible()}

assert drawn() == set()
curtains.cover()
app.processEvents()
assert drawn() == {right.name()}, drawn()
over = next(c for c in curtains.curtains if c.isVisible())
assert over.geometry() == right.geometry(), over.geometry()
over.close()
assert drawn() == {right.name()}, "a curtain can be closed"
app.screenRemoved.emit(right)
assert drawn() == set()
app.screenAdded.emit(right)
app.processEvents()
assert drawn() == {right.name()}, "a screen plugged in while covered is open"
curtains.uncover()
assert drawn() == set()
app.screenRemoved.emit(right)
app.screenAdded.emit(right)
assert drawn() == set()
print("held")
"""
SCREENS = """{"synchronousWindowSystemEvents": true, "screens": [
 {"name": "left", "x": 0, "y": 0, "width": 1280, "height": 800},
 {"name": "right", "x": 1280, "y": 0, "width": 1920, "height": 1080},
 {"name": "wall", "x": 3200, "y": 0, "width": 1920, "height": 1080}]}"""


def test_three_screens(tmp_path: Path) -> None:
    """One process of its own: the platform takes its screens from a file, once."""
    file = tmp_path / "screens.json"
    file.write_text(SCREENS)
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, "-platform", f"offscreen:configfile={file}"],
        env={"QT_QPA_PLATFORM": f"offscreen:configfile={file}"},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout.strip() == "held", done.stderr
