"""T10: a thousand kiosks come back after an outage, in virtual time; nobody storms, nobody stays.

The plan of the real kiosks, and nothing else: each asks for news, holds the question for 25
seconds when it is answered, and tries again as ``sync.plan`` says when it is not.
"""

import heapq
from collections import Counter
from datetime import timedelta
from random import Random

import pytest

from kiosk.session.model.refusals import Unreachable
from kiosk.session.rules.polling import SOON
from kiosk.sync.backoff import Backoff
from kiosk.sync.plan import LONGEST_RETRY, WAIT_SECONDS
from tests.support import worlds as w

KIOSKS = 1000


def asked_each_second(outage: float, seconds: int, touched: float = 0.0) -> Counter[int]:
    """How many questions arrive in each second; the server is away from 0 to ``outage``.

    Each kiosk is ``touched`` every so many seconds on average, by somebody's chance; 0: never.
    """
    draw, now = Random(10), [0.0]
    failures = [
        Backoff(lambda: w.NOON + timedelta(seconds=now[0]), draw.random) for _ in range(KIOSKS)
    ]
    coming = [(draw.uniform(0, WAIT_SECONDS), number) for number in range(KIOSKS)]
    heapq.heapify(coming)
    asked: Counter[int] = Counter()
    while coming[0][0] < seconds:
        now[0], number = heapq.heappop(coming)
        asked[int(now[0])] += 1
        mine = failures[number]
        if now[0] < outage:
            later = mine.failed(Unreachable.NO_ANSWER)
            assert later.again_at is not None
            wait = (later.again_at - w.NOON).total_seconds() - now[0]
            if touched:
                wait = min(wait, draw.expovariate(1 / touched) + SOON.total_seconds())
        else:
            wait = 0.05 if mine.last is not None else WAIT_SECONDS
            mine.over()
        heapq.heappush(coming, (now[0] + wait, number))
    return asked


@pytest.mark.parametrize("outage", [30, 600, 7200])
def test_the_peak_after_an_outage_is_bounded_and_everybody_comes_back(outage: int) -> None:
    asked = asked_each_second(outage, outage + 900)
    steady = KIOSKS / WAIT_SECONDS
    after = [asked[second] for second in range(outage, outage + 900)]
    assert max(after) < (4 if outage < 60 else 2) * steady
    back = int(LONGEST_RETRY.total_seconds()) + 5
    late = sum(after[back : back + 50]) / 50
    assert late == pytest.approx(steady, rel=0.05), "somebody did not come back"


@pytest.mark.parametrize("outage", [600, 7200])
def test_the_hands_of_a_busy_day_are_no_storm(outage: int) -> None:
    """Each kiosk is touched every two minutes: seven times as often as on a day full of work."""
    asked = asked_each_second(outage, outage + 900, touched=120)
    assert max(asked[second] for second in range(60, outage + 900)) < 2 * KIOSKS / WAIT_SECONDS


def test_during_an_outage_they_ask_less_and_less() -> None:
    asked = asked_each_second(7200, 7200)
    first, last = (sum(asked[s] for s in range(at, at + 60)) for at in (0, 7000))
    assert last < first / 3
