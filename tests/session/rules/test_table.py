"""The transition table: one row for a pair, no answer forgotten, every phase reachable."""

import typing

import pytest

from kiosk.session.model import events as said
from kiosk.session.model import intents as want
from kiosk.session.model import replies
from kiosk.session.model import state as s
from kiosk.session.model.challenge import Challenge, Delivery
from kiosk.session.model.people import Invited
from kiosk.session.rules.table import COVERING, OVER, ROWS, TABLE

PHASES = typing.get_args(s.Phase)
ANSWERS: dict[type, tuple[type, ...]] = {
    s.Opening: (replies.StartupState, replies.No),
    s.AskingPlace: (replies.No,),
    s.AskingInvitation: (Invited, replies.No),
    s.SettingUp: (replies.InvitationAccepted, replies.No),
    s.Affirming: (Challenge, replies.No),
    s.AskingOwn: (Challenge, replies.No),
    s.ChoosingPin: (replies.PinKept, replies.No),
    s.AskingPin: (replies.CredentialUnwrapped, replies.No),
    s.AskingPassword: (replies.PasswordRenewed, replies.No),
    s.UnlockingNames: (replies.PasswordProved, replies.No),
    s.AskingForCode: (Challenge, replies.No),
    s.ChoosingApprover: (Delivery, replies.No),
    s.AwaitingCode: (
        Delivery,
        replies.Accepted,
        replies.No,
    ),
    s.Stopped: (replies.StartupState, replies.No),
    s.Entering: (
        replies.RecordKept,
        replies.SessionStarted,
        replies.No,
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
    vocabularies = (said.Event, replies.Reply, want.Intent)
    happenings = {each for union in vocabularies for each in typing.get_args(union)}
    for row in ROWS:
        assert row.phase in PHASES
        assert row.what in happenings
        assert set(row.leads_to) <= set(PHASES)


def test_only_the_record_or_its_exception_or_a_page_of_more_leads_to_active() -> None:
    """Law 2, drawn from the table."""
    doors = {(r.phase, r.what) for r in ROWS if s.Active in r.leads_to and r.phase is not s.Active}
    assert doors == {
        (s.Entering, replies.RecordKept),
        (s.Entering, replies.No),
        (s.ThisComputer, want.WentBack),
        (s.Correcting, want.WentBack),
        (s.Correcting, want.TileTapped),  # one's own: the name was right
    }


@pytest.mark.parametrize("phase", OVER)
def test_whatever_covers_has_a_row_in_every_phase_that_a_session_lies_under(phase: type) -> None:
    """Law 3."""
    for what in (*COVERING, said.Ticked):
        assert s.Locked in TABLE[phase, what].leads_to
