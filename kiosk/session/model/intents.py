"""What a person can ask of the kiosk: one frozen class a wish, past tense, without a time.

The screen reports these; the runtime stamps them with the trusted time (``events.Asked``).
A typed secret never travels in one: it waits in a one-shot slot, and ``Ticket`` is its number
(law 10).
"""

from enum import StrEnum

from kiosk.session.model.commands import RoomStatus
from kiosk.session.model.people import Place
from kiosk.session.model.value import value


class Ticket(int):
    """The number of a slot. A class of its own, so that a state can be searched for them."""

    __slots__ = ()


@value
class TileTapped:
    """Someone tapped their tile on the login screen, or on the cover of a locked session."""

    person_id: str


@value
class NameGiven:
    """*Someone else* typed a first name and the initial of the last."""

    first: str
    initial: str


@value
class ChangeWanted:
    """*Change*, beside the name in the room: somebody else is at the chair, or was all along."""


@value
class PlaceGiven:
    """The form of a new computer, first page. ``at_site``: a site with only a web sign-in."""

    place: Place
    at_site: bool = False


@value
class AccountGiven:
    """The form of a new computer, second page; the password waits in the slot."""

    email: str
    password: Ticket


@value
class PasswordGiven:
    """The shared account's new password was typed; it waits in the slot."""

    password: Ticket


@value
class InvitationWanted:
    """*I have an invitation*, where the account is asked for."""


@value
class InvitationGiven:
    """The link of the e-mail was pasted or typed; it works once, and waits in the slot."""

    link: Ticket


@value
class SetUpGiven:
    """A password was chosen, which waits in the slot, and the phone for codes given (S10, S12)."""

    password: Ticket
    phone: str


@value
class SecurePlaceAffirmed:
    """An admin affirmed facts.md S14: a secure place, or the computer needs a login of its own."""


@value
class ApproverChosen:
    """Text this approver a code; nothing is texted before this. Or, with ``app``, ask nobody: their
    authenticator app shows one."""

    approver_id: str
    app: bool = False


@value
class AnotherApproverWanted:
    """*Ask someone else*, from the code page: back to the choice of approvers."""


@value
class ResendWanted:
    """*Text the code again.*"""


@value
class CodeGiven:
    """All digits of the code were entered; they wait in the slot."""

    code: Ticket


@value
class PinGiven:
    """Six digits were typed; they wait in the slot."""

    pin: Ticket


@value
class PinComing:
    """All digits of a PIN but the last were typed."""


class Doubt(StrEnum):
    """What was odd about the keys of a reader; it is what to look at where no badge fits."""

    NONE = "none"
    LAYOUT = "layout"
    CAPS_LOCK = "caps_lock"


@value
class BadgeRead:
    """A badge was held to the reader; the numbers that it may be wait in the slot, one a line.

    ``for_xchart``: it was typed into Xchart's page, which has it back where it is nobody's.
    """

    badge: Ticket
    doubt: Doubt = Doubt.NONE
    for_xchart: bool = False


@value
class BadgeGivenUp:
    """Whose it is took too long to be told: what was typed went on to Xchart's page."""


@value
class PinForgotten:
    """*I forgot my PIN*, where it is asked for."""


@value
class WentBack:
    """*Back*, *Cancel* or Escape on a page that allows it."""


@value
class Continued:
    """The primary button of a page that only tells something."""


@value
class RetryWanted:
    """*Try again* where something could not be reached or read."""


@value
class LockWanted:
    """*Lock*: cover everything at once; the same person resumes."""


@value
class SwitchWanted:
    """*Switch*: someone else starts clean."""


@value
class DoneWanted:
    """*Done*: the session ends, trust stays."""


@value
class CaseWanted:
    """*Start case*; beside a patient, the id of the appointment."""

    visit: str = ""


@value
class CaseEndWanted:
    """*End case*."""


@value
class StillTreating:
    """The case goes on, though it was about to end."""


@value
class WipeWanted:
    """*Wipe screen*: the glass is to be cleaned, and hands on it mean nothing for a while."""


@value
class KeepWorkingWanted:
    """*Keep working*, while the idle lock counts down."""


@value
class ThisComputerWanted:
    """*This computer*, under More: what it knows and what can be done to it."""


@value
class NamesWanted:
    """*Names*, on This computer: who has a tile, where that is kept at the computer."""


@value
class NameAddWanted:
    """*Add a name*, in the list of them."""


@value
class NameRemoved:
    """*Take this name away*, on the page of one name."""


@value
class BadgeTakenAway:
    """*Take the badge away*, on the same page."""


@value
class RemovalWanted:
    """*Remove this computer…*: ask, nothing more."""


@value
class RemovalConfirmed:
    """*Remove this computer*, after the page that says whose code will be needed."""


@value
class StatusWanted:
    """Set an appointment's status; ``seen`` is the version on the screen.

    ``after`` is the own change that this version counts upon (``Day.after``). ``status`` is a
    ``Status``, or what stood there before, to undo.
    """

    appointment_id: str
    status: str
    seen: int
    after: str = ""


@value
class SeatWanted:
    """*Seat here*: the appointment moves to this room."""

    appointment_id: str
    seen: int
    after: str = ""


@value
class RoomWanted:
    """This room is to be turned over, or ready again."""

    status: RoomStatus
    seen: int
    after: str = ""


@value
class TheirsKept:
    """What another room set first may stand."""

    target: str


@value
class WordsRead:
    """*OK* below what Xchart's page said."""

    words: Ticket


@value
class QuestionAnswered:
    """*Yes* or *No* to what Xchart's page asks; what was typed with it waits in the slot."""

    words: Ticket
    yes: bool
    typed: Ticket | None = None


@value
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
    | CaseWanted
    | CaseEndWanted
    | StillTreating
    | WipeWanted
    | KeepWorkingWanted
    | ThisComputerWanted
    | NamesWanted
    | NameAddWanted
    | NameRemoved
    | BadgeTakenAway
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
