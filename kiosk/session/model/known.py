"""What stays known across the phases: the account, its terms, what waits for the server.

No secret and no patient can be put into it (law 10).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kiosk.session.model.awake import Held, Means
from kiosk.session.model.commands import Conflict
from kiosk.session.model.intents import Doubt
from kiosk.session.model.painted import Painted
from kiosk.session.model.people import Account, Person, PersonalAccount, Place, SelfNamed
from kiosk.session.model.refusals import Fault, Unreachable
from kiosk.session.model.site import NOTHING_LEFT, LeftBehind, Rehearsed
from kiosk.session.model.terms import DEFAULT_LIMITS, Limits, Roster, Terms
from kiosk.session.model.trust import NoTrust, Trust


@dataclass(frozen=True, slots=True)
class Sending:
    """What waits for the server. ``due`` is when to send, None while nothing waits.

    ``changes`` counts what was set at the chair and is not there yet; ``conflicts`` are those that
    others had set first, until someone decides; ``refused`` counts what the server will not do.
    ``fault`` is why records cannot be sent at all, until they can; ``reach`` why what is sent does
    not get through although other calls may, and ``since`` when.
    """

    changes: int = 0
    conflicts: tuple[Conflict, ...] = ()
    refused: int = 0
    fault: Fault | None = None
    reach: Unreachable | None = None
    since: datetime | None = None
    due: datetime | None = None
    attempt: int = 0


@dataclass(frozen=True, slots=True)
class PinWindow:
    """A PIN was typed at ``since``, and its holder was last at work here at ``used_at``.

    As long as there is one, the credential that the PIN opened stays open (``rules.pin_window``).
    """

    account_id: str
    since: datetime
    used_at: datetime


@dataclass(frozen=True, slots=True)
class Known:
    """What stays known across phases.

    ``attempt`` is the last number given to a request. ``next_sequence`` numbers the next record.
    ``unreached_since`` is when the server was first missed, None while it answers.
    ``contact_due`` is when to ask for news, ``contact_account`` with whose trust it was asked last.
    ``day_attempt`` is the reading of the schedule that is under way, ``day_missed`` that the last
    one failed, ``day_as_of`` when the server told the one on show, ``unkept`` how many records
    still wait for the disk. ``clock_off`` is how far the computer's clock is
    ahead. ``self_named`` are those who typed their name here, until the server's list has them.

    ``badge_attempt`` is the badge that is being looked up, ``badge_doubt`` what was odd about it,
    ``badge_for_xchart`` whether Xchart's page waits for it, ``xchart_read_at`` when it last did.
    ``strange`` are the marks of those that were nobody's since the last PIN, each once.

    ``account`` is the one that this computer joined with: it hears the news, and the schedule is
    read by it. ``own`` are personal accounts beside it. ``sealed``: whether its own credential is
    sealed by a PIN, where it is a personal account itself. ``renewal_due``: the shared account
    has a new password, and this computer none of its own until somebody types it. ``windows`` are
    the personal accounts whose holder's badge stands in for the PIN for now. ``recent`` is who came
    in here last, by the ids of their tiles, newest first.

    ``offers_own``: whether somebody may have a login of their own here. ``opens`` is the clinic's
    next day after the one on which it was told.
    ``roster_attempt`` is the change of ``roster`` that is being kept, where names are kept here.

    ``held_off`` is what the computer is kept from during a case, as far as that could be had.

    ``note_attempt`` is the keeping of a case's note that is under way, ``note_missing`` that the
    last one failed: it is tried again with the time.

    ``above`` is the program whose window cannot be kept below the kiosk's, or empty. ``windowed``:
    the kiosk is one window among others, and covers no more than that. ``at_site``: the server is a
    site that has only a web sign-in; ``rehearsed`` is what a restart brings there, once tried,
    ``rehearsal_attempt`` the try that is under way, ``left_behind`` what a restart loses,
    ``unsent`` whose page is kept there after *Done*, by the ids of their tiles.
    """

    place: Place
    account: Account | None = None
    trust: Trust | NoTrust = NoTrust.NEVER
    terms: Terms | None = None
    device: str = ""
    painted: Painted | None = None
    attempt: int = 0
    next_sequence: int = 1
    contact_due: datetime | None = None
    contact_attempt: int = 0
    contact_account: str = ""
    unreached_since: datetime | None = None
    reach: Unreachable | None = None
    clock_off: timedelta = timedelta(0)
    sending: Sending = Sending()
    day_attempt: int = 0
    day_missed: bool = False
    badge_attempt: int = 0
    badge_doubt: Doubt = Doubt.NONE
    badge_for_xchart: bool = False
    xchart_read_at: datetime | None = None
    strange: tuple[tuple[str, ...], ...] = ()
    day_as_of: datetime | None = None
    unkept: int = 0
    self_named: tuple[SelfNamed, ...] = ()
    own: tuple[PersonalAccount, ...] = ()
    sealed: bool = False
    renewal_due: bool = False
    windows: tuple[PinWindow, ...] = ()
    recent: tuple[str, ...] = ()
    roster_attempt: int = 0
    roster: Roster | None = None
    above: str = ""
    windowed: bool = False
    offers_own: bool = True
    opens: date | None = None
    at_site: bool = False
    rehearsal_attempt: int = 0
    rehearsed: Rehearsed | None = None
    left_behind: LeftBehind = NOTHING_LEFT
    unsent: tuple[str, ...] = ()
    held_off: tuple[tuple[Means, Held], ...] = ()
    note_attempt: int = 0
    note_missing: bool = False


def has_to_wait(known: Known) -> bool:
    """Whether what is to be sent waits for the plan's time, whatever is added to it (T10)."""
    return known.unreached_since is not None or known.sending.reach is not None


def limits_of(known: Known) -> Limits:
    """What governs how long someone may be idle, or at work."""
    return known.terms.limits if known.terms else DEFAULT_LIMITS


def floats(known: Known, at: datetime) -> tuple[Person, ...]:
    """Who typed a name today, here or in another room; nobody whom the list has by now."""
    terms = known.terms
    if terms is None or not terms.names:
        return ()
    # In whichever case it was typed; as the server has it, where the server has it.
    there = {each.name.casefold(): each for each in (*known.self_named, *terms.self_named)}
    listed = {each.name.casefold() for each in terms.people}
    return tuple(
        Person(each.name, each.name)
        for each in there.values()
        if at < each.until and each.name.casefold() not in listed
    )
