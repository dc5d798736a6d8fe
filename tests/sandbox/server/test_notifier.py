"""Waiting for news: woken by what was committed, holding nothing, ended by time and by shutdown."""

import asyncio
import threading
from collections.abc import Coroutine, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

import pytest

from sandbox.server.notifier import EVERYONE, Listener, Notifier, device_topic, location_topic
from tests.support.sandbox.client import CHEN, OFFICE, Answer, Kiosk
from tests.support.sandbox.pushing import command, send
from tests.support.sandbox.running import Xchart

LONG_ENOUGH = 15
T = TypeVar("T")


def in_a_loop_of_its_own(told: Coroutine[Any, Any, T]) -> T:
    """On another thread: in this one a browser's loop may run."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, told).result()


class Waiting:
    """Polls in threads of their own; ``begin`` returns when the server has found no news."""

    def __init__(self, pool: ThreadPoolExecutor, listening: threading.Semaphore) -> None:
        self._pool = pool
        self._listening = listening

    def begin(self, kiosk: Kiosk, cursor: str, wait: int = 25) -> Future[Answer]:
        """A poll that waits."""
        path = f"/v1/changes?cursor={cursor}&wait={wait}"
        twin = Kiosk(kiosk.address, kiosk.key, kiosk.nonce, kiosk.held)
        polled = self._pool.submit(twin.call, "GET", path, None, kiosk.held["trust_token"])
        assert self._listening.acquire(timeout=LONG_ENOUGH)
        return polled


@pytest.fixture
def waiting(xchart: Xchart, monkeypatch: pytest.MonkeyPatch) -> Iterator[Waiting]:
    """Room for forty polls."""
    notifier, listening = xchart.state.notifier, threading.Semaphore(0)
    listen = notifier.listen

    def noted(listener: Listener, topics: Iterable[str]) -> None:
        listen(listener, topics)
        listening.release()

    monkeypatch.setattr(notifier, "listen", noted)
    with ThreadPoolExecutor(40) as pool:
        yield Waiting(pool, listening)
        notifier.end_waits()


def held(kiosk: Kiosk) -> str:
    """A cursor from now."""
    return str(kiosk.changes().body["cursor"])


def a_visit(kiosk: Kiosk) -> str:
    """The id of a visit of today."""
    schedule = kiosk.changes().body["schedule"]
    assert isinstance(schedule, dict)
    return str(schedule["appointments"][5]["id"])


def test_news_comes_when_it_happens(xchart: Xchart, kiosk: Kiosk, waiting: Waiting) -> None:
    other, visit = xchart.join(approver=CHEN), a_visit(kiosk)
    polled = waiting.begin(kiosk, held(kiosk))
    assert not polled.done()
    send(other, command(1, "status", visit, "Seated", 1))
    answer = polled.result(LONG_ENOUGH)
    assert answer.status == 200
    schedule = answer.body["schedule"]
    assert isinstance(schedule, dict)
    assert [each["id"] for each in schedule["appointments"]] == [visit]


def test_what_is_there_already_is_told_at_once(kiosk: Kiosk) -> None:
    token = kiosk.held["trust_token"]
    assert kiosk.call("GET", "/v1/changes?wait=25", token=token).status == 200


def test_forty_who_wait_hold_up_nobody(xchart: Xchart, kiosk: Kiosk, waiting: Waiting) -> None:
    cursor, visit = held(kiosk), a_visit(kiosk)
    polls = [waiting.begin(kiosk, cursor) for _ in range(40)]
    other = xchart.join(approver=CHEN)
    assert other.start().status == 201
    assert not any(each.done() for each in polls)
    send(other, command(1, "status", visit, "Seated", 1))
    assert {each.result(LONG_ENOUGH).status for each in polls} == {200}


@pytest.mark.parametrize(
    ("control", "order", "code"),
    [
        (f"/members/{OFFICE}", {"active": False}, "account_deactivated"),
        (f"/members/{OFFICE}", {"roles": ["admin"]}, "account_privileged"),
        ("/computers/OP3-PC", {"revoke": "trust"}, "trust_revoked"),
        ("/computers/OP3-PC", {"revoke": "device"}, "device_revoked"),
        ("/time", {"advance": 30 * 86400}, "trust_lapsed"),
    ],
)
def test_who_is_out_learns_it_while_waiting(
    xchart: Xchart, kiosk: Kiosk, waiting: Waiting, control: str, order: object, code: str
) -> None:
    polled = waiting.begin(kiosk, held(kiosk))
    xchart.control("POST", control, order)
    assert polled.result(LONG_ENOUGH).code == code


@pytest.mark.parametrize(
    ("control", "order"),
    [(f"/members/{CHEN}", {"active": False}), ("/closures", {"day": "2026-11-24"})],
)
def test_the_clinics_news_wakes_everyone(
    xchart: Xchart, kiosk: Kiosk, waiting: Waiting, control: str, order: object
) -> None:
    polled = waiting.begin(kiosk, held(kiosk))
    xchart.control("POST", control, order)
    assert polled.result(LONG_ENOUGH).status == 200


def test_a_sign_in_at_the_same_computer_is_news_for_it(
    xchart: Xchart, kiosk: Kiosk, waiting: Waiting
) -> None:
    cursor = held(kiosk)
    xchart.pass_time(minutes=1)
    polled = waiting.begin(kiosk, cursor)
    kiosk.start()
    assert polled.result(LONG_ENOUGH).body["trust"] == {"horizon_at": "2026-12-23T15:06:00Z"}


def test_a_wait_ends_after_its_time(xchart: Xchart, kiosk: Kiosk, waiting: Waiting) -> None:
    xchart.state.notifier.second = 0.001
    assert waiting.begin(kiosk, held(kiosk)).result(LONG_ENOUGH).status == 204


def test_travelling_ends_a_wait(xchart: Xchart, kiosk: Kiosk, waiting: Waiting) -> None:
    polled = waiting.begin(kiosk, held(kiosk))
    xchart.control("POST", "/time", {"advance": 30})
    assert polled.result(LONG_ENOUGH).status == 204


def test_travelling_to_another_day_brings_it(
    xchart: Xchart, kiosk: Kiosk, waiting: Waiting
) -> None:
    polled = waiting.begin(kiosk, held(kiosk))
    xchart.control("POST", "/time", {"advance": 86400})
    schedule = polled.result(LONG_ENOUGH).body["schedule"]
    assert isinstance(schedule, dict)
    assert schedule["days"] == ["2026-11-24", "2026-11-25"]


def test_a_shutdown_ends_a_wait(xchart: Xchart, kiosk: Kiosk, waiting: Waiting) -> None:
    polled = waiting.begin(kiosk, held(kiosk))
    xchart.running.stop()
    assert polled.result(LONG_ENOUGH).status == 204


@pytest.mark.parametrize("wait", ["-1", "26", "x", "1.5", "", "%D9%A1", "999999999999"])
def test_a_wait_is_0_to_25_seconds(kiosk: Kiosk, wait: str) -> None:
    token = kiosk.held["trust_token"]
    refused = kiosk.call("GET", f"/v1/changes?wait={wait}", token=token)
    assert (refused.status, refused.code) == (422, "invalid")


def test_only_whom_it_concerns_is_woken() -> None:
    notifier = Notifier()

    async def woken(topic: str) -> list[bool]:
        with notifier.listener() as here, notifier.listener() as there:
            notifier.listen(here, (location_topic("Main Street"), device_topic("a")))
            notifier.listen(there, (location_topic("Harbor"), device_topic("b")))
            await asyncio.to_thread(notifier.notify, (topic,))
            return [await each.notified(each.now() + 0.01) for each in (here, there)]

    assert in_a_loop_of_its_own(woken(location_topic("Main Street"))) == [True, False]
    assert in_a_loop_of_its_own(woken(device_topic("b"))) == [False, True]
    assert in_a_loop_of_its_own(woken(EVERYONE)) == [True, True]
    assert in_a_loop_of_its_own(woken("nothing")) == [False, False]


def test_changes_without_end_hold_nobody_longer() -> None:
    notifier = Notifier()

    async def notified() -> list[bool]:
        with notifier.listener() as listener:
            notifier.listen(listener, ())
            await asyncio.to_thread(notifier.notify, (EVERYONE,))
            first = await listener.notified(listener.now() + 1)
            await asyncio.to_thread(notifier.notify, (EVERYONE,))
            return [first, await listener.notified(listener.now())]

    assert in_a_loop_of_its_own(notified()) == [True, False]


def test_who_has_left_is_not_called() -> None:
    notifier = Notifier()

    async def left() -> Listener:
        with notifier.listener() as listener:
            notifier.listen(listener, ())
            return listener

    listener = in_a_loop_of_its_own(left())
    notifier.notify((EVERYONE,))
    notifier.end_waits()
    assert not listener.over
