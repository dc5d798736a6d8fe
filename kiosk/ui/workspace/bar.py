"""The bar of the workspace: who works here, where, what time it is, and the verbs."""

from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.session.model.intents import (
    CaseEndWanted,
    CaseWanted,
    ChangeWanted,
    DoneWanted,
    Intent,
    KeepWorkingWanted,
    LockWanted,
    StillTreating,
    SwitchWanted,
    ThisComputerWanted,
)
from kiosk.session.pages.views import Notice, Tone, WorkspaceView
from kiosk.ui.look import labels
from kiosk.ui.look.theme import Look, TextRole
from kiosk.ui.widgets.button import Button, Weight
from kiosk.ui.widgets.notice import ToneMark
from kiosk.ui.widgets.panel import Panel
from kiosk.ui.widgets.words import Words


class Strip(Panel):
    """Across the bar: a notice, or the countdown with *Keep working*."""

    def __init__(self, look: Look, act: Button | None = None) -> None:
        """Hidden until it has something to say; ``act`` stands at its end."""
        super().__init__(look, look.tones[Tone.INFO].wash, radius=None)
        self._mark = ToneMark(look, look.letters(26))
        self._title = Words(look, TextRole.STRONG, look.colours.ink)
        self._text = Words(look, TextRole.BODY, look.colours.ink)
        self._words = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._words.setSpacing(look.space("near"))
        self._words.addWidget(self._title)
        self._words.addWidget(self._text, 1)
        row = QHBoxLayout(self)
        side = look.space("apart")
        row.setContentsMargins(side, look.space("tight"), side, look.space("tight"))
        row.setSpacing(look.space("near"))
        row.addWidget(self._mark)
        row.addLayout(self._words, 1)
        if act is not None:
            row.addWidget(act, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setMinimumHeight(look.length(48))
        self.hide()

    def show_notice(self, notice: Notice | None) -> None:
        """Show a notice, or nothing."""
        self._title.say(notice.title if notice else "")
        self._text.say(notice.text if notice else "")
        self.setVisible(notice is not None)
        if notice is not None:
            self._mark.show_tone(notice.tone)
            self.tint(self._look.tones[notice.tone].wash)
        self._arrange()

    @property
    def has_words(self) -> bool:
        """Whether there is something to say."""
        return bool(self._title.text() or self._text.text())

    def give_way(self, steps: int) -> None:
        """Where a page is too low for all at once: 1 without the sentence, 2 without the notice."""
        self._text.setVisible(bool(self._text.text()) and steps < 1)
        self.setVisible(self.has_words and steps < 2)

    def show_countdown(self, words: str, picture: str) -> None:
        """Show ``words`` as a warning with its own icon, or nothing."""
        tone = self._look.tones[Tone.WARNING]
        self._title.say(words)
        self._mark.show_picture(picture, tone.mark, tone.wash)
        self.tint(tone.wash)
        self.setVisible(bool(words))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The sentence beside its title where both are one line."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        taken = 2 * self._look.space("apart") + self._mark.width() + self._look.space("near")
        beside = self._title.whole_width + self._text.whole_width + taken < self.width()
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._words.setDirection(across if beside else down)
        self._words.setSpacing(self._look.space("near") if beside else 0)


class Arrangement(NamedTuple):
    """What of the bar has given way: words of these buttons, and the one line."""

    bare: frozenset[str] = frozenset()
    two_lines: bool = False


NAMES = frozenset({"change"})
SIDE_WAYS = NAMES | {"more"}
"""What nobody needs to end their work here."""
TO_ANOTHER = SIDE_WAYS | {"switch"}
"""*Start case* keeps its word longer: it is pressed by whoever has never pressed it before."""
ALL_BUT_LOCK = TO_ANOTHER | {"start", "done"}
"""Nor does *End case* ever lose its word: a mark alone would be taken for *Done*."""
ARRANGEMENTS = (
    Arrangement(),
    Arrangement(SIDE_WAYS),
    Arrangement(TO_ANOTHER),
    Arrangement(ALL_BUT_LOCK),
    Arrangement(two_lines=True),
    Arrangement(NAMES, two_lines=True),
    Arrangement(SIDE_WAYS, two_lines=True),
    Arrangement(TO_ANOTHER, two_lines=True),
    Arrangement(ALL_BUT_LOCK, two_lines=True),
)
"""The first that fits is taken. *Lock* keeps its word; who is here, and where, is never cut."""


class Bar(QWidget):
    """Draws what of a ``WorkspaceView`` stands above Xchart's own page."""

    asked = Signal(object)

    def __init__(self, look: Look) -> None:
        """Without words until a view is shown."""
        super().__init__()
        self._look = look
        self.arranged = Arrangement()
        colours = look.colours
        self._who = Words(look, TextRole.NAME, colours.ink)
        self._account = Words(look, TextRole.SMALL, colours.quiet_ink)
        self._room = Words(look, TextRole.STRONG, colours.ink)
        self._case = Words(look, TextRole.SMALL, colours.accent)
        self._clock = Words(look, TextRole.DIGIT, colours.ink)
        self._clock.setWordWrap(False)
        self._clock.enlarge(look.letters(24))
        self.lock = self._button(Weight.PRIMARY, "lock", LockWanted())
        self._switch = self._button(Weight.PLAIN, "arrow-left-right", SwitchWanted())
        self._done = self._button(Weight.PLAIN, "check", DoneWanted())
        self._start = self._button(Weight.PLAIN, "stethoscope", CaseWanted())
        self._end = self._button(Weight.PLAIN, "circle-check", CaseEndWanted())
        self._more = self._button(Weight.QUIET, "ellipsis", ThisComputerWanted())
        self._change = self._button(Weight.QUIET, "users", ChangeWanted())
        self._named = {
            "lock": self.lock,
            "switch": self._switch,
            "done": self._done,
            "start": self._start,
            "end": self._end,
            "more": self._more,
            "change": self._change,
        }
        self._between = Panel(look, colours.line, radius=None)
        self._between.setFixedHeight(1)
        self._keep = self._button(Weight.PRIMARY, "", KeepWorkingWanted())
        self._notice = Strip(look)
        self._countdown = Strip(look, self._keep)
        self._still = self._button(Weight.PRIMARY, "", StillTreating())
        self._ending = Strip(look, self._still)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 1)
        whole.setSpacing(0)
        whole.addLayout(self._laid_out())
        whole.addWidget(self._notice)
        whole.addWidget(self._between)
        whole.addWidget(self._countdown)
        whole.addWidget(self._ending)
        for before, after in pairwise(
            (
                *(self.lock, self._switch, self._done, self._end, self._start),
                *(self._more, self._change),
            )
        ):
            QWidget.setTabOrder(before, after)

    def _laid_out(self) -> QBoxLayout:
        look = self._look
        person = QVBoxLayout()
        person.setSpacing(0)
        person.addWidget(self._who)
        person.addWidget(self._account)
        rule = Panel(look, look.colours.line, radius=None)
        rule.setFixedWidth(1)
        names = QHBoxLayout()
        names.setSpacing(look.space("near"))
        names.addLayout(person)
        names.addWidget(self._change, 0, Qt.AlignmentFlag.AlignVCenter)
        names.addWidget(rule)
        names.addSpacing(look.space("tight"))
        room = QVBoxLayout()
        room.setSpacing(0)
        room.addWidget(self._room)
        room.addWidget(self._case)
        names.addLayout(room)
        names.addStretch(1)
        names.addWidget(self._clock)
        self._verbs = QHBoxLayout()
        self._verbs.setSpacing(look.space("near"))
        verbs = (self._more, self._start, self._end, self._done, self._switch, self.lock)
        for button in verbs:
            self._verbs.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        side = look.space("apart")
        self._row.setContentsMargins(side, look.space("near"), side, look.space("near"))
        self._row.addLayout(names, 1)
        self._row.addLayout(self._verbs)
        self._row.setSpacing(look.space("near") + look.space("step"))
        return self._row

    def show_view(self, view: WorkspaceView) -> None:
        """Draw ``view``, in place."""
        self._who.say(view.who)
        # Shown by the arrangement alone: showing one may call for another while it is under way.
        self._account.take(view.as_account)
        self._room.say(view.room)
        self._clock.take(view.clock)
        self._change.say(labels.CHANGE if view.change else "")
        self.lock.say(labels.LOCK)
        in_case = bool(view.case)
        self._case.say(view.case)
        self._case.setVisible(in_case)
        self._switch.say(labels.TAKE_OVER if in_case else labels.SWITCH)
        self._done.say("" if in_case else labels.DONE)
        self._start.say(labels.START_CASE if view.starts_case else "")
        self._end.say(labels.END_CASE if in_case else "")
        self._more.say(labels.MORE)
        self._notice.show_notice(view.notice)
        self._countdown.show_countdown(view.countdown, "timer")
        self._ending.show_countdown(view.ending, "timer")
        self._between.setVisible(bool(view.notice and (view.countdown or view.ending)))
        self._keep.say(labels.KEEP_WORKING if view.countdown else "")
        self._still.say(labels.STILL_TREATING if view.ending else "")
        self._arrange()

    def give_way(self, steps: int) -> None:
        """The notice: 0 whole, 1 without its sentence, 2 not at all."""
        self._notice.give_way(steps)
        below = self._countdown.isVisibleTo(self) or self._ending.isVisibleTo(self)
        self._between.setVisible(self._notice.isVisibleTo(self) and below)

    @property
    def has_notice(self) -> bool:
        """Whether it has one to show."""
        return self._notice.has_words

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may leave room for other words."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Take the first arrangement that has room for what matters."""
        fitting = (each for each in ARRANGEMENTS if self._needs(each) <= self.width())
        chosen = next(fitting, ARRANGEMENTS[-1])
        for name, button in self._named.items():
            button.draw_bare(name in chosen.bare)
        # Where even a line of their own is too short for the names, the account gives way, then
        # the clock; who and where wrap.
        missing = self._names(chosen) - self.width() if chosen.two_lines else 0
        account, clock = self._account, self._clock
        account.setVisible(bool(account.text()) and missing <= 0)
        missing -= max(0, account.whole_width - self._who.whole_width)
        clock.setVisible(bool(clock.text()) and missing <= 0)
        third = (self.width() - 2 * self._look.space("apart")) // 3
        self._who.setMinimumWidth(min(self._who.whole_width, third))
        self._clock.setMinimumWidth(min(self._clock.whole_width, third))
        if chosen.two_lines != self.arranged.two_lines:
            across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
            self._row.setDirection(down if chosen.two_lines else across)
            near = self._look.space("near")
            self._row.setSpacing(near if chosen.two_lines else near + self._look.space("step"))
        self.arranged = chosen

    def _needs(self, tried: Arrangement) -> int:
        """How wide the bar is in this arrangement, in pixels."""
        look = self._look
        near, names = look.space("near"), self._names(tried)
        verbs = [
            button.width_when(name in tried.bare)
            for name, button in self._named.items()
            if button.text() and name not in NAMES
        ]
        below = sum(verbs) + near * (len(verbs) - 1) + 2 * look.space("apart")
        if not tried.two_lines:
            return names + near + look.space("step") + below - 2 * look.space("apart")
        return below if tried.bare else max(names, below)

    def _names(self, tried: Arrangement) -> int:
        """How wide the line of names is, each of them on one line, in pixels."""
        look = self._look
        change = self._change.width_when("change" in tried.bare) if self._change.text() else 0
        who = max(self._who.whole_width, self._account.whole_width)
        between = 1 + look.space("tight") + 5 * look.space("near") + 2 * look.space("apart")
        room = max(self._room.whole_width, self._case.whole_width)
        return who + change + between + room + self._clock.whole_width

    def _button(self, weight: Weight, picture: str, intent: Intent) -> Button:
        button = Button(self._look, weight, picture)
        button.clicked.connect(lambda: self.asked.emit(intent))
        return button

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The surface of the bar, and the line below it."""
        colours = self._look.colours
        painter = QPainter(self)
        painter.fillRect(self.rect(), colours.surface)
        area = QRectF(self.rect())
        painter.fillRect(QRectF(0, area.bottom() - 1, area.width(), 1), colours.line)
        painter.end()
