"""A new computer: place, account, a safe place affirmed, then always a code."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.session.model import effects as do
from kiosk.session.model import events as said
from kiosk.session.model import intents as want
from kiosk.session.model import replies
from kiosk.session.model import state as s
from kiosk.session.model.audit import Act
from kiosk.session.model.challenge import Purpose
from kiosk.session.model.intents import Ticket
from kiosk.session.model.people import Place
from kiosk.session.model.refusals import Code, Fault, Refusal, Unreachable
from kiosk.session.model.trust import NoTrust, Trust
from kiosk.session.pages.views import AffirmView, LoginView, PlaceView, TellingView
from kiosk.session.rules.joining import acceptable, parted, tidy
from kiosk.session.step import due
from tests.session.rules.test_entering import PAINTED
from tests.support import worlds as w
from tests.support.script import Script, at_start

EMAIL = "desk@lakeside.example"


def affirming() -> Script:
    """Place and account are given."""
    kiosk = Script.new().wants(want.PlaceGiven(w.PLACE))
    return kiosk.wants(want.AccountGiven(f" {EMAIL} ", Ticket(1)))


def test_a_new_computer_from_the_form_to_one_tap_from_now_on() -> None:
    kiosk = Script.new()
    assert kiosk.sees(PlaceView).place == w.PLACE
    kiosk.wants(want.PlaceGiven(w.PLACE)).asks_for()
    kiosk.wants(want.AccountGiven(f" {EMAIL} ", Ticket(1))).asks_for()
    assert kiosk.sees(AffirmView).action == "Yes, it is safe"
    kiosk.wants(want.SecurePlaceAffirmed())
    kiosk.asks_for(
        do.OpenEnrolment(1 + 1, Purpose.JOIN, w.PLACE, EMAIL, Ticket(1)),
    )
    kiosk.asked_for_a_code(Purpose.JOIN).accepted()
    kiosk.asks_for(do.KeepPainted, do.KeepRecord)
    assert kiosk.sees(TellingView).title == "One tap from now on."
    assert kiosk.acts == [(Act.COMPUTER_JOINED, "")]
    assert kiosk.records[0].account == w.OFFICE.id
    assert kiosk.records[0].device == w.DEVICE
    kiosk.wants(want.Continued())
    assert [tile.name for tile in kiosk.sees(LoginView).tiles][:2] == [w.MARIA.name, w.JAMES.name]
    kiosk.tapped(w.MARIA.id).kept().at(s.Active)


def test_the_password_is_used_once_and_dropped_on_the_way_back() -> None:
    kiosk = affirming().wants(want.WentBack())
    kiosk.asks_for(do.DropSecret(Ticket(1)))
    assert kiosk.at(s.AskingAccount).email == EMAIL
    kiosk.wants(want.WentBack()).at(s.AskingPlace)


def test_a_password_does_not_wait_for_the_night() -> None:
    kiosk = affirming().ticks(w.LIMITS.idle_lock - timedelta(seconds=1)).asks_for()
    kiosk.ticks(w.LIMITS.idle_lock).asks_for(do.DropSecret(Ticket(1)))
    assert kiosk.at(s.AskingAccount).email == EMAIL


def test_the_condition_is_affirmed_once() -> None:
    kiosk = affirming().wants(want.SecurePlaceAffirmed())
    before = kiosk.state
    kiosk.wants(want.SecurePlaceAffirmed()).asks_for()
    kiosk.wants(want.WentBack()).asks_for()
    assert kiosk.state == before


@pytest.mark.parametrize("code", Code)
def test_every_refusal_leads_back_to_where_it_can_be_mended(code: Code) -> None:
    kiosk = affirming().wants(want.SecurePlaceAffirmed()).refused(do.OpenChallenge, code)
    kiosk.at(s.AskingPlace if code is Code.PLACE_UNKNOWN else s.AskingAccount)


def test_silence_and_faults_lead_back_to_the_account() -> None:
    for reach in Unreachable:
        kiosk = affirming().wants(want.SecurePlaceAffirmed())
        assert kiosk.unreached(do.OpenChallenge, reach).at(s.AskingAccount).why is reach
    for fault in Fault:
        kiosk = affirming().wants(want.SecurePlaceAffirmed())
        assert kiosk.faulted(do.OpenChallenge, fault).at(s.AskingAccount).why is fault


def test_a_shared_account_with_rights_it_must_not_have_goes_no_further() -> None:
    """Law 6."""
    kiosk = affirming().wants(want.SecurePlaceAffirmed()).opened(Purpose.JOIN, w.PROMOTED)
    refusal = kiosk.at(s.AskingAccount).why
    assert refusal == Refusal(Code.ACCOUNT_PRIVILEGED)


@pytest.mark.parametrize("fault", Fault)
def test_a_memory_that_cannot_be_read_stops_with_a_sentence_and_a_way_on(fault: Fault) -> None:
    kiosk = at_start().happens(said.Answered(w.NOON, 1, replies.No(fault, detail="line 3")))
    kiosk.at(s.Stopped)
    page = kiosk.sees(TellingView)
    assert page.retry
    assert page.points == ("line 3",)
    kiosk.tapped(w.MARIA.id).asks_for()
    kiosk.wants(want.RetryWanted()).asks_for(do.LoadStartupState(2))
    kiosk.happens(said.Answered(w.NOON, 1, w.memory())).at(s.Opening)
    kiosk.happens(said.Answered(w.NOON, 2, w.memory())).at(s.AtLogin)


@pytest.mark.parametrize("fault", Fault)
def test_a_keychain_that_was_unlocked_meanwhile_is_noticed_by_itself(fault: Fault) -> None:
    """Nobody presses *Try again* at every start; the page stays as it is until then."""
    heals = fault in {Fault.KEYCHAIN_LOCKED, Fault.KEYCHAIN_ABSENT, Fault.KEYCHAIN_SLOW}
    kiosk = at_start().happens(said.Answered(w.NOON, 1, replies.No(fault)))
    page = kiosk.sees(TellingView)
    kiosk.passes(seconds=4).ticks().asks_for()
    if not heals:
        kiosk.passes(hours=1).ticks().asks_for()
        return
    assert due(kiosk.state, kiosk.now) == w.NOON + timedelta(seconds=5)
    kiosk.passes(seconds=1).ticks().asks_for(do.LoadStartupState(2))
    assert kiosk.sees(TellingView) == page
    kiosk.passes(seconds=9).ticks().asks_for()
    kiosk.happens(said.Answered(kiosk.now, 2, replies.No(fault))).at(s.Stopped)
    assert kiosk.sees(TellingView) == page
    kiosk.passes(seconds=5).ticks().asks_for(do.LoadStartupState(3))
    kiosk.happens(said.Answered(kiosk.now, 2, w.memory())).at(s.Stopped)
    kiosk.happens(said.Answered(kiosk.now, 3, w.memory())).at(s.AtLogin)


def test_try_again_beside_a_look_that_is_under_way_waits_for_its_own() -> None:
    """Law 5."""
    kiosk = at_start().happens(said.Answered(w.NOON, 1, replies.No(Fault.KEYCHAIN_LOCKED)))
    kiosk.passes(seconds=5).ticks().asks_for(do.LoadStartupState(2))
    kiosk.wants(want.RetryWanted()).asks_for(do.LoadStartupState(3))
    kiosk.happens(said.Answered(kiosk.now, 2, w.memory())).at(s.Opening)
    kiosk.happens(said.Answered(kiosk.now, 3, w.memory())).at(s.AtLogin)


@pytest.mark.parametrize("trust", [w.trust(), *NoTrust])
@pytest.mark.parametrize("tapped", [True, False])
def test_after_a_restart_the_first_usable_state_is_never_active(
    trust: Trust | NoTrust, tapped: bool
) -> None:
    """Law 8: also where the screen was painted, and every tile on it says what it stands for."""
    kiosk = at_start(PAINTED)
    if tapped:
        kiosk.tapped(w.MARIA.id)
    kiosk.happens(said.Answered(w.NOON, 1, replace(w.memory(), trust=trust)))
    assert not isinstance(kiosk.state.phase, s.Active)
    assert isinstance(kiosk.state.phase, s.AtLogin) or tapped


def test_lost_keys_are_said() -> None:
    told = replace(w.memory(), account=None, terms=None, trust=NoTrust.NEVER, keys_lost=True)
    kiosk = Script.at_login(told)
    notice = kiosk.sees(PlaceView).notice
    assert notice is not None
    assert notice.title == "This computer's keys are gone."


@pytest.mark.parametrize(
    ("typed", "origin"),
    [
        (" xchart.example ", "https://xchart.example"),
        ("https://xchart.example/", "https://xchart.example"),
        ("https://xchart.example:8443", "https://xchart.example:8443"),
        ("XCHART.example:443", "https://xchart.example"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("http://localhost", "http://localhost"),
    ],
)
def test_addresses_that_will_do(typed: str, origin: str) -> None:
    kiosk = Script.new().wants(want.PlaceGiven(Place(typed, " Main ", "Op 3 ")))
    assert kiosk.at(s.AskingAccount).place == Place(origin, "Main", "Op 3")


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "https://",
        "http://xchart.example",
        "http://127.0.0.1.evil.example",
        "http://localhost.evil.example",
        "http://0177.0.0.1",
        "ftp://xchart.example",
        "javascript:alert(1)",
        "https://user@xchart.example",
        "https://xchart.example/path",
        "https://xchart.example?x=1",
        "https://xchart.example#x",
        "https://xchart.example:port",
        "https://x ample",
        "https://xchart.example:0",
        "https://xchart.exämple",
        "http://127.0.0.2:8000",
        "https://[::1",
    ],
)
def test_addresses_that_will_not(typed: str) -> None:
    """HTTPS only, plain HTTP on loopback only (design.md section 5)."""
    kiosk = Script.new().wants(want.PlaceGiven(Place(typed, "Main", "Op 3")))
    assert kiosk.at(s.AskingPlace).why is Unreachable.ADDRESS


def test_both_names_of_the_room_are_needed() -> None:
    for place in (Place("xchart.example", " ", "Op 3"), Place("xchart.example", "Main", "")):
        kiosk = Script.new().wants(want.PlaceGiven(place))
        assert isinstance(kiosk.at(s.AskingPlace).why, Refusal)


@given(st.text(max_size=40))
def test_whatever_is_typed_is_judged_and_plain_http_never_leaves_the_computer(typed: str) -> None:
    place = tidy(Place(typed, "Main", "Op 3"))
    if acceptable(place.server) and place.server.startswith("http://"):
        assert "localhost" in place.server or "127." in place.server or "::1" in place.server


@pytest.mark.parametrize(
    ("typed", "server", "start"),
    [
        ("xchart.example", "https://xchart.example", ""),
        ("xchart.example/login", "https://xchart.example", "/login"),
        ("https://xchart.example:443/login?next=%2Ftoday", "https://xchart.example", "/login"),
        ("https://xchart.example/login#email", "https://xchart.example", "/login"),
        ("https://xchart.example/?next=/login", "https://xchart.example", ""),
        ("https://xchart.example?next=/login", "https://xchart.example", ""),
        ("https://xchart.example/#/login", "https://xchart.example", ""),
    ],
)
def test_an_address_as_a_browser_shows_it_is_a_site_and_a_path(
    typed: str, server: str, start: str
) -> None:
    place, path = parted(tidy(Place(typed, "Main", "Op 3")))
    assert (place.server, path) == (server, start)
    assert acceptable(place.server)


@pytest.mark.parametrize(
    "typed",
    [
        "http://xchart.example/in?next=/today",
        "https://me@xchart.example/in?next=/today",
        "https://xchart.example/in?next=/to day",
        "?next=/today",
        "nowhere at all",
        "",
    ],
)
def test_what_is_no_address_of_a_page_stays_none(typed: str) -> None:
    assert not acceptable(parted(tidy(Place(typed, "Main", "Op 3")))[0].server)
