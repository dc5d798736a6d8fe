"""The line of a step: names, numbers and codes, and nothing of anybody."""

import re
from datetime import timedelta
from enum import Enum
from pathlib import Path
from typing import get_args

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.app.runtime import Transition
from kiosk.app.trace import line_of, no_of
from kiosk.local.log import Log
from kiosk.session.model import effects as do
from kiosk.session.model import events as said
from kiosk.session.model import intents as want
from kiosk.session.model import replies
from kiosk.session.model import state as s
from kiosk.session.model.refusals import Code, Fault, Refusal, Unreachable
from kiosk.session.model.session import PageFault
from tests.session.test_secrecy import KINDS
from tests.support import worlds as w

AWAY = s.Stopped(Fault.RECORDS_FULL)
CODES: set[str] = {
    each.value
    for kind in (Code, Unreachable, Fault, PageFault)
    for each in kind
    if isinstance(each, Enum)
}
PUBLIC = [kind for kind in KINDS if not kind.__name__.startswith("_")]
WORDS = {kind.__name__ for kind in KINDS} | CODES | {"Started"}


def taken(
    event: said.Event | None, after: s.Phase | None = None, *follows: do.Effect
) -> Transition:
    before = s.AtLogin()
    known = w.opened().known
    return Transition(s.State(known, before), event, s.State(known, after or before), follows)


def test_a_tap() -> None:
    asked = said.Asked(w.NOON, want.TileTapped(w.MARIA.id))
    assert (
        line_of(taken(asked, AWAY, do.ReadDay(3, "acc-office")))
        == "TileTapped | AtLogin -> Stopped | ReadDay#3"
    )


def test_a_no_says_why() -> None:
    refused = said.Answered(
        w.NOON, 7, replies.No(Refusal(Code.TRUST_LAPSED, told="Ana Diaz", names=("Op 3",)))
    )
    assert line_of(taken(refused)) == "No#7 trust_lapsed | AtLogin | -"
    assert no_of(refused) == "trust_lapsed"
    assert no_of(said.Answered(w.NOON, 7, replies.No(Unreachable.PORTAL))) == "portal"
    assert no_of(said.PageFailed(w.NOON, PageFault.NETWORK)) == PageFault.NETWORK.value
    assert not no_of(None)


def test_time_that_passes_says_nothing() -> None:
    tick = said.Ticked(w.NOON, timedelta(minutes=1))
    assert not line_of(taken(tick))
    assert line_of(taken(tick, AWAY)) == "Ticked | AtLogin -> Stopped | -"


@settings(suppress_health_check=list(HealthCheck), max_examples=200)
@given(st.sampled_from(get_args(said.Event)).flatmap(st.from_type))
def test_whatever_happened_only_words_of_ours_are_said(event: said.Event) -> None:
    """Law 10: no name, no address, no text of an event gets into the line."""
    words = re.split(r" \| | -> |, | |#-?\d+", line_of(taken(event)))
    assert {word for word in words if word and word != "-"} <= WORDS


def test_no_line_of_ours_is_withheld(tmp_path: Path) -> None:
    """The log knows the form of a step, and every class and code of ours has it."""
    log = Log(tmp_path / "kiosk.log", lambda: w.NOON)
    names = (kind.__name__ for kind in PUBLIC)
    lines = [f"{name}#3 | AtLogin -> {name} | {name}#3" for name in names]
    lines += [f"No#7 {code} | AtLogin | -" for code in CODES]
    for line in lines:
        log.hold(line)
    log.write_held()
    written = log.path.read_text("ascii").splitlines()
    assert [line.partition(" step ")[2] for line in written] == lines
