"""When a computer was last heard of: once a minute, only by what was accepted, waking nobody."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest

from sandbox.server import contacts
from sandbox.tables.rows import Contact
from tests.support.sandbox.client import Kiosk
from tests.support.sandbox.pushing import Audit
from tests.support.sandbox.running import MONDAY_MORNING, Opening, Xchart


def seen(xchart: Xchart, kiosk: Kiosk) -> datetime | None:
    """What is kept of that computer."""
    with xchart.state.unit() as db:
        return contacts.seen(db).get(kiosk.jkt)


def nothing(kiosk: Kiosk) -> None:
    """A call that is accepted and changes nothing."""
    assert kiosk.call("DELETE", "/v1/sessions/none").status == 204


def test_it_is_seen_from_the_moment_it_joins(xchart: Xchart) -> None:
    assert seen(xchart, xchart.join()) == MONDAY_MORNING


def test_it_is_written_once_a_minute_at_most(xchart: Xchart) -> None:
    kiosk = xchart.join()
    found = []
    for seconds in (59, 1, 59, 1):
        xchart.pass_time(seconds=seconds)
        nothing(kiosk)
        at = seen(xchart, kiosk)
        assert at is not None
        found.append((at - MONDAY_MORNING) / timedelta(seconds=1))
    assert found == [0, 60, 60, 120]


def test_every_kind_of_accepted_call_counts(xchart: Xchart) -> None:
    kiosk = xchart.join()
    audit = Audit(kiosk)
    audit.add()
    for act in (kiosk.start, kiosk.changes, audit.push, kiosk.ask_again):
        xchart.pass_time(minutes=1)
        assert act().status < 300
        assert seen(xchart, kiosk) == xchart.state.clock.now()


def test_a_refused_call_does_not_count(xchart: Xchart) -> None:
    kiosk = xchart.join()
    kiosk.held["device_password"] = "wrong"
    xchart.pass_time(minutes=5)
    assert kiosk.start().code == "device_password_wrong"
    assert kiosk.call("POST", "/v1/sessions/none/renew").code == "session_ended"
    assert seen(xchart, kiosk) == MONDAY_MORNING


def test_a_key_that_never_joined_leaves_no_trace(xchart: Xchart) -> None:
    stranger = Kiosk(xchart.address)
    nothing(stranger)
    with xchart.state.unit() as db:
        assert db.get(Contact, stranger.jkt) is None


def test_it_wakes_nobody(xchart: Xchart, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits for news would be woken by every poll of every computer."""
    kiosk, notified = xchart.join(), set[str]()

    def note(topics: Iterable[str]) -> None:
        notified.update(topics)

    monkeypatch.setattr(xchart.state.notifier, "notify", note)
    xchart.state.clock.advance(timedelta(minutes=5))
    held = str(kiosk.changes().body["cursor"])
    xchart.state.clock.advance(timedelta(minutes=5))
    assert kiosk.changes(held).status == 204
    assert seen(xchart, kiosk) == MONDAY_MORNING + timedelta(minutes=10)
    assert notified == set()


def test_it_outlasts_the_server(open_server: Opening, xchart: Xchart) -> None:
    kiosk = xchart.join()
    xchart.pass_time(hours=1)
    nothing(kiosk)
    xchart.stop()
    assert seen(open_server(), kiosk) == MONDAY_MORNING + timedelta(hours=1)
