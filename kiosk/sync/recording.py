"""The witness: notes in the keychain how far the audit has come, and holds the file against it.

Whoever edits the audit's file can rewrite it, give it another name, or take its newest records away
with what was signed with them; what the keychain remembers they cannot (threats.md T15, T24). A
file that contradicts it is written on, since a team works, and is not passed off as ours: nothing
of it is signed or sent. The server remembers more, once it was reached.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Protocol

from kiosk.session.model.audit import Record
from kiosk.session.model.case import CaseNote
from kiosk.session.model.commands import Command
from kiosk.session.model.people import Person, Strength
from kiosk.session.model.refusals import Fault
from kiosk.session.ports import Records
from kiosk.sync.records.audit_store import Store
from kiosk.sync.records.chain import Note, Tail
from kiosk.sync.secrets.case_notes import KeptCase, case_of, written_case
from kiosk.sync.secrets.safe import Safe

EVERY = timedelta(minutes=1)
"""A keychain is slow: what is recorded within that of a note is noted with the record after it."""


class Vouching(Protocol):
    """Who knows which records this kiosk wrote. From any lane."""

    def vouched(self) -> tuple[Tail, ...] | Fault:
        """The records that all that is sent has to lead to; a fault where nothing may be sent."""
        ...

    def forked(self) -> None:
        """The server refuses this chain: the next start may begin another."""
        ...


class Soundness(Enum):
    """How the file stands to what the keychain remembers."""

    UNKNOWN = auto()  # the keychain was not to be asked yet
    SOUND = auto()
    CONTRADICTED = auto()


class AuditWriter(Records, Vouching):
    """The durable audit, and what the keychain knows of it. ``on_local`` is its own lane, later."""

    def __init__(
        self,
        store: Store,
        safe: Safe,
        now: Callable[[], datetime],
        on_local: Callable[[Callable[[], None]], None],
    ) -> None:
        self.store = store
        self._safe = safe
        self._now = now
        self._on_local = on_local
        self._noted_at: datetime | None = None
        # A chain without a record can hold nobody's forgery: it was begun at this start.
        self._began = store.tail.sequence == 0
        self._tail = store.tail
        self._start: tuple[Tail, ...] = ()
        self._soundness = Soundness.UNKNOWN
        self._look()

    @property
    def unkept(self) -> int:
        """How many records still wait for the disk."""
        return self.store.unkept

    def keep(self, record: Record, command: Command | None = None) -> Fault | None:
        """Make it durable. Whoever waits for that does not wait for the keychain too."""
        fault = self.store.keep(record, command)
        # Also after a fault: some of those that waited may be durable.
        self._tail = self.store.tail
        at = self._now()
        if self._soundness is Soundness.UNKNOWN:
            self._on_local(self._look)
        elif fault is None and self._soundness is Soundness.SOUND and not self._lately(at):
            self._noted_at = at
            self._on_local(self._note)
        return fault

    def keep_case(self, note: CaseNote | None) -> Fault | None:
        """Its start is durable first: what the keychain remembers leads to that record."""
        if note is None:
            return self._safe.forget_case()
        if self._soundness is Soundness.CONTRADICTED:
            return Fault.RECORDS_BROKEN
        record = self.store.begins_case(note.sequence)
        if record is None:
            return Fault.RECORDS_FULL
        return self._safe.keep_case(written_case(KeptCase(note, record)))

    def case(self) -> CaseNote | int | None:
        """The case that was not ended; only its number where audit and keychain do not agree.

        A kill between the record and the note leaves one that counts for nothing, and has to end.
        """
        return self._agreed() or self.store.open_case() or None

    def _agreed(self) -> CaseNote | None:
        text = self._safe.case()
        kept = case_of(text) if isinstance(text, str) else None
        if kept is None or self._soundness is Soundness.CONTRADICTED:
            return None
        if self.store.begins_case(kept.note.sequence) != kept.record:
            return None
        relief = self.store.relief_in(kept.note.sequence)
        if relief in ("", kept.note.person.id):
            return kept.note
        # They were recorded, and the note of it did not come to be written. Whoever edits the file
        # could write that too (T24): it counts as a tap, which anybody here can make.
        return replace(kept.note, person=Person(relief, relief), strength=Strength.TILE)

    def vouched(self) -> tuple[Tail, ...] | Fault:
        """What the keychain remembered at the start, and what was written last."""
        match self._soundness:
            case Soundness.SOUND:
                return (*self._start, self._tail)
            case Soundness.CONTRADICTED:
                return Fault.RECORDS_BROKEN
            case Soundness.UNKNOWN:
                self._on_local(self._look)
                note = self._safe.note()
                return note if isinstance(note, Fault) else Fault.KEYCHAIN_SLOW

    def forked(self) -> None:
        """Where it cannot be noted, the chain that follows counts as put in this one's place."""
        note = self._safe.note()
        if isinstance(note, Note):
            self._safe.keep_note(replace(note, over=True))

    def _look(self) -> None:
        """Hold the file against what the keychain remembers, once it says so."""
        if self._soundness is not Soundness.UNKNOWN:
            return
        note = self._safe.note()
        if isinstance(note, Fault):
            return
        if note is None:
            self._soundness = Soundness.SOUND
        elif note.tail.chain == self._tail.chain:
            sound = self.store.holds(note.tail)
            self._start = (note.tail,)
            self._soundness = Soundness.SOUND if sound else Soundness.CONTRADICTED
        elif not self._began:
            self._soundness = Soundness.CONTRADICTED
        else:
            lost = note.lost or (None if note.over else note.tail)
            if self._safe.keep_note(Note(self.store.tail, lost=lost)) is None:
                self._soundness = Soundness.SOUND

    def _lately(self, at: datetime) -> bool:
        return self._noted_at is not None and timedelta(0) <= at - self._noted_at < EVERY

    def _note(self) -> None:
        if self._safe.keep_tail(self.store.tail) is not None:
            self._noted_at = None  # with the next record
