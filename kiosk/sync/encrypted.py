"""A file of rows that is encrypted: SQLCipher, under a key of the keychain.

For what can be had again: a file that cannot be read, whatever the reason, is deleted and begun
anew, since what nobody can open is worth nothing to anybody but a thief. Every outcome is a value.
"""

from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from enum import StrEnum
from pathlib import Path
from threading import RLock
from typing import TypeVar

import msgspec
from sqlcipher3 import dbapi2

from kiosk.session.model.refusals import Fault
from kiosk.sync.records.shape import made_by, shape_of

IN_MEMORY = ":memory:"
_BESIDE = ("", "-wal", "-shm", "-journal")

Answer = TypeVar("Answer")


class Unkept(StrEnum):
    """Why something was not kept, apart from the keychain's reasons; what was there stays."""

    FULL = "full"  # the disk
    UNREADABLE = "unreadable"  # the file could not be used; it is made anew
    UNFOUNDED = "unfounded"  # only changes came, and there is nothing that they change
    TOO_LARGE = "too large"  # more than is carried for one account


class EncryptedFile:
    """One such file, for any lane. It opens when it is first needed, and again later.

    ``path`` None keeps everything in memory only: where the disk can be copied. ``key`` gives 64
    hexadecimal digits. ``tables`` end by setting ``user_version`` to ``schema``. ``durable``: what
    is kept outlasts a power cut, for one wait on the disk each time.
    """

    def __init__(
        self,
        path: Path | None,
        key: Callable[[], str | Fault],
        tables: Sequence[str],
        schema: int,
        *,
        durable: bool = False,
    ) -> None:
        self._path = path
        self._key = key
        self._tables = tables
        self._schema = schema
        self._durable = durable
        self._lock = RLock()
        self.db: dbapi2.Connection | None = None
        """The connection while it is open."""
        self.rebuilt = 0

    def answered(self, work: Callable[[dbapi2.Connection], Answer]) -> Answer | Fault | Unkept:
        """Do it in one transaction; a file that cannot be read is made anew, once."""
        with self._lock:
            for _ in range(2):
                try:
                    db = self._opened()
                    return db if isinstance(db, Fault) else _in_one_piece(db, work)
                except dbapi2.Error as error:
                    code = getattr(error, "sqlite_errorcode", None)
                    if code == dbapi2.SQLITE_FULL:
                        return Unkept.FULL
                    if code not in {dbapi2.SQLITE_CORRUPT, dbapi2.SQLITE_NOTADB}:
                        self.close()
                        return Unkept.UNREADABLE
                except (msgspec.MsgspecError, ValueError, RecursionError, _NotOurs):
                    pass  # as with a corrupt file: below it is made anew, and asked once more
                self.rebuilt += 1
                if not self._delete():
                    break
            return Unkept.UNREADABLE

    def forget(self, forget_key: Callable[[], Fault | None]) -> Fault | None:
        """Forget everything: the key first, since without it the file is worthless.

        What comes after is kept under a new key. The keychain's fault is said; the file is gone.
        """
        with self._lock:
            fault = forget_key()
            self._delete()
            return fault

    def empty_journal(self) -> None:
        """Leave nothing beside the file of what was in it before; as far as the disk lets it."""
        with self._lock, suppress(dbapi2.Error):
            if self.db is not None:
                self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self.db is not None:
                self.db.close()
                self.db = None

    def _opened(self) -> dbapi2.Connection | Fault:
        if self.db is not None:
            return self.db
        key = self._key() if self._path else ""
        if isinstance(key, Fault):
            return key
        name = str(self._path) if self._path else IN_MEMORY
        self.db = db = dbapi2.connect(name, isolation_level=None, check_same_thread=False)
        try:
            self._prepare(db, key)
        except (dbapi2.Error, _NotOurs):
            self.close()
            raise
        return db

    def _prepare(self, db: dbapi2.Connection, key: str) -> None:
        """Unlock the file, look whether it is whole, and make its tables. Raises."""
        db.execute("PRAGMA cipher_log_level = NONE")  # it would print to the standard error
        if key:
            db.execute(f"PRAGMA key = \"x'{key}'\"")
        db.execute("PRAGMA temp_store = MEMORY")
        db.execute("PRAGMA secure_delete = ON")
        db.execute("PRAGMA journal_mode = WAL")
        db.execute(f"PRAGMA synchronous = {'FULL' if self._durable else 'NORMAL'}")
        version = int(db.execute("PRAGMA user_version").fetchone()[0])
        if version not in {0, self._schema}:
            raise _NotOurs
        if version == 0:
            _in_one_piece(db, lambda db: [db.execute(statement) for statement in self._tables])
            return
        # Reads every page, and with it proves every page's HMAC.
        if db.execute("PRAGMA quick_check").fetchone()[0] != "ok" or not self._is_ours(db):
            raise _NotOurs

    def _is_ours(self, db: dbapi2.Connection) -> bool:
        """Whether it is built as it should be: a trigger in it could take away what is kept."""
        with closing(dbapi2.connect(IN_MEMORY)) as pattern:
            return shape_of(db) == made_by(pattern, self._tables)

    def _delete(self) -> bool:
        """Delete the file and what lies beside it; False where the disk does not let go."""
        self.close()
        try:
            for suffix in _BESIDE if self._path else ():
                Path(f"{self._path}{suffix}").unlink(missing_ok=True)
        except OSError:
            return False
        return True


class _NotOurs(Exception):
    """The file opens, and is damaged or of another kind."""


def _in_one_piece(db: dbapi2.Connection, work: Callable[[dbapi2.Connection], Answer]) -> Answer:
    db.execute("BEGIN IMMEDIATE")
    try:
        answer = work(db)
        db.execute("COMMIT")
    except BaseException:
        # A full disk may have ended the transaction already.
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
    return answer
