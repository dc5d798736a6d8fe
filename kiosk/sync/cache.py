"""The encrypted cache of the schedule: today and the next clinic day, and no day longer (T3).

An ``EncryptedFile`` under a random key in the keychain; forgetting the key destroys it. It holds
what the server can give again. Must never hold a record or anything else that is to be sent, raise,
or keep a day that is over.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
from sqlcipher3 import dbapi2

from kiosk.session.model.day import Appointment, RoomState, Schedule
from kiosk.session.model.refusals import Fault
from kiosk.sync.encrypted import EncryptedFile, Unkept
from kiosk.sync.secrets.safe import Safe

SCHEMA = 1

_TABLES = (
    # ``days`` are ISO dates, with a blank between them.
    """
    CREATE TABLE schedules (
        account TEXT PRIMARY KEY,
        cursor TEXT NOT NULL,
        fetched_at TEXT NOT NULL,
        zone TEXT NOT NULL,
        days TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE appointments (
        account TEXT NOT NULL,
        id TEXT NOT NULL,
        day TEXT NOT NULL,
        body BLOB NOT NULL,
        PRIMARY KEY (account, id)
    ) STRICT
    """,
    "CREATE INDEX days ON appointments (day)",
    """
    CREATE TABLE rooms (
        account TEXT NOT NULL,
        operatory TEXT NOT NULL,
        body BLOB NOT NULL,
        PRIMARY KEY (account, operatory)
    ) STRICT
    """,
    f"PRAGMA user_version = {SCHEMA}",
)
APPOINTMENT = "SELECT body FROM appointments WHERE account = ? AND id = ?"
ROOM = "SELECT body FROM rooms WHERE account = ? AND operatory = ?"


@dataclass(frozen=True, slots=True)
class Cached:
    """What is known of one account's schedule: as of when, and the server's cursor."""

    cursor: str
    fetched_at: datetime


class Cache:
    """The cache of one kiosk, for any lane. It opens when it is first needed, and again later.

    ``path`` None keeps it in memory only: where the clinic does not want patients on a disk that
    can be copied.
    """

    def __init__(self, path: Path | None, safe: Safe) -> None:
        self._safe = safe
        self._file = EncryptedFile(path, safe.cache_key, _TABLES, SCHEMA)

    def __repr__(self) -> str:
        return "<cache>"

    @property
    def rebuilt(self) -> int:
        """How often a file that could not be read was made anew."""
        return self._file.rebuilt

    def keep(
        self, account: str, cursor: str, schedule: Schedule, at: datetime
    ) -> Fault | Unkept | None:
        """Take in what the server sent at ``at``, with its cursor: all of it or nothing."""

        def write(db: dbapi2.Connection) -> Unkept | None:
            if schedule.whole:
                _drop(db, account)
            elif _cached(db, account) is None:
                return Unkept.UNFOUNDED
            days = sorted(day.isoformat() for day in schedule.days)
            gone = [*schedule.removed, *(each.id for each in schedule.appointments)]
            db.executemany(
                "DELETE FROM appointments WHERE account = ? AND id = ?",
                [(account, id_) for id_ in gone],
            )
            db.executemany(
                "INSERT INTO appointments VALUES (?,?,?,?)",
                [
                    (account, each.id, each.day.isoformat(), msgspec.json.encode(each))
                    for each in {each.id: each for each in schedule.appointments}.values()
                    if each.day in schedule.days
                ],
            )
            db.executemany(
                "INSERT OR REPLACE INTO rooms VALUES (?,?,?)",
                [(account, each.operatory, msgspec.json.encode(each)) for each in schedule.rooms],
            )
            db.execute(
                "INSERT OR REPLACE INTO schedules VALUES (?,?,?,?,?)",
                (account, cursor, at.isoformat(), schedule.zone, " ".join(days)),
            )
            if days:
                _purge(db, days[0])
                db.execute(
                    "DELETE FROM appointments WHERE account = ? AND day > ?", (account, days[-1])
                )
            return None

        return self._file.answered(write)

    def has(self, account: str, schedule: Schedule) -> bool:
        """Whether all of that is known already: one's own change comes back with the news."""

        def read(db: dbapi2.Connection) -> bool:
            for each in schedule.appointments:
                if _body(db, APPOINTMENT, account, each.id) != msgspec.json.encode(each):
                    return False
            for room in schedule.rooms:
                if _body(db, ROOM, account, room.operatory) != msgspec.json.encode(room):
                    return False
            return not any(_body(db, APPOINTMENT, account, id_) for id_ in schedule.removed)

        return not schedule.whole and self._file.answered(read) is True

    def confirmed(self, account: str, at: datetime) -> Fault | Unkept | None:
        """The server said at ``at`` that nothing has changed."""

        def write(db: dbapi2.Connection) -> None:
            db.execute(
                "UPDATE schedules SET fetched_at = ? WHERE account = ?", (at.isoformat(), account)
            )

        return self._file.answered(write)

    def schedule(self, account: str, today: date) -> Schedule | None:
        """What is known of today and later; None without any. Days that are over are deleted."""

        def read(db: dbapi2.Connection) -> Schedule | None:
            row = db.execute(
                "SELECT zone, days FROM schedules WHERE account = ?", (account,)
            ).fetchone()
            days = tuple(date.fromisoformat(day) for day in str(row[1]).split()) if row else ()
            days = tuple(day for day in days if day >= today)
            if not days:
                return None
            bodies = db.execute(
                "SELECT body FROM appointments WHERE account = ? AND day >= ?",
                (account, today.isoformat()),
            )
            appointments = [msgspec.json.decode(body, type=Appointment) for (body,) in bodies]
            rooms = db.execute(
                "SELECT body FROM rooms WHERE account = ? ORDER BY operatory", (account,)
            )
            return Schedule(
                whole=True,
                days=days,
                zone=str(row[0]),
                appointments=tuple(
                    sorted(appointments, key=lambda each: (each.day, each.time, each.id))
                ),
                removed=(),
                rooms=tuple(msgspec.json.decode(body, type=RoomState) for (body,) in rooms),
            )

        found = self._file.answered(read)
        # Apart from the reading: a disk that takes nothing must not hide what is on it.
        self._file.answered(lambda db: _purge(db, today.isoformat()))
        return found if isinstance(found, Schedule) else None

    def cursor(self, account: str) -> str:
        """Where the server is to go on from; empty: from the beginning."""
        cached = self._file.answered(lambda db: _cached(db, account))
        return cached.cursor if isinstance(cached, Cached) else ""

    def fetched_at(self, account: str) -> datetime | None:
        """When the server last said what the schedule is: aware, UTC; None: never."""
        cached = self._file.answered(lambda db: _cached(db, account))
        return cached.fetched_at if isinstance(cached, Cached) else None

    def last_day(self, account: str) -> date | None:
        """The latest day that is known: the next clinic day when it was told; None without any."""

        def read(db: dbapi2.Connection) -> str:
            row = db.execute("SELECT days FROM schedules WHERE account = ?", (account,)).fetchone()
            return str(row[0]) if row else ""

        days = self._file.answered(read)
        return date.fromisoformat(days.split()[-1]) if isinstance(days, str) and days else None

    def drop(self, account: str) -> Fault | Unkept | None:
        """Forget one account's schedule, when its trust ends."""
        return self._file.answered(lambda db: _drop(db, account))

    def forget(self) -> Fault | None:
        """Forget everything: the key first, since without it the file is worthless.

        What comes after is kept under a new key. The keychain's fault is said; the file is gone.
        """
        return self._file.forget(self._safe.forget_cache_key)

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def _body(db: dbapi2.Connection, query: str, account: str, key: str) -> bytes | None:
    row = db.execute(query, (account, key)).fetchone()
    return bytes(row[0]) if row else None


def _cached(db: dbapi2.Connection, account: str) -> Cached | None:
    row = db.execute(
        "SELECT cursor, fetched_at FROM schedules WHERE account = ?", (account,)
    ).fetchone()
    if row is None:
        return None
    return Cached(str(row[0]), datetime.fromisoformat(str(row[1])).astimezone(UTC))


def _drop(db: dbapi2.Connection, account: str) -> None:
    db.execute("DELETE FROM schedules WHERE account = ?", (account,))
    db.execute("DELETE FROM appointments WHERE account = ?", (account,))
    db.execute("DELETE FROM rooms WHERE account = ?", (account,))


def _purge(db: dbapi2.Connection, today: str) -> None:
    """Delete every day before ``today``, of all accounts."""
    db.execute("DELETE FROM appointments WHERE day < ?", (today,))
