"""The ports: what the kiosk needs of the outside world, in the core's own terms.

Each has one real implementation and, in the tests, a fake under the same contract tests. Expected
failures are values; a port call may take long, so none belongs on the main thread.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from kiosk.session.model.audit import Record
from kiosk.session.model.carried import Cookie, CookieName, Storage
from kiosk.session.model.case import CaseNote
from kiosk.session.model.challenge import Challenge, Delivery, Purpose
from kiosk.session.model.commands import Command
from kiosk.session.model.day import Day
from kiosk.session.model.people import Invited, Place, Strength
from kiosk.session.model.refusals import Fault, Reason
from kiosk.session.model.replies import Accepted, Delivered, News, No, StartupState
from kiosk.session.model.site import Part, Press, Rehearsed, Seen, Whose
from kiosk.session.model.terms import Roster, Terms
from kiosk.session.model.trust import Trust


@dataclass(frozen=True, slots=True)
class Started:
    """A session started. ``page`` is Xchart's one-time address: a secret."""

    session_id: str
    trust: Trust
    terms: Terms
    page: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class DayFound:
    """The schedule of this computer, and when the server told it."""

    day: Day
    as_of: datetime


class StartupLoader(Protocol):
    """What this computer remembers."""

    def memory(self) -> StartupState | Fault:
        """Everything, read and verified."""
        ...

    def forget_trust(self, account_id: str) -> Fault | None:
        """Delete the trust token of that account."""
        ...

    def forget_own(self, account_id: str) -> Fault | None:
        """Delete everything of a personal account."""
        ...


class Records(Protocol):
    """The durable audit."""

    @property
    def unkept(self) -> int:
        """How many records still wait for the disk."""
        ...

    def keep(self, record: Record, command: Command | None = None) -> Fault | None:
        """Make a record durable, and its command queued; on a fault both wait for the next."""
        ...

    def keep_case(self, note: CaseNote | None) -> Fault | None:
        """Have the keychain remember a case whose start is durable; None: there is none any more.

        It comes back as ``StartupState.case`` after a restart, if the record still stands there.
        """
        ...


class Enrolment(Protocol):
    """A computer without any factor of its own, or a login that is new on it."""

    def open_challenge(
        self, purpose: Purpose, place: Place, email: str, password: str
    ) -> Challenge | Accepted | Reason:
        """Prove the factor that was typed, and open a request for a code.

        Accepted where a site asks for none.
        """
        ...

    def read_invitation(self, place: Place, link: str) -> Invited | Reason:
        """Whom the link of an e-mail invites."""
        ...

    def accept_invitation(
        self, place: Place, link: str, password: str, phone: str
    ) -> Reason | None:
        """Complete the set-up of the account that the link invites; the link is used up."""
        ...

    def rehearse(self, account_id: str) -> Rehearsed | Reason:
        """Find out at a site what a restart of this computer will bring there; nothing is typed."""
        ...


class Approval(Protocol):
    """Somebody's code, who may let a computer in. Every call is given what it is about."""

    def open_challenge(self, purpose: Purpose, account_id: str) -> Challenge | Accepted | Reason:
        """Prove the account's own factor here, and open a request for a code.

        Accepted where a site asks for none.
        """
        ...

    def text_code(self, place: Place, challenge: Challenge, approver_id: str) -> Delivery | Reason:
        """Have a code texted."""
        ...

    def answer_code(
        self, place: Place, challenge: Challenge, code: str, approver_id: str = ""
    ) -> Accepted | Reason:
        """Answer with the code, and keep what it brings; the approver's if their app made it."""
        ...


class SignIn(Protocol):
    """One account's way in, and what one entered."""

    def start_session(
        self, account_id: str, person_id: str, strength: Strength, *, by_itself: bool = False
    ) -> Started | Reason:
        """Start a session, in one round trip. ``by_itself``: nobody pressed for it."""
        ...

    def renew_password(self, account_id: str, password: str) -> Reason | None:
        """Have another password of this computer's own by the account's new one, and keep it."""
        ...

    def page_for(self, session_id: str, *, by_itself: bool = False) -> str | Reason:
        """Another one-time address."""
        ...

    def end_session(self, session_id: str) -> Reason | None:
        """End a session."""
        ...


class PinShares(Protocol):
    """What the PINs of personal accounts open. Digits are the caller's, who wipes them."""

    def seal(self, account_id: str, pin: bytearray, again: bytearray) -> Reason | None:
        """Seal the credential, which is open, by a PIN that was typed twice."""
        ...

    def open(self, account_id: str, pin: bytearray, *, away: bool) -> Reason | None:
        """Open the credential, and hold it open; ``away``: the server is not waited for."""
        ...

    def expect(self, account_id: str, *, away: bool) -> None:
        """All digits but the last are typed: have ready what needs no PIN."""
        ...

    def settle(self) -> None:
        """Count the tries no more that were right."""
        ...

    def confirm(self, account_id: str) -> None:
        """Tell the server that the PIN was right, as well as may be."""
        ...

    def close(self, account_id: str) -> None:
        """Forget the open credential of that account, or of all (empty)."""
        ...


class RosterStore(Protocol):
    """Who shares the account, where that is kept at this computer."""

    def prove_password(self, account_id: str, password: str) -> Reason | None:
        """Whether it is the one that is kept here; nobody is asked, and tries are counted."""
        ...

    def keep(self, account_id: str, roster: Roster) -> Reason | None:
        """Keep it, durably, in the place of what was there."""
        ...


class Badges(Protocol):
    """What a badge is known by."""

    def mark(self, number: str) -> str | Fault:
        """The mark of that number; empty where no badges are known here."""
        ...


class Feed(Protocol):
    """What comes down, for nobody in particular."""

    def news(self, account_id: str) -> News | No:
        """What changed; waits a while for it."""
        ...

    def doubt(self) -> None:
        """What is known of the day did not fit: ask for all of it next time; from any thread."""
        ...

    def hang_up(self) -> None:
        """Wait no longer for news; from any thread."""
        ...


class Outbox(Protocol):
    """What goes up, for whoever made it."""

    def send(self, account_id: str) -> Delivered | No:
        """Everything that waits, in order; an empty account sends what needs no trust."""
        ...

    def drop_trust(self, account_id: str) -> Reason | None:
        """Have the server forget this computer for that account, by the device key alone."""
        ...


class Days(Protocol):
    """The schedule as this computer has it."""

    def day(self, account_id: str) -> DayFound | None:
        """Today and later, own changes included; None where none is known."""
        ...


class TrustedTime(Protocol):
    """Trusted time (``kiosk.local.clock``)."""

    def now(self) -> datetime:
        """Aware, UTC."""
        ...


class SitePages(Protocol):
    """The pages of a site that has only a web sign-in, whoever carries them.

    Called from a lane; every call ends within seconds, with what was seen by then. ``filled`` is
    the only way of a secret into a page: into the top document at the configured origin.
    """

    def expect(self, account_id: str, email: str) -> None:
        """Whose login that account is: a page that shows that e-mail, unchangeable, is theirs."""
        ...

    def look(self, whose: Whose) -> Seen:
        """Their page as it is; unknown where there is none."""
        ...

    def find(self, whose: Whose) -> Seen:
        """Their page where it is signed in, or a person is at it; else at the site's start."""
        ...

    def open_anew(self, whose: Whose) -> Seen:
        """Their page at the site's start, whatever was there."""
        ...

    def fill(self, whose: Whose, seen: Seen, typed: Mapping[Part, str]) -> Press:
        """Fill that in and press, if the page is still the one that was seen."""
        ...

    def follow(self, whose: Whose, seen: Seen) -> Seen:
        """Wait until the page shows something else than that, a while at most."""
        ...

    def sign_out(self, account_id: str) -> bool:
        """Press the site's own sign-out, and forget what it keeps here; whether it took it."""
        ...

    def open_apart(self, account_id: str) -> Seen:
        """The site's start in a profile of its own, as a stranger sees it: ``APART``'s page.

        Whoever is in, and what the site remembers, stay as they are until ``end_apart``.
        """
        ...

    def end_apart(self, account_id: str, *, adopt: bool) -> None:
        """It is the account's own from now on, in the place of all that was there; or it goes."""
        ...

    def let_go(self, account_id: str) -> None:
        """Everything of that account goes here, whatever the site still knows of it."""
        ...

    def rehearse(self, account_id: str) -> Seen:
        """The account's own page as it would be after a restart, with what is kept and no more.

        Nobody is at a page of that account. Where it is signed in it is their page from now on;
        else they keep the one that they have.
        """
        ...


class SiteMemory(Protocol):
    """What a site remembers in its pages' profile, kept over a restart; an account each."""

    def keep_cookie(self, account: str, cookie: Cookie) -> object:
        """Keep it, durably, in the place of the one that is called the same."""
        ...

    def forget_cookie(self, account: str, called: CookieName) -> object:
        """The site has it no more."""
        ...

    def keep_storage(self, account: str, storage: Storage) -> object:
        """Keep it in the place of that origin's older one."""
        ...

    def forget(self, account: str) -> object:
        """Everything of that account, at once."""
        ...
