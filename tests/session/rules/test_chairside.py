"""What is set at the chair: one record and one command of it, made by whoever is there."""

from datetime import timedelta

import pytest

from kiosk.session.model import effects as do
from kiosk.session.model import intents as want
from kiosk.session.model import state as s
from kiosk.session.model.audit import Act
from kiosk.session.model.commands import Command, Kind, RoomStatus, Status
from kiosk.session.model.intents import Intent
from kiosk.session.model.people import Strength
from kiosk.session.rules.chairside import command_id
from tests.support import worlds as w
from tests.support.script import Script

AFTER = "cmd-0"
SEAT, SEATED = want.SeatWanted("a", 4, AFTER), want.StatusWanted("a", Status.SEATED, 4, AFTER)
TURN_OVER = want.RoomWanted(RoomStatus.TURN_OVER, 4, AFTER)
WISHES: list[tuple[Intent, Kind, Act, str, str, str]] = [
    (SEATED, Kind.STATUS, Act.STATUS_SET, "a", "Seated", "a"),
    (SEAT, Kind.OPERATORY, Act.MOVED, "a", "Op 3", "a"),
    (TURN_OVER, Kind.ROOM, Act.ROOM_SET, "Op 3", "Turn over", "Op 3"),
]


@pytest.mark.parametrize(("wish", "kind", "act", "target", "to", "subject"), WISHES)
def test_each_wish_is_one_record_and_one_command_that_say_the_same(
    wish: Intent, kind: Kind, act: Act, target: str, to: str, subject: str
) -> None:
    kiosk = Script.at_work().passes(minutes=1).wants(wish)
    begun = (do.KeepRecord, do.KeepCase) if to == "Seated" else ()
    kiosk.asks_for(do.KeepRecord, do.ReadDay, *begun)
    keep = kiosk.newest[0]
    assert isinstance(keep, do.KeepRecord)
    record = keep.record
    assert (record.act, record.detail, record.subject) == (act, to, subject)
    assert keep.command == Command(
        id=command_id(w.DEVICE, record.sequence, kiosk.now),
        sequence=record.sequence,
        kind=kind,
        target=target,
        to=to,
        seen=4,
        actor=w.MARIA.id,
        strength=Strength.TILE,
        account=w.OFFICE.id,
        at=kiosk.now,
        after=AFTER,
    )
    assert kiosk.state.known.sending.changes == 1


@pytest.mark.parametrize("wish", [each[0] for each in WISHES])
def test_under_a_cover_and_at_the_login_screen_nothing_is_set(wish: Intent) -> None:
    for kiosk in (Script.locked(), Script.at_login()):
        kiosk.wants(wish).asks_for()


def test_whoever_is_there_now_is_who_did_it() -> None:
    """Law 4: after a switch it is the other one, and the first record keeps the first."""
    kiosk = Script.at_work(w.MARIA.id).wants(WISHES[0][0]).wants(want.SwitchWanted())
    kiosk.tapped(w.JAMES.id).kept().wants(WISHES[0][0])
    commands = [e.command for e in kiosk.all if isinstance(e, do.KeepRecord) and e.command]
    assert [each.actor for each in commands] == [w.MARIA.id, w.JAMES.id]
    assert len({each.id for each in commands}) == 2


def test_the_same_act_has_the_same_name_and_no_other_act_has_it() -> None:
    later = w.NOON + timedelta(microseconds=1)
    assert command_id("d", 1, w.NOON) == command_id("d", 1, w.NOON)
    ids = {command_id("d", 1, w.NOON), command_id("d", 2, w.NOON), command_id("e", 1, w.NOON)}
    assert len(ids | {command_id("d", 1, later)}) == 4


def test_setting_something_is_work() -> None:
    """The idle lock counts from it."""
    kiosk = Script.at_work().passes(minutes=4).wants(WISHES[0][0])
    assert kiosk.at(s.Active).locks_at == kiosk.now + w.LIMITS.idle_lock
