"""One page as it is: ``python -m tests.ui.try_scene NAME``, or without a name, which there are.

With a display it is a window that can be pressed, and says what is asked for; without one it is a
picture in ``build/try``.
"""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from kiosk.session.model.intents import Ticket
from kiosk.ui.look.theme import install, look
from kiosk.ui.window import KioskWindow
from tests.support.scenes import SCENES, said, show
from tests.ui.screens import draw

PICTURES = Path("build", "try")
SIZE = QSize(1280, 800)
SCREEN = f"{SIZE.width()}x{SIZE.height()}-light"


def main(arguments: list[str]) -> int:
    """0; 2 where there is no such scene."""
    name = arguments[0] if arguments else ""
    if name not in SCENES:
        print(*SCENES, sep="\n")
        return 2 if name else 0
    if "DISPLAY" not in os.environ:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        draw(QApplication([]), PICTURES, name, SCREEN)
        print(PICTURES / f"{name}-{SCREEN}.png")
        return 0
    return live(QApplication(["operatory-kiosk"]), name)


def live(app: QApplication, name: str) -> int:
    """The page in a window, until that is closed."""
    made = look()
    install(app, made)
    window = KioskWindow(made, lambda _typed: Ticket(0), said)
    window.asked.connect(lambda intent: print(type(intent).__name__, flush=True))
    window.closing.connect(app.quit)
    window.resize(SIZE)
    show(window, name)
    window.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
