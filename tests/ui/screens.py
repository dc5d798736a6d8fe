"""Pictures of every page and state: ``python -m tests.ui.screens build/screens``.

Every scene at both usual sizes, light and dark; the critical ones at every size that a screen in an
operatory has, upright too, and with larger letters. Needs no display: without one it draws
offscreen.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

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

from kiosk.session.model.intents import Ticket
from kiosk.session.pages.views import RoomState, View, WorkspaceView
from kiosk.ui.look.pitch import PLAIN_DPI, Pitch, roominess
from kiosk.ui.look.theme import Look, Scheme, install, look
from kiosk.ui.widgets.panel import rounded
from kiosk.ui.window import KioskWindow
from tests.support.scenes import SCENES, said, show

SIZES = (QSize(1920, 1080), QSize(1280, 800))
EVERY_SIZE = (
    QSize(1024, 768),
    QSize(1280, 800),
    QSize(1280, 1024),
    QSize(1366, 700),  # windowed: what a panel and a title leave of 768
    QSize(1366, 768),
    QSize(1920, 1080),
    QSize(2560, 1440),
    QSize(3840, 2160),
    QSize(768, 1024),
    QSize(1080, 1920),
    QSize(1200, 1920),
    QSize(2160, 3840),
)
TEXTS = (1.0, 1.5, 2.0)
CRITICAL = (
    "login",
    "login-24",
    "login-long-names",
    "login-no_internet",
    "locked",
    "locked-personal",
    "locked-long-names",
    "wiping",
    "wiping-done",
    "naming-unclear",
    "who-6",
    "approvers",
    "account-keychain",
    "code",
    "code-resend-wrong",
    "pin-wrong",
    "removal",
    "this-computer-worst",
    "case",
    "case-taken-over",
    "case-pending",
    "case-ending",
    "case-cover-ending",
    "site-place",
    "site-joined",
    "site-this-computer",
    "site-names",
    "site-names-not-kept",
    "site-names-password-wrong",
    "site-name-taken",
    "site-name",
    "site-name-badge-theirs",
    "workspace",
    "workspace-opening",
    "workspace-countdown-offline",
    "workspace-long-names",
    "page-asks",
    "page-asks-line",
    "page-asks-long",
    "page-says",
    "page-says-all",
    "day-conflicts",
    "day-long-names",
)


class Setting(NamedTuple):
    """How large a screen is, and what is drawn on it."""

    size: QSize
    scheme: Scheme
    text: float
    names: tuple[str, ...]
    dpi: float = PLAIN_DPI

    @property
    def look(self) -> Look:
        """The look there."""
        return look(self.scheme, Pitch(self.dpi, roominess(self.size), self.text))

    @property
    def mark(self) -> str:
        """What tells its pictures from others."""
        larger = f"-text{self.text}" if self.text != 1 else ""
        return f"{self.size.width()}x{self.size.height()}{larger}-{self.scheme}"


def settings() -> Iterator[Setting]:
    """Everything there is to look at."""
    for scheme in Scheme:
        for size in SIZES:
            yield Setting(size, scheme, 1.0, tuple(SCENES))
    for size in EVERY_SIZE:
        for text in TEXTS:
            if text > 1 or size not in SIZES:
                yield Setting(size, Scheme.LIGHT, text, CRITICAL)
    yield Setting(QSize(1024, 768), Scheme.DARK, 2.0, CRITICAL)


def _pictures(
    app: QApplication, wanted: str, where: str
) -> Iterator[tuple[str, KioskWindow, View]]:
    for setting in settings():
        if where not in setting.mark:
            continue
        made = setting.look
        install(app, made)
        for name in setting.names:
            if wanted in name:
                window = KioskWindow(made, lambda _typed: Ticket(0), said)
                window.resize(setting.size)
                window.show()
                show(window, name)
                for _ in ("the words", "what a line more of them moves"):
                    app.processEvents()
                yield f"{name}-{setting.mark}.png", window, SCENES[name]
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


def draw(app: QApplication, folder: Path, wanted: str = "", where: str = "") -> int:
    """Write every picture of scenes named like ``wanted`` on screens like ``where``; how many."""
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for name, window, view in _pictures(app, wanted, where):
        picture = window.grab()
        asked = isinstance(view, WorkspaceView) and view.question is not None
        if isinstance(view, WorkspaceView) and view.page is RoomState.SHOWN and not asked:
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
    """``OUT [PART-OF-A-NAME [PART-OF-A-SIZE]]``."""
    if not arguments:
        print(__doc__)
        return 2
    if "DISPLAY" not in os.environ:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    qInstallMessageHandler(_say)
    app = QApplication([])
    count = draw(app, Path(arguments[0]), *arguments[1:3])
    print(f"{count} pictures in {arguments[0]}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
