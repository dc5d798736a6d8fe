"""The witness: notes in the keychain how far the audit has come.

Whoever edits the audit's file can take its newest records away, and what was signed with them; what
the keychain remembers they cannot (threats.md T15). The server remembers more, once it was reached.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from kiosk.ports import Records
from kiosk.session.audit import Record
from kiosk.session.commands import Command
from kiosk.session.refusals import Fault
from kiosk.sync.safe import Safe
from kiosk.sync.store import Store

EVERY = timedelta(minutes=1)
"""A keychain is slow: what is recorded within that of a note is noted with the record after it."""


class Witness(Records):
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

    @property
    def unkept(self) -> int:
        """How many records still wait for the disk."""
        return self.store.unkept

    def keep(self, record: Record, command: Command | None = None) -> Fault | None:
        """Make it durable. Whoever waits for that does not wait for the keychain too."""
        fault = self.store.keep(record, command)
        at = self._now()
        if fault is None and not self._lately(at):
            self._noted_at = at
            self._on_local(self._note)
        return fault

    def _lately(self, at: datetime) -> bool:
        return self._noted_at is not None and timedelta(0) <= at - self._noted_at < EVERY

    def _note(self) -> None:
        if self._safe.keep_tail(self.store.tail) is not None:
            self._noted_at = None  # with the next record
