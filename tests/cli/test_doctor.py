"""One examination of this computer: the real keychain, server and display, in one order."""

import http.server
import os
import socket
from collections import namedtuple
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kiosk.cli import doctor
from kiosk.cli.doctor import examine, painted_names, reach_session, see_awake_on, see_server
from kiosk.cli.findings import Finding, Verdict
from kiosk.desktop.display import SeenDisplay
from kiosk.desktop.single_instance import Instance
from kiosk.local.build import build
from kiosk.local.login_file import keep_painted
from kiosk.local.profile import Profile, find_profile, open_profile
from kiosk.local.settings import Mode, Settings, Site
from kiosk.session.model.painted import Painted
from kiosk.session.model.people import Person, Place
from tests.support.inhibitors import LOGIND, services
from tests.support.sandbox.web_site import run_site
from tests.support.secret_service import PrivateBus
from tests.support.serving import begin

Usage = namedtuple("Usage", ("total", "used", "free"))


class Portal(http.server.BaseHTTPRequestHandler):
    """A network's own sign-in page."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<h1>Sign in to the Wi-Fi</h1>")

    def log_message(self, format: str, *_arguments: object) -> None:
        pass


@pytest.fixture
def portal() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Portal)
    begin(server)
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def profile(tmp_path: Path, secret_service: PrivateBus) -> Profile:
    made = open_profile(tmp_path / "op3")
    assert isinstance(made, Profile)
    return made


def points_to(profile: Profile, server: str) -> Profile:
    profile.settings.write_text(
        f'server = "{server}"\nlocation = "Main Street"\noperatory = "Op 3"\n'
    )
    return profile


def by_topic(findings: list[Finding]) -> dict[str, Finding]:
    return {finding.topic: finding for finding in findings}


def test_every_part_is_looked_at_once_and_in_order(profile: Profile) -> None:
    findings = examine(profile)
    topics = [finding.topic for finding in findings]
    assert topics[:3] == ["settings", "keychain", "protection"]
    assert "display" in topics
    assert topics[-1] == "versions"
    assert f"Kiosk {build()}, " in findings[-1].sentence
    assert len(set(topics)) == len(topics)


def test_the_keychain_is_the_real_one_of_this_profile(profile: Profile) -> None:
    assert by_topic(examine(profile))["keychain"].verdict is Verdict.WARN
    assert by_topic(examine(profile))["keychain"].verdict is Verdict.OK


def test_without_a_server_in_the_settings_none_is_asked(profile: Profile) -> None:
    assert "server" not in by_topic(examine(profile))


def test_a_sign_in_page_of_the_network_is_not_taken_for_the_server(
    profile: Profile, portal: str
) -> None:
    server = by_topic(examine(points_to(profile, portal)))["server"]
    assert server.verdict is Verdict.FAIL
    assert "sign-in page of the network" in server.sentence


def test_a_server_that_is_not_there_is_said_to_be_so(profile: Profile, portal: str) -> None:
    nowhere = "http://127.0.0.1:1"
    server = by_topic(examine(points_to(profile, nowhere)))["server"]
    assert server.verdict is Verdict.FAIL
    assert server.sentence == "The server does not answer."


def test_settings_that_cannot_be_read_are_a_finding_and_the_rest_goes_on(profile: Profile) -> None:
    profile.settings.write_text("this is not a setting")
    found = by_topic(examine(profile))
    assert found["settings"].verdict is Verdict.FAIL
    assert "versions" in found


def test_whether_the_computer_can_be_kept_awake_is_tried_and_given_back(
    profile: Profile,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(doctor, "reach_session", lambda _: False)
    with services(tmp_path / "system", (LOGIND,)) as logind:
        logind.refuses["sleep"] = "org.freedesktop.DBus.Error.AccessDenied"
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", logind.bus.address)
        found = by_topic(examine(profile))
        assert "inhibit-block-sleep" in found["no sleep"].what_to_do
        assert found["no shutdown"].verdict is Verdict.OK
        assert set(logind.asked) == {"sleep", "idle", "shutdown"}
        qtbot.waitUntil(lambda: not logind.held)


def test_from_outside_the_desktop_nobody_is_asked_to_keep_it_awake(
    profile: Profile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "reach_session", lambda _: True)
    with services(tmp_path / "system", (LOGIND,)) as logind:
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", logind.bus.address)
        assert by_topic(examine(profile))["no sleep"].verdict is Verdict.WARN
        assert logind.asked == []


@pytest.mark.parametrize("kind", ["none", "wayland"])
def test_where_no_kiosk_could_run_nobody_is_asked_to_keep_it_awake(kind: str) -> None:
    assert see_awake_on(SeenDisplay(kind)) is None


def test_the_names_that_have_to_be_drawn_are_those_of_the_login_screen(tmp_path: Path) -> None:
    profile = open_profile(tmp_path / "kiosk")
    assert isinstance(profile, Profile)
    assert painted_names(profile) == ()
    people, floats = (Person("p1", "\u674e\u660e"),), (Person("Lena P.", "Lena P."),)
    painted = Painted("Main Street", "Op 3", "UTC", people, "", floats)
    keep_painted(profile.login_file, painted)
    assert painted_names(profile) == ("\u674e\u660e", "Lena P.")


def test_from_outside_the_desktop_the_users_bus_is_found(tmp_path: Path) -> None:
    """Over ssh or from cron there is no variable that names it."""
    bus = tmp_path / str(os.geteuid()) / "bus"
    bus.parent.mkdir()
    environ: dict[str, str] = {}
    assert reach_session(environ, tmp_path)
    assert environ == {}
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(bus))
        assert reach_session(environ, tmp_path)
        assert environ == {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={bus}"}
        assert not reach_session({"DISPLAY": ":0"}, tmp_path)
        given = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/x"}
        assert reach_session(given, tmp_path)
        assert given == {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/x"}


def test_a_user_who_never_started_a_kiosk_is_told_so_and_has_none_afterwards(
    tmp_path: Path, secret_service: PrivateBus
) -> None:
    profile = find_profile(tmp_path / "op3")
    found = by_topic(examine(profile))
    assert found["profile"].verdict is Verdict.WARN
    assert "runuser" in found["profile"].what_to_do
    assert found["keychain"].verdict is Verdict.OK
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_is_full_is_seen_where_the_records_are_kept(
    profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []

    def full(place: Path) -> Usage:
        asked.append(place)
        return Usage(10, 10, 0)

    monkeypatch.setattr("shutil.disk_usage", full)
    assert by_topic(examine(profile))["disk"].verdict is Verdict.FAIL
    assert asked == [profile.data]


def test_what_the_running_kiosk_says_is_part_of_it(profile: Profile) -> None:
    instance = Instance.take(profile.lock)
    assert instance is not None
    profile.status.write_text('{"version": "0.0.1", "trust_until": null}')
    found = by_topic(examine(profile))
    instance.give_up()
    assert (found["update"].verdict, found["trust"].verdict) == (Verdict.WARN, Verdict.WARN)
    assert "update" not in by_topic(examine(profile))


@pytest.mark.parametrize(
    ("sign_in", "status", "found"),
    [("classic", 0, "A sign-in page"), ("classic", 503, "fault of its own")],
)
def test_of_a_site_with_a_web_sign_in_its_start_is_asked(
    sign_in: str, status: int, found: str
) -> None:
    site = run_site(sign_in)
    site.turns.start_status = status
    place = Place(site.address, "Main Street", "Op 3")
    seen = see_server(Settings(place=place, mode=Mode.WEB, site=Site(start="/sign-in")))
    site.stop()
    assert found in (seen if isinstance(seen, str) else seen.name)
