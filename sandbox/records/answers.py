"""What the audit answers to a question: records of computers, pages opened, audits taken along.

One list, newest first, a part at a time. A name is looked for in what was recorded, in what was
said to be true instead, and, of what is not believed, in what it claims.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    column,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    tuple_,
    values,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from sandbox.names import names
from sandbox.records.corrections import Corrections, said_instead
from sandbox.records.questions import Question
from sandbox.records.record_standing import NOT_BELIEVED
from sandbox.server.moment import precise
from sandbox.tables.readings import AuditExport, PageOpening
from sandbox.tables.rows import Account, Appointment, AuditRecord, KioskSession

AT_ONCE = 500  # a database takes only so many keys in one statement

Kept = TypeVar("Kept", PageOpening, AuditExport)
Key = tuple[str, str, str, int]
Text = InstrumentedAttribute[str]


@dataclass(frozen=True, slots=True)
class Recorded:
    """A computer's record, and the appointment it is about, while there is one.

    ``later`` is who it was said to be of, if not of whom it names.
    """

    row: AuditRecord
    visit: Appointment | None
    later: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A page that was opened: by whom, and who that was later said to have been."""

    row: PageOpening
    account: Account | None
    session: KioskSession | None
    visit: Appointment | None
    later: str


@dataclass(frozen=True, slots=True)
class Taken:
    """An audit that was taken along."""

    row: AuditExport
    account: Account | None
    session: KioskSession | None


Entry = Recorded | Opened | Taken


class Answer:
    """The answer to one question, in one transaction."""

    def __init__(self, db: Session, question: Question) -> None:
        self._db = db
        self._question = question
        self._corrections = Corrections(db, question.start, question.end)

    def count(self) -> int:
        """How many lines it has."""
        return self._db.scalar(select(func.count()).select_from(self._keys().subquery())) or 0

    def lines(self, skipped: int, most: int) -> list[Entry]:
        """A part of it, newest first."""
        found = self._keys().subquery()
        ordered = (
            select(found)
            .order_by(found.c.at.desc(), found.c.kind, found.c.chain, found.c.number.desc())
            .offset(skipped)
            .limit(most)
        )
        keys: list[Key] = [(e.kind, e.at, e.chain, e.number) for e in self._db.execute(ordered)]
        entries: list[Entry] = []
        for first in range(0, len(keys), AT_ONCE):
            entries += self._fetched(keys[first : first + AT_ONCE])
        return entries

    def of_deleted(self) -> int:
        """How many openings were of appointments that are deleted: of any patient."""
        q = self._question
        wanted = (
            select(func.count())
            .select_from(PageOpening)
            .outerjoin(Appointment, Appointment.id == PageOpening.appointment_id)
            .where(*self._when_and_where(PageOpening), Appointment.id.is_(None))
        )
        return self._db.scalar(wanted) or 0 if q.patient else 0

    def _keys(self) -> Select[Key]:
        records = select(
            literal("record").label("kind"),
            AuditRecord.at.label("at"),
            AuditRecord.chain.label("chain"),
            AuditRecord.sequence.label("number"),
        ).where(*self._when_and_where(AuditRecord))
        openings = (
            select(literal("opening"), PageOpening.at, literal(""), PageOpening.id)
            .outerjoin(Account, Account.id == PageOpening.account_id)
            .outerjoin(KioskSession, KioskSession.id == PageOpening.kiosk_session_id)
            .where(*self._when_and_where(PageOpening))
        )
        exports = (
            select(literal("export"), AuditExport.at, literal(""), AuditExport.id)
            .outerjoin(Account, Account.id == AuditExport.account_id)
            .outerjoin(KioskSession, KioskSession.id == AuditExport.kiosk_session_id)
            .where(*self._when_and_where(AuditExport))
        )
        if word := names.folded(self._question.patient):
            theirs = select(Appointment.id).where(_has(Appointment.patient, word))
            records = records.where(AuditRecord.subject.in_(theirs))
            openings = openings.where(PageOpening.appointment_id.in_(theirs))
            exports = exports.where(_about(AuditExport.patient, word))
        if word := names.folded(self._question.person):
            named_so = or_(_has(KioskSession.person_name, word), _has(Account.label, word))
            records = records.where(self._records_of(word))
            openings = openings.where(
                or_(named_so, PageOpening.kiosk_session_id.in_(self._corrected_sessions(word)))
            )
            exports = exports.where(named_so)
        union = records.union_all(openings, exports).subquery()
        return select(union.c.kind, union.c.at, union.c.chain, union.c.number)

    def _when_and_where(
        self, table: type[AuditRecord | PageOpening | AuditExport]
    ) -> Iterable[ColumnElement[bool]]:
        q = self._question
        yield table.at >= precise(q.start)
        yield table.at < precise(q.end)
        if q.room:
            yield table.location + literal(", ") + table.operatory == q.room

    def _records_of(self, word: str) -> ColumnElement[bool]:
        claimed = and_(AuditRecord.standing == NOT_BELIEVED, _has(AuditRecord.actor, word))
        instead = [
            (each.chain, each.sequence)
            for each in self._corrections.records
            if word in names.folded(said_instead(self._db, each))
        ]
        return or_(
            _has(AuditRecord.who, word),
            _has(AuditRecord.account_label, word),
            claimed,
            tuple_(AuditRecord.chain, AuditRecord.sequence).in_(instead),
            self._in_a_stretch_of(word),
        )

    def _in_a_stretch_of(self, word: str) -> ColumnElement[bool]:
        """What names somebody, and was said to have been this one's.

        Looked up in one list: of conditions side by side a database takes a thousand.
        """
        found = [
            (each.chain, each.account, each.actor, each.first, each.end)
            for each in self._corrections.stretches
            if word in names.folded(each.instead)
        ]
        if not found:
            return false()
        stretch = values(
            *(column(name, String) for name in ("chain", "account", "actor")),
            *(column(name, Integer) for name in ("first", "end")),
        )
        there = stretch.data(found).cte("stretch").c
        return and_(
            AuditRecord.who != "",
            exists().where(
                AuditRecord.chain == there.chain,
                AuditRecord.account == there.account,
                AuditRecord.actor == there.actor,
                AuditRecord.sequence >= there.first,
                AuditRecord.sequence < there.end,
            ),
        )

    def _corrected_sessions(self, word: str) -> list[str]:
        """The sessions in which a page was opened, and whose person was later said to be this."""
        opened_in = select(PageOpening.kiosk_session_id).where(*self._when_and_where(PageOpening))
        wanted = select(KioskSession).where(
            KioskSession.id.in_(opened_in),
            KioskSession.person_id.in_({each.actor for each in self._corrections.records}),
        )
        found = self._db.scalars(wanted)
        return [each.id for each in found if word in names.folded(self._corrections.of(each))]

    def _fetched(self, keys: list[Key]) -> list[Entry]:
        db = self._db
        numbers = {
            kind: [number for k, _, _, number in keys if k == kind]
            for kind in ("opening", "export")
        }
        pairs = [(chain, number) for kind, _, chain, number in keys if kind == "record"]
        wanted = select(AuditRecord).where(
            tuple_(AuditRecord.chain, AuditRecord.sequence).in_(pairs)
        )
        records = {(each.chain, each.sequence): each for each in db.scalars(wanted)}
        openings = _by_id(db, PageOpening, numbers["opening"])
        exports = _by_id(db, AuditExport, numbers["export"])
        subjects = {each.subject for each in records.values() if each.subject}
        subjects |= {each.appointment_id for each in openings.values()}
        visits = {
            each.id: each
            for each in db.scalars(select(Appointment).where(Appointment.id.in_(subjects)))
        }
        entries: list[Entry] = []
        for kind, _, chain, number in keys:
            if kind == "record":
                record = records[chain, number]
                later = self._corrections.of_record(record)
                entries.append(Recorded(record, visits.get(record.subject), later))
            elif kind == "opening":
                entries.append(self._opened(openings[number], visits))
            else:
                row = exports[number]
                account, session = self._who(row)
                entries.append(Taken(row, account, session))
        return entries

    def _opened(self, row: PageOpening, visits: dict[str, Appointment]) -> Opened:
        account, session = self._who(row)
        later = self._corrections.of(session) if session is not None else ""
        return Opened(row, account, session, visits.get(row.appointment_id), later)

    def _who(self, row: PageOpening | AuditExport) -> tuple[Account | None, KioskSession | None]:
        session_id = row.kiosk_session_id
        session = self._db.get(KioskSession, session_id) if session_id is not None else None
        return self._db.get(Account, row.account_id), session


def _by_id(db: Session, table: type[Kept], ids: list[int]) -> dict[int, Kept]:
    return {each.id: each for each in db.scalars(select(table).where(table.id.in_(ids)))}


def _has(column: Text, word: str) -> ColumnElement[bool]:
    return func.instr(func.folded(column), word) > 0


def _about(column: Text, word: str) -> ColumnElement[bool]:
    """Either is a part of the other: who asked for "Isolde" was given Isolde Rookwood."""
    told = and_(column != "", func.instr(literal(word), func.folded(column)) > 0)
    return or_(_has(column, word), told)
