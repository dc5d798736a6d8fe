"""A provider's code that will be needed soon: what is said of it, and of when none is.

It is said on the login screen and on This computer, and never to somebody at work: a patient may be
in the chair.
"""

from datetime import datetime

from kiosk.session.model import state as s
from kiosk.session.model.trust import Trust
from kiosk.session.pages import dates, words
from kiosk.session.pages.seen import approvers_of, trusted, zone_of
from kiosk.session.pages.views import FactLine, Notice, Tone
from kiosk.session.rules.nearing import CodeAhead, code_ahead

LABEL = "Next code"


def code_notice(known: s.Known, at: datetime) -> Notice | None:
    """Whose code will be needed, from when on, and what puts it off."""
    ahead = code_ahead(known, at)
    if ahead is None:
        return None
    title = f"{words.whose(approvers_of(known)[:1])} will be needed {since(known, ahead, at)}."
    if ahead.opens is None:
        return Notice(Tone.INFO, title, "Sign in here once before then to put it off.")
    opens = dates.short_day(ahead.opens)
    text = f"The clinic opens next on {opens}: sign in here before you leave to put it off."
    return Notice(Tone.INFO, title, text)


def code_line(known: s.Known, session: s.Session | None, at: datetime) -> FactLine:
    """The same on This computer, where it is always said until when none is needed."""
    if not isinstance(known.trust, Trust) or not trusted(known, at):
        return FactLine(LABEL, "Needed at the next tap.", Tone.WARNING)
    until = known.trust.horizon_at
    if until is None:
        return FactLine(LABEL, "Whenever Xchart asks for it.")
    ahead = code_ahead(known, at)
    if ahead is None or session is not None:
        told = f"Not before {dates.short_date(until, zone_of(known))}; signing in moves this on."
        return FactLine(LABEL, told, Tone.GOOD)
    told = f"Needed {since(known, ahead, at)}, unless somebody signs in here before."
    return FactLine(LABEL, told, Tone.WARNING)


def since(known: s.Known, ahead: CodeAhead, at: datetime) -> str:
    """ "from Thu, Dec 3"; on the day itself "from 12:05 pm today"."""
    zone = zone_of(known)
    if dates.local(ahead.at, zone).date() == dates.local(at, zone).date():
        return f"from {dates.clock(ahead.at, zone)} today"
    return f"from {dates.short_date(ahead.at, zone)}"
