"""Rules of the provider's code: nothing is texted before someone chooses whose phone (S12, S13)."""

from dataclasses import replace
from datetime import datetime

from kiosk.session.model.audit import Act, Cause
from kiosk.session.model.challenge import (
    App,
    Challenge,
    Delivery,
    Purpose,
    SentBySite,
)
from kiosk.session.model.effects import (
    AnswerCode,
    Effect,
    ForgetTrust,
    KeepRecord,
    Rehearse,
    TextCode,
)
from kiosk.session.model.intents import (
    AnotherApproverWanted,
    ApproverChosen,
    CodeGiven,
    ResendWanted,
    WentBack,
)
from kiosk.session.model.people import Account, Place
from kiosk.session.model.refusals import Code, Fault, Reason, Refusal
from kiosk.session.model.replies import Accepted, No
from kiosk.session.model.state import (
    AskingAccount,
    AskingForCode,
    AskingOwn,
    AtLogin,
    AwaitingCode,
    ChoosingApprover,
    ChoosingPin,
    ConfirmingRemoval,
    Joined,
    Known,
    Locked,
    Phase,
    Removed,
    Session,
    ThisComputer,
)
from kiosk.session.rules.accounts import apply_no_to_trust, without
from kiosk.session.rules.entering import resume, tap
from kiosk.session.rules.moves import (
    Step,
    apply_terms,
    asked,
    awaiting,
    forbidden,
    force_sign_out,
    numbered,
    recorded,
)
from kiosk.session.rules.pins import joined

OVER = frozenset({Code.CHALLENGE_OVER, Code.CHALLENGE_UNKNOWN})
JOIN_ANEW = frozenset({Code.DEVICE_PASSWORD_WRONG, Code.DEVICE_REVOKED, Code.REVOKED_NOW})
RETURN_ANEW = JOIN_ANEW | {Code.PASSWORD_CHANGED}


def opened(known: Known, phase: AskingForCode, challenge: Challenge, at: datetime) -> Step:
    """The computer's own first factor was right."""
    refusal = forbidden(challenge.account)
    if refusal is not None and phase.purpose is not Purpose.REMOVE:
        return back(known, phase.purpose, phase.session, refusal)
    choosing = ChoosingApprover(challenge, phase.person_id, known.place, session=phase.session)
    return Step(known, asked(choosing))


def not_opened(known: Known, phase: AskingForCode, no: No, at: datetime) -> Step:
    """No code can be asked for. A computer that the server no longer knows joins anew."""
    anew = RETURN_ANEW if phase.purpose is Purpose.RETURN else JOIN_ANEW
    match no.why:
        case Refusal(code=code) as refusal if code in anew:
            out: tuple[Effect, ...] = ()
            if phase.session is not None and phase.session.in_case:
                return back(known, phase.purpose, phase.session, refusal)
            if phase.session is not None:
                taken = force_sign_out(known, phase, at, phase.session, Cause.SERVER, refusal)
                known, out = taken.known, taken.effects
            else:
                known, out = apply_no_to_trust(
                    known, refusal, known.account.id if known.account else ""
                )
            return Step(known, AskingAccount(known.place, why=refusal), out)
        case Refusal(code=Code.PASSWORD_CHANGED) as refusal:
            # Asked to be removed: the next tap types it before anybody is let in.
            known, _ = apply_no_to_trust(known, refusal, known.account.id if known.account else "")
            return back(known, phase.purpose, phase.session, refusal)
        case why:
            return back(known, phase.purpose, phase.session, why)


def given_up(known: Known, phase: AskingForCode, intent: WentBack, at: datetime) -> Step:
    """*Back*, before the server answered."""
    return back(known, phase.purpose, phase.session)


def chosen(known: Known, phase: ChoosingApprover, intent: ApproverChosen, at: datetime) -> Step:
    """Text this one; or their app shows the code, and nothing is asked of anybody."""
    named = (each for each in phase.challenge.approvers if each.id == intent.approver_id)
    approver = next(named, None)
    if phase.attempt or approver is None:
        return Step(known, phase)
    if intent.app:
        return Step(known, awaiting(phase, App(approver)) if approver.app else phase)
    if not approver.phone_ending:
        return Step(known, phase)
    known, attempt = numbered(known)
    phase = replace(phase, attempt=attempt, why=None)
    return Step(
        known, phase, (TextCode(attempt, phase.place, phase.challenge, intent.approver_id),)
    )


def texted(
    known: Known, phase: ChoosingApprover | AwaitingCode, delivery: Delivery, at: datetime
) -> Step:
    """A code is on its way."""
    return Step(known, awaiting(phase, delivery))


def not_texted(known: Known, phase: ChoosingApprover, no: No, at: datetime) -> Step:
    """No text went out: say why, leave the choice open."""
    return gone_wrong(known, phase, no.why, replace(phase, attempt=0, why=no.why))


def gone_wrong(
    known: Known, phase: ChoosingApprover | AwaitingCode, why: Reason, again: Phase
) -> Step:
    """Asked ``again``; or away, where nothing can come of this request any more."""
    match why:
        case Refusal(code=code) if code in OVER:
            return leave(known, phase, over=True)
        case Fault():
            return failed(known, phase, why)
        case _:
            return Step(known, again)


def given(known: Known, phase: AwaitingCode, intent: CodeGiven, at: datetime) -> Step:
    """All digits are there."""
    if phase.attempt:
        return Step(known, phase)
    known, attempt = numbered(known)
    source = phase.source
    whose = source.approver.id if isinstance(source, App) else ""
    answer = AnswerCode(attempt, phase.place, phase.challenge, intent.code, whose)
    phase = replace(phase, attempt=attempt, why=None)
    return Step(known, phase, (answer,))


def text_again(known: Known, phase: AwaitingCode, intent: ResendWanted, at: datetime) -> Step:
    """A new code to the same phone, once the wait is over; it does not reset failures.

    Or a text to whoever has not got their app at hand.
    """
    source = phase.source
    if phase.attempt or not source.approver.phone_ending or isinstance(source, SentBySite):
        return Step(known, phase)
    if isinstance(source, Delivery) and at < source.resend_at:
        return Step(known, phase)
    known, attempt = numbered(known)
    phase = replace(phase, attempt=attempt, why=None)
    text = TextCode(attempt, phase.place, phase.challenge, source.approver.id)
    return Step(known, phase, (text,))


def someone_else(
    known: Known, phase: AwaitingCode, intent: AnotherApproverWanted, at: datetime
) -> Step:
    """*Ask someone else*."""
    if phase.attempt or isinstance(phase.source, SentBySite):
        return Step(known, phase)
    return Step(known, choice(phase))


def accepted(known: Known, phase: AwaitingCode, reply: Accepted, at: datetime) -> Step:
    """The code was right: join, come back, or be forgotten."""
    challenge = phase.challenge
    if challenge.purpose is Purpose.OWN:
        return joined(known, challenge.account, phase.session, reply, at)
    if challenge.purpose is Purpose.JOIN:
        return let_in(known, reply, challenge.account, phase.place, at)
    return let_back(
        known, reply, challenge.purpose, challenge.account, phase.person_id, phase.session, at
    )


def accepted_at_once(known: Known, phase: AskingForCode, reply: Accepted, at: datetime) -> Step:
    """The site asked for no code: it still knew this computer, or was told to forget it."""
    account = known.account
    if account is None:
        return Step(known, phase)
    return let_back(known, reply, phase.purpose, account, phase.person_id, phase.session, at)


def let_in(known: Known, reply: Accepted, account: Account, place: Place, at: datetime) -> Step:
    """A computer that was new here."""
    known, effects = trusted_anew(known, reply, account, at)
    known = replace(known, place=place, contact_due=at, sealed=False, renewal_due=False)
    known, keep = recorded(known, at, Act.COMPUTER_JOINED, Cause.PERSON, None)
    after = Joined() if account.shared else ChoosingPin(account)
    if not known.at_site:
        return Step(known, after, (*effects, keep))
    # Now, while the page is open and whoever has the code stands there.
    known, attempt = numbered(known)
    known = replace(known, rehearsal_attempt=attempt, rehearsed=None)
    return Step(known, after, (*effects, keep, Rehearse(attempt, account.id)))


def let_back(
    known: Known,
    reply: Accepted,
    purpose: Purpose,
    account: Account,
    person_id: str,
    session: Session | None,
    at: datetime,
) -> Step:
    """Whoever asked comes back; or the computer was removed."""
    known, effects = trusted_anew(known, reply, account, at)
    keep: KeepRecord
    if purpose is Purpose.REMOVE:
        known, keep = recorded(known, at, Act.COMPUTER_REMOVED, Cause.PERSON, session)
        return Step(known, Removed(), (*effects, keep, ForgetTrust(account.id)))
    known, keep = recorded(known, at, Act.CODE_ACCEPTED, Cause.PERSON, session)
    if session is not None:
        step = resume(known, Locked(session, Cause.PERSON), at)
    else:
        step = tap(known, AtLogin(), person_id, at)
    return step.after(*effects, keep)


def trusted_anew(
    known: Known, reply: Accepted, account: Account, at: datetime
) -> tuple[Known, tuple[Effect, ...]]:
    """What was accepted governs from now on."""
    known = without(known, account.id)  # it may have had a tile of its own here
    known = replace(
        known,
        trust=reply.trust,
        account=account,
        device=reply.device or known.device,
        contact_attempt=0,
        # What was asked with the old trust may still be refused; it must not end the new one.
        sending=replace(known.sending, attempt=0, due=at),
    )
    return (known, ()) if reply.terms is None else apply_terms(known, reply.terms)


def not_accepted(known: Known, phase: AwaitingCode, no: No, at: datetime) -> Step:
    """The code did not do, or no text went out: say why and how many tries are left."""
    again = replace(phase, attempt=0, round=phase.round + 1, why=no.why)
    return gone_wrong(known, phase, no.why, again)


def failed(known: Known, phase: ChoosingApprover | AwaitingCode, fault: Fault) -> Step:
    """This computer failed at it: to where the code was asked for, with the reason."""
    if phase.challenge.purpose is Purpose.JOIN:
        return Step(known, AskingAccount(phase.place, phase.email, fault))
    if phase.challenge.purpose is Purpose.OWN:
        return Step(known, AskingOwn(phase.session, phase.email, why=fault))
    return back(known, phase.challenge.purpose, phase.session, fault)


def went_back(
    known: Known, phase: ChoosingApprover | AwaitingCode, intent: WentBack, at: datetime
) -> Step:
    """*Cancel*: back to where it began. Not while an answer is under way: it may be a yes."""
    if phase.attempt:
        return Step(known, phase)
    return leave(known, phase, over=False)


def choice(phase: AwaitingCode) -> ChoosingApprover:
    """The choice of approvers again, for the same challenge."""
    return ChoosingApprover(
        phase.challenge, phase.person_id, phase.place, phase.email, phase.session
    )


def over(challenge: Challenge, at: datetime) -> bool:
    """Whether the request for a code is too old to be answered."""
    return at >= challenge.expires_at


def leave(known: Known, phase: ChoosingApprover | AwaitingCode, *, over: bool) -> Step:
    """Away from the code, to where it was asked for."""
    why = Refusal(Code.CHALLENGE_OVER) if over else None
    if phase.challenge.purpose is Purpose.JOIN:
        return Step(known, AskingAccount(phase.place, phase.email, why))
    if phase.challenge.purpose is Purpose.OWN:
        return Step(known, AskingOwn(phase.session, phase.email, why=why))
    return back(known, phase.challenge.purpose, phase.session, why)


def back(
    known: Known, purpose: Purpose, session: Session | None, why: Reason | None = None
) -> Step:
    """To the page from which the code was asked for, with the reason."""
    if purpose is Purpose.REMOVE and why is None:
        return Step(known, ThisComputer(session))
    if purpose is Purpose.REMOVE:
        return Step(known, ConfirmingRemoval(session, why))
    return Step(known, AtLogin(why) if session is None else Locked(session, Cause.PERSON, why))
