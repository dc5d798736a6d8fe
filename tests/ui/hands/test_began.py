"""Two clocks: what was done before is told from what was only heard late."""

from kiosk.ui.hands.began import STEADY_MS, Began


def test_what_is_heard_late_began_earlier() -> None:
    began = Began()
    assert began.at(100, 5_100) == 5_100
    assert began.at(200, 5_700) == 5_200


def test_without_a_stamp_it_began_now() -> None:
    assert Began().at(0, 5_000) == 5_000


def test_clocks_that_drift_apart_are_compared_anew() -> None:
    began = Began()
    began.at(1_000, 1_000)
    now = 1_000
    told = []
    for _ in range(3):
        now += STEADY_MS + 1
        told.append(began.at(now - 900, now))  # theirs is 900 ms slow by now
    assert told[-1] == now
