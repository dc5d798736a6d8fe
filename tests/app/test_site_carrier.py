"""A site that has only a web sign-in, through the whole kiosk: its real pages in the real engine.

Needs a screen: the web engine draws on one, or X11 keeps who owns what.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.app.first_window import Front
from kiosk.app.site_carrier import site_place
from kiosk.app.wiring import App
from kiosk.local.clock import ComputerReadings
from kiosk.local.log import Log
from kiosk.local.profile import Profile, open_profile, replace_file
from kiosk.local.settings import Marks, Mode, Settings, Show, Site, render
from kiosk.session.model import intents as want
from kiosk.session.model import state as s
from kiosk.session.model.people import OWN_LOGIN, Place
from kiosk.session.model.session import PageFault
from kiosk.session.model.site import NextStart, PageState, Whose
from kiosk.ui.xchart.site_view import SiteView
from sandbox.web.people import OFFICE, RIVERA
from tests.app.test_wiring import PATIENCE_MS, Desk
from tests.support.fake_keychain import FakeKeychain
from tests.support.sandbox.client import DEMO_WORD
from tests.support.sandbox.web_site import WebSite, run_site

MARIA, JO = "Maria L.", "Jo"


class WebDesk(Desk):
    """One computer at a site."""

    settings = Settings()

    def set_up(self, site: WebSite) -> None:
        """As provisioning leaves it."""
        plain = Settings()
        self.settings = replace(
            plain,
            place=Place(site.address, "Main Street", "Op 3"),
            mode=Mode.WEB,
            site=Site(start="/sign-in", assistants=(MARIA, JO), code_phone="Dr. Rivera"),
            display=replace(plain.display, show=Show.WINDOW),
        )
        replace_file(self.profile.settings, render(self.settings))

    def start(self, printer: str = "") -> None:
        log = Log(self.profile.log, ComputerReadings().wall)
        front = Front(self.qt, self.profile, self.settings)

        def painted() -> None:
            self.running = App(front, self.profile, self.settings, log)
            self.app.begin()

        front.show(painted)
        self.bot.waitUntil(lambda: self.running is not None, timeout=PATIENCE_MS)

    def joins_site(self, site: WebSite) -> None:
        """The first day, up to the login screen."""
        self.until(s.AskingPlace)
        self.wants(want.PlaceGiven(self.settings.place, at_site=True))
        self.wants(want.AccountGiven(OFFICE, self.app._slots.put(DEMO_WORD)))
        self.wants(want.SecurePlaceAffirmed())
        self.until(s.AwaitingCode)
        self.wants(want.CodeGiven(self.app._slots.put(site.code())))
        self.until(s.Joined)
        self.bot.waitUntil(lambda: self.rehearsed() is not None, timeout=PATIENCE_MS)
        self.wants(want.Continued())

    def rehearsed(self) -> NextStart | None:
        """What a restart brings, as it was tried; None where it was not yet."""
        tried = self.app.runtime.state.known.rehearsed
        return None if tried is None else tried.next_start

    def unsent(self) -> tuple[str, ...]:
        """Whose pages are kept for what they typed."""
        return self.app.runtime.state.known.unsent

    def is_done(self) -> None:
        """*Done*, and their page is gone: it is asked first whether it holds what was typed."""
        view = self.on_show()
        with self.bot.waitSignal(view.gone, timeout=PATIENCE_MS):
            self.wants(want.DoneWanted())

    def taps(self, person: str) -> None:
        """Until the page is there."""
        self.wants(want.TileTapped(person))
        self.until(s.Active, lambda phase: phase.session.shown)

    def at_work(self, site: WebSite, person: str) -> None:
        """Joined, and somebody is in."""
        self.set_up(site)
        self.start()
        self.joins_site(site)
        self.taps(person)

    def view(self, person: str) -> SiteView:
        """Their page in its view."""
        account = self.app.runtime.state.known.account
        assert account is not None
        return self._view(Whose(account.id, person))

    def _view(self, whose: Whose) -> SiteView:
        pages = self.app.window.xchart.site()
        assert pages is not None
        view = pages.view(whose)
        assert view is not None
        return view

    def on_show(self) -> SiteView:
        """The page of whoever is in."""
        phase = self.app.runtime.state.phase
        assert isinstance(phase, s.Active)
        return self._view(Whose(phase.session.account.id, phase.session.person.id))

    def types(self, words: str) -> None:
        """As a person does: only then a page may hold on to it."""
        self.on_show().setFocus()
        self.run("document.querySelector('textarea').focus()")
        target = self.on_show().focusProxy()
        assert target is not None
        QTest.keyClicks(target, words)
        script = "document.querySelector('textarea').value"
        self.bot.waitUntil(lambda: self.run(script) == words, timeout=PATIENCE_MS)

    def page_text(self) -> str:
        """What stands on the page on show."""
        told: list[str] = []
        self.on_show().page().toPlainText(told.append)
        self.bot.waitUntil(lambda: bool(told), timeout=PATIENCE_MS)
        return told[0]

    def run(self, script: str) -> object:
        """What the page on show answers to that script of its own."""
        told: list[object] = []
        self.on_show().page().runJavaScript(script, 0, told.append)
        self.bot.waitUntil(lambda: bool(told), timeout=PATIENCE_MS)
        return told[0]


@pytest.fixture
def site() -> Iterator[WebSite]:
    made = run_site()
    yield made
    made.leave()


@pytest.fixture
def desk(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[WebDesk]:
    monkeypatch.setenv("HOME", str(tmp_path))
    keychain = FakeKeychain()
    monkeypatch.setattr("kiosk.app.adapters.open_keychain", lambda _: keychain)
    monkeypatch.setattr("kiosk.app.wiring.hide_memory", lambda: True)
    profile = open_profile(tmp_path)
    assert isinstance(profile, Profile)
    made = WebDesk(profile, keychain, qtbot, qapp)
    yield made
    if made.running is not None:
        made.stop()


def test_what_the_settings_say_is_where_the_pages_are() -> None:
    said = Site(
        "/in", "https://login.example", ("cdn.example",), marks=Marks(code="#six", record="#vitals")
    )
    place = site_place(said, "https://x.example")
    assert (place.start, place.sign_in) == ("https://x.example/in", "https://login.example")
    assert (place.origins, place.parts) == (("https://x.example",), ("https://cdn.example",))
    assert place.marks == {"code": "#six", "record": "#vitals"}


def test_from_a_new_computer_to_one_tap_after_a_restart(desk: WebDesk, site: WebSite) -> None:
    desk.set_up(site)
    desk.start()
    desk.joins_site(site)
    desk.taps(MARIA)
    assert f"Signed in as {OFFICE}" in desk.page_text()
    assert site.submissions[OFFICE] == 1
    desk.stop()
    desk.start()
    desk.until(s.AtLogin)
    desk.taps(JO)
    assert f"Signed in as {OFFICE}" in desk.page_text()
    assert site.submissions[OFFICE] == 1, "it was remembered, and typed again all the same"


def test_a_lock_takes_the_page_off_the_glass_and_keeps_it(desk: WebDesk, site: WebSite) -> None:
    desk.at_work(site, MARIA)
    view = desk.view(MARIA)
    own = view.page()
    desk.run("document.querySelector('textarea').value = 'half a sentence'")
    desk.wants(want.LockWanted())
    assert isinstance(desk.app.runtime.state.phase, s.Locked)
    assert not view.isVisible()
    assert view.page() is not own
    desk.taps(MARIA)
    assert desk.run("document.querySelector('textarea').value") == "half a sentence"
    assert site.submissions[OFFICE] == 1


def test_the_next_person_begins_anew_and_the_first_finds_theirs(
    desk: WebDesk, site: WebSite
) -> None:
    desk.at_work(site, MARIA)
    desk.run("document.querySelector('textarea').value = 'half a sentence'")
    desk.wants(want.SwitchWanted())
    desk.taps(JO)
    assert desk.run("document.querySelector('textarea').value") == ""
    assert desk.view(MARIA).page() is not desk.view(JO).page()
    desk.wants(want.SwitchWanted())
    desk.taps(MARIA)
    assert desk.run("document.querySelector('textarea').value") == "half a sentence"
    assert site.submissions[OFFICE] == 1


def test_who_is_done_leaves_no_page_unless_they_typed_what_is_not_sent(
    desk: WebDesk, site: WebSite
) -> None:
    desk.at_work(site, MARIA)
    desk.types("half a sentence")
    desk.wants(want.DoneWanted())
    desk.bot.waitUntil(lambda: desk.unsent() == (MARIA,), timeout=PATIENCE_MS)
    desk.taps(JO)
    assert desk.run("document.querySelector('textarea').value") == "", "that is Maria's"
    desk.wants(want.DoneWanted())
    desk.taps(MARIA)
    assert desk.run("document.querySelector('textarea').value") == "half a sentence"
    assert desk.unsent() == ()
    desk.run("document.querySelector('textarea').value = ''")
    view = desk.view(MARIA)
    with desk.bot.waitSignal(view.gone, timeout=PATIENCE_MS):
        desk.wants(want.DoneWanted())
    assert desk.unsent() == ()


def test_a_session_that_ends_in_the_middle_is_said_and_begun_again_by_one_press(
    desk: WebDesk, site: WebSite
) -> None:
    desk.at_work(site, MARIA)
    site.forget_sessions()
    desk.run("location.reload()")
    desk.until(s.Active, lambda phase: phase.session.failed is PageFault.SIGNED_OUT)
    assert site.submissions[OFFICE] == 1, "nothing by itself"
    desk.wants(want.RetryWanted())
    desk.until(s.Active, lambda phase: phase.session.shown)
    assert site.submissions[OFFICE] == 2


def test_a_site_that_comes_back_opens_by_itself(desk: WebDesk, site: WebSite) -> None:
    desk.at_work(site, MARIA)
    desk.is_done()
    site.stop()
    desk.wants(want.TileTapped(MARIA))
    desk.until(s.Active, lambda phase: phase.session.reach is not None)
    site.start()
    desk.until(s.Active, lambda phase: phase.session.shown)


def test_a_new_password_is_typed_once(desk: WebDesk, site: WebSite) -> None:
    desk.at_work(site, MARIA)
    desk.is_done()
    site.forget_sessions()
    site.site.accounts[OFFICE].password = "four quiet herons"
    desk.wants(want.TileTapped(MARIA))
    desk.until(s.AskingPassword)
    assert site.submissions[OFFICE] == 2
    desk.wants(want.PasswordGiven(desk.app._slots.put("four quiet herons")))
    desk.until(s.Active, lambda phase: phase.session.shown)
    assert site.submissions[OFFICE] == 3


@pytest.mark.parametrize("ours", [True, False])
def test_an_e_mail_that_stands_there_unchangeable_is_ours_or_somebody_elses(
    desk: WebDesk, site: WebSite, ours: bool
) -> None:
    """After a restart, too: nothing was filled in yet by which it could be known."""
    desk.at_work(site, MARIA)
    desk.stop()
    site.forget_sessions()
    site.turns.shown_email = OFFICE if ours else RIVERA
    desk.start()
    desk.until(s.AtLogin)
    desk.wants(want.TileTapped(MARIA))
    wanted = None if ours else PageState.PERSON_WANTED
    desk.until(s.Active, lambda phase: phase.session.shown and phase.session.wants is wanted)
    assert site.submissions == {OFFICE: 2 if ours else 1}


def test_a_site_that_forgot_the_computer_asks_for_its_code(desk: WebDesk, site: WebSite) -> None:
    desk.at_work(site, MARIA)
    desk.is_done()
    site.forget_sessions()
    site.forget_devices()
    desk.wants(want.TileTapped(MARIA))
    desk.until(s.AwaitingCode)
    assert len(site.site.texts) == 2, "one a tap"
    desk.wants(want.CodeGiven(desk.app._slots.put(site.code())))
    desk.until(s.Active, lambda phase: phase.session.shown)
    assert site.submissions[OFFICE] == 2, "one a tap"


def test_a_computer_forgotten_in_the_middle_is_asked_for_one_code_a_press(
    desk: WebDesk, site: WebSite
) -> None:
    """The page on show goes with its session; the site asks for its code on that very page, and
    another that begins anew may ask for the password first."""
    desk.at_work(site, MARIA)
    page = desk.on_show()
    site.forget_sessions()
    site.forget_devices()
    desk.run("location.reload()")
    desk.until(s.Active, lambda phase: phase.session.failed is PageFault.SIGNED_OUT)
    desk.wants(want.RetryWanted())
    desk.until(s.AwaitingCode)
    assert desk.view(MARIA) is page
    assert site.submissions[OFFICE] == 2, "one a press"
    assert len(site.site.texts) == 2, "one a press"
    desk.wants(want.CodeGiven(desk.app._slots.put(site.code())))
    desk.until(s.Active, lambda phase: phase.session.shown)
    assert site.submissions[OFFICE] == 2


def test_terms_are_a_persons_to_accept(desk: WebDesk, site: WebSite) -> None:
    desk.at_work(site, MARIA)
    desk.is_done()
    site.forget_sessions()
    site.turns.terms = True
    desk.wants(want.TileTapped(MARIA))
    phase = desk.until(s.Active, lambda phase: phase.session.shown)
    assert phase.session.wants is PageState.PERSON_WANTED
    desk.run("document.querySelector('[type=checkbox]').click()")
    desk.run("document.querySelector('form').requestSubmit()")
    desk.until(s.Active, lambda phase: phase.session.wants is None)


def test_a_login_of_ones_own_has_a_page_a_pin_and_a_profile_of_its_own(
    desk: WebDesk, site: WebSite
) -> None:
    desk.at_work(site, MARIA)
    shared = desk.on_show().page().profile()
    desk.wants(want.LockWanted())
    desk.wants(want.TileTapped(OWN_LOGIN))
    desk.wants(want.AccountGiven(RIVERA, desk.app._slots.put(DEMO_WORD)))
    desk.until(s.AwaitingCode)
    desk.wants(want.CodeGiven(desk.app._slots.put(site.code())))
    desk.until(s.ChoosingPin)
    for _ in range(2):
        desk.wants(want.PinGiven(desk.app._slots.put(bytearray(b"482915"))))
    desk.until(s.Active, lambda phase: phase.session.shown)
    assert RIVERA in desk.page_text()
    assert desk.on_show().page().profile() is not shared
    desk.is_done()
    desk.taps(MARIA)
    assert OFFICE in desk.page_text(), "nobody sees another account's page"
    # After a restart a tile and a PIN, without a word to the site.
    desk.stop()
    desk.start()
    desk.until(s.AtLogin)
    before = dict(site.submissions)
    (own,) = desk.app.runtime.state.known.own
    desk.wants(want.TileTapped(own.account.id))
    desk.wants(want.PinGiven(desk.app._slots.put(bytearray(b"482915"))))
    desk.until(s.Active, lambda phase: phase.session.shown)
    assert RIVERA in desk.page_text()
    assert site.submissions == before


def test_removed_it_is_signed_out_there_and_forgotten_here(desk: WebDesk, site: WebSite) -> None:
    desk.at_work(site, MARIA)
    desk.wants(want.ThisComputerWanted())
    desk.wants(want.RemovalWanted())
    desk.wants(want.RemovalConfirmed())
    desk.until(s.Removed)
    assert not site.site.accounts[OFFICE].devices
    desk.wants(want.Continued())
    desk.wants(want.TileTapped(MARIA))
    desk.until(s.AskingAccount)


@pytest.mark.parametrize("email", [RIVERA, OFFICE])
def test_who_signs_in_by_hand_as_themselves_is_nobody_else(
    desk: WebDesk, site: WebSite, email: str
) -> None:
    """Law 6: the next person would work under a provider's rights, and after a restart too."""
    desk.at_work(site, MARIA)
    desk.is_done()
    site.forget_sessions()
    site.turns.shown_email = email
    desk.wants(want.TileTapped(MARIA))
    phase = desk.until(s.Active, lambda phase: phase.session.shown)
    ours = email == OFFICE
    if not ours or phase.session.wants is not None:
        desk.run(f"document.querySelector('[type=password]').value = '{DEMO_WORD}'")
        desk.run("document.querySelector('form').requestSubmit()")
    if not ours:
        code = site.site.texts[-1].code if site.site.texts[-1:] else ""
        desk.bot.waitUntil(lambda: len(site.site.texts) == 2, timeout=PATIENCE_MS)
        desk.until(s.Active, lambda phase: phase.session.failed is PageFault.SIGNED_OUT)
        assert code
        site.turns.shown_email = ""
        desk.wants(want.RetryWanted())
        desk.until(s.AwaitingCode)
        desk.wants(want.CodeGiven(desk.app._slots.put(site.code())))
    desk.until(s.Active, lambda phase: phase.session.shown and phase.session.wants is None)
    assert f"Signed in as {OFFICE}" in desk.page_text()
