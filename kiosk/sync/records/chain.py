"""The chain of the audit: how each record is tied to the one before it, and what breaks when not.

Pure: the digest of a line, what the computer signs and the server confirms, and the judgement of a
whole ledger (T15). Must never repair: what was found is said, with its number.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from kiosk.local.json_files import object_in
from kiosk.session.model.audit import Record
from kiosk.session.model.commands import Command, Kind
from kiosk.session.rules.chairside import ACTS, command_id

GENESIS = "0" * 64
HEAD_TYPE = "audit-head+jwt"
ANCHOR_TYPE = "audit-anchor+jwt"
UNTRUE = "not_as_recorded"
"""The code of a change that this computer itself refuses to send."""
NAMED = 20
"""How many broken lines are named one by one; the rest are counted."""


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A record as it is written and sent: text, but for its number."""

    sequence: int
    at: str
    act: str
    cause: str
    actor: str
    account: str
    strength: str
    device: str
    detail: str
    subject: str


@dataclass(frozen=True, slots=True)
class Head:
    """Where the chain had got to, and the compact JWS in which the device key says so."""

    sequence: int
    digest: str
    signed: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where the server says that the chain had got to, with its signed receipt; ``at`` in UTC."""

    chain: str
    sequence: int
    digest: str
    receipt: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Ledger:
    """An audit file as it lies there. ``lines`` come once, in the order of their numbers.

    ``base_*`` is where it starts: what came before was deleted after it had been sent.
    ``acknowledged`` is the number up to which it counts as sent. ``foreign`` names what the file is
    built of and no kiosk makes so, or what is missing of it; ``untrue`` are the numbers of queued
    changes that are not what their records say.
    """

    chain: str
    base_sequence: int
    base_digest: str
    acknowledged: int
    lines: Iterable[tuple[LogEntry, str]]
    heads: tuple[Head, ...]
    anchors: tuple[Anchor, ...]
    foreign: tuple[str, ...] = ()
    untrue: tuple[int, ...] = ()


class Flaw(StrEnum):
    """What can be wrong with a ledger."""

    EDITED = "edited"
    REORDERED = "reordered"
    MISSING = "missing"
    CUT = "cut"
    REWRITTEN = "rewritten"
    FORKED = "forked"
    SIGNATURE = "signature"
    MARKED = "marked"
    BUILT = "built"
    OTHER = "other"
    LOST = "lost"
    UNTRUE = "untrue"


@dataclass(frozen=True, slots=True)
class Finding:
    """One flaw: the number of the record it was found at, and a sentence."""

    flaw: Flaw
    sequence: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Tail:
    """How far a chain had come, as remembered outside of its file."""

    chain: str
    sequence: int
    digest: str


@dataclass(frozen=True, slots=True)
class Note:
    """What the keychain remembers of the audit.

    ``over``: the server refuses this chain, so the next start begins another. ``lost`` is a chain
    that was here and was gone when this one began: nobody can delete an audit unnoticed.
    """

    tail: Tail
    over: bool = False
    lost: Tail | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verification found; ``last`` is the newest record's number, 0 without any."""

    records: int
    last: int
    findings: tuple[Finding, ...]


def line_of(record: Record) -> LogEntry:
    """The record as it is written."""
    return LogEntry(
        sequence=record.sequence,
        at=written_at(record.at),
        act=record.act.value,
        cause=record.cause.value,
        actor=record.actor,
        account=record.account,
        strength=record.strength.value,
        device=record.device,
        detail=record.detail,
        subject=record.subject,
    )


def written_at(at: datetime) -> str:
    """RFC 3339, UTC, microseconds."""
    return at.isoformat(timespec="microseconds").replace("+00:00", "Z")


def digest_after(previous: str, line: LogEntry) -> str:
    """SHA-256, hexadecimal, over the digest before and the line's canonical JSON.

    The subject takes part only where there is one: chains from before it existed stay valid.
    """
    fields: dict[str, str | int] = {
        "sequence": line.sequence,
        "at": line.at,
        "act": line.act,
        "cause": line.cause,
        "actor": line.actor,
        "account": line.account,
        "strength": line.strength,
        "device": line.device,
        "detail": line.detail,
    }
    if line.subject:
        fields["subject"] = line.subject
    canonical = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{previous}\n{canonical}".encode()).hexdigest()


def chained(previous: str, record: Record) -> str:
    """The digest of a record that follows ``previous``."""
    return digest_after(previous, line_of(record))


def tells_of(line: LogEntry, command: Command) -> bool:
    """Whether a record tells of that command: who, as whom, when, what, and of what (law 4).

    The records of rooms of an older kiosk do not name the room.
    """
    subjects = {command.target, ""} if command.kind is Kind.ROOM else {command.target}
    return (
        line.subject in subjects
        and line.act == ACTS[command.kind].value
        and command.id == command_id(line.device, line.sequence, command.at)
        and (line.sequence, line.at) == (command.sequence, written_at(command.at))
        and (line.actor, line.account) == (command.actor, command.account)
        and (line.strength, line.detail) == (command.strength.value, command.to)
    )


def head_claims(chain: str, sequence: int, digest: str) -> dict[str, object]:
    """What the device key signs, as ``HEAD_TYPE``."""
    return {"chain": chain, "sequence": sequence, "digest": digest}


def says(compact: str, key: ECKey, kind: str, claims: dict[str, object]) -> bool:
    """Whether a compact JWS (RFC 7515, ES256) of that ``typ`` and key says these things."""
    try:
        signed = jws.deserialize_compact(compact, key, ["ES256"])
    except (JoseError, ValueError, RecursionError):
        # The header is read before the signature is checked: it is anybody's.
        return False
    told = object_in(signed.payload)
    if signed.headers().get("typ") != kind:
        return False
    return all(told.get(name) == value for name, value in claims.items())


def verify(
    ledger: Ledger, device: ECKey | None, server: ECKey | None = None, note: Note | None = None
) -> Verdict:
    """Judge a whole ledger. Without a key its signatures are not looked at.

    ``device`` is the device's public key, ``server`` the clinic's grant key, ``note`` what the
    keychain remembers, of this chain or of another that should be here.
    """
    tail = note.tail if note is not None and note.tail.chain == ledger.chain else None
    walk = _Walk(ledger, tail)
    findings = [*_built(ledger.foreign), *_missed(note, tail), *walk.broken()]
    if tail is not None:
        findings += walk.held_against(tail.sequence, tail.digest, "the keychain remembers", False)
    for head in ledger.heads:
        claims = head_claims(ledger.chain, head.sequence, head.digest)
        if device is not None and not says(head.signed, device, HEAD_TYPE, claims):
            sentence = (
                f"The signature at record {head.sequence} is not this computer's: "
                "it was changed, or made with another key."
            )
            findings.append(Finding(Flaw.SIGNATURE, head.sequence, sentence))
        findings += walk.held_against(head.sequence, head.digest, "this computer signed", False)
    for anchor in ledger.anchors:
        claims = head_claims(anchor.chain, anchor.sequence, anchor.digest)
        if server is not None and not says(anchor.receipt, server, ANCHOR_TYPE, claims):
            sentence = f"The server's receipt for record {anchor.sequence} is not the server's."
            findings.append(Finding(Flaw.SIGNATURE, anchor.sequence, sentence))
        findings += walk.held_against(anchor.sequence, anchor.digest, "the server confirmed", True)
    confirmed = max((anchor.sequence for anchor in ledger.anchors), default=0)
    for number, said in ((ledger.acknowledged, "sent"), (ledger.base_sequence, "sent and deleted")):
        if number > confirmed:
            sentence = (
                f"Records up to {number} are marked as {said}, "
                f"but the server confirmed only {confirmed}."
            )
            findings.append(Finding(Flaw.MARKED, number, sentence))
    for number in ledger.untrue[:NAMED]:
        sentence = f"The change of record {number} is not what the record says: it is not sent."
        findings.append(Finding(Flaw.UNTRUE, number, sentence))
    findings.sort(key=lambda finding: finding.sequence)
    return Verdict(walk.count, walk.last, tuple(dict.fromkeys(findings)))


def _built(foreign: tuple[str, ...]) -> Iterable[Finding]:
    for each in foreign:
        # A name is whatever somebody typed.
        name = "".join(letter for letter in each[:60] if letter.isprintable())
        sentence = f"The file is not built as the kiosk builds it: {name}."
        yield Finding(Flaw.BUILT, 0, sentence)


def _missed(note: Note | None, tail: Tail | None) -> Iterable[Finding]:
    """What the keychain remembers and is not here; ``tail`` is what it says of this chain."""
    if note is not None and tail is None and not note.over:
        sentence = (
            f"The keychain remembers another audit, up to record {note.tail.sequence}: "
            "this one was renamed, or put in its place."
        )
        yield Finding(Flaw.OTHER, note.tail.sequence, sentence)
    if note is not None and note.lost is not None:
        sentence = (
            f"An audit of this computer, up to record {note.lost.sequence}, "
            "was gone when this one began."
        )
        yield Finding(Flaw.LOST, note.lost.sequence, sentence)


class _Walk:
    """One pass over the lines, which may be a hundred thousand: only what broke is remembered."""

    def __init__(self, ledger: Ledger, tail: Tail | None) -> None:
        wanted = {head.sequence for head in ledger.heads}
        wanted |= {tail.sequence} if tail is not None else set()
        wanted |= {anchor.sequence for anchor in ledger.anchors}
        self.count, self.last = 0, ledger.base_sequence
        self._base = ledger.base_sequence
        self._digests = {ledger.base_sequence: ledger.base_digest}
        self._around: set[str] = set()
        self._wrong: list[tuple[LogEntry, str]] = []
        self._more: list[int] = []
        self._missing: list[Finding] = []
        previous = ledger.base_digest
        for line, digest in ledger.lines:
            if line.sequence != self.last + 1:
                self._missing.append(_missing(self.last + 1, line.sequence - 1))
            elif digest_after(previous, line) != digest:
                self._note(line, previous, digest)
            if line.sequence in wanted:
                self._digests[line.sequence] = digest
            self.count, self.last, previous = self.count + 1, line.sequence, digest

    def broken(self) -> Iterable[Finding]:
        """What is missing, changed or out of place."""
        yield from self._missing[:NAMED]
        numbers = [line.sequence for line, _ in self._wrong]
        digests = {digest for _, digest in self._wrong}
        from_elsewhere = [self._written_as(line, numbers, digests) for line, _ in self._wrong]
        moved = {number for number in from_elsewhere if number is not None}
        for (line, _), number in zip(self._wrong, from_elsewhere, strict=True):
            if number is not None:
                sentence = f"Record {line.sequence} was written as record {number}: reordered."
                yield Finding(Flaw.REORDERED, line.sequence, sentence)
            elif not moved & {line.sequence, line.sequence - 1}:
                sentence = f"Record {line.sequence} was changed after it was written."
                yield Finding(Flaw.EDITED, line.sequence, sentence)
        if self._more:
            first, count = self._more[0], len(self._more)
            sentence = f"From record {first} on, {count} more were changed after they were written."
            yield Finding(Flaw.EDITED, first, sentence)

    def _note(self, line: LogEntry, previous: str, digest: str) -> None:
        if len(self._wrong) < NAMED:
            self._wrong.append((line, digest))
            self._around |= {previous, digest}
        else:
            self._more.append(line.sequence)

    def _written_as(self, line: LogEntry, numbers: list[int], digests: set[str]) -> int | None:
        """The number under which a line that broke had been written, if that is another one."""
        for number in numbers:
            there = replace(line, sequence=number)
            found = any(digest_after(before, there) in digests for before in self._around)
            if found and number != line.sequence:
                return number
        return None

    def held_against(
        self, sequence: int, digest: str, said: str, by_server: bool
    ) -> Iterable[Finding]:
        """What a signature or a receipt says that the lines do not."""
        if sequence < self._base:
            return
        if sequence > self.last:
            sentence = f"The records from {self.last + 1} to {sequence}, which {said}, are gone."
            yield Finding(Flaw.CUT, self.last + 1, sentence)
        elif self._digests.get(sequence, digest) != digest:
            sentence = f"What stands up to record {sequence} is not what {said}."
            yield Finding(Flaw.FORKED if by_server else Flaw.REWRITTEN, sequence, sentence)


def _missing(first: int, last: int) -> Finding:
    which = f"Record {first} is" if first == last else f"Records {first} to {last} are"
    return Finding(Flaw.MISSING, first, f"{which} missing.")
