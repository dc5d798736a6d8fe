"""The head of the list: this room, whether it is ready, and how old the list is."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kiosk.session.pages.board.views import BoardView, RoomView
from kiosk.session.pages.views import Tone
from kiosk.ui.day.acts import Acts, DisagreementBox, button_width
from kiosk.ui.day.blocks import UNSENT, RowTypesetter
from kiosk.ui.look import labels
from kiosk.ui.look.theme import Look, TextRole
from kiosk.ui.widgets import icon
from kiosk.ui.widgets.button import Touchable, Weight
from kiosk.ui.widgets.fitting import fitting_size, sized
from kiosk.ui.widgets.notice import ToneMark
from kiosk.ui.widgets.panel import rounded, write
from kiosk.ui.widgets.words import Words

READY = ("circle-check", Tone.GOOD)
UNREADY = ("brush-cleaning", Tone.WARNING)


class Square(Touchable):
    """A quiet button that shows only a mark; its name is read aloud."""

    def __init__(self, look: Look, picture: str) -> None:
        """``picture`` names the icon."""
        super().__init__(look)
        self._picture = picture
        side = look.touch("other")
        self.setFixedSize(side, side)

    def say(self, name: str) -> None:
        """Name it; no button at all when that is empty."""
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setVisible(bool(name))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the mark."""
        look = self.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        if self.isDown():
            rounded(painter, area, look.radius("key"), look.colours.wash)
        self.ring(painter, area, look.radius("key"))
        side = look.length(24)
        box = QRectF(0, 0, side, side)
        box.moveCenter(area.center())
        icon.draw(painter, self._picture, box, look.colours.ink)
        painter.end()


class Marked(QWidget):
    """A short line with a mark before it."""

    def __init__(self, look: Look, role: TextRole) -> None:
        """Hidden until ``say``."""
        super().__init__()
        self._look = look
        self._mark = ToneMark(look, look.letters(20))
        self._words = Words(look, role, look.colours.ink)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.space("tight"))
        row.addWidget(self._mark)
        row.addWidget(self._words, 1)
        self.hide()

    def say(self, text: str, picture: str, tone: Tone) -> None:
        """Show ``text``; nothing at all when it is empty."""
        self._mark.show_picture(picture, self._look.tones[tone].mark, self._look.colours.surface)
        self._words.say(text)
        self.setVisible(bool(text))


class DayHead(QWidget):
    """Draws the room of a ``BoardView``."""

    acted = Signal(object)
    folded = Signal()

    def __init__(self, setter: RowTypesetter) -> None:
        """Without words."""
        super().__init__()
        look = setter.look
        self._setter = setter
        self._to_do = False
        self._name = Words(look, TextRole.HEADING, look.colours.ink)
        self._status = Marked(look, TextRole.BODY)
        self._since = Words(look, TextRole.SMALL, look.colours.quiet_ink)
        self._unsent = Marked(look, TextRole.SMALL)
        self._as_of = Marked(look, TextRole.SMALL)
        self._ready = Acts(setter, Weight.PRIMARY)
        self._beside = Acts(setter, Weight.PLAIN)
        self._below = Acts(setter, Weight.PLAIN)
        self._told = DisagreementBox(setter)
        self._ready.acted.connect(self.acted)
        self._beside.acted.connect(self.acted)
        self._below.acted.connect(self.acted)
        self._told.acted.connect(self.acted)
        self._fold = Square(look, "panel-left-close")
        self._fold.clicked.connect(self.folded)
        room = QVBoxLayout()
        room.setSpacing(2)
        room.addStretch(1)
        room.addWidget(self._name)
        room.addWidget(self._status)
        room.addStretch(1)
        top = QHBoxLayout()
        top.setSpacing(look.space("tight"))
        top.addLayout(room, 1)
        top.addWidget(self._beside)
        top.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignTop)
        whole = QVBoxLayout(self)
        self._side = look.space("step") + setter.pad
        near = look.space("near")
        whole.setContentsMargins(self._side, near, look.space("step"), near)
        whole.setSpacing(look.space("tight"))
        whole.addLayout(top)
        below: tuple[QWidget, ...] = (
            self._since,
            self._unsent,
            self._as_of,
            self._ready,
            self._below,
            self._told,
        )
        for part in below:
            whole.addWidget(part)

    def show_board(self, board: BoardView, width: int) -> None:
        """Draw ``board``'s room in ``width`` pixels."""
        room, setter = board.room, self._setter
        self._to_do = not room.ready
        self._name.say(room.name)
        picture, tone = READY if room.ready else UNREADY
        self._status.say(room.status, picture, tone)
        self._unsent.say(room.unsent, UNSENT, Tone.INFO)
        self._since.say(room.when)
        self._as_of.say(board.as_of, "timer", Tone.WARNING)
        self._fold.say(labels.HIDE_DAY)
        inside = width - self._side - setter.look.space("step") - 1
        acts = (room.act,) if room.act and room.conflict is None else ()
        beside = room.ready and self._fits(room, inside)
        # One primary button in the panel: while someone is seated here it is theirs.
        first = board.primary == "room"
        self._ready.show_acts(acts if first else ())
        self._beside.show_acts(acts if beside else ())
        self._below.show_acts(() if first or beside else acts)
        for part in (self._ready, self._below):
            part.setFixedHeight(Acts.measure(setter, acts, inside))
        if room.act is not None:
            wide = button_width(setter, room.act.text)
            self._beside.setFixedSize(wide, Acts.measure(setter, (room.act,), wide))
        self._told.show_told(room.conflict)
        self._told.setFixedHeight(DisagreementBox.measure(setter, room.conflict, inside))
        self.update()

    def _fits(self, room: RoomView, inside: int) -> bool:
        """Whether a room's name leaves place for its button beside it."""
        look, name = self._setter.look, self._setter.largest
        taken = self._fold.width() + 2 * look.space("tight")
        button = button_width(self._setter, room.act.text) if room.act else 0
        return name.wide(room.name) + taken + button <= inside

    def forget(self) -> None:
        """Nothing is left."""
        for words in (self._status, self._unsent, self._as_of):
            words.say("", "info", Tone.INFO)
        for acts in (self._ready, self._beside, self._below):
            acts.show_acts(())
        self._told.show_told(None)
        self._name.say("")
        self._since.say("")
        self._fold.say("")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A room that is to be turned over has a ground of its own."""
        look = self._setter.look
        painter = QPainter(self)
        tone = look.tones[Tone.WARNING]
        painter.fillRect(self.rect(), tone.wash if self._to_do else look.colours.surface)
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), look.colours.line)
        painter.end()


class Strip(Touchable):
    """What is left of the list while it is folded: one tall thing to press, with the room on it."""

    def __init__(self, setter: RowTypesetter) -> None:
        """Hidden."""
        super().__init__(setter.look)
        self._setter = setter
        self._told = False
        self.setFixedWidth(setter.touch + 1)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.hide()

    def say(self, board: BoardView | None) -> None:
        """Show how the room stands, and that someone is asked something; None shows nothing."""
        text = board.short if board else ""
        self._told = board is not None and board.told
        self.setText(text)
        self.setAccessibleName(f"{labels.SHOW_DAY}, {text}" if text else "")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the mark above, the words down the side."""
        look = self.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        painter.fillRect(area, look.colours.wash if self.isDown() else look.colours.surface)
        painter.fillRect(QRectF(area.right() - 1, 0, 1, area.height()), look.colours.line)
        side, gap = look.length(24), look.space("step")
        top = (area.width() - side) / 2
        box = QRectF(top, top, side, side)
        icon.draw(painter, "panel-left-open", box, look.colours.accent)
        if self._told:
            tone = look.tones[Tone.WARNING]
            box.translate(0, side + gap)
            icon.draw(painter, icon.OF_TONE[Tone.WARNING], box, tone.mark)
        painter.save()
        painter.translate(0, area.height())
        painter.rotate(-90)
        room = QRectF(gap, 0, area.height() - box.bottom() - 2 * gap, area.width())
        font = self._setter.name.font
        size = fitting_size(font, self.text(), int(room.width()), wraps=False)
        painter.setFont(sized(font, size))
        write(
            painter,
            room,
            self.text(),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight,
            look.colours.ink,
        )
        painter.restore()
        if self.hasFocus():
            width = look.stroke("focus")
            inner = area.adjusted(width, width, -width, -width)
            rounded(painter, inner, look.radius("small"), None, look.colours.focus, width)
        painter.end()
