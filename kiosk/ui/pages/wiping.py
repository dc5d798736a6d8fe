"""The glass is being wiped: a large countdown, which no hand on it does anything to.

There is nothing to press on it, so that a cloth presses nothing; a key of the keyboard ends it.
"""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.session.model.intents import WentBack
from kiosk.session.pages.views import WipeView
from kiosk.ui.look.theme import Look, TextRole
from kiosk.ui.pages.page import Page
from kiosk.ui.widgets import icon
from kiosk.ui.widgets.words import Words

WHOLE_TURN = 360 * 16
"""In QPainter's sixteenths of a degree."""
TOP = 90 * 16
FAINT = 0.22
LARGEST = 520
SHARE = 0.5
"""Of the height that the ring may have; the words need the rest."""
DIGITS, UNIT = 0.42, 0.075
"""How large their letters are, of the ring."""
LIFT = 0.03
"""So much the number stands above the middle, of the ring: its unit is below it."""
UNIT_AT = 0.68


class Ring(QWidget):
    """Seconds that are left, in a ring that empties."""

    def __init__(self, look: Look) -> None:
        """Empty."""
        super().__init__()
        self._look = look
        self._left, self._whole, self._unit = 0, 1, ""

    def count(self, left: int, whole: int, unit: str) -> None:
        """Draw ``left`` of ``whole``."""
        if (left, whole) != (self._left, self._whole):
            self._left, self._whole, self._unit = left, whole, unit
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ring, and the number in it; a check mark, once nothing is left to be counted."""
        colours = self._look.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = min(self.width(), self.height())
        stroke = side / 24
        area = QRectF(0, 0, side, side)
        area.moveCenter(QRectF(self.rect()).center())
        inside = area.adjusted(stroke, stroke, -stroke, -stroke)
        pen = QPen(colours.on_sign, stroke)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.setOpacity(FAINT)
        painter.drawEllipse(inside)
        painter.setOpacity(1)
        if self._left:
            turn = WHOLE_TURN * self._left // self._whole
            painter.drawArc(inside, TOP, turn)
            middle, above = Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignTop
            painter.setFont(self._look.font(TextRole.ROOM, round(side * DIGITS)))
            number = inside.translated(0, -side * LIFT)
            painter.drawText(number, Qt.AlignmentFlag.AlignCenter, str(self._left))
            painter.setPen(colours.quiet_on_sign)
            painter.setFont(self._look.font(TextRole.BODY, round(side * UNIT)))
            unit = inside.translated(0, side * UNIT_AT)
            painter.drawText(unit, middle | above, self._unit)
        else:
            third = side / 3
            box = QRectF(0, 0, third, third)
            box.moveCenter(inside.center())
            icon.draw(painter, "check", box, colours.on_sign)
        painter.end()


class WipePage(Page):
    """Draws a ``WipeView``."""

    def __init__(self, look: Look) -> None:
        """Without words until a view is shown."""
        super().__init__(look)
        self._title = Words(look, TextRole.TITLE, look.colours.on_sign)
        self._text = Words(look, TextRole.BODY, look.colours.quiet_on_sign)
        self._ring = Ring(look)
        self._column = column = QVBoxLayout(self)
        column.setSpacing(look.space("apart"))
        column.addStretch(1)
        column.addWidget(self._title)
        column.addWidget(self._ring, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._text)
        column.addStretch(1)
        for words in (self._title, self._text):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def show_view(self, view: WipeView) -> None:
        """Draw ``view``, in place."""
        self._title.say(view.title)
        self._text.say(view.text)
        self._ring.count(view.left, view.whole, view.unit)
        # Read aloud with the page, and not every second.
        self.setAccessibleName(view.title)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Any key ends it; one that is held has ended it already."""
        if not event.isAutoRepeat():
            self.ask(WentBack())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The ring as large as its words leave it."""
        side = self.look.space("wide")
        self._column.setContentsMargins(side, side, side, side)
        wide, high = self.width() - 2 * side, self.height() - 2 * side
        ring = min(wide, round(high * SHARE), self.look.length(LARGEST))
        self._ring.setFixedSize(QSize(ring, ring))
        super().resizeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Dark all over: a smear is seen on it, and a wet screen dazzles nobody."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.look.colours.sign)
        painter.end()
