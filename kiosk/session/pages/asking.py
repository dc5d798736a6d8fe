"""The pages that ask: a new computer's three, whose phone, and the keypad."""

from datetime import datetime
from typing import assert_never

from kiosk.session.model import state as s
from kiosk.session.model.challenge import CODE_LENGTH, App, Purpose, SentBySite
from kiosk.session.model.people import Approver
from kiosk.session.model.refusals import Code, Refusal
from kiosk.session.pages import dates, words
from kiosk.session.pages.seen import reason, zone_of
from kiosk.session.pages.views import (
    AccountView,
    AffirmView,
    ApproverOption,
    ApproverView,
    CodeView,
    InvitationView,
    Notice,
    PasswordView,
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
ON_ITS_PAGE = "This computer will sign in on Xchart's own page."
KEPT_HERE = (
    "The login that the office shares at Xchart. "
    "Its password is kept in the keychain of this computer, to sign in with."
)
"""At a site that has only a web sign-in it is typed there again, whenever that is asked."""


def joining(
    known: s.Known, phase: s.AskingPlace | s.AskingAccount | s.Affirming, at: datetime
) -> View:
    """New computer."""
    match phase:
        case s.AskingPlace(place=place):
            notice = reason(known, phase.why, at)
            if notice is None and phase.keys_lost:
                notice = Notice(
                    Tone.WARNING,
                    "This computer's keys are gone.",
                    "It has to be set up again, with a provider's code.",
                )
            where = "Say where it stands. IT may have filled in some of this already."
            return PlaceView(
                "Set up this computer",
                f"{where} {ON_ITS_PAGE}" if known.at_site else where,
                place,
                notice,
                "Address of Xchart's sign-in page" if known.at_site else "Xchart server",
                other_kind(known),
                known.at_site,
                phase.attempt != 0,
            )
        case s.AskingAccount(email=email):
            notice = reason(known, phase.why, at)
            if known.at_site:
                return AccountView("Which account?", KEPT_HERE, email, notice, invitation="")
            return AccountView(
                "Which account?",
                "The shared account of the office, or your own. "
                "The password is used once and not kept.",
                email,
                notice,
            )
        case s.Affirming():
            return AffirmView(
                "Is this computer in a safe place?",
                "From now on one tap will open Xchart here. "
                # No page of a site says what rights an account has (facts.md S7).
                "An admin of the office confirms that the account has no provider's or admin's "
                "rights, and one of these:"
                if known.at_site
                else "From now on one tap will open Xchart here. "
                "An admin of the office confirms one of these:",
                (
                    "It stands where only staff can reach it.",
                    "Or the computer itself asks for a login.",
                ),
                "Yes, it is so" if known.at_site else "Yes, it is safe",
                busy=phase.attempt != 0,
            )
        case _:
            assert_never(phase)


def other_kind(known: s.Known) -> str:
    """What leads to the other kind of server; nothing does where the computer has joined."""
    if known.account is not None:
        return ""
    return "There is a server for kiosks" if known.at_site else "Xchart is only a website"


def inviting(known: s.Known, phase: s.AskingInvitation | s.SettingUp, at: datetime) -> View:
    """New computer, with an account that is set up here."""
    notice = reason(known, phase.why, at)
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


def password(known: s.Known, phase: s.AskingPassword, at: datetime) -> PasswordView:
    """The shared account's new password, once."""
    label = known.account.label if known.account else "the account"
    notice = reason(known, phase.why, at)
    if isinstance(phase.why, Refusal) and phase.why.code is Code.CREDENTIALS_WRONG:
        left = words.tries(phase.why.tries_left)
        notice = words.problem(
            "That is not the new password.", f"Ask the admin who changed it, and try again.{left}"
        )
    text = (
        f"Xchart does not take the one that is kept here for {label}. This computer asks for the "
        "new one once."
        if known.at_site
        else f"An admin has changed the password of {label}. This computer asks for it once; no "
        "code is needed."
    )
    return PasswordView(
        "Type the new password",
        text,
        notice,
        phase.attempt != 0,
    )


def approver(known: s.Known, phase: s.ChoosingApprover, at: datetime) -> ApproverView:
    """Whose phone. Nothing is texted before someone presses."""
    approvers, own = phase.challenge.approvers, phase.challenge.purpose is Purpose.OWN
    options = tuple(option for each in approvers for option in ways(each))
    apps = any(option.app for option in options)
    if own:
        title = "Your code" if apps else "A code to your phone"
    else:
        title = "Whose code?" if apps else "Whose phone?"
    return ApproverView(
        title=title,
        text=f"{WHY[phase.challenge.purpose]} Nothing is texted until you press.",
        options=options,
        others_heading=others(options),
        notice=reason(known, phase.why, at),
        busy=phase.attempt != 0,
    )


def ways(approver: Approver) -> tuple[ApproverOption, ...]:
    """How that one can give a code: the app first, for it is quicker and no text can be caught.

    Who has a phone only is texted; who has neither is left out.
    """
    by_app = ApproverOption(approver.id, f"{approver.name}'s app", "Nothing is texted", app=True)
    ending = f"Phone ending {approver.phone_ending}"
    by_text = ApproverOption(approver.id, f"Text {approver.name}", ending)
    return (*((by_app,) if approver.app else ()), *((by_text,) if approver.phone_ending else ()))


def others(options: tuple[ApproverOption, ...]) -> str:
    """What stands above all options but the first: somebody else, or another way."""
    same = {each.approver_id == options[0].approver_id for each in options[1:]}
    if same == {True, False}:
        return "Another way, or someone else"
    return "Another way" if same == {True} else "Ask someone else"


def code(known: s.Known, phase: s.AwaitingCode, at: datetime) -> CodeView:
    """The keypad: whose phone or app, why, how long, when again."""
    zone, source, why = zone_of(known), phase.source, WHY[phase.challenge.purpose]
    notice = reason(known, phase.why, at)
    resend_note = ""
    if isinstance(source, App):
        if isinstance(phase.why, Refusal) and phase.why.code is Code.CODE_WRONG:
            notice = words.app_code_wrong(phase.why)
        text = f"The authenticator app shows it, a new one every half minute. {why}"
        lives = f"Type it before {dates.clock(phase.challenge.expires_at, zone)}."
        resend = "Text it instead" if source.approver.phone_ending else ""
    elif isinstance(source, SentBySite):
        if isinstance(phase.why, Refusal) and phase.why.code is Code.CODE_WRONG:
            notice = words.site_code_wrong(phase.why)
        text = f"Xchart has sent it to {sent_to(phase, source)}. {why}"
        lives = resend = ""
    else:
        if notice is None and at >= source.expires_at:
            notice = words.warning("That code does not work any more.", "Text a new one.")
        text = f"We texted it to the phone ending {source.approver.phone_ending}. {why}"
        lives = f"The code works until {dates.clock(source.expires_at, zone)}."
        resend = "Text a new code" if at >= source.resend_at else ""
        if not resend:
            resend_note = f"A new code can be texted {words.when(source.resend_at, at, zone)}."
    return CodeView(
        title="Enter your code" if is_own(phase) else f"Enter {source.approver.name}'s code",
        text=text,
        length=CODE_LENGTH,
        lives=lives,
        resend=resend,
        resend_note=resend_note,
        someone_else=other_way(phase),
        round=phase.round,
        notice=notice,
        busy=phase.attempt != 0,
    )


def is_own(phase: s.AwaitingCode) -> bool:
    """Whether whoever types it reads it off their own phone, which the site alone knows."""
    return isinstance(phase.source, SentBySite) and phase.challenge.purpose is Purpose.OWN


def sent_to(phase: s.AwaitingCode, source: SentBySite) -> str:
    """To which phone a site has texted by itself, as far as anybody has said."""
    if is_own(phase):
        return "your own phone"
    ending = source.approver.phone_ending
    return f"the phone ending {ending}" if ending else f"{source.approver.name}'s phone"


def other_way(phase: s.AwaitingCode) -> str:
    """What leads back to the choice, where there is one."""
    if isinstance(phase.source, SentBySite):
        return ""
    if len(phase.challenge.approvers) > 1:
        return "Ask someone else"
    return "Another way" if len(ways(phase.challenge.approvers[0])) > 1 else ""
