"""The grant: a signed, dated copy of policy and roster, which governs what may be done offline.

A compact JWS, ES256, ``typ: grant+jwt``. It never outlives trust (design.md section 3, Limits).
"""

import hashlib
import json
from datetime import UTC, datetime, timedelta

from joserfc import jws
from sqlalchemy import select
from sqlalchemy.orm import Session

from sandbox.access import badges
from sandbox.access.trust import horizon, personal
from sandbox.contract.refusals import Refusal
from sandbox.identity import floats
from sandbox.identity.accounts import account_value, approver_values, people
from sandbox.server.clinic_days import ZONE, closures, next_close
from sandbox.server.moment import rfc3339
from sandbox.server.server_state import ServerState
from sandbox.tables.rows import Account, Device, Listing, Room, Setting, Trust

LONGEST = timedelta(hours=96)
REFRESH = timedelta(hours=6)
LIMITS = {
    "idle_lock": 300,
    "idle_warning": 30,
    "session": 43_200,
    "badge_window": 14_400,
    "badge_idle": 3_600,
}


def terms(
    db: Session, account: Account, device: Device, trust: Trust, now: datetime
) -> dict[str, object]:
    """What a grant says, without its dates."""
    marks = badges.marks(db)
    return {
        "account": account_value(account),
        **_badge(marks, account.id),
        "place": {"location": device.location, "operatory": device.operatory},
        "zone": ZONE.key,
        "people": [{**each, **_badge(marks, each["id"])} for each in people(db, account)],
        "self_named": floats.values_of_today(db, account, now),
        "approvers": approver_values(db, account),
        "attribution": attribution(db, account),
        "limits": LIMITS,
        "device": device.jkt,
        "trust_horizon_at": rfc3339(horizon(trust)),
        "own": [
            {
                "account": account_value(each),
                "trust_horizon_at": rfc3339(horizon(row)),
                **_badge(marks, each.id),
            }
            for each, row in _own(db, account, device.jkt, now)
        ],
    }


def _badge(marks: dict[str, str], holder: str) -> dict[str, str]:
    """What that holder's badge is known by, where they have one."""
    return {"badge": marks[holder]} if holder in marks else {}


def _own(db: Session, account: Account, jkt: str, now: datetime) -> list[tuple[Account, Trust]]:
    """The personal accounts of a computer, beside the one that the grant is for."""
    return [(each, row) for each, row in personal(db, jkt, now) if each.id != account.id]


def attribution(db: Session, account: Account) -> str:
    """``tap`` when more than one assistant is listed on a shared account, else ``off``."""
    return "tap" if account.shared and len(people(db, account)) > 1 else "off"


def grant(db: Session, state: ServerState, account: Account, trust: Trust, now: datetime) -> str:
    """The account's grant on this device, signed now; whom it lists is remembered."""
    said = terms(db, account, db.get_one(Device, trust.jkt), trust, now)
    _remember_listed(db, account, trust.jkt, now)
    return _signed(db, state, said, trust, now)


def _remember_listed(db: Session, account: Account, jkt: str, now: datetime) -> None:
    """What a device says later is believed only of actors whom its grants have listed (T22)."""
    listed = [(account.id, each["id"], each["name"]) for each in people(db, account)]
    themselves = [account, *(each for each, _ in _own(db, account, jkt, now))]
    listed += [(each.id, each.id, each.label) for each in themselves]
    for account_id, actor, name in listed:
        row = db.get(Listing, (account_id, jkt, actor))
        if row is None or row.name != name:
            db.merge(Listing(account_id=account_id, jkt=jkt, actor=actor, name=name))


def _signed(
    db: Session, state: ServerState, terms: dict[str, object], trust: Trust, now: datetime
) -> str:
    ends_at = min(next_close(now, closures(db)), now + LONGEST, horizon(trust))
    payload = {**terms, "issued_at": rfc3339(now), "ends_at": rfc3339(ends_at)}
    header = {"alg": "ES256", "typ": "grant+jwt", "kid": state.grant_key.kid}
    return jws.serialize_compact(header, json.dumps(payload), state.grant_key, ["ES256"])


def public_key(state: ServerState) -> dict[str, object]:
    """The clinic's grant key as a public JWK, for the kiosk to pin."""
    return {**state.grant_key.as_dict(private=False), "alg": "ES256", "use": "sig"}


def cursor(terms: dict[str, object], now: datetime) -> str:
    """Opaque to the kiosk: which terms it has, and since when."""
    digest = hashlib.sha256(json.dumps(terms, sort_keys=True).encode()).hexdigest()[:24]
    return f"{int(now.timestamp()):x}.{digest}"


def unchanged(terms: dict[str, object], held: str, now: datetime) -> bool:
    """Whether the holder of cursor ``held`` needs nothing: same terms, grant not yet old."""
    try:
        issued_at = datetime.fromtimestamp(int(held.partition(".")[0], 16), UTC)
    except (ValueError, OverflowError, OSError):
        return False
    return timedelta() <= now - issued_at < REFRESH and cursor(terms, issued_at) == held


def demand_place(db: Session, location: str, operatory: str) -> None:
    """Refuse a room that is not there, naming those that are."""
    rooms = db.scalars(select(Room).order_by(Room.location, Room.operatory)).all()
    locations = list(dict.fromkeys(room.location for room in rooms))
    operatories = [room.operatory for room in rooms if room.location == location]
    if location not in locations or operatory not in operatories:
        raise Refusal("place_unknown", locations=locations, operatories=operatories)


def organization(db: Session) -> str:
    """The clinic's name."""
    setting = db.get(Setting, "organization")
    return setting.value if setting is not None else "Xchart"
