"""Reading an audit file as it lies there, for whoever verifies or exports it.

One snapshot on a connection that changes nothing, beside a running kiosk too. Must never trust
what it reads: the lines are handed on as they stand, whatever was done to them.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from kiosk.session.model.commands import Command, Kind
from kiosk.session.model.people import Strength
from kiosk.sync.records.audit_store import read_only
from kiosk.sync.records.chain import GENESIS, UNTRUE, Anchor, Head, Ledger, LogEntry, tells_of
from kiosk.sync.records.schema import SCHEMA, foreign_in, version_of

_LINES = {
    1: "SELECT sequence, at, act, cause, actor, account, strength, device, detail, '', digest"
    " FROM records ORDER BY sequence",
    SCHEMA: "SELECT sequence, at, act, cause, actor, account, strength, device, detail, subject,"
    " digest FROM records ORDER BY sequence",
}
COMMANDS = (
    "SELECT id, sequence, kind, target, set_to, seen, after, actor, strength, account, at"
    " FROM commands"
)


class NotALedger(Exception):
    """The file is no audit of a kiosk, is damaged, or is of a newer kiosk."""


@contextmanager
def open_ledger(path: Path) -> Iterator[Ledger]:
    """The ledger of that file, while the context lasts. Raises ``NotALedger``, within it too."""
    try:
        with closing(read_only(path)) as db:
            db.execute("BEGIN")
            version = version_of(db)
            if version not in _LINES:
                raise NotALedger
            yield replace(_ledger(db, version), foreign=foreign_in(db, version))
    except (sqlite3.Error, ValueError, TypeError) as error:
        raise NotALedger from error


def line_from(row: tuple[object, ...]) -> LogEntry:
    """A line from its columns. Raises ``ValueError`` where the number is none."""
    sequence, *texts = row
    return LogEntry(int(str(sequence)), *(str(text) for text in texts))


def command_from(row: tuple[object, ...]) -> Command:
    """A command from its columns. Raises ``ValueError`` where one of them is none of ours."""
    id_, sequence, kind, target, to, seen, after, actor, strength, account, at = row
    return Command(
        id=str(id_),
        sequence=int(str(sequence)),
        kind=Kind(str(kind)),
        target=str(target),
        to=str(to),
        seen=int(str(seen)),
        actor=str(actor),
        strength=Strength(str(strength)),
        account=str(account),
        at=datetime.fromisoformat(str(at)).astimezone(UTC),
        after=str(after),
    )


def as_recorded(db: sqlite3.Connection, command: Command) -> bool:
    """Whether the record of that number is here and tells of this command, as it stands."""
    row = db.execute(
        "SELECT sequence, at, act, cause, actor, account, strength, device, detail, subject"
        " FROM records WHERE sequence = ?",
        (command.sequence,),
    ).fetchone()
    return row is not None and tells_of(line_from(tuple(row)), command)


def _ledger(db: sqlite3.Connection, version: int) -> Ledger:
    lines = _lines(db, _LINES[version])
    if version == 1:
        return Ledger("", 0, GENESIS, 0, lines, (), ())
    chain, base_sequence, base_digest, acknowledged = db.execute(
        "SELECT id, base_sequence, base_digest, acknowledged FROM chain"
    ).fetchone()
    heads = db.execute("SELECT sequence, digest, signed FROM heads ORDER BY sequence")
    anchors = db.execute("SELECT sequence, digest, receipt, at FROM anchors ORDER BY sequence")
    waiting = db.execute(f"{COMMANDS} WHERE state = 'queued' OR code = ?", (UNTRUE,)).fetchall()
    return Ledger(
        chain=str(chain),
        base_sequence=int(base_sequence),
        base_digest=str(base_digest),
        acknowledged=int(acknowledged),
        lines=lines,
        heads=tuple(Head(int(n), str(digest), str(signed)) for n, digest, signed in heads),
        anchors=tuple(
            Anchor(str(chain), int(n), str(digest), str(receipt), _instant(str(at)))
            for n, digest, receipt, at in anchors
        ),
        untrue=tuple(sorted(int(row[1]) for row in waiting if not _is_true(db, row))),
    )


def _is_true(db: sqlite3.Connection, row: tuple[object, ...]) -> bool:
    try:
        return as_recorded(db, command_from(row))
    except ValueError:
        return False


def _lines(db: sqlite3.Connection, statement: str) -> Iterator[tuple[LogEntry, str]]:
    for *row, digest in db.execute(statement):
        yield line_from(tuple(row)), str(digest)


def _instant(written: str) -> datetime:
    return datetime.fromisoformat(written).astimezone(UTC)
