"""From a state to the page that shows it, with its final words. Pure; ``kiosk.ui`` only draws."""

from datetime import datetime, timedelta
from typing import assert_never

from kiosk.session.model import state as s
from kiosk.session.model.audit import Cause
from kiosk.session.model.challenge import Purpose
from kiosk.session.model.commands import Conflict, Kind
from kiosk.session.model.people import Strength
from kiosk.session.model.refusals import Refusal
from kiosk.session.model.trust import SOON, Trust
from kiosk.session.pages import dates, outage_words, words
from kiosk.session.pages.ahead import code_notice
from kiosk.session.pages.asking import approver, code, inviting, joining, password
from kiosk.session.pages.cases import (
    case_line,
    cover_of_case,
    ending_line,
    notice_of_case,
    refused_page,
)
from kiosk.session.pages.names import names
from kiosk.session.pages.naming import naming, own_tiles, tiles_of, who, with_unsent
from kiosk.session.pages.page_words import of_page, of_wanted
from kiosk.session.pages.painted import by_use, heading, painted_login
from kiosk.session.pages.pins import entering_by_pin, pins, role_of
from kiosk.session.pages.saying import declined, question, saying
from kiosk.session.pages.seen import (
    approvers_of,
    cover_notice,
    reason,
    trusted,
    zone_of,
)
from kiosk.session.pages.telling import telling, this_computer
from kiosk.session.pages.views import (
    ConflictNote,
    DayNote,
    LoginView,
    Notice,
    RoomState,
    Tone,
    View,
    WorkspaceView,
)
from kiosk.session.pages.wiping import wiping
from kiosk.session.rules.accounts import account_now, offers_own_login
from kiosk.session.rules.cases import no_relief
from kiosk.session.rules.moves import is_set_here
from kiosk.session.rules.returning import may_return

FRESH = timedelta(minutes=3)
"""A list that the server confirmed so lately needs no time beside it."""


def covers(state: s.State) -> bool:
    """Whether every screen is to be covered.

    A kiosk in a window of its own covers that, which takes no more than its page.
    """
    return s.is_covered(state.phase) and not state.known.windowed


def page_server(state: s.State) -> str:
    """Whose page may be opened here; empty before this computer joined."""
    return "" if state.known.account is None else state.known.place.server


def reads_badges(state: s.State) -> bool:
    """Whether what is typed into Xchart's page may be somebody's badge: the clinic has some."""
    return state.known.terms is not None and bool(state.known.terms.badges)


def may_print(state: s.State) -> bool:
    """Whether somebody looks at what the page wants printed."""
    return isinstance(state.phase, s.Active)


def busy(state: s.State) -> bool:
    """Whether someone is at work, or about to be, or has left words: no time for an update."""
    return s.session_of(state.phase) is not None or bool(state.known.unsent)


def view(state: s.State, at: datetime) -> View:
    """What a screen shows of that state at that instant (trusted time)."""
    known, phase = state.known, state.phase
    match phase:
        case s.Opening(wanted=wanted):
            return painted_login(known.place, known.painted, at, waiting=wanted)
        case s.AtLogin():
            return login(known, at, login_notice(known, phase, at), ahead=code_notice(known, at))
        case s.Entering(session=s.Session(strength=Strength.PIN, account=account)):
            return entering_by_pin(account)  # the room comes next: no page in between
        case s.Entering(session=session, resuming=resuming, needs_server=busy):
            cover = session if resuming else None
            # It may take seconds: what was said goes on being said.
            ahead = code_notice(known, at) if busy and cover is None else None
            tapped = session.person.id
            return login(known, at, None, waiting=tapped, busy=busy, cover=cover, ahead=ahead)
        case s.AskingForCode(purpose=Purpose.RETURN, person_id=person_id):
            return login(known, at, None, waiting=person_id, busy=True)
        case s.Locked(session=session, cause=cause):
            why = reason(known, phase.why, at) or cover_of_case(session, at)
            alone = may_return(known, phase, session.account.id, at)
            resumes = "Tap to continue" if alone else "Tap, then your PIN"
            return login(
                known,
                at,
                why or cover_notice(known, at) or words.of_a_window(known.windowed),
                cover=session,
                cause=cause,
                resumes=resumes,
            )
        case s.Wiping():
            return wiping(phase, at)
        case s.Active():
            return workspace(known, phase, at)
        case s.Naming():
            return naming(phase)
        case s.Correcting():
            return who(known, phase, at)
        case s.AskingPlace() | s.AskingAccount() | s.Affirming():
            return joining(known, phase, at)
        case s.AskingInvitation() | s.SettingUp():
            return inviting(known, phase, at)
        case s.AskingOwn() | s.ChoosingPin() | s.AskingPin():
            return pins(known, phase, at)
        case s.AskingPassword():
            return password(known, phase, at)
        case s.ChoosingApprover():
            return approver(known, phase, at)
        case s.AwaitingCode():
            return code(known, phase, at)
        case s.ThisComputer():
            return this_computer(known, phase, at)
        case s.ListingNames() | s.UnlockingNames() | s.AddingName() | s.EditingName():
            return names(known, phase, at)
        case s.AskingForCode() | s.ConfirmingRemoval() | s.Removed() | s.Joined() | s.Stopped():
            return telling(known, phase, at)
        case _:
            assert_never(phase)


def login(
    known: s.Known,
    at: datetime,
    notice: Notice | None,
    *,
    waiting: str = "",
    busy: bool = False,
    cover: s.Session | None = None,
    cause: Cause | None = None,
    resumes: str = "",
    ahead: Notice | None = None,
) -> LoginView:
    """The login screen, and the cover of a session.

    ``ahead`` is said where there is nothing graver to say.
    """
    takes = False
    zone, in_case = zone_of(known), cover is not None and cover.in_case
    detail = own_detail = known.painted.detail if known.painted else ""
    if cover is not None and in_case:
        takes = cover.account.shared and no_relief(known, cover) is None
        detail, own_detail = "Tap to take over" if takes else "", "Tap to continue"
    elif not trusted(known, at):
        detail = own_detail = "Code needed"
    elif known.renewal_due and cover is None:
        detail = own_detail = "New password needed"
    elif cover is not None:
        own_detail = "Tap to continue"
    tiles = tiles_of(known, at, cover.person if cover else None, detail, own_detail, waiting)
    tiles += own_tiles(known, cover, waiting, resumes)
    if trusted(known, at):
        tiles = with_unsent(known, tiles)
    tiles = tuple(sorted(by_use(tiles, known.recent), key=lambda each: not each.own))
    if cover is None:
        above = heading(len(tiles))
    elif cause is Cause.SWITCH:
        above = "Who takes over?" if cover.in_case and takes else "Who is next?"
    else:
        above = f"Locked for {cover.person.name}"
    room, location = room_of(known)
    return LoginView(
        room=room,
        location=location,
        clock=dates.clock(at, zone),
        date=dates.long_date(at, zone),
        heading=above,
        tiles=tiles,
        notice=notice or ahead,
        status="" if ahead and notice is None else horizon(known, at, cover),
        locked=cover is not None,
        # The foot stays as it is under a tap: without it every tile would be laid out anew. Where
        # the server is waited for, seconds maybe, it looks as dead as it is.
        busy=busy,
        more=cover is None,
        own_login="My own login" if offers_own_login(known) and not in_case else "",
    )


def room_of(known: s.Known) -> tuple[str, str]:
    """Operatory and location: by the verified terms, else as set up, else as painted last time."""
    if known.terms is not None:
        return known.terms.operatory, known.terms.location
    if known.place.operatory or known.painted is None:
        return known.place.operatory, known.place.location
    return known.painted.operatory, known.painted.location


def horizon(known: s.Known, at: datetime, cover: s.Session | None) -> str:
    """Whose code is needed; or when one will be, said only when it is near (design.md 3).

    Not to whoever is in: a patient may be in the chair.
    """
    if not trusted(known, at):
        return f"{words.whose(approvers_of(known)[:1])} is needed."
    if not isinstance(known.trust, Trust):
        return ""
    until = known.trust.horizon_at
    if until is None or until - at > SOON or cover is not None:
        return ""
    return f"No code needed before {dates.short_date(until, zone_of(known))}."


def login_notice(known: s.Known, phase: s.AtLogin, at: datetime) -> Notice | None:
    """Why someone is back at the login screen; else what is wrong with network or clock."""
    said = reason(known, phase.why, at)
    if said is not None:
        return said
    if phase.unsaved:
        why = "The session was open for too long." if phase.limit else "Xchart is closed."
        return Notice(Tone.WARNING, "What was typed and not saved is gone.", why)
    if phase.limit:
        return Notice(Tone.INFO, "The session was open for too long.", "Tap your name to go on.")
    return cover_notice(known, at)


def workspace(known: s.Known, phase: s.Active, at: datetime) -> WorkspaceView:
    """In the room."""
    session, zone = phase.session, zone_of(known)
    terms = known.terms
    place = terms or known.place
    if not session.account.shared:
        as_account = role_of(account_now(known, session.account))
    elif session.person.id != session.account.id:
        as_account = session.account.label
    else:
        as_account = "No name given"
    telling: Notice | None = None
    if session.shown:
        page = RoomState.SHOWN
    elif session.reach is not None:
        page, telling = RoomState.AWAY, outage_words.of_reach(session.reach)
    elif session.failed is not None:
        page, telling = RoomState.AWAY, of_page(session.failed)
    elif (refused := refused_page(known, session, at)) is not None:
        page, telling = RoomState.AWAY, refused
    else:
        page = RoomState.OPENING
        telling = Notice(Tone.INFO, "Opening Xchart…")
    countdown = ""
    ending = "" if session.case is None else ending_line(session.case, at)
    if phase.warned and not ending:
        countdown = f"Locking in {max(0, round((phase.locks_at - at).total_seconds()))} s"
    return WorkspaceView(
        who=session.person.name,
        as_account=as_account,
        room=f"{place.operatory} · {place.location}",
        clock=dates.clock(at, zone),
        page=page,
        notice=workspace_notice(known, phase, at),
        countdown=countdown,
        telling=telling,
        retry=page is RoomState.AWAY,
        day=day_note(known, at, in_case=session.case is not None) if terms is not None else None,
        has_day=not is_set_here(known),
        change=terms is not None and terms.names and session.account.shared,
        saying=saying(session),
        question=question(phase),
        aside="Xchart shows a document." if session.shown and session.aside else "",
        case="" if session.case is None else case_line(session, at),
        # Where a list of the day is, it is pressed beside the patient.
        starts_case=session.case is None and (is_set_here(known) or known.day_as_of is None),
        ending=ending,
    )


def workspace_notice(known: s.Known, phase: s.Active, at: datetime) -> Notice | None:
    """The one thing that whoever works here should know, the gravest first."""
    if phase.session.unrecorded or known.unkept:
        return words.unrecorded()
    if phase.strange_until is not None and at < phase.strange_until:
        return reason(known, Refusal(phase.strange), at)
    refused = declined(phase, at)
    if refused is not None:
        return refused
    if phase.session.shown and phase.session.wants is not None:
        return of_wanted(phase.session.wants)
    session = phase.session
    if session.case is not None or session.no_case is not None:
        of_case = notice_of_case(known, session, at)
        if of_case is not None:
            return of_case
    if known.sending.refused:
        return words.unset(known.sending.refused)
    return cover_notice(known, at)


def day_note(known: s.Known, at: datetime, *, in_case: bool) -> DayNote | None:
    """What the list is drawn with; None before it was ever read."""
    if known.day_as_of is None or known.terms is None:
        return None
    zone, as_of = known.terms.zone, known.day_as_of
    fresh = known.unreached_since is None and at - as_of < FRESH
    here = dates.local(at, zone)
    return DayNote(
        today=here.date().isoformat(),
        minute=here.hour * 60 + here.minute,
        operatory=known.terms.operatory,
        as_of="" if fresh else f"As of {dates.clock(as_of, zone)}",
        conflicts=tuple(conflict_note(each, zone) for each in known.sending.conflicts),
        in_case=in_case,
    )


def conflict_note(conflict: Conflict, zone: str) -> ConflictNote:
    """Who was first, with what, when; and how to set one's own all the same."""
    who = conflict.where or conflict.who or "Someone"
    verb = "moved it to" if conflict.kind is Kind.OPERATORY else "set"
    theirs = conflict.theirs or "no room"
    return ConflictNote(
        target=conflict.target,
        text=f"{who} {verb} {theirs}, {dates.clock(conflict.at, zone)}",
        action="Seat here" if conflict.kind is Kind.OPERATORY else f"Set {conflict.to}",
        kind=conflict.kind,
        to=conflict.to,
        seen=conflict.version,
    )
