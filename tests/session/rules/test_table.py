"""The transition table: one row for a pair, no answer forgotten, every phase reachable."""

import typing

import pytest

from kiosk.session.model import events as said
from kiosk.session.model import intents as want
from kiosk.session.model import state as s
from kiosk.session.rules.table import COVERING, OVER, ROWS, TABLE
from tests.support import worlds as w

PHASES = typing.get_args(s.Phase)
ANSWERS: dict[type, tuple[type, ...]] = {
    s.Opening: (said.MemoryRead, said.Faulted),
    s.AskingInvitation: (said.InvitationRead, said.Refused, said.Unreached, said.Faulted),
    s.SettingUp: (said.InvitationAccepted, said.Refused, said.Unreached, said.Faulted),
    s.Affirming: (said.ChallengeOpened, said.Refused, said.Unreached, said.Faulted),
    s.AskingOwn: (said.ChallengeOpened, said.Refused, said.Unreached, said.Faulted),
    s.ChoosingPin: (said.PinKept, said.Refused, said.Unreached, said.Faulted),
    s.AskingPin: (said.Unsealed, said.Refused, said.Unreached, said.Faulted),
    s.AskingPassword: (said.PasswordRenewed, said.Refused, said.Unreached, said.Faulted),
    s.AskingForCode: (said.ChallengeOpened, said.Refused, said.Unreached, said.Faulted),
    s.ChoosingApprover: (said.CodeTexted, said.Refused, said.Unreached, said.Faulted),
    s.AwaitingCode: (
        said.CodeTexted,
        said.CodeAccepted,
        said.Refused,
        said.Unreached,
        said.Faulted,
    ),
    s.Stopped: (said.MemoryRead, said.Faulted),
    s.Entering: (
        said.RecordKept,
        said.SessionStarted,
        said.Refused,
        said.Unreached,
        said.Faulted,
    ),
}
"""Every answer that the effects of a phase may bring (see ``kiosk.session.model.effects``)."""


def test_no_pair_has_two_rows() -> None:
    assert len(TABLE) == len(ROWS)


@pytest.mark.parametrize("phase", ANSWERS)
def test_no_phase_waits_for_an_answer_that_no_row_takes(phase: type) -> None:
    """Or somebody would stand before a busy page for ever."""
    assert [a for a in ANSWERS[phase] if (phase, a) not in TABLE] == []


def test_every_phase_that_waits_is_listed() -> None:
    waiting = {p for p in PHASES if "attempt" in p.__dataclass_fields__} | {s.Entering}
    assert waiting == set(ANSWERS)


def test_every_phase_can_be_reached_and_left() -> None:
    reached = {target for row in ROWS for target in row.leads_to if target is not row.phase}
    left = {row.phase for row in ROWS if set(row.leads_to) - {row.phase}}
    assert reached == set(PHASES)
    assert left == set(PHASES)


def test_rows_name_phases_and_things_that_happen() -> None:
    happenings = {*typing.get_args(said.Event), *typing.get_args(want.Intent)}
    for row in ROWS:
        assert row.phase in PHASES
        assert row.what in happenings
        assert set(row.leads_to) <= set(PHASES)


def test_only_the_record_or_its_exception_or_a_page_of_more_leads_to_active() -> None:
    """Law 2, drawn from the table."""
    doors = {(r.phase, r.what) for r in ROWS if s.Active in r.leads_to and r.phase is not s.Active}
    assert doors == {
        (s.Entering, said.RecordKept),
        (s.Entering, said.Faulted),
        (s.ThisComputer, want.WentBack),
        (s.Correcting, want.WentBack),
        (s.Correcting, want.TileTapped),  # one's own: the name was right
    }


@pytest.mark.parametrize("phase", OVER)
def test_whatever_covers_has_a_row_in_every_phase_that_a_session_lies_under(phase: type) -> None:
    """Law 3."""
    for what in (*COVERING, said.Ticked):
        assert s.Locked in TABLE[phase, what].leads_to


def test_a_row_that_meets_another_phase_says_so() -> None:
    row = TABLE[s.AtLogin, want.TileTapped]
    with pytest.raises(TypeError, match="AtLogin row met Joined"):
        row.act(w.opened().known, s.Joined(), want.TileTapped("x"), w.NOON)
