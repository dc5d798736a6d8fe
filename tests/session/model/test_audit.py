"""The record: who, as which account, how surely, where, in which order; no room for more."""

import pytest

from kiosk.session.model import effects as do
from kiosk.session.model import intents as want
from kiosk.session.model.audit import Act, Cause, Record
from kiosk.session.model.challenge import Purpose
from kiosk.session.model.people import Strength
from kiosk.session.model.refusals import Code, Fault
from tests.support import worlds as w
from tests.support.script import Script
from tests.support.vocabulary import can_change, fields_of


def test_a_record_cannot_be_changed_and_has_no_room_for_a_patient() -> None:
    """Law 10, law 4: adding a field here is a decision, not an accident."""
    assert not can_change(Record)
    assert set(fields_of(Record)) == {
        "sequence",
        "at",
        "act",
        "cause",
        "actor",
        "account",
        "strength",
        "device",
        "detail",
        "subject",
    }


def a_long_day() -> Script:
    """Maria enters, locks, James takes over, is locked by idleness, comes back, is done."""
    kiosk = Script.at_work().wants(want.LockWanted()).tapped(w.JAMES.id).kept().started("ses-2")
    kiosk.passes(minutes=6).ticks(w.LIMITS.idle_lock).tapped(w.JAMES.id).kept()
    kiosk.wants(want.ThisComputerWanted()).wants(want.RemovalWanted())
    kiosk.wants(want.RemovalConfirmed()).asked_for_a_code(Purpose.REMOVE).accepted(removed=True)
    return kiosk


def test_a_day_reads_as_it_was() -> None:
    """Facts.md S2: who did what."""
    told = [(r.sequence, r.act, r.cause, r.actor) for r in a_long_day().records]
    maria, james = w.MARIA.id, w.JAMES.id
    assert told == [
        (1, Act.ENTERED, Cause.PERSON, maria),
        (2, Act.LOCKED, Cause.PERSON, maria),
        (3, Act.LEFT, Cause.SWITCH, maria),
        (4, Act.ENTERED, Cause.PERSON, james),
        (5, Act.LOCKED, Cause.IDLE, james),
        (6, Act.RESUMED, Cause.PERSON, james),
        (7, Act.COMPUTER_REMOVED, Cause.PERSON, james),
    ]


def test_every_record_carries_account_device_and_strength() -> None:
    for record in a_long_day().records:
        assert record.account == w.OFFICE.id
        assert record.device == w.DEVICE
        assert record.strength is Strength.TILE


@pytest.mark.parametrize("code", [Code.TRUST_REVOKED, Code.ACCOUNT_DEACTIVATED, Code.OTHER])
def test_who_was_taken_out_and_why(code: Code) -> None:
    kiosk = Script.at_login().tapped(w.MARIA.id).kept()
    from_server = kiosk.refused(do.StartSession, code).records[-1]
    assert (from_server.act, from_server.actor) == (Act.TAKEN_OUT, w.MARIA.id)
    assert from_server.detail == code.value
    assert from_server.detail in {*Code, *Fault}
