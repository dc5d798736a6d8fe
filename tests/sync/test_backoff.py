"""Failures in a row wait longer; one success forgets them."""

from datetime import timedelta

import pytest

from kiosk.session.model.refusals import Fault, Reach, Reason
from kiosk.sync.backoff import NEAR, Failures
from tests.support import worlds as w


def wait(failures: Failures, why: Reason) -> timedelta:
    """Until it is tried again, after one failure more."""
    again_at = failures.failed(why).again_at
    assert again_at is not None
    return again_at - w.NOON


def test_each_failure_in_a_row_waits_longer_and_a_success_begins_anew() -> None:
    failures = Failures(lambda: w.NOON, lambda: 1.0)
    waits = [wait(failures, Reach.NO_ANSWER) for _ in range(8)]
    assert waits[:3] == [timedelta(seconds=10), timedelta(seconds=20), timedelta(seconds=40)]
    assert waits[-1] == timedelta(minutes=5)
    failures.over()
    assert failures.last is None
    assert wait(failures, Reach.NO_ANSWER) == timedelta(seconds=10)


@pytest.mark.parametrize(
    "why", [Reach.NO_INTERNET, Reach.PROXY_FAULT, Reach.PROXY_SIGN_IN, Fault.KEYCHAIN_LOCKED]
)
def test_what_no_server_hears_of_is_tried_again_soon(why: Reach | Fault) -> None:
    failures = Failures(lambda: w.NOON, lambda: 1.0)
    waits = [wait(failures, why) for _ in range(20)]
    assert set(waits) == {timedelta(seconds=10)}


@pytest.mark.parametrize("why", [each for each in Reach if each not in NEAR])
def test_whatever_may_have_reached_a_server_waits_longer_and_longer(why: Reach) -> None:
    """T10."""
    failures = Failures(lambda: w.NOON, lambda: 1.0)
    waits = [wait(failures, why) for _ in range(20)]
    assert waits[-1] == timedelta(minutes=5)


def test_nobody_is_asked_who_wants_to_be_left_alone() -> None:
    now = [w.NOON]
    failures = Failures(lambda: now[0], lambda: 0.0)
    assert failures.silenced() is None
    later = failures.failed(Reach.BUSY, w.NOON + timedelta(minutes=9))
    assert failures.silenced() == later
    now[0] += timedelta(minutes=9)
    assert failures.silenced() is None
    failures.failed(Reach.NO_ANSWER)
    assert failures.silenced() is None
    failures.failed(Reach.BUSY, now[0] + timedelta(minutes=1))
    failures.over()
    assert failures.silenced() is None


def test_the_servers_own_word_is_kept() -> None:
    failures = Failures(lambda: w.NOON, lambda: 0.0)
    later = failures.failed(Reach.SERVER_FAULT, w.NOON + timedelta(minutes=9))
    assert later.again_at is not None
    assert later.why is Reach.SERVER_FAULT
    assert later.again_at >= w.NOON + timedelta(minutes=9)
