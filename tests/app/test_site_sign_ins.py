"""Every sign-in of the reference site, and every way of remembering, through the whole kiosk.

Needs a screen: the web engine draws on one, or X11 keeps who owns what.
"""

from collections.abc import Iterator

import pytest

from kiosk.session.model import intents as want
from kiosk.session.model import state as s
from kiosk.session.model.site import NextStart
from sandbox.web.people import OFFICE
from sandbox.web.sign_ins import GOOD, RememberedBy
from tests.app.test_site_carrier import JO, MARIA, WebDesk, desk
from tests.support.depth import SOAK
from tests.support.sandbox.web_site import WebSite, run_site

__all__ = ["desk"]
FIRST = ("two_steps", "shadow", "six_boxes", "shell")
BY_PROGRAM = [each.name for each in GOOD if not each.is_by_hand]
SIGN_INS = BY_PROGRAM if SOAK else [each for each in BY_PROGRAM if each in FIRST]
CARRIED = frozenset(
    {
        RememberedBy.HOST_COOKIE,
        RememberedBy.PARTITIONED,
        RememberedBy.LOCAL_STORAGE,
        RememberedBy.INDEXED_DB,
    }
)
"""What a restart carries over; a bound key leaves no browser."""
WAYS = list(RememberedBy) if SOAK else [RememberedBy.INDEXED_DB, RememberedBy.BOUND_KEY]


@pytest.fixture
def served(request: pytest.FixtureRequest) -> Iterator[WebSite]:
    made = run_site(**request.param)
    yield made
    made.leave()


@pytest.mark.parametrize("served", [{"sign_in": each} for each in SIGN_INS], indirect=True)
def test_a_sign_in_is_taken_once_and_never_again(desk: WebDesk, served: WebSite) -> None:
    """The first time with a code; after *Done*, and after a restart, without a word."""
    desk.at_work(served, MARIA)
    assert served.submissions == {OFFICE: 1}
    desk.is_done()
    desk.taps(JO)
    desk.stop()
    desk.start()
    desk.until(s.AtLogin)
    desk.taps(JO)
    assert served.submissions == {OFFICE: 1}


@pytest.mark.parametrize("served", [{"remembered_by": each.value} for each in WAYS], indirect=True)
def test_a_computer_is_remembered_over_a_restart_where_that_can_be(
    desk: WebDesk, served: WebSite
) -> None:
    """The session is over by then: the password once more, and no code where it is carried."""
    desk.at_work(served, MARIA)
    assert desk.rehearsed() is NextStart.SIGNED_IN
    has_key = served.site.remembered_by is RememberedBy.BOUND_KEY
    assert bool(desk.app.runtime.state.known.left_behind.bound) is has_key
    desk.stop()
    served.forget_sessions()
    desk.start()
    desk.until(s.AtLogin)
    if served.site.remembered_by in CARRIED:
        desk.taps(JO)
    else:
        desk.wants(want.TileTapped(JO))
        desk.until(s.AwaitingCode)
    assert served.submissions == {OFFICE: 2}


@pytest.mark.parametrize("served", [{"sign_in": each} for each in SIGN_INS[-1:]], indirect=True)
def test_a_refused_password_is_sent_once(desk: WebDesk, served: WebSite) -> None:
    desk.at_work(served, MARIA)
    desk.is_done()
    served.forget_sessions()
    served.turns.refuse_password = True
    desk.wants(want.TileTapped(MARIA))
    desk.until(s.AskingPassword)
    desk.wants(want.WentBack())
    desk.wants(want.TileTapped(MARIA))
    desk.until(s.AskingPassword)
    assert served.submissions == {OFFICE: 2}
