"""The sign of the room: which room this is, and what time it is, readable from the door."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from kiosk.ui import icon
from kiosk.ui.theme import Look, TextRole
from kiosk.ui.words import Words


class Sign(QWidget):
    """Room and location above, clock and date below. Dark, with a lock, over a locked session."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Without words until ``say``."""
        super().__init__(parent)
        self._look = look
        self._locked = False
        colours = look.colours
        self._room = Words(look, TextRole.ROOM, colours.on_sign)
        self._room.setWordWrap(False)
        self._location = Words(look, TextRole.HEADING, colours.quiet_on_sign)
        self._clock = Words(look, TextRole.CLOCK, colours.on_sign)
        self._clock.setWordWrap(False)
        self._date = Words(look, TextRole.NAME, colours.quiet_on_sign)
        self._date.setFont(look.font(TextRole.BODY, look.length(22)))
        self._column = column = QVBoxLayout(self)
        side = look.space("page")
        column.setContentsMargins(side, look.space("wide"), look.space("apart"), side)
        column.setSpacing(0)
        column.addWidget(self._room)
        column.addSpacing(look.space("tight"))
        column.addWidget(self._location)
        column.addStretch(1)
        column.addWidget(self._clock)
        column.addSpacing(look.space("hair"))
        column.addWidget(self._date)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)

    def say(self, room: str, location: str, clock: str, date: str, locked: bool) -> None:
        """Show where and when; ``locked`` while a session waits behind the screen."""
        self._room.say(room)
        self._location.say(location)
        self._clock.say(clock)
        self._date.say(date)
        if locked != self._locked:
            self._locked = locked
            colours = self._look.colours
            for words in (self._room, self._clock):
                words.tint(colours.on_cover if locked else colours.on_sign)
            for words in (self._location, self._date):
                words.tint(colours.quiet_on_cover if locked else colours.quiet_on_sign)
            self.update()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep room and clock as large as the sign allows."""
        self._fit()
        super().resizeEvent(event)

    def _fit(self) -> None:
        margins = self._column.contentsMargins()
        wide = self.width() - margins.left() - margins.right()
        for words, role in ((self._room, TextRole.ROOM), (self._clock, TextRole.CLOCK)):
            best = self._look.text_size(role)
            drawn = QFontMetrics(self._look.font(role, best)).horizontalAdvance(words.text())
            words.enlarge(best if drawn <= wide else max(best * wide // max(drawn, 1), 20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground of the sign, and the lock."""
        colours = self._look.colours
        painter = QPainter(self)
        painter.fillRect(self.rect(), colours.cover if self._locked else colours.sign)
        if self._locked:
            side = self._look.length(72)
            left = self._look.space("page")
            area = QRectF(left, self.height() / 2 - side / 2, side, side)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            icon.draw(painter, "lock", area, colours.on_cover)
        painter.end()
