"""The runtime: feeds the core one event at a time, first in, first out, and hands its effects on.

Lives on the main thread. An event that comes while another is being worked on waits its turn, so
that no step ever sees half a step. It knows no Qt: waking up and showing are given to it.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from kiosk.session.model.effects import Effect
from kiosk.session.model.events import Asked, Event, Ticked
from kiosk.session.model.intents import Intent
from kiosk.session.model.state import State
from kiosk.session.pages.views import View
from kiosk.session.step import due, step
from kiosk.session.view import view

SHORTEST_WAIT = timedelta(milliseconds=50)


@dataclass(frozen=True, slots=True)
class Transition:
    """One step: ``event`` (None: the start) led to another state, and to ``effects``."""

    before: State
    event: Event | None
    after: State
    effects: tuple[Effect, ...]


class Runtime:
    """The loop around the pure core.

    ``now`` gives trusted time, ``idle`` the time without input to the computer, ``perform`` takes
    an effect, ``show`` a page that changed, ``wake`` is asked to call ``tick`` after a while,
    ``stepped`` is told every step, once its effects are under way.
    What one of them raises is a bug: ``unexpected`` is told, and everything else still happens. A
    page that could not be shown is shown again at the next opportunity.
    """

    def __init__(
        self,
        state: State,
        now: Callable[[], datetime],
        idle: Callable[[], timedelta],
        perform: Callable[[Effect], None],
        show: Callable[[View, State], None],
        wake: Callable[[timedelta], None],
        unexpected: Callable[[BaseException], None],
        stepped: Callable[[Transition], None] = lambda _: None,
    ) -> None:
        self.state = state
        self._stepped = stepped
        self._now = now
        self._idle = idle
        self._perform = perform
        self._show = show
        self._wake = wake
        self._unexpected = unexpected
        self._waiting: deque[Event] = deque()
        self._working = False
        self._shown: View | None = None

    @property
    def working(self) -> bool:
        """Whether a step is under way, or what it asked for."""
        return self._working

    def begin(self, effects: tuple[Effect, ...]) -> None:
        """Show the first page and carry out what the start asks for."""
        self._working = True
        try:
            self._carry_out(Transition(self.state, None, self.state, effects))
        finally:
            self._working = False
        self._work()

    def ask(self, intent: Intent) -> None:
        """A person asked for something: stamped with trusted time here."""
        self.post(Asked(self._now(), intent))

    def tick(self) -> None:
        """Time passed."""
        self.post(Ticked(self._now(), self._idle()))

    def post(self, event: Event) -> None:
        """Something happened."""
        self._waiting.append(event)
        if not self._working:
            self._work()

    def _work(self) -> None:
        self._working = True
        try:
            while self._waiting:
                event, before = self._waiting.popleft(), self.state
                try:
                    self.state, effects = step(before, event)
                except Exception as error:  # the events behind it still count: one may be a lock
                    self._unexpected(error)
                else:
                    self._carry_out(Transition(before, event, self.state, effects))
        finally:
            self._working = False

    def _carry_out(self, taken: Transition) -> None:
        at = self._now()
        self._guarded(lambda: self._refresh(at))
        self._guarded(lambda: self._wake(max(due(self.state, at) - at, SHORTEST_WAIT)))
        for effect in taken.effects:
            self._guarded(partial(self._perform, effect))
        self._guarded(lambda: self._stepped(taken))

    def _refresh(self, at: datetime) -> None:
        page = view(self.state, at)
        if page != self._shown:
            self._shown = None
            self._show(page, self.state)
            self._shown = page

    def _guarded(self, act: Callable[[], None]) -> None:
        try:
            act()
        except Exception as error:  # one failure must not undo what else a step asks for
            self._unexpected(error)
