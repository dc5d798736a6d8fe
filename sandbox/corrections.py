"""Who it was after all: what a later record says about the person whom earlier ones name.

A correction changes nothing that was recorded; it stands beside it. What is not believed corrects
nobody.
"""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from sandbox import floats
from sandbox.moment import precise
from sandbox.rows import Account, AuditRecord, KioskSession, Listing
from sandbox.sessions import LONGEST
from sandbox.standing import NOT_BELIEVED, SLACK

REACHES_BACK = timedelta(hours=12)
SOMEONE_ELSE = "someone else"


def said_instead(db: Session, record: AuditRecord) -> str:
    """Who it was, if that computer's lists or the floats of the account name them.

    Nothing where the record itself names nobody: then neither does its correction.
    """
    if not record.who:
        return ""
    listing = db.get(Listing, (record.account, record.device, record.detail))
    if listing is not None:
        return listing.name
    account = db.get(Account, record.account)
    called = floats.called(db, account, record.detail) if account is not None else ""
    if called:
        return called
    # Somebody listed since under another id: the entry beside the correction says the name.
    beside = select(AuditRecord.who).where(
        AuditRecord.chain == record.chain,
        AuditRecord.actor == record.detail,
        AuditRecord.who != "",
    )
    return db.scalar(beside.limit(1)) or ""


class Corrections:
    """The believed corrections that may concern what was read between two instants."""

    def __init__(self, db: Session, start: datetime, end: datetime) -> None:
        wanted = (
            select(AuditRecord)
            .where(
                AuditRecord.act == "corrected",
                AuditRecord.standing != NOT_BELIEVED,
                AuditRecord.at >= precise(start - LONGEST),
                AuditRecord.at < precise(end + REACHES_BACK),
            )
            .order_by(AuditRecord.at)
        )
        self._db = db
        self.records = list(db.scalars(wanted))

    def of(self, session: KioskSession) -> str:
        """Who the person of this session was later said to have been, or nothing.

        The nearest correction after its beginning, while it lasted: one that came later is about
        another session of the same person.
        """
        latest = session.started_at + REACHES_BACK
        if session.ended_at is not None:
            latest = min(latest, session.ended_at + SLACK)
        for each in self.records:
            whose = (each.account, each.actor, each.device)
            if whose != (session.account_id, session.person_id, session.jkt):
                continue
            if precise(session.started_at) <= each.at <= precise(latest):
                return said_instead(self._db, each) or SOMEONE_ELSE
        return ""
