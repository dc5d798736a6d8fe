"""PINs of personal accounts on this computer: sealing, opening, and the tries that are left.

A try is counted before it is made, in the keychain beside the pepper: neither a crash nor an old
file put back gives one back. Online the server counts too, for it holds a share of the key
(design.md section 3). Every outcome is a value. On the sign-in lane.
"""

import json
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import blake2b

from kiosk.ports import No
from kiosk.session.refusals import PIN_OVER, Code, Fault, Reach, Refusal
from kiosk.sync.holding import Held, Holding
from kiosk.sync.remembered import Remembered
from kiosk.sync.safe import Safe
from kiosk.sync.seal import Seal, bytes_of, closed, opened, read, stretched, text_of
from kiosk.sync.weak_pins import is_pin, weak

BEFORE_A_WAIT = 5
MOST = 10
WAIT = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Tally:
    """What the keychain keeps for one account's PIN: the pepper, the last share, the failures."""

    pepper: bytes = field(repr=False)
    share: bytes = field(repr=False)
    failures: int = 0
    wait_until: datetime | None = None

    def written(self) -> str:
        """As JSON."""
        return json.dumps(
            {
                "pepper": text_of(self.pepper),
                "share": text_of(self.share),
                "failures": self.failures,
                "wait_until": self.wait_until.isoformat() if self.wait_until else None,
            }
        )


def tally_of(text: str) -> Tally | None:
    """From JSON."""
    try:
        told = json.loads(text)
        until = told["wait_until"]
        return Tally(
            bytes_of(told["pepper"]),
            bytes_of(told["share"]),
            int(told["failures"]),
            datetime.fromisoformat(until).astimezone(UTC) if until else None,
        )
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


class Pins:
    """The seals of one kiosk."""

    def __init__(
        self, holding: Holding, safe: Safe, remembered: Remembered, now: Callable[[], datetime]
    ) -> None:
        self._holding = holding
        self._safe = safe
        self._remembered = remembered
        self._now = now
        # The PIN that was wrong last, as a mark that means nothing outside this run: typed again
        # it counts once.
        self._wrong: dict[str, bytes] = {}
        self._right: dict[str, Tally] = {}
        self._run = secrets.token_bytes(32)

    def seal(self, account_id: str, pin: str, again: str) -> No | None:
        """Seal the credential, which is open, by a PIN that was typed twice."""
        if pin != again:
            return Refusal(Code.PIN_DIFFERS)
        if not is_pin(pin) or weak(pin):
            return Refusal(Code.PIN_WEAK)
        held = self._holding.held(account_id)
        if not isinstance(held, Held):
            return held
        password = held.credential.device_password
        if not password:
            return Refusal(Code.PIN_UNKNOWN)
        share = held.api.make_pin_share(account_id, held.trust.token, password)
        if not isinstance(share, bytes):
            return share
        tally = Tally(secrets.token_bytes(32), share)
        seal = closed(password, pin, tally.pepper, share, account_id)
        fault = self._safe.keep_pin(account_id, tally.written())
        if fault is not None:
            return fault
        try:
            self._remembered.keep_seal(account_id, seal.written())
        except OSError:
            return Fault.RECORDS_FULL
        self._wrong.pop(account_id, None)
        self._right.pop(account_id, None)
        return None

    def open(self, account_id: str, pin: str, *, away: bool) -> No | None:
        """Open the credential, and hold it open; ``away``: the server is not waited for."""
        found = self._found(account_id)
        if not isinstance(found, tuple):
            return found
        seal, tally = found
        if tally.failures >= MOST:
            return self._spent(account_id)
        if tally.wait_until is not None and self._now() < tally.wait_until:
            return Refusal(Code.TOO_MANY_TRIES, retry_at=tally.wait_until)
        if not is_pin(pin) or self._wrong.get(account_id) == self._mark(pin):
            return Refusal(Code.PIN_WRONG, tries_left=left(tally.failures))
        held = self._holding.held(account_id)
        if not isinstance(held, Held):
            return held
        counted = replace(tally, failures=tally.failures + 1, wait_until=None)
        with ThreadPoolExecutor(2) as aside:
            # What is slow about a PIN needs nothing of the server, and is done while it answers;
            # so is the count of this try, which is kept before the try is made.
            stretching = aside.submit(stretched, seal, pin)
            counting = aside.submit(self._safe.keep_pin, account_id, counted.written())
            share = tally.share if away else self._share(held, account_id, tally)
            fault, slow = counting.result(), stretching.result()
        if not isinstance(share, bytes):
            self._untried(account_id, tally, share)
            return share
        if fault is not None:
            return fault
        password = opened(seal, slow, tally.pepper, share, account_id)
        if password is None:
            return self._failed(account_id, pin, counted)
        self._wrong.pop(account_id, None)
        self._right[account_id] = Tally(tally.pepper, share)
        self._safe.open_credential(replace(held.credential, device_password=password))
        return None

    def settle(self, account_id: str) -> None:
        """What was counted for a right PIN counts no more; on its lane before the next try.

        Nobody waits for it. Where it cannot be kept, that try stays counted until the next.
        """
        right = self._right.pop(account_id, None)
        if right is not None and self._safe.pin(account_id) is not None:  # not of somebody gone
            self._safe.keep_pin(account_id, right.written())

    def confirm(self, account_id: str) -> None:
        """Tell the server that the PIN was right; unheard, it stays counted."""
        held = self._holding.held(account_id)
        if isinstance(held, Held) and held.credential.device_password:
            password = held.credential.device_password
            held.api.confirm_pin(account_id, held.trust.token, password)

    def close(self, account_id: str) -> None:
        """Forget the open credential of that account, or of all (empty)."""
        self._safe.close_credential(account_id)

    def forget(self, account_id: str) -> Fault | None:
        """Nothing opens it any more: the pepper goes first."""
        self._wrong.pop(account_id, None)
        self._right.pop(account_id, None)
        self._safe.close_credential(account_id)
        fault = self._safe.forget_pin(account_id)
        self._remembered.forget_seal(account_id)
        return fault

    def _found(self, account_id: str) -> tuple[Seal, Tally] | No:
        told = self._safe.pin(account_id)
        if isinstance(told, Fault):
            return told
        tally = tally_of(told) if told is not None else None
        seal = read(self._remembered.seal(account_id))
        if tally is None or seal is None:
            self.forget(account_id)
            return Refusal(Code.PIN_UNKNOWN)
        return seal, tally

    def _share(self, held: Held, account_id: str, tally: Tally) -> bytes | No:
        """The server's, where it can be reached; else the one of last time."""
        told = held.api.release_pin_share(account_id, held.trust.token)
        return tally.share if isinstance(told, Reach) else told

    def _untried(self, account_id: str, before: Tally, no: No) -> None:
        """Nothing was tried: the count goes back, and all of it where the PIN is over.

        Only once the count is written: behind the forgetting it would bring the pepper back.
        """
        if isinstance(no, Refusal) and no.code in PIN_OVER:
            self.forget(account_id)
        else:
            self._safe.keep_pin(account_id, before.written())

    def _failed(self, account_id: str, pin: str, counted: Tally) -> No:
        self._wrong[account_id] = self._mark(pin)
        if counted.failures >= MOST:
            return self._spent(account_id)
        if counted.failures >= BEFORE_A_WAIT:
            until = self._now() + WAIT
            fault = self._safe.keep_pin(account_id, replace(counted, wait_until=until).written())
            if fault is not None:
                return fault
        return Refusal(Code.PIN_WRONG, tries_left=left(counted.failures))

    def _mark(self, pin: str) -> bytes:
        return blake2b(pin.encode(), key=self._run).digest()

    def _spent(self, account_id: str) -> Refusal:
        self.forget(account_id)
        return Refusal(Code.PIN_SPENT)


def left(failures: int) -> int:
    """How many tries are left before the next wait, or before the end."""
    return BEFORE_A_WAIT - failures if failures < BEFORE_A_WAIT else MOST - failures
