"""The ledger of what happened at the kiosks, held against what the server has.

What a kiosk's caller was told is durable must be there once, in order, as it was made; what it was
about to record when it was killed may be there, and only as it was made.
"""

import json
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from sandbox.seed import ASSISTANTS

NAMES = {f"per-{name}": label for name, label in ASSISTANTS.items()}
BELIEVED = frozenset({"session_proved", "device_claimed"})
FIELDS = (
    "at",
    "act",
    "cause",
    "actor",
    "account",
    "strength",
    "device",
    "detail",
    "subject",
)
WHO = frozenset({"actor", "account", "strength", "device"})
"""The fields that attribute a record."""


@dataclass(slots=True)
class Want:
    """One record that a kiosk was about to keep, and its command; ``by`` is what the hand knew."""

    generation: int
    record: dict[str, Any]
    command: dict[str, Any] | None
    by: dict[str, Any]
    kept: bool = False

    @property
    def sequence(self) -> int:
        """Its number."""
        return int(self.record["sequence"])


@dataclass(slots=True)
class Findings:
    """What the comparison found, a sentence each.

    ``overwritten``: another's change was set over by someone who had not seen it.
    """

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    misattributed: list[str] = field(default_factory=list)
    out_of_order: list[str] = field(default_factory=list)
    overwritten: list[str] = field(default_factory=list)
    unexpected: list[str] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """How many of each."""
        return {name: len(sentences) for name, sentences in asdict(self).items()}

    def sentences(self) -> list[str]:
        """All of them."""
        return [f"{name}: {each}" for name, found in asdict(self).items() for each in found]


@dataclass(slots=True)
class Ledger:
    """What one kiosk said, over all its lives."""

    device: str = ""
    generation: int = 0
    wants: list[Want] = field(default_factory=list)
    unexpected: list[str] = field(default_factory=list)
    refused: int = 0

    def begin(self) -> None:
        """A new process."""
        self.generation += 1

    def hear(self, told: dict[str, Any]) -> None:
        """One line of the kiosk."""
        match told["said"]:
            case "wants":
                want = Want(self.generation, told["record"], told["command"], told["by"])
                self.wants.append(want)
            case "kept":
                # Records are written in their order: what waited before this one is there too.
                for want in reversed(self.wants):
                    if want.generation != self.generation or want.kept:
                        break
                    want.kept = want.sequence <= told["sequence"]
            case "not kept":
                self.refused += 1
            case "unexpected":
                self.unexpected.append(told["what"])
            case _:
                pass


@dataclass(frozen=True, slots=True)
class Standing:
    """How a target stood: what a person sees of it."""

    status: str
    operatory: str


@dataclass(slots=True)
class There:
    """What the server has. ``targets`` are versions and standings now."""

    records: list[dict[str, Any]]
    commands: list[dict[str, Any]]
    targets: dict[str, tuple[int, Standing]]


def read(data: Path) -> There:
    """What is in the server's database, in the order in which it came."""
    with closing(sqlite3.connect(f"{(data / 'xchart.sqlite3').as_uri()}?mode=ro", uri=True)) as db:
        db.row_factory = sqlite3.Row
        records = db.execute("SELECT * FROM audit_record ORDER BY rowid")
        commands = db.execute("SELECT * FROM command_result ORDER BY rowid")
        return There([dict(row) for row in records], [dict(row) for row in commands], targets(db))


def targets(db: sqlite3.Connection) -> dict[str, tuple[int, Standing]]:
    """How everything stands that can be set."""
    found: dict[str, tuple[int, Standing]] = {}
    for row in db.execute("SELECT id, version, status, operatory FROM appointment"):
        found[row["id"]] = (row["version"], Standing(row["status"], row["operatory"] or ""))
    for row in db.execute(
        "SELECT operatory, version, status FROM room WHERE location = 'Main Street'"
    ):
        found[row["operatory"]] = (row["version"], Standing(row["status"], ""))
    return found


def judge(ledgers: list[Ledger], before: There, after: There) -> Findings:
    """Everything that must be 0."""
    found = Findings()
    for ledger in ledgers:
        found.unexpected += ledger.unexpected
        mine = [row for row in after.records if row["device"] == ledger.device]
        _judge_records(found, ledger, mine)
        made = [row for row in after.commands if row["jkt"] == ledger.device]
        _judge_commands(found, ledger, made, mine)
        _judge_hand(found, ledger)
    _judge_targets(found, ledgers, before, after)
    return found


def _judge_records(found: Findings, ledger: Ledger, there: list[dict[str, Any]]) -> None:
    numbers = [row["sequence"] for row in there]
    if numbers != list(range(1, len(numbers) + 1)):
        found.out_of_order.append(f"records came as {numbers}")
    by_number = {row["sequence"]: row for row in there}
    wanted: dict[int, list[Want]] = {}
    for want in ledger.wants:
        wanted.setdefault(want.sequence, []).append(want)
        row = by_number.get(want.sequence)
        if want.kept and (row is None or not _same(want.record, row)):
            found.lost.append(f"record {want.sequence} of life {want.generation}")
    acts = Counter(tuple(row[name] for name in FIELDS) for row in there)
    found.doubled += [f"{count} times {act}" for act, count in acts.items() if count > 1]
    for row in there:
        wants = wanted.get(row["sequence"], [])
        if any(_same(want.record, row) for want in wants):
            if row["standing"] not in BELIEVED or row["who"] != NAMES.get(row["actor"], ""):
                found.misattributed.append(
                    f"record {row['sequence']} is {row['standing']}, of {row['who']!r}"
                )
        elif any(_same(want.record, row, WHO) for want in wants):
            found.misattributed.append(f"record {row['sequence']} names {row['actor']}")
        else:
            found.doubled.append(f"record {row['sequence']} was never made so")


def _same(record: dict[str, Any], row: dict[str, Any], but: frozenset[str] = frozenset()) -> bool:
    return all(record[name] == row[name] for name in FIELDS if name not in but)


def _judge_commands(
    found: Findings,
    ledger: Ledger,
    there: list[dict[str, Any]],
    records: list[dict[str, Any]],
) -> None:
    by_number = {row["sequence"]: row for row in records}
    by_id = {row["id"]: row for row in there}
    numbers = [row["sequence"] for row in there]
    if numbers != sorted(numbers):
        found.out_of_order.append(f"changes came as {numbers}")
    wanted = {want.command["id"]: want for want in ledger.wants if want.command}
    for id_, want in wanted.items():
        row, its_record = by_id.get(id_), by_number.get(want.sequence)
        recorded = its_record is not None and _same(want.record, its_record)
        if row is not None and not recorded:
            found.lost.append(f"the record {want.sequence} of a change that is there")
        if row is None:
            # In doubt or not: there is never a record without its change.
            if want.kept or recorded:
                found.lost.append(f"the change of record {want.sequence}")
            continue
        if row["actor"] != want.record["actor"]:
            found.misattributed.append(f"the change of record {want.sequence}")
        if row["outcome"] == "refused":
            found.lost.append(f"the change of record {want.sequence} was refused: {row['answer']}")
        elif row["outcome"] == "done":
            mark = _target_of(row)["set_by"]
            if mark["name"] != NAMES.get(want.record["actor"]):
                found.misattributed.append(f"the change of record {want.sequence}: {mark}")
    found.doubled += [f"change {id_} was never made" for id_ in by_id if id_ not in wanted]


def _judge_hand(found: Findings, ledger: Ledger) -> None:
    """Law 4: the record names who was at the chair, as the hand knew by itself."""
    for want in ledger.wants:
        by, record = want.by, want.record
        # What whoever was in leaves names them: their session, and a case that was not kept yet.
        leaves = record["act"] in ("left", "case_ended") and by.get("leaves")
        expected = by["leaves"] if leaves else by.get("who", "")
        if record["cause"] == "restart":
            # A case that a kill did not end: whoever was in, by what was durable before it.
            expected = in_a_case(ledger, want)
        if record["actor"] != expected:
            found.misattributed.append(
                f"record {want.sequence}, {record['act']}: {record['actor']}, not {expected}"
            )


def in_a_case(ledger: Ledger, restarted: Want) -> str:
    """Who was in when a kiosk was killed that comes back to a case."""
    kept = [each for each in ledger.wants if each.kept and each.sequence < restarted.sequence]
    newest = max(kept, key=lambda each: (each.generation, each.sequence), default=None)
    return str(newest.record["actor"]) if newest is not None else ""


def _judge_targets(found: Findings, ledgers: list[Ledger], before: There, after: There) -> None:
    """Each change counts once, and only upon what its person saw."""
    wants = {want.command["id"]: want for each in ledgers for want in each.wants if want.command}
    steps: Counter[str] = Counter()
    standings = {
        (target, version): standing for target, (version, standing) in before.targets.items()
    }
    done = [row for row in after.commands if row["outcome"] == "done"]
    for row in done:
        target = _target_of(row)
        key = str(target.get("id", target["operatory"]))
        steps[key] += 1
        seated = target["operatory"] or "" if "id" in target else ""
        place = (key, int(target["version"]))
        if place in standings:
            found.doubled.append(f"two changes made version {place[1]} of {key}")
        standings[place] = Standing(target["status"], seated)
    for name, (version, standing) in after.targets.items():
        first, _ = before.targets.get(name, (1, standing))
        if version != first + steps[name]:
            found.doubled.append(f"{name}: {steps[name]} changes, version {version}")
    for row in done:
        want = wants.get(row["id"])
        if want is None or want.command is None:
            continue
        saw = want.by["saw"]
        there = standings.get((want.command["target"], saw["version"]))
        if there is not None and there != Standing(saw["status"], saw["operatory"]):
            found.overwritten.append(
                f"{want.command['target']} version {saw['version']}: {there} was there, and"
                f" {saw['status']} in {saw['operatory']!r} was seen (record {want.sequence})"
            )


def _target_of(row: dict[str, Any]) -> dict[str, Any]:
    answer = json.loads(row["answer"])
    target: dict[str, Any] = answer.get("appointment") or answer["room"]
    return target
