"""Floats: who typed their own name on a shared account, good until the clinic's midnight.

Heard when a session starts, or when the audit tells of one who worked offline. The account's other
computers learn of them by the grant, so that a name is typed once a day. Nobody vouches for it: an
admin keeps it, and it becomes a listed assistant's, or drops it.
"""

import re
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from sandbox.identity.accounts import people
from sandbox.names import names, namesakes
from sandbox.server.clinic_days import day_of, midnight_after
from sandbox.server.moment import rfc3339
from sandbox.tables.rows import Account, Device, Listing, Person, SelfNamed

MOST, MOST_A_DAY = 50, 500
"""Offered at one time, and kept at all: what an admin dropped makes room again."""
AS_IDS_ARE = re.compile("[a-z]{3}-[0-9a-f]{16}")
KEPT = "kept"
DROPPED = "dropped"


def may_be(db: Session, account: Account, written: str) -> bool:
    """Whether somebody may call themselves that: a name as it is shown, nobody's id, and nothing
    that only looks like the name of somebody else of the organization."""
    if not account.shared or written != names.tidy(written) or not names.fits(written):
        return False
    return not _is_an_id(db, written) and not namesakes.passes_for_another(db, written)


def _is_an_id(db: Session, written: str) -> bool:
    """Whether it stands for somebody: here, on any account, now or ever, or as ids are made."""
    if AS_IDS_ARE.fullmatch(written.casefold()):
        return True
    known = {*db.scalars(select(Account.id)), *db.scalars(select(Person.id))}
    known |= set(db.scalars(select(Listing.actor).distinct()))
    return any(names.alike(each, written) for each in known)


def heard(db: Session, account: Account, written: str, device: Device, now: datetime) -> None:
    """Somebody typed this name; what is listed, known, unfit or too many is passed over.

    Never refused: it decides what other rooms offer, not who may work.
    """
    name = names.tidy(written)
    if not account.shared or not names.fits(name):
        return
    listed = any(names.alike(each["name"], name) for each in people(db, account))
    if listed or namesakes.is_anothers_login(db, name) or namesakes.passes_for_another(db, name):
        return
    today = _of_day(db, account, day_of(now))
    for each in today:
        if names.alike(each.name, name):
            if each.decided == KEPT:
                each.decided = ""  # kept once, but taken off the list since
            return
    if len(today) >= MOST_A_DAY or sum(not each.decided for each in today) >= MOST:
        return  # whoever mashes the keys fills nobody else's screen
    db.add(
        SelfNamed(
            account_id=account.id,
            name=name,
            day=day_of(now),
            until=midnight_after(now),
            location=device.location,
            operatory=device.operatory,
        )
    )
    db.flush()


def of_today(db: Session, account: Account, now: datetime) -> list[SelfNamed]:
    """Today's floats by name: not dropped, and not among the people already."""
    if db.scalar(select(Person.id).where(Person.account_id == account.id).limit(1)) is None:
        return []
    open_ = (each for each in _of_day(db, account, day_of(now)) if not each.decided)
    return sorted(open_, key=lambda each: each.name)


def values_of_today(db: Session, account: Account, now: datetime) -> list[dict[str, str]]:
    """``[{name, until}]``, as a grant says them."""
    found = of_today(db, account, now)
    return [{"name": each.name, "until": rfc3339(each.until)} for each in found]


def undecided(db: Session, account: Account) -> list[SelfNamed]:
    """Each name that waits for an admin once, by the day it was last heard, the newest first."""
    wanted = (
        select(SelfNamed)
        .where(SelfNamed.account_id == account.id, SelfNamed.decided == "")
        .order_by(SelfNamed.day.desc(), SelfNamed.name)
    )
    found: dict[str, SelfNamed] = {}
    for each in db.scalars(wanted):
        found.setdefault(each.name.casefold(), each)
    return list(found.values())


def called(db: Session, account: Account, written: str) -> str:
    """A name that somebody typed on this account on any day, or nothing."""
    wanted = select(SelfNamed.name).where(SelfNamed.account_id == account.id)
    return next((each for each in db.scalars(wanted) if names.same(each, written)), "")


def keep(db: Session, account: Account, name: str) -> None:
    """The name is a listed assistant's now."""
    _decide(db, account, name, KEPT)


def drop(db: Session, account: Account, name: str) -> None:
    """The name is offered nowhere any longer, until somebody types it on another day."""
    _decide(db, account, name, DROPPED)


def _decide(db: Session, account: Account, name: str, decided: str) -> None:
    wanted = select(SelfNamed).where(SelfNamed.account_id == account.id, SelfNamed.decided == "")
    for each in db.scalars(wanted):
        if names.alike(each.name, name):
            each.decided = decided
    db.flush()


def _of_day(db: Session, account: Account, day: str) -> list[SelfNamed]:
    wanted = select(SelfNamed).where(SelfNamed.account_id == account.id, SelfNamed.day == day)
    return list(db.scalars(wanted))
