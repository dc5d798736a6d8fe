"""Failures in a row wait longer; one success forgets them."""

from datetime import timedelta

from kiosk.session.refusals import Reach
from kiosk.sync.failures import Failures
from tests.session import worlds as w


def test_each_failure_in_a_row_waits_longer_and_a_success_begins_anew() -> None:
    failures = Failures(lambda: w.NOON, lambda: 1.0)
    waits = [failures.failed(Reach.NO_ANSWER).again_at - w.NOON for _ in range(8)]
    assert waits[:3] == [timedelta(seconds=10), timedelta(seconds=20), timedelta(seconds=40)]
    assert waits[-1] == timedelta(minutes=5)
    failures.over()
    assert failures.last is None
    assert failures.failed(Reach.NO_ANSWER).again_at - w.NOON == timedelta(seconds=10)


def test_the_servers_own_word_is_kept() -> None:
    failures = Failures(lambda: w.NOON, lambda: 0.0)
    later = failures.failed(Reach.SERVER_FAULT, w.NOON + timedelta(minutes=9))
    assert later.why is Reach.SERVER_FAULT
    assert later.again_at >= w.NOON + timedelta(minutes=9)
