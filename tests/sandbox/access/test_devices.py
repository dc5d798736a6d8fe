"""What is known of each computer: who is there, who opens it without a code, and who no longer."""

from datetime import timedelta

from sandbox.access import devices
from sandbox.access.devices import Computer
from sandbox.tables.rows import Contact, Device
from tests.support.sandbox.client import CHEN, OFFICE, Kiosk
from tests.support.sandbox.pushing import Audit
from tests.support.sandbox.running import MONDAY_MORNING, Xchart

PATEL = "acc-patel"


def known(xchart: Xchart) -> list[Computer]:
    """Every computer."""
    with xchart.state.unit() as db:
        return devices.computers(db, xchart.state.clock.now())


def openings(xchart: Xchart) -> list[tuple[str, int | None]]:
    """Of the one computer: the accounts, and how many days from now they need no code."""
    (only,) = known(xchart)
    now = xchart.state.clock.now()
    return [
        (each.label, None if each.until is None else (each.until - now).days)
        for each in only.openings
    ]


def test_an_account_opens_for_thirty_days_after_each_sign_in(xchart: Xchart) -> None:
    kiosk = xchart.join()
    assert openings(xchart) == [("Office Assistant", 30)]
    xchart.pass_time(days=12)
    assert openings(xchart) == [("Office Assistant", 18)]
    kiosk.start()
    assert openings(xchart) == [("Office Assistant", 30)]
    xchart.pass_time(days=30)
    assert openings(xchart) == [("Office Assistant", None)]


def test_after_a_sign_out_a_code_is_needed(xchart: Xchart) -> None:
    kiosk = xchart.join()
    xchart.join(kiosk, "patel@lakeside.example", PATEL, PATEL)
    kiosk.call("DELETE", f"/v1/trust/{OFFICE}")
    assert openings(xchart) == [("Nina Patel", 30), ("Office Assistant", None)]


def test_an_account_that_was_removed_from_it_is_not_there(xchart: Xchart) -> None:
    kiosk = xchart.join()
    challenge = str(kiosk.ask_again("remove").body["id"])
    kiosk.deliver(challenge, CHEN)
    kiosk.answer(challenge, xchart.newest_code())
    assert openings(xchart) == []


def test_an_account_that_may_not_sign_in_opens_nothing(xchart: Xchart) -> None:
    xchart.join()
    xchart.control("POST", f"/members/{OFFICE}", {"roles": ["provider"]})
    assert openings(xchart) == []
    xchart.control("POST", f"/members/{OFFICE}", {"roles": ["member"], "active": False})
    assert openings(xchart) == []
    xchart.control("POST", f"/members/{OFFICE}", {"active": True})
    assert openings(xchart) == [("Office Assistant", None)]


def test_who_is_there_until_they_leave(xchart: Xchart) -> None:
    kiosk = xchart.join()
    assert known(xchart)[0].present is None
    kiosk.start()
    (only,) = known(xchart)
    assert only.present is not None
    assert only.account is not None
    assert (only.present.person_name, only.account.id) == ("Maria Lopez", OFFICE)
    kiosk.start("per-james")
    present = known(xchart)[0].present
    assert present is not None
    assert present.person_name == "James Carter"
    kiosk.call("DELETE", f"/v1/sessions/{kiosk.held['session']}")
    assert known(xchart)[0].present is None
    kiosk.start()
    xchart.pass_time(hours=24)
    assert known(xchart)[0].present is None


def test_a_revoked_one_is_last_and_keeps_its_first_day(xchart: Xchart) -> None:
    gone, kept = xchart.join(), Kiosk(xchart.address)
    asked = kept.ask_to_join(place={"location": "Main Street", "operatory": "Op 4"})
    kept.deliver(str(asked.body["id"]), CHEN)
    kept.answer(str(asked.body["id"]), xchart.newest_code())
    gone.start()
    for _ in range(2):
        xchart.control("POST", f"/computers/{gone.jkt}", {"revoke": "device"})
        xchart.pass_time(days=1)
    first, last = known(xchart)
    assert (first.device.jkt, last.device.jkt) == (kept.jkt, gone.jkt)
    assert last.device.revoked_at == MONDAY_MORNING
    assert (last.openings, last.present) == ([], None)


def test_a_found_copy_is_known(xchart: Xchart) -> None:
    kiosk = xchart.join()
    audit = Audit(kiosk)
    audit.add()
    audit.push()
    assert known(xchart)[0].copied_at is None
    audit.records[0]["actor"] = "per-james"
    xchart.pass_time(hours=1)
    assert audit.push().code == "audit_forked"
    assert known(xchart)[0].copied_at == MONDAY_MORNING + timedelta(hours=1)


def test_a_computer_of_before_contacts_were_kept_was_seen_at_its_last_sign_in(
    xchart: Xchart,
) -> None:
    kiosk = xchart.join()
    xchart.pass_time(hours=1)
    kiosk.start()
    with xchart.state.unit() as db:
        db.delete(db.get_one(Contact, kiosk.jkt))
        assert db.get(Device, kiosk.jkt) is not None
    assert known(xchart)[0].seen_at == MONDAY_MORNING + timedelta(hours=1)


def test_one_that_is_not_there(xchart: Xchart) -> None:
    with xchart.state.unit() as db:
        assert devices.computer(db, "x", MONDAY_MORNING) is None
