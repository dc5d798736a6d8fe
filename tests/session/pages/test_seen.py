"""What every page may have to say."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.session.model.refusals import Code, Fault, Refusal, Unreachable
from kiosk.session.model.state import Known, Sending
from kiosk.session.model.trust import NoTrust
from kiosk.session.pages import seen
from tests.support import worlds as w

KNOWN = Known(w.PLACE, w.OFFICE, w.trust(), w.terms(), w.DEVICE)


def test_the_zone_is_the_verified_one_then_the_painted_one_then_none() -> None:
    assert seen.zone_of(KNOWN) == "America/Chicago"
    painted = w.opened().known.painted
    assert painted is not None
    guess = replace(painted, zone="Asia/Tokyo")
    assert seen.zone_of(replace(KNOWN, painted=guess)) == "America/Chicago"
    assert seen.zone_of(replace(KNOWN, terms=None, painted=guess)) == "Asia/Tokyo"
    assert seen.zone_of(replace(KNOWN, terms=None)) == ""


@given(st.timedeltas(min_value=timedelta(days=-9000), max_value=timedelta(days=9000)))
def test_a_clock_is_reported_when_it_is_more_than_five_minutes_wrong(off: timedelta) -> None:
    notice = seen.wrong_clock(replace(KNOWN, clock_off=off))
    assert (notice is not None) == (abs(off) > timedelta(minutes=5))


@pytest.mark.parametrize("reach", Unreachable)
def test_an_outage_is_said_with_its_time_and_its_own_words(reach: Unreachable) -> None:
    notice = seen.outage(replace(KNOWN, reach=reach, unreached_since=w.NOON))
    assert notice is not None
    assert notice.title.endswith(" since 12:05 pm.")
    assert seen.outage(replace(KNOWN, reach=reach)) is None
    assert seen.outage(replace(KNOWN, unreached_since=w.NOON)) is None


def test_an_outage_comes_before_a_wrong_clock() -> None:
    both = replace(
        KNOWN, reach=Unreachable.PORTAL, unreached_since=w.NOON, clock_off=timedelta(days=400)
    )
    notice = seen.cover_notice(both, w.NOON)
    assert notice is not None
    assert "since" in notice.title
    assert seen.cover_notice(KNOWN, w.NOON) is None


def test_what_hides_the_screen_comes_before_all_else() -> None:
    hidden = replace(KNOWN, above="Imaging", clock_off=timedelta(hours=3))
    notice = seen.cover_notice(hidden, w.NOON)
    assert notice is not None
    assert notice.title == "Imaging is in front of the kiosk."


def test_trust_is_taken_to_live_while_the_memory_is_read() -> None:
    assert seen.trusted(Known(w.PLACE), w.NOON)
    assert seen.trusted(KNOWN, w.NOON)
    assert not seen.trusted(KNOWN, w.NOON + timedelta(days=30))
    assert not seen.trusted(replace(KNOWN, trust=NoTrust.UNREADABLE), w.NOON)


def test_each_kind_of_reason_has_its_own_sentence() -> None:
    whys = (Refusal(Code.CODE_OVER), Unreachable.PORTAL, Fault.RECORDS_FULL)
    told = [seen.reason(KNOWN, why, w.NOON) for why in whys]
    assert len({n.title for n in told if n}) == 3
    assert seen.reason(KNOWN, None, w.NOON) is None
    assert seen.approvers_of(replace(KNOWN, terms=None)) == ()


@pytest.mark.parametrize(
    ("sending", "said"),
    [(Sending(), False), (Sending(due=w.NOON), True), (Sending(attempt=3), True)],
)
def test_an_outage_is_said_only_while_somebody_asks_whether_it_is_over(
    sending: Sending, said: bool
) -> None:
    """Without trust nobody asks for news: "has not answered since" would stand there for ever."""
    away = replace(KNOWN, reach=Unreachable.NO_ANSWER, unreached_since=w.NOON, sending=sending)
    assert seen.outage(away) is not None
    untrusted = replace(away, trust=NoTrust.REFUSED)
    assert (seen.outage(untrusted) is not None) is said


def test_no_outage_is_called_by_the_name_of_another() -> None:
    outages = [seen.outage(replace(KNOWN, reach=r, unreached_since=w.NOON)) for r in Unreachable]
    assert len({outage.title for outage in outages if outage}) == len(Unreachable)
