"""What the status file says: codes and times, small enough to be read, and nothing of people."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from kiosk.app.health import health
from kiosk.cli.status import MOST_BYTES
from kiosk.session.model.audit import Cause
from kiosk.session.model.case import LONGEST, SILENT, Case
from kiosk.session.model.known import Known, Sending
from kiosk.session.model.people import Account, Person, Place, Strength
from kiosk.session.model.refusals import Fault, Unreachable
from kiosk.session.model.state import AtLogin, Locked, Session, State, Stopped
from kiosk.session.model.trust import NoTrust, Trust

KNOWN = Known(Place("https://x.example", "Main Street", "Op 3"))
UNTIL = datetime(2026, 12, 29, tzinfo=UTC)
NOW = UNTIL - timedelta(days=5, hours=2)
HOUSE = Account("acc-x", "Office Assistant", True, frozenset())


def told(state: State) -> dict[str, object]:
    text = health(state, NOW, 7, "0.1.0+source")
    assert len(text.encode()) <= MOST_BYTES
    found: dict[str, object] = json.loads(text)
    return found


def test_a_case_says_since_when_and_until_when_and_nothing_of_whom() -> None:
    began, at = UNTIL, UNTIL + timedelta(minutes=42)
    case = Case(7, Person("p1", "Maria"), began, at, began + LONGEST)
    account = Account("acc", "Office Assistant", True, frozenset())
    session = Session(account, Person("p1", "Maria"), Strength.TILE, began, 1, case=case)
    status = told(State(KNOWN, Locked(session, Cause.IDLE)))
    assert status["busy"] is True
    assert status["case"] == {
        "since": began.isoformat(),
        "until": (at + SILENT).isoformat(),
    }
    assert "Maria" not in str(status)


def test_a_kiosk_that_is_well() -> None:
    trust = Trust("acc-x", UNTIL)
    known = replace(KNOWN, account=HOUSE, trust=trust, sending=Sending(changes=2))
    assert told(State(known, AtLogin())) == {
        "pid": 7,
        "version": "0.1.0+source",
        "phase": "AtLogin",
        "busy": False,
        "case": None,
        "trusted": True,
        "trust_until": "2026-12-29T00:00:00+00:00",
        "trust_days": 5,
        "reach": None,
        "fault": None,
        "changes": 2,
        "last_no": None,
    }


def test_trust_that_is_over_and_trust_without_an_end() -> None:
    known = replace(KNOWN, account=HOUSE, trust=Trust("acc-x", NOW - timedelta(hours=1)))
    over = told(State(known, AtLogin()))
    assert (over["trusted"], over["trust_days"]) == (False, 0)
    endless = told(State(replace(known, trust=Trust("acc-x", None)), AtLogin()))
    assert (endless["trusted"], endless["trust_until"], endless["trust_days"]) == (True, None, None)


def test_what_is_wrong_is_a_code() -> None:
    known = replace(KNOWN, trust=NoTrust.REMOVED, reach=Unreachable.NO_ANSWER)
    seen = told(State(known, Stopped(Fault.RECORDS_NEWER)))
    assert (seen["trust_until"], seen["reach"], seen["fault"]) == (
        None,
        Unreachable.NO_ANSWER.value,
        "records_newer",
    )
    sending = Sending(fault=Fault.RECORDS_BROKEN)
    assert told(State(replace(known, sending=sending), AtLogin()))["fault"] == "records_broken"


def test_what_did_not_happen_last_is_a_code() -> None:
    text = health(State(KNOWN, AtLogin()), NOW, 7, "0.1.0+source", "trust_lapsed")
    assert json.loads(text)["last_no"] == "trust_lapsed"


def test_it_names_no_place_and_nobody() -> None:
    """Law 10."""
    text = health(State(KNOWN, AtLogin()), NOW, 7, "0.1.0+source")
    assert not [word for word in ("x.example", "Main Street", "Op 3") if word in text]
