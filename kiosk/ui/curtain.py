"""Curtains: one permanent full-screen window on each other screen, raised while all is covered.

They carry no words and take every touch and key. A screen that is plugged in while covered is
covered at once (threats T17).
"""

from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication, QPainter, QPaintEvent, QScreen
from PySide6.QtWidgets import QApplication, QWidget

from kiosk.ui import icon, labels
from kiosk.ui.theme import Look


class Curtain(QWidget):
    """The window that covers one screen."""

    def __init__(self, look: Look, screen: QScreen) -> None:
        """Made and sized at once, so that covering only has to show it."""
        super().__init__(
            None,
            Qt.WindowType.Window
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowStaysOnTopHint,
        )
        self._look = look
        self._lets_go = False
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setWindowTitle(labels.PRODUCT)
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        self.create()
        screen.geometryChanged.connect(self.setGeometry)

    def draw(self) -> None:
        """Cover the screen."""
        self.setGeometry(self.screen().geometry())
        self.showFullScreen()
        self.raise_()

    def let_go(self) -> None:
        """Close for good: the screen is gone."""
        self._lets_go = True
        self.close()
        self.deleteLater()

    def closeEvent(self, event: QCloseEvent) -> None:
        """No window command closes a curtain."""
        event.setAccepted(self._lets_go)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A plain dark ground with a lock."""
        colours = self._look.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), colours.cover)
        side = self._look.length(72)
        area = QRectF(0, 0, side, side)
        area.moveCenter(QRectF(self.rect()).center())
        icon.draw(painter, "lock", area, colours.quiet_on_cover)
        painter.end()


class Curtains(QObject):
    """All curtains. ``leave`` names the screens that are never covered (``QScreen.name``)."""

    def __init__(self, leave: frozenset[str], look: Look, kiosk: QWidget | None = None) -> None:
        """``kiosk`` is the window whose own screen needs no curtain: it covers that itself."""
        super().__init__(kiosk)
        self._leave = leave
        self._look = look
        self._kiosk = kiosk
        self._covered = False
        self._curtains: dict[QScreen, Curtain] = {}
        app = QApplication.instance()
        if isinstance(app, QGuiApplication):
            app.screenAdded.connect(self.hang)
            app.screenRemoved.connect(self.take_down)
        for screen in QGuiApplication.screens():
            self.hang(screen)

    @property
    def covered(self) -> bool:
        """Whether the curtains are drawn."""
        return self._covered

    @property
    def curtains(self) -> tuple[Curtain, ...]:
        """Every curtain there is, drawn or not."""
        return tuple(self._curtains.values())

    def hang(self, screen: QScreen) -> None:
        """A screen is there: make its curtain, and draw it if all is covered."""
        if screen.name() in self._leave or screen in self._curtains:
            return
        self._curtains[screen] = Curtain(self._look, screen)
        if self._covered:
            self._draw(screen)

    def take_down(self, screen: QScreen) -> None:
        """A screen is gone."""
        curtain = self._curtains.pop(screen, None)
        if curtain is not None:
            curtain.let_go()

    def cover(self) -> None:
        """Cover every screen but the kiosk's own and those to leave."""
        self._covered = True
        for screen in self._curtains:
            self._draw(screen)

    def uncover(self) -> None:
        """Show the other screens again."""
        self._covered = False
        for curtain in self._curtains.values():
            curtain.hide()

    def _draw(self, screen: QScreen) -> None:
        own = self._kiosk.screen() if self._kiosk is not None else QGuiApplication.primaryScreen()
        if screen is own:
            self._curtains[screen].hide()
        else:
            self._curtains[screen].draw()
