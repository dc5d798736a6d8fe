"""The plan of a page that asks for digits: a line of places, and a keypad below it.

It sends at the last digit. Digits reach the line from the keypad, the keyboard wherever the
focus is, and assistive technology; they leave through the one-shot slot only.
"""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFontMetrics, QKeyEvent

from kiosk.session.model.intents import Ticket
from kiosk.session.pages.typing_hints import NUM_LOCK, KeyLocks, no_digit
from kiosk.ui.look.theme import Look, TextRole
from kiosk.ui.pages.split import SplitPage
from kiosk.ui.widgets.keypad import CodeLine, Keypad, is_typing
from kiosk.ui.widgets.typed import lacks_num_lock
from kiosk.ui.widgets.words import Words

NOTICED_MS = 250
"""A wait shorter than that is not shown: a keypad that fades for it only flickers."""


class DigitsPage(SplitPage):
    """A page in two parts, with the keypad at its right. ``give`` is what a page does with it."""

    def __init__(self, look: Look, picture: str, line: CodeLine) -> None:
        """``line`` is where the digits go; it has the one-shot slot."""
        super().__init__(look, picture)
        self._round: int | None = None
        self._line = line
        self._line.filled.connect(self._filled)
        self._keypad = Keypad(look, self._line)
        self.waiting = QTimer(self, interval=NOTICED_MS, singleShot=True)
        self.waiting.timeout.connect(lambda: self._keypad.setEnabled(False))
        self._locks = KeyLocks()
        self._hint = Words(look, TextRole.SMALL, look.colours.ink)
        # It has its room before it has words: no key moves under a finger.
        place = self._hint.sizePolicy()
        place.setRetainSizeWhenHidden(True)
        self._hint.setSizePolicy(place)
        self._hint.setMinimumHeight(QFontMetrics(look.font(TextRole.SMALL)).height())
        self._line.strange.connect(self._say_digits_only)
        self._line.num_lock_off.connect(lambda: self._hint.say(NUM_LOCK))
        self._line.textChanged.connect(lambda: self._hint.say(""))
        self.card.setSpacing(look.space("tight"))
        self.card.addWidget(self._line)
        self.card.addWidget(self._hint)
        self.card.addWidget(self._keypad)

    def give(self, ticket: Ticket) -> None:
        """Report what was typed; it waits in the slot."""
        raise NotImplementedError

    def show_digits(self, name: str, length: int, turn: int, busy: bool) -> None:
        """Await ``length`` digits; those typed so far stay unless ``turn`` is another."""
        self._line.setAccessibleName(name)
        self._line.expect(length)
        self._keypad.name()
        if turn != self._round:
            self._round = turn
            self._line.forget()
            self._hint.say("")
            # Pressed for the round before: in this one it would be a digit too many.
            self._keypad.let_go()
        self._line.mark_sent(busy)
        if not busy:
            self.waiting.stop()
            self._keypad.setEnabled(True)
        elif self._keypad.isEnabled() and not self.waiting.isActive():
            self.waiting.start()

    def blank(self) -> None:
        """Also forget which round it was."""
        self._round = None
        self.waiting.stop()
        super().blank()

    def show_locks(self, locks: KeyLocks) -> None:
        """Remembered for when something else than a digit comes."""
        self._locks = locks
        if self._hint.text() in (NUM_LOCK, no_digit(KeyLocks(caps=True))):
            self._hint.say("")

    def start(self) -> None:
        """Where the digits go."""
        self._line.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits and Backspace reach the line wherever the focus is."""
        if is_typing(event):
            self._line.take(event.text())
        elif lacks_num_lock(event):
            self._hint.say(NUM_LOCK)
        elif event.key() == Qt.Key.Key_Backspace:
            self._line.backspace()
        else:
            super().keyPressEvent(event)

    def _say_digits_only(self) -> None:
        self._hint.say(no_digit(self._locks))

    def _filled(self) -> None:
        ticket = self._line.send()
        self._line.mark_sent(True)
        self.give(ticket)
