"""Reading the memory at start: keychain, files and audit, verified, as one value of the core."""

from collections.abc import Callable
from contextlib import suppress

from kiosk.session.model.case import CaseNote
from kiosk.session.model.people import Account, PersonalAccount, Place
from kiosk.session.model.refusals import Fault
from kiosk.session.model.replies import StartupState
from kiosk.session.model.terms import Terms
from kiosk.session.model.trust import NoTrust, Trust, never_longer
from kiosk.sync.cache import Cache
from kiosk.sync.files import LocalFiles
from kiosk.sync.records.audit_store import Store
from kiosk.sync.records.outbox import Outbox
from kiosk.sync.secrets.safe import Credential, Safe, void
from kiosk.sync.trust_drop import drop_trust, remembered_trust
from kiosk.sync.web.login import is_login
from kiosk.sync.wire.grants import verified
from kiosk.sync.wire.proof import DeviceKey


class StartupLoader:
    """What this computer remembers. ``place`` is what the settings say of a new one."""

    def __init__(
        self,
        safe: Safe,
        remembered: LocalFiles,
        store: Store,
        outbox: Outbox,
        cache: Cache,
        place: Place,
        keychain_opens: Callable[[], None],
        case: Callable[[], CaseNote | int | None],
    ) -> None:
        """``keychain_opens`` is called before anything is judged by what the keychain holds.

        ``case`` is the one that was not ended, as audit and keychain have it.
        """
        self._case = case
        self._keychain_opens = keychain_opens
        self._safe = safe
        self._remembered = remembered
        self._store = store
        self._outbox = outbox
        self._cache = cache
        self._place = place

    def memory(self) -> StartupState | Fault:
        """Everything, read and verified; a fault of the keychain or the audit instead."""
        joining = self._remembered.joining()
        key = self._safe.device_key()
        if isinstance(key, Fault):
            return key
        self._keychain_opens()
        if joining is None or key is None:
            return self._nothing(keys_lost=joining is not None)
        credential = self._safe.credential(joining.account_id)
        if isinstance(credential, Fault):
            return credential
        if credential is None:
            return self._nothing(keys_lost=True)
        if is_login(credential):
            # Whatever the settings say by now (T24): its password is for that site's page alone.
            return self._nothing(keys_lost=False)
        grant = self._grant(joining.account_id, key)
        if isinstance(grant, Fault):
            return grant
        trust = self._trust(joining.account_id)
        if trust is NoTrust.REMOVED:
            self._cache.drop(joining.account_id)
        if grant is not None:
            trust = never_longer(trust, grant.trust_horizon_at)
        return StartupState(
            place=Place(credential.server, joining.location, joining.operatory),
            account=grant.account if grant else credential.account,
            trust=trust,
            terms=grant,
            device=key.thumbprint,
            next_sequence=self._store.next_sequence,
            changes=self._changes(),
            own=self._own(grant),
            sealed=bool(self._remembered.seal(joining.account_id)),
            renewal_due=void(credential),
            case=self._case(),
        )

    def forget_trust(self, account_id: str) -> Fault | None:
        """Delete the trust token of that account, and the patients it let this computer see."""
        self._cache.drop(account_id)
        return drop_trust(self._safe, self._remembered, account_id)

    def forget_own(self, account_id: str) -> Fault | None:
        """Delete everything of a personal account; what cannot be deleted counts as dropped."""
        self._cache.drop(account_id)
        fault = drop_trust(self._safe, self._remembered, account_id)
        fault = self._safe.forget_pin(account_id) or fault
        fault = self._safe.forget_credential(account_id) or fault
        self._remembered.forget_seal(account_id)
        self._remembered.forget_grant(account_id)
        with suppress(OSError):  # with its trust marked as dropped, it is asked for a password
            self._remembered.forget_own(account_id)
        return fault

    def _own(self, grant: Terms | None) -> tuple[PersonalAccount, ...]:
        """The personal accounts, by the grant where it knows them: the keychain is slow."""
        listed = {each.account.id: each for each in grant.own} if grant else {}
        own = []
        for account_id, since in self._remembered.own():
            terms = listed.get(account_id)
            if terms is not None and not self._remembered.trust_dropped(account_id):
                trust: Trust | NoTrust = Trust(account_id, terms.trust_horizon_at)
                account: Account | None = terms.account
            else:
                credential = self._safe.credential(account_id)
                account = credential.account if isinstance(credential, Credential) else None
                trust = self._trust(account_id)
            if account is not None:
                sealed = bool(self._remembered.seal(account_id))
                own.append(PersonalAccount(account, trust, sealed, since))
        return tuple(own)

    def _changes(self) -> int:
        unsent = self._outbox.unsent()
        return 0 if isinstance(unsent, Fault) else unsent.commands

    def _nothing(self, *, keys_lost: bool) -> StartupState:
        sequence = self._store.next_sequence
        return StartupState(self._place, None, NoTrust.NEVER, None, "", sequence, keys_lost)

    def _trust(self, account_id: str) -> Trust | NoTrust:
        return remembered_trust(self._safe, self._remembered, account_id)

    def _grant(self, account_id: str, key: DeviceKey) -> Terms | Fault | None:
        pinned = self._safe.grant_key()
        if pinned is None or isinstance(pinned, Fault):
            return pinned
        grant = verified(self._remembered.grant(account_id), pinned, key.thumbprint)
        return grant if grant is not None and grant.account.id == account_id else None
