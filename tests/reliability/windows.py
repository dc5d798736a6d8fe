"""The windows in which a process is killed, and the fuse that kills it there: SIGKILL, by itself.

A window is a place in the running code, reached the n-th time: before or after a function, or at a
statement of SQLite within a transaction. So it is the same instant in every run, on any computer.
"""

import os
import signal
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from threading import Lock
from typing import Any

from kiosk.sync.cache import Cache
from kiosk.sync.files import LocalFiles
from kiosk.sync.records.audit_store import Store
from kiosk.sync.records.outbox import Outbox
from kiosk.sync.secrets.safe import Safe
from kiosk.sync.wire.calls import Api


@dataclass(frozen=True, slots=True)
class Around:
    """Before or after a method."""

    owner: type
    method: str
    after: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """When SQLite begins to work on a statement that begins so."""

    text: str


KIOSK: dict[str, Around | Statement] = {
    "before the record is written": Around(Store, "keep", after=False),
    "within its transaction, the record in": Statement("INSERT INTO commands"),
    "at a commit": Statement("COMMIT"),
    "the record durable, its caller not told": Around(Store, "keep", after=True),
    "changes about to be sent": Around(Api, "push_commands", after=False),
    "changes answered, nothing of it kept": Around(Api, "push_commands", after=True),
    "changes cached, not settled": Around(Outbox, "settle", after=False),
    "within the settlement": Statement("UPDATE commands"),
    "changes settled": Around(Outbox, "settle", after=True),
    "head about to be kept": Around(Outbox, "keep_head", after=False),
    "head kept, records not sent": Around(Outbox, "keep_head", after=True),
    "records answered, not acknowledged": Around(Api, "push_audit", after=True),
    "within the records' acknowledgement": Statement("UPDATE chain"),
    "records acknowledged": Around(Outbox, "acknowledge", after=True),
    "news answered, not kept": Around(Api, "changes", after=True),
    "news about to be cached": Around(Cache, "keep", after=False),
    "news cached": Around(Cache, "keep", after=True),
    "a session started, its horizon not kept": Around(Safe, "move_horizon", after=False),
    "the grant kept": Around(LocalFiles, "keep_grant", after=True),
}
"""Of the kiosk, in the order of a record's way."""
RARE = frozenset(
    name for name in KIOSK if "record" in name or "head" in name or "grant" in name
) - {
    "before the record is written",
    "within its transaction, the record in",
    "the record durable, its caller not told",
}
"""What happens once or twice in a life: records go up together, in one batch."""


class Fuse:
    """Ends this process at the n-th time that its window is reached."""

    def __init__(self, count: int) -> None:
        self._left = count
        self._lock = Lock()

    def reached(self) -> None:
        """The window is open now."""
        with self._lock:
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


def lay(name: str, count: int) -> None:
    """Lay the fuse of a kiosk's window."""
    fuse = Fuse(count)
    match KIOSK[name]:
        case Around(owner=owner, method=method, after=after):
            around(owner, method, **{"after" if after else "before": fuse.reached})
        case Statement(text=text):
            at_statements(text, fuse.reached)


def around(
    owner: object,
    name: str,
    *,
    before: Callable[[], None] | None = None,
    after: Callable[[], None] | None = None,
) -> None:
    """Have something done before or after each call of that function."""
    inner: Callable[..., Any] = getattr(owner, name)

    @wraps(inner)
    def outer(*args: object, **more: object) -> object:
        if before is not None:
            before()
        told = inner(*args, **more)
        if after is not None:
            after()
        return told

    setattr(owner, name, outer)


def at_statements(text: str, then: Callable[[], None]) -> None:
    """Have something done when a connection opened from now on begins such a statement."""

    def look(statement: str) -> None:
        if " ".join(statement.split()).startswith(text):
            then()

    each_connection(lambda db: db.set_trace_callback(look))


def full_at(pages: int) -> None:
    """Let the audit's disk be full beyond so many pages more than it has now."""

    def limit(db: sqlite3.Connection) -> None:
        there = int(db.execute("PRAGMA page_count").fetchone()[0])
        db.execute(f"PRAGMA max_page_count = {there + pages}")

    each_connection(limit)


def each_connection(prepare: Callable[[sqlite3.Connection], None]) -> None:
    """Prepare every connection to SQLite that is opened from now on."""
    connect: Callable[..., sqlite3.Connection] = sqlite3.connect

    def prepared(*args: object, **more: object) -> sqlite3.Connection:
        db = connect(*args, **more)
        prepare(db)
        return db

    vars(sqlite3)["connect"] = prepared
