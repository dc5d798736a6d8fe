"""The tables. Values only: no rule lives here, and no plain secret but in ``Text``, which stands
for the approver's own phone.
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy import BigInteger, Dialect, String, TypeDecorator, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant, kept as whole seconds since 1970."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> int | None:
        """To the database."""
        return None if value is None else (value - _EPOCH) // timedelta(seconds=1)

    def process_result_value(self, value: int | None, _dialect: Dialect) -> datetime | None:
        """From the database."""
        return None if value is None else _EPOCH + timedelta(seconds=value)


class Roles(TypeDecorator[frozenset[str]]):
    """A set of roles, kept as ``admin,provider``."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: frozenset[str] | None, _dialect: Dialect) -> str | None:
        """To the database."""
        return None if value is None else ",".join(sorted(value))

    def process_result_value(self, value: str | None, _dialect: Dialect) -> frozenset[str] | None:
        """From the database."""
        return None if value is None else frozenset(filter(None, value.split(",")))


class Row(DeclarativeBase):
    """What every table shares."""

    type_annotation_map = {datetime: Instant, frozenset[str]: Roles}


class Setting(Row):
    """One value of the server itself: its keys, its name, the time travelled."""

    __tablename__ = "setting"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class Versioned:
    """What is set at the chair: ``version`` goes up by exactly 1 with each change.

    ``revision`` is the location's count of changes at the last one (``Revision``); the mark says
    who set it, where (empty: in a browser) and when.
    """

    version: Mapped[int] = mapped_column(default=1)
    revision: Mapped[int] = mapped_column(default=0)
    set_by: Mapped[str | None] = mapped_column(default=None)
    set_in: Mapped[str] = mapped_column(default="")
    set_at: Mapped[datetime | None] = mapped_column(default=None)


class Room(Versioned, Row):
    """An operatory of a location. ``status``: Ready or Turn over."""

    __tablename__ = "room"
    location: Mapped[str] = mapped_column(primary_key=True)
    operatory: Mapped[str] = mapped_column(primary_key=True)
    status: Mapped[str] = mapped_column(default="Ready")


class Account(Row):
    """A member of the organization (facts.md S1); ``approver``: their phone lets computers in."""

    __tablename__ = "account"
    id: Mapped[str] = mapped_column(primary_key=True)
    label: Mapped[str]
    email: Mapped[str] = mapped_column(unique=True)
    shared: Mapped[bool]
    roles: Mapped[frozenset[str]]
    active: Mapped[bool] = mapped_column(default=True)
    approver: Mapped[bool] = mapped_column(default=False)
    password_hash: Mapped[str | None] = mapped_column(default=None)
    phone: Mapped[str | None] = mapped_column(default=None)


class Person(Row):
    """An assistant named on a shared account."""

    __tablename__ = "person"
    id: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]


class SelfNamed(Row):
    """A float who typed their own name on a shared account that day, and where it was first heard.

    Good until the clinic's midnight. ``decided`` by an admin: kept, dropped, or not yet.
    """

    __tablename__ = "self_named"
    account_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[str] = mapped_column(primary_key=True)
    until: Mapped[datetime]
    location: Mapped[str] = mapped_column(default="")
    operatory: Mapped[str] = mapped_column(default="")
    decided: Mapped[str] = mapped_column(default="")


class Device(Row):
    """A computer, by the thumbprint of its key, and the room it is bound to."""

    __tablename__ = "device"
    jkt: Mapped[str] = mapped_column(primary_key=True)
    computer: Mapped[str]
    location: Mapped[str]
    operatory: Mapped[str]
    joined_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)
    revoked_now: Mapped[bool] = mapped_column(default=False)  # a case is no reason to wait


class Contact(Row):
    """When a computer was last heard of; apart: it wakes nobody (``sandbox.server.contacts``)."""

    __tablename__ = "contact"
    jkt: Mapped[str] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime]


class Trust(Row):
    """The remembered second factor of (account, device). ``ended``: dropped, removed, revoked."""

    __tablename__ = "trust"
    account_id: Mapped[str] = mapped_column(primary_key=True)
    jkt: Mapped[str] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(index=True)
    device_password_hash: Mapped[str | None]
    # The device password is void, or its successor was not used yet.
    password_due: Mapped[bool] = mapped_column(default=False)
    last_signin_at: Mapped[datetime]
    ended: Mapped[str | None] = mapped_column(default=None)


class Challenge(Row):
    """A request for an approver's code, bound to one device. ``over_at``: used."""

    __tablename__ = "challenge"
    id: Mapped[str] = mapped_column(primary_key=True)
    purpose: Mapped[str]
    account_id: Mapped[str]
    jkt: Mapped[str]
    location: Mapped[str]
    operatory: Mapped[str]
    computer: Mapped[str]
    expires_at: Mapped[datetime]
    over_at: Mapped[datetime | None] = mapped_column(default=None)


class Code(Row):
    """A code that was texted. Only the newest of a challenge counts."""

    __tablename__ = "code"
    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[str] = mapped_column(index=True)
    approver_id: Mapped[str]
    code_hash: Mapped[str]
    expires_at: Mapped[datetime]
    void: Mapped[bool] = mapped_column(default=False)


class Text(Row):
    """A text as it lies on the approver's phone."""

    __tablename__ = "text"
    id: Mapped[int] = mapped_column(primary_key=True)
    asked_by: Mapped[str] = mapped_column(index=True)
    approver_id: Mapped[str]
    phone: Mapped[str] = mapped_column(index=True)
    phone_owner: Mapped[str]
    body: Mapped[str]
    code: Mapped[str]
    sent_at: Mapped[datetime]


class Failure(Row):
    """Consecutive failures of one kind (``password``, ``code``) for one (account, device)."""

    __tablename__ = "failure"
    kind: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    jkt: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
    wait_until: Mapped[datetime | None] = mapped_column(default=None)


class UsedProof(Row):
    """A proof that was seen: its ``jti`` counts once (RFC 9449, section 11.1)."""

    __tablename__ = "used_proof"
    mark: Mapped[str] = mapped_column(primary_key=True)
    forget_at: Mapped[datetime] = mapped_column(index=True)


class KioskSession(Row):
    """A session of an account on a device, with the person at the chair."""

    __tablename__ = "kiosk_session"
    id: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(index=True)
    jkt: Mapped[str] = mapped_column(index=True)
    person_id: Mapped[str]
    person_name: Mapped[str]
    strength: Mapped[str]
    access_hash: Mapped[str] = mapped_column(unique=True)
    access_expires_at: Mapped[datetime]
    started_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    ended_at: Mapped[datetime | None] = mapped_column(default=None)


class Handoff(Row):
    """A one-time address that opens Xchart's page for a kiosk session."""

    __tablename__ = "handoff"
    token_hash: Mapped[str] = mapped_column(primary_key=True)
    session_id: Mapped[str] = mapped_column(index=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None] = mapped_column(default=None)


class WebSession(Row):
    """A browser's session: of its own, or (``kiosk_session_id``) living with a kiosk session."""

    __tablename__ = "web_session"
    cookie_hash: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(index=True)
    kiosk_session_id: Mapped[str | None] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    ended_at: Mapped[datetime | None] = mapped_column(default=None)


class Invitation(Row):
    """An invitation to set up an account (facts.md S8 to S10)."""

    __tablename__ = "invitation"
    token_hash: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(index=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None] = mapped_column(default=None)


class Mail(Row):
    """An e-mail as it lies in the recipient's inbox."""

    __tablename__ = "mail"
    id: Mapped[int] = mapped_column(primary_key=True)
    recipient: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    link: Mapped[str]
    sent_at: Mapped[datetime]


class Appointment(Versioned, Row):
    """One appointment: clinic wall time (``day`` 2026-11-23, ``time`` 14:05) of its location."""

    __tablename__ = "appointment"
    __table_args__ = (UniqueConstraint("day", "place"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[int]
    day: Mapped[str] = mapped_column(index=True)
    time: Mapped[str]
    minutes: Mapped[int]
    location: Mapped[str]
    operatory: Mapped[str | None]
    patient: Mapped[str]
    birth_date: Mapped[str]
    procedure: Mapped[str]
    sedation: Mapped[str]
    provider: Mapped[str]
    status: Mapped[str]
    alert: Mapped[str]


class Removed(Row):
    """An appointment that was deleted, so that computers that hold it learn of it."""

    __tablename__ = "removed"
    appointment_id: Mapped[str] = mapped_column(primary_key=True)
    location: Mapped[str] = mapped_column(index=True)
    day: Mapped[str]
    revision: Mapped[int]


class Revision(Row):
    """How many changes a location's schedule has seen."""

    __tablename__ = "revision"
    location: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(default=0)


class Closure(Row):
    """A day on which the clinic is closed although it is a weekday."""

    __tablename__ = "closure"
    day: Mapped[str] = mapped_column(primary_key=True)


class Record(Row):
    """The anesthesia record of an appointment; only a provider signs it (facts.md S4, S7)."""

    __tablename__ = "record"
    id: Mapped[str] = mapped_column(primary_key=True)
    appointment_id: Mapped[str] = mapped_column(index=True)
    signed_by: Mapped[str | None] = mapped_column(default=None)
    signed_at: Mapped[datetime | None] = mapped_column(default=None)


class Listing(Row):
    """An actor whom a grant of this device has listed for this account, and the name it gave."""

    __tablename__ = "listing"
    account_id: Mapped[str] = mapped_column(primary_key=True)
    jkt: Mapped[str] = mapped_column(primary_key=True)
    actor: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]


class AuditChain(Row):
    """A computer's audit as far as it has arrived: the anchor, and whose it is.

    ``believed_until``: behind it nothing more is believed. The latest ``at`` of its records that
    was, or when that arrived, whichever came first.
    """

    __tablename__ = "audit_chain"
    chain: Mapped[str] = mapped_column(primary_key=True)
    jkt: Mapped[str] = mapped_column(index=True)
    sequence: Mapped[int]
    digest: Mapped[str]
    believed_until: Mapped[str] = mapped_column(default="")
    forked_at: Mapped[datetime | None] = mapped_column(default=None)
    forked_by: Mapped[str | None] = mapped_column(default=None)


class AuditRecord(Row):
    """A record as it came (to ``subject``), and what was made of it when it arrived, for good.

    ``at`` is kept as it was written, to the microsecond. ``who`` is empty when nobody may be named.
    """

    __tablename__ = "audit_record"
    chain: Mapped[str] = mapped_column(primary_key=True)
    sequence: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[str] = mapped_column(index=True)
    act: Mapped[str]
    cause: Mapped[str]
    actor: Mapped[str]
    account: Mapped[str]
    strength: Mapped[str]
    device: Mapped[str]
    detail: Mapped[str]
    subject: Mapped[str]
    digest: Mapped[str]
    standing: Mapped[str]
    who: Mapped[str]
    account_label: Mapped[str]
    computer: Mapped[str]
    location: Mapped[str]
    operatory: Mapped[str]
    pushed_by: Mapped[str]
    arrived_at: Mapped[datetime]


class CommandResult(Row):
    """A command that was carried out or not, and what was answered, word for word."""

    __tablename__ = "command_result"
    id: Mapped[str] = mapped_column(primary_key=True)
    jkt: Mapped[str]
    sequence: Mapped[int]
    body_hash: Mapped[str]
    account_id: Mapped[str]
    actor: Mapped[str]
    standing: Mapped[str]
    outcome: Mapped[str]
    answer: Mapped[str]
    arrived_at: Mapped[datetime]
