"""The protection level of the computers (design.md section 6), as each says it with a sign-in.

For an admin to read on *Devices*, and nothing else: a copy of a computer says what it likes (T21).
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from sandbox.tables.protected import Protected


def told(db: Session, jkt: str, level: str | None) -> None:
    """That computer says so; one that says nothing is not asked."""
    if level is None:
        return
    row = db.get(Protected, jkt)
    if row is None:
        db.add(Protected(jkt=jkt, level=level))
    else:
        row.level = level


def levels(db: Session) -> dict[str, str]:
    """What each said last."""
    return {each.jkt: each.level for each in db.scalars(select(Protected))}
