"""What lies above the kiosk's windows on the screen, on X11; and putting them on top again.

Owns what counts as above: any window that can be seen and shares a pixel with one of ours, our own
popups included. Must never decide when to raise: ``kiosk.ui.covering.covering`` does. A window
is named by its program (WM_CLASS) and never by its title, which may hold a patient (law 10).
"""

import re
from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from kiosk.desktop.x11 import X11, Rect

ADD, REMOVE = 1, 0
PAGER = 2
"""Who asks (EWMH, source indication): somebody the window manager does not second-guess."""
TOP = 0
NOWHERE = Rect(0, 0, 0, 0)
NAMELESS = "Another program"
LONGEST_NAME = 30
DEPTH = 3
"""A frame, a client, and one between: what window managers are known to build."""
INPUT_HINT = 1 << 0


class Untold(QObject):
    """Windows and macOS: nobody is asked what lies above; Qt raises, and is believed."""

    changed = Signal()
    is_managed = True

    def monitors(self) -> tuple[tuple[str, tuple[int, int, int, int]], ...]:
        """Qt's are as good."""
        return ()

    def above(self, _windows: Sequence[int], *, keyboards: bool = False) -> str | None:
        """Nothing, as far as is known; let alone a keyboard."""
        del keyboards
        return None

    def place_of(self, _window: int) -> tuple[int, int, int, int] | None:
        """Where Qt has it."""
        return None

    def yields(self, _windows: Sequence[int]) -> bool:
        """Nothing is above that could be yielded to."""
        return False

    def is_typed_beside(self, _windows: Sequence[int]) -> bool:
        """Not that anybody knew."""
        return False

    def has_keyboard(self, _windows: Sequence[int]) -> bool:
        """As far as anybody knows."""
        return True

    def put_on_top(
        self, window: int, *, keyboard: bool = False, keep_keyboards: bool = False
    ) -> None:
        """Raise it, and give it the keyboard if wanted, as far as the system lets a program."""
        del keep_keyboards
        for each in QGuiApplication.topLevelWindows():
            if int(each.winId()) == window:
                each.raise_()
                if keyboard:
                    each.requestActivate()

    def let_down(self, _window: int) -> None:
        """It was never held up."""


class Stacking(QObject):
    """``changed`` whenever a window came, went, moved or was restacked, or a monitor did."""

    changed = Signal()

    def __init__(
        self, x11: X11, screen_locked: Callable[[], bool], parent: QObject | None = None
    ) -> None:
        """``screen_locked``: whether the desktop says that its own lock is on."""
        super().__init__(parent)
        self._x11 = x11
        self._screen_locked = screen_locked
        self._telling = QSocketNotifier(x11.descriptor, QSocketNotifier.Type.Read, self)
        self._telling.activated.connect(self._told)
        # What the server told while it was asked something else makes nobody readable.
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self.changed)
        x11.watch()

    @property
    def is_managed(self) -> bool:
        """Whether a window manager runs (EWMH, _NET_SUPPORTING_WM_CHECK)."""
        check = self._x11.numbers(self._x11.root, "_NET_SUPPORTING_WM_CHECK")
        there = bool(check) and self._x11.numbers(check[0], "_NET_SUPPORTING_WM_CHECK") == check
        self._sent()
        return there

    def monitors(self) -> tuple[tuple[str, tuple[int, int, int, int]], ...]:
        """Each monitor's name and place (x, y, width, height), the primary one first.

        By the server's own word: of several changes within a moment Qt misses some for good.
        """
        found = sorted(self._x11.monitors(), key=lambda each: not each.primary)
        self._sent()
        return tuple((each.name, each.rect) for each in found)

    def above(self, windows: Sequence[int], *, keyboards: bool = False) -> str | None:
        """The program of a window above any of ours; None: all of ours can be seen whole.

        With ``keyboards`` what never takes the keyboard may stay: an on-screen keyboard.
        """
        found = self._above(windows)
        if keyboards:
            found = [each for each in found if self._takes_keyboard(each)]
        program = self._program_of(found[-1]) if found else None
        self._sent()
        return program

    def place_of(self, window: int) -> tuple[int, int, int, int] | None:
        """Where the server has it (x, y, width, height): nowhere (all 0) where it is not mapped.

        Qt counts on a place before a window manager has granted it.
        """
        rect = self._x11.rect(window) if self._x11.is_viewable(window) else None
        self._sent()
        return rect or NOWHERE

    def yields(self, windows: Sequence[int]) -> bool:
        """Whether what is above is the desktop's own screen lock, which stays there (law 14).

        It says so, or it has the keyboard for itself and fills one of our screens. A menu has the
        keyboard too, and fills none.
        """
        if self._screen_locked():
            return True
        ours = self._rects(windows)
        fills = any(
            (over := self._x11.rect(above)) is not None and any(over.holds(rect) for rect in ours)
            for above in self._above(windows)
        )
        held = fills and self._x11.others_hold_keyboard()
        self._sent()
        return held

    def has_keyboard(self, windows: Sequence[int]) -> bool:
        """Whether one of ours has it, or the frame that a window manager has put around it.

        A window that is opened below ours may take it.
        """
        x11 = self._x11
        focused = x11.focused()
        ours = focused in windows
        if focused and not ours:
            ours = x11.child_of_root(focused) in {x11.child_of_root(each) for each in windows}
        self._sent()
        return ours

    def is_typed_beside(self, windows: Sequence[int]) -> bool:
        """Whether the keyboard is with a window on a monitor that none of ours is on."""
        x11 = self._x11
        focused = x11.focused()
        at = x11.rect(x11.child_of_root(focused)) if focused else None
        # Where nothing has it, window managers give it to a window beside all monitors.
        beside = (
            at is not None
            and any(at.meets(each.rect) for each in x11.monitors())
            and not any(at.meets(rect) for rect in self._rects(windows))
        )
        self._sent()
        return beside

    def put_on_top(
        self, window: int, *, keyboard: bool = False, keep_keyboards: bool = False
    ) -> None:
        """Above everything, and with the keyboard if wanted; as far as a window manager lets.

        With ``keep_keyboards`` not above on-screen keyboards; only where no window manager runs.
        """
        x11 = self._x11
        if self.is_managed and not x11.is_unmanaged(window):
            x11.tell_manager(window, "_NET_WM_STATE", ADD, self._state_above, 0, PAGER)
            x11.tell_manager(window, "_NET_RESTACK_WINDOW", PAGER, 0, TOP)
            if keyboard:
                x11.tell_manager(window, "_NET_ACTIVE_WINDOW", PAGER)
        elif keyboard:
            x11.focus(window)
        ours = x11.child_of_root(window)
        if keep_keyboards:
            for each in self._above((window,)):
                if self._takes_keyboard(each):
                    x11.lower_below(each, ours)
        else:
            x11.raise_window(ours)
            # A window manager raises ours among those it manages, and never above the others.
            for each in self._above((window,)):
                if x11.is_unmanaged(each):
                    x11.lower_below(each, ours)
        self._sent()

    def let_down(self, window: int) -> None:
        """Like any other window again: whatever a person brings forward goes above it."""
        state = self._state_above
        self._x11.tell_manager(window, "_NET_WM_STATE", REMOVE, state, 0, PAGER)
        self._sent()

    @property
    def _state_above(self) -> int:
        return self._x11.atom("_NET_WM_STATE_ABOVE")

    def _above(self, windows: Sequence[int]) -> list[int]:
        x11 = self._x11
        ours = {x11.child_of_root(window): x11.rect(window) for window in windows}
        found, below = list[int](), list[Rect]()
        for child in x11.children(x11.root):
            if child in ours:
                below += [rect for rect in (ours[child],) if rect is not None]
                continue
            over = x11.rect(child) if below else None
            meets = over is not None and any(over.meets(rect) for rect in below)
            if meets and x11.is_viewable(child):
                found.append(child)
        self._sent()
        return found

    def _rects(self, windows: Sequence[int]) -> list[Rect]:
        return [rect for window in windows if (rect := self._x11.rect(window)) is not None]

    def _takes_keyboard(self, window: int) -> bool:
        for each in self._held_by(window):
            hints = self._x11.numbers(each, "WM_HINTS")
            if hints:
                return not (hints[0] & INPUT_HINT and not hints[1])
        return True

    def _program_of(self, window: int) -> str:
        for each in self._held_by(window):
            told = self._x11.text(each, "WM_CLASS").rstrip("\0").rpartition("\0")[2]
            plain = re.sub(r"[^A-Za-z0-9._ -]", "", told).strip()
            if plain:
                return plain[:LONGEST_NAME]
        return NAMELESS

    def _held_by(self, window: int) -> Iterator[int]:
        """A window and, where it is a window manager's frame, what it holds."""
        level = [window]
        for _ in range(DEPTH):
            yield from level
            level = [child for each in level for child in self._x11.children(each)]

    def _sent(self) -> None:
        """At the end of every call: send, and hear what the server told with its answers."""
        self._x11.flush()
        if self._x11.drain():
            self._later.start()

    def _told(self) -> None:
        if self._x11.is_broken:
            self._telling.setEnabled(False)
        elif self._x11.drain():
            self.changed.emit()
