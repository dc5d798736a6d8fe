"""A provider's code: asked for, texted, answered; and what it brings kept.

Owns what a right code means for keychain and files. Nothing is remembered between two calls: each
is given its challenge and its place.
"""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from kiosk.session.model.challenge import Challenge, Delivery, Purpose
from kiosk.session.model.people import Place
from kiosk.session.model.refusals import Code, Fault, Reason, Refusal, Unreachable
from kiosk.session.model.replies import Accepted
from kiosk.session.model.terms import Terms
from kiosk.session.model.trust import NoTrust, Trust
from kiosk.sync.account_calls import AccountCalls
from kiosk.sync.files import Joining, LocalFiles
from kiosk.sync.secrets.safe import Credential, Safe, TrustSecret, void
from kiosk.sync.trust_drop import drop_trust
from kiosk.sync.wire.calls import Api
from kiosk.sync.wire.grants import account_of, approver_of
from kiosk.sync.wire.messages import AcceptanceMessage, ChallengeMessage

JOINING = frozenset({Purpose.JOIN, Purpose.OWN})


class Approval:
    """A computer that has a factor of its own, and needs somebody's word beside it."""

    def __init__(self, safe: Safe, remembered: LocalFiles, holding: AccountCalls) -> None:
        self._safe = safe
        self._remembered = remembered
        self._holding = holding

    def open_challenge(self, purpose: Purpose, account_id: str) -> Challenge | Reason:
        """Prove the account's own factor here and open a request for a code."""
        credential = self._holding.credential(account_id)
        if not isinstance(credential, Credential):
            return credential
        api = self._holding.api(credential.server)
        if not isinstance(api, Api):
            return api
        if not credential.device_password:
            return Refusal(Code.PASSWORD_CHANGED if void(credential) else Code.PIN_NEEDED)
        told = api.open_challenge(purpose, account_id, credential.device_password)
        self._holding.believe(credential, told)
        return challenge_of(purpose, told)

    def text_code(self, place: Place, challenge: Challenge, approver_id: str) -> Delivery | Reason:
        """Have a code texted to one of the challenge's approvers."""
        api = self._holding.api(place.server)
        if not isinstance(api, Api):
            return api
        told = api.text_code(challenge.id, approver_id)
        if isinstance(told, Refusal | Unreachable):
            return told
        known = next((a for a in challenge.approvers if a.id == told.approver), None)
        if known is None:
            return Unreachable.NOT_UNDERSTOOD
        approver = replace(known, phone_ending=told.phone_ending[-2:])
        return Delivery(approver, told.expires_at, told.resend_at)

    def answer_code(
        self, place: Place, challenge: Challenge, code: str, approver_id: str = ""
    ) -> Accepted | Reason:
        """Answer with the code, and keep or forget what it is about."""
        api = self._holding.api(place.server)
        if not isinstance(api, Api):
            return api
        if challenge.purpose is Purpose.REMOVE:
            return self._removed(api, challenge, code, approver_id)
        told = api.answer(challenge.id, code, approver_id)
        if isinstance(told, Refusal | Unreachable):
            return told
        return self._accepted(place, challenge, told)

    def _removed(
        self, api: Api, challenge: Challenge, code: str, approver_id: str
    ) -> Accepted | Reason:
        """Marked before the server is asked: a crash in between leaves no way in without a code."""
        account_id = challenge.account.id
        was_dropped = self._remembered.trust_dropped(account_id)
        with suppress(OSError):
            self._remembered.mark_dropped(account_id)
        told = api.answer_removal(challenge.id, code, approver_id)
        if isinstance(told, Refusal | Unreachable):
            if isinstance(told, Refusal) and not was_dropped:
                with suppress(OSError):
                    self._remembered.unmark_dropped(account_id)
            return told
        drop_trust(self._safe, self._remembered, account_id)
        return Accepted(NoTrust.REMOVED, None, "")

    def _accepted(
        self, place: Place, challenge: Challenge, told: AcceptanceMessage
    ) -> Accepted | Reason:
        account_id, key = challenge.account.id, self._safe.device_key()
        if key is None or isinstance(key, Fault):
            return key or Fault.KEYCHAIN_CORRUPT
        if challenge.purpose in JOINING:
            if told.device_password is None or told.grant_key is None:
                return Unreachable.NOT_UNDERSTOOD
            pinned = self._safe.pin_grant_key(told.grant_key)
            if isinstance(pinned, Fault):
                return pinned
        grant = self._holding.grant(account_id, told.grant)
        if not isinstance(grant, Terms):
            return grant
        secret = TrustSecret(told.trust.token, told.trust.horizon_at)
        fault = self._safe.keep_trust(account_id, secret)
        if fault is None:
            with suppress(OSError):
                self._remembered.unmark_dropped(account_id)
        if fault is None and challenge.purpose in JOINING and told.device_password:
            credential = Credential(challenge.account, place.server, told.device_password)
            fault = self._join(credential, place, challenge.purpose, grant.issued_at)
        if fault is not None:
            return fault
        return Accepted(Trust(account_id, secret.horizon_at), grant, key.thumbprint)

    def _join(
        self, credential: Credential, place: Place, purpose: Purpose, since: datetime
    ) -> Fault | None:
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
        joined = self._remembered.joining()
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


def challenge_of(
    purpose: Purpose, told: ChallengeMessage | Refusal | Unreachable
) -> Challenge | Reason:
    """The request that was opened, or the server's no."""
    if isinstance(told, Refusal | Unreachable):
        return told
    account = account_of(told.account)
    if account is None:
        return Refusal(Code.ACCOUNT_PRIVILEGED)
    return Challenge(
        told.id,
        purpose,
        account,
        tuple(approver_of(a) for a in told.approvers),
        told.expires_at,
        told.tries_left,
    )
