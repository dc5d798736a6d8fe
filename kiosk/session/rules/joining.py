"""Rules of a new computer: place, account, facts.md S14's condition, then always a code."""

from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from kiosk.session.model.challenge import Challenge, Purpose
from kiosk.session.model.effects import Effect, LoadStartupState, OpenEnrolment, StartAgain
from kiosk.session.model.events import Ticked
from kiosk.session.model.intents import (
    AccountGiven,
    Continued,
    PlaceGiven,
    RetryWanted,
    SecurePlaceAffirmed,
    TileTapped,
    WentBack,
)
from kiosk.session.model.origin import origin_of, read_origin
from kiosk.session.model.painted import Painted
from kiosk.session.model.people import SOMEONE_ELSE, PersonalAccount, Place
from kiosk.session.model.refusals import Code, Fault, Refusal, Unreachable
from kiosk.session.model.replies import Accepted, No, StartupState
from kiosk.session.model.state import (
    Affirming,
    AskingAccount,
    AskingPlace,
    AtLogin,
    ChoosingApprover,
    Joined,
    Known,
    Locked,
    Opening,
    Sending,
    Stopped,
)
from kiosk.session.rules.accounts import person_in, personal_account
from kiosk.session.rules.approving import let_in
from kiosk.session.rules.cases import restored
from kiosk.session.rules.entering import tapped
from kiosk.session.rules.moves import (
    Step,
    apply_terms,
    asked,
    forbidden,
    idle_limit,
    numbered,
    person_of,
)
from kiosk.session.rules.returning import tapped_cover

LOOK_AGAIN = timedelta(seconds=5)
MAY_HEAL = frozenset({Fault.KEYCHAIN_LOCKED, Fault.KEYCHAIN_ABSENT, Fault.KEYCHAIN_SLOW})
"""What is over as soon as the keychain's service is there, and somebody has unlocked it."""


def remembered(known: Known, phase: Opening | Stopped, memory: StartupState, at: datetime) -> Step:
    """The memory was read: a known computer shows its login screen, any other is asked."""
    before = known.painted
    known = replace(
        known,
        place=memory.place or known.place,
        account=memory.account,
        trust=memory.trust,
        terms=memory.terms,
        device=memory.device,
        next_sequence=memory.next_sequence,
        sending=Sending(changes=memory.changes, due=at),
        contact_due=at,
        own=in_order(memory.own, before),
        sealed=memory.sealed,
        renewal_due=memory.renewal_due,
        rehearsed=memory.rehearsed,
        offers_own=memory.offers_own,
        recent=before.recent if before else (),
    )
    if memory.account is None:
        return Step(known, AskingPlace(known.place, keys_lost=memory.keys_lost))
    effects: tuple[Effect, ...] = ()
    if memory.terms is not None:
        known, effects = apply_terms(known, memory.terms)
    wanted = phase.wanted if isinstance(phase, Opening) else ""
    if memory.case is not None:
        step = restored(known, memory.case, at)
        meant = isinstance(step.phase, Locked) and painted_truly(before, known, wanted, at)
        if isinstance(step.phase, Locked) and meant:
            early = tapped_cover(step.known, step.phase, TileTapped(wanted), at)
            step = early.after(*step.effects)
        if isinstance(step.phase, Locked) or not wanted:
            return step.after(*effects)
        # It is over, and whoever tapped in the first second comes in.
        known, effects = step.known, (*effects, *step.effects)
    if wanted == SOMEONE_ELSE or painted_truly(before, known, wanted, at):
        return tapped(known, AtLogin(), TileTapped(wanted), at).after(*effects)
    return Step(known, AtLogin(), effects)


def painted_truly(painted: Painted | None, known: Known, person_id: str, at: datetime) -> bool:
    """Whether the tile that was tapped said the name that it stands for (threats.md T12).

    The file that paints the first second is not verified: on a mismatch nothing enters.
    """
    own = personal_account(known, person_id)
    person = person_in(own.account) if own else person_of(known, person_id, at)
    tiles = painted.tiles + painted.floats + painted.own if painted is not None else ()
    # Every tile of that id: a second one that says another name may be the one that was tapped.
    named = [each for each in tiles if each.id == person_id]
    return person is not None and bool(named) and all(each == person for each in named)


def in_order(
    own: tuple[PersonalAccount, ...], painted: Painted | None
) -> tuple[PersonalAccount, ...]:
    """As they stood on the screen last; the order is all that the unverified file decides."""
    stood = {each.id: place for place, each in enumerate(painted.own)} if painted else {}
    return tuple(sorted(own, key=lambda each: stood.get(each.account.id, len(stood))))


def forgotten(known: Known, phase: Opening | Stopped, no: No, at: datetime) -> Step:
    """The memory cannot be read: say so, enter nobody, and look again where it may mend itself."""
    fault = no.why if isinstance(no.why, Fault) else Fault.UNEXPECTED
    again_at = at + LOOK_AGAIN if fault in MAY_HEAL else None
    return Step(known, Stopped(fault, no.detail, again_at=again_at))


def looked_again(known: Known, phase: Stopped, event: Ticked, at: datetime) -> Step:
    """Somebody may have unlocked the keychain since; the page stays as it is meanwhile."""
    if phase.attempt or phase.again_at is None or at < phase.again_at:
        return Step(known, phase)
    known, attempt = numbered(known)
    return Step(known, replace(phase, attempt=attempt), (LoadStartupState(attempt),))


def wanted_early(known: Known, phase: Opening, intent: TileTapped, at: datetime) -> Step:
    """A tap before the memory is read waits for it."""
    return Step(known, replace(phase, wanted=intent.person_id))


def read_again(known: Known, phase: Stopped, intent: RetryWanted, at: datetime) -> Step:
    """*Try again*: the keychain may be open by now."""
    known, attempt = numbered(known)
    return Step(known, Opening(attempt), (LoadStartupState(attempt),))


def given_place(known: Known, phase: AskingPlace, intent: PlaceGiven, at: datetime) -> Step:
    """The place was filled in; an address that cannot be a server's is said at once."""
    if phase.attempt:
        return Step(known, phase)
    place, start = tidy(intent.place), ""
    if intent.at_site:
        place, start = parted(place)
    turned = intent.at_site != known.at_site
    if not acceptable(place.server) and not (turned and not place.server):
        return Step(known, AskingPlace(place, Unreachable.ADDRESS))
    # An engine reaches the site that it was started for, and no other.
    moved = known.at_site and known.place.server not in ("", place.server)
    if (turned or moved or start) and known.account is not None:
        # One press of anybody's would end it here for good: first it is removed, by its code.
        return Step(known, AskingPlace(place, Refusal(Code.COMPUTER_JOINED)))
    if turned or moved or start:
        known, attempt = numbered(known)
        again = StartAgain(attempt, place, intent.at_site, start)
        return Step(known, AskingPlace(place, attempt=attempt), (again,))
    if not place.location or not place.operatory:
        return Step(known, AskingPlace(place, Refusal(Code.PLACE_UNKNOWN)))
    return Step(replace(known, place=place), AskingAccount(place))


def not_started(known: Known, phase: AskingPlace, no: No, at: datetime) -> Step:
    """It could not be kept, and goes on as it was."""
    return Step(known, AskingPlace(phase.place, no.why))


def given_account(known: Known, phase: AskingAccount, intent: AccountGiven, at: datetime) -> Step:
    """E-mail and password were typed; S14's condition comes before they are used."""
    return Step(known, Affirming(phase.place, intent.email.strip(), intent.password))


def back_to_place(known: Known, phase: AskingAccount, intent: WentBack, at: datetime) -> Step:
    """Back to the first page, with what was filled in."""
    return Step(known, AskingPlace(phase.place))


def affirmed(known: Known, phase: Affirming, intent: SecurePlaceAffirmed, at: datetime) -> Step:
    """S14 holds, says an admin; now the server checks the account."""
    if phase.attempt or phase.password is None:
        return Step(known, phase)
    known, attempt = numbered(known)
    ask = OpenEnrolment(attempt, Purpose.JOIN, phase.place, phase.email, phase.password)
    return Step(known, replace(phase, password=None, attempt=attempt), (ask,))


def back_to_account(known: Known, phase: Affirming, intent: WentBack, at: datetime) -> Step:
    """Back to the second page; the password has to be typed again."""
    if phase.attempt:
        return Step(known, phase)
    return Step(known, AskingAccount(phase.place, phase.email))


def left_alone(known: Known, phase: Affirming, event: Ticked, at: datetime) -> Step:
    """Nobody affirms: a typed password does not wait in its slot for the night."""
    if phase.attempt or event.idle < idle_limit(known, None):
        return Step(known, phase)
    return Step(known, AskingAccount(phase.place, phase.email))


def opened(known: Known, phase: Affirming, challenge: Challenge, at: datetime) -> Step:
    """The account is right. A shared one with rights it must not have goes no further (law 6)."""
    refusal = forbidden(challenge.account)
    if refusal is not None:
        return Step(known, AskingAccount(phase.place, phase.email, refusal))
    return Step(known, asked(ChoosingApprover(challenge, "", phase.place, phase.email)))


def accepted(known: Known, phase: Affirming, reply: Accepted, at: datetime) -> Step:
    """The site let this computer in without a code."""
    if reply.terms is None:
        return Step(known, phase)
    refusal = forbidden(reply.terms.account)
    if refusal is not None:
        return Step(known, AskingAccount(phase.place, phase.email, refusal))
    return let_in(known, reply, reply.terms.account, phase.place, at)


def not_opened(known: Known, phase: Affirming, no: No, at: datetime) -> Step:
    """The account could not be checked: back to the page where it can be mended."""
    if isinstance(no.why, Refusal) and no.why.code is Code.PLACE_UNKNOWN:
        return Step(known, AskingPlace(phase.place, no.why))
    return Step(known, AskingAccount(phase.place, phase.email, no.why))


def to_login(known: Known, phase: Joined, intent: Continued, at: datetime) -> Step:
    """One tap from now on."""
    return Step(known, AtLogin())


def tidy(place: Place) -> Place:
    """What was typed, without stray blanks; an address without a scheme means HTTPS."""
    server = place.server.strip()
    if server and "://" not in server:
        server = f"https://{server}"
    origin = read_origin(server)
    return Place(str(origin) if origin else server, place.location.strip(), place.operatory.strip())


def parted(place: Place) -> tuple[Place, str]:
    """The site, and the path of its first page, where an address is as a browser shows it.

    What follows the path is of that one visit, and its page says it anew: it is dropped.
    """
    origin = origin_of(place.server)
    if origin is None:
        return place, ""
    path = urlsplit(place.server).path
    return replace(place, server=str(origin)), "" if path == "/" else path


def acceptable(server: str) -> bool:
    """Whether that is an origin the kiosk may talk to: HTTPS, or plain HTTP on loopback only."""
    origin = read_origin(server)
    return origin is not None and origin.is_safe
