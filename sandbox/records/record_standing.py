"""What the server makes of a computer's word: which records it can prove, believe, or only keep.

Decided once, when a record arrives, and never again (threats T2, T22). A stolen computer can sign
whatever it likes; it cannot make the server name somebody whom no grant listed there, nor write
into the past behind what was believed already.
"""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from sandbox.access.grants import LONGEST
from sandbox.contract.bodies import AuditRecord
from sandbox.identity import floats
from sandbox.identity.strengths import SELF_NAMED, may_be_said
from sandbox.tables.rows import Account, Device, KioskSession, Listing

SESSION_PROVED = "session_proved"
DEVICE_CLAIMED = "device_claimed"
ORPHANED = "orphaned"
NOT_BELIEVED = "not_believed"

SLACK = timedelta(minutes=2)
AHEAD = timedelta(minutes=5)


class Witness:
    """What the server itself knows about the computers that a batch speaks of; read once."""

    def __init__(self, db: Session, pusher: str, now: datetime) -> None:
        """``pusher`` is the device that brings the batch."""
        self._db = db
        self._pusher = pusher
        self._now = now
        self._devices: dict[str, Device | None] = {}
        self._accounts: dict[str, Account | None] = {}
        self._listed: dict[tuple[str, str], dict[str, str]] = {}
        self._typed: dict[tuple[str, str], bool] = {}
        self._sessions: dict[tuple[str, str], list[KioskSession]] = {}

    def standing(self, record: AuditRecord, believed_until: datetime | None) -> str:
        """The standing of a record; ``believed_until`` is up to when the past is closed.

        By what had arrived before its batch: what comes together could be put in any order.
        """
        at = datetime.fromisoformat(record.at)
        device = self.device(record.device)
        if device is None or at < device.joined_at - SLACK or at > self._now + AHEAD:
            return NOT_BELIEVED
        if device.revoked_at is not None and at > device.revoked_at + LONGEST:
            return NOT_BELIEVED  # no grant of it lives any more, wherever it is
        if believed_until is not None and at < believed_until - SLACK:
            return NOT_BELIEVED
        if not self._may_have_acted(record):
            return NOT_BELIEVED
        if record.device != self._pusher:
            return ORPHANED
        return self.proved(record.account, record.actor, record.strength, at)

    def proved(self, account: str, actor: str, strength: str, at: datetime) -> str:
        """Whether a session of the pusher's own covers this moment of this person.

        A name that was only typed is proved by nothing.
        """
        if strength == SELF_NAMED:
            return DEVICE_CLAIMED
        for each in self._sessions_of(account, actor):
            last = (each.ended_at or each.ends_at) + SLACK
            if each.strength == strength and each.started_at - SLACK <= at <= last:
                return SESSION_PROVED
        return DEVICE_CLAIMED

    def name(self, account_id: str, device: str, actor: str, strength: str) -> str | None:
        """Who an actor is; nothing when no grant of that device listed them.

        Someone who named themselves is on no list, and is called what they typed: only on a
        shared account, and the record says that nobody vouches for the name.
        """
        listed, account = self.listed(account_id, device), self.account(account_id)
        if account is None or not may_be_said(account, strength):
            return None
        if strength != SELF_NAMED:
            return listed.get(actor)
        return actor if listed and self._may_be_typed(account, actor) else None

    def _may_be_typed(self, account: Account, name: str) -> bool:
        """Asked once for each name: a batch has hundreds of records of few people."""
        key = account.id, name
        if key not in self._typed:
            self._typed[key] = floats.may_be(self._db, account, name)
        return self._typed[key]

    def floating(self, record: AuditRecord) -> bool:
        """Whether the record's actor is on no list of that computer and typed their own name."""
        listed = self.listed(record.account, record.device)
        return record.strength == SELF_NAMED and bool(record.actor) and record.actor not in listed

    def device(self, jkt: str) -> Device | None:
        """The computer, if it ever joined."""
        if jkt not in self._devices:
            self._devices[jkt] = self._db.get(Device, jkt)
        return self._devices[jkt]

    def account(self, account_id: str) -> Account | None:
        """The account, if there is one."""
        if account_id not in self._accounts:
            self._accounts[account_id] = self._db.get(Account, account_id)
        return self._accounts[account_id]

    def listed(self, account_id: str, device: str) -> dict[str, str]:
        """Names by actor, whom grants of that device ever listed for that account."""
        key = account_id, device
        if key not in self._listed:
            wanted = select(Listing).where(Listing.account_id == account_id, Listing.jkt == device)
            self._listed[key] = {each.actor: each.name for each in self._db.scalars(wanted)}
        return self._listed[key]

    def _may_have_acted(self, record: AuditRecord) -> bool:
        if not record.actor:
            # Nobody is named: a computer that joins, or leaves. The account must still be its own.
            return not record.account or bool(self.listed(record.account, record.device))
        return self.name(record.account, record.device, record.actor, record.strength) is not None

    def _sessions_of(self, account: str, actor: str) -> list[KioskSession]:
        key = account, actor
        if key not in self._sessions:
            wanted = select(KioskSession).where(
                KioskSession.jkt == self._pusher,
                KioskSession.account_id == account,
                KioskSession.person_id == actor,
            )
            self._sessions[key] = list(self._db.scalars(wanted))
        return self._sessions[key]
