"""What everybody does in Chromium: sign in, accept an invitation, sign a record, set up an app."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from sandbox.tables.rows import Account, Appointment, Record
from tests.support.sandbox.browsing import sign_in
from tests.support.sandbox.chromium import Somebody
from tests.support.sandbox.client import CHEN, DEMO_WORD, Kiosk
from tests.support.sandbox.codes import App
from tests.support.sandbox.reading import at_kiosk, visit_of
from tests.support.sandbox.running import Xchart

PATEL = "acc-patel"
NEW = "four quiet herons"
Desk = Callable[..., Somebody]


@pytest.fixture
def patel(xchart: Xchart, at_desk: Desk) -> Somebody:
    """Nina Patel, a member, at a browser of her own."""
    return at_desk("; ".join(sign_in(xchart, "patel@lakeside.example", PATEL)))


@pytest.fixture
def chen(xchart: Xchart, at_desk: Desk) -> Somebody:
    """Dr. Chen, a provider, at a browser of his own."""
    return at_desk("; ".join(sign_in(xchart, "chen@lakeside.example", CHEN)))


def record_of(xchart: Xchart, visit: Appointment) -> Record:
    """The anesthesia record of a visit."""
    with xchart.state.unit() as db:
        return db.scalars(select(Record).where(Record.appointment_id == visit.id)).one()


def invited(xchart: Xchart, admin: Somebody) -> None:
    """Harbor Desk is invited, and its mailbox lies open."""
    admin.opens("/members").types("Name", "Harbor Desk").types("E-mail", "harbor@lakeside.example")
    admin.ticks("Several people share this login").presses("Send invitation")
    admin.opens("/outbox").follows("Open the invitation of harbor@lakeside.example")


def test_signing_in_takes_a_password_and_a_code(xchart: Xchart, at_desk: Desk) -> None:
    she = at_desk().opens("/today")
    assert she.path == "/signin"
    she.types("E-mail", "rivera@lakeside.example").types("Password", "wrong").enters()
    assert "E-mail or password is wrong." in she.is_refused(401).reads
    she.types("Password", DEMO_WORD).presses("Sign in")
    assert "A code is texted when you press a button." in she.reads
    she.presses("Text: Dr. Rivera")
    assert "Texted to Dr. Rivera, phone ending 21." in she.reads
    she.page.keyboard.type("000000x")
    assert "That is not the code." in she.enters().is_refused(422).reads
    she.page.keyboard.type(xchart.newest_code())
    she.enters()
    assert "Signed in as Dr. Elena Rivera" in she.reads
    she.presses("Sign out").types("E-mail", "rivera@lakeside.example")
    she.types("Password", DEMO_WORD).enters()
    assert she.path == "/today", "this browser is remembered"


def test_an_invitation_waits_until_nobody_is_signed_in_here(
    xchart: Xchart, rivera: Somebody, at_desk: Desk
) -> None:
    invited(xchart, rivera)
    invitation = rivera.path
    assert "You are signed in as Dr. Elena Rivera." in rivera.reads
    assert not rivera.sees_button("Finish")
    rivera.presses("Sign out and go on")
    assert rivera.path == invitation
    assert "Use the phone of the provider" in rivera.reads
    rivera.types("Choose a password", NEW).types("Phone for codes", "here").enters()
    assert "Choose at least 8 characters, and a phone" in rivera.is_refused(422).reads
    rivera.types("Choose a password", NEW).types("Phone for codes", "+1 555 0100 021").enters()
    assert "You are all set" in rivera.reads
    rivera.follows("Go on").types("E-mail", "harbor@lakeside.example").types("Password", NEW)
    assert "Confirm it is you" in rivera.presses("Sign in").reads
    again = at_desk().opens(invitation).is_refused(410)
    assert "This invitation is over It was used already" in again.reads
    lost = at_desk().opens("/invitations/cut-off").is_refused(404)
    assert "This invitation is not known" in lost.reads


def test_an_invitation_that_was_open_when_somebody_signed_in(
    xchart: Xchart, rivera: Somebody, at_desk: Desk, admin: str
) -> None:
    """S9 holds for the act, not only for the page."""
    invited(xchart, rivera)
    other = at_desk().opens(rivera.path)
    other.types("Choose a password", NEW).types("Phone for codes", "+1 555 0100 021")
    name, _, value = admin.partition("=")
    other.context.add_cookies([{"name": name, "value": value, "url": xchart.address}])
    other.enters().is_refused(409)
    assert "Sign out first" in other.reads
    with xchart.state.unit() as db:
        harbor = db.scalars(select(Account).where(Account.label == "Harbor Desk")).one()
        assert harbor.password_hash is None


def test_a_provider_signs_and_deletes(xchart: Xchart, chen: Somebody) -> None:
    visit = visit_of(xchart)
    chen.opens("/today").follows(visit.patient)
    assert "Anesthesia record Not signed" in chen.reads
    chen.presses("Sign record")
    assert "Signed by Dr. Samuel Chen, Nov 23, 2026, 9:05 am" in chen.reads
    assert not chen.sees_button("Sign record")
    assert record_of(xchart, visit).signed_by == CHEN
    chen.page.get_by_text("Delete appointment…").click()
    assert "This cannot be taken back." in chen.looks().reads
    chen.presses("Delete it")
    assert chen.path == "/today"
    assert visit.patient not in chen.reads
    with xchart.state.unit() as db:
        assert db.get(Appointment, visit.id) is None


def test_a_member_sees_no_button_to_sign_or_delete(
    xchart: Xchart, kiosk: Kiosk, at_desk: Desk, patel: Somebody
) -> None:
    visit = visit_of(xchart)
    for member in (at_desk(at_kiosk(xchart, kiosk)), patel):
        member.opens("/today").follows(visit.patient)
        assert "Signing a record needs a provider." in member.reads
        assert not member.sees_button("Sign record")
        assert "Delete" not in member.reads


def test_whoever_was_a_provider_a_minute_ago_signs_nothing(
    xchart: Xchart, rivera: Somebody, chen: Somebody
) -> None:
    visit = visit_of(xchart)
    chen.opens(f"/appointments/{visit.id}")
    row = rivera.opens("/members").row_of("Dr. Samuel Chen", "#members")
    rivera.ticks("Provider", on=False, within=row).ticks("Member", within=row)
    rivera.presses("Save the roles of Dr. Samuel Chen")
    chen.presses("Sign record").is_refused(403)
    assert "Your role does not allow this Signing a record needs a provider" in chen.reads
    assert record_of(xchart, visit).signed_at is None


def test_a_status_is_set_and_who_was_first_is_said(
    xchart: Xchart, rivera: Somebody, patel: Somebody
) -> None:
    visit = visit_of(xchart)
    for each in (rivera, patel):
        each.opens("/today").unfolds(f"Status of {visit.patient}: {visit.status}")
    patel.presses("Seated", within=patel.row_of(visit.patient))
    assert patel.row(visit.patient).endswith("Seated")
    rivera.presses("Ready for doctor", within=rivera.row_of(visit.patient)).is_refused(409)
    assert f"{visit.patient} is Seated already Set by Nina Patel" in rivera.reads
    rivera.follows("Go on").follows("Harbor")
    assert "6 appointments" in rivera.reads
    assert visit_of(xchart).status == "Seated"


def test_an_authenticator_app_is_set_up_by_its_picture_and_lets_a_browser_in(
    xchart: Xchart, patel: Somebody, at_desk: Desk
) -> None:
    patel.opens("/today").follows("Profile of Nina Patel")
    patel.types("Your password", "wrong").enters().is_refused(401)
    assert "That is not your password." in patel.reads
    patel.types("Your password", DEMO_WORD).enters()
    drawn = patel.page.get_by_role("img", name="The key as a picture for the app")
    box = drawn.locator("svg").bounding_box()
    assert box is not None
    assert (box["width"], box["height"]) == (220, 220)
    app = App(patel.page.get_by_label("The key", exact=True).inner_text().replace(" ", ""))
    patel.page.keyboard.type(app.wrong(xchart))
    assert "That is not the code." in patel.enters().is_refused(422).reads
    patel.page.keyboard.type(app.now(xchart))
    assert "Set up. Its codes let computers in as your texts do." in patel.enters().reads
    xchart.pass_time(seconds=30)
    other = at_desk().opens("/signin").types("E-mail", "patel@lakeside.example")
    other.types("Password", DEMO_WORD).enters().presses("Use the app of Nina Patel")
    other.page.keyboard.type(app.now(xchart))
    assert other.enters().path == "/today"
    xchart.pass_time(seconds=30)
    patel.types("Six-digit code", app.now(xchart)).presses("Take it off")
    assert "Makes codes on your phone" in patel.reads
