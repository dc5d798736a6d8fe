"""Who shares a shared account: the list of named assistants, which an admin keeps.

The list says whom the tiles offer. What somebody did stays theirs when they leave it: listings
and audit records are never touched from here.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from sandbox.access import badges, sessions
from sandbox.contract.refusals import Refusal
from sandbox.identity import floats
from sandbox.names import names, namesakes
from sandbox.server.tokens import new_id
from sandbox.tables.rows import Account, Person


class Unfit(Exception):
    """A name that cannot be listed. ``why``: ``unfit`` in itself, ``taken`` by another, or only
    ``alike``."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def shared_account(db: Session, account_id: str) -> Account:
    """The account that several share; nobody can be listed on another."""
    account = db.get(Account, account_id)
    if account is None or not account.shared:
        raise Refusal("unknown", "no such shared account")
    return account


def listed(db: Session, account: Account) -> list[Person]:
    """The named assistants, by name."""
    wanted = select(Person).where(Person.account_id == account.id)
    return sorted(db.scalars(wanted), key=lambda each: each.name.casefold())


def add(db: Session, account: Account, written: str) -> Person:
    """One more assistant. A float of that name is one of them from now on."""
    name = _free(db, account, written)
    person = Person(id=new_id("per"), account_id=account.id, name=name)
    db.add(person)
    floats.keep(db, account, name)
    return person


def keep(db: Session, account: Account, name: str) -> None:
    """List a float who waits for a decision; where it was taken already, it stays taken."""
    if any(names.same(each.name, name) for each in floats.undecided(db, account)):
        add(db, account, name)


def rename(db: Session, account: Account, person_id: str, written: str) -> None:
    """Call an assistant otherwise; what was recorded keeps the name it was recorded with."""
    person = _of(db, account, person_id)
    if person is None:
        raise Refusal("unknown", "no such assistant")
    person.name = _free(db, account, written, but=person)
    floats.keep(db, account, person.name)


def remove(db: Session, account: Account, person_id: str, now: datetime) -> None:
    """Take an assistant off the list; whatever they have open on this account ends at once,
    and their badge is nobody's any more.

    Who is not listed is off it already.
    """
    person = _of(db, account, person_id)
    if person is None:
        return
    sessions.end_all(db, now, account_id=account.id, person_id=person.id)
    badges.take_off(db, person.id)
    db.delete(person)
    db.flush()


def _of(db: Session, account: Account, person_id: str) -> Person | None:
    person = db.get(Person, person_id)
    return person if person is not None and person.account_id == account.id else None


def _free(db: Session, account: Account, written: str, but: Person | None = None) -> str:
    name = names.tidy(written)
    if not names.fits(name):
        raise Unfit("unfit")
    others = (each for each in listed(db, account) if each is not but)
    if any(names.same(each.name, name) for each in others):
        raise Unfit("taken")
    known_as = but.id if but is not None else ""
    if namesakes.is_shared_login(db, name) or namesakes.passes_for_another(db, name, known_as):
        raise Unfit("alike")
    return name
