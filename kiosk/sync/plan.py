"""What sync does next, and when it tries again: pure.

Nothing here speaks to anybody. ``luck`` is drawn by the caller, 0 to 1, so that a thousand kiosks
that come back after an outage do not come back at once (threats.md T10).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

FIRST_RETRY = timedelta(seconds=10)
LONGEST_RETRY = timedelta(minutes=5)
SHORTEST_RETRY = timedelta(seconds=1)
LONGEST_PATIENCE = timedelta(hours=1)
"""So far the server's ``Retry-After`` is taken at its word: a wrong one must not silence us."""
WAIT_SECONDS = 25
"""How long the server may hold a question for news: the most that the contract allows."""
CONTACT_EVERY = timedelta(minutes=1)
"""How often to ask a server that does not hold the question."""
HELD = timedelta(seconds=5)
"""An answer without news that came sooner was not held."""


@dataclass(frozen=True, slots=True)
class Failure:
    """What failed last: how often in a row, when, and until when the server wants to be left alone
    (``Retry-After``, RFC 9110 section 10.2.3).

    ``heard`` is False where nothing reached the server: no network, a proxy, a locked keychain.
    """

    times: int
    at: datetime
    retry_at: datetime | None = None
    heard: bool = True


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits to go up. ``trusted``: there is an account whose changes may be sent."""

    records: int
    changes: int
    trusted: bool


@dataclass(frozen=True, slots=True)
class PushChanges:
    """Send what was set at the chair: the next room waits for it."""


@dataclass(frozen=True, slots=True)
class PushRecords:
    """Send the next records."""


@dataclass(frozen=True, slots=True)
class Pull:
    """Ask for news from ``cursor`` on; the server may hold the question for ``seconds``."""

    cursor: str
    seconds: int


@dataclass(frozen=True, slots=True)
class Stop:
    """There is nothing to do until something new is to be done."""


def next_push(queue: Queue) -> PushChanges | PushRecords | Stop:
    """What goes up next: changes before records, and changes only where they may be sent."""
    if queue.changes and queue.trusted:
        return PushChanges()
    return PushRecords() if queue.records else Stop()


def next_pull(cursor: str, failure: Failure | None) -> Pull:
    """What to ask for. After a failure the first question is not held: is it over?"""
    return Pull(cursor, WAIT_SECONDS if failure is None else 0)


def again_at(failure: Failure, luck: float) -> datetime:
    """When to try again: full jitter, capped, and never before the server's own ``Retry-After``.

    The jitter is added to the server's word too, or all would come back at that very second. What
    spares no server is tried again soon, however long it lasts: a cable that is plugged in again.
    """
    wanted = silent_until(failure) or failure.at
    times = failure.times if failure.heard else 1
    cap = min(FIRST_RETRY * (1 << min(times - 1, 16)), LONGEST_RETRY)
    # From the shortest wait to the cap, evenly: a floor would gather everybody who draws less.
    spread = SHORTEST_RETRY + (cap - SHORTEST_RETRY) * luck
    return max(failure.at, wanted) + spread


def silent_until(failure: Failure) -> datetime | None:
    """Until when the server wants to be left alone, whoever would like to know; None: it does not
    say."""
    if failure.retry_at is None:
        return None
    return min(failure.retry_at, failure.at + LONGEST_PATIENCE)


def asked_again_at(
    asked_at: datetime, answered_at: datetime, pull: Pull, *, changed: bool
) -> datetime:
    """When to ask for news after an answer: at once where it brought something or was held.

    A server that was asked to hold the question and did not is asked every minute.
    """
    if changed or not pull.seconds or answered_at - asked_at >= HELD:
        return answered_at
    return answered_at + CONTACT_EVERY
