"""Who types their own name on a shared account: heard once, known in every room, until midnight."""

import base64
import json

import pytest
from sqlalchemy import select

from sandbox.identity.floats import drop, heard, of_today
from sandbox.records.record_standing import Witness
from sandbox.tables.rows import Account, Device, Person, SelfNamed
from tests.sandbox.server.test_notifier import LONG_ENOUGH, Waiting, held, waiting
from tests.support.sandbox.client import CHEN, OFFICE, RIVERA, Answer, Kiosk
from tests.support.sandbox.contract import misfits
from tests.support.sandbox.pushing import Audit, standings
from tests.support.sandbox.running import Xchart

__all__ = ["waiting"]

LENA = {"name": "Lena P.", "until": "2026-11-24T06:00:00Z"}


def granted(answer: Answer) -> dict[str, object]:
    """What the grant of an answer says."""
    assert answer.status in (200, 201), answer.text
    payload = str(answer.body["grant"]).split(".")[1]
    said: dict[str, object] = json.loads(base64.urlsafe_b64decode(payload + "=="))
    assert misfits("GrantPayload", said) == []
    return said


def offered(kiosk: Kiosk) -> list[object]:
    """The names that this computer offers for today."""
    found = granted(kiosk.changes())["self_named"]
    assert isinstance(found, list)
    return [each["name"] for each in found]


def floats(xchart: Xchart) -> list[SelfNamed]:
    """Every row, the newest day last."""
    with xchart.state.unit() as db:
        return list(db.scalars(select(SelfNamed).order_by(SelfNamed.day, SelfNamed.name)))


def test_who_types_a_name_is_told_back_and_known_in_the_next_room(
    xchart: Xchart, kiosk: Kiosk
) -> None:
    other = xchart.join(approver=CHEN)
    assert granted(kiosk.start("Lena P.", "self-named"))["self_named"] == [LENA]
    assert granted(other.changes())["self_named"] == [LENA]
    kiosk.start("Ana B.", "self-named")
    other.start("Lena P.", "self-named")
    assert offered(other) == ["Ana B.", "Lena P."]
    assert [(each.name, each.location, each.operatory) for each in floats(xchart)] == [
        ("Ana B.", "Main Street", "Op 3"),
        ("Lena P.", "Main Street", "Op 3"),
    ]


def test_the_next_room_learns_it_while_it_waits(
    xchart: Xchart, kiosk: Kiosk, waiting: Waiting
) -> None:
    other = xchart.join(approver=CHEN)
    polled = waiting.begin(other, held(other))
    kiosk.start("Lena P.", "self-named")
    assert granted(polled.result(LONG_ENOUGH))["self_named"] == [LENA]


def test_a_name_that_is_known_already_is_no_news(
    xchart: Xchart, kiosk: Kiosk, waiting: Waiting
) -> None:
    other = xchart.join(approver=CHEN)
    kiosk.start("Lena P.", "self-named")
    cursor = held(other)
    kiosk.start("lena  p.", "self-named")
    kiosk.start("maria lopez", "self-named")
    assert other.changes(cursor).status == 204
    assert len(floats(xchart)) == 1


def test_midnight_ends_it_by_the_clock_of_the_clinic(xchart: Xchart, kiosk: Kiosk) -> None:
    kiosk.start("Lena P.", "self-named")
    xchart.pass_time(hours=14, minutes=54)
    assert offered(kiosk) == ["Lena P."]
    cursor = held(kiosk)
    xchart.pass_time(minutes=1)
    assert granted(kiosk.changes(cursor))["self_named"] == []
    kiosk.start("Lena P.", "self-named")
    assert offered(kiosk) == ["Lena P."]
    assert [each.day for each in floats(xchart)] == ["2026-11-23", "2026-11-24"]


@pytest.mark.parametrize("typed", ["Maria Lopez", "maria lopez", "Office Assistant"])
def test_a_name_on_the_list_makes_no_float(xchart: Xchart, kiosk: Kiosk, typed: str) -> None:
    assert kiosk.start(typed, "self-named").status == 201
    assert floats(xchart) == []


def test_a_name_is_typed_on_a_shared_account_only(xchart: Xchart) -> None:
    rivera = xchart.join(Kiosk(xchart.address), "rivera@lakeside.example", RIVERA, RIVERA)
    refused = rivera.start("Lena P.", "self-named")
    assert (refused.status, refused.code) == (403, "person_unlisted")
    assert misfits("Problem", refused.body) == []
    assert granted(rivera.start(RIVERA))["self_named"] == []
    assert floats(xchart) == []


def test_whoever_asks_a_personal_account_has_no_floats(xchart: Xchart, kiosk: Kiosk) -> None:
    with xchart.state.unit() as db:
        device = db.get_one(Device, kiosk.jkt)
        heard(db, db.get_one(Account, RIVERA), "Lena P.", device, xchart.state.clock.now())
    assert floats(xchart) == []


def test_a_refused_person_ends_nobodys_session(xchart: Xchart, kiosk: Kiosk) -> None:
    kiosk.start()
    assert kiosk.start("per-nobody").code == "person_unlisted"
    assert kiosk.call("POST", "/v1/handoffs", token=kiosk.held["access_token"]).status == 201


def test_fifty_names_a_day_and_everybody_gets_in(xchart: Xchart, kiosk: Kiosk) -> None:
    audit = Audit(kiosk)
    for number in range(60):
        audit.add(5, actor=f"asdf {number:02d}", strength="self-named")
    assert audit.push().status == 200
    assert kiosk.start("Lena P.", "self-named").status == 201
    assert len(offered(kiosk)) == len(floats(xchart)) == 50
    xchart.pass_time(days=1)
    kiosk.start("Lena P.", "self-named")
    assert offered(kiosk) == ["Lena P."], "a new day, a new list"


def test_who_worked_offline_is_heard_when_the_audit_arrives(xchart: Xchart, kiosk: Kiosk) -> None:
    other = xchart.join(approver=CHEN)
    audit = Audit(kiosk)
    audit.add(5, actor="Lena P.", strength="self-named")
    audit.add(6, act="left", actor="Lena P.", strength="self-named")
    audit.push()
    assert standings(xchart, audit) == ["device_claimed"] * 2
    assert granted(other.changes())["self_named"] == [LENA]


@pytest.mark.parametrize(
    "said",
    [
        {"strength": "tile"},
        {"actor": ""},
        {"actor": "per-maria"},
        {"account": RIVERA},
        {"account": CHEN},
        {"at": "2026-11-23T15:02:59.000000Z"},
    ],
    ids=str,
)
def test_a_record_that_names_no_float_makes_none(
    xchart: Xchart, kiosk: Kiosk, said: dict[str, object]
) -> None:
    audit = Audit(kiosk)
    audit.add(5, **{"actor": "Lena P.", "strength": "self-named", **said})
    audit.push()
    assert floats(xchart) == []


def test_yesterdays_record_makes_no_float_of_today(xchart: Xchart, kiosk: Kiosk) -> None:
    audit = Audit(kiosk)
    audit.add(5, actor="Lena P.", strength="self-named")
    xchart.pass_time(days=1)
    audit.push()
    assert standings(xchart, audit) == ["device_claimed"]
    assert floats(xchart) == []


IDS = (
    "acc-rivera",
    OFFICE,
    "per-maria",
    "PER-MARIA",
    "per-james",
    "per-new",
    "per-0123456789abcdef",
)
"""Accounts', listed, listed until today, of somebody whom no grant has listed yet, and made up."""
NO_NAMES = ("\u202eaneL", "   ", " Lena P.", "\u200bMaria Lopez", "a\nDr. Rivera", "x" * 61)


@pytest.mark.parametrize("name", [*NO_NAMES, "Le\x00na", *IDS])
def test_what_is_no_name_or_somebodys_id_enters_nobody_and_names_nobody(
    xchart: Xchart, kiosk: Kiosk, name: str
) -> None:
    """T22: a scripted computer types whatever it likes. James was on the list until today."""
    with xchart.state.unit() as db:
        db.delete(db.get_one(Person, "per-james"))
        db.add(Person(id="per-new", account_id="acc-harbor", name="Ines Ortiz"))
    told = kiosk.start(name, "self-named")
    assert (told.status, told.code) == (403, "person_unlisted")
    assert floats(xchart) == []
    with xchart.state.unit() as db:
        witness = Witness(db, kiosk.jkt, xchart.state.clock.now())
        assert witness.name(OFFICE, kiosk.jkt, name, "self-named") is None
        assert witness.name(OFFICE, kiosk.jkt, "Lena P.", "self-named") == "Lena P."


def test_what_an_admin_dropped_makes_room_for_others(xchart: Xchart, kiosk: Kiosk) -> None:
    """Whoever mashed the keys shuts nobody out until midnight."""
    now = xchart.state.clock.now()
    with xchart.state.unit() as db:
        account, device = db.get_one(Account, OFFICE), db.get_one(Device, kiosk.jkt)
        for number in range(1, 56):
            heard(db, account, f"X{'y' * number}", device, now)
        masher = of_today(db, account, now)
        assert len(masher) == 50
        for each in masher:
            drop(db, account, each.name)
        heard(db, account, "Lena P.", device, now)
        assert [each.name for each in of_today(db, account, now)] == ["Lena P."]
