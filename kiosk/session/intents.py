"""What a person can ask of the kiosk: one frozen class a wish, past tense, without a time.

The screen reports these; the runtime stamps them with the trusted time (``events.Asked``).
A typed secret never travels in one: it waits in a one-shot slot, and ``Ticket`` is its number
(law 10).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from kiosk.session.commands import RoomStatus
from kiosk.session.people import Place

Ticket = NewType("Ticket", int)


@dataclass(frozen=True, slots=True)
class TileTapped:
    """Someone tapped their tile on the login screen, or on the cover of a locked session."""

    person_id: str


@dataclass(frozen=True, slots=True)
class NameGiven:
    """*Someone else* typed a first name and the initial of the last."""

    first: str
    initial: str


@dataclass(frozen=True, slots=True)
class ChangeWanted:
    """*Change*, beside the name in the room: somebody else is at the chair, or was all along."""


@dataclass(frozen=True, slots=True)
class PlaceGiven:
    """The form of a new computer, first page."""

    place: Place


@dataclass(frozen=True, slots=True)
class AccountGiven:
    """The form of a new computer, second page; the password waits in the slot."""

    email: str
    password: Ticket


@dataclass(frozen=True, slots=True)
class PasswordGiven:
    """The shared account's new password was typed; it waits in the slot."""

    password: Ticket


@dataclass(frozen=True, slots=True)
class InvitationWanted:
    """*I have an invitation*, where the account is asked for."""


@dataclass(frozen=True, slots=True)
class InvitationGiven:
    """The link of the e-mail was pasted or typed; it works once, and waits in the slot."""

    link: Ticket


@dataclass(frozen=True, slots=True)
class SetUpGiven:
    """A password was chosen, which waits in the slot, and the phone for codes given (S10, S12)."""

    password: Ticket
    phone: str


@dataclass(frozen=True, slots=True)
class SecurePlaceAffirmed:
    """An admin affirmed facts.md S14: a secure place, or the computer needs a login of its own."""


@dataclass(frozen=True, slots=True)
class ApproverChosen:
    """Text this approver a code; nothing is texted before this. Or, with ``app``, ask nobody: their
    authenticator app shows one."""

    approver_id: str
    app: bool = False


@dataclass(frozen=True, slots=True)
class AnotherApproverWanted:
    """*Ask someone else*, from the code page: back to the choice of approvers."""


@dataclass(frozen=True, slots=True)
class ResendWanted:
    """*Text the code again.*"""


@dataclass(frozen=True, slots=True)
class CodeGiven:
    """All digits of the code were entered; they wait in the slot."""

    code: Ticket


@dataclass(frozen=True, slots=True)
class PinGiven:
    """Six digits were typed; they wait in the slot."""

    pin: Ticket


@dataclass(frozen=True, slots=True)
class PinComing:
    """All digits of a PIN but the last were typed."""


class Doubt(StrEnum):
    """What was odd about the keys of a reader; it is what to look at where no badge fits."""

    NONE = "none"
    LAYOUT = "layout"
    CAPS_LOCK = "caps_lock"


@dataclass(frozen=True, slots=True)
class BadgeRead:
    """A badge was held to the reader; the numbers that it may be wait in the slot, one a line.

    ``for_xchart``: it was typed into Xchart's page, which has it back where it is nobody's.
    """

    badge: Ticket
    doubt: Doubt = Doubt.NONE
    for_xchart: bool = False


@dataclass(frozen=True, slots=True)
class BadgeGivenUp:
    """Whose it is took too long to be told: what was typed went on to Xchart's page."""


@dataclass(frozen=True, slots=True)
class PinForgotten:
    """*I forgot my PIN*, where it is asked for."""


@dataclass(frozen=True, slots=True)
class WentBack:
    """*Back*, *Cancel* or Escape on a page that allows it."""


@dataclass(frozen=True, slots=True)
class Continued:
    """The primary button of a page that only tells something."""


@dataclass(frozen=True, slots=True)
class RetryWanted:
    """*Try again* where something could not be reached or read."""


@dataclass(frozen=True, slots=True)
class LockWanted:
    """*Lock*: cover everything at once; the same person resumes."""


@dataclass(frozen=True, slots=True)
class SwitchWanted:
    """*Switch*: someone else starts clean."""


@dataclass(frozen=True, slots=True)
class DoneWanted:
    """*Done*: the session ends, trust stays."""


@dataclass(frozen=True, slots=True)
class KeepWorkingWanted:
    """*Keep working*, while the idle lock counts down."""


@dataclass(frozen=True, slots=True)
class ThisComputerWanted:
    """*This computer*, under More: what it knows and what can be done to it."""


@dataclass(frozen=True, slots=True)
class RemovalWanted:
    """*Remove this computer…*: ask, nothing more."""


@dataclass(frozen=True, slots=True)
class RemovalConfirmed:
    """*Remove this computer*, after the page that says whose code will be needed."""


@dataclass(frozen=True, slots=True)
class StatusWanted:
    """Set an appointment's status; ``seen`` is the version on the screen.

    ``after`` is the own change that this version counts upon (``Day.after``). ``status`` is a
    ``Status``, or what stood there before, to undo.
    """

    appointment_id: str
    status: str
    seen: int
    after: str = ""


@dataclass(frozen=True, slots=True)
class SeatWanted:
    """*Seat here*: the appointment moves to this room."""

    appointment_id: str
    seen: int
    after: str = ""


@dataclass(frozen=True, slots=True)
class RoomWanted:
    """This room is to be turned over, or ready again."""

    status: RoomStatus
    seen: int
    after: str = ""


@dataclass(frozen=True, slots=True)
class TheirsKept:
    """What another room set first may stand."""

    target: str


@dataclass(frozen=True, slots=True)
class WordsRead:
    """*OK* below what Xchart's page said."""

    words: Ticket


@dataclass(frozen=True, slots=True)
class QuestionAnswered:
    """*Yes* or *No* to what Xchart's page asks; what was typed with it waits in the slot."""

    words: Ticket
    yes: bool
    typed: Ticket | None = None


@dataclass(frozen=True, slots=True)
class PageBackWanted:
    """*Back*, from a document to Xchart's page."""


Intent = (
    TileTapped
    | NameGiven
    | ChangeWanted
    | PlaceGiven
    | AccountGiven
    | PasswordGiven
    | InvitationWanted
    | InvitationGiven
    | SetUpGiven
    | SecurePlaceAffirmed
    | ApproverChosen
    | AnotherApproverWanted
    | ResendWanted
    | CodeGiven
    | PinGiven
    | PinComing
    | BadgeRead
    | BadgeGivenUp
    | PinForgotten
    | WentBack
    | Continued
    | RetryWanted
    | LockWanted
    | SwitchWanted
    | DoneWanted
    | KeepWorkingWanted
    | ThisComputerWanted
    | RemovalWanted
    | RemovalConfirmed
    | StatusWanted
    | SeatWanted
    | RoomWanted
    | TheirsKept
    | WordsRead
    | QuestionAnswered
    | PageBackWanted
)
