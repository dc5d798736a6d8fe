"""The keypad and the places a code is typed into: keys of 20 mm, digits that never leave here.

Typing, the keypad and assistive technology all end in one line, so that none of them is special.
"""

from itertools import pairwise

from PySide6.QtCore import QRectF, QRegularExpression, QSize, Qt, Signal
from PySide6.QtGui import (
    QClipboard,
    QFontMetrics,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegularExpressionValidator,
    QResizeEvent,
)
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from kiosk.ui.look import labels
from kiosk.ui.look.theme import Look, TextRole
from kiosk.ui.widgets import icon
from kiosk.ui.widgets.button import UNAVAILABLE, Touchable
from kiosk.ui.widgets.fitting import fitting_size, sized
from kiosk.ui.widgets.numerals import digits_in, only_digits
from kiosk.ui.widgets.panel import rounded, write
from kiosk.ui.widgets.typed import KeepSecret, SecretLine

DOT = "\u2022"
"""What stands in the line for a digit that must not."""
LINE = 1.25
"""The height of a line, as a share of its letters' size."""


def is_typing(event: QKeyEvent) -> bool:
    """Whether a key types something that can be seen, and no shortcut is meant."""
    otherwise = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    return (
        bool(event.text().strip())
        and event.text().isprintable()
        and not (event.modifiers() & otherwise)
    )


class CodeLine(SecretLine):
    """The digits of a code, one place each. Emits ``filled`` when the last one is typed.

    And ``nearly_filled`` when one is missing, ``strange`` when something else than digits came.
    """

    filled = Signal()
    nearly_filled = Signal()
    strange = Signal()

    def __init__(self, look: Look, keep_secret: KeepSecret) -> None:
        """Six places until ``expect`` says otherwise."""
        super().__init__(keep_secret)
        self._look = look
        self._length = 6
        self._sent = False
        self.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9]*"), self))
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhDigitsOnly
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self.setFrame(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._wanted = look.font(TextRole.DIGIT)
        high = QFontMetrics(self._wanted).height() + 2 * look.space("tight")
        self.setMinimumHeight(max(look.length(68), high))
        self.textChanged.connect(self._changed)
        self.expect(6)

    def expect(self, length: int) -> None:
        """Await ``length`` digits."""
        self._length = length
        self.setMaxLength(length)
        self.update()

    def add(self, digit: str) -> None:
        """Type ``digit`` at the end, unless what was typed is being looked at."""
        if not self._sent:
            self.end(False)
            self.insert(digit)

    def take(self, typed: str) -> None:
        """Type the digits of ``typed``, however they are written; tell where there is more."""
        if self.isReadOnly():
            return
        if not only_digits(typed):
            self.strange.emit()
        else:
            for digit in digits_in(typed):
                self.add(digit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits of any script and a pasted code are taken; what else is typed is told."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.take(QGuiApplication.clipboard().text())
        elif is_typing(event):
            self.take(event.text())
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """What an input method commits is taken; what it composes never stands in the line."""
        self.take(event.commitString())
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """X11 pastes on the middle button, past every key: that is taken the same way."""
        clipboard = QGuiApplication.clipboard()
        if event.button() is Qt.MouseButton.MiddleButton:
            if clipboard.supportsSelection():
                self.take(clipboard.text(QClipboard.Mode.Selection))
            event.accept()
            return
        super().mouseReleaseEvent(event)

    def clear_typed(self) -> None:
        """Empty it, unless what was typed is being looked at."""
        if not self.isReadOnly():
            self.forget()

    def backspace(self) -> None:
        """Take the last digit away, unless what was typed is being looked at."""
        if not self.isReadOnly():
            super().backspace()

    def mark_sent(self, sent: bool) -> None:
        """Show full places while the code is being looked at, though it is gone from here."""
        self._sent = sent
        self.setReadOnly(sent)
        self.update()

    def sizeHint(self) -> QSize:
        """One place is as wide as a finger."""
        return QSize(self._length * self._look.length(56), self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        """Digits are drawn smaller where there is less."""
        return QSize(self._length * self._look.length(28), self.minimumHeight())

    def _changed(self, text: str) -> None:
        self.update()
        if len(text) == self._length:
            self.filled.emit()
        elif len(text) == self._length - 1:
            self.nearly_filled.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the places, with the digits typed so far."""
        look, colours = self._look, self._look.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        gap = look.space("tight")
        wide = (self.width() - gap * (self._length - 1)) / self._length
        size = fitting_size(self._wanted, "0", int(wide) - gap)
        painter.setFont(sized(self._wanted, size))
        typed = self.text()
        for place in range(self._length):
            area = QRectF(place * (wide + gap), 0, wide, self.height())
            here = self.hasFocus() and not self._sent and place == len(typed)
            edge = colours.focus if here else colours.edge
            width = look.stroke("focus") if here else look.stroke("edge")
            rounded(painter, area, look.radius("small"), colours.surface, edge, width)
            if self._sent or typed[place : place + 1] == DOT:
                dot = size * 0.44
                box = QRectF(area.center().x() - dot / 2, area.center().y() - dot / 2, dot, dot)
                rounded(painter, box, dot / 2, colours.quiet_ink if self._sent else colours.ink)
            elif place < len(typed):
                write(painter, area, typed[place], Qt.AlignmentFlag.AlignCenter, colours.ink)
        painter.end()


class Key(Touchable):
    """One key of at least 20 mm. Tapping it leaves the focus where the digits go."""

    SIZE = "key"
    WIDE = 104

    def __init__(self, look: Look, picture: str = "") -> None:
        """Nameless until ``say``."""
        super().__init__(look)
        self._picture = picture
        self._role = TextRole.DIGIT
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumSize(look.touch(self.SIZE), look.touch(self.SIZE))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say(self, name: str) -> None:
        """Name the key, and print the name on it unless it has an icon."""
        self.setText("" if self._picture else name)
        self.setAccessibleName(name)
        self._role = TextRole.DIGIT if len(name) == 1 else TextRole.STRONG
        self._fit()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """What is printed on it stays on it."""
        self._fit()

    def _fit(self) -> None:
        font, inset = self.look.font(self._role), 2 * self.look.space("hair")
        size = fitting_size(font, self.text(), self.width() - inset)
        self.setFont(sized(font, min(size, round((self.height() - inset) / LINE))))

    def sizeHint(self) -> QSize:
        """A little wider than it must be."""
        return QSize(self.look.length(self.WIDE), self.look.touch(self.SIZE))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the key."""
        look, colours = self.look, self.look.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.isEnabled():
            painter.setOpacity(UNAVAILABLE)
        area = QRectF(self.rect())
        radius = look.radius("key")
        plain = self._role is TextRole.DIGIT and not self._picture
        fill = colours.wash if self.isDown() else colours.surface if plain else None
        edge = colours.accent if self.isDown() else colours.edge
        rounded(painter, area, radius, fill, edge, look.stroke("edge"))
        self.ring(painter, area, radius, None)
        if self._picture:
            side = min(look.letters(28), area.height() / 2)
            box = QRectF(area.center().x() - side / 2, area.center().y() - side / 2, side, side)
            icon.draw(painter, self._picture, box, colours.ink)
        painter.setFont(self.font())
        write(painter, area, self.text(), Qt.AlignmentFlag.AlignCenter, colours.ink)
        painter.end()


class Keypad(QWidget):
    """Ten digits, *Clear* and *Delete*, working on one ``CodeLine``."""

    def __init__(self, look: Look, line: CodeLine) -> None:
        """Types into ``line``."""
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(look.space("near"))
        self._digits = [Key(look) for _ in labels.DIGITS]
        for digit, key in enumerate(self._digits):
            key.clicked.connect(lambda _=False, typed=labels.DIGITS[digit]: line.add(typed))
            row, column = divmod(digit - 1, 3) if digit else (3, 1)
            grid.addWidget(key, row, column)
        self._clear, self._erase = Key(look), Key(look, picture="delete")
        self._clear.clicked.connect(line.clear_typed)
        self._erase.clicked.connect(line.backspace)
        grid.addWidget(self._clear, 3, 0)
        grid.addWidget(self._erase, 3, 2)
        self._order()

    def name(self) -> None:
        """Give every key its name."""
        self.setAccessibleName(labels.KEYPAD)
        for digit, key in zip(labels.DIGITS, self._digits, strict=True):
            key.say(digit)
        self._clear.say(labels.CLEAR)
        self._erase.say(labels.ERASE)

    def let_go(self) -> None:
        """A key that is still held types nothing when it comes up."""
        for key in (*self._digits, self._clear, self._erase):
            key.setDown(False)

    def _order(self) -> None:
        keys = [*self._digits[1:], self._clear, self._digits[0], self._erase]
        for before, after in pairwise(keys):
            QWidget.setTabOrder(before, after)
