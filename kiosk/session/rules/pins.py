"""Rules of a personal account: its password and own code once, then a PIN of six digits (S1, S15).

A PIN is never compared and never in a state: it waits in its slot, and opens a seal. What is under
way over a cover leaves the cover as it was until the seal is open.
"""

from dataclasses import replace
from datetime import datetime

from kiosk.session.model.audit import Act, Cause
from kiosk.session.model.challenge import Challenge, Purpose
from kiosk.session.model.effects import (
    Effect,
    ExpectPin,
    ForgetOwn,
    ForgetTrust,
    OpenEnrolment,
    SealPin,
    UnwrapCredential,
)
from kiosk.session.model.intents import AccountGiven, PinComing, PinForgotten, PinGiven, WentBack
from kiosk.session.model.people import Account, PersonalAccount
from kiosk.session.model.refusals import ENDS_TRUST, PIN_OVER, Code, Refusal
from kiosk.session.model.replies import Accepted, CredentialUnwrapped, No, PinKept
from kiosk.session.model.state import (
    AskingOwn,
    AskingPin,
    AtLogin,
    ChoosingApprover,
    ChoosingPin,
    Entering,
    Known,
    Locked,
    Over,
    Session,
    session_of,
)
from kiosk.session.rules.accounts import (
    apply_no_to_trust,
    is_primary_account,
    personal_account,
    with_personal_account,
    with_seal,
)
from kiosk.session.rules.moves import (
    Step,
    apply_terms,
    asked,
    force_sign_out,
    numbered,
    recorded,
    repainted,
)
from kiosk.session.rules.pin_window import opened as opened_window
from kiosk.session.rules.returning import entered_own


def given_account(known: Known, phase: AskingOwn, intent: AccountGiven, at: datetime) -> Step:
    """E-mail and password of a personal account; they are used once."""
    if phase.attempt:
        return Step(known, phase)
    known, attempt = numbered(known)
    email = intent.email.strip()
    asking = AskingOwn(phase.session, email, attempt)
    ask = OpenEnrolment(attempt, Purpose.OWN, known.place, email, intent.password)
    return Step(known, asking, (ask,))


def opened(known: Known, phase: AskingOwn, challenge: Challenge, at: datetime) -> Step:
    """The account is right, and it is somebody's own: now its holder's code."""
    if challenge.account.shared:
        refused = AskingOwn(phase.session, phase.email, why=Refusal(Code.NOT_PERSONAL))
        return Step(known, refused)
    choosing = ChoosingApprover(challenge, "", known.place, phase.email, phase.session)
    return Step(known, asked(choosing))


def accepted(known: Known, phase: AskingOwn, reply: Accepted, at: datetime) -> Step:
    """The site let them in without a code."""
    account = None if reply.terms is None else reply.terms.account
    if account is None:
        return Step(known, phase)
    if account.shared:
        refused = AskingOwn(phase.session, phase.email, why=Refusal(Code.NOT_PERSONAL))
        return Step(known, refused)
    return joined(known, account, phase.session, reply, at)


def not_opened(known: Known, phase: AskingOwn, no: No, at: datetime) -> Step:
    """The account could not be checked: said where it can be mended."""
    return Step(known, AskingOwn(phase.session, phase.email, why=no.why))


def joined(
    known: Known, account: Account, session: Session | None, reply: Accepted, at: datetime
) -> Step:
    """The code was right. The account is on this computer; a PIN is all that is missing."""
    since = reply.terms.issued_at if reply.terms is not None else at
    before = personal_account(known, account.id)
    own = PersonalAccount(account, reply.trust, False, before.since if before else since)
    known = with_personal_account(known, replace(own, since=max(own.since, since)))
    effects: tuple[Effect, ...] = ()
    if is_primary_account(known, account.id):
        # What was asked with the old trust may still be refused; it must not end the new one.
        sending = replace(known.sending, attempt=0, due=at)
        known = replace(known, contact_attempt=0, contact_due=at, sending=sending)
    elif known.contact_account == account.id:
        known = replace(known, contact_attempt=0, contact_due=at)
    if reply.terms is not None and is_primary_account(known, account.id):
        known, effects = apply_terms(known, reply.terms)
    known, keep = recorded(known, at, Act.COMPUTER_JOINED, Cause.PERSON, None, account=account)
    return Step(known, ChoosingPin(account, session), (*effects, keep))


def chosen(known: Known, phase: ChoosingPin, intent: PinGiven, at: datetime) -> Step:
    """Six digits: asked for once more, then the credential is sealed by them."""
    if phase.attempt:
        return Step(known, phase)
    again = ChoosingPin(phase.account, phase.session, round=phase.round + 1)
    if phase.first is None:
        return Step(known, replace(again, first=intent.pin))
    known, attempt = numbered(known)
    seal = SealPin(attempt, phase.account.id, phase.first, intent.pin)
    return Step(known, replace(again, attempt=attempt), (seal,))


def kept(known: Known, phase: ChoosingPin, reply: PinKept, at: datetime) -> Step:
    """From now on tile and PIN; and in at once."""
    known = opened_window(with_seal(known, phase.account.id, sealed=True), phase.account.id, at)
    keep: tuple[Effect, ...] = ()
    if known.terms is not None:
        known, keep = repainted(known, known.terms)
    return entered_own(known, phase.session, phase.account, at).after(*keep)


def not_kept(known: Known, phase: ChoosingPin, no: No, at: datetime) -> Step:
    """Too easily guessed, or not the same twice, or not sealed: say why, and ask again."""
    match no.why:
        case Refusal(code=code) as refusal if code in PIN_OVER:
            return Step(known, AskingOwn(phase.session, why=refusal))
        case Refusal(code=code) as refusal if code in ENDS_TRUST:
            return turned_away(known, phase, refusal, at)
        case why:
            again = ChoosingPin(phase.account, phase.session, round=phase.round + 1, why=why)
            return Step(known, again)


def coming(known: Known, phase: AskingPin, intent: PinComing, at: datetime) -> Step:
    """One digit more: what needs no PIN is done while a finger is on its way."""
    if phase.attempt:
        return Step(known, phase)
    away = known.unreached_since is not None
    return Step(known, phase, (ExpectPin(phase.account.id, away),))


def given(known: Known, phase: AskingPin, intent: PinGiven, at: datetime) -> Step:
    """Six digits: do they open the seal?"""
    if phase.attempt:
        return Step(known, phase)
    known, attempt = numbered(known)
    away = known.unreached_since is not None
    asking = AskingPin(phase.account, phase.session, phase.round, attempt)
    return Step(known, asking, (UnwrapCredential(attempt, phase.account.id, intent.pin, away),))


def unsealed(known: Known, phase: AskingPin, reply: CredentialUnwrapped, at: datetime) -> Step:
    """They do."""
    if personal_account(known, phase.account.id) is None:
        return Step(known, phase_below(phase.session, Refusal(Code.PERSON_UNLISTED)))
    known = opened_window(known, phase.account.id, at)
    return entered_own(known, phase.session, phase.account, at)


def not_unsealed(known: Known, phase: AskingPin, no: No, at: datetime) -> Step:
    """They do not; or nothing does any more, and the password is asked for."""
    match no.why:
        case Refusal(code=code) as refusal if code in PIN_OVER:
            known = with_seal(known, phase.account.id, sealed=False)
            if phase.session is not None and phase.session.in_case:
                return Step(known, phase_below(phase.session, refusal))  # no code in a case
            return Step(known, AskingOwn(phase.session, why=refusal))
        case Refusal(code=code) as refusal if code in ENDS_TRUST:
            return turned_away(known, phase, refusal, at)
        case why:
            return Step(known, AskingPin(phase.account, phase.session, phase.round + 1, why=why))


def forgotten(known: Known, phase: AskingPin, intent: PinForgotten, at: datetime) -> Step:
    """The password and a code, and then a new PIN."""
    return Step(known, phase if phase.attempt else AskingOwn(phase.session))


def went_back(
    known: Known, phase: AskingOwn | ChoosingPin | AskingPin, intent: WentBack, at: datetime
) -> Step:
    """Not now; not while an answer is under way, for it may be a yes."""
    if phase.attempt:
        return Step(known, phase)
    return Step(known, phase_below(phase.session))


def end_session_of_removed_account(before: Known, taken: Step, at: datetime) -> Step:
    """A session whose account is not on this computer any more ends, whatever said so (law 12).

    In a case it stays, with the PIN that leads back to it, and goes as the case ends (law 9).
    """
    session = session_of(taken.phase)
    if (
        session is None
        or session.account.shared
        or personal_account(taken.known, session.account.id)
    ):
        return taken
    refusal = Refusal(Code.PERSON_UNLISTED)
    phase, effects, known = taken.phase, taken.effects, taken.known
    if not isinstance(phase, Over | Entering):
        return taken
    own = personal_account(before, session.account.id)
    if session.in_case and own is not None:
        gone = (ForgetOwn(own.account.id), ForgetTrust(own.account.id))
        effects = tuple(each for each in effects if each not in gone)
        known, refusal = with_personal_account(known, own), Refusal(Code.ACCOUNT_DEACTIVATED)
    out = force_sign_out(known, phase, at, session, Cause.SERVER, refusal)
    return out.after(*effects)


def turned_away(
    known: Known, phase: ChoosingPin | AskingPin, refusal: Refusal, at: datetime
) -> Step:
    """The server does not know this login here any more: the password, if that is any use."""
    session = phase.session
    if session is not None and session.account.id == phase.account.id:
        out = force_sign_out(known, phase, at, session, Cause.SERVER, refusal)
        stays = session_of(out.phase)
        return out if stays is None else replace(out, phase=phase_below(stays, refusal))
    known, forget = apply_no_to_trust(known, refusal, phase.account.id)
    if refusal.code is Code.ACCOUNT_DEACTIVATED:
        return Step(known, phase_below(phase.session, refusal), forget)
    return Step(known, AskingOwn(phase.session, why=refusal), forget)


def phase_below(session: Session | None, refusal: Refusal | None = None) -> AtLogin | Locked:
    """What lies under these pages: the login screen, or somebody's cover."""
    if session is None:
        return AtLogin(refusal)
    return Locked(session, Cause.PERSON, refusal)
