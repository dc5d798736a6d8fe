"""Someone at work, and what Xchart's page said to them that they have not dismissed yet.

The page's words may name patients: only their tickets are here (law 10).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kiosk.session.model.case import Case
from kiosk.session.model.intents import Ticket
from kiosk.session.model.people import Account, Person, Strength
from kiosk.session.model.refusals import Reason, Unreachable
from kiosk.session.model.site import PageState


class Question(StrEnum):
    """What a page can ask, and then stands still until it is answered."""

    CONFIRM = "confirm"
    PROMPT = "prompt"
    LEAVE = "leave"
    """Something was typed, and the page would go away with it."""


class Declined(StrEnum):
    """What a page wanted and is never given; one sentence each."""

    DOWNLOAD = "download"
    FILE = "file"
    ELSEWHERE = "elsewhere"
    PROGRAM = "program"
    WINDOW = "window"
    FULL_SCREEN = "full_screen"
    DEVICE = "device"
    CERTIFICATE = "certificate"
    NO_PRINTER = "no_printer"
    NOT_PRINTED = "not_printed"
    NOT_OPENED = "not_opened"
    """It did not come, and the page before is still there."""


class PageFault(StrEnum):
    """Why Xchart's page is not on show; the log has the word, and the number that is behind it."""

    ENGINE_LEFT_OUT = "engine_left_out"
    ENGINE_BROKEN = "engine_broken"
    CERTIFICATE = "certificate"
    ELSEWHERE = "elsewhere"
    ANSWER = "answer"
    PROXY_SIGN_IN = "proxy_sign_in"
    NETWORK = "network"
    NO_PAGE = "no_page"
    PROCESS = "process"
    NOT_ASKED = "not_asked"
    SIGNED_OUT = "signed_out"
    """A site that has only a web sign-in has ended what it had begun."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the page said; with a ``question``, what it asked and was answered No to."""

    words: Ticket
    question: Question | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """The page stands still until this is answered, at the latest at ``until``."""

    words: Ticket
    question: Question
    until: datetime


@dataclass(frozen=True, slots=True)
class Session:
    """Someone at work. ``id`` is the server's name for it, None until the server confirmed it.

    ``attempt`` is the request whose answer confirms or refuses it, ``awaiting_server`` whether that
    is still to come. ``shown`` says whether Xchart's page is painted, ``failed`` why it could
    not be, ``reach`` why the server did not answer, ``asked_at`` when it was asked again without a
    press, ``unrecorded`` that the record of coming back still waits for the disk. ``wants`` is what
    only a person can do on a page that is shown. ``told`` is what the page said, oldest first,
    ``untold`` how many sayings found no room there; ``aside`` whether it shows a document beside
    the page itself. ``case`` is the patient who is treated meanwhile, None for nobody;
    ``no_case`` why none was begun.
    """

    account: Account
    person: Person
    strength: Strength
    began_at: datetime
    attempt: int
    id: str | None = None
    awaiting_server: bool = True
    shown: bool = False
    failed: PageFault | None = None
    wants: PageState | None = None
    reach: Unreachable | None = None
    asked_at: datetime | None = None
    unrecorded: bool = False
    told: tuple[Told, ...] = ()
    untold: int = 0
    aside: bool = False
    case: Case | None = None
    no_case: Reason | None = None

    @property
    def in_case(self) -> bool:
        """Whether a case is on that waives something (law 9)."""
        return self.case is not None and self.case.is_kept

    def continues(self, other: "Session") -> bool:
        """Whether it goes on in the same account: the same person's, or the same case."""
        if self.account.id != other.account.id:
            return False
        if self.case is not None and other.case is not None:
            # Whoever takes over has the same page, with what was typed (law 9).
            return self.case.sequence == other.case.sequence
        return self.person.id == other.person.id


@dataclass(frozen=True, slots=True)
class Confirmation:
    """The server's yes that came before the record of the entry was durable."""

    session_id: str
    page: Ticket
