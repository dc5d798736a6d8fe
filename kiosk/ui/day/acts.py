"""The buttons of an appointment, side by side where they fit, and the box of what someone else set.

Measured without being made, as the rows they stand in are. They only report which was pressed.
"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from kiosk.session.pages.board.views import Act, Disagreement
from kiosk.session.pages.views import Tone
from kiosk.ui.day.blocks import RowTypesetter
from kiosk.ui.look.theme import TextRole
from kiosk.ui.widgets.button import Button, Weight
from kiosk.ui.widgets.notice import ToneMark
from kiosk.ui.widgets.panel import Panel
from kiosk.ui.widgets.words import Words


def button_width(setter: RowTypesetter, text: str) -> int:
    """How wide a ``Button`` with these words is at least, in pixels."""
    look = setter.look
    wide = setter.name.measures.horizontalAdvance(text) + 2 * look.space("apart") + 2
    return max(wide, look.touch("other"))


def button_height(
    setter: RowTypesetter, text: str, width: int, weight: Weight = Weight.PLAIN
) -> int:
    """How high a ``Button`` with these words is, in so many pixels."""
    look = setter.look
    room = width - 2 * look.space("step" if weight is Weight.QUIET else "apart")
    _, high = setter.name.fit(text, room)
    return max(setter.touch, high + 2 * setter.tight)


def lines_of(setter: RowTypesetter, texts: Sequence[str], width: int) -> list[list[int]]:
    """Which buttons stand side by side: in order, as many a line as fit."""
    gap, lines, used = setter.tight, list[list[int]](), 0
    for place, text in enumerate(texts):
        wide = button_width(setter, text)
        if lines and used + gap + wide <= width:
            lines[-1].append(place)
            used += gap + wide
        else:
            lines.append([place])
            used = wide
    return lines


def line_height(
    setter: RowTypesetter, texts: Sequence[str], line: Sequence[int], width: int
) -> int:
    """How high such a line of buttons is: only one that stands alone may have to wrap."""
    return max(button_height(setter, texts[place], width) for place in line)


class Acts(QWidget):
    """Buttons that fill lines of equal width. Reports the ``Act`` pressed."""

    acted = Signal(object)

    def __init__(self, setter: RowTypesetter, weight: Weight) -> None:
        """Hidden until there are any."""
        super().__init__()
        self._setter = setter
        self._weight = weight
        self._acts: tuple[Act, ...] = ()
        self.buttons: list[Button] = []
        self.hide()

    @staticmethod
    def measure(setter: RowTypesetter, acts: Sequence[Act], width: int) -> int:
        """How high these are at that width, in pixels; 0 for none."""
        texts = [act.text for act in acts]
        lines = lines_of(setter, texts, width)
        high = sum(line_height(setter, texts, line, width) for line in lines)
        return high + setter.tight * max(0, len(lines) - 1)

    def show_acts(self, acts: tuple[Act, ...]) -> None:
        """One button each; what more there were is emptied."""
        self._acts = acts
        while len(self.buttons) < len(acts):
            self._add()
        for place, button in enumerate(self.buttons):
            act = acts[place] if place < len(acts) else None
            button.say(act.text if act else "")
            button.setAccessibleName(act.spoken if act else "")
        self.setVisible(bool(acts))
        self._place()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Set the buttons again."""
        self._place()

    def _add(self) -> None:
        place = len(self.buttons)
        button = Button(self._setter.look, self._weight, parent=self)
        button.clicked.connect(lambda: self._press(place))
        self.buttons.append(button)

    def _press(self, place: int) -> None:
        if place < len(self._acts):
            self.acted.emit(self._acts[place])

    def _place(self) -> None:
        gap, top = self._setter.tight, 0
        texts = [act.text for act in self._acts]
        for line in lines_of(self._setter, texts, self.width()):
            high = line_height(self._setter, texts, line, self.width())
            needs = [min(button_width(self._setter, texts[place]), self.width()) for place in line]
            spare = max(0, self.width() - sum(needs) - gap * (len(line) - 1)) // len(line)
            left = 0
            for place, need in zip(line, needs, strict=True):
                self.buttons[place].setGeometry(left, top, need + spare, high)
                left += need + spare + gap
            top += high + gap


class DisagreementBox(Panel):
    """What someone else set first, and the two ways on."""

    acted = Signal(object)

    def __init__(self, setter: RowTypesetter) -> None:
        """Hidden until there is one."""
        look = setter.look
        tone = look.tones[Tone.WARNING]
        super().__init__(look, tone.wash, tone.mark, radius="small")
        self._setter = setter
        self._mark = ToneMark(look, setter.mark, parent=self)
        self._mark.show_picture("arrow-left-right", tone.mark, tone.wash)
        self._text = Words(look, TextRole.STRONG, look.colours.ink, self)
        self._text.enlarge(look.text_size(TextRole.SMALL))
        self.acts = Acts(setter, Weight.PLAIN)
        self.acts.setParent(self)
        self.acts.acted.connect(self.acted)
        self.hide()

    @staticmethod
    def measure(setter: RowTypesetter, told: Disagreement | None, width: int) -> int:
        """How high it is at that width, in pixels; 0 for none."""
        if told is None:
            return 0
        pad = setter.look.space("near")
        inside = width - 2 * pad
        text = DisagreementBox._text_height(setter, told.text, inside)
        return text + Acts.measure(setter, told.acts, inside) + 3 * pad

    @staticmethod
    def _shift(setter: RowTypesetter) -> int:
        return setter.mark + setter.tight

    @staticmethod
    def _text_height(setter: RowTypesetter, text: str, inside: int) -> int:
        """A label needs a little more than its letters."""
        _, high = setter.small_strong.fit(text, inside - DisagreementBox._shift(setter))
        return high + 2

    def show_told(self, told: Disagreement | None) -> None:
        """Show it, or nothing."""
        self._text.say(told.text if told else "")
        self.acts.show_acts(told.acts if told else ())
        self._place()
        self.setVisible(told is not None)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Set the parts again."""
        self._place()

    def _place(self) -> None:
        """The words above, the buttons below."""
        setter, pad = self._setter, self._setter.look.space("near")
        shift, inside = self._shift(setter), self.width() - 2 * pad
        high = self._text_height(setter, self._text.text(), inside)
        line = setter.small_strong.height
        self._mark.move(pad, pad + (line - self._mark.height()) // 2)
        self._text.setGeometry(pad + shift, pad, inside - shift, high)
        top = high + 2 * pad
        self.acts.setGeometry(pad, top, inside, max(0, self.height() - top - pad))
