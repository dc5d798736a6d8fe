"""An audit file with as many records as a measurement wants, made by the kiosk's own store.

They are written in memory and the file is moved to the disk afterwards: a disk that takes four
milliseconds a row needs seven minutes for a hundred thousand. What reads it sees no difference.
"""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from kiosk.session.model.audit import Act, Cause, Record
from kiosk.session.model.people import Strength
from kiosk.session.model.refusals import Fault
from kiosk.sync.records.audit_store import Store, open_store
from kiosk.sync.records.ledger import open_ledger

MEMORY = Path("/", "dev", "shm")
"""Memory that looks like a directory, on Linux; elsewhere the usual place for such files."""
ACCOUNT, ACTOR = "acc-office", "per-aisha"


def in_memory() -> TemporaryDirectory[str]:
    """A directory that costs no disk."""
    return TemporaryDirectory(prefix="kiosk-bench-", dir=MEMORY if MEMORY.is_dir() else None)


def record(sequence: int, at: datetime, device: str) -> Record:
    """One of a long day of Aisha's on the shared account: entering and locking in turns."""
    return Record(
        sequence=sequence,
        at=at,
        act=Act.ENTERED if sequence % 2 else Act.LOCKED,
        cause=Cause.PERSON,
        actor=ACTOR,
        account=ACCOUNT,
        strength=Strength.TILE,
        device=device,
    )


def opened(path: Path) -> Store:
    """The audit file, which must open. Raises RuntimeError."""
    store = open_store(path)
    if isinstance(store, Fault):
        raise RuntimeError(f"the audit file cannot be opened: {store}")
    return store


def kept(store: Store, each: Record) -> None:
    """Make it durable. Raises RuntimeError."""
    fault = store.keep(each)
    if fault is not None:
        raise RuntimeError(f"the record was not kept: {fault}")


def append(audit: Path, count: int) -> None:
    """Append ``count`` records of the computer whose file it is; nobody has it open."""
    with open_ledger(audit) as ledger:
        device = [line.device for line, _ in ledger.lines][-1]
    now = datetime.now(UTC)
    with in_memory() as place:
        there = Path(place) / audit.name
        for suffix in ("", "-wal"):
            if (beside := Path(f"{audit}{suffix}")).exists():
                shutil.copy(beside, f"{there}{suffix}")
        store = opened(there)
        first = store.next_sequence
        for number in range(count):
            at = now - timedelta(milliseconds=count - number)
            kept(store, record(first + number, at, device))
        store.close()
        for suffix in ("-wal", "-shm"):
            Path(f"{audit}{suffix}").unlink(missing_ok=True)
        shutil.copy(there, audit)
