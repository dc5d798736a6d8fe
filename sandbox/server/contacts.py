"""When a computer was last heard of: written with the call it proved, once a minute at most.

A table of its own, because a change of ``Device`` wakes the computers that wait for news, and each
of them polls all day. Only calls that were accepted count, and only computers that ever joined: a
made-up key proves itself too, and would fill the table.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from sandbox.tables.rows import Contact, Device

BETWEEN = timedelta(minutes=1)
_CALLER = "proved by"


def proved(db: Session, jkt: str) -> None:
    """This unit of work is a call of that computer's; ``note`` writes it, if it is accepted."""
    db.info[_CALLER] = jkt


def note(db: Session, now: datetime) -> None:
    """At the end of accepted work: its computer was here now."""
    jkt = db.info.get(_CALLER)
    if jkt is None or db.get(Device, jkt) is None:
        return
    contact = db.get(Contact, jkt)
    if contact is None:
        db.add(Contact(jkt=jkt, seen_at=now))
    elif now >= contact.seen_at + BETWEEN:
        contact.seen_at = now


def seen(db: Session) -> Mapping[str, datetime]:
    """When each computer was heard of last."""
    return {each.jkt: each.seen_at for each in db.scalars(select(Contact))}
