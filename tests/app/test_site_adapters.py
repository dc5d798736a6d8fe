"""The ports of a site: opened by the settings, with an honest *there is none* for the rest."""

from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from kiosk.app import adapters
from kiosk.app.adapters import open_ports
from kiosk.app.effects import Ports
from kiosk.keychain.protection import Protection
from kiosk.local.clock import Clock, ComputerReadings
from kiosk.local.profile import Profile, open_profile, replace_file
from kiosk.local.settings import Mode, render
from kiosk.session.model.carried import Cookie, CookieName
from kiosk.session.model.challenge import Challenge, Purpose
from kiosk.session.model.people import Place, Strength
from kiosk.session.model.replies import Accepted, Delivered, StartupState
from kiosk.sync.files import Joining, LocalFiles
from kiosk.sync.none import NoDays, NoFeed
from kiosk.sync.web.site_store import SiteStore
from tests.support.fake_keychain import FakeKeychain
from tests.support.fake_site import CODE, EMAIL, PASSWORD, FakeSite
from tests.support.site_kiosk import SETTINGS, site_kiosk

COOKIE = Cookie(CookieName("xchart.example", "/", "device"), "canary-7c1f")


def opened(tmp_path: Path, keychain: FakeKeychain | None = None) -> Ports:
    profile = open_profile(tmp_path)
    assert isinstance(profile, Profile)
    replace_file(profile.settings, render(SETTINGS))
    clock = Clock(ComputerReadings())
    made = open_ports(
        profile,
        clock,
        clock.heard,
        lambda job: job(),
        keychain or FakeKeychain(),
        carry=lambda _carried, _forget: FakeSite(),
    )
    assert isinstance(made, Ports)
    return made


@pytest.fixture
def ports(tmp_path: Path) -> Ports:
    return opened(tmp_path)


@pytest.mark.parametrize("passwordless", [True, False, None])
def test_a_pin_is_offered_only_where_keychain_and_disk_are_no_copy_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, passwordless: bool | None
) -> None:
    """T5: nobody but this computer counts its tries."""
    seen = Protection(passwordless, auto_login=False, disk_encrypted=False)
    monkeypatch.setattr(adapters, "see_protection", lambda _data: seen)
    made = opened(tmp_path)
    memory = made.recollection.memory()
    assert isinstance(memory, StartupState)
    assert memory.offers_own is (passwordless is not True)
    made.close()


def test_what_a_site_has_none_of_is_said_to_be_none(ports: Ports) -> None:
    assert isinstance(ports.feed, NoFeed)
    assert isinstance(ports.days, NoDays)
    assert ports.outbox.send("web-1") == Delivered(0)
    ports.close()


def test_badges_are_known_there(ports: Ports) -> None:
    mark = ports.badges.mark("0004417290")
    assert isinstance(mark, str)
    assert len(mark) == 64
    ports.close()


def test_a_new_computer_knows_its_place(ports: Ports) -> None:
    memory = ports.recollection.memory()
    assert isinstance(memory, StartupState)
    assert memory.place == SETTINGS.place
    ports.close()


def test_of_somebody_gone_nothing_is_left_by_a_kill(tmp_path: Path) -> None:
    keychain = FakeKeychain()
    first = opened(tmp_path, keychain)
    assert first.site_memory is not None
    first.site_memory.keep_cookie("web-gone", COOKIE)
    first.site_memory.keep_cookie("web-1", COOKIE)
    first.close()
    profile = open_profile(tmp_path)
    assert isinstance(profile, Profile)
    LocalFiles(profile).keep_joining(Joining("web-1", "Main Street", "Op 3"))
    again = opened(tmp_path, keychain)
    again.recollection.memory()
    memory = again.site_memory
    assert isinstance(memory, SiteStore)
    assert memory.carried("web-1").cookies
    assert not memory.carried("web-gone").cookies
    again.close()


def test_what_a_site_remembers_is_kept_encrypted(ports: Ports, tmp_path: Path) -> None:
    """T1, T3."""
    assert ports.site_memory is not None
    assert ports.site_memory.keep_cookie("web-1", COOKIE) is None
    ports.close()
    files = [each for each in tmp_path.rglob("*") if each.is_file()]
    assert files
    assert not any(b"canary-7c1f" in each.read_bytes() for each in files)


class Listener(BaseHTTPRequestHandler):
    """Keeps whatever it is told."""

    heard: list[bytes] = []

    def do_POST(self) -> None:
        self.heard.append(self.rfile.read(int(self.headers.get("content-length", 0))))
        self.send_response(404)
        self.end_headers()

    do_GET = do_POST

    def log_message(self, *_: object) -> None:
        """It is heard by the test alone."""


def test_a_sites_password_is_told_to_no_server_whatever_the_settings_say(tmp_path: Path) -> None:
    """T24: a line of the settings is edited, and the kiosk speaks the contract from then on."""
    with HTTPServer(("127.0.0.1", 0), Listener) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        place = Place(f"http://127.0.0.1:{server.server_port}", "Main Street", "Op 3")
        settings, keychain = replace(SETTINGS, place=place), FakeKeychain()
        profile = open_profile(tmp_path)
        assert isinstance(profile, Profile)
        clock = Clock(ComputerReadings())
        kiosk = site_kiosk(tmp_path, clock.now(), FakeSite(), keychain)
        told = kiosk.enrolment.open_challenge(Purpose.JOIN, place, EMAIL, PASSWORD)
        assert isinstance(told, Challenge)
        assert isinstance(kiosk.approval.answer_code(place, told, CODE), Accepted)
        account = told.account
        replace_file(profile.settings, render(replace(settings, mode=Mode.CONTRACT)))
        made = open_ports(profile, clock, clock.heard, lambda job: job(), keychain)
        assert isinstance(made, Ports)
        memory = made.recollection.memory()
        assert isinstance(memory, StartupState)
        assert memory.account is None
        made.sign_in.start_session(account.id, "Jo", Strength.TILE)
        made.approval.open_challenge(Purpose.RETURN, account.id)
        made.close()
        server.shutdown()
    assert not any(PASSWORD.encode() in each for each in Listener.heard)
