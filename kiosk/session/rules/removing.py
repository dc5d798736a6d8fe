"""Rules of This computer and of *Remove this computer…*: said before, done by a provider's code."""

from datetime import datetime

from kiosk.session.challenge import Purpose
from kiosk.session.effects import OpenChallenge
from kiosk.session.intents import (
    Continued,
    RemovalConfirmed,
    RemovalWanted,
    ThisComputerWanted,
    WentBack,
)
from kiosk.session.rules.moves import Step, day_wanted, numbered
from kiosk.session.state import (
    Active,
    AskingForCode,
    AtLogin,
    ConfirmingRemoval,
    Known,
    Phase,
    Removed,
    Session,
    ThisComputer,
    limits_of,
)


def looked_at(
    known: Known, phase: Active | AtLogin, intent: ThisComputerWanted, at: datetime
) -> Step:
    """The page under More."""
    return Step(known, ThisComputer(phase.session if isinstance(phase, Active) else None))


def looked_away(known: Known, phase: ThisComputer, intent: WentBack, at: datetime) -> Step:
    """Back to work, or to the login screen."""
    phase_below = under(known, phase.session, at)
    if phase.session is None or not isinstance(phase_below, Active):
        return Step(known, phase_below)
    known, read = day_wanted(known, phase.session.account.id)
    return Step(known, phase_below, read)


def wanted(known: Known, phase: ThisComputer, intent: RemovalWanted, at: datetime) -> Step:
    """Ask first, and say whose code will be needed."""
    if known.account is None:
        return Step(known, phase)
    return Step(known, ConfirmingRemoval(phase.session))


def unwanted(known: Known, phase: ConfirmingRemoval, intent: WentBack, at: datetime) -> Step:
    """Not removed."""
    return Step(known, ThisComputer(phase.session))


def confirmed(
    known: Known, phase: ConfirmingRemoval, intent: RemovalConfirmed, at: datetime
) -> Step:
    """For the shared account a provider's code removes it: a newcomer presses it every evening."""
    if known.account is None:
        return Step(known, phase)
    account_id = known.account.id
    known, attempt = numbered(known)
    asking = AskingForCode(Purpose.REMOVE, "", attempt, phase.session)
    return Step(known, asking, (OpenChallenge(attempt, Purpose.REMOVE, account_id),))


def to_login(known: Known, phase: Removed, intent: Continued, at: datetime) -> Step:
    """The login screen, whose tiles now say whose code is needed."""
    return Step(known, AtLogin())


def under(known: Known, session: Session | None, at: datetime) -> Phase:
    """What lies under a page of More."""
    return AtLogin() if session is None else Active(session, at + limits_of(known).idle_lock)
