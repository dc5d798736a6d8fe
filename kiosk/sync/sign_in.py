"""The server as the kiosk sees it: calls made as this computer, and what they bring kept.

The one place where a call, the keychain and the files meet. Every outcome is a value of the core.
Not for two threads at once: a lane has its own.
"""

import platform
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from kiosk.session.model.challenge import Challenge, Delivery, Purpose
from kiosk.session.model.effects import OpenChallenge
from kiosk.session.model.grant import Grant
from kiosk.session.model.origin import is_of
from kiosk.session.model.people import Invited, Place, Strength
from kiosk.session.model.refusals import Code, Fault, Reach, Reason, Refusal
from kiosk.session.model.replies import Accepted
from kiosk.session.model.trust import NoTrust, Trust
from kiosk.session.ports import Started
from kiosk.sync.account_calls import Held, Holding
from kiosk.sync.files import Joining, Remembered
from kiosk.sync.secrets.safe import Credential, Safe, TrustSecret, void
from kiosk.sync.trust_drop import drop_trust
from kiosk.sync.wire.calls import Api
from kiosk.sync.wire.grants import account_of, approver_of
from kiosk.sync.wire.line import Line
from kiosk.sync.wire.messages import AcceptanceMessage, ChallengeMessage

JOINING = frozenset({Purpose.JOIN, Purpose.OWN})
LINK = re.compile(r"(https?://[^/\s?#]+)/invitations/([A-Za-z0-9_-]{20,200})/?\Z")


class Server:
    """One lane's way to the server."""

    def __init__(
        self,
        line: Line,
        safe: Safe,
        remembered: Remembered,
        owe_end: Callable[[str], object],
        protection: str = "",
    ) -> None:
        """``protection`` is the level that the server is told of with each session."""
        self._protection = protection
        self._owe_end = owe_end
        self._holding = Holding(line, safe, remembered)
        self._line = line
        self._safe = safe
        self._remembered = remembered
        self._place = Place("", "", "")
        self._challenge: Challenge | None = None
        # The token of the invitation being accepted: a secret, so in no state (law 10).
        self._invitation = ""

    def open_challenge(self, order: OpenChallenge, password: str | None) -> Challenge | Reason:
        """Prove the first factor and open a request for a code."""
        if order.purpose in JOINING:
            return self._open_join(order, password)
        credential = self._credential(order.account_id)
        if not isinstance(credential, Credential):
            return credential
        api = self._api(credential.server)
        if not isinstance(api, Api):
            return api
        if not credential.device_password:
            return Refusal(Code.PASSWORD_CHANGED if void(credential) else Code.PIN_NEEDED)
        told = api.open_challenge(order.purpose, order.account_id, credential.device_password)
        self._believe(credential, told)
        return self._opened(order.purpose, told)

    def read_invitation(self, place: Place, link: str) -> Invited | Reason:
        """Whom the link invites: one of this server's own, or it is not asked for."""
        self._invitation = ""
        token = token_of(link, place.server)
        if not token:
            return Refusal(Code.INVITATION_UNKNOWN)
        key = self._safe.make_device_key()
        if isinstance(key, Fault):
            return key
        told = self._line.api(place.server, key).read_invitation(token)
        if isinstance(told, Refusal | Reach):
            return told
        self._place, self._invitation = place, token
        return Invited(told.account_label, told.email, told.organization)

    def accept_invitation(self, password: str, phone: str) -> Reason | None:
        """Complete the set-up of the account last read."""
        if not self._invitation:
            return Refusal(Code.INVITATION_OVER)
        api = self._api(self._place.server)
        if not isinstance(api, Api):
            return api
        told = api.accept_invitation(self._invitation, password, phone)
        if told is None:
            self._invitation = ""
        return told

    def text_code(self, challenge_id: str, approver_id: str) -> Delivery | Reason:
        """Have a code texted to one of the challenge's approvers."""
        challenge = self._challenge
        api = self._api(self._place.server)
        if challenge is None or challenge.id != challenge_id:
            return Refusal(Code.CHALLENGE_UNKNOWN)
        if not isinstance(api, Api):
            return api
        told = api.text_code(challenge_id, approver_id)
        if isinstance(told, Refusal | Reach):
            return told
        known = next((a for a in challenge.approvers if a.id == told.approver), None)
        if known is None:
            return Reach.NOT_UNDERSTOOD
        approver = replace(known, phone_ending=told.phone_ending[-2:])
        return Delivery(approver, told.expires_at, told.resend_at)

    def answer_code(
        self, challenge_id: str, purpose: Purpose, code: str, approver_id: str = ""
    ) -> Accepted | Reason:
        """Answer with the code, and keep or forget what it is about."""
        challenge = self._challenge
        api = self._api(self._place.server)
        if challenge is None or challenge.id != challenge_id or challenge.purpose is not purpose:
            return Refusal(Code.CHALLENGE_UNKNOWN)
        if not isinstance(api, Api):
            return api
        if purpose is Purpose.REMOVE:
            return self._removed(api, challenge, code, approver_id)
        told = api.answer(challenge_id, code, approver_id)
        if isinstance(told, Refusal | Reach):
            return told
        return self._accepted(challenge, told)

    def start_session(
        self, account_id: str, person_id: str, strength: Strength
    ) -> Started | Reason:
        """Start a session in one round trip; the trust horizon moves with it (law 7)."""
        held = self._holding.held(account_id)
        if not isinstance(held, Held):
            return held
        self._place = replace(self._place, server=held.credential.server)
        api, credential, secret = held.api, held.credential, held.trust
        if not credential.device_password:
            return Refusal(Code.PASSWORD_CHANGED if void(credential) else Code.PIN_UNKNOWN)
        told = api.start_session(
            account_id,
            credential.device_password,
            secret.token,
            person_id,
            strength.value,
            self._protection,
        )
        self._believe(credential, told)
        if isinstance(told, Refusal | Reach):
            return told
        grant = self._holding.grant(account_id, told.grant)
        if isinstance(grant, Grant) and not is_of(told.handoff.url, credential.server):
            grant = Reach.NOT_UNDERSTOOD
        if not isinstance(grant, Grant):
            api.end_session(told.id)  # it has begun there, and nobody will use it
            return grant
        self._safe.move_horizon(account_id, secret, told.trust.horizon_at)
        trust = Trust(account_id, told.trust.horizon_at)
        return Started(told.id, trust, grant, told.handoff.url)

    def renew_password(self, account_id: str, password: str) -> Reason | None:
        """Have another password of this computer's own; trust and its horizon stay (law 7)."""
        held = self._holding.held(account_id)
        if not isinstance(held, Held):
            return held
        told = held.api.renew_password(account_id, held.trust.token, password)
        if isinstance(told, Refusal | Reach):
            return told
        return self._safe.keep_credential(
            replace(held.credential, device_password=told.device_password)
        )

    def page_for(self, session_id: str) -> str | Reason:
        """Another one-time address; the access token is renewed first, by the proof alone."""
        api = self._api(self._place.server)
        if not isinstance(api, Api):
            return api
        renewed = api.renew(session_id)
        if isinstance(renewed, Refusal | Reach):
            return renewed
        told = api.handoff(renewed.access_token)
        if isinstance(told, Refusal | Reach):
            return told
        if not is_of(told.url, self._place.server):
            return Reach.NOT_UNDERSTOOD
        return told.url

    def end_session(self, session_id: str) -> Reason | None:
        """End a session; an end that does not reach the server is sent later, by the key alone."""
        api = self._api(self._place.server)
        told = api.end_session(session_id) if isinstance(api, Api) else api
        if isinstance(told, Reach | Fault):
            self._owe_end(session_id)
        return told

    def _believe(self, credential: Credential, told: object) -> None:
        """A password that the server calls void is not kept: a restart must not try it again."""
        if isinstance(told, Refusal) and told.code is Code.PASSWORD_CHANGED:
            self._safe.keep_credential(replace(credential, device_password=""))

    def _removed(
        self, api: Api, challenge: Challenge, code: str, approver_id: str
    ) -> Accepted | Reason:
        """Marked before the server is asked: a crash in between leaves no way in without a code."""
        account_id = challenge.account.id
        was_dropped = self._remembered.trust_dropped(account_id)
        with suppress(OSError):
            self._remembered.mark_dropped(account_id)
        told = api.answer_removal(challenge.id, code, approver_id)
        if isinstance(told, Refusal | Reach):
            if isinstance(told, Refusal) and not was_dropped:
                with suppress(OSError):
                    self._remembered.unmark_dropped(account_id)
            return told
        drop_trust(self._safe, self._remembered, account_id)
        return Accepted(NoTrust.REMOVED, None, "")

    def _open_join(self, order: OpenChallenge, password: str | None) -> Challenge | Reason:
        if order.place is None or password is None:
            return Refusal(Code.CREDENTIALS_WRONG)
        key = self._safe.make_device_key()
        if isinstance(key, Fault):
            return key
        self._place = order.place
        api = self._line.api(order.place.server, key)
        told = api.open_join(order.email, password, order.place, platform.node())
        revoked = isinstance(told, Refusal) and told.code is Code.DEVICE_REVOKED
        if revoked and order.purpose is Purpose.JOIN:
            # That key is refused for good. Whoever knows the account's password, and a provider's
            # code, lets the computer in again, with another.
            key = self._safe.make_device_key(anew=True)
            if isinstance(key, Fault):
                return key
            api = self._line.api(order.place.server, key)
            told = api.open_join(order.email, password, order.place, platform.node())
        return self._opened(order.purpose, told)

    def _opened(
        self, purpose: Purpose, told: ChallengeMessage | Refusal | Reach
    ) -> Challenge | Reason:
        if isinstance(told, Refusal | Reach):
            return told
        account = account_of(told.account)
        if account is None:
            return Refusal(Code.ACCOUNT_PRIVILEGED)
        self._challenge = Challenge(
            told.id,
            purpose,
            account,
            tuple(approver_of(a) for a in told.approvers),
            told.expires_at,
            told.tries_left,
        )
        return self._challenge

    def _accepted(self, challenge: Challenge, told: AcceptanceMessage) -> Accepted | Reason:
        account_id, key = challenge.account.id, self._safe.device_key()
        if key is None or isinstance(key, Fault):
            return key or Fault.KEYCHAIN_CORRUPT
        if challenge.purpose in JOINING:
            if told.device_password is None or told.grant_key is None:
                return Reach.NOT_UNDERSTOOD
            pinned = self._safe.pin_grant_key(told.grant_key)
            if isinstance(pinned, Fault):
                return pinned
        grant = self._holding.grant(account_id, told.grant)
        if not isinstance(grant, Grant):
            return grant
        secret = TrustSecret(told.trust.token, told.trust.horizon_at)
        fault = self._safe.keep_trust(account_id, secret)
        if fault is None:
            with suppress(OSError):
                self._remembered.unmark_dropped(account_id)
        if fault is None and challenge.purpose in JOINING and told.device_password:
            credential = Credential(challenge.account, self._place.server, told.device_password)
            fault = self._join(credential, challenge.purpose, grant.issued_at)
        if fault is not None:
            return fault
        return Accepted(Trust(account_id, secret.horizon_at), grant, key.thumbprint)

    def _join(self, credential: Credential, purpose: Purpose, since: datetime) -> Fault | None:
        account = credential.account
        if account.shared:
            fault = self._safe.keep_credential(credential)
        else:
            # What only its PIN opens does not lie in the keychain; until there is one, in memory.
            # An older PIN opens nothing any more.
            self._remembered.forget_seal(account.id)
            fault = self._safe.forget_pin(account.id) or self._safe.keep_credential(
                replace(credential, device_password="")
            )
            self._safe.open_credential(credential)
        if fault is not None:
            return fault
        place, joined = self._place, self._remembered.joining()
        try:
            if purpose is Purpose.JOIN:
                self._remembered.forget_own(account.id)
                joining = Joining(account.id, place.location, place.operatory)
                self._remembered.keep_joining(joining)
            elif joined is None or joined.account_id != account.id:
                self._remembered.keep_own(account.id, since)
        except OSError:
            return Fault.RECORDS_FULL
        return None

    def _credential(self, account_id: str) -> Credential | Reason:
        found = self._holding.credential(account_id)
        if isinstance(found, Credential):
            self._place = replace(self._place, server=found.server)
        return found

    def _api(self, origin: str) -> Api | Fault:
        return self._holding.api(origin)


def token_of(link: str, origin: str) -> str:
    """The token of an invitation's link of that server; empty where it is none."""
    found = LINK.match(link.strip())
    return found[2] if found and is_of(found[1], origin) else ""
