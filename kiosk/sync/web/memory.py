"""Reading the memory at start, where there is no server's word: keychain, settings and audit.

Missing or unreadable trust counts as none (law 1). What a file says can only take away: the account
and its password come from the keychain.
"""

from collections.abc import Callable

from kiosk.session.model.case import CaseNote
from kiosk.session.model.people import Place
from kiosk.session.model.refusals import Fault
from kiosk.session.model.replies import StartupState
from kiosk.session.model.trust import NoTrust
from kiosk.sync.trust_drop import drop_trust, remembered_trust
from kiosk.sync.web.accounts import SiteAccounts


class SiteStartupLoader:
    """What this computer remembers of its site's account."""

    def __init__(
        self,
        accounts: SiteAccounts,
        next_sequence: Callable[[], int],
        keychain_opens: Callable[[], None],
        case: Callable[[], CaseNote | int | None],
    ) -> None:
        """``next_sequence`` numbers the next record; ``case`` is the one that was not ended."""
        self._case = case
        self._accounts = accounts
        self._next_sequence = next_sequence
        self._keychain_opens = keychain_opens

    def memory(self) -> StartupState | Fault:
        """Everything, read; a fault of the keychain instead."""
        safe, joining = self._accounts.safe, self._accounts.remembered.joining()
        key = safe.device_key()
        if isinstance(key, Fault):
            return key
        self._keychain_opens()
        if joining is None or key is None:
            return self._nothing(keys_lost=joining is not None)
        credential = safe.credential(joining.account_id)
        if isinstance(credential, Fault):
            return credential
        # Once it is read it is held: without an answer here nobody would have a name until the end.
        names = self._accounts.roster.of(joining.account_id)
        if isinstance(names, Fault):
            return names
        settings = self._accounts.settings
        if credential is None:
            return self._nothing(keys_lost=True)
        if settings.place.server not in ("", credential.server):
            # Another site than the password is for: nothing is known of it yet.
            return self._nothing(keys_lost=False)
        place = Place(credential.server, joining.location, joining.operatory)
        return StartupState(
            place=place,
            account=credential.account,
            trust=remembered_trust(safe, self._accounts.remembered, credential.account.id),
            terms=self._accounts.terms(credential.account, place, key.thumbprint),
            device=key.thumbprint,
            next_sequence=self._next_sequence(),
            own=self._accounts.own_logins.known(credential.server),
            offers_own=self._accounts.own_logins.offered,
            rehearsed=self._accounts.remembered.rehearsed(credential.account.id),
            case=self._case(),
        )

    def forget_trust(self, account_id: str) -> Fault | None:
        """The site wants its code again."""
        return drop_trust(self._accounts.safe, self._accounts.remembered, account_id)

    def forget_own(self, account_id: str) -> Fault | None:
        """Everything of a login of one's own; its pages are let go by ``outbox.drop_trust``."""
        return self._accounts.own_logins.forget(account_id)

    def _nothing(self, *, keys_lost: bool) -> StartupState:
        place, sequence = self._accounts.settings.place, self._next_sequence()
        return StartupState(
            place,
            None,
            NoTrust.NEVER,
            None,
            "",
            sequence,
            keys_lost,
            offers_own=self._accounts.own_logins.offered,
        )
