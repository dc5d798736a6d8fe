"""The server's messages as resources/contract/openapi.yaml has them, parsed strictly.

A message that lacks a field, or has it in another type, is not understood; unknown fields are
ignored (threats.md T19). Nothing here reaches a screen: ``api`` turns messages into core values.
"""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

Text = Annotated[str, msgspec.Meta(max_length=500)]
Token = Annotated[str, msgspec.Meta(min_length=1, max_length=1024)]
Instant = Annotated[datetime, msgspec.Meta(tz=True)]
Seconds = Annotated[int, msgspec.Meta(ge=1, le=10_000_000)]


class Message(msgspec.Struct, frozen=True):
    """Anything the server says."""


class AccountMessage(Message, frozen=True):
    """An account of the organization."""

    id: Text
    label: Text
    shared: bool
    roles: Annotated[tuple[Text, ...], msgspec.Meta(max_length=10)]


class PersonMessage(Message, frozen=True):
    """Someone who shares an account."""

    id: Text
    name: Text


class ApproverMessage(Message, frozen=True):
    """Someone whose code lets a computer in."""

    id: Text
    name: Text
    phone_ending: Text


class ServerMessage(Message, frozen=True):
    """``GET /v1/server``."""

    name: Text
    time: Instant
    contract: Text


class ChallengeMessage(Message, frozen=True):
    """A request for a code."""

    id: Text
    purpose: Text
    account: AccountMessage
    approvers: Annotated[tuple[ApproverMessage, ...], msgspec.Meta(min_length=1, max_length=50)]
    expires_at: Instant
    tries_left: int


class DeliveryMessage(Message, frozen=True):
    """A text on its way."""

    approver: Text
    phone_ending: Text
    expires_at: Instant
    resend_at: Instant


class NewTrustMessage(Message, frozen=True):
    """Trust with its token: only an accepted code brings one."""

    token: Token
    horizon_at: Instant


class HorizonMessage(Message, frozen=True):
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


class HandoffMessage(Message, frozen=True):
    """Xchart's one-time address."""

    url: Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]
    expires_at: Instant


class SessionMessage(Message, frozen=True):
    """A session that started."""

    id: Text
    access_token: Token
    expires_at: Instant
    trust: HorizonMessage
    grant: Annotated[str, msgspec.Meta(max_length=200_000)]
    handoff: HandoffMessage


class RenewalMessage(Message, frozen=True):
    """A fresh access token."""

    access_token: Token
    expires_at: Instant


class ChangesMessage(Message, frozen=True):
    """News."""

    cursor: Text
    grant: Annotated[str, msgspec.Meta(max_length=200_000)]
    trust: HorizonMessage


class ProblemMessage(Message, frozen=True):
    """A refusal (RFC 9457) with its stable code and the members that some codes bring."""

    code: Text
    tries_left: int | None = None
    locations: Annotated[tuple[Text, ...], msgspec.Meta(max_length=200)] = ()
    operatories: Annotated[tuple[Text, ...], msgspec.Meta(max_length=200)] = ()


class LimitsMessage(Message, frozen=True):
    """Limits of a grant, in whole seconds."""

    idle_lock: Seconds
    idle_warning: Annotated[int, msgspec.Meta(ge=0, le=10_000_000)]
    session: Seconds


class PlaceMessage(Message, frozen=True):
    """The room a grant is for."""

    location: Text
    operatory: Text


class GrantMessage(Message, frozen=True):
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
