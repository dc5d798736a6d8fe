"""What the list of the day shows: frozen, with its final words.

These values hold patients, like the ``Day`` they are made from: they live in the one page that
draws them and are forgotten with it. They must never get into a State, an Event, an Effect, a log
or an exception (law 10); no ``repr`` of one shows anything.
"""

from dataclasses import dataclass
from enum import Enum

from kiosk.session.model.intents import Intent


class Stage(Enum):
    """How far a visit is. Each has a mark of its own; the status stands beside it as a word."""

    PLANNED = "planned"
    CONFIRMED = "confirmed"
    ARRIVED = "arrived"
    SEATED = "seated"
    READY = "ready"
    DOCTOR = "doctor"
    RECOVERY = "recovery"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Undo:
    """A status just set on this page, and what stood there before: ids and statuses only.

    It can be taken back while the appointment stands at ``version``, at ``to``.
    """

    appointment_id: str
    before: str
    to: str
    version: int


@dataclass(frozen=True, slots=True, repr=False)
class Act:
    """One button: its words, what it asks, and how that could be undone.

    ``spoken`` also says for whom, for those who do not see where the button stands.
    """

    text: str
    spoken: str
    intent: Intent
    undo: Undo | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Disagreement:
    """What someone else set first ("Op 2 set Left, 9:14 am"), and the two ways on."""

    text: str
    acts: tuple[Act, Act]


@dataclass(frozen=True, slots=True, repr=False)
class VisitView:
    """One appointment, as a card or a row.

    ``about`` is what is done ("Third molars", "IV sedation"). ``time`` is "10:00 am", ``when``
    "in 20 min", "15 min late" or "since 9:14 am · 12 min". ``details`` are shown on a card, and on
    a row that is ``opened``. ``step`` is the one button that takes the visit on; ``acts`` are the
    quieter ones. ``folds`` is the text of the button of a card that opens it ("Change status"), or
    empty. ``spoken`` reads all of it in one go.
    """

    id: str
    time: str
    when: str
    name: str
    stage: Stage
    status: str
    about: tuple[str, ...]
    room: str = ""
    alerts: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    unsent: str = ""
    conflict: Disagreement | None = None
    step: Act | None = None
    acts: tuple[Act, ...] = ()
    opened: bool = False
    folds: str = ""
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class HeadingView:
    """A quiet heading of a part of the list."""

    text: str


@dataclass(frozen=True, slots=True)
class FoldView:
    """A heading that unfolds what is below it: "Other rooms, 9"."""

    id: str
    text: str
    opened: bool


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A plain sentence where nothing else is to be shown."""

    text: str


ItemView = VisitView | HeadingView | FoldView | SentenceView


@dataclass(frozen=True, slots=True, repr=False)
class RoomView:
    """This room: "Op 3", "Ready" or "To be turned over", and the one tap to the other state."""

    name: str
    ready: bool
    status: str
    when: str = ""
    unsent: str = ""
    conflict: Disagreement | None = None
    act: Act | None = None


@dataclass(frozen=True, slots=True, repr=False)
class BoardView:
    """The panel beside Xchart's page, from top to bottom.

    ``now`` are those seated here, ``changed`` what someone else set first and nobody has decided,
    ``next`` who comes after them, ``items`` the rest of the day.
    ``primary`` says which of them has the one primary button: "room", "now", "next" or "".
    ``day_fold`` unfolds the day while someone is seated here; None otherwise. ``short`` is all
    that is left of it when the panel is folded: the room, and (``told``) that something waits for
    a decision.
    """

    room: RoomView
    as_of: str = ""
    now_heading: str = ""
    now: tuple[VisitView, ...] = ()
    changed: tuple[ItemView, ...] = ()
    next_heading: str = ""
    next: VisitView | None = None
    day_fold: FoldView | None = None
    items: tuple[ItemView, ...] = ()
    primary: str = ""
    short: str = ""
    told: bool = False


@dataclass(frozen=True, slots=True)
class ListUiState:
    """What someone unfolded on this page: ids of parts and of appointments; and what may be undone.

    Nothing of it is kept when the page goes.
    """

    opened: frozenset[str] = frozenset()
    undo: Undo | None = None


DAY, ELSEWHERE, GONE, LATER_ELSEWHERE = "day", "elsewhere", "gone", "later-elsewhere"
"""The parts of the list that unfold."""
