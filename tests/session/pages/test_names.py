"""The pages of *Names*: what is asked for, whose name is whose, and no word of an entry."""

from dataclasses import replace

import pytest

from kiosk.session.model import state as s
from kiosk.session.model.audit import Act
from kiosk.session.model.refusals import Code, Fault, Refusal
from kiosk.session.pages.names import names
from kiosk.session.pages.views import NamesView, NameView, NamingView, PasswordView
from tests.support.practice import LATER, SITE_BADGES, SITE_NAMES, TEAM, UNNAMED_SITE


def test_the_password_is_announced_and_what_it_set_is_marked() -> None:
    page = names(SITE_NAMES, s.ListingNames(None), LATER)
    assert isinstance(page, NamesView)
    assert "password" in page.text
    assert [each.detail for each in page.tiles] == ["Set by IT", "", ""]
    unlocked = names(SITE_NAMES, s.ListingNames(None, unlocked=True), LATER)
    assert isinstance(unlocked, NamesView)
    assert "password" not in unlocked.text


def test_an_empty_list_says_what_a_name_is_for() -> None:
    page = names(UNNAMED_SITE, s.ListingNames(None), LATER)
    assert isinstance(page, NamesView)
    assert "Nobody has a name here yet" in page.text


def test_what_was_done_is_said_once_it_is_kept() -> None:
    done = s.ListingNames(None, True, Act.NAME_ADDED, TEAM[2].name)
    page = names(SITE_NAMES, done, LATER)
    assert isinstance(page, NamesView)
    assert page.notice is not None
    assert page.notice.title == "Aisha Khan has a tile now."
    waiting = names(replace(SITE_NAMES, roster_attempt=4), done, LATER)
    assert isinstance(waiting, NamesView)
    assert waiting.busy
    assert waiting.notice is None


@pytest.mark.parametrize("fault", Fault)
def test_a_change_that_failed_is_not_worded_as_an_entry(fault: Fault) -> None:
    page = names(SITE_NAMES, s.ListingNames(None, True, why=fault), LATER)
    assert isinstance(page, NamesView)
    assert page.notice is not None
    assert page.notice.title.startswith("Nothing was changed")
    assert "signed in" not in page.notice.text


def test_a_wrong_password_is_no_email() -> None:
    for code, said in (
        (Code.CREDENTIALS_WRONG, "3 tries left"),
        (Code.DEVICE_PASSWORD_WRONG, "sign in once"),
        (Code.TOO_MANY_TRIES, "Try again"),
    ):
        phase = s.UnlockingNames(None, why=Refusal(code, tries_left=3))
        page = names(SITE_NAMES, phase, LATER)
        assert isinstance(page, PasswordView)
        assert not page.new
        assert page.notice is not None
        assert said in page.notice.text
        assert "e-mail" not in page.notice.title + page.notice.text


def test_no_name_and_a_name_that_is_taken_are_told_apart() -> None:
    for phase, said in (
        (s.AddingName(None, unclear=True), "not a name"),
        (s.AddingName(None, taken="Maria Lopez"), "There is a Maria Lopez already."),
    ):
        page = names(SITE_NAMES, phase, LATER)
        assert isinstance(page, NamingView)
        assert page.notice is not None
        assert said in page.notice.title
    clear = names(SITE_NAMES, s.AddingName(None), LATER)
    assert isinstance(clear, NamingView)
    assert clear.notice is None


def test_only_a_name_that_was_typed_here_can_be_removed() -> None:
    for person, there in ((TEAM[0], False), (TEAM[1], True)):
        page = names(SITE_NAMES, s.EditingName(None, person), LATER)
        assert isinstance(page, NameView)
        assert bool(page.removal) is there


def test_whose_the_badge_is_that_was_read_is_said() -> None:
    for theirs, said in ((TEAM[1].id, "James Carter's badge already"), (TEAM[2].id, "Aisha")):
        page = names(SITE_NAMES, s.EditingName(None, TEAM[1], theirs=theirs), LATER)
        assert isinstance(page, NameView)
        assert page.notice is not None
        assert said in page.notice.title


def test_a_badge_can_be_taken_away_where_there_is_one() -> None:
    for person, there in ((TEAM[1], True), (TEAM[2], False)):
        page = names(SITE_BADGES, s.EditingName(None, person), LATER)
        assert isinstance(page, NameView)
        assert bool(page.badge) is there
    listed = names(SITE_BADGES, s.ListingNames(None), LATER)
    assert isinstance(listed, NamesView)
    assert [each.detail for each in listed.tiles] == ["Set by IT, Badge", "Badge", ""]
