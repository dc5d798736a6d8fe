"""Every message of the contract: the published examples parse, broken ones do not, none raises."""

import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.sync import messages as m
from resources import ROOT

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


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=8,
)


@pytest.mark.parametrize("kind", dict.fromkeys(KINDS.values()))
@settings(max_examples=60)
@given(data=st.data())
def test_any_answer_is_understood_or_refused(kind: type[m.Message], data: st.DataObject) -> None:
    """T19: a hostile value in any field is an error of one kind, never another."""
    names = [field.encode_name for field in msgspec.structs.fields(kind)]
    told = {name: data.draw(ANY_JSON) for name in names if data.draw(st.booleans())}
    try:
        heard = msgspec.json.decode(json.dumps(told), type=kind)
    except msgspec.MsgspecError:
        return
    assert isinstance(heard, kind)
