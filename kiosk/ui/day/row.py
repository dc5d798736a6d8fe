"""What the list of the day is made of: cards and rows of appointments, headings, folds.

Each is measured without being made. A row is pressed to open it; its buttons only report.
"""

from enum import Enum
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from kiosk.session.pages.board.views import FoldView, HeadingView, SentenceView, VisitView
from kiosk.ui.day.acts import Acts, DisagreementBox, button_height
from kiosk.ui.day.blocks import Block, RowTypesetter
from kiosk.ui.widgets import icon
from kiosk.ui.widgets.button import Button, Touchable, Weight
from kiosk.ui.widgets.panel import rounded

OPENED, CLOSED = "chevron-down", "chevron-right"


class Shape(Enum):
    """How large an appointment is drawn."""

    ROW = "row"
    NOW = "now"
    NEXT = "next"


class Heights(NamedTuple):
    """The heights of the parts of an appointment, in pixels."""

    face: int
    told: int
    step: int
    fold: int
    acts: int


class Listed(Touchable):
    """Something of the list that is pressed. The list itself says where Up and Down lead."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A button would take Up and Down for Tab."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
            return
        super().keyPressEvent(event)


class Face(Listed):
    """The words of an appointment. Pressing it opens it."""

    def __init__(self, setter: RowTypesetter) -> None:
        """Empty."""
        super().__init__(setter.look)
        self._setter = setter
        self._blocks: tuple[Block, ...] = ()
        self._picture = ""

    @property
    def blocks(self) -> tuple[Block, ...]:
        """What is drawn on it."""
        return self._blocks

    def show_blocks(self, blocks: tuple[Block, ...], spoken: str, picture: str = "") -> None:
        """Draw ``blocks``, and a mark at the end; ``spoken`` is all of it in one sentence."""
        self._blocks, self._picture = blocks, picture
        self.setAccessibleName(spoken)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the words."""
        look = self.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area, radius = QRectF(self.rect()), look.radius("small")
        if self.isDown():
            rounded(painter, area, radius, look.colours.wash)
        self.ring(painter, area, radius)
        self._setter.draw(painter, self._blocks)
        if self._picture:
            side = look.letters(18)
            top = self._setter.pad + (self._setter.name.height - side) / 2
            box = QRectF(area.right() - self._setter.pad - side, top, side, side)
            icon.draw(painter, self._picture, box, look.colours.quiet_ink)
        painter.end()


class VisitItem(QWidget):
    """One appointment with its buttons, as a card or a row."""

    acted = Signal(object)
    pressed = Signal(str)

    def __init__(self, setter: RowTypesetter) -> None:
        """Empty and hidden."""
        super().__init__()
        self._setter = setter
        self._id = ""
        self._shape = Shape.ROW
        self._heights = Heights(0, 0, 0, 0, 0)
        self.face = Face(setter)
        self._told = DisagreementBox(setter)
        self._step = {weight: Acts(setter, weight) for weight in (Weight.PRIMARY, Weight.PLAIN)}
        self._acts = Acts(setter, Weight.PLAIN)
        self._fold = Button(setter.look, Weight.QUIET)
        for part in (self.face, self._told, *self._step.values(), self._acts, self._fold):
            part.setParent(self)
        self._told.acted.connect(self.acted)
        for acts in (*self._step.values(), self._acts):
            acts.acted.connect(self.acted)
        for button in (self.face, self._fold):
            button.clicked.connect(lambda: self.pressed.emit(self._id))
        self.hide()

    @staticmethod
    def _parts(setter: RowTypesetter, visit: VisitView, shape: Shape, width: int) -> Heights:
        """How high each part is, in pixels; 0 for none."""
        inside = width - 2 * setter.pad
        face = (
            setter.row(visit, width)
            if shape is Shape.ROW
            else setter.card(visit, width, shape is Shape.NOW)
        )
        return Heights(
            face.height,
            DisagreementBox.measure(setter, visit.conflict, inside),
            button_height(setter, visit.step.text, inside) if visit.step else 0,
            button_height(setter, visit.folds, inside, Weight.QUIET) if visit.folds else 0,
            Acts.measure(setter, visit.acts, inside),
        )

    @staticmethod
    def measure(setter: RowTypesetter, visit: VisitView, shape: Shape, width: int) -> int:
        """How high it is at that width, in pixels."""
        parts = VisitItem._parts(setter, visit, shape, width)
        gap = setter.tight
        below = [part for part in parts[1:] if part]
        foot = setter.pad if below or shape is not Shape.ROW else 0
        return parts[0] + sum(below) + gap * max(0, len(below) - 1) + foot

    def show_visit(self, visit: VisitView, shape: Shape, primary: bool, width: int) -> None:
        """Draw ``visit``; its step is the one primary button of the panel where ``primary``."""
        setter = self._setter
        self._id, self._shape = visit.id, shape
        held = next((stop for stop in self.stops() if stop.hasFocus()), None)
        if held is not None:
            # A button that goes would take the keyboard with it, and scroll the list.
            self.face.setFocus()
        self._heights = VisitItem._parts(setter, visit, shape, width)
        if shape is Shape.ROW:
            blocks = setter.row(visit, width)
        else:
            blocks = setter.card(visit, width, shape is Shape.NOW)
        picture = OPENED if visit.opened else CLOSED
        self.face.show_blocks(blocks.blocks, visit.spoken, picture if shape is Shape.ROW else "")
        self._told.show_told(visit.conflict)
        step = (visit.step,) if visit.step else ()
        self._step[Weight.PRIMARY].show_acts(step if primary else ())
        self._step[Weight.PLAIN].show_acts(() if primary else step)
        self._acts.show_acts(visit.acts)
        self._fold.say(visit.folds)
        if visit.folds:
            self._fold.setAccessibleName(f"{visit.folds}, {visit.name}")
        self._place()
        if held is not None and held.isVisibleTo(self):
            held.setFocus()
        self.update()

    def forget(self) -> None:
        """Nothing of anyone is left."""
        self._id = ""
        self.face.show_blocks((), "")
        self._told.show_told(None)
        for acts in (*self._step.values(), self._acts):
            acts.show_acts(())
        self._fold.say("")
        self.hide()

    def stops(self) -> list[QWidget]:
        """What takes the keyboard, in order."""
        steps = [button for acts in self._step.values() for button in acts.buttons]
        told, acts = self._told.acts.buttons, self._acts.buttons
        return [self.face, *told, *steps, self._fold, *acts]

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Set the parts again."""
        self._place()

    def _place(self) -> None:
        gap = self._setter.tight
        inset = self._setter.pad
        inside = self.width() - 2 * inset
        face, told, step, fold, acts = self._heights
        self.face.setGeometry(0, 0, self.width(), face)
        top = face
        for high, parts in (
            (told, (self._told,)),
            (step, tuple(self._step.values())),
            (acts, (self._acts,)),
            (fold, (self._fold,)),
        ):
            for part in parts:
                part.setGeometry(inset, top, inside, high)
            top += high + gap if high else 0

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground of a card, or the line below a row."""
        look, colours = self._setter.look, self._setter.look.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        match self._shape:
            case Shape.ROW:
                line = QRectF(area.left() + self._setter.pad, area.bottom() - 1, area.width(), 1)
                painter.fillRect(line.adjusted(0, 0, -2 * self._setter.pad, 0), colours.line)
            case Shape.NOW:
                width = look.stroke("edge")
                rounded(painter, area, look.radius("key"), colours.wash, colours.accent, width)
            case Shape.NEXT:
                rounded(painter, area, look.radius("key"), colours.surface, colours.edge)
        painter.end()


class FoldItem(Listed):
    """A heading that unfolds what is below it."""

    def __init__(self, setter: RowTypesetter) -> None:
        """Empty and hidden."""
        super().__init__(setter.look)
        self._setter = setter
        self._opened = False
        self.id = ""
        self.hide()

    @staticmethod
    def measure(setter: RowTypesetter, fold: FoldView, width: int) -> int:
        """How high it is at that width, in pixels: a finger's height, or that of its words."""
        mark = setter.look.letters(22) + setter.look.space("tight")
        room = width - 2 * setter.pad - mark
        _, high = setter.name.fit(fold.text, room)
        return max(setter.touch, high + 2 * setter.tight)

    def show_fold(self, fold: FoldView) -> None:
        """Draw ``fold``."""
        self.id, self._opened = fold.id, fold.opened
        self.setText(fold.text)
        self.setAccessibleName(fold.text)
        self.update()

    def forget(self) -> None:
        """Nothing is left."""
        self.id = ""
        self.setText("")
        self.setAccessibleName("")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the heading and its mark."""
        setter, look = self._setter, self.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        if self.isDown():
            rounded(painter, area, look.radius("small"), look.colours.wash)
        self.ring(painter, area, look.radius("small"))
        side = look.letters(22)
        box = QRectF(setter.pad, area.center().y() - side / 2, side, side)
        icon.draw(painter, OPENED if self._opened else CLOSED, box, look.colours.accent)
        words = area.adjusted(setter.pad + side + look.space("tight"), 0, -setter.pad, 0)
        font, _ = setter.name.fit(self.text(), words.width())
        setter.draw(painter, (Block(words, self.text(), font, look.colours.ink, wraps=True),))
        painter.end()


class LineItem(QWidget):
    """A quiet heading, or a plain sentence."""

    def __init__(self, setter: RowTypesetter) -> None:
        """Empty and hidden."""
        super().__init__()
        self._setter = setter
        self._heading = False
        self._text = ""
        self.hide()

    @staticmethod
    def measure(setter: RowTypesetter, line: HeadingView | SentenceView, width: int) -> int:
        """How high it is at that width, in pixels."""
        room, tight = width - 2 * setter.pad, setter.tight
        if isinstance(line, HeadingView):
            return setter.small_strong.fit(line.text, room)[1] + 3 * tight
        return setter.body.fit(line.text, room)[1] + 3 * tight

    def show_line(self, line: HeadingView | SentenceView) -> None:
        """Draw ``line``."""
        self._heading = isinstance(line, HeadingView)
        self._text = line.text
        self.setAccessibleName(line.text)
        self.update()

    def forget(self) -> None:
        """Nothing is left."""
        self._text = ""
        self.setAccessibleName("")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the words."""
        setter, colours = self._setter, self._setter.look.colours
        painter = QPainter(self)
        tight = setter.tight
        top = 2 * tight if self._heading else tight
        area = QRectF(self.rect()).adjusted(setter.pad, top, -setter.pad, -tight)
        kind = setter.small_strong if self._heading else setter.body
        font, _ = kind.fit(self._text, area.width())
        ink = colours.quiet_ink if self._heading else colours.ink
        setter.draw(painter, (Block(area, self._text, font, ink, wraps=True),))
        painter.end()
