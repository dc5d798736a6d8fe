"""An admin's day in Chromium: each act is seen on the page, and holds on the server."""

import csv
from collections.abc import Callable

from sqlalchemy import select

from sandbox.tables.badged import Badge
from sandbox.tables.rows import Account, Person
from tests.support.sandbox.chromium import Somebody
from tests.support.sandbox.client import DEMO_WORD, OFFICE, Kiosk
from tests.support.sandbox.reading import at_kiosk, opens, visit_of
from tests.support.sandbox.running import Xchart

MARIA, JAMES = "per-maria", "per-james"
NEW = "seven slow swans"
Desk = Callable[..., Somebody]


def person(xchart: Xchart, name: str) -> str:
    """The id of somebody on the list."""
    with xchart.state.unit() as db:
        return db.scalars(select(Person.id).where(Person.name == name)).one()


def account(xchart: Xchart, label: str) -> Account:
    """Somebody's login."""
    with xchart.state.unit() as db:
        return db.scalars(select(Account).where(Account.label == label)).one()


def test_a_shared_login_is_invited(xchart: Xchart, rivera: Somebody) -> None:
    rivera.opens("/members")
    rivera.types("Name", "Harbor Desk").types("E-mail", "frontdesk@lakeside.example")
    rivera.ticks("Several people share this login").presses("Send invitation").is_refused(409)
    assert "This e-mail belongs to another member" in rivera.reads
    assert rivera.page.get_by_label("Name", exact=True).input_value() == "Harbor Desk"
    rivera.types("E-mail", "harbor@lakeside.example").enters()
    row = rivera.row("harbor@lakeside.example", "#members")
    assert row.startswith("Harbor Desk Shared Invited harbor@lakeside.example")
    made = account(xchart, "Harbor Desk")
    assert (made.shared, made.roles, made.password_hash) == (True, frozenset({"member"}), None)


def test_a_shared_login_is_never_a_provider(xchart: Xchart, rivera: Somebody) -> None:
    rivera.opens("/members")
    form = rivera.page.locator('form[action="/members"]')
    rivera.types("Name", "Harbor Desk").types("E-mail", "harbor@lakeside.example")
    rivera.ticks("Provider", within=form).ticks("Several people share this login")
    rivera.presses("Send invitation").is_refused(403)
    assert "A shared login can only be a member" in rivera.reads
    assert "Harbor Desk" not in rivera.page.locator("#members").inner_text()


def test_roles_are_changed(xchart: Xchart, rivera: Somebody) -> None:
    rivera.opens("/members")
    row = rivera.row_of("Nina Patel", "#members")
    rivera.ticks("Provider", within=row).presses("Save the roles of Nina Patel")
    assert rivera.row_of("Nina Patel", "#members").get_by_label("Provider").is_checked()
    assert account(xchart, "Nina Patel").roles == {"member", "provider"}
    row = rivera.row_of("Nina Patel", "#members")
    rivera.ticks("Provider", on=False, within=row).ticks("Member", on=False, within=row)
    rivera.presses("Save the roles of Nina Patel").is_refused(422)
    assert "Choose at least one role" in rivera.reads
    assert account(xchart, "Nina Patel").roles == {"member", "provider"}


def test_a_login_is_turned_off_and_on(xchart: Xchart, kiosk: Kiosk, rivera: Somebody) -> None:
    rivera.opens("/members").presses("Deactivate Office Assistant")
    assert "Office Assistant Shared Deactivated" in rivera.row("frontdesk@", "#members")
    assert kiosk.start().code == "account_deactivated"
    rivera.presses("Reactivate Office Assistant")
    assert "Deactivated" not in rivera.row("frontdesk@", "#members")
    assert xchart.join().start().status == 201
    rivera.presses("Deactivate Dr. Elena Rivera").is_refused(409)
    assert "This is your own login" in rivera.reads


def test_an_assistant_is_added_renamed_and_removed(
    xchart: Xchart, kiosk: Kiosk, rivera: Somebody
) -> None:
    rivera.opens("/members").types("Name of one more assistant", "Ivy Chen").enters()
    ivy = person(xchart, "Ivy Chen")
    assert kiosk.start(ivy).status == 201
    rivera.types("Name of Ivy Chen", "Ivy Cheng").enters()
    assert person(xchart, "Ivy Cheng") == ivy
    rivera.types("Name of one more assistant", "Maria Lopez").enters().is_refused(409)
    assert "This name is on the list already" in rivera.reads
    rivera.presses("Remove Ivy Cheng")
    assert not rivera.sees_button("Remove Ivy Cheng")
    assert kiosk.start(ivy).code == "person_unlisted"


def test_a_float_is_kept_and_another_dropped(
    xchart: Xchart, kiosk: Kiosk, rivera: Somebody
) -> None:
    for name in ("Robin Vega", "Sam Ortiz"):
        kiosk.start(name, "self-named")
    rivera.opens("/members")
    assert "Mon, Nov 23 · Op 3 · Main Street" in rivera.row("Robin Vega")
    rivera.presses("Keep Robin Vega").presses("Drop Sam Ortiz")
    assert rivera.sees_button("Remove Robin Vega")
    assert "Sam Ortiz" not in rivera.reads
    assert "Typed their own name" not in rivera.reads
    assert kiosk.start(person(xchart, "Robin Vega")).status == 201


def test_a_badge_is_read_into_its_field(xchart: Xchart, kiosk: Kiosk, rivera: Somebody) -> None:
    rivera.opens("/members")
    rivera.clicks_into("Badge of Maria Lopez")
    rivera.reader_types("0012345678")
    assert "Maria Lopez Badge set" in rivera.row("Reset badge")
    assert "0012345678" not in rivera.page.content()
    assert kiosk.start(MARIA, "badge").status == 201
    rivera.clicks_into("Badge of James Carter")
    rivera.reader_types("0012345678").is_refused(409)
    assert "Maria Lopez has this badge" in rivera.reads
    rivera.reader_types("0012345679")
    with xchart.state.unit() as db:
        assert set(db.scalars(select(Badge.holder))) == {MARIA, JAMES}
    rivera.presses("Reset the badge of Maria Lopez")
    assert kiosk.start(MARIA, "badge").code == "badge_unknown"
    assert kiosk.start(JAMES, "badge").status == 201


def test_a_badge_is_hidden_and_no_browser_keeps_it(rivera: Somebody) -> None:
    """A field for passwords would have the browser offer to remember the number."""
    rivera.opens("/members").types("Badge of Maria Lopez", "0012345678")
    field = rivera.page.get_by_label("Badge of Maria Lopez", exact=True)
    assert field.evaluate("it => [it.type, it.autocomplete]") == ["text", "off"]
    assert field.evaluate("it => getComputedStyle(it).webkitTextSecurity") == "disc"


def test_a_pin_is_reset(xchart: Xchart, kiosk: Kiosk, rivera: Somebody) -> None:
    patel = xchart.own_login(kiosk)
    assert patel.keep_pin().status == 200
    rivera.opens("/members")
    assert "PIN in 1 room" in rivera.row("patel@", "#members")
    rivera.presses("Reset the PIN of Nina Patel")
    assert "PIN in 1 room" not in rivera.reads
    assert patel.release().code == "pin_unknown"


def test_a_computer_says_how_it_keeps_secrets_and_is_revoked(
    kiosk: Kiosk, rivera: Somebody
) -> None:
    kiosk.call(
        "POST",
        "/v1/sessions",
        {**kiosk.held, "person": MARIA, "strength": "tile", "protection": "copyable"},
    )
    rivera.opens("/devices")
    row = rivera.row("OP3-PC")
    assert "Op 3 · Main Street A copied disk gives its secrets away" in row
    assert "Maria Lopez Office Assistant" in row
    assert "No code until Dec 23" in row
    rivera.follows("Revoke OP3-PC in Op 3, Main Street")
    assert "Maria Lopez is signed in there now" in rivera.reads
    rivera.follows("Keep it")
    assert kiosk.start().status == 201
    rivera.follows("Revoke OP3-PC in Op 3, Main Street").presses("Revoke this computer")
    assert rivera.row("OP3-PC").endswith("Revoked Nov 23")
    assert kiosk.start().code == "device_revoked"


def test_who_opened_this_record(xchart: Xchart, kiosk: Kiosk, rivera: Somebody) -> None:
    visit = visit_of(xchart)
    opens(xchart, at_kiosk(xchart, kiosk), visit)
    rivera.opens("/audit").types("Patient", visit.patient.split()[-1])
    rivera.fills("Day", "2026-11-23").presses("Show")
    asked = rivera.row(f"Opened {visit.patient}'s record")
    assert "9:05 am-06:00 Maria Lopez Office Assistant" in asked
    assert asked.endswith("OP3-PC Op 3 · Main Street Tapped a name Xchart itself")
    assert "What this list cannot show" in rivera.reads
    assert "Reading the list on a kiosk" in rivera.reads
    with rivera.downloads("Export").open(encoding="utf-8-sig", newline="") as file:
        (line,) = csv.DictReader(file)
    assert (line["Who"], line["Patient"]) == ("Maria Lopez", visit.patient)
    assert "Exported the audit of Nov 23" in rivera.opens("/audit").row("Exported")
    rivera.fills("Up to one patient, 31 days", "2026-11-25").presses("Show")
    assert "Several days can be asked for one patient only" in rivera.reads


def test_what_nobody_can_know_is_said(xchart: Xchart, kiosk: Kiosk, rivera: Somebody) -> None:
    visit = visit_of(xchart)
    opens(xchart, at_kiosk(xchart, kiosk, OFFICE, "none"), visit)
    row = rivera.opens("/audit").row(visit.patient)
    assert "Somebody on Office Assistant no name was given" in row


def test_someone_left_is_settled_from_top_to_bottom(
    xchart: Xchart, kiosk: Kiosk, rivera: Somebody
) -> None:
    kiosk.start()
    rivera.opens("/members").follows("Someone left…").follows("Choose Maria Lopez")
    assert "2 of 6 settled. Go from top to bottom." in rivera.reads
    assert "OP3-PC (Op 3 · Main Street) since 9:05 am" in rivera.row("Signed in right now")
    rivera.presses("Take off the list: Name on Office Assistant")
    assert rivera.row("Signed in right now").endswith("Nowhere. Nothing open")
    assert kiosk.start().code == "person_unlisted"
    rivera.unfolds("Give it a new password: Password of Office Assistant")
    rivera.types("New password", DEMO_WORD).ticks("Every computer asks for it too, once")
    rivera.enters().is_refused(409)
    assert "That is the password it has now" in rivera.reads
    assert kiosk.start(JAMES).status == 201
    rivera.types("New password", NEW).ticks("Every computer asks for it too, once").enters()
    assert "One computer still asks for it" in rivera.row("Password of Office Assistant")
    assert kiosk.start(JAMES).code == "password_changed"
    assert kiosk.renew_password(NEW).status == 200
    assert kiosk.start(JAMES).status == 201
    rivera.presses("I have done this: Mailbox of Office Assistant")
    assert "All of it is settled." in rivera.reads
    assert "Every computer has been given it." in rivera.row("Password of Office Assistant")


def test_who_gets_another_phone_is_told(xchart: Xchart, rivera: Somebody) -> None:
    rivera.opens("/members").types("Another phone of Tom Becker", "here").enters().is_refused(422)
    assert "A phone is written like +1 555 0100 021." in rivera.reads
    rivera.types("Another phone of Tom Becker", "+1 555 0100 099").enters()
    assert "Phone ending 99" in rivera.row("Tom Becker", "#codes ~ .card")
    assert account(xchart, "Tom Becker").phone == "+15550100099"
    rivera.opens("/outbox")
    assert "To becker@lakeside.example" in rivera.reads
    assert "Open the invitation" not in rivera.reads


def test_a_member_who_types_an_admins_address_reads_a_sentence(
    xchart: Xchart, kiosk: Kiosk, at_desk: Desk
) -> None:
    maria, stranger = at_desk(at_kiosk(xchart, kiosk)), at_desk()
    for path in ("/members", "/devices", "/audit", "/departures"):
        maria.opens(path).is_refused(403)
        assert "Only an admin can open this page" in maria.reads
        assert "Signed in as Office Assistant · Maria Lopez assisting" in maria.reads
        maria.follows("Go on")
        assert maria.path == "/today"
        assert stranger.opens(path).path == "/signin"
