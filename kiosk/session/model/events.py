"""What happened: the inputs of ``step``, past tense, each with its trusted instant ``at``.

``Asked`` wraps what a person wants (``intents``), ``Answered`` what a request brought
(``replies``).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.session.model.awake import Held, Means
from kiosk.session.model.intents import Intent, Ticket
from kiosk.session.model.replies import Reply
from kiosk.session.model.session import Declined, PageFault, Question
from kiosk.session.model.site import LeftBehind, PageState


@dataclass(frozen=True, slots=True)
class Asked:
    """A person asked for something on the screen."""

    at: datetime
    intent: Intent


@dataclass(frozen=True, slots=True)
class Answered:
    """What a request brought. A step ignores it where nobody waits for that ``attempt`` (law 5)."""

    at: datetime
    attempt: int
    reply: Reply


@dataclass(frozen=True, slots=True)
class PageShown:
    """Xchart's page is painted. ``wants`` is what only a person can do on it, None for nothing."""

    at: datetime
    wants: PageState | None = None


@dataclass(frozen=True, slots=True)
class PageFailed:
    """Xchart's page could not be loaded, or its process ended; nothing of it is left."""

    at: datetime
    fault: PageFault


@dataclass(frozen=True, slots=True)
class PageSpoke:
    """Xchart's page said something; with a ``question``, it asked and could not be answered."""

    at: datetime
    words: Ticket
    question: Question | None = None


@dataclass(frozen=True, slots=True)
class PageAsked:
    """Xchart's page asks, and stands still until AnswerPage."""

    at: datetime
    words: Ticket
    question: Question


@dataclass(frozen=True, slots=True)
class PageDeclined:
    """Xchart's page wanted what it is never given."""

    at: datetime
    what: Declined


@dataclass(frozen=True, slots=True)
class PageTurned:
    """Xchart's page shows a document instead of itself (``aside``), or itself again."""

    at: datetime
    aside: bool


@dataclass(frozen=True, slots=True)
class PageAlive:
    """Xchart's page has changed by itself: somebody's record goes on. Never what has changed."""

    at: datetime


@dataclass(frozen=True, slots=True)
class PageLost:
    """Xchart's page is gone, and what was typed in it was not saved."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Ticked:
    """A moment that the core had asked for (``due``) came.

    ``idle`` is the time without input to the whole computer.
    """

    at: datetime
    idle: timedelta


@dataclass(frozen=True, slots=True)
class ScreenLocked:
    """The operating system locked its screen."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Suspended:
    """The computer is about to sleep, or was found to have slept."""

    at: datetime


@dataclass(frozen=True, slots=True)
class ClockJudged:
    """The server's time was heard. ``off`` is how far this computer's clock is ahead of it."""

    at: datetime
    off: timedelta


@dataclass(frozen=True, slots=True)
class CoverJudged:
    """Another program's window insists on lying above the kiosk's; ``above`` names the program.

    Empty: nothing does any more.
    """

    at: datetime
    above: str


@dataclass(frozen=True, slots=True)
class AwakeJudged:
    """What became of holding the computer awake during a case, each of its means once."""

    at: datetime
    held: tuple[tuple[Means, Held], ...]


@dataclass(frozen=True, slots=True)
class UnsentChanged:
    """Whose pages are kept after *Done*, by the ids of their tiles: what they typed is not sent."""

    at: datetime
    person_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EndOwed:
    """A session's end did not reach the server, and waits with what is to be sent."""

    at: datetime


@dataclass(frozen=True, slots=True)
class StorageJudged:
    """Xchart's page stores something else that a restart loses."""

    at: datetime
    left_behind: LeftBehind


Event = (
    Asked
    | Answered
    | PageShown
    | PageFailed
    | PageSpoke
    | PageAsked
    | PageDeclined
    | PageTurned
    | PageAlive
    | PageLost
    | Ticked
    | ScreenLocked
    | Suspended
    | ClockJudged
    | CoverJudged
    | AwakeJudged
    | StorageJudged
    | UnsentChanged
    | EndOwed
)


def said_by(event: Event) -> object:
    """What it is that happened: the intent of a person, the reply to a request, or itself."""
    match event:
        case Asked(intent=intent):
            return intent
        case Answered(reply=reply):
            return reply
        case _:
            return event
