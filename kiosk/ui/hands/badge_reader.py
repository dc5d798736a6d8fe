"""The badge reader: a keyboard that types fast, ends with Enter, and must not type into anything.

A burst is told from typing by its pace (``burst``), by the system's own time of each key: a
program that was busy hears both late and all at once. On the kiosk's own pages nothing that types
like a reader presses or submits, whosever it is. Xchart's page is typed into by scanners of
supplies too: there a burst waits until it is known whose it is, and what is nobody's badge goes on
to the page as it was typed, with what came behind it.
"""

import sys
from collections.abc import Callable
from enum import Enum, auto

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from shiboken6 import isValid

from kiosk.session.model.intents import BadgeGivenUp, BadgeRead, Intent
from kiosk.ui.hands.burst import APART_MS, Burst, Key, Kind, Outcome, Read, Typed
from kiosk.ui.hands.candidates import Reading, read
from kiosk.ui.hands.positions import Positions, positions
from kiosk.ui.widgets.typed import KeepSecret

LONGEST_WAIT_MS = 250
"""So long the page's keys wait to hear whose badge it was. It takes 5 to 20, and a disk more."""
ENDS = frozenset(
    {Qt.Key.Key_Return.value, Qt.Key.Key_Enter.value, Qt.Key.Key_Tab.value, ord("\n"), ord("\r")}
)
LINE_ENDS = frozenset({"\r", "\n"})
PLAIN = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
DEAD = range(Qt.Key.Key_Dead_Grave.value, Qt.Key.Key_Dead_Longsolidusoverlay.value + 1)
KEYPAD_UNLOCKED = frozenset(
    {
        Qt.Key.Key_Home.value,
        Qt.Key.Key_Up.value,
        Qt.Key.Key_PageUp.value,
        Qt.Key.Key_Left.value,
        Qt.Key.Key_Clear.value,
        Qt.Key.Key_Right.value,
        Qt.Key.Key_End.value,
        Qt.Key.Key_Down.value,
        Qt.Key.Key_PageDown.value,
        Qt.Key.Key_Insert.value,
        Qt.Key.Key_Delete.value,
    }
)
"""What the digits of the keypad are while NumLock is off."""


class Into(Enum):
    """Where keys go that are typed now."""

    KIOSK = auto()
    PAGE = auto()
    """Xchart's own page, in a clinic with badges."""
    NOT_READ = auto()
    """The page in a clinic that has none: nothing is held back."""


Meant = tuple[QWindow, QKeyEvent]


class BadgeReader(QObject):
    """Hears every key before the windows do. ``into`` tells where keys go."""

    def __init__(
        self,
        parent: QObject,
        keep_secret: KeepSecret,
        ask: Callable[[Intent], None],
        into: Callable[[], Into],
    ) -> None:
        """``keep_secret`` is the one-shot slot that the numbers go into."""
        super().__init__(parent)
        self._keep_secret = keep_secret
        self._ask = ask
        self._into = into
        self._positions: Positions = positions()
        self._burst = Burst[Meant]()
        self._asked_for: tuple[Key[Meant], ...] = ()
        self._behind: list[Key[Meant]] | None = None
        self.passing = False
        """While a key goes on that was held back: it is not heard a second time."""
        self._pause = QTimer(self, singleShot=True, interval=APART_MS)
        self._pause.setTimerType(Qt.TimerType.PreciseTimer)
        # Keys that came while this program was busy are heard before it is said that none came.
        self._last_look = QTimer(self, singleShot=True, interval=0)
        self._pause.timeout.connect(self._last_look.start)
        self._last_look.timeout.connect(lambda: self._come_of(self._burst.pause()))
        self._patience = QTimer(self, singleShot=True, interval=LONGEST_WAIT_MS)
        self._patience.timeout.connect(self._give_up)

    def heard(self, window: QWindow, event: QKeyEvent) -> bool:
        """A key came to ``window``: whether it is held back, or a reader's."""
        if self._into() is Into.NOT_READ and self._behind is None:
            self._come_of(self._burst.pause())
            return False
        # A copy: Qt's own is gone when it is passed on.
        key = key_of(window, event.clone(), self._positions)
        outcomes = self._burst.hear(key)
        self._last_look.stop()
        if self._burst.waits:
            self._pause.start()
        else:
            self._pause.stop()
        if self._behind is None and outcomes == [Typed((key,))]:
            return False
        self._come_of(outcomes)
        return True

    def in_flow(self, wanted: bool) -> None:
        """Where the clinic has no badges nobody in the middle of typing is held up for one."""
        self._burst.in_flow = wanted

    def tell(self, taken: bool) -> None:
        """What Xchart's page waits for was a badge; or the page is to have it."""
        behind, self._behind = self._behind, None
        self._patience.stop()
        if behind is not None:
            self._pass_on([*(() if taken else self._asked_for), *behind])

    def forget(self) -> None:
        """The page is another: nothing that began before it acts on it (law 13)."""
        self._pause.stop()
        self._last_look.stop()
        self._burst.forget()
        self._behind = None
        self._patience.stop()

    def _come_of(self, outcomes: list[Outcome[Meant]]) -> None:
        for outcome in outcomes:
            if self._behind is not None:
                self._behind += outcome.keys
                continue
            match outcome:
                case Typed(keys=keys):
                    self._pass_on(list(keys))
                case Read(again=True, keys=keys):
                    if self._into() is Into.PAGE:
                        self._pass_on(list(keys))
                case Read(keys=keys):
                    self._look_up(keys)

    def _look_up(self, keys: tuple[Key[Meant], ...]) -> None:
        reading: Reading = read(keys, self._positions)
        for_xchart = self._into() is Into.PAGE
        if for_xchart and not reading.numbers:
            self._pass_on(list(keys))
            return
        if for_xchart:
            self._asked_for, self._behind = keys, []
            self._patience.start()
        secret = self._keep_secret("\n".join(reading.numbers))
        self._ask(BadgeRead(secret, reading.doubt, for_xchart))

    def _give_up(self) -> None:
        self._ask(BadgeGivenUp())
        self.tell(False)

    def _pass_on(self, keys: list[Key[Meant]]) -> None:
        """Everything goes on to where it was meant, in order."""
        before, self.passing = self.passing, True
        try:
            for key in keys:
                window, event = key.event
                # What a key does may close the window of the next: a list, say.
                there = isValid(window) and window.isVisible()
                to = window if there else QGuiApplication.focusWindow()
                if to is not None:
                    QCoreApplication.sendEvent(to, event)
        finally:
            self.passing = before


def key_of(window: QWindow, event: QKeyEvent, there: Positions) -> Key[Meant]:
    """What a key may be to a burst: a sign that a reader may type, its Shift, or its ending."""
    code, text = code_of(event), event.text()
    known = code in there and (event.key() in DEAD or from_keypad(event))
    written = len(text) == 1 and text.isprintable()
    if event.key() == Qt.Key.Key_Shift:
        kind = Kind.SHIFT
    elif event.modifiers() & ~PLAIN:
        kind = Kind.OTHER
    elif event.key() in ENDS or text in LINE_ENDS:
        kind = Kind.ENDING
    else:
        kind = Kind.SIGN if written or known else Kind.OTHER
    return Key(
        (window, event),
        event.type() == QEvent.Type.KeyPress,
        code,
        kind,
        text if kind is Kind.SIGN and written else "",
        bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier),
        event.isAutoRepeat(),
        event.timestamp(),
    )


def from_keypad(event: QKeyEvent) -> bool:
    """Whether it is a digit of the keypad while NumLock is off: it moves, and types nothing."""
    keypad = Qt.KeyboardModifier.KeypadModifier
    return bool(event.modifiers() & keypad) and event.key() in KEYPAD_UNLOCKED


def code_of(event: QKeyEvent) -> int:
    """The key's position as its system counts; what Qt calls it where nobody tells (tests)."""
    if sys.platform == "darwin":
        return event.nativeVirtualKey()  # 0 is a position there
    return event.nativeScanCode() or -event.key()
