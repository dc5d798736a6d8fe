"""Every message of the contract: the published examples parse, broken ones do not, none raises."""

import json
import re
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.sync.wire import messages as m
from kiosk.sync.wire.answers import parsed
from kiosk.sync.wire.transport import Answer
from resources import ROOT
from tests.support.depth import drawn
from tests.support.mutating import Json, found_at, hurt_bodies, places, replaced

EXAMPLES = Path(ROOT) / "contract" / "examples"
KINDS: dict[str, type[m.Message]] = {
    "Challenge": m.ChallengeMessage,
    "Delivery": m.DeliveryMessage,
    "JoinAcceptance": m.AcceptanceMessage,
    "ReturnAcceptance": m.AcceptanceMessage,
    "RemoveAcceptance": m.RemovalMessage,
    "Session": m.SessionMessage,
    "Renewal": m.RenewalMessage,
    "Handoff": m.HandoffMessage,
    "Changes": m.ChangesMessage,
    "Problem": m.ProblemMessage,
    "ServerInfo": m.ServerMessage,
    "GrantPayload": m.GrantMessage,
    "AuditAnchor": m.AuditAnchorMessage,
    "CommandResults": m.CommandResultsMessage,
}
HEARD = [
    pytest.param(path, kind, id=path.stem)
    for path in sorted(EXAMPLES.glob("*.json"))
    if (kind := KINDS.get(path.name.partition(".")[0])) is not None
]


def test_every_kind_has_an_example() -> None:
    """What the kiosk can hear is published."""
    assert {p.name.partition(".")[0] for p in EXAMPLES.glob("*.json")} >= set(KINDS)


@pytest.mark.parametrize(("path", "kind"), HEARD)
def test_the_published_examples_are_understood(path: Path, kind: type[m.Message]) -> None:
    """Both sides go by the same examples."""
    assert isinstance(msgspec.json.decode(path.read_bytes(), type=kind), kind)


@pytest.mark.parametrize(("path", "kind"), HEARD)
def test_a_missing_field_is_not_understood(path: Path, kind: type[m.Message]) -> None:
    """What has no default is needed."""
    told = json.loads(path.read_text("utf-8"))
    for field in msgspec.structs.fields(kind):
        if field.required:
            less = {name: value for name, value in told.items() if name != field.encode_name}
            with pytest.raises(msgspec.ValidationError):
                msgspec.json.decode(json.dumps(less), type=kind)


@pytest.mark.parametrize(("path", "kind"), HEARD)
@settings(max_examples=drawn(40, soak=800), deadline=None)
@given(data=st.data())
def test_any_answer_is_understood_or_refused(
    path: Path, kind: type[m.Message], data: st.DataObject
) -> None:
    """T19: a hostile body is that message or none, and never an error."""
    body = data.draw(hurt_bodies(json.loads(path.read_text("utf-8"))))
    heard = parsed(
        Answer(200, {"content-type": "application/json"}, body), kind, "application/json"
    )
    assert heard is None or isinstance(heard, kind)


def everywhere(kind: str, looks_like: str, value: Json) -> list[bytes]:
    """The examples of a kind, with that value in each place that looks like this one."""
    found = []
    for path in sorted(EXAMPLES.glob(f"{kind}.*.json")):
        told = json.loads(path.read_text("utf-8"))
        for place in places(told):
            was = found_at(told, place)
            if isinstance(was, str) and re.fullmatch(looks_like, was):
                found.append(json.dumps(replaced(told, place, value)).encode())
    return found


INSTANT = r"\d{4}-\d\d-\d\dT.*"
AT_THE_ENDS = (
    "0001-01-01T00:00:00+23:59",
    "9999-12-31T23:59:59-23:59",
    "1999-12-31T23:59:59Z",
    "2200-01-01T00:00:01Z",
)


@pytest.mark.parametrize("at", AT_THE_ENDS)
@pytest.mark.parametrize("kind", KINDS)
def test_an_instant_to_which_no_zone_can_be_applied_is_not_understood(kind: str, at: str) -> None:
    """Somebody would do sums with it, on the main thread."""
    for body in everywhere(kind, INSTANT, at):
        with pytest.raises(msgspec.ValidationError):
            msgspec.json.decode(body, type=KINDS[kind])


@pytest.mark.parametrize(
    "time", ["14:05\n", "24:00", "7:30", "07:60", "07:30:00", "\N{FULLWIDTH DIGIT ZERO}7:30"]
)
def test_a_time_is_a_time_to_its_last_letter(time: str) -> None:
    """A pattern that ends in ``$`` would let a line feed pass."""
    bodies = everywhere("Changes", r"\d\d:\d\d", time)
    assert bodies
    for body in bodies:
        with pytest.raises(msgspec.ValidationError):
            msgspec.json.decode(body, type=m.ChangesMessage)


@pytest.mark.parametrize("raw", [b"[" * 100_000, b'{"later":' * 100_000])
@pytest.mark.parametrize("kind", dict.fromkeys(KINDS.values()))
def test_what_is_nested_too_deep_is_not_understood(kind: type[m.Message], raw: bytes) -> None:
    """Also in a field that nobody knows."""
    answer = Answer(200, {"content-type": "application/json"}, raw)
    assert parsed(answer, kind, "application/json") is None


@pytest.mark.parametrize(
    ("example", "member"),
    [("AuditAnchor.maria", "sequence"), ("Problem.audit_gap", "anchor_sequence")],
)
def test_no_audit_is_longer_than_a_number(example: str, member: str) -> None:
    """Beyond what SQLite counts to, it raised where it was looked for."""
    told = json.loads((EXAMPLES / f"{example}.json").read_text("utf-8"))
    kind = KINDS[example.partition(".")[0]]
    for number, fits in ((2**53 - 1, True), (2**63, False), (10**30, False)):
        body = json.dumps({**told, member: number}).encode()
        answer = Answer(200, {"content-type": "application/json"}, body)
        assert (parsed(answer, kind, "application/json") is not None) == fits
