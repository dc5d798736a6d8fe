"""The server's messages as resources/contract/openapi.yaml has them, parsed strictly.

A message that lacks a field, or has it in another type, is not understood; unknown fields are
ignored (threats.md T19). Nothing here reaches a screen: ``calls`` turns messages into core values.
"""

from datetime import UTC, date, datetime
from typing import Annotated, Literal

import msgspec

Text = Annotated[str, msgspec.Meta(max_length=500)]
Token = Annotated[str, msgspec.Meta(min_length=1, max_length=1024)]
Instant = Annotated[datetime, msgspec.Meta(tz=True)]
WallTime = Annotated[str, msgspec.Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]\Z")]
Version = Annotated[int, msgspec.Meta(ge=1)]
Count = Annotated[int, msgspec.Meta(ge=0, le=2**53 - 1)]
BadgeMark = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]
BadgeKey = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{43}\Z")]
Seconds = Annotated[int, msgspec.Meta(ge=1, le=10_000_000)]
FIRST, LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
"""Instants outside are nobody's: near the ends of the calendar no zone can be applied to one."""


class Message(msgspec.Struct, frozen=True):
    """Anything the server says. Shows none of it: it may be a secret or a patient (law 10)."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"


class Dated(Message, frozen=True):
    """A message with instants of its own."""

    def __post_init__(self) -> None:
        """Raises ``ValueError`` for an instant out of bounds; to msgspec it then does not fit."""
        for name in self.__struct_fields__:
            value = getattr(self, name)
            if isinstance(value, datetime) and not FIRST <= value <= LAST:
                raise ValueError("an instant is out of bounds")


class AccountMessage(Message, frozen=True):
    """An account of the organization."""

    id: Text
    label: Text
    shared: bool
    roles: Annotated[tuple[Text, ...], msgspec.Meta(max_length=10)]


class PersonMessage(Message, frozen=True):
    """Someone who shares an account; with what their badge is known by."""

    id: Text
    name: Text
    badge: BadgeMark = ""


class SelfNamedMessage(Dated, frozen=True):
    """Someone who typed their name on a shared account, and until when it counts."""

    name: Text
    until: Instant


class ApproverMessage(Message, frozen=True):
    """Someone whose code lets a computer in."""

    id: Text
    name: Text
    phone_ending: Text
    totp: bool = False


class ServerMessage(Dated, frozen=True):
    """``GET /v1/server``."""

    name: Text
    time: Instant
    contract: Text


class ChallengeMessage(Dated, frozen=True):
    """A request for a code."""

    id: Text
    purpose: Text
    account: AccountMessage
    approvers: Annotated[tuple[ApproverMessage, ...], msgspec.Meta(min_length=1, max_length=50)]
    expires_at: Instant
    tries_left: int


class DeliveryMessage(Dated, frozen=True):
    """A text on its way."""

    approver: Text
    phone_ending: Text
    expires_at: Instant
    resend_at: Instant


class NewTrustMessage(Dated, frozen=True):
    """Trust with its token: only an accepted code brings one."""

    token: Token
    horizon_at: Instant


class HorizonMessage(Dated, frozen=True):
    """Until when trust lasts."""

    horizon_at: Instant


class AcceptanceMessage(Message, frozen=True):
    """A code was right, to join or to come back."""

    trust: NewTrustMessage
    grant: Annotated[str, msgspec.Meta(max_length=200_000)]
    device_password: Token | None = None
    grant_key: dict[str, object] | None = None


class RemovalMessage(Message, frozen=True):
    """A code was right, to be removed."""

    removed: Literal[True]


class InvitationMessage(Message, frozen=True):
    """What an invitation is for."""

    account_label: Text
    email: Text
    organization: Text


class HandoffMessage(Dated, frozen=True):
    """Xchart's one-time address."""

    url: Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]
    expires_at: Instant


class SessionMessage(Dated, frozen=True):
    """A session that started."""

    id: Text
    access_token: Token
    expires_at: Instant
    trust: HorizonMessage
    grant: Annotated[str, msgspec.Meta(max_length=200_000)]
    handoff: HandoffMessage


class RenewalMessage(Dated, frozen=True):
    """A fresh access token."""

    access_token: Token
    expires_at: Instant


class MarkMessage(Dated, frozen=True):
    """Who set something, where and when."""

    operatory: Text
    name: Text
    at: Instant


class AppointmentMessage(Message, frozen=True):
    """One appointment, in clinic wall time."""

    id: Text
    version: Version
    day: date
    time: WallTime
    minutes: Annotated[int, msgspec.Meta(ge=0, le=1440)]
    operatory: Text | None
    patient: Text
    birth_date: date
    procedure: Text
    sedation: Text
    provider: Text
    alerts: Annotated[tuple[Text, ...], msgspec.Meta(max_length=100)]
    status: Text
    set_by: MarkMessage | None


class RoomMessage(Message, frozen=True):
    """One room."""

    operatory: Text
    version: Version
    status: Text
    set_by: MarkMessage | None


class ScheduleMessage(Message, frozen=True):
    """The schedule of a location, whole or what changed of it."""

    whole: bool
    days: Annotated[tuple[date, ...], msgspec.Meta(min_length=1, max_length=2)]
    zone: Text
    appointments: Annotated[tuple[AppointmentMessage, ...], msgspec.Meta(max_length=5000)]
    removed: Annotated[tuple[Text, ...], msgspec.Meta(max_length=5000)]
    rooms: Annotated[tuple[RoomMessage, ...], msgspec.Meta(max_length=500)]


class ChangesMessage(Message, frozen=True):
    """News."""

    cursor: Text
    grant: Annotated[str, msgspec.Meta(max_length=200_000)]
    trust: HorizonMessage
    schedule: ScheduleMessage | None = None
    badge_key: BadgeKey = ""


class AuditAnchorMessage(Message, frozen=True):
    """How far the server has this computer's audit, and its signed receipt."""

    chain: Text
    sequence: Count
    digest: Text
    receipt: Annotated[str, msgspec.Meta(max_length=5000)]


class CommandResultMessage(Message, frozen=True):
    """How one command ended, and how its target stands now."""

    id: Text
    outcome: Literal["done", "conflict", "refused"]
    code: Text
    appointment: AppointmentMessage | None = None
    room: RoomMessage | None = None


class CommandResultsMessage(Message, frozen=True):
    """How a batch of commands ended, in the order asked."""

    results: Annotated[tuple[CommandResultMessage, ...], msgspec.Meta(max_length=200)]


class ProblemMessage(Message, frozen=True):
    """A refusal (RFC 9457) with its stable code and the members that some codes bring."""

    code: Text
    tries_left: int | None = None
    locations: Annotated[tuple[Text, ...], msgspec.Meta(max_length=200)] = ()
    operatories: Annotated[tuple[Text, ...], msgspec.Meta(max_length=200)] = ()
    anchor_sequence: Count = 0
    anchor_digest: Text = ""


class LimitsMessage(Message, frozen=True):
    """Limits of a grant, in whole seconds."""

    idle_lock: Seconds
    idle_warning: Annotated[int, msgspec.Meta(ge=0, le=10_000_000)]
    session: Seconds
    badge_window: Seconds | None = None
    badge_idle: Seconds | None = None


class PlaceMessage(Message, frozen=True):
    """The room a grant is for."""

    location: Text
    operatory: Text


class DevicePasswordMessage(Message, frozen=True):
    """Another first factor of this computer's own."""

    device_password: Token


class PinShareMessage(Message, frozen=True):
    """The server's share of a key that a PIN opens, base64url."""

    share: Text


class OwnMessage(Dated, frozen=True):
    """A personal account that opens this computer, and until when."""

    account: AccountMessage
    trust_horizon_at: Instant
    badge: BadgeMark = ""


class GrantMessage(Dated, frozen=True):
    """The payload of a grant's signature."""

    account: AccountMessage
    place: PlaceMessage
    zone: Text
    people: Annotated[tuple[PersonMessage, ...], msgspec.Meta(max_length=1000)]
    approvers: Annotated[tuple[ApproverMessage, ...], msgspec.Meta(max_length=50)]
    attribution: Text
    limits: LimitsMessage
    device: Text
    issued_at: Instant
    ends_at: Instant
    trust_horizon_at: Instant
    self_named: Annotated[tuple[SelfNamedMessage, ...], msgspec.Meta(max_length=50)] = ()
    own: Annotated[tuple[OwnMessage, ...], msgspec.Meta(max_length=1000)] = ()
    badge: BadgeMark = ""
