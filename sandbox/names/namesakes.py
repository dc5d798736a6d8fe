"""Everybody's name in the organization, and whether a new one could be taken for one of them.

A name stands for one person wherever it is exactly the same (``sandbox.admin.departures``). One
that only looks the same is somebody else's way to sign as them.
"""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from sandbox.names import names
from sandbox.tables.rows import Account, Person


def passes_for_another(db: Session, name: str, but: str = "") -> bool:
    """Whether it only looks like the name of somebody who has a login, or is listed on one.

    ``but`` is the id of whoever is to be called so.
    """
    return any(names.only_looks_like(each, name) for each in _all(db, but))


def is_anothers_login(db: Session, name: str) -> bool:
    """Whether it is, or looks like, what a login is called."""
    return any(names.alike(each, name) for each in db.scalars(select(Account.label)))


def is_shared_login(db: Session, name: str) -> bool:
    """Whether it is, or looks like, what a login is called that nobody is."""
    wanted = select(Account.label).where(Account.shared)
    return any(names.alike(each, name) for each in db.scalars(wanted))


def _all(db: Session, but: str) -> Iterator[str]:
    yield from db.scalars(select(Account.label).where(Account.id != but))
    yield from db.scalars(select(Person.name).where(Person.id != but))
