"""Who it was after all: what a later record says about the person whom earlier ones name.

A correction changes nothing that was recorded; it stands beside it. What is not believed corrects
nobody.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from sandbox.access.sessions import LONGEST
from sandbox.identity import floats
from sandbox.records.record_standing import NOT_BELIEVED, SLACK
from sandbox.server.moment import precise
from sandbox.tables.rows import Account, AuditRecord, KioskSession, Listing

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


@dataclass(frozen=True, slots=True)
class Stretch:
    """One person's time at a computer, by its records ``first`` to before ``end``; ``correction``
    is the one that says it was ``instead``."""

    chain: str
    account: str
    actor: str
    first: int
    end: int
    correction: int
    instead: str

    def has(self, record: AuditRecord) -> bool:
        """Whether that record is one of those that name the wrong one."""
        whose = (record.chain, record.account, record.actor)
        there = self.first <= record.sequence < self.end and record.sequence != self.correction
        return there and record.who != "" and whose == (self.chain, self.account, self.actor)


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

    @cached_property
    def stretches(self) -> list[Stretch]:
        """What each of them is about: from that person's entry to the next one at that computer."""
        return list(self._stretches())

    def of_record(self, record: AuditRecord) -> str:
        """Who that record was later said to be of, or nothing."""
        return next((each.instead for each in self.stretches if each.has(record)), "")

    def _stretches(self) -> Iterator[Stretch]:
        for each in self.records:
            entries = (AuditRecord.chain == each.chain, AuditRecord.act == "entered")
            last = select(func.max(AuditRecord.sequence))
            first = self._db.scalar(last.where(*entries, AuditRecord.sequence < each.sequence))
            after = select(func.min(AuditRecord.sequence))
            end = self._db.scalar(after.where(*entries, AuditRecord.sequence > each.sequence))
            yield Stretch(
                each.chain,
                each.account,
                each.actor,
                first or 1,
                end or sys.maxsize,
                each.sequence,
                said_instead(self._db, each) or SOMEONE_ELSE,
            )

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
