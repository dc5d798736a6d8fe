"""The sign of the room: which room this is, and what time it is, readable from the door."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kiosk.ui.look.theme import Look, TextRole
from kiosk.ui.widgets import icon
from kiosk.ui.widgets.words import Words

STEPS = (1.0, 0.85, 0.7, 0.6, 0.5, 0.4, 0.3, 0.25, 0.2, 0.15)
"""How much smaller everything is drawn where the sign is too low for it."""


ONE_LINE = 0.6
"""A room's name shrinks to so much of its usual size before it wraps."""


class Lock(QWidget):
    """The lock in the middle of the sign, while a session waits behind the screen."""

    def __init__(self, look: Look) -> None:
        """Hidden."""
        super().__init__()
        self._look = look
        self.setFixedSize(look.length(72), look.length(72))
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        icon.draw(painter, "lock", QRectF(self.rect()), self._look.colours.on_cover)
        painter.end()


class Sign(QWidget):
    """Room and location above, clock and date below; beside each other on a low, wide one.

    Dark, with a lock, over a locked session.
    """

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Without words until ``say``."""
        super().__init__(parent)
        self._look = look
        self._locked = False
        self._across = False
        colours = look.colours
        self._room = Words(look, TextRole.ROOM, colours.on_sign)
        self._location = Words(look, TextRole.HEADING, colours.quiet_on_sign)
        self._clock = Words(look, TextRole.CLOCK, colours.on_sign)
        self._clock.setWordWrap(False)
        self._date = Words(look, TextRole.BODY, colours.quiet_on_sign)
        self._sizes = {
            self._room: look.text_size(TextRole.ROOM),
            self._location: look.text_size(TextRole.HEADING),
            self._clock: look.text_size(TextRole.CLOCK),
            self._date: look.letters(22),
        }
        self._lock = Lock(look)
        where, when = QVBoxLayout(), QVBoxLayout()
        for column, above, between, below in (
            (where, self._room, look.space("tight"), self._location),
            (when, self._clock, look.space("hair"), self._date),
        ):
            column.setSpacing(0)
            column.addWidget(above)
            column.addSpacing(between)
            column.addWidget(below)
            column.addStretch(1)
        self._parts = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._parts.setSpacing(look.space("step"))
        self._parts.addLayout(where)
        self._parts.addStretch(1)
        self._parts.addWidget(self._lock)
        self._parts.addStretch(1)
        self._parts.addLayout(when)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.stand_across(False)

    def stand_across(self, across: bool) -> None:
        """Above the tiles instead of beside them."""
        look, self._across = self._look, across
        side, wide = look.space("page"), look.space("wide")
        end = look.space("apart")
        end_of_line = Qt.AlignmentFlag.AlignRight if across else Qt.AlignmentFlag.AlignLeft
        for words in (self._clock, self._date):
            words.setAlignment(end_of_line | Qt.AlignmentFlag.AlignVCenter)
        for place in (0, self._parts.count() - 1):
            self._parts.setStretch(place, 1 if across else 0)
        for place in (1, 3):
            self._parts.setStretch(place, 0 if across else 1)
        if across:
            self._parts.setDirection(QBoxLayout.Direction.LeftToRight)
            self._parts.setContentsMargins(wide, end, wide, end)
        else:
            self._parts.setDirection(QBoxLayout.Direction.TopToBottom)
            self._parts.setContentsMargins(side, wide, end, side)
        self._fit()

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

    def height_across(self, width: int) -> int:
        """How high it is above the tiles, in pixels."""
        return self._heights(1.0, width) + 2 * self._look.space("apart")

    def sizeHint(self) -> QSize:
        """None of its own: whoever owns it says how large it is."""
        return QSize(0, 0)

    def minimumSizeHint(self) -> QSize:
        """None either."""
        return QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep everything as large as the sign allows."""
        self._fit()
        super().resizeEvent(event)

    def _fit(self) -> None:
        """The lock gives way first, then letters."""
        self._room.wrap(self._long(self.width()))
        margins = self._parts.contentsMargins()
        high = self.height() - margins.top() - margins.bottom()
        lock = self._lock.height() + 2 * self._look.space("step")
        beside = self._across or self._heights(1.0, self.width()) + lock <= high
        self._lock.setVisible(self._locked and beside)
        step = next((s for s in STEPS if self._heights(s, self.width()) <= high), STEPS[-1])
        for words in self._sizes:
            words.enlarge(self._size(words, step))

    def _size(self, words: Words, step: float) -> int:
        """A room's name shrinks before what is small already: that keeps its usual size."""
        size = self._sizes[words]
        least = 0 if words is self._room else size / self._look.pitch.text
        return round(max(size * step, least))

    def _long(self, width: int) -> bool:
        """Whether a room's name would be too small on one line: "Op 3" stays together."""
        usual = self._look.text_size(TextRole.ROOM) / self._look.pitch.text
        font = self._look.font(TextRole.ROOM, round(usual * ONE_LINE))
        margins = self._parts.contentsMargins()
        wide = width - margins.left() - margins.right()
        share = wide // 2 if self._across else wide
        return QFontMetrics(font).horizontalAdvance(self._room.text()) > share

    def _heights(self, step: float, width: int) -> int:
        """How high the words are at that size, in pixels."""
        margins = self._parts.contentsMargins()
        wide = width - margins.left() - margins.right()
        gaps = self._look.space("tight") + self._look.space("hair")
        where = (self._room, self._location)
        when = (self._clock, self._date)
        if self._across:
            lock = self._lock.width() + self._look.space("step") if self._locked else 0
            wide = (wide - lock - self._look.space("step")) // 2
        high = [
            sum(words.height_at(self._size(words, step), wide) for words in part)
            for part in (where, when)
        ]
        return (max(high) if self._across else sum(high) + 3 * self._look.space("step")) + gaps

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground of the sign."""
        colours = self._look.colours
        painter = QPainter(self)
        painter.fillRect(self.rect(), colours.cover if self._locked else colours.sign)
        painter.end()
