"""Failures in a row wait longer; one success forgets them."""

from datetime import timedelta

import pytest

from kiosk.session.model.refusals import Fault, Reason, Unreachable
from kiosk.sync.backoff import NEAR, Backoff
from tests.support import worlds as w


def wait(failures: Backoff, why: Reason) -> timedelta:
    """Until it is tried again, after one failure more."""
    again_at = failures.failed(why).again_at
    assert again_at is not None
    return again_at - w.NOON


def test_each_failure_in_a_row_waits_longer_and_a_success_begins_anew() -> None:
    failures = Backoff(lambda: w.NOON, lambda: 1.0)
    waits = [wait(failures, Unreachable.NO_ANSWER) for _ in range(8)]
    assert waits[:3] == [timedelta(seconds=10), timedelta(seconds=20), timedelta(seconds=40)]
    assert waits[-1] == timedelta(minutes=5)
    failures.over()
    assert failures.last is None
    assert wait(failures, Unreachable.NO_ANSWER) == timedelta(seconds=10)


@pytest.mark.parametrize(
    "why",
    [
        Unreachable.NO_INTERNET,
        Unreachable.PROXY_FAULT,
        Unreachable.PROXY_SIGN_IN,
        Fault.KEYCHAIN_LOCKED,
    ],
)
def test_what_no_server_hears_of_is_tried_again_soon(why: Unreachable | Fault) -> None:
    failures = Backoff(lambda: w.NOON, lambda: 1.0)
    waits = [wait(failures, why) for _ in range(20)]
    assert set(waits) == {timedelta(seconds=10)}


@pytest.mark.parametrize("why", [each for each in Unreachable if each not in NEAR])
def test_whatever_may_have_reached_a_server_waits_longer_and_longer(why: Unreachable) -> None:
    """T10."""
    failures = Backoff(lambda: w.NOON, lambda: 1.0)
    waits = [wait(failures, why) for _ in range(20)]
    assert waits[-1] == timedelta(minutes=5)


def test_nobody_is_asked_who_wants_to_be_left_alone() -> None:
    now = [w.NOON]
    failures = Backoff(lambda: now[0], lambda: 0.0)
    assert failures.silenced() is None
    later = failures.failed(Unreachable.BUSY, w.NOON + timedelta(minutes=9))
    assert failures.silenced() == later
    now[0] += timedelta(minutes=9)
    assert failures.silenced() is None
    failures.failed(Unreachable.NO_ANSWER)
    assert failures.silenced() is None
    failures.failed(Unreachable.BUSY, now[0] + timedelta(minutes=1))
    failures.over()
    assert failures.silenced() is None


def test_the_servers_own_word_is_kept() -> None:
    failures = Backoff(lambda: w.NOON, lambda: 0.0)
    later = failures.failed(Unreachable.SERVER_FAULT, w.NOON + timedelta(minutes=9))
    assert later.again_at is not None
    assert later.why is Unreachable.SERVER_FAULT
    assert later.again_at >= w.NOON + timedelta(minutes=9)
