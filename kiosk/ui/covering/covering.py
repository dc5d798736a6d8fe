"""The kiosk's window on its own monitor, curtains on the others, and whether a cover is *seen*.

Law 14. Looks again at every change of the monitors and of what lies on them, and puts right what is
wrong. *Seen* means: on each covered monitor our window is there, at its place, painted, and nothing
lies above it. Nothing is discarded, and no lock waits, for its sake; only sleep does.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QDeadlineTimer, QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from kiosk.ui.covering.curtain import Curtains
from kiosk.ui.covering.monitors import Layout, Monitor, lay_out
from kiosk.ui.look.theme import Look

AGAIN_MS = 200
PACE_MS = 50
"""Between two looks, while somebody drags windows about: each asks the X server many things."""
SETTLED_MS = 250
"""After the last change, once more: a window manager moves its frame first, and tells of no more
when what is in it follows."""
RAISES = 5
RECENT_MS = 1200
"""So many raises within that time: then whoever insists is named, and raised against less often."""
INSISTED_MS = 2000
CALM_MS = 1000
LOOKED_AT = frozenset(
    {
        QEvent.Type.Move,
        QEvent.Type.Resize,
        QEvent.Type.Expose,
        QEvent.Type.Show,
        QEvent.Type.Hide,
        QEvent.Type.WindowStateChange,
        QEvent.Type.WindowDeactivate,
    }
)


class Above(Protocol):
    """What the desktop can say of what lies above our windows (``kiosk.desktop.stacking``)."""

    @property
    def is_managed(self) -> bool:
        """Whether a window manager runs."""

    def monitors(self) -> Sequence[tuple[str, tuple[int, int, int, int]]]:
        """Each monitor's name and place in native pixels, the primary one first."""

    def above(self, windows: Sequence[int], *, keyboards: bool = False) -> str | None:
        """The program of a window above any of ours; None: nothing is."""

    def place_of(self, window: int) -> tuple[int, int, int, int] | None:
        """Where the window is in native pixels, nowhere (all 0) included; None: as Qt has it."""

    def yields(self, windows: Sequence[int]) -> bool:
        """Whether what is above is the desktop's own screen lock."""

    def is_typed_beside(self, windows: Sequence[int]) -> bool:
        """Whether the keyboard is with a window on a monitor that none of ours is on."""

    def has_keyboard(self, windows: Sequence[int]) -> bool:
        """Whether one of ours has it."""

    def put_on_top(
        self, window: int, *, keyboard: bool = False, keep_keyboards: bool = False
    ) -> None:
        """Raise a window, and give it the keyboard if wanted; or all but on-screen keyboards."""

    def let_down(self, window: int) -> None:
        """Let others above it again."""


class Covering(QObject):
    """Keeps the window and the curtains where they belong. ``leave`` names monitors never covered.

    ``seen`` once for each cover; ``hidden`` with the name of the program whose window insists on
    being above, and with "" when it no longer does.
    """

    seen = Signal()
    hidden = Signal(str)

    def __init__(
        self, window: QWidget, look: Look, leave: frozenset[str], *, full_screen: bool
    ) -> None:
        """In a window of its own (not ``full_screen``) it stays where a person puts it."""
        super().__init__(window)
        self._window = window
        self._leave = leave
        self._full_screen = full_screen
        self._home = QGuiApplication.primaryScreen().name()
        self._curtains = Curtains(look)
        self._above: Above | None = None
        self._layout: Layout | None = None
        self._covered = False
        self._is_seen = False
        self._is_new = False
        self._raises: list[QDeadlineTimer] = []
        self._named = ""
        self._waiting: list[Callable[[], None]] = []
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.look)
        self._pace = QTimer(self, singleShot=True, interval=PACE_MS)
        self._pace.timeout.connect(self._pace_over)
        self._changed = False
        self._settling = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._settling.timeout.connect(self.look)
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._again.timeout.connect(self.look)
        self._keeping = QTimer(self, singleShot=True)
        self._keeping.timeout.connect(self.look)
        self._taken = 0
        self._moved_to = QRect()
        self._moving = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._moving.timeout.connect(self.look)
        self._calm = QTimer(self, singleShot=True)
        self._calm.timeout.connect(self._calmed)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.screenAdded.connect(self._follow)
            application.screenRemoved.connect(self.look_soon)
            application.primaryScreenChanged.connect(self.look_soon)
        for screen in QGuiApplication.screens():
            self._follow(screen)
        window.installEventFilter(self)
        self._place()

    @property
    def covered(self) -> bool:
        """Whether everything is to be covered."""
        return self._covered

    @property
    def curtains(self) -> Curtains:
        """What covers the other monitors."""
        return self._curtains

    def ask(self, above: Above) -> None:
        """From now on this is asked what lies above; tell ``look_soon`` whenever that changed."""
        self._above = above
        self.look_soon()

    def cover(self) -> None:
        """Cover every monitor but those to leave. The window shows its cover already."""
        self._covered, self._is_seen = True, False
        self._raises.clear()
        self._is_new = True
        if self._layout is not None:
            # As the monitors were last seen: they are asked for once these are on their way.
            self._curtains.cover(self._layout.curtains)
        self._soon.start()

    def uncover(self) -> None:
        """Show the other monitors again, and let others above the window."""
        self._covered = self._is_seen = self._is_new = False
        self._curtains.uncover()
        self._name("")
        if self._above is not None and self._full_screen:
            self._above.let_down(self._window.winId())
        self._let_go()

    def when_seen(self, then: Callable[[], None]) -> None:
        """Call ``then`` once what is to be covered is seen to be: at once where nothing is."""
        if not self._covered or self._is_seen:
            then()
        else:
            self._waiting.append(then)

    def look_soon(self) -> None:
        """Look once the event loop has taken what came with this, and not too often."""
        self._settling.start()
        if self._pace.isActive():
            self._changed = True
        else:
            self._soon.start()

    def look(self) -> None:
        """Put everything where it belongs, and see whether it is."""
        self._changed = False
        self._pace.start()
        self._place()
        if self._is_new:
            self._begin()
        if self._full_screen and self._insists:
            self._judge()

    def _begin(self) -> None:
        """Above everything, once, whether something is above or not: so it stays."""
        self._is_new = False
        # The desktop's own lock may be why: it is never risen above, not even at first.
        if self._above is not None and self._full_screen and not self._above.yields(self._ids):
            self._bring(keyboard=True)

    def _pace_over(self) -> None:
        if self._changed:
            self.look()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Called by Qt for every event of the window; lets everything pass."""
        if event.type() in LOOKED_AT:
            self.look_soon()
        return False

    @property
    def _insists(self) -> bool:
        """Whether the window has to be on top: it covers, or it is all there is (the shell)."""
        return self._covered or (self._above is not None and not self._above.is_managed)

    def _follow(self, screen: QScreen) -> None:
        screen.geometryChanged.connect(self.look_soon)
        self.look_soon()

    def _place(self) -> None:
        window = self._window
        filled = self._place_of(window) if window.isFullScreen() else None
        layout = lay_out(self._monitors(), self._home, self._leave, filled)
        if layout is None or not self._full_screen:
            return
        self._layout = layout
        place = layout.own.place
        there = filled == place
        if self._insists:
            there = there and not window.isMinimized()
        elif not window.isFullScreen():
            there = True  # a person took it down, and others are at work on that monitor
        if window.isVisible() and not there:
            self._move(place)
        if self._covered:
            self._curtains.cover(layout.curtains)
        else:
            self._curtains.hang(layout.curtains)

    def _monitors(self) -> list[Monitor]:
        told = self._above.monitors() if self._above is not None else ()
        if told:
            return [Monitor(name, self._in_qts_pixels(place)) for name, place in told]
        primary = QGuiApplication.primaryScreen()
        screens = sorted(QGuiApplication.screens(), key=lambda each: each is not primary)
        return [Monitor(each.name(), each.geometry()) for each in screens]

    def _place_of(self, surface: QWidget) -> QRect:
        told = self._above.place_of(int(surface.winId())) if self._above is not None else None
        return surface.geometry() if told is None else self._in_qts_pixels(told)

    def _in_qts_pixels(self, place: tuple[int, int, int, int]) -> QRect:
        """Qt scales sizes, and leaves the corner of a monitor where the server has it."""
        x, y, wide, high = place
        fine = self._window.devicePixelRatio()
        return QRect(x, y, round(wide / fine), round(high / fine))

    def _move(self, place: QRect) -> None:
        window = self._window
        if self._moving.isActive() and self._moved_to == place:
            return  # asked for already: a window manager takes its time, or has its reasons
        self._moved_to = place
        self._moving.start()
        if not window.isFullScreen() or window.isMinimized():
            window.setWindowState(Qt.WindowState.WindowFullScreen)
        window.setGeometry(place)

    def _judge(self) -> None:
        if self._above is None:
            if self._stands:
                self._see()
            return
        windows = self._ids
        who = self._above.above(windows, keyboards=not self._covered)
        was_seen = self._is_seen
        if who is not None:
            self._is_seen = False
        if who is None and self._stands:
            self._see()
            self._keep_keyboard(windows)
        elif who is not None and self._above.yields(windows):
            self._name("")
            self._let_go()
        elif self._again.isActive():
            return  # at most five times a second
        elif was_seen:
            # A screen lock may come first, and take the keyboard a moment later: it stays.
            self._again.start(AGAIN_MS)
        else:
            self._raises = [each for each in self._raises if not each.hasExpired()]
            insists = bool(self._named) or len(self._raises) >= RAISES
            if who is not None and insists:
                self._name(who)
            self._raises.append(QDeadlineTimer(RECENT_MS))
            # Who is at work on a monitor that is left goes on: radiographs are named there.
            self._bring(keyboard=not self._above.is_typed_beside(windows))
            pause = INSISTED_MS if insists else AGAIN_MS
            self._again.start(pause)
            self._calm.start(pause + CALM_MS)

    def _keep_keyboard(self, windows: Sequence[int]) -> None:
        """What nobody sees is not typed into: not a PIN, and not a badge."""
        above = self._above
        if above is None or not self._covered or self._keeping.isActive():
            return
        # Who is at work on a monitor that is left, or a screen lock, has it by right.
        if above.has_keyboard(windows) or above.is_typed_beside(windows):
            self._taken = 0
            return
        if not above.yields(windows):
            # Whoever does not give it is not asked five times a second all night.
            self._taken += 1
            self._keeping.start(AGAIN_MS if self._taken <= RAISES else INSISTED_MS)
            above.put_on_top(int(self._window.winId()), keyboard=True)

    def _calmed(self) -> None:
        """Nobody had to be raised against for a while."""
        self._name("")

    @property
    def _surfaces(self) -> tuple[QWidget, ...]:
        return (self._window, *self._curtains.drawn)

    @property
    def _ids(self) -> list[int]:
        return [int(each.winId()) for each in self._surfaces]

    @property
    def _stands(self) -> bool:
        """Whether our windows are there, where they belong, and painted."""
        handle = self._window.windowHandle()
        if self._layout is None or handle is None or not handle.isExposed():
            return False
        if self._place_of(self._window) != self._layout.own.place:
            return False
        return not self._covered or all(
            each.is_painted and self._place_of(each) == each.geometry()
            for each in self._curtains.drawn
        )

    def _bring(self, *, keyboard: bool) -> None:
        if self._above is not None:
            for each in self._surfaces:
                mine = each is self._window
                self._above.put_on_top(
                    int(each.winId()),
                    keyboard=keyboard and mine,
                    keep_keyboards=not self._covered,
                )

    def _see(self) -> None:
        if self._covered and not self._is_seen:
            self._is_seen = True
            self.seen.emit()
            self._let_go()

    def _name(self, program: str) -> None:
        if program != self._named:
            self._named = program
            self.hidden.emit(program)

    def _let_go(self) -> None:
        """Whoever waited for the cover waits no longer."""
        waiting, self._waiting = self._waiting, []
        for then in waiting:
            then()
