"""Who shares which login, and who wears a badge, as the Members page shows it."""

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from sandbox.access import badges
from sandbox.admin import assistants
from sandbox.identity import floats
from sandbox.server.clinic_days import ZONE
from sandbox.server.moment import short_date_words
from sandbox.tables.rows import Account, Person, SelfNamed


@dataclass(frozen=True, slots=True)
class Float:
    """Somebody who typed their own name, and when and where in words."""

    name: str
    heard: str


@dataclass(frozen=True, slots=True)
class Share:
    """A shared login, the assistants on its list, and who waits for a decision."""

    account: Account
    listed: list[Person]
    floats: list[Float]


def shares(db: Session) -> list[Share]:
    """Every shared login, by its name."""
    wanted = select(Account).where(Account.shared).order_by(Account.label)
    return [
        Share(each, assistants.listed(db, each), [_float(f) for f in floats.undecided(db, each)])
        for each in db.scalars(wanted)
    ]


@dataclass(frozen=True, slots=True)
class Wearer:
    """Somebody who can have a badge: how they sign in, and whether they have one."""

    id: str
    name: str
    enters: str
    badge: bool


def wearers(db: Session) -> list[Wearer]:
    """Everybody who can have one, by name."""
    marks = badges.marks(db)
    return [
        Wearer(each.id, badges.named(each), _enters(db, each), each.id in marks)
        for each in badges.holders(db)
    ]


def _enters(db: Session, holder: Account | Person) -> str:
    if isinstance(holder, Account):
        return "Own login"
    return f"On {db.get_one(Account, holder.account_id).label}"


def _float(row: SelfNamed) -> Float:
    noon = datetime.combine(date.fromisoformat(row.day), time(12), ZONE)
    return Float(row.name, f"{short_date_words(noon)} · {row.operatory} · {row.location}")
