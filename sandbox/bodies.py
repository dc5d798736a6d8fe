"""What a caller may send: the request bodies of the contract. Unknown fields are ignored."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, Field, StringConstraints, model_validator

Word = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Secret = Annotated[str, StringConstraints(min_length=1, max_length=1024)]
Email = Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+$", max_length=254)]
Phone = Annotated[str, StringConstraints(pattern=r"^\+[0-9][0-9 ]{6,18}$")]
Password = Annotated[str, StringConstraints(min_length=8, max_length=1024)]
Role = Literal["member", "provider", "admin"]


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
    """The digits that were texted."""

    code: Annotated[str, StringConstraints(min_length=1, max_length=20)]


class SessionRequest(BaseModel):
    """Start a session: first factor, trust, and the person at the chair."""

    account: Word
    device_password: Secret
    trust_token: Secret
    person: Word
    strength: Literal["pin", "badge", "tile", "self-named", "none"]


class AcceptanceRequest(BaseModel):
    """Complete the set-up of an invited account."""

    password: Password
    phone: Phone


class MemberRequest(BaseModel):
    """Invite a member."""

    label: Word
    email: Email
    roles: Annotated[list[Role], Field(min_length=1)]
    shared: bool = False


class MemberChange(BaseModel):
    """Change a member's roles, or (de)activate."""

    roles: Annotated[list[Role], Field(min_length=1)] | None = None
    active: bool | None = None
