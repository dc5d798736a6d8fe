"""Rules of This computer and of *Remove this computer…*: said before, done by a provider's code."""

from datetime import datetime

from kiosk.session.model.audit import Act, Cause
from kiosk.session.model.challenge import Purpose
from kiosk.session.model.effects import ForgetOwn, OpenChallenge
from kiosk.session.model.intents import (
    Continued,
    RemovalConfirmed,
    RemovalWanted,
    ThisComputerWanted,
    WentBack,
)
from kiosk.session.model.refusals import Unreachable
from kiosk.session.model.state import (
    Active,
    AskingForCode,
    AtLogin,
    ConfirmingRemoval,
    Known,
    Phase,
    Removed,
    Session,
    ThisComputer,
)
from kiosk.session.rules.accounts import is_primary_account, without
from kiosk.session.rules.moves import Step, begin_work, day_wanted, numbered, recorded


def looked_at(
    known: Known, phase: Active | AtLogin, intent: ThisComputerWanted, at: datetime
) -> Step:
    """The page under More."""
    return Step(known, ThisComputer(phase.session if isinstance(phase, Active) else None))


def looked_away(known: Known, phase: ThisComputer, intent: WentBack, at: datetime) -> Step:
    """Back to work, or to the login screen."""
    phase_below = work_or_login(known, phase.session, at)
    if phase.session is None or not isinstance(phase_below, Active):
        return Step(known, phase_below)
    known, read = day_wanted(known)
    return Step(known, phase_below, read)


def wanted(known: Known, phase: ThisComputer, intent: RemovalWanted, at: datetime) -> Step:
    """Ask first, and say whose code will be needed."""
    in_case = phase.session is not None and phase.session.case is not None
    if known.account is None or in_case:
        return Step(known, phase)
    return Step(known, ConfirmingRemoval(phase.session))


def unwanted(known: Known, phase: ConfirmingRemoval, intent: WentBack, at: datetime) -> Step:
    """Not removed."""
    return Step(known, ThisComputer(phase.session))


def confirmed(
    known: Known, phase: ConfirmingRemoval, intent: RemovalConfirmed, at: datetime
) -> Step:
    """For the shared account a provider's code removes it: a newcomer presses it every evening.

    One's own login is removed at once.
    """
    session = phase.session
    if known.account is None:
        return Step(known, phase)
    if session is not None and not is_primary_account(known, session.account.id):
        return own_removed(known, session, at)
    account_id = known.account.id
    known, attempt = numbered(known)
    asking = AskingForCode(Purpose.REMOVE, "", attempt, phase.session)
    return Step(known, asking, (OpenChallenge(attempt, Purpose.REMOVE, account_id),))


def own_removed(known: Known, session: Session, at: datetime) -> Step:
    """One's own login, by whoever is in it: nobody else is concerned, and no code is needed.

    Not while changes wait: without their trust they could never be sent (law 11).
    """
    if known.sending.changes:
        return Step(known, ConfirmingRemoval(session, known.reach or Unreachable.NO_ANSWER))
    known, keep = recorded(known, at, Act.COMPUTER_REMOVED, Cause.PERSON, session)
    account_id = session.account.id
    known = without(known, account_id)
    return Step(known, AtLogin(), (keep, ForgetOwn(account_id)))


def to_login(known: Known, phase: Removed, intent: Continued, at: datetime) -> Step:
    """The login screen, whose tiles now say whose code is needed."""
    return Step(known, AtLogin())


def work_or_login(known: Known, session: Session | None, at: datetime) -> Phase:
    """What lies under a page of More."""
    return AtLogin() if session is None else begin_work(known, session, at)
