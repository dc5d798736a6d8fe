"""What is said of a code that will be needed: where, in which words, and where never."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.session.model import intents as want
from kiosk.session.model import state as s
from kiosk.session.model.refusals import Unreachable
from kiosk.session.model.trust import Trust
from kiosk.session.pages.ahead import code_line, code_notice
from kiosk.session.pages.views import LoginView, ThisComputerView, Tone, WorkspaceView
from kiosk.session.view import view
from tests.session.rules.test_confirming import OVER, unconfirmed
from tests.session.rules.test_nearing import ending
from tests.support import worlds as w
from tests.support.plain_words import texts, wrong_words
from tests.support.script import Script

IN_THREE_DAYS = ending(timedelta(days=3))
WEEK_OFF = ending(timedelta(days=20), date(2026, 12, 28))


@pytest.mark.parametrize(
    ("known", "title", "text"),
    [
        (
            IN_THREE_DAYS,
            "Dr. Rivera's code will be needed from Thu, Nov 26.",
            "Sign in here once before then to put it off.",
        ),
        (
            ending(timedelta(hours=3)),
            "Dr. Rivera's code will be needed from 3:05 pm today.",
            "Sign in here once before then to put it off.",
        ),
        (
            WEEK_OFF,
            "Dr. Rivera's code will be needed from Sun, Dec 13.",
            "The clinic opens next on Mon, Dec 28: sign in here before you leave to put it off.",
        ),
    ],
)
def test_whose_code_from_when_on_and_what_puts_it_off(
    known: s.Known, title: str, text: str
) -> None:
    page = view(s.State(known, s.AtLogin()), w.NOON)
    assert isinstance(page, LoginView)
    assert page.notice is not None
    assert (page.notice.tone, page.notice.title, page.notice.text) == (Tone.INFO, title, text)
    assert page.status == "", "once is enough"
    assert wrong_words(page) == []


def test_what_is_graver_goes_before_it_and_the_day_is_said_all_the_same() -> None:
    known = replace(IN_THREE_DAYS, reach=Unreachable.NO_INTERNET, unreached_since=w.NOON)
    page = view(s.State(known, s.AtLogin()), w.NOON)
    assert isinstance(page, LoginView)
    assert page.notice is not None
    assert "No internet" in page.notice.title
    assert page.status == "No code needed before Thu, Nov 26."


def said_of_it(page: object) -> list[str]:
    """What a page says of the code that will be needed."""
    return [each for each in texts(page) if "will be needed" in each or "code needed" in each]


@given(st.integers(1, 30 * 24), st.none() | st.integers(0, 40))
def test_it_is_on_the_login_screen_and_said_to_nobody_who_is_in(
    hours: int, opens: int | None
) -> None:
    reopens = None if opens is None else date(2026, 11, 23) + timedelta(days=opens)
    known = ending(timedelta(hours=hours), reopens)
    near = code_notice(known, w.NOON) is not None
    assert bool(said_of_it(view(s.State(known, s.AtLogin()), w.NOON))) == near
    for phase in OVER:
        kiosk = unconfirmed(phase)
        page = view(replace(kiosk.state, known=known), kiosk.now)
        assert not said_of_it(page), phase
        assert not any("unless somebody signs in" in each for each in texts(page)), phase


def test_a_tap_leaves_it_where_it_is_while_the_server_is_waited_for() -> None:
    """Nobody signed in for three weeks: no terms govern, and the answer may take seconds."""
    kiosk = Script.at_login().passes(days=25)
    before = kiosk.sees(LoginView)
    after = kiosk.tapped(w.MARIA.id).sees(LoginView)
    assert after.busy
    assert before.notice is not None
    assert after.notice == before.notice


def test_whoever_signs_in_reads_nothing_of_it() -> None:
    kiosk = Script.at_login().passes(days=25)
    kiosk.tapped(w.MARIA.id).started().kept()
    assert not said_of_it(kiosk.sees(WorkspaceView))
    assert not said_of_it(kiosk.wants(want.LockWanted()).sees(LoginView))


def test_this_computer_always_says_it_and_warns_whoever_is_not_at_work() -> None:
    kiosk = Script.at_login().wants(want.ThisComputerWanted())

    def line() -> tuple[str, Tone]:
        lines = kiosk.sees(ThisComputerView).lines
        return next((each.text, each.tone) for each in lines if each.label == "Next code")

    assert line() == ("Not before Wed, Dec 23; signing in moves this on.", Tone.GOOD)
    kiosk.passes(days=23, hours=1)
    told = ("Needed from Wed, Dec 23, unless somebody signs in here before.", Tone.WARNING)
    assert line() == told
    session = Script.at_work().at(s.Active).session
    calm = code_line(kiosk.state.known, session, kiosk.now)
    assert (calm.text, calm.tone) == (
        "Not before Wed, Dec 23; signing in moves this on.",
        Tone.GOOD,
    )


def test_where_nobody_can_say_when_nothing_is_ahead() -> None:
    """A site that has only a web sign-in, and does not say how long it remembers a computer."""
    known = replace(w.opened().known, trust=Trust(w.OFFICE.id, None))
    assert code_notice(known, w.NOON) is None
    assert code_line(known, None, w.NOON).text == "Whenever Xchart asks for it."
