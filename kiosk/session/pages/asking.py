"""The pages that ask: a new computer's three, whose phone, and the keypad."""

from datetime import datetime
from typing import assert_never

from kiosk.session import state as s
from kiosk.session.challenge import CODE_LENGTH, Purpose
from kiosk.session.pages import dates, words
from kiosk.session.pages.seen import reason, zone_of
from kiosk.session.views import (
    AccountView,
    AffirmView,
    ApproverOption,
    ApproverView,
    CodeView,
    InvitationView,
    Notice,
    PlaceView,
    SettingUpView,
    Tone,
    View,
)

WHY = {
    Purpose.JOIN: "This computer is new. A provider lets it in, once.",
    Purpose.OWN: "Your login is new on this computer.",
    Purpose.RETURN: "This computer has to be let in again by a provider.",
    Purpose.REMOVE: "A provider confirms that this computer is removed.",
}


def joining(
    known: s.Known, phase: s.AskingPlace | s.AskingAccount | s.Affirming, at: datetime
) -> View:
    """New computer."""
    match phase:
        case s.AskingPlace(place=place):
            notice = reason(known, phase.refusal, phase.reach, phase.fault, at)
            if notice is None and phase.keys_lost:
                notice = Notice(
                    Tone.WARNING,
                    "This computer's keys are gone.",
                    "It has to be set up again, with a provider's code.",
                )
            return PlaceView(
                "Set up this computer",
                "Say where it stands. IT may have filled in some of this already.",
                place,
                notice,
            )
        case s.AskingAccount(email=email):
            return AccountView(
                "Which account?",
                "The shared account of the office, or your own. "
                "The password is used once and not kept.",
                email,
                reason(known, phase.refusal, phase.reach, phase.fault, at),
            )
        case s.Affirming():
            return AffirmView(
                "Is this computer in a safe place?",
                "From now on one tap will open Xchart here. "
                "An admin of the office confirms one of these:",
                (
                    "It stands where only staff can reach it.",
                    "Or the computer itself asks for a login.",
                ),
                "Yes, it is safe",
                busy=phase.attempt != 0,
            )
        case _:
            assert_never(phase)


def inviting(known: s.Known, phase: s.AskingInvitation | s.SettingUp, at: datetime) -> View:
    """New computer, with an account that is set up here."""
    notice = reason(known, phase.refusal, phase.reach, phase.fault, at)
    busy = phase.attempt != 0
    match phase:
        case s.AskingInvitation():
            return InvitationView(
                "Your invitation",
                "Copy the link out of the e-mail that invited you, and paste it here. "
                "It works once.",
                notice,
                busy,
            )
        case s.SettingUp(invited=invited):
            return SettingUpView(
                f"Set up {invited.label}",
                f"{invited.organization} invited {invited.email}. Choose a password of 8 "
                "characters or more; this computer will not need it again.",
                "Written like +1 555 0100 021; codes are texted to it. For an account that several "
                "people share, give the provider's, or that of somebody who is always there.",
                notice,
                busy,
            )
        case _:
            assert_never(phase)


def approver(known: s.Known, phase: s.ChoosingApprover, at: datetime) -> ApproverView:
    """Whose phone. Nothing is texted before someone presses."""
    options = tuple(
        ApproverOption(a.id, f"Text {a.name}", f"Phone ending {a.phone_ending}")
        for a in phase.challenge.approvers
    )
    return ApproverView(
        title="A code to your phone" if phase.challenge.purpose is Purpose.OWN else "Whose phone?",
        text=f"{WHY[phase.challenge.purpose]} Nothing is texted until you press.",
        options=options,
        others_heading="Ask someone else",
        notice=reason(known, phase.refusal, phase.reach, None, at),
        busy=phase.attempt != 0,
    )


def code(known: s.Known, phase: s.AwaitingCode, at: datetime) -> CodeView:
    """The keypad: whose phone, why, how long, when again."""
    zone, delivery = zone_of(known), phase.delivery
    name = delivery.approver.name
    may_resend = at >= delivery.resend_at
    notice = reason(known, phase.refusal, phase.reach, None, at)
    if notice is None and at >= delivery.expires_at:
        notice = words.warning("That code does not work any more.", "Text a new one.")
    return CodeView(
        title=f"Enter {name}'s code",
        text=f"We texted it to the phone ending {delivery.approver.phone_ending}. "
        f"{WHY[phase.challenge.purpose]}",
        length=CODE_LENGTH,
        lives=f"The code works until {dates.clock(delivery.expires_at, zone)}.",
        resend="Text a new code" if may_resend else "",
        resend_note=""
        if may_resend
        else f"A new code can be texted {words.when(delivery.resend_at, at, zone)}.",
        someone_else="Ask someone else" if len(phase.challenge.approvers) > 1 else "",
        round=phase.round,
        notice=notice,
        busy=phase.attempt != 0,
    )
