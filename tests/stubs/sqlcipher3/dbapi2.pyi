"""What the kiosk uses of sqlcipher3's DB-API 2.0 module: as sqlite3, with a key."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

SQLITE_CORRUPT: int
SQLITE_FULL: int
SQLITE_NOTADB: int

class Error(Exception):
    sqlite_errorcode: int

class DatabaseError(Error): ...
class OperationalError(DatabaseError): ...

class Cursor:
    def fetchone(self) -> Any: ...
    def fetchall(self) -> list[Any]: ...
    def __iter__(self) -> Iterator[Any]: ...

class Connection:
    in_transaction: bool
    def execute(self, sql: str, parameters: Sequence[object] = ..., /) -> Cursor: ...
    def executemany(self, sql: str, parameters: Iterable[Sequence[object]], /) -> Cursor: ...
    def close(self) -> None: ...

def connect(
    database: str,
    timeout: float = ...,
    *,
    isolation_level: str | None = ...,
    check_same_thread: bool = ...,
) -> Connection: ...
