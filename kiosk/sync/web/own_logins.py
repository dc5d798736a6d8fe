"""Logins of one's own at a site: what their PIN opens, and where they are kept.

The password of one lies nowhere but in its seal; without a server that keeps a share of the key the
tries are counted in this computer's keychain alone (threats.md T5). Must never be offered where
keychain and disk can be copied together.
"""

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from kiosk.session.model.people import PersonalAccount
from kiosk.session.model.refusals import Code, Fault, Reason, Refusal
from kiosk.sync.files import LocalFiles
from kiosk.sync.none import NoPinServer
from kiosk.sync.secrets.safe import Credential, Safe, TrustSecret
from kiosk.sync.trust_drop import drop_trust, remembered_trust


@dataclass(frozen=True, slots=True)
class OwnLogin:
    """What a PIN needs beside itself (``pin_shares.Held``)."""

    api: NoPinServer
    credential: Credential
    trust: TrustSecret


class OwnLogins:
    """Those of one computer. ``offered`` is whether there may be any."""

    def __init__(self, safe: Safe, remembered: LocalFiles, *, offered: bool) -> None:
        self._safe = safe
        self._remembered = remembered
        self.offered = offered
        # Farewells that are still to be said, by account; less than none: said before its turn.
        self._owed = Counter[str]()
        self._void: set[str] = set()

    def held(self, account_id: str) -> OwnLogin | Reason:
        """What that one has here (``pin_shares.Holding``)."""
        credential = self._safe.credential(account_id)
        if not isinstance(credential, Credential):
            return credential or Refusal(Code.PIN_UNKNOWN)
        match self._safe.trust(account_id):
            case TrustSecret() as trust:
                return OwnLogin(NoPinServer(), credential, trust)
            case Fault() as fault:
                return fault
            case None:
                return Refusal(Code.TRUST_MISSING)

    def keep(self, credential: Credential, since: datetime) -> Fault | None:
        """A login that the site has just taken: open until it is sealed, and kept without it."""
        account_id = credential.account.id
        fault = self._safe.keep_credential(replace(credential, device_password=""))
        if fault is not None:
            return fault
        try:
            self._remembered.keep_own(account_id, since)
            self._remembered.unmark_dropped(account_id)
        except OSError:
            return Fault.RECORDS_FULL
        self._safe.open_credential(credential)
        if self._owed[account_id] > 0:
            self._void.add(account_id)
        return None

    def may_say_farewell(self, account_id: str) -> bool:
        """Asked once for each that was forgotten: not where its holder is back since (law 5)."""
        self._owed[account_id] -= 1
        is_back = account_id in self._void
        self._void.discard(account_id)
        return not is_back

    def known(self, server: str) -> tuple[PersonalAccount, ...]:
        """All of them, for that server."""
        found = []
        for account_id, since in self._remembered.own():
            credential = self._safe.credential(account_id)
            if not isinstance(credential, Credential) or credential.server != server:
                continue
            sealed = bool(self._remembered.seal(account_id))
            trust = remembered_trust(self._safe, self._remembered, account_id)
            found.append(PersonalAccount(credential.account, trust, sealed, since))
        return tuple(found)

    def forget(self, account_id: str) -> Fault | None:
        """Everything of it; what cannot be deleted counts as dropped."""
        self._owed[account_id] += 1
        fault = drop_trust(self._safe, self._remembered, account_id)
        fault = self._safe.forget_pin(account_id) or fault
        fault = self._safe.forget_credential(account_id) or fault
        self._remembered.forget_seal(account_id)
        with suppress(OSError):  # with its trust marked as dropped, it is asked for a password
            self._remembered.forget_own(account_id)
        return fault
