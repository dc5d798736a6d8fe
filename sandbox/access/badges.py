"""Badges: what a keyboard-wedge reader types, and whose it is (design.md sections 3 and 6).

A number belongs to one holder of the clinic: a personal account, or an assistant named on a shared
one. It is never kept. ``mark = HMAC-SHA256(badge key, number)``, in hexadecimal, is what computers
are told, with the key beside the grant, so that a badge is found without asking the server. A badge
number is short and can be tried out by whoever has the key: it is no secret like a PIN, and counts
for a personal account only while its PIN window lasts (facts.md section 5; threats T5).
"""

import hmac
import secrets
from base64 import urlsafe_b64encode

from sqlalchemy import select
from sqlalchemy.orm import Session

from sandbox.contract.refusals import Refusal
from sandbox.server.server_state import kept
from sandbox.tables.badged import Badge
from sandbox.tables.rows import Account, Person

SHORTEST, LONGEST = 4, 64
KEY_LENGTH = 32


class Unfit(Exception):
    """A badge that cannot be given. ``holder``: who has it; empty where it is no badge's number."""

    def __init__(self, holder: str = "") -> None:
        super().__init__("unfit")
        self.holder = holder


def give(db: Session, holder: str, typed: str) -> None:
    """From now on it is theirs, and the one that they had before is nobody's."""
    _demand_holder(db, holder)
    number = typed.strip()
    if not SHORTEST <= len(number) <= LONGEST or not number.isascii() or not number.isprintable():
        raise Unfit
    mark = mark_of(_key(db), number)
    there = db.scalars(select(Badge).where(Badge.mark == mark)).first()
    if there is not None and there.holder != holder:
        raise Unfit(_name(db, there.holder))
    db.merge(Badge(holder=holder, mark=mark))
    db.flush()


def take_off(db: Session, holder: str) -> None:
    """Their badge is nobody's any more: it was lost, or they left."""
    row = db.get(Badge, holder)
    if row is not None:
        db.delete(row)
        db.flush()


def marks(db: Session) -> dict[str, str]:
    """By holder: what computers know a badge by."""
    return {each.holder: each.mark for each in db.scalars(select(Badge))}


def held(db: Session, holder: str) -> bool:
    """Whether they have one."""
    return db.get(Badge, holder) is not None


def told_key(db: Session) -> str | None:
    """The key for computers (base64url, 32 bytes), where the clinic has badges at all."""
    if db.scalars(select(Badge.holder).limit(1)).first() is None:
        return None
    return urlsafe_b64encode(_key(db)).decode().rstrip("=")


def mark_of(key: bytes, number: str) -> str:
    """What a number is known by."""
    return hmac.digest(key, number.encode(), "sha256").hex()


def holders(db: Session) -> list[Account | Person]:
    """Everybody who can have one: who has a login of their own, or a name on a shared one."""
    accounts = db.scalars(select(Account).where(~Account.shared, Account.active)).all()
    people = db.scalars(select(Person)).all()
    return sorted([*accounts, *people], key=lambda each: (named(each).casefold(), each.id))


def named(holder: Account | Person) -> str:
    """What a holder is called."""
    return holder.label if isinstance(holder, Account) else holder.name


def _demand_holder(db: Session, holder: str) -> None:
    account = db.get(Account, holder)
    personal = account is not None and account.active and not account.shared
    if not personal and db.get(Person, holder) is None:
        raise Refusal("unknown", "nobody who can have a badge")


def _name(db: Session, holder: str) -> str:
    found = db.get(Account, holder) or db.get(Person, holder)
    return named(found) if found is not None else "somebody else"


def _key(db: Session) -> bytes:
    return bytes.fromhex(kept(db, "badge_key", lambda: secrets.token_hex(KEY_LENGTH)))
