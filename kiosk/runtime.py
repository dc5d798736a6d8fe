"""The runtime: feeds the core one event at a time, first in, first out, and hands its effects on.

Lives on the main thread. An event that comes while another is being worked on waits its turn, so
that no step ever sees half a step. It knows no Qt: waking up and showing are given to it.
"""

from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

from kiosk.session.effects import Effect
from kiosk.session.events import Asked, Event, Ticked
from kiosk.session.intents import Intent
from kiosk.session.state import State
from kiosk.session.step import due, step
from kiosk.session.view import view
from kiosk.session.views import View

SHORTEST_WAIT = timedelta(milliseconds=50)


class Runtime:
    """The loop around the pure core.

    ``now`` gives trusted time, ``idle`` the time without input to the computer, ``perform`` takes
    an effect, ``show`` a page that changed, ``wake`` is asked to call ``tick`` after a while.
    """

    def __init__(
        self,
        state: State,
        now: Callable[[], datetime],
        idle: Callable[[], timedelta],
        perform: Callable[[Effect], None],
        show: Callable[[View, State], None],
        wake: Callable[[timedelta], None],
    ) -> None:
        self.state = state
        self._now = now
        self._idle = idle
        self._perform = perform
        self._show = show
        self._wake = wake
        self._waiting: deque[Event] = deque()
        self._working = False
        self._shown: View | None = None

    def begin(self, effects: tuple[Effect, ...]) -> None:
        """Show the first page and carry out what the start asks for."""
        self._refresh()
        for effect in effects:
            self._perform(effect)

    def ask(self, intent: Intent) -> None:
        """A person asked for something: stamped with trusted time here."""
        self.post(Asked(self._now(), intent))

    def tick(self) -> None:
        """Time passed."""
        self.post(Ticked(self._now(), self._idle()))

    def post(self, event: Event) -> None:
        """Something happened."""
        self._waiting.append(event)
        if self._working:
            return
        self._working = True
        try:
            while self._waiting:
                self.state, effects = step(self.state, self._waiting.popleft())
                self._refresh()
                for effect in effects:
                    self._perform(effect)
        finally:
            self._working = False

    def _refresh(self) -> None:
        at = self._now()
        page = view(self.state, at)
        if page != self._shown:
            self._shown = page
            self._show(page, self.state)
        self._wake(max(due(self.state, at) - at, SHORTEST_WAIT))
