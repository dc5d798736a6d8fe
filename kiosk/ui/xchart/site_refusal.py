"""What a look means after a press: the same step again is the site's no.

Pure: a look, what was pressed and what the server said go in, what the kiosk is told comes out.
"""

from collections.abc import Iterable

from kiosk.session.model.site import PageState, Part, Seen
from kiosk.ui.xchart.site_load import Arrival
from kiosk.ui.xchart.site_script import Sight

STEPS = {PageState.ASKS_EMAIL: 1, PageState.ASKS_PASSWORD: 2, PageState.ASKS_CODE: 3}
PARTS = {Part.EMAIL: 1, Part.PASSWORD: 2, Part.CODE: 3}
TOO_MANY = 429
NOT_LET_IN = frozenset({401, 403})


class Pressed:
    """What was sent, until the page has gone on; a no stays one until something else is sent."""

    def __init__(self) -> None:
        """Nothing was."""
        self._step = 0
        self._load = 0
        self._is_refused = False

    @property
    def is_open(self) -> bool:
        """Whether something was sent that the page has not gone on from."""
        return self._step > 0

    def send(self, parts: Iterable[Part], load: int) -> None:
        """These were sent, from that document."""
        self._step = max((PARTS[each] for each in parts), default=0)
        self._load = load
        self._is_refused = False

    def forget(self) -> None:
        """The page begins anew, or is in."""
        self._step, self._is_refused = 0, False

    def answers(self, sight: Sight, load: int, last: bool = False) -> bool:
        """Whether this is the site's no. ``last``: nothing more is waited for.

        A step that was done already is a no in a new document. In the same one the request may be
        on its way still: then it takes a complaint, or at last a field that the site has emptied.
        """
        step = STEPS.get(sight.state, 0)
        if not self._step or not step:
            return False
        if step > self._step:
            self.forget()
            return False
        again = load != self._load or step < self._step
        self._is_refused = self._is_refused or again or sight.error or (last and sight.empty)
        return self._is_refused


def seen_of(sight: Sight, arrival: Arrival, pressed: Pressed, last: bool = False) -> Seen:
    """What the kiosk is told of a look at a document that was loaded."""
    state = sight.state
    if arrival.status >= 500:
        state = PageState.DOWN
    elif arrival.status == TOO_MANY:
        state = PageState.REFUSED if pressed.is_open else PageState.DOWN
    elif arrival.status >= 400 and state is PageState.UNKNOWN:
        state = PageState.PERSON_WANTED if arrival.status in NOT_LET_IN else PageState.DOWN
    elif pressed.answers(sight, arrival.load, last):
        state = PageState.REFUSED
    if state is PageState.IN:
        pressed.forget()
    return Seen(state, arrival.load, arrival.again_after, sight.both, arrival.status)
