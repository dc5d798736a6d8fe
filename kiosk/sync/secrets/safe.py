"""What this computer keeps in the keychain, in its own terms: key, device password, trust.

Everything read once is held here, in this one place, while the kiosk runs: a tap does not wait for
the keychain, and a keychain that locks itself at noon stops nobody. Every outcome is a value.
"""

import json
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import RLock

from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from kiosk.keychain.port import Found, Item, ItemName, Keychain, KeychainFault, Missing
from kiosk.local.json_files import instant_in, object_in
from kiosk.session.model.refusals import Fault
from kiosk.sync.records.chain import Note, Tail
from kiosk.sync.secrets.credential import Credential as Credential
from kiosk.sync.secrets.credential import credential_of, written_credential
from kiosk.sync.secrets.credential import void as void
from kiosk.sync.secrets.notes import note_of, written_note
from kiosk.sync.wire.proof import DeviceKey

FILE_KEY = re.compile("[0-9a-f]{64}")
FAULTS = {
    KeychainFault.ABSENT: Fault.KEYCHAIN_ABSENT,
    KeychainFault.LOCKED: Fault.KEYCHAIN_LOCKED,
    KeychainFault.SLOW: Fault.KEYCHAIN_SLOW,
    KeychainFault.TOO_LARGE: Fault.KEYCHAIN_TOO_LARGE,
    KeychainFault.CORRUPT: Fault.KEYCHAIN_CORRUPT,
    KeychainFault.REFUSED: Fault.KEYCHAIN_REFUSED,
}


@dataclass(frozen=True, slots=True)
class TrustSecret:
    """The remembered second factor: worthless without a proof by the device key.

    ``horizon_at`` is None where nobody can say until when (a site without an API).
    """

    token: str = field(repr=False)
    horizon_at: datetime | None


class Safe:
    """The keychain items of one kiosk, for all lanes. ``now`` dates proofs."""

    def __init__(self, keychain: Keychain, now: Callable[[], datetime]) -> None:
        self._keychain = keychain
        self._now = now
        self._key: DeviceKey | None = None
        self._grant_key: ECKey | None = None
        self._credentials: dict[str, Credential] = {}
        self._open: dict[str, Credential] = {}
        self._texts: dict[ItemName, str] = {}
        self._trust: dict[str, TrustSecret] = {}
        self._trust_lock = RLock()
        self._file_keys: dict[Item, str] = {}
        self._file_lock = RLock()
        self._note: Note | None = None
        self._note_lock = RLock()

    def __repr__(self) -> str:
        return "<safe>"

    def device_key(self) -> DeviceKey | Fault | None:
        """The key of this computer, None before it made one."""
        if self._key is not None:
            return self._key
        found = self._read(ItemName(Item.DEVICE_KEY))
        if not isinstance(found, Found):
            return found
        self._key = DeviceKey.read(found.secret, self._now)
        return self._key or Fault.KEYCHAIN_CORRUPT

    def make_device_key(self, *, anew: bool = False) -> DeviceKey | Fault:
        """The key of this computer, made and kept if there is none yet, or in any case."""
        known = None if anew else self.device_key()
        if known is not None:
            return known
        key = DeviceKey.made(self._now)
        fault = self._keep(ItemName(Item.DEVICE_KEY), key.written())
        if fault is not None:
            return fault
        self._key = key
        return key

    def grant_key(self) -> ECKey | Fault | None:
        """The clinic's public key, pinned when this computer joined."""
        if self._grant_key is not None:
            return self._grant_key
        found = self._read(ItemName(Item.GRANT_KEY))
        if not isinstance(found, Found):
            return found
        try:
            self._grant_key = ECKey.import_key(
                {name: str(value) for name, value in object_in(found.secret).items()}
            )
        except (JoseError, ValueError, TypeError, KeyError):
            return Fault.KEYCHAIN_CORRUPT
        return self._grant_key

    def pin_grant_key(self, jwk: dict[str, object]) -> ECKey | Fault:
        """Keep the clinic's public key (JWK, P-256); a private or foreign one is refused."""
        public = {name: jwk[name] for name in ("kty", "crv", "x", "y") if name in jwk}
        try:
            key = ECKey.import_key({n: str(v) for n, v in public.items()})
        except (JoseError, ValueError, TypeError, KeyError):
            return Fault.KEYCHAIN_CORRUPT
        fault = self._keep(ItemName(Item.GRANT_KEY), json.dumps(public))
        if fault is not None:
            return fault
        self._grant_key = key
        return key

    def credential(self, account_id: str) -> Credential | Fault | None:
        """The first factor of that account here; a personal one's is empty until it is opened."""
        if account_id in self._open:
            return self._open[account_id]
        if account_id in self._credentials:
            return self._credentials[account_id]
        found = self._read(ItemName(Item.DEVICE_PASSWORD, account_id))
        if not isinstance(found, Found):
            return found
        credential = credential_of(account_id, found.secret)
        if credential is None:
            return Fault.KEYCHAIN_CORRUPT
        self._credentials[account_id] = credential
        return credential

    def keep_credential(self, credential: Credential) -> Fault | None:
        """Keep the first factor of an account."""
        account = credential.account
        name = ItemName(Item.DEVICE_PASSWORD, account.id)
        fault = self._keep(name, written_credential(credential))
        if fault is None:
            self._credentials[account.id] = credential
        return fault

    def forget_credential(self, account_id: str) -> Fault | None:
        """Delete the first factor of an account."""
        self._open.pop(account_id, None)
        self._credentials.pop(account_id, None)
        return self._forget(ItemName(Item.DEVICE_PASSWORD, account_id))

    def open_credential(self, credential: Credential) -> None:
        """Hold a personal account's first factor: here, in memory, and nowhere else."""
        self._open[credential.account.id] = credential

    def close_credential(self, account_id: str) -> None:
        """Hold it no longer; of no account any, where none is named."""
        if account_id:
            self._open.pop(account_id, None)
        else:
            self._open.clear()

    def pin(self, account_id: str) -> str | Fault | None:
        """What belongs to that account's PIN, in the words of ``pins``; None without one."""
        return self._text(ItemName(Item.PIN, account_id))

    def keep_pin(self, account_id: str, text: str) -> Fault | None:
        """Keep it, replacing what was there."""
        return self._keep_text(ItemName(Item.PIN, account_id), text)

    def forget_pin(self, account_id: str) -> Fault | None:
        """Delete it, and the share: the pepper first, without which no PIN opens anything."""
        fault = self._forget_text(ItemName(Item.PIN, account_id))
        return self.forget_pin_share(account_id) or fault

    def pin_share(self, account_id: str) -> str | Fault | None:
        """The server's share of that account's key, as it was released last; None without one."""
        return self._text(ItemName(Item.PIN_SHARE, account_id))

    def keep_pin_share(self, account_id: str, text: str) -> Fault | None:
        """Keep it where it is another one, in an item of its own."""
        name = ItemName(Item.PIN_SHARE, account_id)
        return None if self._texts.get(name) == text else self._keep_text(name, text)

    def forget_pin_share(self, account_id: str) -> Fault | None:
        """Delete it: from then on the PIN needs the server."""
        return self._forget_text(ItemName(Item.PIN_SHARE, account_id))

    def badge_key(self) -> str | Fault | None:
        """What makes marks of badge numbers (base64url, 32 bytes); None where there are none."""
        return self._text(ItemName(Item.BADGE_KEY))

    def keep_badge_key(self, text: str) -> Fault | None:
        """Keep it; asked for with every news, and written where it is another one."""
        return None if self.badge_key() == text else self._keep_text(ItemName(Item.BADGE_KEY), text)

    def roster_seal(self) -> str | Fault | None:
        """What names kept here are known by (``web.roster``); asked anew, for it may be late."""
        found = self._read(ItemName(Item.ROSTER_SEAL))
        return found.secret if isinstance(found, Found) else found

    def keep_roster_seal(self, text: str) -> Fault | None:
        """Keep it: from now on these are the names, whatever lies in a file (threats T24)."""
        return self._keep(ItemName(Item.ROSTER_SEAL), text)

    def password_tries(self) -> str | Fault | None:
        """How often a password was typed here that was none, in the words of ``web.roster``."""
        return self._text(ItemName(Item.PASSWORD_TRIES))

    def keep_password_tries(self, text: str) -> Fault | None:
        """Keep it, where nobody who edits files can reach."""
        return self._keep_text(ItemName(Item.PASSWORD_TRIES), text)

    def case(self) -> str | Fault | None:
        """The case that was not ended, in the words of ``case_notes``; None for none."""
        return self._text(ItemName(Item.CASE))

    def keep_case(self, text: str) -> Fault | None:
        """Remember it, where nobody who edits or copies files can reach (T24)."""
        return self._keep_text(ItemName(Item.CASE), text)

    def forget_case(self) -> Fault | None:
        """There is none any more."""
        return self._forget_text(ItemName(Item.CASE))

    def trust(self, account_id: str) -> TrustSecret | Fault | None:
        """The remembered second factor of that account here."""
        if account_id in self._trust:
            return self._trust[account_id]
        found = self._read(ItemName(Item.TRUST_TOKEN, account_id))
        if not isinstance(found, Found):
            return found
        told = object_in(found.secret)
        token, horizon_at = told.get("token"), instant_in(told.get("horizon_at"))
        open_end = told.get("horizon_at", "") is None
        if not isinstance(token, str) or (horizon_at is None and not open_end):
            return Fault.KEYCHAIN_CORRUPT
        secret = self._trust[account_id] = TrustSecret(token, horizon_at)
        return secret

    def keep_trust(self, account_id: str, secret: TrustSecret) -> Fault | None:
        """Keep the remembered second factor."""
        until = secret.horizon_at.isoformat() if secret.horizon_at is not None else None
        text = json.dumps({"token": secret.token, "horizon_at": until})
        with self._trust_lock:
            fault = self._keep(ItemName(Item.TRUST_TOKEN, account_id), text)
            if fault is None:
                self._trust[account_id] = secret
        return fault

    def move_horizon(self, account_id: str, used: TrustSecret, horizon_at: datetime | None) -> None:
        """Keep the horizon that a sign-in brought, unless trust was forgotten meanwhile.

        A keychain that does not take it only makes this computer remember the shorter one.
        """
        with self._trust_lock:
            if self._trust.get(account_id) == used:
                self.keep_trust(account_id, TrustSecret(used.token, horizon_at))

    def forget_trust(self, account_id: str) -> Fault | None:
        """Delete the remembered second factor; from this moment it is not used either way."""
        with self._trust_lock:
            self._trust.pop(account_id, None)
            return self._forget(ItemName(Item.TRUST_TOKEN, account_id))

    def high_water(self) -> datetime | None:
        """The latest server time this computer remembers; None when it remembers none."""
        found = self._read(ItemName(Item.HIGH_WATER))
        # An unreadable mark is no mark: the server's next word makes one.
        return instant_in(found.secret) if isinstance(found, Found) else None

    def keep_high_water(self, at: datetime) -> Fault | None:
        """Remember the latest server time (law 7)."""
        return self._keep(ItemName(Item.HIGH_WATER), at.isoformat())

    def note(self) -> Note | Fault | None:
        """What the keychain remembers of the audit; None without a note that can be understood."""
        with self._note_lock:
            if self._note is None:
                found = self._read(ItemName(Item.AUDIT_TAIL))
                if not isinstance(found, Found):
                    return None if found is Fault.KEYCHAIN_CORRUPT else found
                self._note = note_of(found.secret)
            return self._note

    def keep_note(self, note: Note) -> Fault | None:
        """Remember that, where no one who edits the audit's file can reach (T15, T24)."""
        with self._note_lock:
            fault = self._keep(ItemName(Item.AUDIT_TAIL), written_note(note))
            if fault is None:
                self._note = note
            return fault

    def keep_tail(self, tail: Tail) -> Fault | None:
        """Note how far the audit has come; what else is remembered stays."""
        with self._note_lock:
            known = self.note()
            return self.keep_note(
                replace(known, tail=tail) if isinstance(known, Note) else Note(tail)
            )

    def cache_key(self) -> str | Fault:
        """The key of the encrypted cache, 64 hexadecimal digits; made where none is understood."""
        return self._file_key(Item.CACHE_KEY)

    def forget_cache_key(self) -> Fault | None:
        """Delete the key of the cache, and with it all that it opens."""
        return self._forget_file_key(Item.CACHE_KEY)

    def site_key(self) -> str | Fault:
        """The key of what sites remember, in the same way: without it a code is asked again."""
        return self._file_key(Item.SITE_KEY)

    def forget_site_key(self) -> Fault | None:
        """Delete the key of what sites remember, and with it all that it opens."""
        return self._forget_file_key(Item.SITE_KEY)

    def _file_key(self, item: Item) -> str | Fault:
        with self._file_lock:
            if item not in self._file_keys:
                found = self._read(ItemName(item))
                if isinstance(found, Found) and FILE_KEY.fullmatch(found.secret):
                    self._file_keys[item] = found.secret
                elif isinstance(found, Fault) and found is not Fault.KEYCHAIN_CORRUPT:
                    return found
                else:
                    made = secrets.token_hex(32)
                    fault = self._keep(ItemName(item), made)
                    if fault is not None:
                        return fault
                    self._file_keys[item] = made
            return self._file_keys[item]

    def _forget_file_key(self, item: Item) -> Fault | None:
        with self._file_lock:
            self._file_keys.pop(item, None)
            return self._forget(ItemName(item))

    def _text(self, name: ItemName) -> str | Fault | None:
        """An item that is one text, read once."""
        if name not in self._texts:
            found = self._read(name)
            if not isinstance(found, Found):
                return found
            self._texts[name] = found.secret
        return self._texts[name]

    def _keep_text(self, name: ItemName, text: str) -> Fault | None:
        fault = self._keep(name, text)
        if fault is None:
            self._texts[name] = text
        return fault

    def _forget_text(self, name: ItemName) -> Fault | None:
        self._texts.pop(name, None)
        return self._forget(name)

    def _read(self, name: ItemName) -> Found | Fault | None:
        outcome = self._keychain.read(name)
        match outcome:
            case Missing():
                return None
            case KeychainFault():
                return FAULTS[outcome]
            case Found():
                return outcome

    def _keep(self, name: ItemName, secret: str) -> Fault | None:
        outcome = self._keychain.keep(name, secret)
        return FAULTS[outcome] if isinstance(outcome, KeychainFault) else None

    def _forget(self, name: ItemName) -> Fault | None:
        outcome = self._keychain.forget(name)
        return FAULTS[outcome] if isinstance(outcome, KeychainFault) else None
