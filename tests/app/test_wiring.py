"""The whole kiosk in one process, against a real server: wired as it ships but for the keychain.

Starting, quitting and starting twice are shown by processes of their own. The web engine is not
loaded into this one: without a graphics card it ends the process. Xchart's real page is shown by
``ui/xchart/test_page`` and by the walk in ``end_to_end``.
"""

import json
import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from kiosk.app import wiring as app_module
from kiosk.app.first_window import Front
from kiosk.app.wiring import App
from kiosk.keychain.port import KeychainFault
from kiosk.local.build import build
from kiosk.local.clock import ComputerReadings
from kiosk.local.log import Log
from kiosk.local.profile import Profile, open_profile, replace_file
from kiosk.local.settings import Settings, Show
from kiosk.session.model import events as said
from kiosk.session.model import intents as want
from kiosk.session.model import state as s
from kiosk.session.model.people import Place, Strength
from kiosk.session.model.refusals import Fault
from kiosk.session.model.session import Question
from sandbox.access import badges
from sandbox.tables.rows import KioskSession
from tests.support.fake_keychain import FakeKeychain
from tests.support.sandbox.running import Xchart, serve

P = TypeVar("P")
EMAIL, PASSWORD, MARIA = "frontdesk@lakeside.example", "sandbox-demo", "per-maria"
PATIENCE_MS = 10_000
ENDED: list[App] = []


class BlankPage(QWidget):
    """Stands where Xchart's page would; it has opened as soon as it is told an address."""

    opened = Signal()
    broke = Signal(str, int)
    spoke = Signal(str)
    declined = Signal(object)
    turned = Signal(bool)
    print_wanted = Signal()
    lost = Signal()
    alive = Signal()
    addresses: list[str] = []

    def __init__(self, parent: QWidget, _server: str, _proxy: str, _scale: float) -> None:
        super().__init__(parent)
        self.hidden_by_then = list(hidden)
        self.typed = ""
        self.ask: Callable[[Question, str, str], str | None] = lambda *_: None
        self.turned_back = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.typed += event.text()

    def open_at(self, url: str) -> None:
        self.addresses.append(url)
        self.opened.emit()

    def reveal(self, revealed: bool, reachable: bool) -> None:
        self.setVisible(revealed)
        self.setEnabled(reachable)

    def take_focus(self) -> None:
        self.setFocus()

    def keep_scale(self) -> None:
        pass

    def keep_running(self, kept: bool) -> None:
        pass

    def watch_life(self, watched: bool) -> None:
        pass

    def turn_back(self) -> None:
        self.turned_back = True

    def as_document(self, then: Callable[[bytes], None]) -> None:
        then(b"%PDF-1.4 a document")

    def process_id(self) -> int:
        return os.getpid()

    def discard(self, at_once: bool) -> None:
        self.deleteLater()


@dataclass
class Desk:
    """One computer: its profile and keychain outlive the kiosk that runs on it."""

    profile: Profile
    keychain: FakeKeychain
    bot: QtBot
    qt: QApplication
    running: App | None = None

    @property
    def app(self) -> App:
        assert self.running is not None
        return self.running

    def start(self, printer: str = "") -> None:
        settings = Settings()
        display = replace(settings.display, show=Show.WINDOW, printer=printer)
        shown = replace(settings, display=display)
        log = Log(self.profile.log, ComputerReadings().wall)
        front = Front(self.qt, self.profile, shown)

        def painted() -> None:
            self.running = App(front, self.profile, shown, log)
            self.app.begin()

        front.show(painted)
        self.bot.waitUntil(lambda: self.running is not None, timeout=PATIENCE_MS)

    def stop(self) -> None:
        self.app.finish()
        self.app._timer.stop()
        ports = self.app._effects._ports
        if ports is not None:
            # A kiosk's files close with its process; here they close with the kiosk.
            ports.close()
        # A lane's thread that drops the last reference would delete Qt's objects on that thread.
        ENDED.append(self.app)
        self.app.window.xchart.close_page()
        self.app.window.hide()
        self.app.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.running = None

    def wants(self, intent: want.Intent) -> None:
        """A person asks, as the window reports it."""
        self.app.window.asked.emit(intent)

    def until(self, phase: type[P], also: Callable[[P], bool] = lambda _: True) -> P:
        """Let Qt run until the kiosk is in that phase."""

        def there() -> None:
            now = self.app.runtime.state.phase
            assert isinstance(now, phase)
            assert also(now), now

        self.bot.waitUntil(there, timeout=PATIENCE_MS)
        now = self.app.runtime.state.phase
        assert isinstance(now, phase)
        return now

    def joins(self, xchart: Xchart) -> None:
        """A new computer, up to its login screen."""
        self.until(s.AskingPlace)
        self.wants(want.PlaceGiven(Place(xchart.address, "Main Street", "Op 3")))
        self.wants(want.AccountGiven(EMAIL, self.app._slots.put(PASSWORD)))
        self.wants(want.SecurePlaceAffirmed())
        choosing = self.until(s.ChoosingApprover)
        self.wants(want.ApproverChosen(choosing.challenge.approvers[0].id))
        self.until(s.AwaitingCode)
        self.wants(want.CodeGiven(self.app._slots.put(xchart.newest_code())))
        self.until(s.Joined)
        self.wants(want.Continued())


@pytest.fixture
def xchart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Xchart]:
    """One for each test: a phone is texted six codes an hour."""
    made = serve(tmp_path_factory.mktemp("xchart"))
    yield made
    made.leave()


hidden: list[bool] = []
"""How often a kiosk had its memory hidden."""


def hide() -> bool:
    hidden.append(True)
    return True


@pytest.fixture
def desk(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desk]:
    # What the engine would read of this user's trust is written there.
    monkeypatch.setenv("HOME", str(tmp_path))
    keychain = FakeKeychain()
    monkeypatch.setattr("kiosk.app.adapters.open_keychain", lambda _: keychain)
    # The tests' own process has more to do, and may have to be looked into.
    monkeypatch.setattr("kiosk.app.wiring.hide_memory", hide)
    hidden.clear()
    engine = ModuleType("kiosk.ui.xchart.page")
    monkeypatch.setattr(engine, "XchartPage", BlankPage, raising=False)
    monkeypatch.setitem(sys.modules, "kiosk.ui.xchart.page", engine)
    monkeypatch.setattr(BlankPage, "addresses", [])
    profile = open_profile(tmp_path)
    assert isinstance(profile, Profile)
    made = Desk(profile, keychain, qtbot, qapp)
    yield made
    if made.running is not None:
        made.stop()


def reads(desk: Desk, number: str) -> None:
    """A reader's keys, 8 ms apart by the system's own time: a busy machine is no slow reader."""
    window = desk.app.window.windowHandle()
    assert window is not None
    keys = [(ord(sign), sign) for sign in number] + [(Qt.Key.Key_Return.value, "\r")]
    for place, (key, text) in enumerate(keys):
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
            event.setTimestamp(60_000 + 8 * place)
            QCoreApplication.sendEvent(window, event)


def test_memory_is_hidden_once_the_engine_runs_and_not_before(desk: Desk, xchart: Xchart) -> None:
    """Before, the sandbox of its processes could not be made."""
    desk.start()
    desk.joins(xchart)
    desk.bot.waitUntil(lambda: bool(desk.app.window.xchart.findChildren(BlankPage)))
    (page,) = desk.app.window.xchart.findChildren(BlankPage)
    assert page.hidden_by_then == []
    assert hidden == [True]
    desk.app.window.xchart.open("http://127.0.0.1:9/")
    desk.app.window.xchart.open("http://127.0.0.1:9/")
    assert hidden == [True], "once is enough"


def test_without_an_engine_memory_is_hidden_too(desk: Desk) -> None:
    desk.start()
    desk.until(s.AskingPlace)
    desk.app.window.xchart.failed.emit("engine_left_out", 0)
    assert hidden == [True]


def status(desk: Desk) -> dict[str, object]:
    told: dict[str, object] = json.loads(desk.profile.status.read_text())
    return told


def test_the_main_job_from_a_new_computer_to_one_tap_after_a_restart(
    desk: Desk, xchart: Xchart
) -> None:
    desk.start()
    desk.joins(xchart)
    desk.wants(want.TileTapped(MARIA))
    active = desk.until(s.Active, lambda phase: phase.session.shown)
    assert active.session.id is not None
    assert [url.startswith(xchart.address) for url in BlankPage.addresses] == [True]
    assert len(desk.app._slots) == 0, "a secret was left in its slot"
    desk.wants(want.LockWanted())
    assert isinstance(desk.app.runtime.state.phase, s.Locked)
    desk.wants(want.TileTapped(MARIA))
    assert desk.until(s.Active).session.shown
    assert len(BlankPage.addresses) == 1, "the page was loaded again"
    desk.app.runtime.post(said.ScreenLocked(desk.app._now()))
    assert isinstance(desk.app.runtime.state.phase, s.Locked)
    desk.stop()
    assert not desk.profile.status.exists()
    desk.start()
    assert isinstance(desk.app.runtime.state.phase, s.Opening | s.AtLogin)
    desk.wants(want.TileTapped(MARIA))
    desk.until(s.Active, lambda phase: phase.session.shown)


def test_a_kiosk_that_ends_while_it_is_locked_ends_the_session_on_the_server(
    desk: Desk, xchart: Xchart
) -> None:
    desk.start()
    desk.joins(xchart)
    desk.wants(want.TileTapped(MARIA))
    session = desk.until(s.Active, lambda phase: phase.session.id is not None).session.id
    desk.wants(want.LockWanted())
    desk.stop()
    with xchart.state.unit() as db:
        assert db.get_one(KioskSession, session).ended_at is not None


def test_a_locked_keychain_is_said_and_can_be_tried_again(desk: Desk) -> None:
    desk.keychain.fault = KeychainFault.LOCKED
    desk.start()
    assert desk.until(s.Stopped).fault is Fault.KEYCHAIN_LOCKED
    desk.keychain.fault = None
    desk.wants(want.RetryWanted())
    desk.until(s.AskingPlace)


def without_steps(lines: list[str]) -> list[str]:
    return [line for line in lines if not line.startswith("step ")]


def test_an_older_kiosk_says_that_a_newer_one_was_here(desk: Desk) -> None:
    """It said "Call IT", and the log had not a line."""
    with closing(sqlite3.connect(desk.profile.audit)) as db:
        db.execute("PRAGMA user_version = 99")
    desk.start()
    assert desk.until(s.Stopped).fault is Fault.RECORDS_NEWER
    desk.wants(want.RetryWanted())
    desk.until(s.Stopped)
    desk.app._log.write_held()
    lines = desk.profile.log.read_text().splitlines()
    said = [line.partition(" ")[2] for line in lines]
    assert without_steps(said) == ["not_opened code=records_newer"]
    assert "step No#1 records_newer | Opening -> Stopped | -" in said


def test_settings_that_cannot_be_read_are_said_and_can_be_mended(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.profile.settings.write_text("no settings at all")
    desk.start()
    assert "settings.toml" in desk.until(s.Stopped).detail
    desk.profile.settings.unlink()
    desk.wants(want.RetryWanted())
    desk.until(s.AskingPlace)
    told: list[str] = []
    monkeypatch.setattr(desk.app.runtime, "post", lambda event: told.append(type(event).__name__))
    desk.app.window.xchart.shown.emit()
    assert told == ["PageShown"], "wired once, however often it was tried"
    ends = (("engine_broken", 0), ("answer", 503), ("proxy_sign_in", 407), ("network", -102))
    for why, number in ends:
        desk.app.window.xchart.failed.emit(why, number)
    assert told[1:] == ["PageFailed"] * 4
    noted = [line.partition(" ")[2] for line in desk.profile.log.read_text().splitlines()]
    assert without_steps(noted)[-4:] == [
        "page_failed code=engine_broken",
        "page_failed code=answer status=503",
        "page_failed code=proxy_sign_in status=407",
        "page_failed code=network error=-102",
    ]


def test_it_says_of_itself_whether_someone_is_at_work(desk: Desk, xchart: Xchart) -> None:
    desk.start()
    desk.joins(xchart)
    desk.bot.waitUntil(lambda: status(desk)["phase"] == "AtLogin", timeout=PATIENCE_MS)
    assert status(desk)["busy"] is False
    desk.wants(want.TileTapped(MARIA))
    desk.bot.waitUntil(lambda: status(desk)["busy"] is True, timeout=PATIENCE_MS)
    assert {"pid", "version", "phase", "busy"} <= set(status(desk))
    assert status(desk)["trust_until"] is not None
    assert status(desk)["version"] == build()


def test_what_could_not_be_said_is_taken_back_and_said_again(
    desk: Desk, xchart: Xchart, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An update must not go ahead on an old word: found by attack."""
    desk.start()
    desk.joins(xchart)
    desk.bot.waitUntil(lambda: status(desk)["phase"] == "AtLogin", timeout=PATIENCE_MS)
    whole = replace_file

    def held(*_: object, **__: object) -> None:
        raise PermissionError("somebody has it open")

    monkeypatch.setattr(app_module, "replace_file", held)
    desk.wants(want.TileTapped(MARIA))
    desk.until(s.Active, lambda phase: phase.session.shown)
    desk.bot.waitUntil(lambda: not desk.profile.status.exists(), timeout=PATIENCE_MS)
    monkeypatch.setattr(app_module, "replace_file", whole)
    desk.wants(want.KeepWorkingWanted())
    desk.bot.waitUntil(lambda: desk.profile.status.exists(), timeout=PATIENCE_MS)
    assert status(desk)["busy"] is True


def test_a_badge_held_to_the_reader_enters_its_holder(desk: Desk, xchart: Xchart) -> None:
    desk.start()
    desk.joins(xchart)
    with xchart.state.unit() as db:
        badges.give(db, MARIA, "0004417290")

    def told() -> bool:
        terms = desk.app.runtime.state.known.terms
        return terms is not None and bool(terms.badges)

    desk.bot.waitUntil(told, timeout=PATIENCE_MS)
    desk.until(s.AtLogin)
    reads(desk, "0004417290")
    active = desk.until(s.Active, lambda phase: phase.session.id is not None)
    assert (active.session.person.id, active.session.strength) == (MARIA, Strength.BADGE)
    with xchart.state.unit() as db:
        sessions = db.scalars(select(KioskSession).order_by(KioskSession.started_at)).all()
        assert (sessions[-1].person_id, sessions[-1].strength) == (MARIA, "badge")
    desk.until(s.Active, lambda phase: phase.session.shown)
    (page,) = (each for each in desk.app.window.findChildren(BlankPage) if each.isVisible())
    page.setFocus()
    reads(desk, "4006381333931")
    desk.bot.waitUntil(lambda: page.typed == "4006381333931\r", timeout=PATIENCE_MS)
    assert desk.app.runtime.state.known.strange == ()
