"""What a call for an account needs: the way to its server, both factors, and terms that hold.

The one place where the keychain, the files and the server's word on terms meet; every lane has one.
"""

from contextlib import suppress
from dataclasses import dataclass, replace

from joserfc.jwk import ECKey

from kiosk.session.model.refusals import Code, Fault, Reason, Refusal, Unreachable
from kiosk.session.model.terms import Terms
from kiosk.sync.files import LocalFiles
from kiosk.sync.secrets.safe import Credential, Safe, TrustSecret
from kiosk.sync.web.login import is_login
from kiosk.sync.wire.calls import Api
from kiosk.sync.wire.grants import verified
from kiosk.sync.wire.line import Line
from kiosk.sync.wire.proof import DeviceKey


@dataclass(frozen=True, slots=True)
class CallContext:
    """What a call for an account on this computer needs: the way, and both factors."""

    api: Api
    credential: Credential
    trust: TrustSecret


class AccountCalls:
    """One lane's hold on keychain, files and line."""

    def __init__(self, line: Line, safe: Safe, remembered: LocalFiles) -> None:
        self._line = line
        self._safe = safe
        self._remembered = remembered

    def held(self, account_id: str) -> CallContext | Reason:
        """Everything for a call of that account."""
        credential = self.credential(account_id)
        if not isinstance(credential, Credential):
            return credential
        api, trust = self.api(credential.server), self._safe.trust(account_id)
        if not isinstance(api, Api):
            return api
        if trust is None:
            return Refusal(Code.TRUST_MISSING)
        return trust if isinstance(trust, Fault) else CallContext(api, credential, trust)

    def credential(self, account_id: str) -> Credential | Reason:
        """The first factor, and the server it may be told to. A site's login is no server's."""
        credential = self._safe.credential(account_id)
        if credential is None or (isinstance(credential, Credential) and is_login(credential)):
            return Refusal(Code.DEVICE_PASSWORD_WRONG)
        return credential

    def api(self, origin: str) -> Api | Fault:
        """The calls of that server, proved by this computer's key."""
        key = self.key()
        return self._line.api(origin, key) if isinstance(key, DeviceKey) else key

    def key(self) -> DeviceKey | Fault:
        """This computer's key, which it has."""
        return self._safe.device_key() or Fault.KEYCHAIN_CORRUPT

    def keep_badge_key(self, text: str) -> None:
        """What makes marks of badges; where it cannot be kept it comes with the next news again."""
        if text:
            self._safe.keep_badge_key(text)

    def grant(self, account_id: str, compact: str) -> Terms | Reason:
        """A grant that is the server's own, for this computer and account; kept."""
        key, pinned = self.key(), self._safe.grant_key()
        if not isinstance(key, DeviceKey):
            return key
        if not isinstance(pinned, ECKey):
            return pinned or Fault.KEYCHAIN_CORRUPT
        grant = verified(compact, pinned, key.thumbprint)
        if grant is None or grant.account.id != account_id:
            return Unreachable.NOT_UNDERSTOOD
        # On a full disk it governs until the restart; then the server is asked.
        with suppress(OSError):
            self._remembered.keep_grant(account_id, compact)
        return grant

    def believe(self, credential: Credential, told: object) -> None:
        """A password that the server calls void is not kept: a restart must not try it again."""
        if isinstance(told, Refusal) and told.code is Code.PASSWORD_CHANGED:
            self._safe.keep_credential(replace(credential, device_password=""))


class JoinedServer:
    """The origin that this computer has joined, or empty.

    Kept in mind once it is known: that a file cannot be read for a moment is no fault of the
    server, and would be said of it.
    """

    def __init__(self, safe: Safe, remembered: LocalFiles) -> None:
        self._safe = safe
        self._remembered = remembered
        self._known = ""

    def __call__(self) -> str:
        """As the keychain has it now, else as it had it last."""
        joining = self._remembered.joining()
        credential = self._safe.credential(joining.account_id) if joining else None
        if isinstance(credential, Credential):
            self._known = credential.server
        return self._known
