"""Pictures of every page and state: ``python -m tests.ui.screens build/screens``.

Both usual sizes, light and dark. Needs no display: without one it draws offscreen.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from kiosk.session.intents import Ticket
from kiosk.ui.theme import Scheme, install, look
from kiosk.ui.window import KioskWindow
from tests.ui.scenes import SCENES

SIZES = (QSize(1920, 1080), QSize(1280, 800))


def _pictures(app: QApplication, wanted: str) -> Iterator[tuple[str, KioskWindow]]:
    for scheme in Scheme:
        made = look(scheme)
        install(app, made)
        for size in SIZES:
            for name, view in SCENES.items():
                if wanted in name:
                    window = KioskWindow(made, lambda _typed: Ticket(0))
                    window.resize(size)
                    window.show()
                    window.show_view(view)
                    app.processEvents()
                    yield f"{name}-{size.width()}x{size.height()}-{scheme}.png", window
                    window.hide()
                    window.deleteLater()


def draw(app: QApplication, folder: Path, wanted: str = "") -> int:
    """Write every picture whose scene's name contains ``wanted``; returns how many."""
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for name, window in _pictures(app, wanted):
        window.grab().save(str(folder / name))
        count += 1
    return count


def main(arguments: list[str]) -> int:
    """``OUT [PART-OF-A-NAME]``."""
    if not arguments:
        print(__doc__)
        return 2
    if "DISPLAY" not in os.environ:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication([])
    count = draw(app, Path(arguments[0]), *arguments[1:2])
    print(f"{count} pictures in {arguments[0]}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
