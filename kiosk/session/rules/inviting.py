"""Rules of an invitation: the link of an e-mail becomes an account, and it joins (S8 to S10).

The computer keeps nothing of it: once the account is set up it joins like any other, and is given
a password of its own.
"""

import re
from dataclasses import replace
from datetime import datetime

from kiosk.session.model.effects import AcceptInvitation, ReadInvitation
from kiosk.session.model.events import Ticked
from kiosk.session.model.intents import InvitationGiven, InvitationWanted, SetUpGiven, WentBack
from kiosk.session.model.people import Invited
from kiosk.session.model.refusals import Code, Refusal
from kiosk.session.model.replies import InvitationAccepted, No
from kiosk.session.model.state import (
    Affirming,
    AskingAccount,
    AskingInvitation,
    Known,
    SettingUp,
)
from kiosk.session.rules.moves import Step, idle_limit, numbered

PHONE = re.compile(r"\+[0-9][0-9 ]{6,18}\Z")
OVER = frozenset({Code.INVITATION_OVER, Code.INVITATION_UNKNOWN})


def wanted(known: Known, phase: AskingAccount, intent: InvitationWanted, at: datetime) -> Step:
    """*I have an invitation*."""
    return Step(known, AskingInvitation(phase.place))


def unwanted(known: Known, phase: AskingInvitation, intent: WentBack, at: datetime) -> Step:
    """Back to e-mail and password."""
    if phase.attempt:
        return Step(known, phase)
    return Step(known, AskingAccount(phase.place))


def given(known: Known, phase: AskingInvitation, intent: InvitationGiven, at: datetime) -> Step:
    """The link is there: whom does it invite?"""
    if phase.attempt:
        return Step(known, phase)
    known, attempt = numbered(known)
    asking = AskingInvitation(phase.place, attempt, intent.link)
    return Step(known, asking, (ReadInvitation(attempt, phase.place, intent.link),))


def read(known: Known, phase: AskingInvitation, invited: Invited, at: datetime) -> Step:
    """It is good."""
    if phase.link is None:
        return Step(known, phase)
    return Step(known, SettingUp(phase.place, invited, phase.link))


def set_up(known: Known, phase: SettingUp, intent: SetUpGiven, at: datetime) -> Step:
    """A password was chosen, and a phone given."""
    if phase.attempt:
        return Step(known, phase)
    phone = intent.phone.strip()
    if not PHONE.match(phone):
        return Step(known, replace(phase, why=Refusal(Code.INVALID)))
    known, attempt = numbered(known)
    accept = AcceptInvitation(attempt, phase.place, phase.link, intent.password, phone)
    return Step(known, replace(phase, attempt=attempt, why=None), (accept,))


def accepted(known: Known, phase: SettingUp, reply: InvitationAccepted, at: datetime) -> Step:
    """The account is there. Now it joins: the condition of S14, then a provider's code."""
    return Step(known, Affirming(phase.place, phase.invited.email, reply.password))


def dropped(known: Known, phase: SettingUp, intent: WentBack, at: datetime) -> Step:
    """Not now: the invitation stays good."""
    if phase.attempt:
        return Step(known, phase)
    return Step(known, AskingInvitation(phase.place))


def left_alone(
    known: Known, phase: AskingInvitation | SettingUp, event: Ticked, at: datetime
) -> Step:
    """Nobody goes on: what was begun does not stay on the screen for the night."""
    if phase.attempt or event.idle < idle_limit(known, None):
        return Step(known, phase)
    return Step(known, AskingAccount(phase.place))


def failed(known: Known, phase: AskingInvitation | SettingUp, no: No, at: datetime) -> Step:
    """It did not work: said where it can be mended, and nothing is used up."""
    over = isinstance(no.why, Refusal) and no.why.code in OVER
    if over or isinstance(phase, AskingInvitation):
        return Step(known, AskingInvitation(phase.place, why=no.why))
    return Step(known, replace(phase, attempt=0, why=no.why))
