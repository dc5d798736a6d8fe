"""Trust: whose, until when; it may end sooner than was said, never later."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.session.model.trust import NoTrust, Trust, holds, never_longer, trusts

INSTANTS = st.datetimes(min_value=datetime(2000, 1, 1), timezones=st.just(UTC))
MOMENT = timedelta(microseconds=1)


@given(INSTANTS, INSTANTS)
def test_it_lives_until_its_horizon_and_not_at_it(horizon: datetime, at: datetime) -> None:
    trust = Trust("acc", horizon)
    assert holds(trust, "acc", at) == (at < horizon)
    assert not holds(trust, "acc", horizon)
    assert holds(trust, "acc", horizon - MOMENT)


@given(INSTANTS)
def test_where_nobody_can_say_until_when_it_lives_and_news_can_say_it(at: datetime) -> None:
    """A site without grants: its server has the last word at every entry."""
    trust = Trust("acc", None)
    assert holds(trust, "acc", at)
    assert never_longer(trust, None) == trust
    assert never_longer(trust, at) == Trust("acc", at)
    assert never_longer(Trust("acc", at), None) == Trust("acc", at)


@given(INSTANTS)
def test_it_is_one_accounts(at: datetime) -> None:
    trust = Trust("acc", at + MOMENT if at.year < 9999 else at)
    assert not holds(trust, "other", at)
    assert not trusts(trust, "other")
    assert trusts(trust, "acc")


@pytest.mark.parametrize("why", NoTrust)
def test_missing_or_unreadable_is_none(why: NoTrust) -> None:
    """Law 1."""
    at = datetime(2026, 1, 1, tzinfo=UTC)
    assert not holds(why, "acc", at)
    assert not trusts(why, "acc")
    assert never_longer(why, at) is why


@given(INSTANTS, st.lists(INSTANTS, max_size=5))
def test_news_shortens_and_never_lengthens(horizon: datetime, told: list[datetime]) -> None:
    """Law 7."""
    trust: Trust | NoTrust = Trust("acc", horizon)
    for each in told:
        trust = never_longer(trust, each)
    assert trust == Trust("acc", min([horizon, *told]))
