"""What is said of a case: in the bar, on its cover, before it ends. Never whose patient it is."""

from datetime import datetime, timedelta

from kiosk.session.model import state as s
from kiosk.session.model.case import Case
from kiosk.session.pages.seen import reason
from kiosk.session.pages.views import Notice, Tone
from kiosk.session.pages.words import some_minutes


def case_line(session: s.Session, at: datetime) -> str:
    """ "Case in progress, 42 min"; with whose it is where somebody else has taken it over."""
    case = session.case
    if case is None:
        return ""
    if not case.is_kept:
        return "Starting the case…"
    whose = "Case in progress" if session.person == case.whose else f"{case.whose.name}'s case"
    return f"{whose}, {lasting(at - case.began_at)}"


def lasting(since: timedelta) -> str:
    """ "42 min", "2 h 5 min"."""
    minutes = max(0, since // timedelta(minutes=1))
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if hours else f"{rest} min"


def ending_line(case: Case | None, at: datetime) -> str:
    """ "The case ends in 4 minutes"; empty while nothing ends it."""
    if case is None or case.ending_at is None:
        return ""
    return f"The case ends in {some_minutes(max(case.ending_at - at, timedelta(seconds=1)))}"


def cover_of_case(session: s.Session, at: datetime) -> Notice | None:
    """On the cover: that a case goes on under it, and how to come back."""
    case = session.case
    if case is None or not case.is_kept:
        return None
    ending = ending_line(case, at)
    if ending:
        return Notice(Tone.WARNING, f"{ending}.", "Tap your name, then Still treating.")
    # Whose it is, also where it is theirs: nobody else's name is on the cover.
    line = f"{case.whose.name}'s case is in progress, {lasting(at - case.began_at)}."
    takes = ", or to take it over" if session.account.shared else ""
    return Notice(Tone.INFO, line, f"Tap your name to come back to it{takes}.")


def notice_of_case(known: s.Known, session: s.Session, at: datetime) -> Notice | None:
    """In the bar: that no case could be begun; or what waits for this one's end."""
    if session.no_case is not None:
        why = reason(known, session.no_case, at)
        text = f"{why.title} Press Start case again." if why is not None else ""
        return Notice(Tone.WARNING, "The case is not protected: the idle lock holds.", text)
    case = session.case
    if case is None or not case.pending or refused_page(known, session, at) is not None:
        return None  # nothing waits, or it is said where the page would be
    why = reason(known, case.pending[0].reason, at)
    title = f"After the case: {why.title}" if why is not None else ""
    return Notice(Tone.WARNING, title, "Go on treating. Nothing changes before the case ends.")


def refused_page(known: s.Known, session: s.Session, at: datetime) -> Notice | None:
    """What Xchart has refused in a case, where its page would be; it can be asked again."""
    case = session.case
    away = not session.shown and not session.awaiting_server
    if case is None or not case.is_kept or not case.pending or not away:
        return None
    why = reason(known, case.pending[-1].reason, at)
    if why is None:
        return None
    return Notice(why.tone, why.title, "Try again. Nothing else changes before the case ends.")
