"""Whether a password is the one that the keychain keeps: compared here, and told nobody.

A try is counted in the keychain before it is made, so that neither a crash nor an edited file
gives one back (threats T5, T24). Nothing else is locked by it: whoever guesses locks nobody out.
"""

import hmac
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from kiosk.local.json_files import instant_in, object_in
from kiosk.session.model.refusals import Code, Fault, Reason, Refusal
from kiosk.sync.pins import BEFORE_A_WAIT, MOST, WAIT
from kiosk.sync.secrets.safe import Credential, Safe
from kiosk.sync.secrets.tally import LONG_WAIT, waits
from kiosk.sync.web.login import login_of


@dataclass(frozen=True, slots=True)
class Tries:
    """Failures in a row, and until when none may be made."""

    failures: int = 0
    wait_until: datetime | None = None

    def written(self) -> str:
        """As JSON."""
        until = self.wait_until.isoformat() if self.wait_until else None
        return json.dumps({"failures": self.failures, "wait_until": until})

    def one_more(self, at: datetime) -> "Tries":
        """After another failure."""
        failures = self.failures + 1
        if failures < BEFORE_A_WAIT:
            return Tries(failures)
        # After as many as end a PIN the long one: there is nobody here who could be asked instead.
        return Tries(failures, at + (LONG_WAIT if failures >= MOST else WAIT))

    @property
    def left(self) -> int | None:
        """How many there are before the first wait; None where each is followed by one."""
        return BEFORE_A_WAIT - self.failures if self.failures < BEFORE_A_WAIT else None


def tries_of(text: str | None) -> Tries:
    """From JSON; what cannot be understood counts as a row of failures."""
    if text is None:
        return Tries()
    match object_in(text):
        case {"failures": int(failures), "wait_until": str() | None as until} if failures >= 0:
            return Tries(failures, instant_in(until))
        case _:
            return Tries(BEFORE_A_WAIT)


class PasswordCheck:
    """The tries of one computer. ``now`` is trusted time. On the local lane."""

    def __init__(self, safe: Safe, now: Callable[[], datetime]) -> None:
        self._safe = safe
        self._now = now
        self._run = secrets.token_bytes(32)
        # What was wrong last, as a mark that means nothing outside this run: it counts once.
        self._wrong = b""

    def prove(self, account_id: str, password: str) -> Reason | None:
        """None where it is right."""
        credential = self._safe.credential(account_id)
        login = login_of(credential) if isinstance(credential, Credential) else None
        if isinstance(credential, Fault):
            return credential
        if login is None:
            return Refusal(Code.DEVICE_PASSWORD_WRONG)
        told, now = self._safe.password_tries(), self._now()
        if told is Fault.KEYCHAIN_CORRUPT:
            told = ""
        if isinstance(told, Fault):
            return told
        before = tries_of(told)
        if waits(before.wait_until, now):
            return Refusal(Code.TOO_MANY_TRIES, retry_at=before.wait_until)
        mark = self._mark(password)
        if hmac.compare_digest(mark, self._wrong):
            return Refusal(Code.CREDENTIALS_WRONG, tries_left=before.left)
        after = before.one_more(now)
        fault = self._safe.keep_password_tries(after.written())
        if fault is not None:
            return fault
        if not hmac.compare_digest(mark, self._mark(login.password)):
            self._wrong = mark
            if after.wait_until is not None:
                return Refusal(Code.TOO_MANY_TRIES, retry_at=after.wait_until)
            return Refusal(Code.CREDENTIALS_WRONG, tries_left=after.left)
        self._wrong = b""
        return self._safe.keep_password_tries(Tries().written())

    def _mark(self, password: str) -> bytes:
        """Of one length whatever was typed, so that comparing takes as long."""
        return hmac.digest(self._run, password.encode("utf-8", "surrogatepass"), sha256)
