"""What every page may have to say: zone, whose code, no internet, a wrong clock."""

from datetime import datetime, timedelta

from kiosk.session.model import state as s
from kiosk.session.model.people import Approver
from kiosk.session.model.refusals import Fault, Reason, Refusal, Unreachable
from kiosk.session.model.trust import holds, trusts
from kiosk.session.pages import dates, outage_words, words
from kiosk.session.pages.views import Notice, Tone
from kiosk.session.rules.accounts import polling_account, trust_of
from kiosk.session.rules.moves import is_set_here

CLOCK_TOLERANCE = timedelta(minutes=5)


def zone_of(known: s.Known) -> str:
    """The clinic's zone as far as it is known."""
    if known.terms is not None:
        return known.terms.zone
    return known.painted.zone if known.painted else ""


def approvers_of(known: s.Known) -> tuple[Approver, ...]:
    """Whose code lets this computer in, as far as it is known."""
    return known.terms.approvers if known.terms else ()


def trusted(known: s.Known, at: datetime) -> bool:
    """Whether a tap enters without a code; while the memory is being read it is taken to be so."""
    return known.account is None or holds(known.trust, known.account.id, at)


def cover_notice(known: s.Known, at: datetime) -> Notice | None:
    """What anyone here should know: what hides the screen, broken records, no internet, a clock."""
    if known.above:
        return words.of_above(known.above)
    if known.sending.fault is not None:
        return words.of_fault(known.sending.fault)
    return outage(known) or wrong_clock(known)


def outage(known: s.Known) -> Notice | None:
    """Since when the server has not answered, or has taken nothing; None where nobody asks it.

    Without trust the background is silent, and what was true of the last call would stand for ever.
    """
    sending = known.sending
    reach, since = known.reach, known.unreached_since
    if since is None:
        reach, since = sending.reach, sending.since
    if since is None or reach is None or not is_asking(known):
        return None
    return outage_words.of_outage(reach, dates.clock(since, zone_of(known)), sending.changes)


def is_asking(known: s.Known) -> bool:
    """Whether the background will find out when the server answers again."""
    account = polling_account(known)
    hears = account is not None and trusts(trust_of(known, account.id), account.id)
    return hears or bool(known.sending.attempt) or known.sending.due is not None


def wrong_clock(known: s.Known) -> Notice | None:
    """A wrong clock blocks nobody, and is reported."""
    if abs(known.clock_off) <= CLOCK_TOLERANCE:
        return None
    return Notice(
        Tone.WARNING,
        f"This computer's clock is {words.off_by(known.clock_off)}.",
        "You can work; the right time is used here. Tell IT.",
    )


def reason(known: s.Known, why: Reason | None, at: datetime) -> Notice | None:
    """The sentence for whatever went wrong."""
    match why:
        case Refusal():
            here = words.of_refusal_here(why) if is_set_here(known) else None
            whose = words.whose(approvers_of(known)[:1])
            return here or words.of_refusal(why, at, zone_of(known), whose)
        case Unreachable():
            return outage_words.of_reach(why)
        case Fault():
            return words.of_fault(why)
        case None:
            return None
