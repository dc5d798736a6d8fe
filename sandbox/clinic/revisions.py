"""How many changes each location's schedule has seen: what a cursor counts upon."""

from sqlalchemy.orm import Session

from sandbox.tables.rows import Revision


def revision(db: Session, location: str) -> int:
    """The number of the location's latest change; 0 before the first."""
    row = db.get(Revision, location)
    return 0 if row is None else row.number


def next_revision(db: Session, location: str) -> int:
    """Count one more change."""
    row = db.get(Revision, location)
    if row is None:
        row = Revision(location=location, number=0)
        db.add(row)
    row.number += 1
    return row.number
