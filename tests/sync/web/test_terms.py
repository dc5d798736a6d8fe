"""Terms that were set at the computer: the same account every time, and no longer than is known."""

from dataclasses import replace
from datetime import timedelta

from kiosk.local.settings import Site
from kiosk.session.model.people import Person
from kiosk.session.model.terms import DEFAULT_LIMITS, Badge, Roster, Word
from kiosk.sync.web.terms import account_of, approvers_of, horizon_after, phone_of, terms_of
from tests.support.site_kiosk import PLACE, SETTINGS, SITE
from tests.sync.web.conftest import NOW


def test_an_account_is_the_same_however_its_email_is_written() -> None:
    one, other = (account_of(SITE, PLACE.server, each) for each in ("A@x.example", " a@x.example "))
    assert one == other
    assert account_of(SITE, "https://y.example", "a@x.example").id != one.id
    assert "x.example" not in one.id


def test_who_shares_it_is_who_may_be_tapped() -> None:
    account = account_of(SITE, PLACE.server, "a@x.example")
    terms = terms_of(account, SETTINGS, Roster(), PLACE, "device", NOW)
    assert [each.id for each in terms.tiles()] == ["Maria L.", "Jo"]
    assert (terms.word, terms.limits, terms.ends_at) == (Word.HERE, DEFAULT_LIMITS, None)
    alone = replace(SETTINGS, site=replace(SITE, assistants=()))
    one = terms_of(account, alone, Roster(), PLACE, "device", NOW)
    assert [each.id for each in one.tiles()] == [account.id]


def test_what_it_has_set_comes_first_and_once() -> None:
    account = account_of(SITE, PLACE.server, "a@x.example")
    people = tuple(Person(name, name) for name in ("Lena P.", "JO"))
    badges = (Badge("a" * 64, "Lena P."), Badge("b" * 64, "JO"), Badge("c" * 64, "Jo"))
    terms = terms_of(account, SETTINGS, Roster(people, badges), PLACE, "device", NOW)
    assert [each.id for each in terms.people] == ["Maria L.", "Jo", "Lena P."]
    assert terms.by_it == ("Maria L.", "Jo")
    assert terms.badges == (badges[0], badges[2]), "nobody has a badge without a name"


def test_how_long_a_site_remembers_is_not_guessed() -> None:
    assert horizon_after(Site(), NOW) is None
    assert horizon_after(Site(code_after_days=30), NOW) == NOW + timedelta(days=30)


def test_whose_phone_it_is_is_said_only_by_whoever_knows() -> None:
    assert approvers_of(Site()) == ()
    assert phone_of(Site()).name == "the provider"
    assert phone_of(SITE).phone_ending == "21"
