"""The sentences: one for everything that can go wrong, a nurse's words, the clinic's own time."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.session.model.refusals import Code, Fault, Refusal, Unreachable
from kiosk.session.pages import outage_words, words
from kiosk.session.pages.dates import clock
from kiosk.session.pages.views import Notice
from tests.support import worlds as w
from tests.support.plain_words import wrong_words

CHICAGO = "America/Chicago"
INSTANTS = st.datetimes(
    min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)
)
WAITS = st.timedeltas(min_value=timedelta(seconds=-5), max_value=timedelta(days=2))
UNITS = {"second": 1, "minute": 60, "hour": 3600}


def good(notice: Notice) -> None:
    """A title that is a sentence, something to do about it, and no word of ours."""
    assert notice.title[0].isupper()
    assert notice.title.endswith(".")
    assert notice.text.endswith((".", '".')) or "https://" in notice.text
    assert wrong_words(notice) == []


@pytest.mark.parametrize("code", Code)
@pytest.mark.parametrize("retry", [None, w.NOON + timedelta(seconds=40)])
def test_every_refusal_has_a_sentence(code: Code, retry: datetime | None) -> None:
    for names in ((), ("Main Street: Op 1", "Main Street: Op 2")):
        for whose in ("A provider's code", "Dr. Rivera's code"):
            for left in (None, 0, 1, 4):
                refusal = Refusal(code, "", left, retry, names)
                good(words.of_refusal(refusal, w.NOON, CHICAGO, whose))


@pytest.mark.parametrize("fault", Fault)
def test_every_fault_has_a_sentence(fault: Fault) -> None:
    good(words.of_fault(fault))


def test_no_fault_or_refusal_is_called_an_outage() -> None:
    outages = {outage_words.of_reach(r).title for r in Unreachable}
    assert not outages & {words.of_fault(f).title for f in Fault}
    told = {words.of_refusal(Refusal(c), w.NOON, CHICAGO, "A provider's code").title for c in Code}
    assert not outages & told


def test_a_code_that_nobody_knows_never_stands_alone() -> None:
    notice = words.of_refusal(Refusal(Code.OTHER, "teapot"), w.NOON, CHICAGO, "A code")
    assert notice.text == 'Tell IT: "teapot".'
    assert len(notice.title.split()) > 4


def test_coming_back_unrecorded_has_a_sentence() -> None:
    good(words.unrecorded())


@given(WAITS)
def test_waiting_as_long_as_was_said_is_enough(wait: timedelta) -> None:
    said = words.some_minutes(wait)
    number, unit = said.split()
    amount = 1 if number in {"a", "an"} else int(number)
    said_seconds = amount * UNITS[unit.removesuffix("s")]
    assert timedelta(seconds=said_seconds) >= wait
    rough = UNITS[unit.removesuffix("s")]
    assert timedelta(seconds=said_seconds - rough) <= max(wait, timedelta(seconds=1))
    assert unit.endswith("s") == (amount != 1)


@given(INSTANTS, WAITS)
def test_when_says_a_wait_or_a_time_of_day(at: datetime, wait: timedelta) -> None:
    said = words.when(at + wait, at, CHICAGO)
    if wait <= timedelta(minutes=2):
        assert said == f"in {words.some_minutes(wait)}"
    else:
        assert said == f"at {clock(at + wait, CHICAGO)}"
    assert words.when(None, at, CHICAGO) == "later"


@given(st.timedeltas(min_value=timedelta(minutes=5), max_value=timedelta(days=365 * 40)))
def test_how_wrong_a_clock_is_has_a_direction_and_one_unit(off: timedelta) -> None:
    fast, slow = words.off_by(off), words.off_by(-off)
    assert fast.endswith(" fast")
    assert slow.endswith(" slow")
    assert fast.removesuffix(" fast") == slow.removesuffix(" slow")
    assert len(fast.split()) == 3


def test_whose_code() -> None:
    assert words.whose(()) == "A provider's code"
    assert words.whose((w.RIVERA,)) == "Dr. Rivera's code"
    assert words.whose((w.RIVERA, w.CHEN)) == "Dr. Rivera's or Dr. Chen's code"
    assert words.whose((w.RIVERA, w.CHEN, w.RIVERA)).count("'s") == 3
    assert words.lower("A provider's code") == "a provider's code"
    assert words.lower("Dr. Rivera's code") == "Dr. Rivera's code"


def test_tries() -> None:
    assert [words.tries(n) for n in (None, 0, 1, 2)] == [
        "",
        " 0 tries left.",
        " 1 try left.",
        " 2 tries left.",
    ]
