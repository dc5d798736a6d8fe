"""The phases of a new computer, from its first page to *One tap from now on*.

No secret can be put into one (law 10): what is typed waits in its slot under a ticket.
"""

from dataclasses import dataclass

from kiosk.session.model.intents import Ticket
from kiosk.session.model.people import Invited, Place
from kiosk.session.model.refusals import Reason


@dataclass(frozen=True, slots=True)
class AskingPlace:
    """New computer: which server, location, operatory. ``attempt``: it starts again with them."""

    place: Place
    why: Reason | None = None
    keys_lost: bool = False
    attempt: int = 0


@dataclass(frozen=True, slots=True)
class AskingAccount:
    """New computer: whose account."""

    place: Place
    email: str = ""
    why: Reason | None = None


@dataclass(frozen=True, slots=True)
class AskingInvitation:
    """New computer: the link out of the invitation's e-mail; ``attempt`` while it is looked at."""

    place: Place
    attempt: int = 0
    link: Ticket | None = None
    why: Reason | None = None


@dataclass(frozen=True, slots=True)
class SettingUp:
    """New computer: a password is chosen and a phone given for the invited account."""

    place: Place
    invited: Invited
    link: Ticket
    attempt: int = 0
    why: Reason | None = None


@dataclass(frozen=True, slots=True)
class Affirming:
    """New computer: facts.md S14's condition; then the server checks the account.

    The password waits in its slot until it is sent.
    """

    place: Place
    email: str
    password: Ticket | None
    attempt: int = 0


@dataclass(frozen=True, slots=True)
class Joined:
    """One tap from now on."""
