"""The server as a whole: its database, its clock, its own keys, and the unit of work.

Every request is one transaction, begun as a writer, so that two guesses at once are counted as
two. A refusal commits what it counted; anything unexpected rolls back.
"""

import json
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from sqlite3 import Connection

from joserfc.jwk import ECKey
from sqlalchemy import Connection as SqlConnection
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from sandbox.moment import Clock
from sandbox.proof import Nonces
from sandbox.refusals import Refusal
from sandbox.rows import Row, Setting


def _connected(connection: Connection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA busy_timeout=5000")


def _begun(connection: SqlConnection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _engine(file: Path) -> Engine:
    engine = create_engine(f"sqlite:///{file}")
    event.listen(engine, "connect", _connected)
    event.listen(engine, "begin", _begun)
    return engine


class House:
    """One server over the database ``data / "xchart.sqlite3"``; durable, reopened by its path."""

    def __init__(self, data: Path, clock: Clock | None = None) -> None:
        self._engine = _engine(data / "xchart.sqlite3")
        self._turn = threading.Lock()
        self.clock = clock or Clock()
        Row.metadata.create_all(self._engine)
        with self.unit() as db:
            travelled = int(kept(db, "clock_offset", lambda: "0"))
            nonce_key = kept(db, "nonce_key", lambda: secrets.token_hex(32))
            grant_key = kept(db, "grant_key", _new_key)
        self.clock.offset += timedelta(seconds=travelled)
        self.nonces = Nonces(bytes.fromhex(nonce_key), self.clock)
        self.grant_key = ECKey.import_key(json.loads(grant_key))

    @contextmanager
    def unit(self) -> Iterator[Session]:
        """One transaction; refused work keeps what it counted."""
        with self._turn, Session(self._engine, expire_on_commit=False) as db:
            try:
                yield db
            except Refusal:
                db.commit()
                raise
            db.commit()

    def travel(self, by: timedelta) -> None:
        """Move the server's time forward, over restarts too."""
        self.clock.advance(by)
        with self.unit() as db:
            setting = db.get_one(Setting, "clock_offset")
            setting.value = str(int(setting.value) + by // timedelta(seconds=1))

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()


def kept(db: Session, name: str, first: Callable[[], str]) -> str:
    """The setting ``name``; ``first()`` makes it when it is not there yet."""
    setting = db.get(Setting, name)
    if setting is None:
        setting = Setting(name=name, value=first())
        db.add(setting)
        db.flush()
    return setting.value


def _new_key() -> str:
    key = ECKey.generate_key("P-256", auto_kid=True)
    return json.dumps(key.as_dict(private=True))
