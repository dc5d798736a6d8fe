"""The state: frozen, closed, and where its session and its awaited number are."""

import typing

import pytest

from kiosk.session.model import state as s
from kiosk.session.rules import table
from tests.session.rules.test_confirming import OVER, unconfirmed
from tests.support.script import Script, at_start
from tests.support.vocabulary import can_change, classes, fields_of, unlisted

PHASES = typing.get_args(s.Phase)


def test_the_union_lists_every_phase() -> None:
    assert unlisted(s, s.Phase) == {"State"}
    assert [kind.__name__ for kind in classes(s) if can_change(kind)] == []


def test_the_phases_that_a_session_lies_under_are_those_that_can_hold_one() -> None:
    holding = {p for p in PHASES if "session" in fields_of(p)} - {s.Entering}
    assert holding == set(typing.get_args(s.Over)) == set(table.OVER)


@pytest.mark.parametrize("phase", OVER)
def test_the_session_is_found_under_every_page(phase: type) -> None:
    found = s.session_of(unconfirmed(phase).state.phase)
    assert found is not None
    assert found.person.id == "per-maria"


@pytest.mark.parametrize("phase", [s.Joined(), s.AtLogin(), s.Removed(), s.ThisComputer(None)])
def test_where_nobody_is_there_is_no_session_and_no_number(phase: s.Phase) -> None:
    assert s.session_of(phase) is None
    assert s.attempt_of(phase) == 0


def test_the_number_that_a_phase_waits_for() -> None:
    assert s.attempt_of(at_start().state.phase) == 1
    kiosk = Script.at_login().tapped("per-maria")
    assert s.attempt_of(kiosk.state.phase) == kiosk.at(s.Entering).session.attempt
    assert s.attempt_of(kiosk.kept().state.phase) == 0
