"""Ports of a site that offers less: what there is none of, said so, by whom it concerns.

An adapter for such a site brings its own ``SignIn`` and ``Enrolment``, and these for the rest.
They keep nothing, ask nobody and never fail.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from kiosk.session.model.challenge import Challenge, Purpose
from kiosk.session.model.people import Place
from kiosk.session.model.refusals import Code, Refusal, Unreachable
from kiosk.session.model.replies import Delivered, News
from kiosk.session.model.site import PageState, Part, Press, Seen, Whose
from kiosk.session.model.terms import Roster
from kiosk.session.ports import DayFound

NOT_OFFERED = Refusal(Code.NOT_OFFERED)
NO_SHARE = b"nobody keeps a share of this key"
NOTHING_SEEN = Seen(PageState.UNKNOWN, 0)
LOOK_AGAIN = timedelta(hours=1)


class NoApproval:
    """Nobody's code lets a computer in."""

    def open_challenge(self, purpose: Purpose, account_id: str) -> Refusal:
        """None can be opened."""
        return NOT_OFFERED

    def text_code(self, place: Place, challenge: Challenge, approver_id: str) -> Refusal:
        """None is texted."""
        return NOT_OFFERED

    def answer_code(
        self, place: Place, challenge: Challenge, code: str, approver_id: str = ""
    ) -> Refusal:
        """None is right."""
        return NOT_OFFERED


class NoFeed:
    """Nothing is told in the background. ``now`` is trusted time."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now

    def news(self, account_id: str) -> News:
        """Nothing changed, as far as anybody will ever say."""
        return News(None, False, self._now() + LOOK_AGAIN)

    def doubt(self) -> None:
        """There is nothing to be asked for anew."""

    def hang_up(self) -> None:
        """Nobody waits."""


class NoOutbox:
    """Nothing goes up: records stay here, where ``kiosk audit`` reads them."""

    def send(self, account_id: str) -> Delivered:
        """Nothing waits for anybody."""
        return Delivered(0)

    def drop_trust(self, account_id: str) -> None:
        """No server knows of any."""


class NoPinShares:
    """No PIN opens anything: there is nobody who counts the tries."""

    def seal(self, account_id: str, pin: bytearray, again: bytearray) -> Refusal:
        """Not kept."""
        return NOT_OFFERED

    def open(self, account_id: str, pin: bytearray, *, away: bool) -> Refusal:
        """Opens nothing."""
        return NOT_OFFERED

    def expect(self, account_id: str, *, away: bool) -> None:
        """Nothing has to be ready."""

    def settle(self) -> None:
        """No tries are counted."""

    def confirm(self, account_id: str) -> None:
        """Nobody has to be told."""

    def close(self, account_id: str) -> None:
        """Nothing is open."""


class NoPinServer:
    """No server keeps a share of a PIN's key: PIN and pepper are the key, this computer counts.

    Whoever has keychain and disk can try every PIN on them (threats.md T5).
    """

    def make_pin_share(
        self, account: str, trust_token: str, device_password: str
    ) -> bytes | Refusal | Unreachable:
        """The same for everybody."""
        return NO_SHARE

    def release_pin_share(self, account: str, trust_token: str) -> bytes | Refusal | Unreachable:
        """The same, without counting."""
        return NO_SHARE

    def confirm_pin(
        self, account: str, trust_token: str, device_password: str
    ) -> Refusal | Unreachable | None:
        """Nobody has to be told."""
        return None


class NoDays:
    """No schedule is known."""

    def day(self, account_id: str) -> DayFound | None:
        """None."""
        return None


class NoBadges:
    """No badge is known."""

    def mark(self, number: str) -> str:
        """Nobody's."""
        return ""


class NoRoster:
    """Who shares the account is the server's to say."""

    def prove_password(self, account_id: str, password: str) -> Refusal:
        """None is kept to compare with."""
        return NOT_OFFERED

    def keep(self, account_id: str, roster: Roster) -> Refusal:
        """Not kept."""
        return NOT_OFFERED


class NoPages:
    """No page of a site is carried."""

    def expect(self, account_id: str, email: str) -> None:
        """No page shows any."""

    def look(self, whose: Whose) -> Seen:
        """Nothing is seen."""
        return NOTHING_SEEN

    def find(self, whose: Whose) -> Seen:
        """Nothing is seen."""
        return NOTHING_SEEN

    def open_anew(self, whose: Whose) -> Seen:
        """Nothing is seen."""
        return NOTHING_SEEN

    def fill(self, whose: Whose, seen: Seen, typed: Mapping[Part, str]) -> Press:
        """Nothing is filled in."""
        return Press.GONE

    def follow(self, whose: Whose, seen: Seen) -> Seen:
        """Nothing is seen."""
        return NOTHING_SEEN

    def sign_out(self, account_id: str) -> bool:
        """Nobody is signed out."""
        return False

    def open_apart(self, account_id: str) -> Seen:
        """Nothing is seen."""
        return NOTHING_SEEN

    def end_apart(self, account_id: str, *, adopt: bool) -> None:
        """There is none."""

    def let_go(self, account_id: str) -> None:
        """There is nothing of it."""

    def rehearse(self, account_id: str) -> Seen:
        """Nothing is seen."""
        return NOTHING_SEEN
