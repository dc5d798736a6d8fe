"""What a caller may send: the request bodies of the contract. Unknown fields are ignored."""

from datetime import datetime
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, Field, StringConstraints, model_validator

from sandbox.names import names


def _on_the_calendar(written: str) -> str:
    datetime.fromisoformat(written)
    return written


def _shown(written: str) -> str:
    if not names.shown(names.tidy(written)):
        raise ValueError("nothing to see, or something that cannot be seen")
    return written


Word = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Secret = Annotated[str, StringConstraints(min_length=1, max_length=1024)]
_SHOWN = AfterValidator(_shown)
Email = Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+$", max_length=254), _SHOWN]
Label = Annotated[str, StringConstraints(min_length=1, max_length=200), _SHOWN]
Phone = Annotated[str, StringConstraints(pattern=r"^\+[0-9][0-9 ]{6,18}$")]
Password = Annotated[str, StringConstraints(min_length=8, max_length=1024)]
Role = Literal["member", "provider", "admin"]
Short = Annotated[str, StringConstraints(max_length=200)]
Count = Annotated[int, Field(strict=True, ge=1, le=2**53 - 1)]
_SECOND = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}"
_DATED = AfterValidator(_on_the_calendar)
Precise = Annotated[str, StringConstraints(pattern=_SECOND + r"\.[0-9]{6}Z$"), _DATED]
Instant = Annotated[str, StringConstraints(pattern=_SECOND + r"(\.[0-9]{1,6})?Z$"), _DATED]
ChainId = Annotated[str, StringConstraints(pattern="^aud-[0-9a-f]{32}$")]
CommandId = Annotated[str, StringConstraints(pattern="^cmd-[0-9a-f]{32}$")]


class PasswordFactor(BaseModel):
    """The account's own password, typed once."""

    kind: Literal["password"]
    email: Annotated[str, StringConstraints(min_length=1, max_length=254)]
    password: Secret


class DeviceFactor(BaseModel):
    """The device password, issued when the computer joined."""

    kind: Literal["device"]
    account: Word
    device_password: Secret


class PlaceBody(BaseModel):
    """A room."""

    location: Word
    operatory: Word


class ChallengeRequest(BaseModel):
    """Ask for a code. ``join`` comes with a password and a place, the others with neither."""

    purpose: Literal["join", "return", "remove"]
    first_factor: Annotated[PasswordFactor | DeviceFactor, Field(discriminator="kind")]
    place: PlaceBody | None = None
    computer: Annotated[str, StringConstraints(max_length=200)] = ""

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        joining = self.purpose == "join"
        if joining != isinstance(self.first_factor, PasswordFactor):
            raise ValueError("first_factor does not go with this purpose")
        if joining != (self.place is not None):
            raise ValueError("place goes with join, and only with join")
        return self


class DeliveryRequest(BaseModel):
    """Text this approver."""

    approver: Word


class AnswerRequest(BaseModel):
    """The digits that were texted; with ``approver``, those that their app shows."""

    code: Annotated[str, StringConstraints(min_length=1, max_length=20)]
    approver: Word = ""


class SessionRequest(BaseModel):
    """Start a session: first factor, trust, and the person at the chair."""

    account: Word
    device_password: Secret
    trust_token: Secret
    person: Word
    strength: Literal["pin", "badge", "tile", "self-named", "none"]
    protection: Literal["encrypted", "auto-login", "copyable", "unknown"] | None = None


class DevicePasswordRequest(BaseModel):
    """A new password of one's own, for a computer that knows the account's new one."""

    password: Secret


class PinShareRequest(BaseModel):
    """A new share, for whoever has opened the credential that it will help to seal."""

    device_password: Secret


class PinReleaseRequest(BaseModel):
    """The share, for a try."""


class AcceptanceRequest(BaseModel):
    """Complete the set-up of an invited account."""

    password: Password
    phone: Phone


class MemberRequest(BaseModel):
    """Invite a member."""

    label: Label
    email: Email
    roles: Annotated[list[Role], Field(min_length=1)]
    shared: bool = False


class MemberChange(BaseModel):
    """Change a member's roles, or (de)activate."""

    roles: Annotated[list[Role], Field(min_length=1)] | None = None
    active: bool | None = None


class AuditRecord(BaseModel):
    """One line of a computer's audit, as it was fixed when it was made."""

    sequence: Count
    at: Precise
    act: Short
    cause: Short
    actor: Short
    account: Short
    strength: Short
    device: Short
    detail: Short
    subject: Short = ""


class AuditBatch(BaseModel):
    """Consecutive records of one chain, and its head signed by the device key."""

    chain: ChainId
    records: Annotated[list[AuditRecord], Field(min_length=1, max_length=500)]
    head: Annotated[str, StringConstraints(max_length=2000)]

    @model_validator(mode="after")
    def _consecutive(self) -> Self:
        first = self.records[0].sequence
        if any(each.sequence != first + n for n, each in enumerate(self.records)):
            raise ValueError("the records are not consecutive")
        return self


class Command(BaseModel):
    """Something set at the chair; who set it was fixed then."""

    id: CommandId
    sequence: Count
    kind: Literal["status", "operatory", "room"]
    target: Word
    to: Word
    seen: Count
    after: CommandId | None = None
    actor: Word
    strength: Word
    at: Instant


class CommandBatch(BaseModel):
    """Commands in the order in which they were made."""

    commands: Annotated[list[Command], Field(min_length=1, max_length=200)]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        numbers = [each.sequence for each in self.commands]
        if any(one >= next_ for one, next_ in pairwise(numbers)):
            raise ValueError("the commands are not in order")
        return self
