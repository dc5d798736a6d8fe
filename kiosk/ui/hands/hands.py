"""Keys and presses of this process, before its windows hear of them: hands that work here.

Whatever window or popup of the process has the focus, the web engine's own too: Lock and the badge
reader work, and nothing acts on a page that it was not meant for (law 13). It watches each window
as it takes the focus, and nothing else: a filter written in Python over the whole program sees
objects half made, and ends the program when a web page opens.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent, QTouchEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget

from kiosk.session.model.intents import Intent, LockWanted
from kiosk.ui.hands.badge_reader import BadgeReader, Into, code_of
from kiosk.ui.hands.began import Began
from kiosk.ui.hands.key_guard import KeyGuard
from kiosk.ui.hands.positions import positions
from kiosk.ui.hands.press_guard import PressGuard
from kiosk.ui.pages.page import Page
from kiosk.ui.widgets.typed import KeepSecret

if TYPE_CHECKING:
    from kiosk.ui.hands.dragging import Dragging

DOWN = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin})
UP = frozenset({QEvent.Type.MouseButtonRelease, QEvent.Type.TouchEnd, QEvent.Type.TouchCancel})
HELD_ON = frozenset(
    {
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_Tab,
        Qt.Key.Key_Backtab,
        Qt.Key.Key_Backspace,
        Qt.Key.Key_Delete,
    }
)
"""What a held key may go on with on the kiosk's own pages: moving and erasing."""
MODIFIERS = frozenset(
    {
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock,
    }
)
"""They do nothing by themselves, and what they do to others is told with those."""


class Kiosk(Protocol):
    """What is asked of the kiosk's window."""

    @property
    def page(self) -> Page | None:
        """The page on show."""

    def types_into_xchart(self) -> bool:
        """Whether keys go to Xchart's own page."""


class Hands(QObject):
    """Hears the windows of the process."""

    def __init__(
        self,
        window: QWidget,
        kiosk: Kiosk,
        keep_secret: KeepSecret,
        ask: Callable[[Intent], None],
        near_px: float,
    ) -> None:
        """``near_px`` is NEAR_MM at the screen's pitch."""
        super().__init__(window)
        self._window = window
        self._kiosk = kiosk
        self._ask = ask
        running = QElapsedTimer()
        running.start()
        self._now: Callable[[], int] = running.elapsed
        self._heard: QWindow | None = None
        self._dark = False
        self._page_reads_badges = False
        self._keys, self._presses = KeyGuard(), PressGuard(near_px)
        self._key_began, self._press_began = Began(), Began()
        self._dragging: Dragging | None = None
        self._positions = positions()
        self.badges = BadgeReader(self, keep_secret, self._read, self._into)
        self.read_in_page(False)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self.listen_to)

    def listen_to(self, window: QWindow | None) -> None:
        """That window has the focus: hear it from now on."""
        if window is not None:
            # Of two of the same on one window Qt keeps the later.
            window.installEventFilter(self)

    def read_in_page(self, badges: bool) -> None:
        """Whether the clinic has badges: then one may be typed into Xchart's page too."""
        self._page_reads_badges = badges
        self.badges.in_flow(not badges)

    def see_dark(self, dark: bool) -> None:
        """The screen is dark, or not: then what is done next only wakes it."""
        self._dark = dark

    def turn(self, page: Page) -> None:
        """Another page is about to be shown."""
        now = self._now()
        self.badges.forget()
        self._keys.turned(now)
        self._presses.turned(now)
        page.installEventFilter(self)

    def shift(self) -> None:
        """A part of the page came or went: Xchart's page lies elsewhere, or takes its place."""
        self._keys.shifted()
        self._presses.shifted(self._now())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Called by Qt for every event of what is watched."""
        if isinstance(watched, QWindow):
            if isinstance(event, QKeyEvent):
                return self._key(watched, event)
            if isinstance(event, QMouseEvent | QTouchEvent):
                self._let_fall()
                return self._press(watched, event)
            if event.type() == QEvent.Type.DragEnter:
                self._carry()
        elif event.type() == QEvent.Type.Paint and watched is self._kiosk.page:
            now = self._now()
            self._keys.painted(now)
            self._presses.painted(now)
            watched.removeEventFilter(self)
        return False

    def _carry(self) -> None:
        if self._dragging is None:
            # Late: nothing is dragged before the first paint.
            from kiosk.ui.hands.dragging import Dragging

            self._dragging = Dragging()
        self._dragging.begin()

    def _let_fall(self) -> None:
        if self._dragging is not None:
            self._dragging.end()

    def _into(self) -> Into:
        if not self._kiosk.types_into_xchart():
            return Into.KIOSK
        return Into.PAGE if self._page_reads_badges else Into.NOT_READ

    def _read(self, intent: Intent) -> None:
        """A badge wakes the screen, and counts."""
        self._wakes()
        self._ask(intent)

    def _wakes(self) -> bool:
        dark, self._dark = self._dark, False
        return dark

    def _key(self, window: QWindow, event: QKeyEvent) -> bool:
        kind = event.type()
        if kind not in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            return False
        code, at = code_of(event), event.timestamp()
        if kind == QEvent.Type.KeyPress and self._locks(event):
            self._keys.swallow(code, at)
            self._dark = False
            return True
        if not self.badges.passing and self.badges.heard(window, event):
            return True
        if event.key() in MODIFIERS:
            if kind == QEvent.Type.KeyPress:
                self._wakes()
            return False
        # What turns a page now is no press.
        self._presses.forget()
        if kind == QEvent.Type.KeyRelease:
            return self._keys.release(code, at=at, repeat=event.isAutoRepeat())
        return self._keys.press(
            code,
            at=at,
            began=self._key_began.at(at, self._now()),
            repeat=event.isAutoRepeat(),
            repeats_count=event.key() in HELD_ON or self._kiosk.types_into_xchart(),
            only_wakes=self._wakes(),
        )

    def _locks(self, event: QKeyEvent) -> bool:
        """Ctrl+L, under any layout, on a page that can be locked."""
        page = self._kiosk.page
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if not control or page is None or page.lock is None:
            return False
        latin = event.key() < 0x80
        there = self._positions.get(code_of(event))
        if event.key() != Qt.Key.Key_L and (latin or there is None or there.plain != "l"):
            return False
        if not event.isAutoRepeat():
            self._lock()
        return True

    def _lock(self) -> None:
        """A list of the page that is open is no reason to wait for another press."""
        close_popups()
        self._ask(LockWanted())

    def _press(self, window: QWindow, event: QMouseEvent | QTouchEvent) -> bool:
        kind = event.type()
        if kind in DOWN:
            if is_fresh(event):
                self._presses.release()
            eaten = self._came_down(window, event)
        elif kind in UP:
            last = not isinstance(event, QMouseEvent) or not event.buttons()
            eaten = self._presses.release() if last else self._presses.move()
        else:
            eaten = self._presses.move()
        if eaten:
            # Or Qt would make a mouse's press of a touch that nobody wanted.
            event.accept()
        return eaten

    def _came_down(self, window: QWindow, event: QMouseEvent | QTouchEvent) -> bool:
        now, place = self._now(), place_of(event)
        began = self._press_began.at(event.timestamp(), now)
        wakes = self._wakes()
        lock = self._kiosk.page.lock if self._kiosk.page is not None else None
        if lock is not None and not wakes and covers(lock, place):
            if window == self._window.windowHandle() and QApplication.activePopupWidget() is None:
                # It counts at once, and as a press like any other.
                self._presses.count(place.x(), place.y(), began)
                return False
            self._presses.press(place.x(), place.y(), began, now, only_wakes=True)
            self._lock()
            return True
        return self._presses.press(place.x(), place.y(), began, now, only_wakes=wakes)


def is_fresh(event: QMouseEvent | QTouchEvent) -> bool:
    """Whether nothing else is down: where the end of a press was told elsewhere, it is over."""
    if isinstance(event, QMouseEvent):
        by_hand = event.source() == Qt.MouseEventSource.MouseEventNotSynthesized
        return by_hand and event.buttons() == event.button()
    return True


def place_of(event: QMouseEvent | QTouchEvent) -> QPointF:
    """Where on the desktop."""
    return event.points()[0].globalPosition()


def covers(widget: QWidget, place: QPointF) -> bool:
    """Whether a press there would be one of ``widget``, were nothing above it."""
    return widget.isVisible() and widget.rect().contains(widget.mapFromGlobal(place).toPoint())


def close_popups() -> None:
    """Of the page and of the kiosk, however many are open."""
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
        if popup is QApplication.activePopupWidget():
            popup.hide()
            return
