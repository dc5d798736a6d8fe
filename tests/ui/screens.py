"""Pictures of every page and state: ``python -m tests.ui.screens build/screens``.

Both usual sizes, light and dark. Needs no display: without one it draws offscreen.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import (
    QMessageLogContext,
    QPoint,
    QRect,
    QRectF,
    QSize,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from kiosk.session.intents import Ticket
from kiosk.session.views import PageState, View, WorkspaceView
from kiosk.ui.panel import rounded
from kiosk.ui.pitch import Pitch, roominess
from kiosk.ui.theme import Look, Scheme, install, look
from kiosk.ui.window import KioskWindow
from tests.ui.scenes import SCENES, said, show

SIZES = (QSize(1920, 1080), QSize(1280, 800))


def _pictures(app: QApplication, wanted: str) -> Iterator[tuple[str, KioskWindow, View]]:
    for scheme in Scheme:
        for size in SIZES:
            made = look(scheme, Pitch(room=roominess(size)))
            install(app, made)
            for name, view in SCENES.items():
                if wanted in name:
                    window = KioskWindow(made, lambda _typed: Ticket(0), said)
                    window.resize(size)
                    window.show()
                    show(window, name)
                    app.processEvents()
                    yield f"{name}-{size.width()}x{size.height()}-{scheme}.png", window, view
                    window.hide()
                    window.deleteLater()


def _stand_in(picture: QPixmap, made: Look, place: QRect) -> None:
    """Grey rows where Xchart's own page would be: no page is opened for a picture."""
    colours = made.colours
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    left, top = place.left() + 40, place.top() + 40
    width = place.width() - 80
    rounded(painter, QRectF(left, top, 0.3 * width, 34), 8, colours.line)
    for row in range((place.height() - 160) // 92):
        area = QRectF(left, top + 64 + 92 * row, width, 76)
        rounded(painter, area, 14, colours.surface, colours.line)
        at = area.left() + 24
        for wide in (0.07, 0.2 - 0.02 * (row % 3), 0.14, 0.1):
            rounded(painter, QRectF(at, area.top() + 30, wide * width, 16), 8, colours.line)
            at += width / 4.4
    painter.end()


def draw(app: QApplication, folder: Path, wanted: str = "") -> int:
    """Write every picture whose scene's name contains ``wanted``; returns how many."""
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for name, window, view in _pictures(app, wanted):
        picture = window.grab()
        if isinstance(view, WorkspaceView) and view.page is PageState.SHOWN:
            place = window.xchart
            corner = place.mapTo(window, QPoint(0, 0))
            _stand_in(picture, window.look, QRect(corner, place.size()))
        picture.save(str(folder / name))
        count += 1
    return count


def _say(_kind: QtMsgType, _where: QMessageLogContext, text: str) -> None:
    """Without a display Qt says once a window that it tells no window manager its size."""
    if "propagateSizeHints" not in text:
        print(text, file=sys.stderr)


def main(arguments: list[str]) -> int:
    """``OUT [PART-OF-A-NAME]``."""
    if not arguments:
        print(__doc__)
        return 2
    if "DISPLAY" not in os.environ:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    qInstallMessageHandler(_say)
    app = QApplication([])
    count = draw(app, Path(arguments[0]), *arguments[1:2])
    print(f"{count} pictures in {arguments[0]}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
