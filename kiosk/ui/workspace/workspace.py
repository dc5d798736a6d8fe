"""In the room: the bar; below it the list of the day, and Xchart's own page.

Xchart's page outlives a lock, unreachable. Nothing of the list does.
"""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from kiosk.session.model.day import Day
from kiosk.session.model.intents import RetryWanted
from kiosk.session.pages.views import Notice, RoomState, WorkspaceView
from kiosk.ui.day.page import DayPanel
from kiosk.ui.hands.clipboard import forget_copied
from kiosk.ui.hands.hands import close_popups
from kiosk.ui.look import labels
from kiosk.ui.look.theme import Look, TextRole
from kiosk.ui.pages.page import Page
from kiosk.ui.widgets.button import Button, Weight
from kiosk.ui.widgets.notice import ToneMark
from kiosk.ui.widgets.spinner import Spinner
from kiosk.ui.widgets.typed import KeepSecret
from kiosk.ui.widgets.words import Words
from kiosk.ui.workspace.bar import Bar
from kiosk.ui.xchart.place import XchartPlace
from kiosk.ui.xchart.question import Asking
from kiosk.ui.xchart.saying import Aside, ReadWords, Saying

COLUMN = 620
SCALE_KEYS = "Ctrl+0"
XCHART_LEAST = 800
"""Pixels of width that Xchart's own page is made for at least."""


NOTICE_STEPS = 3
"""A notice whole, without its sentence, not at all."""


def high_at(widget: QWidget, width: int) -> int:
    """How high a widget wants to be at that width, in pixels."""
    layout = widget.layout()
    if layout is None or not layout.hasHeightForWidth():
        return widget.sizeHint().height()
    return layout.totalHeightForWidth(width)


class Telling(QWidget):
    """What stands in the page's place while it is opening, or away."""

    again = Signal()

    def __init__(self, look: Look) -> None:
        """Without words until ``say``."""
        super().__init__()
        self._look = look
        self._mark = ToneMark(look, look.length(72), disc=True)
        self._turning = Spinner(look, look.length(56), look.colours.accent)
        self._title = Words(look, TextRole.HEADING, look.colours.ink)
        self._text = Words(look, TextRole.BODY, look.colours.quiet_ink)
        self._again = Button(look, Weight.PRIMARY, "refresh-cw")
        self._again.clicked.connect(self.again)
        centre = Qt.AlignmentFlag.AlignHCenter
        self._column = column = QVBoxLayout(self)
        column.setSpacing(look.space("step"))
        column.addStretch(2)
        column.addWidget(self._mark, 0, centre)
        column.addWidget(self._turning, 0, centre)
        for words in (self._title, self._text):
            words.setAlignment(centre)
            column.addWidget(words)
        column.addSpacing(look.space("tight"))
        column.addWidget(self._again, 0, centre)
        column.addStretch(3)

    def say(self, telling: Notice | None, opening: bool, retry: bool) -> None:
        """Show what is to be told; a turning mark instead of an icon while ``opening``."""
        self._turning.setVisible(opening)
        self._mark.setVisible(telling is not None and not opening)
        if telling is not None:
            self._mark.show_tone(telling.tone)
        self._title.say(telling.title if telling else "")
        self._text.say(telling.text if telling else "")
        self._again.say(labels.TRY_AGAIN if retry else "")

    def minimumSizeHint(self) -> QSize:
        """None: the bar above comes first."""
        return QSize(0, 0)

    def hasHeightForWidth(self) -> bool:
        """No: that would be a least height too."""
        return False

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """One column of a readable width, in the middle."""
        # Words never touch the edge, however little room they have.
        side = max(self._look.space("apart"), (self.width() - self._look.length(COLUMN)) // 2)
        self._column.setContentsMargins(side, 0, side, 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Hide what lies below."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.colours.ground)
        painter.end()


class WorkspacePage(Page):
    """Draws a ``WorkspaceView`` around ``xchart``, the place of Xchart's own page."""

    shows_patients = True

    def __init__(self, look: Look, keep: KeepSecret, read: ReadWords) -> None:
        """Without words, and without a web view, until it is needed.

        ``read`` gives what Xchart's page said, ``keep`` is the slot for what it is answered.
        """
        super().__init__(look)
        self.xchart = XchartPlace()
        self._saying = Saying(look, read)
        self._aside = Aside(look)
        self._question = Asking(look, read, keep)
        for part in (self._saying, self._aside, self._question):
            part.asked.connect(self.asked)
        self._bar = Bar(look)
        self._bar.asked.connect(self.asked)
        self._day = DayPanel(look)
        self._day.asked.connect(self.asked)
        # It scrolls: what it would like to be high takes nothing from the bar and its strips.
        across = self._day.sizePolicy().horizontalPolicy()
        self._day.setSizePolicy(across, QSizePolicy.Policy.Ignored)
        self._telling = Telling(look)
        self._telling.again.connect(lambda: self.ask(RetryWanted()))
        # What has come between the bar and Xchart's page, or stands in its place.
        self._stands: object = None
        self._room = QStackedLayout()
        self._room.setStackingMode(QStackedLayout.StackingMode.StackAll)
        self._room.addWidget(self.xchart)
        self._room.addWidget(self._telling)
        self._room.addWidget(self._question)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._bar)
        whole.addWidget(self._saying)
        below = QHBoxLayout()
        below.setSpacing(0)
        below.addWidget(self._day)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._aside)
        right.addLayout(self._room, 1)
        below.addLayout(right, 1)
        whole.addLayout(below, 1)
        scale = QShortcut(QKeySequence(SCALE_KEYS), self)
        scale.activated.connect(lambda: self.xchart.keep_scale())

    @property
    def lock(self) -> Button:
        """In the bar."""
        return self._bar.lock

    def show_view(self, view: WorkspaceView) -> None:
        """Draw ``view``, in place."""
        in_strip = self._focus_in(self._saying) or self._focus_in(self._aside)
        self._bar.show_view(view)
        self._day.setVisible(view.has_day)
        self._day.show_note(view.day)
        self._saying.show_note(view.saying)
        self._aside.show_words(view.aside)
        shown = view.page is RoomState.SHOWN
        asked = view.question is not None
        stands = (view.saying and view.saying.words, bool(view.aside), view.question, shown)
        if stands != self._stands:
            self._stands = stands
            self.shifted.emit()
        answered = self._question.isVisible() and not asked
        self._telling.say(view.telling, view.page is RoomState.OPENING, view.retry)
        self._telling.setVisible(not shown)
        self._room.setCurrentWidget(self.xchart if shown else self._telling)
        if asked and not self._question.isVisible():
            # The page stands still: it closes no list of its own, and a list takes every press.
            close_popups()
        self._question.show_note(view.question, self.xchart.offered)
        if asked:
            self._room.setCurrentWidget(self._question)
        # While opening it lies painted below the telling, so that it is there at once.
        self.xchart.reveal(view.page is not RoomState.AWAY, shown and not asked)
        if answered and shown:
            self.xchart.take_focus()
        elif in_strip and not (self._focus_in(self._saying) or self._focus_in(self._aside)):
            # Qt hands it on to whatever button comes next, which the next key would press.
            if self._saying.isVisible():
                self._saying.setFocus()
            else:
                self.start()
        self.xchart.setAccessibleName(labels.XCHART if shown else "")
        self._give_way()

    def _give_way(self) -> None:
        """Where all strips at once are too high, the notice gives way: it comes back by itself."""
        if not self._bar.has_notice:
            return
        for steps in range(NOTICE_STEPS):
            self._bar.give_way(steps)
            if self._strips_high() <= self.height():
                return

    def _strips_high(self) -> int:
        strips = [each for each in (self._bar, self._saying) if each.isVisibleTo(self)]
        return sum(high_at(each, self.width()) for each in strips) + self._least_below()

    def _least_below(self) -> int:
        """What stays for Xchart's page: a thumb's height, and the strip above it where one is."""
        least = self.look.touch("other")
        return 2 * least if self._aside.isVisibleTo(self) else least

    def show_day(self, day: Day) -> None:
        """Draw the schedule; it is forgotten with the page (law 10)."""
        self._day.show_day(day)

    def start(self) -> None:
        """Xchart's page where it is shown, the way out otherwise."""
        if not self.xchart.take_focus():
            self._bar.lock.setFocus()

    def _focus_in(self, part: QWidget) -> bool:
        focus = self.focusWidget()
        return focus is not None and part.isVisible() and part.isAncestorOf(focus)

    def blank(self) -> None:
        """Also take Xchart's page out of reach; it runs on. What was copied is forgotten."""
        self.xchart.reveal(False, False)
        self._saying.show_note(None)
        self._question.show_note(None)
        forget_copied()
        self._day.forget()
        super().blank()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """The list gives way where Xchart's page would become too narrow."""
        self._day.give_room(self.width(), XCHART_LEAST)
        self._saying.limit(self.height())
        self._give_way()
