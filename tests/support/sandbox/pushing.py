"""A computer's audit and commands as the contract describes them: chained, signed, in order.

Written from the published contract, not from the server's code.
"""

import hashlib
import json
import secrets
from dataclasses import dataclass, field

from joserfc import jws
from sqlalchemy import select

from sandbox.tables.rows import AuditRecord
from tests.support.sandbox.client import OFFICE, Answer, Kiosk
from tests.support.sandbox.contract import misfits
from tests.support.sandbox.running import Xchart

GENESIS = "0" * 64


def canonical(record: dict[str, object]) -> str:
    """What of a record is digested."""
    fields = {name: value for name, value in record.items() if name != "subject" or value}
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


@dataclass(slots=True)
class Audit:
    """The audit of one computer. ``kiosk`` signs the heads; ``device`` is who the records name."""

    kiosk: Kiosk
    device: str = ""
    chain: str = field(default_factory=lambda: f"aud-{secrets.token_hex(16)}")
    records: list[dict[str, object]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.device = self.device or self.kiosk.jkt

    def add(self, minute: int = 5, **said: object) -> dict[str, object]:
        """One more record, Maria's at 9:05 am clinic time if nothing else is said."""
        record: dict[str, object] = {
            "sequence": len(self.records) + 1,
            "at": f"2026-11-23T15:{minute:02d}:00.250000Z",
            "act": "entered",
            "cause": "person",
            "actor": "per-maria",
            "account": OFFICE,
            "strength": "tile",
            "device": self.device,
            "detail": "",
            **said,
        }
        self.records.append(record)
        return record

    def digest(self, sequence: int) -> str:
        """The digest of the record with that number; of 0, the beginning's."""
        found = GENESIS
        for each in self.records[:sequence]:
            found = hashlib.sha256(f"{found}\n{canonical(each)}".encode()).hexdigest()
        return found

    def head(self, count: int, *, typ: str = "audit-head+jwt", **said: object) -> str:
        """The signed head of so many records."""
        told = {"chain": self.chain, "sequence": count, "digest": self.digest(count), **said}
        header = {"alg": "ES256", "typ": typ}
        return jws.serialize_compact(header, json.dumps(told), self.kiosk.key, ["ES256"])

    def batch(self, first: int = 1, last: int = 0) -> dict[str, object]:
        """``AuditBatch`` of the records from one number to another, or to the end."""
        last = last or len(self.records)
        return {
            "chain": self.chain,
            "records": self.records[first - 1 : last],
            "head": self.head(last),
        }

    def push(self, first: int = 1, last: int = 0) -> Answer:
        """``POST /v1/audit``."""
        return self.send(self.batch(first, last))

    def send(self, batch: dict[str, object]) -> Answer:
        """``POST /v1/audit`` of this very batch."""
        return self.kiosk.call("POST", "/v1/audit", batch)


def command(
    sequence: int, kind: str, target: str, to: str, seen: int, **said: object
) -> dict[str, object]:
    """``Command`` of the contract, Maria's."""
    return {
        "id": f"cmd-{secrets.token_hex(16)}",
        "sequence": sequence,
        "kind": kind,
        "target": target,
        "to": to,
        "seen": seen,
        "actor": "per-maria",
        "strength": "tile",
        "at": "2026-11-23T15:05:00Z",
        **said,
    }


def send(kiosk: Kiosk, *commands: dict[str, object]) -> Answer:
    """``POST /v1/commands``."""
    token = kiosk.held["trust_token"]
    return kiosk.call("POST", "/v1/commands", {"commands": list(commands)}, token)


def results(answer: Answer) -> list[dict[str, object]]:
    """The results of an answer."""
    assert answer.status == 200, answer.text
    found = answer.body["results"]
    assert isinstance(found, list)
    return found


def kept(xchart: Xchart, chain: str) -> list[AuditRecord]:
    """What the server has of a chain, in order."""
    wanted = select(AuditRecord).where(AuditRecord.chain == chain).order_by(AuditRecord.sequence)
    with xchart.state.unit() as db:
        return list(db.scalars(wanted))


def standings(xchart: Xchart, audit: Audit) -> list[str]:
    """What the server made of each record."""
    return [each.standing for each in kept(xchart, audit.chain)]


def anchored(answer: Answer, audit: Audit, sequence: int) -> None:
    """The answer is the anchor at this record."""
    assert answer.status == 200, answer.text
    assert misfits("AuditAnchor", answer.body) == []
    assert answer.body["sequence"] == sequence
    assert answer.body["digest"] == audit.digest(sequence)
