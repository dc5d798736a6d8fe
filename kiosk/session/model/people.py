"""Who and where: accounts, people, rooms, approvers. Values only; no rule lives here."""

from datetime import datetime
from enum import StrEnum

from kiosk.session.model.trust import NoTrust, Trust
from kiosk.session.model.value import value


class Role(StrEnum):
    """What an account may do on the server (facts.md S1, S7)."""

    MEMBER = "member"
    PROVIDER = "provider"
    ADMIN = "admin"


class Strength(StrEnum):
    """How sure we are who it was; part of every record (design.md section 1)."""

    PIN = "pin"
    BADGE = "badge"
    TILE = "tile"
    SELF_NAMED = "self-named"
    NONE = "none"


@value
class Account:
    """An account of the Xchart organization.

    ``shared`` is the server's own mark: several people use it (facts.md S5).
    """

    id: str
    label: str
    shared: bool
    roles: frozenset[Role]

    @property
    def privileged(self) -> bool:
        """Whether the account holds provider or admin rights (facts.md S7)."""
        return bool(self.roles - {Role.MEMBER})


@value
class Person:
    """Who is at the chair. With naming off, ``id`` and ``name`` are the account's own."""

    id: str
    name: str


SOMEONE_ELSE = "someone-else"
"""What the last tile stands for in a person's place: nobody yet, a name has to be typed."""


@value
class SelfNamed:
    """A float who typed a name on the shared account; nobody vouches for it.

    ``until`` (aware, UTC) is the end of the clinic's day.
    """

    name: str
    until: datetime


OWN_LOGIN = "own-login"
"""Tapped in a person's place: somebody whose personal account is new on this computer."""


@value
class PersonalAccount:
    """A personal account on this computer, beside the one that it joined with.

    ``sealed`` is whether a PIN opens its credential here. ``since`` (aware, UTC) is when it came:
    older news does not know of it yet.
    """

    account: Account
    trust: Trust | NoTrust
    sealed: bool
    since: datetime


@value
class Invited:
    """What an invitation is for: whose account, of which organization (facts.md S8)."""

    label: str
    email: str
    organization: str


@value
class Place:
    """What a computer is bound to: an Xchart server, and a room in the words of the clinic.

    ``server`` is an origin such as ``https://xchart.example``, without a trailing slash.
    """

    server: str
    location: str
    operatory: str


@value
class Approver:
    """Someone whose code lets a computer in (facts.md S12).

    ``phone_ending`` is the last two digits of the phone, for the screen to say whose phone it is.
    ``app`` is whether their authenticator app makes codes too: then nothing need be texted.
    """

    id: str
    name: str
    phone_ending: str
    app: bool = False
