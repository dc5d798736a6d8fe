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
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction
from sqlalchemy.pool import ConnectionPoolEntry

from sandbox.contract.refusals import Refusal
from sandbox.names import names
from sandbox.server import contacts
from sandbox.server.moment import Clock
from sandbox.server.notifier import EVERYONE, Notifier, device_topic, location_topic
from sandbox.server.proof import Nonces
from sandbox.tables.authenticator_rows import Authenticator
from sandbox.tables.badged import Badge
from sandbox.tables.readings import Row
from sandbox.tables.rows import (
    Account,
    Closure,
    Device,
    Person,
    Revision,
    SelfNamed,
    Setting,
    Trust,
)


def _connected(connection: Connection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA busy_timeout=5000")
    connection.create_function("folded", 1, names.folded, deterministic=True)


def _begun(connection: SqlConnection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _engine(file: Path) -> Engine:
    engine = create_engine(f"sqlite:///{file}")
    event.listen(engine, "connect", _connected)
    event.listen(engine, "begin", _begun)
    return engine


class Unit(Session):
    """One transaction, which notes what it changed that computers wait for."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine, expire_on_commit=False)
        self.topics: set[str] = set()
        self.held: list[object] = []


def _loaded(unit: Unit, row: object) -> None:
    """Held to the end: a row nobody else refers to would be read again by the next question."""
    unit.held.append(row)


def _flushed(unit: Unit, _context: UOWTransaction) -> None:
    changed = [each for each in unit.dirty if unit.is_modified(each)]
    for each in (*unit.new, *unit.deleted, *changed):
        if isinstance(each, Revision):
            unit.topics.add(location_topic(each.location))
        elif isinstance(each, Device | Trust):
            unit.topics.add(device_topic(each.jkt))
        elif isinstance(each, Account | Authenticator | Badge | Person | SelfNamed | Closure):
            unit.topics.add(EVERYONE)


def _executed(state: ORMExecuteState) -> None:
    mapper = state.bind_mapper if state.is_update else None
    if mapper is not None and mapper.class_ is Trust and isinstance(state.session, Unit):
        state.session.topics.add(EVERYONE)


event.listen(Unit, "loaded_as_persistent", _loaded)
event.listen(Unit, "pending_to_persistent", _loaded)
event.listen(Unit, "after_flush", _flushed)
event.listen(Unit, "do_orm_execute", _executed)


class ServerState:
    """One server over the database ``data / "xchart.sqlite3"``; durable, reopened by its path.

    ``life`` is another one with each opening: whether the file was put back from a backup since,
    nobody can tell from it, and what was counted on since the backup would be counted twice.
    """

    def __init__(self, data: Path, clock: Clock | None = None) -> None:
        self._engine = _engine(data / "xchart.sqlite3")
        self._turn = threading.Lock()
        self.clock = clock or Clock()
        self.notifier = Notifier()
        self.life = secrets.token_hex(16)
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
        """One transaction; refused work keeps what it counted. What changed wakes who waits."""
        with self._turn, Unit(self._engine) as db:
            try:
                yield db
            except Refusal:
                self._commit(db)
                raise
            contacts.note(db, self.clock.now())
            self._commit(db)

    def _commit(self, db: Unit) -> None:
        db.commit()
        self.notifier.notify(db.topics)

    def travel(self, by: timedelta) -> None:
        """Move the server's time forward, over restarts too."""
        self.clock.advance(by)
        with self.unit() as db:
            setting = db.get_one(Setting, "clock_offset")
            setting.value = str(int(setting.value) + by // timedelta(seconds=1))
        self.notifier.end_waits()

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
