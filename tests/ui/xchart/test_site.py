"""Pages of a site: one profile an account, a page a person, and what a person does is seen.

Needs a screen: the web engine draws on one, or X11 keeps who owns what.
"""

from datetime import UTC, datetime

import pytest

from kiosk.session.model.carried import Carried, Cookie, CookieName
from kiosk.session.model.site import APART, PageState, Part, Press, Seen, Whose
from kiosk.ui.xchart import site_account
from kiosk.ui.xchart.site_account import MOST_ASIDE
from kiosk.ui.xchart.site_seen import NOTHING
from sandbox.web.people import OFFICE, RIVERA
from tests.support.sandbox.client import DEMO_WORD
from tests.support.sandbox.web_site import WebSite
from tests.support.site_carrier import JO, MARIA, Carrying, pages, served

__all__ = ["pages", "served"]
OWN = Whose(MARIA.account_id, "")


def test_nobodys_page_shows_nothing_and_takes_nothing(pages: Carrying) -> None:
    assert pages.look(MARIA) == NOTHING
    assert pages.fill(MARIA, NOTHING, {}) is Press.GONE
    assert pages.follow(MARIA, NOTHING) == NOTHING


def test_where_nobody_is_in_there_is_nobody_to_sign_out(pages: Carrying, served: WebSite) -> None:
    assert pages.sign_out(MARIA.account_id)
    served.turns.start_status = 503
    assert not pages.sign_out(MARIA.account_id), "a site that is down may still know the computer"


def test_one_sign_in_is_for_everybody_on_the_account(pages: Carrying, served: WebSite) -> None:
    pages.enter(MARIA)
    assert pages.find(JO).state is PageState.IN
    assert served.submissions == {OFFICE: 1}
    one, other = pages.site.view(MARIA), pages.site.view(JO)
    assert one is not None
    assert other is not None
    assert one.site_page.page is not other.site_page.page
    assert one.site_page.page.profile() is other.site_page.page.profile()


def test_a_page_that_is_in_is_never_loaded_anew(pages: Carrying) -> None:
    pages.enter(MARIA)
    assert pages.find(MARIA).load == pages.find(MARIA).load


def test_a_page_that_leads_nowhere_is_opened_anew(pages: Carrying, served: WebSite) -> None:
    served.turns.start_status = 503
    down = pages.find(MARIA)
    assert (down.state, down.status) == (PageState.DOWN, 503)
    served.turns.start_status = 0
    assert pages.find(MARIA).state is PageState.ASKS_PASSWORD


def test_what_a_person_does_on_the_page_on_show_is_seen(pages: Carrying) -> None:
    pages.find(MARIA)
    heard: list[Seen] = []
    pages.site.changed.connect(heard.append)
    pages.site.attend(MARIA)
    pages.enter(JO)
    view = pages.site.view(MARIA)
    assert view is not None
    view.site_page.page.runJavaScript("location.href = '/today'")
    pages.bot.waitUntil(lambda: bool(heard), timeout=15_000)
    assert heard[0].state is PageState.IN


def test_who_has_finished_leaves_no_page_and_who_switched_does(pages: Carrying) -> None:
    pages.enter(MARIA)
    pages.site.attend(MARIA)
    pages.site.leave(finished=False)
    assert pages.site.view(MARIA) is not None
    pages.site.attend(MARIA)
    pages.site.leave(finished=True)
    pages.bot.waitUntil(lambda: pages.site.view(MARIA) is None, timeout=15_000)


def test_who_comes_back_at_once_is_shown_the_page_that_they_have_left(pages: Carrying) -> None:
    pages.enter(MARIA)
    pages.site.attend(MARIA)
    view = pages.site.view(MARIA)
    pages.site.leave(finished=True)
    assert pages.find(MARIA).state is PageState.IN
    pages.site.attend(MARIA)
    # Answers come in the order of the questions: the one that was asked at the leaving is there.
    told: list[bool | None] = []
    assert view is not None
    view.site_page.ask_unsent(told.append)
    pages.bot.waitUntil(lambda: told == [False], timeout=15_000)
    assert pages.site.view(MARIA) is view


def aside(pages: Carrying, whose: Whose) -> None:
    """They had it on show, and somebody else took their place."""
    pages.site.attend(whose)
    pages.site.leave(finished=False)


def test_six_pages_are_kept_aside_and_the_oldest_goes_first(pages: Carrying) -> None:
    pages.enter(MARIA)
    people = [Whose(MARIA.account_id, f"P{each}") for each in range(MOST_ASIDE)]
    for whose in (MARIA, *people):
        pages.find(whose)
        aside(pages, whose)
    pages.bot.waitUntil(lambda: pages.site.view(MARIA) is None, timeout=15_000)
    assert all(pages.site.view(each) is not None for each in people)


def test_a_patients_page_is_kept_aside_beyond_six_and_beyond_the_limit(
    pages: Carrying, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Law 9: it goes when whoever treats them lets it go; the next oldest goes in its place."""
    monkeypatch.setattr(site_account, "KEPT_ASIDE_MS", 1)
    pages.enter(MARIA)
    view = pages.site.view(MARIA)
    assert view is not None
    view.keep_running(True)
    aside(pages, MARIA)
    pages.find(JO)
    aside(pages, JO)
    pages.bot.waitUntil(lambda: pages.site.view(JO) is None, timeout=15_000)
    assert pages.site.view(MARIA) is view
    monkeypatch.setattr(site_account, "KEPT_ASIDE_MS", 60_000)
    people = [Whose(MARIA.account_id, f"P{each}") for each in range(MOST_ASIDE)]
    for whose in people:
        pages.find(whose)
        aside(pages, whose)
    pages.bot.waitUntil(lambda: pages.site.view(people[0]) is None, timeout=15_000)
    assert pages.site.view(MARIA) is view
    monkeypatch.setattr(site_account, "KEPT_ASIDE_MS", 1)
    view.keep_running(False)
    pages.site.attend(MARIA)
    pages.site.leave(finished=False)
    pages.bot.waitUntil(lambda: pages.site.view(MARIA) is None, timeout=15_000)


def test_signed_out_there_it_is_gone_here(pages: Carrying, served: WebSite) -> None:
    pages.enter(MARIA)
    assert pages.sign_out(MARIA.account_id)
    assert pages.site.view(MARIA) is None
    assert not served.site.accounts[OFFICE].devices
    assert pages.find(MARIA).state is PageState.ASKS_PASSWORD


@pytest.mark.parametrize("email", [RIVERA, OFFICE])
def test_a_login_by_hand_is_kept_only_if_the_page_says_that_it_is_ours(
    pages: Carrying, served: WebSite, email: str
) -> None:
    """Law 6: a provider who signs in on the page leaves it to nobody, and to no restart."""
    pages.enter(JO)
    served.forget_sessions()
    served.forget_devices()
    pages.site.close(JO)
    assert pages.find(MARIA).state is PageState.ASKS_PASSWORD
    pages.site.attend(MARIA)
    pages.by_hand(MARIA, email)
    if email == OFFICE:
        pages.bot.waitUntil(lambda: bool(pages.kept.cookies), timeout=15_000)
    assert bool(pages.kept.cookies) is (email == OFFICE)
    pages.site.leave(finished=False)
    assert (pages.site.view(MARIA) is not None) is (email == OFFICE)
    state = PageState.IN if email == OFFICE else PageState.ASKS_PASSWORD
    assert pages.find(JO).state is state


def test_a_restart_is_rehearsed_and_its_profile_kept_where_it_is_signed_in(
    pages: Carrying, served: WebSite
) -> None:
    pages.enter(OWN)
    first = pages.site.view(OWN)
    assert pages.rehearse(OWN.account_id, pages.kept.carried()).state is PageState.IN
    second = pages.site.view(OWN)
    assert second is not None
    assert second is not first
    assert served.submissions == {OFFICE: 1}, "nothing is typed"
    assert pages.kept.cookies, "what is kept is not lost by trying"
    assert pages.find(JO).state is PageState.IN
    third = pages.site.view(JO)
    assert third is not None
    assert third.site_page.page.profile() is second.site_page.page.profile()


def test_a_rehearsal_that_is_asked_for_a_password_costs_nothing(
    pages: Carrying, served: WebSite
) -> None:
    pages.enter(OWN)
    first, kept = pages.site.view(OWN), dict(pages.kept.cookies)
    assert pages.rehearse(OWN.account_id, Carried()).state is PageState.ASKS_PASSWORD
    assert pages.site.view(OWN) is first
    assert pages.find(OWN).state is PageState.IN
    assert pages.kept.cookies.keys() == kept.keys()
    assert served.submissions == {OFFICE: 1}


def test_what_the_site_took_back_meanwhile_is_kept_no_longer(
    pages: Carrying, served: WebSite
) -> None:
    pages.enter(OWN)
    stale = Cookie(CookieName("127.0.0.1", "/", "stale"), "x", datetime(2020, 1, 1, tzinfo=UTC))
    pages.kept.cookies[stale.called] = stale
    assert pages.rehearse(OWN.account_id, pages.kept.carried()).state is PageState.IN
    assert stale.called not in pages.kept.cookies


def test_nothing_is_rehearsed_under_somebodys_hands(pages: Carrying) -> None:
    pages.enter(MARIA)
    pages.site.attend(MARIA)
    assert pages.rehearse(MARIA.account_id, pages.kept.carried()) == NOTHING
    assert pages.site.view(MARIA) is not None


def test_who_proves_a_login_is_apart_from_whoever_is_in(pages: Carrying, served: WebSite) -> None:
    """A stranger guesses: nothing of the holder's is touched, and nothing of the guess is kept."""
    pages.enter(MARIA)
    kept, apart = dict(pages.kept.cookies), Whose(MARIA.account_id, APART)
    seen = pages.open_apart(MARIA.account_id)
    assert seen.state is PageState.ASKS_PASSWORD
    wrong = {Part.EMAIL: OFFICE, Part.PASSWORD: "no idea"}
    assert pages.fill(apart, seen, wrong) is Press.PRESSED
    assert pages.follow(apart, seen).state is PageState.REFUSED
    assert not pages.end_apart(MARIA.account_id, adopt=False)
    assert pages.site.view(apart) is None
    assert pages.find(MARIA).state is PageState.IN
    assert pages.kept.cookies == kept


def test_what_was_proved_apart_is_the_accounts_own_from_then_on(
    pages: Carrying, served: WebSite
) -> None:
    pages.enter(MARIA)
    apart = Whose(MARIA.account_id, APART)
    seen = pages.open_apart(MARIA.account_id)
    both = {Part.EMAIL: OFFICE, Part.PASSWORD: DEMO_WORD}
    assert pages.fill(apart, seen, both) is Press.PRESSED
    seen = pages.follow(apart, seen)
    assert seen.state is PageState.ASKS_CODE
    assert pages.fill(apart, seen, {Part.CODE: served.code()}) is Press.PRESSED
    assert pages.follow(apart, seen).state is PageState.IN
    before = dict(pages.kept.cookies)
    assert pages.end_apart(MARIA.account_id, adopt=True)
    assert pages.find(OWN).state is PageState.IN
    assert pages.find(JO).state is PageState.IN
    assert pages.kept.cookies.keys() == before.keys()
    assert pages.kept.cookies != before, "what is kept is of the profile that there is now"


def test_a_rehearsal_takes_nobodys_page(pages: Carrying) -> None:
    pages.enter(MARIA)
    view = pages.site.view(MARIA)
    assert pages.rehearse(MARIA.account_id, pages.kept.carried()).state is PageState.IN
    assert pages.site.view(MARIA) is view
