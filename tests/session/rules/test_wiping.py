"""*Wipe screen*: hands mean nothing for a while, and everything that covers comes through."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.session.model import effects as do
from kiosk.session.model import events as said
from kiosk.session.model import intents as want
from kiosk.session.model import replies
from kiosk.session.model import state as s
from kiosk.session.model.audit import Act, Cause
from kiosk.session.model.intents import Ticket
from kiosk.session.model.refusals import Code, Refusal
from kiosk.session.pages.views import LoginView, ThisComputerView, WipeView
from kiosk.session.rules.wiping import LONGER, STILL, WIPE
from kiosk.session.step import due
from kiosk.session.view import covers
from tests.session.rules.test_confirming import unconfirmed
from tests.support import worlds as w
from tests.support.plain_words import texts, wrong_words
from tests.support.script import Script

BADGE = Ticket(88)
TOUCHES: tuple[want.Intent, ...] = (
    *(want.TileTapped(each) for each in (w.MARIA.id, w.JAMES.id, "someone else", "own login")),
    want.ThisComputerWanted(),
    want.WipeWanted(),
    want.LockWanted(),
    want.Continued(),
    want.RemovalWanted(),
    want.RemovalConfirmed(),
    want.CodeGiven(Ticket(89)),
    want.NameGiven("Lena", "P"),
)


def at_login() -> Script:
    """Nobody is in, and the screen is wiped."""
    return Script.at_login().wants(want.WipeWanted())


def over_a_cover() -> Script:
    """Maria has locked, and the screen is wiped."""
    return Script.locked().wants(want.WipeWanted())


STARTS = {"login": at_login, "cover": over_a_cover}


@pytest.mark.parametrize("start", STARTS)
def test_thirty_seconds_are_counted_down_one_by_one_and_the_page_is_back(start: str) -> None:
    kiosk = STARTS[start]()
    shown = [kiosk.sees(WipeView).left]
    while isinstance(kiosk.state.phase, s.Wiping):
        kiosk.now = due(kiosk.state, kiosk.now)
        kiosk.ticks(STILL)
        if isinstance(kiosk.state.phase, s.Wiping):
            shown.append(kiosk.sees(WipeView).left)
    assert list(dict.fromkeys(shown)) == list(range(30, 0, -1))
    assert kiosk.now == w.NOON + WIPE
    assert kiosk.sees(LoginView).locked == (start == "cover")


@pytest.mark.parametrize("start", STARTS)
def test_it_shows_nothing_of_anybody_and_covers(start: str) -> None:
    kiosk = STARTS[start]()
    page = kiosk.sees(WipeView)
    assert covers(kiosk.state)
    assert wrong_words(page) == []
    told = " ".join(texts(page))
    assert not [each for each in (w.MARIA.name, w.JAMES.name, w.OFFICE.label) if each in told]


@pytest.mark.parametrize("start", STARTS)
@given(
    st.lists(st.tuples(st.sampled_from(TOUCHES), st.floats(0, 2)), max_size=12),
    st.sampled_from(TOUCHES),
)
def test_whatever_is_touched_nothing_comes_of_it(
    start: str, touches: list[tuple[want.Intent, float]], last: want.Intent
) -> None:
    """Law 13; no page has these on it, and none of them would do anything if it had."""
    kiosk = STARTS[start]()
    before = kiosk.state.phase
    for touch, seconds in touches:
        kiosk.passes(seconds=seconds).wants(touch)
        assert not [each for each in kiosk.newest if not isinstance(each, do.DropSecret)]
    kiosk.wants(last)
    assert kiosk.state.phase == before


def test_a_hand_that_goes_on_is_waited_for_and_not_for_ever() -> None:
    """The tile under the cloth would let somebody in (law 13)."""
    kiosk = at_login().passes(seconds=30).ticks()
    page = kiosk.sees(WipeView)
    assert (page.left, page.text) == (0, "Lift your hand from the screen.")
    assert due(kiosk.state, kiosk.now) <= kiosk.now + timedelta(seconds=1)
    kiosk.passes(seconds=3).ticks(timedelta(seconds=1)).at(s.Wiping)
    kiosk.passes(seconds=1).ticks(STILL).at(s.AtLogin)
    kiosk = at_login()
    kiosk.now += WIPE + LONGER
    kiosk.ticks().at(s.AtLogin)


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("key", [want.WentBack(), want.BadgeRead(BADGE)])
def test_a_key_ends_it_and_does_nothing_else(start: str, key: want.Intent) -> None:
    kiosk = STARTS[start]().passes(seconds=4).wants(key)
    kiosk.at(s.Locked if start == "cover" else s.AtLogin)
    assert all(each == do.DropSecret(BADGE) for each in kiosk.newest)


def test_it_covers_whoever_is_at_work_as_their_own_lock_does() -> None:
    """From the page under More; their tile alone brings them back for a quarter of an hour."""
    kiosk = Script.lena_at_work().wants(want.ThisComputerWanted())
    assert kiosk.sees(ThisComputerView).wipe == "Lock and wipe screen"
    records = len(kiosk.records)
    kiosk.wants(want.WipeWanted())
    assert [(each.act, each.cause) for each in kiosk.records[records:]] == [
        (Act.LOCKED, Cause.PERSON)
    ]
    assert covers(kiosk.state)
    kiosk.passes(seconds=30).ticks(STILL)
    assert kiosk.sees(LoginView).locked
    kiosk.passes(minutes=14).tapped(w.LENA.id).kept()
    assert kiosk.at(s.Active).session.person.id == w.LENA.id


def test_at_work_there_is_no_way_to_it_that_covers_nothing() -> None:
    kiosk = Script.at_work()
    before = kiosk.at(s.Active)
    assert kiosk.wants(want.WipeWanted()).at(s.Active) == before
    nobody = Script.at_login().wants(want.ThisComputerWanted())
    assert nobody.sees(ThisComputerView).wipe == "", "the login screen has it at its foot"


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("event", [said.ScreenLocked(w.NOON), said.Suspended(w.NOON)])
def test_what_the_system_covers_wins(start: str, event: said.Event) -> None:
    """Law 3; after sleep the tile alone brings nobody back."""
    kiosk = STARTS[start]().happens(event)
    assert not kiosk.records[-1:] or kiosk.records[-1].act in {Act.LOCKED, Act.ENTERED}
    if start == "login":
        kiosk.at(s.AtLogin)
    else:
        assert (kiosk.at(s.Locked).own_until is None) == isinstance(event, said.Suspended)


def test_the_servers_no_takes_out_below_it_and_brings_no_tile_under_the_cloth() -> None:
    kiosk = unconfirmed(s.Locked).wants(want.WipeWanted()).passes(seconds=3)
    kiosk.refused(do.StartSession, Code.ACCOUNT_DEACTIVATED)
    assert kiosk.at(s.Wiping).session is None
    assert kiosk.acts[-1] == (Act.TAKEN_OUT, w.MARIA.id)
    kiosk.passes(seconds=27).ticks(STILL)
    assert kiosk.at(s.AtLogin).why == Refusal(Code.ACCOUNT_DEACTIVATED)


def test_the_servers_yes_and_the_page_below_it_are_there_when_it_is_over() -> None:
    kiosk = unconfirmed(s.Locked).wants(want.WipeWanted()).started(page=7)
    assert do.ShowPage(Ticket(7)) in kiosk.newest
    kiosk.happens(said.PageShown(kiosk.now)).passes(seconds=30).ticks(STILL)
    session = kiosk.at(s.Locked).session
    assert (session.id, session.shown) == ("ses-1", True)


def test_the_sessions_limit_holds_and_is_said_afterwards() -> None:
    kiosk = Script.locked().passes(hours=11, minutes=59, seconds=50).wants(want.WipeWanted())
    kiosk.passes(seconds=10).ticks()
    assert kiosk.at(s.Wiping).session is None
    assert do.EndSession("ses-1") in kiosk.newest
    kiosk.passes(seconds=20).ticks(STILL)
    assert kiosk.at(s.AtLogin).limit


def test_what_went_with_a_page_is_said_when_it_can_be_read() -> None:
    kiosk = at_login().happens(said.PageLost(w.NOON)).wants(want.WentBack())
    assert kiosk.at(s.AtLogin).unsaved


def test_a_clock_that_is_put_back_makes_it_no_longer() -> None:
    kiosk = at_login()
    kiosk.now -= timedelta(hours=7)
    kiosk.ticks(STILL)
    kiosk.passes(seconds=31).ticks(STILL).at(s.AtLogin)


def test_a_late_answer_to_a_badge_from_before_it_lets_nobody_in() -> None:
    """Laws 5 and 13: it was held to the page below."""
    kiosk = Script.at_login(replace(w.memory(), terms=w.with_badges()))
    kiosk.wants(want.BadgeRead(BADGE)).wants(want.WipeWanted())
    kiosk.answered(do.FindBadge, replies.BadgeFound(("a" * 64,))).asks_for()
    kiosk.at(s.Wiping)
