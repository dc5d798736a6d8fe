"""The encrypted store of what sites remember: cookies and storage, by account, over a restart (T3).

An ``EncryptedFile`` under a key of its own. What is lost in it costs a code and no more, so a file
that cannot be read is begun anew. Must never keep a cookie that is over, or raise.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

import msgspec
from sqlcipher3 import dbapi2

from kiosk.session.model.carried import Carried, Cookie, CookieName, Storage
from kiosk.session.model.refusals import Fault
from kiosk.sync.encrypted import EncryptedFile, Unkept
from kiosk.sync.secrets.safe import Safe

SCHEMA = 1
LIMIT = 8 * 1024 * 1024
"""Bytes of one account: more is a site that keeps its work here, and belongs in a real browser."""

_TABLES = (
    """
    CREATE TABLE cookies (
        account TEXT NOT NULL,
        domain TEXT NOT NULL,
        path TEXT NOT NULL,
        name TEXT NOT NULL,
        body BLOB NOT NULL,
        PRIMARY KEY (account, domain, path, name)
    ) STRICT
    """,
    """
    CREATE TABLE storages (
        account TEXT NOT NULL,
        origin TEXT NOT NULL,
        digest TEXT NOT NULL,
        body BLOB NOT NULL,
        PRIMARY KEY (account, origin)
    ) STRICT
    """,
    f"PRAGMA user_version = {SCHEMA}",
)
_SAME_COOKIE = "account = ? AND domain = ? AND path = ? AND name = ?"


class SiteStore:
    """What sites remember on one kiosk, for any lane. Each call that keeps is durable at its end.

    ``path`` None keeps it in memory only: on a disk that can be copied. Then every start asks for a
    code.
    """

    def __init__(self, path: Path | None, safe: Safe, now: Callable[[], datetime]) -> None:
        self._safe = safe
        self._now = now
        self._file = EncryptedFile(path, safe.site_key, _TABLES, SCHEMA, durable=True)

    def __repr__(self) -> str:
        return "<site store>"

    @property
    def rebuilt(self) -> int:
        """How often a file that could not be read was begun anew."""
        return self._file.rebuilt

    def keep_cookie(self, account: str, cookie: Cookie) -> Fault | Unkept | None:
        """Keep it in the place of the one that is called the same."""
        body, key = msgspec.json.encode(cookie), _key(account, cookie.called)

        def write(db: dbapi2.Connection) -> Unkept | None:
            db.execute(f"DELETE FROM cookies WHERE {_SAME_COOKIE}", key)  # noqa: S608
            db.execute("INSERT INTO cookies VALUES (?,?,?,?,?)", (*key, body))
            return _within_limit(db, account)

        return self._kept(write)

    def forget_cookie(self, account: str, called: CookieName) -> Fault | Unkept | None:
        """The site has it no more."""

        def write(db: dbapi2.Connection) -> None:
            db.execute(
                f"DELETE FROM cookies WHERE {_SAME_COOKIE}",  # noqa: S608
                _key(account, called),
            )

        return self._file.answered(write)

    def keep_storage(self, account: str, storage: Storage) -> Fault | Unkept | None:
        """Keep it in the place of that origin's older one, where it is another.

        Of what is over the limit nothing is kept, and what was there stays.
        """
        body = storage.text.encode("utf-8", "surrogatepass")
        digest = hashlib.sha256(body).hexdigest()
        if len(body) > LIMIT:
            return Unkept.TOO_LARGE

        def write(db: dbapi2.Connection) -> Unkept | None:
            same = db.execute(
                "SELECT 1 FROM storages WHERE account = ? AND origin = ? AND digest = ?",
                (account, storage.origin, digest),
            ).fetchone()
            if same:
                return None
            db.execute(
                "INSERT OR REPLACE INTO storages VALUES (?,?,?,?)",
                (account, storage.origin, digest, body),
            )
            return _within_limit(db, account)

        return self._kept(write)

    def carried(self, account: str) -> Carried:
        """Everything of that account that is not over; nothing where nothing can be read."""
        now = self._now()

        def read(db: dbapi2.Connection) -> Carried:
            cookies = db.execute(
                "SELECT body FROM cookies WHERE account = ? ORDER BY rowid", (account,)
            )
            storages = db.execute(
                "SELECT origin, body FROM storages WHERE account = ? ORDER BY origin", (account,)
            )
            return Carried(
                tuple(msgspec.json.decode(body, type=Cookie) for (body,) in cookies),
                tuple(
                    Storage(str(origin), bytes(body).decode("utf-8", "surrogatepass"))
                    for origin, body in storages
                ),
            )

        found = self._file.answered(read)
        if not isinstance(found, Carried):
            return Carried()
        # Apart from the reading: a disk that takes nothing must not hide what is on it.
        for each in found.cookies:
            if each.is_over(now):
                self.forget_cookie(account, each.called)
        alive = tuple(each for each in found.cookies if not each.is_over(now))
        return Carried(alive, found.storages)

    def forget(self, account: str) -> Fault | Unkept | None:
        """Forget everything of that account, all of it or nothing; no journal has it either."""

        def write(db: dbapi2.Connection) -> None:
            db.execute("DELETE FROM cookies WHERE account = ?", (account,))
            db.execute("DELETE FROM storages WHERE account = ?", (account,))

        outcome = self._file.answered(write)
        self._file.empty_journal()
        return outcome

    def forget_others(self, accounts: Iterable[str]) -> Fault | Unkept | None:
        """Forget everything of whoever is none of those: of a kiosk that ended in the middle."""
        known = json.dumps(sorted(accounts))

        def write(db: dbapi2.Connection) -> None:
            for table in ("cookies", "storages"):
                db.execute(
                    f"DELETE FROM {table} WHERE account NOT IN (SELECT value FROM json_each(?))",  # noqa: S608
                    (known,),
                )

        return self._file.answered(write)

    def forget_all(self) -> Fault | None:
        """Forget everything of everybody: the key first."""
        return self._file.forget(self._safe.forget_site_key)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _kept(self, write: Callable[[dbapi2.Connection], Unkept | None]) -> Fault | Unkept | None:
        """As ``answered``, but what ``write`` finds too large is taken back."""

        def whole(db: dbapi2.Connection) -> Unkept | None:
            db.execute("SAVEPOINT kept")
            outcome = write(db)
            if outcome is not None:
                db.execute("ROLLBACK TO kept")
            db.execute("RELEASE kept")
            return outcome

        return self._file.answered(whole)


def _key(account: str, called: CookieName) -> tuple[str, str, str, str]:
    return account, called.domain, called.path, called.name


def _within_limit(db: dbapi2.Connection, account: str) -> Unkept | None:
    held = db.execute(
        "SELECT (SELECT coalesce(sum(length(body)), 0) FROM cookies WHERE account = ?1)"
        " + (SELECT coalesce(sum(length(body)), 0) FROM storages WHERE account = ?1)",
        (account,),
    ).fetchone()[0]
    return Unkept.TOO_LARGE if int(held) > LIMIT else None
