"""The kiosk's window: one stack of pages. State comes down as a view, intents go up as ``asked``.

There are no dialogs: a prompt is a page, and a lock is a switch of the stack that also blanks
the page it hides. Nothing here decides anything.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QLayout, QStackedWidget, QVBoxLayout, QWidget

from kiosk.session.model.intents import Ticket
from kiosk.session.pages.typing_hints import KeyLocks
from kiosk.session.pages.views import LoginView, View, WorkspaceView
from kiosk.ui.hands.hands import Hands, close_popups
from kiosk.ui.hands.press_guard import NEAR_MM
from kiosk.ui.look import labels
from kiosk.ui.look.pitch import of_screen
from kiosk.ui.look.theme import Look
from kiosk.ui.pages.login import LoginPage
from kiosk.ui.pages.page import Page
from kiosk.ui.widgets.fitting import MEASURES
from kiosk.ui.widgets.typed import KeepSecret
from kiosk.ui.xchart.place import XchartPlace

if TYPE_CHECKING:
    # Not before the first paint: the list of the day comes with somebody at work.
    from kiosk.session.model.day import Day

P = TypeVar("P", bound=Page)


def no_words(_ticket: Ticket) -> str:
    """Where no page speaks."""
    return ""


class KioskWindow(QWidget):
    """Draws views and reports intents. Pages are made when they are first shown."""

    asked = Signal(object)
    closing = Signal()

    def __init__(
        self,
        look: Look,
        keep_secret: KeepSecret,
        read_words: Callable[[Ticket], str] = no_words,
    ) -> None:
        """``keep_secret`` is the one-shot slot that typed secrets go into.

        ``read_words`` gives what Xchart's page said.
        """
        super().__init__()
        self.look = look
        self._keep_secret = keep_secret
        self._read_locks: Callable[[], KeyLocks] = KeyLocks
        self._read_words = read_words
        self._pages: dict[type[Page], Page] = {}
        self._shown: Page | None = None
        self._stack = QStackedWidget()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        # The screen says how large the window is, never what is shown in it.
        whole.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        whole.addWidget(self._stack)
        self.setWindowTitle(labels.PRODUCT)
        # Of the screen: the look's pitch grows with the text, and a finger does not.
        near = of_screen(self.screen(), self.size()).px(NEAR_MM)
        self.hands = Hands(self, self, keep_secret, self.asked.emit, near)

    @property
    def xchart(self) -> XchartPlace:
        """The place of Xchart's own page."""
        # Late: start paints the login screen alone.
        from kiosk.ui.workspace.workspace import WorkspacePage

        look, keep, read = self.look, self._keep_secret, self._read_words
        return self._made(WorkspacePage, lambda: WorkspacePage(look, keep, read)).xchart

    @property
    def page(self) -> Page | None:
        """The page on show; None before the first view."""
        return self._shown

    def types_into_xchart(self) -> bool:
        """Whether keys go to Xchart's own page, or to a list of it."""
        from kiosk.ui.workspace.workspace import WorkspacePage  # late, as above

        focus = QApplication.focusWidget()
        on_show = isinstance(self._shown, WorkspacePage)
        return on_show and focus is not None and self.xchart.isAncestorOf(focus)

    def show_view(self, view: View) -> None:
        """Draw ``view``: in place where the same kind is on show, else by turning the stack."""
        page: Page
        MEASURES.passing = isinstance(view, WorkspaceView)
        if isinstance(view, LoginView):
            page = login = self._made(LoginPage, lambda: LoginPage(self.look))
            login.show_view(view)
        else:
            from kiosk.ui.registry import PAGES, Means  # late, as above

            entry = PAGES[type(view)]
            means = Means(self.look, self._keep_secret, self._read_words)
            page = self._made(entry.page, lambda: entry.make(means))
            entry.show(page, view)
        self._turn_to(page)

    def show_day(self, day: "Day") -> None:
        """Put the schedule beside Xchart's page, where someone is at work; nowhere else."""
        from kiosk.ui.workspace.workspace import WorkspacePage  # late, as above

        if isinstance(self._shown, WorkspacePage):
            self._shown.show_day(day)

    def tell_locks(self, read: Callable[[], KeyLocks]) -> None:
        """From now on ``read`` is asked about Caps Lock and NumLock."""
        self._read_locks = read
        self._look_at_locks()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Nobody below had a use for it: it may be one of the locks."""
        self._look_at_lock_of(event)
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Off goes a lock only when its key comes up."""
        self._look_at_lock_of(event)
        super().keyReleaseEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """They may have been turned in another program."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self._look_at_locks()

    def showEvent(self, event: QShowEvent) -> None:
        """The system may have made the window anew."""
        super().showEvent(event)
        self.hands.listen_to(self.windowHandle())

    def _look_at_lock_of(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock):
            self._look_at_locks()

    def _look_at_locks(self) -> None:
        if self._shown is not None:
            self._shown.show_locks(self._read_locks())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing is the application's to decide: report it, and stay."""
        event.ignore()
        self.closing.emit()

    def _made(self, kind: type[P], make: Callable[[], P]) -> P:
        there = self._pages.get(kind)
        if isinstance(there, kind):
            return there
        page = make()
        page.asked.connect(self.asked)
        page.shifted.connect(self.hands.shift)
        self._pages[kind] = page
        self._stack.addWidget(page)
        return page

    def _turn_to(self, page: Page) -> None:
        before = self._shown
        if page is before:
            return
        close_popups()
        self.hands.turn(page)
        self._shown = page
        self._stack.setCurrentWidget(page)
        if before is not None:
            if before.shows_patients:
                # Drawn now, not when the rest is done: a lock covers first and tidies up after.
                self._stack.repaint()
            before.blank()
            if before.shows_patients:
                MEASURES.let_go()
        page.start()
        self._look_at_locks()
