"""The lanes: in order within one, independent of each other, and alive whatever a job does."""

from collections.abc import Iterator
from functools import partial
from threading import Barrier, Event, current_thread

import pytest

from kiosk.app.lanes import Lanes, Name

PATIENCE = 10.0


def meet(barrier: Barrier) -> None:
    barrier.wait(PATIENCE)


def stand(until: Event) -> None:
    until.wait(PATIENCE)


@pytest.fixture
def bugs() -> list[BaseException]:
    return []


@pytest.fixture
def lanes(bugs: list[BaseException]) -> Iterator[Lanes]:
    made = Lanes(bugs.append)
    yield made
    made.finish(PATIENCE)


@pytest.mark.parametrize("name", Name)
def test_jobs_of_a_lane_run_in_order_on_one_thread_of_its_name(lanes: Lanes, name: Name) -> None:
    ran: list[tuple[int, str]] = []

    def run(number: int) -> None:
        ran.append((number, current_thread().name))

    for number in range(200):
        lanes.do(name, partial(run, number))
    assert ran == []
    lanes.start()
    lanes.finish(PATIENCE)
    assert ran == [(number, f"lane {name}") for number in range(200)]


def test_no_lane_waits_for_another(lanes: Lanes) -> None:
    """All three stand at the barrier at once, which one thread for all could never do."""
    together = Barrier(len(Name) + 1)
    for name in Name:
        lanes.do(name, partial(meet, together))
    lanes.start()
    together.wait(PATIENCE)


def test_a_job_that_hangs_holds_up_its_own_lane_only(lanes: Lanes) -> None:
    let_go, answered, behind = Event(), Event(), Event()
    lanes.do(Name.SYNC, partial(stand, let_go))
    lanes.do(Name.SYNC, behind.set)
    lanes.do(Name.SIGN_IN, answered.set)
    lanes.start()
    assert answered.wait(PATIENCE)
    assert not behind.is_set()
    let_go.set()
    assert behind.wait(PATIENCE)


class Panic(BaseException):
    """What a library written in another language may raise: no ``Exception`` at all."""


@pytest.mark.parametrize("error", [ValueError("a bug"), Panic(), SystemExit(3)])
def test_a_lane_outlives_whatever_a_job_raises(
    lanes: Lanes, bugs: list[BaseException], error: BaseException
) -> None:
    done = Event()

    def broken() -> None:
        raise error

    lanes.do(Name.LOCAL, broken)
    lanes.do(Name.LOCAL, done.set)
    lanes.start()
    assert done.wait(PATIENCE)
    assert bugs == [error]


def test_the_end_waits_for_what_was_begun(lanes: Lanes) -> None:
    ran: list[int] = []
    lanes.start()
    lanes.do(Name.LOCAL, lambda: ran.append(1))
    lanes.finish(PATIENCE)
    assert ran == [1]


def test_the_end_does_not_wait_for_a_call_that_hangs() -> None:
    lanes, let_go, hanging = Lanes(lambda _: None), Event(), Event()

    def hang() -> None:
        hanging.set()
        let_go.wait(PATIENCE)

    lanes.do(Name.LOCAL, hang)
    lanes.start()
    assert hanging.wait(PATIENCE)
    lanes.finish(0.01)
    assert not let_go.is_set()
    let_go.set()
    lanes.finish(PATIENCE)


def test_lanes_that_never_started_can_be_ended(lanes: Lanes) -> None:
    lanes.do(Name.LOCAL, lambda: None)
    lanes.finish(PATIENCE)
