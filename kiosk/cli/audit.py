"""``kiosk audit``: is the audit of this computer in order, and what stands in it.

Owns the sentences and the form of an export. Must never change the audit, nor need the kiosk to
stop; what it writes holds ids and codes only, as the audit does (law 10).
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from kiosk.keychain.port import Found, Item, ItemName, Keychain, KeychainFault
from kiosk.local.clock import ComputerReadings
from kiosk.local.profile import Profile
from kiosk.sync.files import LocalFiles
from kiosk.sync.records.audit_store import count_unsent
from kiosk.sync.records.chain import Ledger, Note, verify, written_at
from kiosk.sync.records.ledger import NotALedger, open_ledger
from kiosk.sync.secrets.safe import Safe

STANDARD_OUTPUT = Path("-")
_UNREADABLE = (
    "The records of this computer cannot be read: the file is damaged, or a newer kiosk made it. "
    "Keep audit.db and what lies beside it, and report this to support."
)
_NONE_YET = "There are no records on this computer yet."
_GONE = (
    "This computer was set up, but its records are gone: there is no audit.db. "
    "The server has what was sent; compare there."
)


@dataclass(frozen=True, slots=True)
class Report:
    """What came of it, in sentences; ``in_order`` False: something was found, or did not work."""

    in_order: bool
    sentences: tuple[str, ...]


def verify_audit(profile: Profile, keychain: Keychain) -> Report:
    """Prove every record, and hold them against what was signed and what the server confirmed."""
    safe = Safe(keychain, ComputerReadings().wall)
    server, note = safe.grant_key(), safe.note()
    if not profile.audit.exists():
        return _nothing(profile, noted=isinstance(note, Note))
    device, doubt = _device_key(keychain)
    try:
        with open_ledger(profile.audit) as ledger:
            verdict = verify(
                ledger,
                device,
                server if isinstance(server, ECKey) else None,
                note if isinstance(note, Note) else None,
            )
    except NotALedger:
        return Report(False, (_UNREADABLE,))
    doubts = (doubt,) if doubt else ()
    if verdict.findings:
        return Report(False, (*(finding.sentence for finding in verdict.findings), *doubts))
    if not verdict.records:
        return Report(True, (_NONE_YET, *doubts))
    records = "1 record is" if verdict.records == 1 else f"{verdict.records} records are"
    return Report(True, (f"{records} in order, up to number {verdict.last}.", *doubts))


def export_audit(profile: Profile, file: Path, *, unsent: bool = False) -> Report:
    """Write everything to a new file, a JSON object a line; one that is there is left alone.

    ``-`` is standard output. ``unsent``: only files of records, forked ones put aside included,
    that hold what was never sent; nothing where all was.
    """
    if not profile.audit.exists():
        return _nothing(profile)
    ledgers = [profile.audit]
    if unsent:
        ledgers = [each for each in profile.audits if count_unsent(each) != 0]
    if file == STANDARD_OUTPUT:
        try:
            count = _write(sys.stdout, ledgers)
        except NotALedger:
            return Report(False, (_UNREADABLE,))
        return Report(True, (f"{count} lines.",))
    try:
        file.touch(mode=0o600, exist_ok=False)
    except FileExistsError:
        return Report(False, (f"{file} is there already; nothing was written.",))
    except OSError as fault:
        return Report(False, (f"{file} cannot be written: {fault.strerror}.",))
    try:
        with file.open("w", encoding="utf-8", newline="\n") as out:
            count = _write(out, ledgers)
    except (NotALedger, OSError) as fault:
        # Half an export would be taken for a whole one.
        file.unlink(missing_ok=True)
        if isinstance(fault, NotALedger):
            return Report(False, (_UNREADABLE,))
        return Report(False, (f"{file} cannot be written: {fault.strerror}.",))
    return Report(True, (f"{count} lines are in {file}.",))


def _write(out: IO[str], ledgers: list[Path]) -> int:
    """Write those files' lines and return how many. Raises NotALedger, OSError."""
    count = 0
    for each in ledgers:
        with open_ledger(each) as ledger:
            for line in _exported(ledger):
                out.write(f"{line}\n")
                count += 1
    out.flush()
    return count


def _exported(ledger: Ledger) -> Iterator[str]:
    yield _json(
        {
            "kind": "chain",
            "chain": ledger.chain,
            "base_sequence": ledger.base_sequence,
            "base_digest": ledger.base_digest,
            "acknowledged": ledger.acknowledged,
        }
    )
    for line, digest in ledger.lines:
        yield _json({"kind": "record", **asdict(line), "digest": digest})
    for head in ledger.heads:
        yield _json({"kind": "head", **asdict(head)})
    for anchor in ledger.anchors:
        yield _json({"kind": "anchor", **asdict(anchor), "at": written_at(anchor.at)})


def _json(told: dict[str, object]) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _nothing(profile: Profile, *, noted: bool = False) -> Report:
    joined = noted or LocalFiles(profile).joining() is not None
    return Report(not joined, (_GONE if joined else _NONE_YET,))


def _device_key(keychain: Keychain) -> tuple[ECKey | None, str]:
    """The key that signed, or why the signatures could not be looked at."""
    found = keychain.read(ItemName(Item.DEVICE_KEY))
    if isinstance(found, Found):
        try:
            return ECKey.import_key(found.secret), ""
        except (JoseError, ValueError):
            found = KeychainFault.CORRUPT
    why = found.value if isinstance(found, KeychainFault) else "without this computer's key"
    return None, f"The keychain is {why}, so the signatures were not checked."
