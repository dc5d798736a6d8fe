"""A lane asks for a page, the main thread answers: within seconds, or nothing was seen."""

from collections.abc import Callable, Mapping
from queue import SimpleQueue
from threading import Thread

import pytest

from kiosk.app import site_pages
from kiosk.app.site_pages import NOTHING, SitePagesOnLane
from kiosk.session import ports
from kiosk.session.model.carried import Carried
from kiosk.session.model.site import PageState, Part, Press, Seen, Whose
from tests.session.test_ports import asked_of

MARIA = Whose("web-1", "Maria L.")
IN = Seen(PageState.IN, 3)
CARRIED = Carried()


class Carrier:
    """Answers at once, twice; or never."""

    def __init__(self, *, silent: bool = False) -> None:
        self.silent = silent
        self.asked: list[str] = []
        self.carried: list[Carried] = []

    def _tell(self, name: str, then: Callable[[Seen], None]) -> None:
        self.asked.append(name)
        if not self.silent:
            then(IN)
            then(NOTHING)

    def expect(self, account_id: str, email: str) -> None:
        self.asked.append(email)

    def look(self, whose: Whose, then: Callable[[Seen], None]) -> None:
        self._tell("look", then)

    def find(self, whose: Whose, carried: Carried, then: Callable[[Seen], None]) -> None:
        self.carried.append(carried)
        self._tell("find", then)

    def open_anew(self, whose: Whose, carried: Carried, then: Callable[[Seen], None]) -> None:
        self.carried.append(carried)
        self._tell("open_anew", then)

    def fill(
        self, whose: Whose, seen: Seen, typed: Mapping[Part, str], then: Callable[[Press], None]
    ) -> None:
        self.asked.append("fill")
        if not self.silent:
            then(Press.PRESSED)

    def follow(self, whose: Whose, seen: Seen, then: Callable[[Seen], None]) -> None:
        self._tell("follow", then)

    def open_apart(self, account_id: str, then: Callable[[Seen], None]) -> None:
        self._tell("open_apart", then)

    def end_apart(self, account_id: str, adopt: bool, then: Callable[[bool], None]) -> None:
        self.asked.append(f"end_apart {adopt}")
        if not self.silent:
            then(adopt)

    def let_go(self, account_id: str, then: Callable[[bool], None]) -> None:
        self.asked.append("let_go")
        if not self.silent:
            then(True)

    def settle(self, account_id: str, then: Callable[[bool], None]) -> None:
        self.asked.append("settle")
        if not self.silent:
            then(True)

    def rehearse(self, account_id: str, carried: Carried, then: Callable[[Seen], None]) -> None:
        self.carried.append(carried)
        self._tell("rehearse", then)

    def sign_out(self, account_id: str, carried: Carried, then: Callable[[bool], None]) -> None:
        self.asked.append("sign_out")
        if not self.silent:
            then(True)


class Main:
    """A main thread that does what it is handed."""

    def __init__(self) -> None:
        self.jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self.thread = Thread(target=self._run)
        self.thread.start()

    def _run(self) -> None:
        while (job := self.jobs.get()) is not None:
            job()

    def end(self) -> None:
        self.jobs.put(None)
        self.thread.join()


def pages(carrier: Carrier | None, forgotten: list[str]) -> tuple[SitePagesOnLane, Main]:
    main = Main()

    def settle() -> None:
        assert carrier is not None
        carrier.asked.append("kept")

    on_lane = SitePagesOnLane(
        main.jobs.put, lambda: carrier, lambda _: CARRIED, forgotten.append, settle
    )
    return on_lane, main


def test_it_is_the_port() -> None:
    assert asked_of(SitePagesOnLane) == asked_of(ports.SitePages)


def test_each_call_is_answered_once() -> None:
    carrier, forgotten = Carrier(), list[str]()
    on_lane, main = pages(carrier, forgotten)
    assert on_lane.look(MARIA) == on_lane.find(MARIA) == on_lane.open_anew(MARIA) == IN
    assert on_lane.fill(MARIA, IN, {Part.CODE: "482915"}) is Press.PRESSED
    assert on_lane.follow(MARIA, NOTHING) == IN
    assert on_lane.sign_out("web-1")
    main.end()
    assert carrier.asked == ["look", "find", "open_anew", "fill", "follow", "sign_out"]
    assert carrier.carried == [CARRIED, CARRIED]
    assert forgotten == ["web-1"]


@pytest.mark.parametrize("carrier", [None, Carrier(), Carrier(silent=True)])
def test_what_is_let_go_is_forgotten_whoever_answers(
    carrier: Carrier | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site_pages, "PATIENCE_SECONDS", 0.05)
    forgotten = list[str]()
    on_lane, main = pages(carrier, forgotten)
    on_lane.let_go("web-1")
    main.end()
    assert forgotten == ["web-1"]


def test_whose_login_it_is_is_known_before_the_next_question() -> None:
    carrier = Carrier()
    on_lane, main = pages(carrier, [])
    on_lane.expect("web-1", "office@x.example")
    on_lane.look(MARIA)
    main.end()
    assert carrier.asked == ["office@x.example", "look"]


def test_who_proves_a_login_is_apart_until_it_is_theirs() -> None:
    carrier = Carrier()
    on_lane, main = pages(carrier, [])
    assert on_lane.open_apart("web-1") == IN
    for adopt in (True, False):
        on_lane.end_apart("web-1", adopt=adopt)
    main.end()
    assert carrier.asked == ["open_apart", "end_apart True", "end_apart False"]


def test_a_restart_is_rehearsed_with_what_is_on_the_disk_by_then() -> None:
    carrier = Carrier()
    on_lane, main = pages(carrier, [])
    assert on_lane.rehearse("web-1") == IN
    main.end()
    assert carrier.asked == ["settle", "kept", "rehearse"]


@pytest.mark.parametrize("carrier", [None, Carrier(silent=True)])
def test_without_an_answer_nothing_was_seen_or_done(
    carrier: Carrier | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No engine, or a page that hangs: what is not signed out is not forgotten either."""
    monkeypatch.setattr(site_pages, "PATIENCE_SECONDS", 0.05)
    forgotten = list[str]()
    on_lane, main = pages(carrier, forgotten)
    assert on_lane.find(MARIA) == NOTHING
    assert on_lane.fill(MARIA, IN, {Part.CODE: "482915"}) is Press.GONE
    assert not on_lane.sign_out("web-1")
    assert on_lane.rehearse("web-1") == NOTHING
    main.end()
    assert forgotten == []
