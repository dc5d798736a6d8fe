"""What an admin may know of every computer: last seen, who is there, who opens it without a code.

Reads only; what counts is decided where it is enforced (``trust`` and ``sessions`` beside this,
``sandbox.identity.accounts``).
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from sandbox.access import protections, sessions, trust
from sandbox.identity.accounts import privileged
from sandbox.server import contacts
from sandbox.tables.rows import Account, AuditChain, Device, KioskSession, Trust


@dataclass(frozen=True, slots=True)
class Opening:
    """An account that was set up on a computer; ``until`` is empty where a code is needed."""

    label: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Computer:
    """One computer; ``present`` is the session alive there, as ``account``.

    ``copied_at``: when another copy of it was found. ``protection``: the level that it says it has.
    """

    device: Device
    seen_at: datetime
    openings: list[Opening]
    present: KioskSession | None
    account: Account | None
    copied_at: datetime | None
    protection: str


def computers(db: Session, now: datetime) -> list[Computer]:
    """Every computer, room by room; the revoked ones last."""
    devices = db.scalars(
        select(Device).order_by(Device.location, Device.operatory, Device.computer, Device.jkt)
    ).all()
    return sorted(_computers(db, list(devices), now), key=_revoked)


def computer(db: Session, jkt: str, now: datetime) -> Computer | None:
    """One of them."""
    device = db.get(Device, jkt)
    return _computers(db, [device], now)[0] if device is not None else None


def _revoked(each: Computer) -> bool:
    return each.device.revoked_at is not None


def _computers(db: Session, devices: list[Device], now: datetime) -> list[Computer]:
    seen, levels = contacts.seen(db), protections.levels(db)
    found = []
    for device in devices:
        rows = db.scalars(select(Trust).where(Trust.jkt == device.jkt)).all()
        present = _present(db, device, now)
        found.append(
            Computer(
                device=device,
                seen_at=max(
                    [
                        seen.get(device.jkt, device.joined_at),
                        device.joined_at,
                        *(row.last_signin_at for row in rows),
                    ]
                ),
                openings=_openings(db, device, list(rows), now),
                present=present,
                account=db.get(Account, present.account_id) if present is not None else None,
                copied_at=db.scalar(
                    select(AuditChain.forked_at)
                    .where(AuditChain.forked_by == device.jkt)
                    .order_by(AuditChain.forked_at.desc())
                    .limit(1)
                ),
                protection=levels.get(device.jkt, ""),
            )
        )
    return found


def _present(db: Session, device: Device, now: datetime) -> KioskSession | None:
    """A computer has one person at it: the newest session, if it lives."""
    newest = db.scalar(
        select(KioskSession)
        .where(KioskSession.jkt == device.jkt, KioskSession.ended_at.is_(None))
        .order_by(KioskSession.started_at.desc())
        .limit(1)
    )
    return newest if sessions.alive(db, newest, now) else None


def _openings(db: Session, device: Device, rows: list[Trust], now: datetime) -> list[Opening]:
    """Accounts that can be opened there at all: not on a revoked computer, not where removed."""
    if device.revoked_at is not None:
        return []
    found = []
    for row in rows:
        account = db.get_one(Account, row.account_id)
        if row.device_password_hash is None or not account.active or privileged(account):
            continue
        live = row.ended is None and now < trust.horizon(row)
        found.append(Opening(account.label, trust.horizon(row) if live else None))
    return sorted(found, key=lambda each: (each.until is None, each.label))
