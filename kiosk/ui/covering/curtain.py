"""Curtains: full-screen windows on the other monitors, on top of everything while all is covered.

They carry no words, take every touch and no key: the keyboard stays with the kiosk's own window,
where a badge is heard. No window manager has a say in them (threats T17).
"""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QWidget

from kiosk.ui.look import labels
from kiosk.ui.look.theme import Look
from kiosk.ui.widgets import icon


class Curtain(QWidget):
    """The window that covers one monitor, or the part of it that nothing else covers."""

    def __init__(self, look: Look) -> None:
        """Made at once, so that covering only has to show it."""
        super().__init__(
            None,
            Qt.WindowType.Window
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowStaysOnTopHint
            | Qt.WindowType.BypassWindowManagerHint
            | Qt.WindowType.WindowDoesNotAcceptFocus,
        )
        self._look = look
        self._lets_go = False
        self._painted = QRegion()
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setWindowTitle(labels.PRODUCT)
        self.create()

    @property
    def is_painted(self) -> bool:
        """Whether all of it has been drawn since it was last shown or changed its size."""
        return self.isVisible() and QRegion(self.rect()).subtracted(self._painted).isEmpty()

    def cover(self, region: QRegion) -> None:
        """Cover ``region`` of the desktop."""
        place = region.boundingRect()
        if self.geometry() != place:
            self._painted = QRegion()
            self.setGeometry(place)
        shape = region.translated(-place.topLeft())
        if shape == QRegion(self.rect()):
            self.clearMask()
        elif shape != self.mask():
            self.setMask(shape)
        if not self.isVisible():
            self._painted = QRegion()
            self.show()

    def let_go(self) -> None:
        """Close for good: its monitor is gone."""
        self._lets_go = True
        self.close()
        self.deleteLater()

    def closeEvent(self, event: QCloseEvent) -> None:
        """No window command closes a curtain."""
        event.setAccepted(self._lets_go)

    def paintEvent(self, event: QPaintEvent) -> None:
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
        self._painted = self._painted.united(event.region())


class Curtains:
    """A curtain for each monitor that was ever covered, by the monitor's name."""

    def __init__(self, look: Look) -> None:
        """None is made before there is something to cover."""
        self._look = look
        self._curtains: dict[str, Curtain] = {}

    @property
    def drawn(self) -> tuple[Curtain, ...]:
        """Those that cover something now."""
        return tuple(each for each in self._curtains.values() if each.isVisible())

    def hang(self, regions: dict[str, QRegion]) -> None:
        """Have a curtain ready for each of these, and none for a monitor that is not there."""
        for name in self._curtains.keys() - regions.keys():
            self._curtains.pop(name).let_go()
        for name in regions.keys() - self._curtains.keys():
            self._curtains[name] = Curtain(self._look)

    def cover(self, regions: dict[str, QRegion]) -> None:
        """Cover these, and nothing else."""
        self.hang(regions)
        for name, region in regions.items():
            self._curtains[name].cover(region)

    def uncover(self) -> None:
        """Show the other monitors again."""
        for curtain in self._curtains.values():
            curtain.hide()
