"""PINs of personal accounts on this computer: sealing, opening, and the tries that are left.

A try is counted before it is made, in the keychain beside the pepper: neither a crash nor an old
file put back gives one back. Online the server counts too, for it holds a share of the key
(design.md section 3). Every outcome is a value. On the sign-in lane.
"""

import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import blake2b

from kiosk.session.model.refusals import PIN_OVER, Code, Fault, Reason, Refusal, Unreachable
from kiosk.sync.files import LocalFiles
from kiosk.sync.pin_shares import Holding, Shares
from kiosk.sync.secrets.safe import Credential, Safe
from kiosk.sync.secrets.seal import Seal, bytes_of, closed, opened, read, stretched, text_of
from kiosk.sync.secrets.tally import Tally, tally_of, waits
from kiosk.sync.secrets.weak_pins import is_pin, weak

BEFORE_A_WAIT = 5
MOST = 10
WAIT = timedelta(minutes=1)
FRESH = timedelta(minutes=1)
"""How long a try may wait for its last digit; then the server is asked anew."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One try of a PIN; with a ``share``, of ``since``, it is counted, here and at the server."""

    account_id: str
    seal: Seal
    before: Tally
    shares: Shares = field(repr=False)
    credential: Credential
    token: str = field(repr=False)
    since: datetime
    share: bytes = field(default=b"", repr=False)

    @property
    def counted(self) -> Tally:
        """What the keychain holds once it is counted."""
        return replace(self.before, failures=self.before.failures + 1, wait_until=None)


class Pins:
    """The seals of one kiosk."""

    def __init__(
        self,
        holding: Holding,
        safe: Safe,
        remembered: LocalFiles,
        now: Callable[[], datetime],
        *,
        offline: bool,
    ) -> None:
        """``offline``: the last share is kept, so that a PIN opens without the server."""
        self._offline = offline
        self._holding = holding
        self._safe = safe
        self._remembered = remembered
        self._now = now
        # The PIN that was wrong last, as a mark that means nothing outside this run: typed again
        # it counts once.
        self._wrong: dict[str, bytes] = {}
        self._right: dict[str, tuple[Tally, bytes]] = {}
        self._trials: dict[str, Trial] = {}
        # What the server counted for a try that was let go, and when: the next one's, for a while.
        self._unused: dict[str, tuple[bytes, datetime]] = {}
        # Why a PIN was over at its fifth digit: told at the sixth.
        self._over: dict[str, Refusal] = {}
        self._run = secrets.token_bytes(32)

    def seal(self, account_id: str, pin: bytearray, again: bytearray) -> Reason | None:
        """Seal the credential, which is open, by a PIN that was typed twice."""
        if pin != again:
            return Refusal(Code.PIN_DIFFERS)
        if not is_pin(pin) or weak(pin):
            return Refusal(Code.PIN_WEAK)
        held = self._holding.held(account_id)
        if isinstance(held, Reason):
            return held
        password = held.credential.device_password
        if not password:
            return Refusal(Code.PIN_UNKNOWN)
        share = held.api.make_pin_share(account_id, held.trust.token, password)
        if not isinstance(share, bytes):
            return share
        tally = Tally(secrets.token_bytes(32))
        seal = closed(password, pin, tally.pepper, share, account_id)
        fault = self._safe.keep_pin(account_id, tally.written())
        if fault is not None:
            return fault
        self._keep_share(account_id, share)
        try:
            self._remembered.keep_seal(account_id, seal.written())
        except OSError:
            return Fault.RECORDS_FULL
        self._drop(account_id)
        self._over.pop(account_id, None)
        return None

    def expect(self, account_id: str, *, away: bool) -> None:
        """Have ready what a try needs beside the PIN; what is in the way is said by ``open``."""
        if self._expected(account_id) is None:
            trial = self._begun(account_id)
            counted = self._counted(trial, away) if isinstance(trial, Trial) else trial
            if isinstance(counted, Refusal) and counted.code in PIN_OVER:
                self._over[account_id] = counted

    def open(self, account_id: str, pin: bytearray, *, away: bool) -> Reason | None:
        """Open the credential, and hold it open; ``away``: the server is not waited for."""
        trial = self._expected(account_id) or self._begun(account_id)
        if not isinstance(trial, Trial):
            return trial
        if not is_pin(pin) or self._wrong.get(account_id) == self._mark(pin):
            return Refusal(Code.PIN_WRONG, tries_left=left(trial.before.failures))
        counted: Trial | Reason
        if trial.share:
            # On the lane itself: its thread has the memory for it from last time.
            counted, slow = trial, stretched(trial.seal, pin)
        else:
            with ThreadPoolExecutor(1) as aside:
                # What is slow about a PIN needs nothing of the server, and is done meanwhile.
                stretching = aside.submit(stretched, trial.seal, pin)
                counted = self._counted(trial, away)
                slow = stretching.result()
        if not isinstance(counted, Trial):
            return counted
        del self._trials[account_id]
        password = opened(trial.seal, slow, trial.before.pepper, counted.share, account_id)
        if password is None:
            return self._failed(account_id, pin, trial.counted)
        self._wrong.pop(account_id, None)
        self._right[account_id] = Tally(trial.before.pepper), counted.share
        self._safe.open_credential(replace(trial.credential, device_password=password))
        return None

    def settle(self) -> None:
        """What was counted for right PINs counts no more.

        Nobody waits for it. Where it cannot be kept, that try stays counted until the next.
        """
        for account_id in tuple(self._right):
            self._settle(account_id)

    def confirm(self, account_id: str) -> None:
        """Tell the server that the PIN was right, and settle it; unheard, it stays counted."""
        held = self._holding.held(account_id)
        if not isinstance(held, Reason) and held.credential.device_password:
            password = held.credential.device_password
            held.api.confirm_pin(account_id, held.trust.token, password)
        self.settle()

    def close(self, account_id: str) -> None:
        """Forget the open credential of that account, or of all (empty).

        For all it asks the keychain nothing: the computer sleeps in a moment.
        """
        self._safe.close_credential(account_id)
        self._let_go(account_id)
        # Right, and yet no session followed: the screen was locked meanwhile.
        self._settle(account_id)

    def forget(self, account_id: str) -> Fault | None:
        """Nothing opens it any more: the pepper goes first."""
        self._drop(account_id)
        self._safe.close_credential(account_id)
        fault = self._safe.forget_pin(account_id)
        self._remembered.forget_seal(account_id)
        return fault

    def let_go_of_shares(self) -> None:
        """None is kept here any more: a copied keychain must not be guessed at (T5, T21)."""
        joining = self._remembered.joining()
        accounts = [account_id for account_id, _ in self._remembered.own()]
        for account_id in (*accounts, *([joining.account_id] if joining else [])):
            if self._remembered.seal(account_id):
                self._safe.forget_pin_share(account_id)
                told = self._safe.pin(account_id)
                found = tally_of(told) if told is not None else None
                if found is not None and found[1]:
                    self._part(account_id, *found)

    def _drop(self, account_id: str) -> None:
        """Whatever is known here of the tries of that PIN."""
        self._wrong.pop(account_id, None)
        self._right.pop(account_id, None)
        self._trials.pop(account_id, None)
        self._unused.pop(account_id, None)

    def _settle(self, account_id: str) -> None:
        right = self._right.pop(account_id, None)
        if right is not None and self._safe.pin(account_id) is not None:  # not of somebody gone
            tally, share = right
            self._safe.keep_pin(account_id, tally.written())
            self._keep_share(account_id, share)

    def _begun(self, account_id: str) -> Trial | Reason:
        """Everything for a try but the share, if one may be made now."""
        found = self._found(account_id)
        if not isinstance(found, tuple):
            return found
        seal, tally = found
        # A right one that was not settled yet is settled by the count of this try. Asked first: it
        # may have been the last.
        before, _ = self._right.get(account_id, (tally, b""))
        if before.failures >= MOST:
            return self._spent(account_id)
        if waits(before.wait_until, self._now()):
            return Refusal(Code.TOO_MANY_TRIES, retry_at=before.wait_until)
        held = self._holding.held(account_id)
        if isinstance(held, Reason):
            return held
        # It waits for a digit, and sleep closes what is open: that is in the safe and nowhere else.
        closed_again = replace(held.credential, device_password="")
        token = held.trust.token
        return Trial(account_id, seal, before, held.api, closed_again, token, self._now())

    def _counted(self, trial: Trial, away: bool) -> Trial | Reason:
        """The try counted, here and at the server, whose share it has by then."""
        account_id, before, since = trial.account_id, trial.before, trial.since
        unused = self._unused.pop(account_id, None)
        with ThreadPoolExecutor(1) as aside:
            counting = aside.submit(self._safe.keep_pin, account_id, trial.counted.written())
            share: bytes | Reason
            if unused is not None and self._fresh(unused[1]):
                share, since = unused
            else:
                share = self._share(trial, away=away)
                since = since if away else self._now()
            fault = counting.result()
        if not isinstance(share, bytes):
            self._untried(account_id, before, share)
            return share
        if fault is not None:
            return fault
        self._right.pop(account_id, None)
        counted = self._trials[account_id] = replace(trial, share=share, since=since)
        return counted

    def _expected(self, account_id: str) -> Trial | None:
        """The try that is counted and not made yet, while its share is fresh."""
        trial = self._trials.get(account_id)
        if trial is not None and self._fresh(trial.since) and self._stands(trial):
            return trial
        self._let_go(account_id)
        return None

    def _fresh(self, since: datetime) -> bool:
        """Whether a share of then may still be used; not where the clock was put back behind it."""
        return timedelta(0) <= self._now() - since < FRESH

    def _stands(self, trial: Trial) -> bool:
        """Whether the keychain holds what was counted: the login may be gone, or sealed anew."""
        return self._safe.pin(trial.account_id) == trial.counted.written()

    def _let_go(self, account_id: str) -> None:
        """A try that will not be made is not counted here.

        At the server it is, so that the next one has what it gave: five digits and *Back* use
        up one release a minute, and nobody has to wait for them.
        """
        trial = self._trials.pop(account_id, None)
        if trial is not None and self._stands(trial):
            self._safe.keep_pin(account_id, trial.before.written())
            self._unused[account_id] = (trial.share, trial.since)

    def _found(self, account_id: str) -> tuple[Seal, Tally] | Reason:
        told = self._safe.pin(account_id)
        if isinstance(told, Fault):
            return told
        found = tally_of(told) if told is not None else None
        seal = read(self._remembered.seal(account_id))
        if found is None or seal is None:
            self.forget(account_id)
            return self._over.pop(account_id, Refusal(Code.PIN_UNKNOWN))
        tally, beside = found
        if beside:
            self._part(account_id, tally, beside)
        return seal, tally

    def _part(self, account_id: str, tally: Tally, share: str) -> None:
        """The share leaves the pepper's item. What cannot be written stays until the next time."""
        if not self._offline or self._safe.keep_pin_share(account_id, share) is None:
            self._safe.keep_pin(account_id, tally.written())

    def _share(self, trial: Trial, *, away: bool) -> bytes | Reason:
        """The server's, where it can be reached; else the one of last time, where one is kept."""
        kept = self._kept_share(trial.account_id) if self._offline else None
        if away and kept:
            return kept
        told = trial.shares.release_pin_share(trial.account_id, trial.token)
        return kept if kept and isinstance(told, Unreachable) else told

    def _kept_share(self, account_id: str) -> bytes | None:
        text = self._safe.pin_share(account_id)
        try:
            return bytes_of(text) if isinstance(text, str) and not isinstance(text, Fault) else None
        except ValueError:
            return None

    def _keep_share(self, account_id: str, share: bytes) -> None:
        """Where it cannot be kept, the PIN needs the server."""
        if self._offline:
            self._safe.keep_pin_share(account_id, text_of(share))

    def _untried(self, account_id: str, before: Tally, no: Reason) -> None:
        """Nothing was tried: the count goes back, and all of it where the PIN is over.

        Only once the count is written: behind the forgetting it would bring the pepper back.
        """
        if isinstance(no, Refusal) and no.code in PIN_OVER:
            self.forget(account_id)
        else:
            self._safe.keep_pin(account_id, before.written())

    def _failed(self, account_id: str, pin: bytearray, counted: Tally) -> Reason:
        self._wrong[account_id] = self._mark(pin)
        if counted.failures >= MOST:
            return self._spent(account_id)
        if counted.failures >= BEFORE_A_WAIT:
            until = self._now() + WAIT
            fault = self._safe.keep_pin(account_id, replace(counted, wait_until=until).written())
            if fault is not None:
                return fault
        return Refusal(Code.PIN_WRONG, tries_left=left(counted.failures))

    def _mark(self, pin: bytearray) -> bytes:
        return blake2b(pin, key=self._run).digest()

    def _spent(self, account_id: str) -> Refusal:
        self.forget(account_id)
        return Refusal(Code.PIN_SPENT)


def left(failures: int) -> int:
    """How many tries are left before the next wait, or before the end."""
    return BEFORE_A_WAIT - failures if failures < BEFORE_A_WAIT else MOST - failures
