"""When it is said that a code will be needed: near its day, before a closure, and not else."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kiosk.local.clock import Clock
from kiosk.session.model import effects as do
from kiosk.session.model import replies
from kiosk.session.model.known import Known
from kiosk.session.model.trust import SOON, NoTrust, Trust
from kiosk.session.rules.nearing import CodeAhead, code_ahead, reopening
from tests.support import worlds as w
from tests.support.script import Script

TODAY = date(2026, 11, 23)
"""Of ``w.NOON``, at the clinic."""
SPANS = st.timedeltas(timedelta(days=-3), timedelta(days=45))
OPENS = st.none() | st.integers(-5, 45).map(lambda days: TODAY + timedelta(days=days))


def ending(left: timedelta, opens: date | None = None) -> Known:
    """A computer whose trust lasts so long from noon on."""
    known = w.opened().known
    return replace(known, trust=Trust(w.OFFICE.id, w.NOON + left), opens=opens)


@given(SPANS, OPENS)
def test_always_within_seven_days_and_before_a_closure_and_at_no_other_time(
    left: timedelta, opens: date | None
) -> None:
    known = ending(left, opens)
    ahead = code_ahead(known, w.NOON)
    ends = w.terms().day(w.NOON + left)
    closed = opens is not None and opens > TODAY + timedelta(days=1)
    outlasts = closed and opens is not None and ends < opens
    alive = left > timedelta(0)
    assert (ahead is not None) == (alive and (left <= timedelta(days=7) or outlasts))
    if ahead is not None:
        assert ahead == CodeAhead(w.NOON + left, opens if outlasts else None)


def test_a_computer_without_trust_or_without_an_end_of_it_has_nothing_ahead() -> None:
    for trust in (*NoTrust, Trust(w.OFFICE.id, None), Trust("somebody else's", w.NOON + SOON)):
        assert code_ahead(replace(ending(SOON), trust=trust), w.NOON) is None
    assert code_ahead(Script.new().state.known, w.NOON) is None


def test_a_week_off_is_known_from_the_news_and_over_when_it_is() -> None:
    """The clinic opens on December 28; nobody has signed in here for 22 days by the 15th."""
    kiosk = Script.at_login().passes(days=22).ticks()
    opens = date(2026, 12, 28)
    told = replies.News(None, False, kiosk.now, opens)
    kiosk.answered(do.FetchChanges, told)
    assert code_ahead(kiosk.state.known, kiosk.now) == CodeAhead(w.NOON + timedelta(days=30), opens)
    kiosk.ticks().answered(do.FetchChanges, replies.News(None, False, kiosk.now))
    assert reopening(kiosk.state.known, kiosk.now) == opens, "no news is no other day"
    kiosk.passes(days=12)
    assert reopening(kiosk.state.known, kiosk.now) is None, "that is tomorrow"


def test_an_entry_that_the_server_took_puts_it_off_and_one_that_it_did_not_hear_of_does_not() -> (
    None
):
    """Law 7: only a person's accepted sign-in moves it."""
    memory = w.memory()
    ends = w.NOON + timedelta(days=2)
    kiosk = Script.at_login(replace(memory, trust=Trust(w.OFFICE.id, ends)))
    kiosk.tapped(w.MARIA.id).kept()
    assert code_ahead(kiosk.state.known, kiosk.now) == CodeAhead(ends)
    kiosk.started()
    assert code_ahead(kiosk.state.known, kiosk.now) is None


class Turned:
    """The clocks of a computer, one of which anybody can turn."""

    def __init__(self) -> None:
        self.told = w.NOON
        self.passed = timedelta(0)

    def wall(self) -> datetime:
        return self.told

    def elapsed(self) -> timedelta:
        return self.passed


@given(
    st.lists(
        st.tuples(
            st.timedeltas(timedelta(0), timedelta(days=2)),
            st.timedeltas(timedelta(days=-400), timedelta(days=1)),
        ),
        max_size=8,
    )
)
def test_what_is_said_stays_said_however_the_clock_is_set_back(
    turns: list[tuple[timedelta, timedelta]],
) -> None:
    """By the time that the kiosk goes by (law 7): it ends in a code, and never in silence."""
    readings = Turned()
    clock = Clock(readings, w.NOON)
    known = ending(timedelta(days=5))
    for passes, turn in turns:
        readings.passed += passes
        readings.told += turn
        over = clock.now() >= w.NOON + timedelta(days=5)
        assert (code_ahead(known, clock.now()) is None) == over
        assert not over or readings.passed >= timedelta(days=1) or readings.told > w.NOON
