"""What sync does next, and when again: no storm, no busy loop, nobody forgotten (T10)."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from kiosk.sync.plan import (
    CONTACT_EVERY,
    FIRST_RETRY,
    LONGEST_PATIENCE,
    LONGEST_RETRY,
    SHORTEST_RETRY,
    WAIT_SECONDS,
    Failure,
    Pull,
    PushChanges,
    PushRecords,
    Queue,
    Stop,
    again_at,
    asked_again_at,
    next_pull,
    next_push,
    silent_until,
)
from tests.support import worlds as w

LUCK = st.floats(0, 1)
FAILURES = st.builds(
    Failure,
    times=st.integers(1, 10_000),
    at=st.just(w.NOON),
    retry_at=st.none() | st.integers(-60, 400_000_000).map(lambda s: w.NOON + timedelta(seconds=s)),
    heard=st.booleans(),
)


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.booleans())
def test_changes_go_before_records_and_only_where_they_may(
    records: int, changes: int, trusted: bool
) -> None:
    match next_push(Queue(records, changes, trusted)):
        case PushChanges():
            assert changes
            assert trusted
        case PushRecords():
            assert records
            assert not (changes and trusted)
        case Stop():
            assert not records
            assert not (changes and trusted)


@given(FAILURES, LUCK)
def test_after_a_failure_it_waits_at_least_a_second_and_at_most_five_minutes(
    failure: Failure, luck: float
) -> None:
    """The server's own ``Retry-After`` comes on top, and is never undercut within the hour."""
    at = again_at(failure, luck)
    wanted = min(failure.retry_at or failure.at, failure.at + LONGEST_PATIENCE)
    base = max(failure.at, wanted)
    assert base + SHORTEST_RETRY <= at <= base + LONGEST_RETRY


@given(st.integers(1, 10_000), LUCK)
def test_what_burdens_no_server_is_tried_again_soon_however_long_it_lasts(
    times: int, luck: float
) -> None:
    """A cable that is plugged in again, a proxy that is mended, a keychain that opens."""
    near = Failure(times, w.NOON, heard=False)
    assert w.NOON < again_at(near, luck) <= w.NOON + FIRST_RETRY


@given(FAILURES, LUCK)
def test_who_wants_to_be_left_alone_says_until_when(failure: Failure, luck: float) -> None:
    until = silent_until(failure)
    assert (until is None) == (failure.retry_at is None)
    assert until is None or until <= min(again_at(failure, luck), failure.at + LONGEST_PATIENCE)


@given(st.integers(1, 40), LUCK, LUCK)
def test_the_jitter_is_full(times: int, one: float, other: float) -> None:
    """Two that failed at the same moment come back at moments as far apart as their luck."""
    failure = Failure(times, w.NOON)
    first, second = again_at(failure, one), again_at(failure, other)
    assert (first < second) <= (one < other)
    cap = min(FIRST_RETRY * 2 ** min(times - 1, 16), LONGEST_RETRY)
    apart = abs(one - other) * (cap - SHORTEST_RETRY)
    assert abs(abs(first - second) - apart) <= timedelta(microseconds=2)


@given(st.integers(1, 30))
def test_the_longest_wait_grows_and_is_capped(times: int) -> None:
    waits = [again_at(Failure(n, w.NOON), 1) - w.NOON for n in (times, times + 1)]
    assert waits[0] <= waits[1] <= LONGEST_RETRY


def test_a_question_is_held_unless_the_last_one_failed() -> None:
    assert next_pull("c", None) == Pull("c", WAIT_SECONDS)
    assert next_pull("c", Failure(1, w.NOON)) == Pull("c", 0)


@given(st.integers(0, 60), st.booleans(), st.sampled_from([0, WAIT_SECONDS]))
def test_a_server_that_does_not_hold_the_question_is_not_asked_in_a_loop(
    seconds: int, changed: bool, held: int
) -> None:
    answered = w.NOON + timedelta(seconds=seconds)
    at = asked_again_at(w.NOON, answered, Pull("c", held), changed=changed)
    if held and seconds < 5 and not changed:
        assert at == answered + CONTACT_EVERY
    else:
        assert at == answered
