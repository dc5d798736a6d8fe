"""The judge of the kill runs: each way of going wrong is found, and a right history is not."""

import json
from dataclasses import replace
from typing import Any

from tests.reliability.ledger import FIELDS, Findings, Ledger, Standing, There, judge

DEVICE = "thumbprint"


def record(sequence: int, actor: str = "per-maria", **more: str) -> dict[str, Any]:
    """A record as the kiosk means to keep it."""
    fields = dict.fromkeys(FIELDS, "")
    fields |= {"at": f"2026-11-23T18:05:{sequence:02}", "act": "entered", "device": DEVICE}
    return {**fields, "sequence": sequence, "actor": actor, **more}


def wants(sequence: int, actor: str = "per-maria", saw: int = 0, **more: str) -> dict[str, Any]:
    """The line that says so; with ``saw`` it sets a status upon that version."""
    command = None
    if saw:
        command = {"id": f"cmd-{sequence}", "target": "apt-1"}
    by = {"who": actor, "saw": {"version": saw, "status": "Arrived", "operatory": "Op 1"}}
    return {
        "said": "wants",
        "record": record(sequence, actor, **more),
        "command": command,
        "by": by,
    }


def kept(sequence: int) -> dict[str, Any]:
    """The line that says that its caller was told."""
    return {"said": "kept", "sequence": sequence}


def heard(*lines: dict[str, Any]) -> Ledger:
    """A ledger of one life."""
    ledger = Ledger(device=DEVICE)
    ledger.begin()
    for line in lines:
        ledger.hear(line)
    return ledger


def row(record: dict[str, Any], **more: str) -> dict[str, Any]:
    """The record as the server keeps it."""
    names = {"per-maria": "Maria Lopez", "per-james": "James Carter"}
    return {**record, "standing": "session_proved", "who": names[record["actor"]], **more}


def result(
    sequence: int, version: int, status: str, actor: str = "per-maria", outcome: str = "done"
) -> dict[str, Any]:
    """How a change ended on the server."""
    mark = {"name": {"per-maria": "Maria Lopez", "per-james": "James Carter"}[actor]}
    visit = {
        "id": "apt-1",
        "version": version,
        "status": status,
        "operatory": "Op 1",
        "set_by": mark,
    }
    return {
        "id": f"cmd-{sequence}",
        "jkt": DEVICE,
        "sequence": sequence,
        "actor": actor,
        "outcome": outcome,
        "answer": json.dumps({"appointment": visit}),
    }


FIRST = There([], [], {"apt-1": (1, Standing("Arrived", "Op 1"))})


def there(*rows: dict[str, Any], changes: tuple[dict[str, Any], ...] = ()) -> There:
    """What the server has in the end."""
    version = 1 + sum(each["outcome"] == "done" for each in changes)
    return There(list(rows), list(changes), {"apt-1": (version, Standing("Seated", "Op 1"))})


def found(ledger: Ledger, after: There) -> Findings:
    return judge([ledger], FIRST, after)


def test_a_right_history_is_right() -> None:
    """What was in doubt when the kiosk was killed may be there, or another in its place."""
    ledger = heard(wants(1), kept(1), wants(2))
    ledger.begin()
    for line in (wants(2, "per-james"), kept(2), wants(3)):
        ledger.hear(line)
    assert found(ledger, there(row(record(1)), row(record(2, "per-james")))).sentences() == []
    three = there(row(record(1)), row(record(2, "per-james")), row(record(3)))
    assert found(ledger, three).sentences() == []


def test_what_is_missing_is_lost() -> None:
    """Told durable, and not there; told durable, and another in its place."""
    ledger = heard(wants(1), kept(1), wants(2), kept(2))
    assert len(found(ledger, there(row(record(1)))).lost) == 1
    ledger = heard(wants(1), kept(1))
    ledger.begin()
    ledger.hear(wants(1, detail="another"))
    assert len(found(ledger, there(row(record(1, detail="another")))).lost) == 1


def test_one_word_that_it_is_kept_covers_what_waited_before_it() -> None:
    """The store writes in order."""
    assert len(found(heard(wants(1), wants(2), kept(2), wants(3)), there()).lost) == 2


def test_a_second_copy_is_doubled() -> None:
    """Under another number, from nowhere, or as a change that counted twice."""
    ledger = heard(wants(1), kept(1))
    again = row({**record(1), "sequence": 2})
    assert found(ledger, there(row(record(1)), again)).doubled
    assert found(heard(), there(row(record(1)))).doubled
    ledger = heard(wants(1, saw=1), kept(1))
    twice = there(row(record(1)), changes=(result(1, 2, "Seated"),))
    twice = replace(twice, targets={"apt-1": (3, Standing("Seated", "Op 1"))})
    assert found(ledger, twice).doubled
    ledger = heard(wants(1, saw=1), kept(1), wants(2, saw=1), kept(2))
    same = (result(1, 2, "Seated"), result(2, 2, "Seated"))
    assert found(ledger, there(row(record(1)), row(record(2)), changes=same)).doubled


def test_another_name_is_misattributed() -> None:
    """Of a record, in the server's own words, of a change, and at the chair itself (law 4)."""
    ledger = heard(wants(1), kept(1))
    assert found(ledger, there(row(record(1, "per-james")))).misattributed
    assert found(ledger, there(row(record(1), who="James Carter"))).misattributed
    assert found(ledger, there(row(record(1), standing="not_believed"))).misattributed
    ledger = heard(wants(1, saw=1), kept(1))
    his = (result(1, 2, "Seated", "per-james"),)
    assert found(ledger, there(row(record(1)), changes=his)).misattributed
    line = wants(1)
    line["by"]["who"] = "per-james"
    assert found(heard(line, kept(1)), there(row(record(1)))).misattributed


def test_another_order_is_found() -> None:
    """Of records and of changes."""
    ledger = heard(wants(1, saw=1), kept(1), wants(2, saw=2), kept(2))
    assert found(ledger, there(row(record(2)), row(record(1)))).out_of_order
    turned = (result(2, 2, "Seated"), result(1, 3, "Left"))
    rows = row(record(1)), row(record(2))
    assert found(ledger, there(*rows, changes=turned)).out_of_order


def test_a_change_that_is_not_done_is_lost_unless_it_is_a_conflict() -> None:
    """Refused, or never there."""
    ledger = heard(wants(1, saw=1), kept(1))
    refused = result(1, 1, "Arrived", outcome="refused")
    assert found(ledger, there(row(record(1)), changes=(refused,))).lost
    assert found(ledger, there(row(record(1)))).lost
    conflict = result(1, 1, "Arrived", outcome="conflict")
    assert found(ledger, there(row(record(1)), changes=(conflict,))).sentences() == []


def test_a_record_without_its_change_is_found_though_nobody_was_told() -> None:
    """Law 11: both or neither, also of what was in doubt when the kiosk was killed."""
    ledger = heard(wants(1, saw=1))
    change = result(1, 2, "Seated")
    assert found(ledger, there()).sentences() == []
    assert found(ledger, there(row(record(1)), changes=(change,))).sentences() == []
    assert found(ledger, there(row(record(1)))).lost
    assert found(ledger, there(changes=(change,))).lost


def test_what_was_set_over_unseen_is_overwritten() -> None:
    """The right number, and another standing under it than the person saw."""
    ledger = heard(wants(1, saw=1), kept(1), wants(2, saw=2), kept(2))
    rows = row(record(1)), row(record(2))
    changes = (result(1, 2, "Seated"), result(2, 3, "Left"))
    assert found(ledger, there(*rows, changes=changes)).overwritten
    ledger.wants[1].by["saw"]["status"] = "Seated"
    assert found(ledger, there(*rows, changes=changes)).sentences() == []


def test_what_a_kiosk_should_never_raise_is_said() -> None:
    """And what a full disk refused is counted."""
    ledger = heard({"said": "unexpected", "what": "KeyError"}, {"said": "not kept", "sequence": 1})
    assert found(ledger, there()).counts()["unexpected"] == 1
    assert ledger.refused == 1
