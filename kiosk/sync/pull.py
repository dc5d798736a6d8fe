"""Asks the server for news, and waits a while for it (laws 7, 12).

What comes is kept before anybody builds on it. Nothing here moves the trust horizon.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event

from kiosk.session.model.refusals import Refusal, Unreachable
from kiosk.session.model.replies import News, No
from kiosk.session.model.terms import Terms
from kiosk.sync.account_calls import AccountCalls, CallContext
from kiosk.sync.backoff import Backoff
from kiosk.sync.cache import Cache
from kiosk.sync.encrypted import Unkept
from kiosk.sync.plan import asked_again_at, next_pull
from kiosk.sync.wire.messages import ChangesMessage
from kiosk.sync.wire.schedules import schedule_of

LEAST_APART = timedelta(seconds=1)


class ChangesPoller:
    """One lane's ear. ``hang_up`` leaves the question that is under way."""

    def __init__(
        self,
        holding: AccountCalls,
        cache: Cache,
        failures: Backoff,
        now: Callable[[], datetime],
        hang_up: Callable[[], None],
    ) -> None:
        self._holding = holding
        self._cache = cache
        self._failures = failures
        self._now = now
        self._hang_up = hang_up
        # Where the cache cannot be kept, the same terms still need not come twice.
        self._cursor = ""
        self._doubted = Event()

    def doubt(self) -> None:
        """Begin at the beginning, until all of the day has come; from any thread."""
        self._doubted.set()

    def hang_up(self) -> None:
        """Wait no longer; from any thread."""
        self._hang_up()

    def news(self, account_id: str) -> News | No:
        """What changed since the last time."""
        held = self._holding.held(account_id)
        if not isinstance(held, CallContext):
            return self._failures.failed(held)
        silenced = self._failures.silenced()
        if silenced is not None:
            return silenced
        known = self._cache.cursor(account_id) or self._cursor
        cursor = "" if self._doubted.is_set() else known
        pull = next_pull(cursor, self._failures.last)
        asked_at = self._now()
        told = held.api.changes(held.trust.token, pull.cursor, pull.seconds)
        if isinstance(told, Refusal | Unreachable):
            return self._failures.failed(told, held.api.retry_at)
        at = self._now()
        if told is not None:
            # A server that always has news is not asked in a loop.
            return self._told(account_id, told, at, max(at, asked_at + LEAST_APART))
        self._failures.over()
        self._cache.confirmed(account_id, at)
        asked_again = asked_again_at(asked_at, at, pull, changed=False)
        return News(None, False, asked_again, self._cache.last_day(account_id))

    def _told(
        self, account_id: str, told: ChangesMessage, at: datetime, again_at: datetime
    ) -> News | No:
        grant = self._holding.grant(account_id, told.grant)
        if not isinstance(grant, Terms):
            return self._failures.failed(grant)
        self._failures.over()
        self._holding.keep_badge_key(told.badge_key)
        if told.schedule is None:
            self._cursor = told.cursor
            return News(grant, False, again_at)
        if told.schedule.whole:
            self._doubted.clear()
        schedule = schedule_of(told.schedule)
        known = self._cache.has(account_id, schedule)
        kept = self._cache.keep(account_id, told.cursor, schedule, at)
        # Only where nothing can be kept; what was kept and then dropped has to come whole again.
        self._cursor = "" if kept is None or kept is Unkept.UNFOUNDED else told.cursor
        # What could not be kept is read again too: as old as it says, and not as fresh as this.
        opens = max(schedule.days, default=None)
        return News(grant, kept is not None or not known, again_at, opens)
