"""What a screen shows: frozen pages with their final words.

``view.py`` makes them from a state; ``kiosk.ui`` draws them and adds no word of its own, apart
from the names of keys on a keypad. A page never carries a secret, nor more about a person than
a passer-by may read (law 10).
"""

from enum import StrEnum

from kiosk.session.model.commands import Kind
from kiosk.session.model.intents import Ticket
from kiosk.session.model.people import Place
from kiosk.session.model.value import value


class Tone(StrEnum):
    """How a notice is meant: colour and icon follow, the words stand alone without them."""

    INFO = "info"
    GOOD = "good"
    WARNING = "warning"
    PROBLEM = "problem"


@value
class Notice:
    """One or two sentences that a person can act on."""

    tone: Tone
    title: str
    text: str = ""


@value
class TileView:
    """One tile. ``detail`` is a second line ("Office Assistant", "Code needed").

    ``own`` is the one who is meant first; ``personal`` an account that nobody shares.
    """

    person_id: str
    name: str
    detail: str
    own: bool = False
    waiting: bool = False
    personal: bool = False


@value
class LoginView:
    """The login screen, and (``locked``) the cover of a session that someone may resume.

    ``room`` is "Op 3", ``location`` "Main Street", ``clock`` "2:05 pm", ``date``
    "Monday, November 23". ``heading`` is the one line above the tiles ("Tap your name").
    ``status`` is a quiet line at the foot ("No code needed before Thu, Dec 3."), ``own_login``
    a quiet button there for whose personal account is new here, or empty; ``more`` and ``wipe``
    whether theirs are there. ``nobody`` is said where
    the tiles would be, when someone looks for a name that is on none of them. ``busy`` while the
    server is waited for, and the foot answers nobody.
    """

    room: str
    location: str
    clock: str
    date: str
    heading: str
    tiles: tuple[TileView, ...]
    notice: Notice | None = None
    status: str = ""
    locked: bool = False
    more: bool = True
    wipe: bool = True
    own_login: str = ""
    nobody: str = "Nobody here by that name."
    busy: bool = False


@value
class WipeView:
    """The glass is being wiped: ``left`` of ``whole`` seconds, and hands mean nothing.

    ``unit`` is read below the number.
    """

    title: str
    text: str
    left: int
    whole: int
    unit: str = ""


@value
class NamingView:
    """A first name and the initial of the last: *Someone else*, or a name that is to be kept."""

    title: str
    text: str
    notice: Notice | None = None
    back: str = "Back"


@value
class NamesView:
    """*Names*: who has a tile, where that is kept at this computer. ``action`` adds one."""

    title: str
    text: str
    tiles: tuple[TileView, ...]
    action: str
    notice: Notice | None = None
    busy: bool = False
    back: str = "Back"


@value
class WhoView:
    """*Change*: who is at the chair; ``own`` is the tile of whom the session names."""

    title: str
    text: str
    tiles: tuple[TileView, ...]
    back: str = "Back"


@value
class PlaceView:
    """New computer, page 1 of 3: server, location, operatory. ``place`` prefills the form.

    ``server`` is what the address is called. ``other`` is a quiet button for the other kind of
    server: ``at_site`` says which it is now.
    """

    title: str
    text: str
    place: Place
    notice: Notice | None = None
    server: str = "Xchart server"
    other: str = ""
    at_site: bool = False
    busy: bool = False


@value
class AccountView:
    """New computer, page 2 of 3: e-mail and password of the account. ``busy`` while checking.

    ``invitation`` is the second way in: an invitation that has not been accepted yet.
    """

    title: str
    text: str
    email: str
    notice: Notice | None = None
    busy: bool = False
    invitation: str = "I have an invitation"
    back: str = "Back"


@value
class PasswordView:
    """The shared account's password; a ``new`` one, or the one that is kept here.

    ``busy`` while it is checked.
    """

    title: str
    text: str
    notice: Notice | None = None
    busy: bool = False
    new: bool = True
    back: str = "Back"


@value
class InvitationView:
    """New computer: the link out of the invitation's e-mail. ``busy`` while it is looked at."""

    title: str
    text: str
    notice: Notice | None = None
    busy: bool = False
    back: str = "Back"


@value
class SettingUpView:
    """New computer: a password is chosen for the invited account, and a phone given."""

    title: str
    text: str
    hint: str
    notice: Notice | None = None
    busy: bool = False
    back: str = "Back"


@value
class AffirmView:
    """New computer, page 3 of 3: facts.md S14's condition. ``action`` is the primary button."""

    title: str
    text: str
    points: tuple[str, ...]
    action: str
    busy: bool = False
    notice: Notice | None = None
    back: str = "Back"


@value
class ApproverOption:
    """One way to a code: ``action`` "Text Dr. Rivera", ``detail`` "Phone ending 21".

    ``app`` where an authenticator app shows it and nothing is texted.
    """

    approver_id: str
    action: str
    detail: str
    app: bool = False


@value
class ApproverView:
    """Whose code. The first option is the primary action, the others are *Ask someone else*."""

    title: str
    text: str
    options: tuple[ApproverOption, ...]
    others_heading: str
    notice: Notice | None = None
    busy: bool = False
    back: str = "Back"


@value
class CodeView:
    """The keypad. ``length`` digits; ``lives`` "The code works until 2:15 pm.".

    ``resend`` is empty while a new code cannot be asked for yet; ``resend_note`` then says when.
    ``round`` changes when the digits typed so far must be cleared.
    """

    title: str
    text: str
    length: int
    lives: str
    resend: str
    resend_note: str
    someone_else: str
    round: int
    notice: Notice | None = None
    busy: bool = False
    back: str = "Cancel"


@value
class PinView:
    """The keypad for one's own PIN, entered or chosen; its digits are never shown.

    ``round`` changes when the digits typed so far must be cleared. ``forgotten`` is empty, or the
    text of a quiet button that reports ``PinForgotten``.
    """

    title: str
    text: str
    length: int
    round: int
    forgotten: str = ""
    notice: Notice | None = None
    busy: bool = False
    back: str = "Back"


@value
class TellingView:
    """A page that tells something and has one primary action.

    ``secondary`` is empty, or the text of a second, quieter button that reports ``WentBack``.
    The primary one reports ``Continued``, or ``RetryWanted`` when ``retry`` is set, or
    ``RemovalConfirmed`` when ``removal`` is set.
    """

    tone: Tone
    title: str
    text: str
    points: tuple[str, ...]
    action: str
    secondary: str = ""
    retry: bool = False
    removal: bool = False
    busy: bool = False


@value
class FactLine:
    """One line of the This computer page: "Code needed", "Not before Wed, Dec 23"."""

    label: str
    text: str
    tone: Tone = Tone.INFO


@value
class ThisComputerView:
    """This computer, under More. ``removal``, ``names`` and ``wipe`` are the texts of buttons, or
    empty."""

    title: str
    lines: tuple[FactLine, ...]
    removal: str
    names: str = ""
    wipe: str = ""
    back: str = "Back"


@value
class NameView:
    """One name that has a tile. ``badge`` and ``removal`` take theirs away: the texts of buttons,
    or empty."""

    title: str
    text: str
    lines: tuple[FactLine, ...]
    removal: str
    badge: str = ""
    notice: Notice | None = None
    back: str = "Back"


class RoomState(StrEnum):
    """What the room behind the bar holds."""

    OPENING = "opening"
    SHOWN = "shown"
    AWAY = "away"


@value
class ConflictNote:
    """What someone else set first, shown where it happened until someone decides.

    ``target`` is an appointment's id or an operatory. ``text`` "Op 2 set Left, 9:14 am", ``action``
    "Set Seated": the wish of that ``kind`` again, ``to`` the same, upon the version ``seen`` now.
    """

    target: str
    text: str
    action: str
    kind: Kind
    to: str
    seen: int


@value
class DayNote:
    """What the list beside Xchart's page is drawn with, apart from the patients themselves.

    ``today`` is the clinic's day ("2026-11-23"), ``minute`` of it, ``operatory`` this room.
    ``as_of`` is empty while the list is fresh, else "As of 2:05 pm". ``in_case``: a case is on, so
    that none is to be started.
    """

    today: str
    minute: int
    operatory: str
    as_of: str = ""
    conflicts: tuple[ConflictNote, ...] = ()
    in_case: bool = False


@value
class SayingNote:
    """What Xchart's page said: ``title``, the page's words behind their ticket, and ``more``.

    ``more`` is empty, or says how many wait behind it. ``action`` reports ``WordsRead``.
    """

    title: str
    words: Ticket
    more: str = ""
    action: str = "OK"


@value
class QuestionNote:
    """What Xchart's page asks, in its place: ``text`` is the kiosk's, the rest behind the ticket.

    ``yes`` and ``no`` are the buttons. ``line`` names the line to type in, where there is one.
    """

    title: str
    text: str
    words: Ticket
    yes: str
    no: str
    line: str = ""


@value
class WorkspaceView:
    """In the room: the bar with who and where, and Xchart's own page below it.

    ``who`` "Maria Lopez", ``as_account`` "Office Assistant", ``room`` "Op 3 · Main Street".
    ``notice`` stands in the bar; ``countdown`` is empty or "Locking in 20 s" (with the
    *Keep working* button). ``telling`` fills the page's place while the page is not shown.
    ``has_day``: whether a list of the day stands beside it. ``change``: whether the name beside it
    can be put right. ``saying`` is what Xchart's page said,
    ``question`` what it asks. ``case`` is "Case in progress, 42 min", empty outside of one,
    ``starts_case`` whether one can be begun in the bar;
    ``ending`` "The case ends in 4 minutes", with *Still treating*. ``aside`` names what is on show
    beside the page itself, with a way back, or is empty.
    """

    who: str
    as_account: str
    room: str
    clock: str
    page: RoomState
    notice: Notice | None = None
    countdown: str = ""
    telling: Notice | None = None
    retry: bool = False
    day: DayNote | None = None
    has_day: bool = True
    change: bool = False
    saying: SayingNote | None = None
    question: QuestionNote | None = None
    aside: str = ""
    case: str = ""
    starts_case: bool = False
    ending: str = ""


View = (
    LoginView
    | WipeView
    | NamingView
    | NamesView
    | NameView
    | WhoView
    | PlaceView
    | AccountView
    | PasswordView
    | InvitationView
    | SettingUpView
    | AffirmView
    | ApproverView
    | CodeView
    | PinView
    | TellingView
    | ThisComputerView
    | WorkspaceView
)
