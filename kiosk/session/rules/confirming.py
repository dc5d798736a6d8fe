"""Rules of the answers that belong to a session, whatever page lies over it.

The server's word behind an entry that was let in at once (optimistic entry), and Xchart's page.
"""

from dataclasses import replace
from datetime import datetime

from kiosk.session.model.audit import Cause
from kiosk.session.model.effects import ShowPage
from kiosk.session.model.events import PageFailed, PageShown
from kiosk.session.model.refusals import Code, Fault, Refusal, Unreachable
from kiosk.session.model.replies import No, PageGranted, Reply, SessionStarted
from kiosk.session.model.session import Declined, PageFault
from kiosk.session.model.state import Active, Entering, Known, Over, Session, session_of
from kiosk.session.rules.cases import let_in_again
from kiosk.session.rules.moves import Step, forbidden, force_sign_out, is_set_here, signed_in


def answered(known: Known, phase: Over, session: Session, reply: Reply, at: datetime) -> Step:
    """The answer that the session waited for: a yes, another page, a no, or silence."""
    match reply:
        case SessionStarted():
            return confirmed(known, phase, session, reply, at)
        case PageGranted(page=page):
            session = replace(session, awaiting_server=False, failed=None, reach=None)
            return Step(known, replace(phase, session=session), (ShowPage(page),))
        case No(why=Unreachable() as reach):
            session = replace(session, awaiting_server=False, reach=reach)
            return Step(known, replace(phase, session=session))
        case No(why=Refusal() | Fault() as why):
            session = replace(session, awaiting_server=False)
            if session.in_case and why == Refusal(Code.SESSION_ENDED):
                session = replace(session, id=None)  # *Try again* begins another
            return force_sign_out(known, phase, at, session, Cause.SERVER, why)
        case _:
            return Step(known, phase)  # nobody asked for that


def confirmed(
    known: Known, phase: Over, session: Session, started: SessionStarted, at: datetime
) -> Step:
    """The server's yes behind an entry that was let in already (law 7: it moves the horizon)."""
    session = replace(
        session, id=started.session_id, awaiting_server=False, failed=None, reach=None
    )
    known, effects = signed_in(known, session.account.id, started.trust, started.terms)
    refusal = forbidden(started.terms.account)
    if refusal is not None:
        out = force_sign_out(known, phase, at, session, Cause.SERVER, refusal)
        stays = session_of(out.phase)
        if stays is None:
            return out.after(*effects)
        session = stays
    else:
        session = let_in_again(session)
    return Step(known, replace(phase, session=session), (*effects, ShowPage(started.page)))


STILL_THERE = frozenset({PageFault.NETWORK, PageFault.ELSEWHERE})
"""What a step from a page to another can fail by, which the page itself outlives.

An answer that says no (``ANSWER``) is a document of its own: the one before it is gone.
"""


def stays(known: Known, phase: Active, failed: PageFailed) -> bool:
    """Whether the page of a case is still there (law 9): where its site says so itself, it does."""
    session = phase.session
    return (
        session.in_case and session.shown and failed.fault in STILL_THERE and not is_set_here(known)
    )


def page_told(known: Known, phase: Over | Entering, event: PageShown | PageFailed) -> Step:
    """Xchart's page is painted; or it could not be loaded, or its process died."""
    if phase.session is None:
        return Step(known, phase)
    if isinstance(phase, Active) and isinstance(event, PageFailed) and stays(known, phase, event):
        return Step(known, replace(phase, declined=(Declined.NOT_OPENED, event.at)))
    if isinstance(event, PageShown):
        session = replace(phase.session, shown=True, failed=None, wants=event.wants)
    else:
        fault = event.fault
        session = replace(phase.session, shown=False, failed=fault, wants=None, aside=False)
    return Step(known, replace(phase, session=session))
