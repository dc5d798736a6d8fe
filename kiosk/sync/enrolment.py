"""Letting a computer in for the first time, or a login of somebody's own on it; and invitations.

Owns the first factor that a person types: it is used once and kept nowhere. What the code brings in
the end is kept by ``approval``. Nothing is remembered between two calls.
"""

import platform
import re

from kiosk.session.model.challenge import Challenge, Purpose
from kiosk.session.model.origin import is_of
from kiosk.session.model.people import Invited, Place
from kiosk.session.model.refusals import Code, Fault, Reason, Refusal, Unreachable
from kiosk.session.model.site import Rehearsed
from kiosk.sync.account_calls import AccountCalls
from kiosk.sync.approval import challenge_of
from kiosk.sync.none import NOT_OFFERED
from kiosk.sync.secrets.safe import Safe
from kiosk.sync.wire.calls import Api
from kiosk.sync.wire.line import Line

KEY_REFUSED = frozenset({Code.DEVICE_REVOKED, Code.REVOKED_NOW})
"""This computer's key, for good: in the middle of a case or not."""
LINK = re.compile(r"(https?://[^/\s?#]+)/invitations/([A-Za-z0-9_-]{20,200})/?\Z")


class Enrolment:
    """The way in, for a computer that has no factor of its own yet."""

    def __init__(self, line: Line, safe: Safe, holding: AccountCalls) -> None:
        self._line = line
        self._safe = safe
        self._holding = holding

    def open_challenge(
        self, purpose: Purpose, place: Place, email: str, password: str
    ) -> Challenge | Reason:
        """Prove the typed factor and open a request for a code."""
        key = self._safe.make_device_key()
        if isinstance(key, Fault):
            return key
        told = self._line.api(place.server, key).open_join(email, password, place, platform.node())
        revoked = isinstance(told, Refusal) and told.code in KEY_REFUSED
        if revoked and purpose is Purpose.JOIN:
            # That key is refused for good. Whoever knows the account's password, and a provider's
            # code, lets the computer in again, with another.
            key = self._safe.make_device_key(anew=True)
            if isinstance(key, Fault):
                return key
            api = self._line.api(place.server, key)
            told = api.open_join(email, password, place, platform.node())
        return challenge_of(purpose, told)

    def read_invitation(self, place: Place, link: str) -> Invited | Reason:
        """Whom the link invites: one of this server's own, or it is not asked for."""
        token = token_of(link, place.server)
        if not token:
            return Refusal(Code.INVITATION_UNKNOWN)
        key = self._safe.make_device_key()
        if isinstance(key, Fault):
            return key
        told = self._line.api(place.server, key).read_invitation(token)
        if isinstance(told, Refusal | Unreachable):
            return told
        return Invited(told.account_label, told.email, told.organization)

    def rehearse(self, account_id: str) -> Rehearsed | Reason:
        """Trust is kept in the keychain here, and needs no trying."""
        return NOT_OFFERED

    def accept_invitation(
        self, place: Place, link: str, password: str, phone: str
    ) -> Reason | None:
        """Complete the set-up of the account that the link invites."""
        token = token_of(link, place.server)
        if not token:
            return Refusal(Code.INVITATION_OVER)
        api = self._holding.api(place.server)
        return api.accept_invitation(token, password, phone) if isinstance(api, Api) else api


def token_of(link: str, origin: str) -> str:
    """The token of an invitation's link of that server; empty where it is none."""
    found = LINK.match(link.strip())
    return found[2] if found and is_of(found[1], origin) else ""
