"""The schedule as this computer has it: the cache, with one's own unsent changes laid over it."""

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kiosk.session.model.day import with_mine
from kiosk.session.model.refusals import Fault
from kiosk.session.ports import DayFound
from kiosk.sync.cache import Cache
from kiosk.sync.records.outbox import Outbox


class Days:
    """What the page beside Xchart's shows. ``now`` is trusted time."""

    def __init__(self, cache: Cache, outbox: Outbox, now: Callable[[], datetime]) -> None:
        self._cache = cache
        self._outbox = outbox
        self._now = now

    def day(self, account_id: str) -> DayFound | None:
        """Today and later, own changes included; None where none is known."""
        schedule = self._cache.schedule(account_id, date.min)
        if schedule is not None and schedule.days[0] < (today := self._today(schedule.zone)):
            # What is over is deleted as it is passed (T3).
            schedule = self._cache.schedule(account_id, today)
        as_of = self._cache.fetched_at(account_id)
        if schedule is None or as_of is None:
            return None
        waiting = self._outbox.queued()
        return DayFound(with_mine(schedule, () if isinstance(waiting, Fault) else waiting), as_of)

    def _today(self, zone: str) -> date:
        try:
            return self._now().astimezone(ZoneInfo(zone)).date()
        except (ZoneInfoNotFoundError, ValueError, OSError):
            # An unknown zone deletes nothing before it is over everywhere on earth.
            return self._now().astimezone(ZoneInfo("Etc/GMT+12")).date()
