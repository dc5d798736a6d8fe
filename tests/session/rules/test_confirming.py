"""Answers that belong to a session, whatever page lies over it."""

import pytest

from kiosk.session.model import effects as do
from kiosk.session.model import events as said
from kiosk.session.model import intents as want
from kiosk.session.model import replies
from kiosk.session.model import state as s
from kiosk.session.model.audit import Act
from kiosk.session.model.challenge import Purpose
from kiosk.session.model.intents import Ticket
from kiosk.session.model.refusals import Code, Fault, Refusal, Unreachable
from kiosk.session.model.session import PageFault
from kiosk.session.model.state import session_of
from kiosk.session.pages.views import RoomState, WorkspaceView
from tests.support import worlds as w
from tests.support.script import Script


def unconfirmed(over: type) -> Script:
    """Maria entered, the server has not answered yet, and a page of that kind is on the screen."""
    kiosk = Script.at_login().tapped(w.MARIA.id).kept()
    if over is s.Locked:
        return kiosk.wants(want.LockWanted())
    if over is s.Active:
        return kiosk
    kiosk.wants(want.ThisComputerWanted())
    if over is s.ThisComputer:
        return kiosk
    if over is s.Wiping:
        return kiosk.wants(want.WipeWanted())
    kiosk.wants(want.RemovalWanted())
    if over is s.ConfirmingRemoval:
        return kiosk
    kiosk.wants(want.RemovalConfirmed())
    if over is s.AskingForCode:
        return kiosk
    kiosk.opened(Purpose.REMOVE)
    if over is s.ChoosingApprover:
        return kiosk
    return kiosk.wants(want.ApproverChosen(w.RIVERA.id)).texted()


OVER = [
    s.Active,
    s.Locked,
    s.ThisComputer,
    s.ConfirmingRemoval,
    s.AskingForCode,
    s.ChoosingApprover,
    s.AwaitingCode,
]


@pytest.mark.parametrize("over", OVER)
def test_the_servers_yes_opens_the_page_under_whatever_is_on_the_screen(over: type) -> None:
    kiosk = unconfirmed(over).started(page=7)
    assert kiosk.newest[-1] == do.ShowPage(Ticket(7))
    assert isinstance(kiosk.state.phase, over)
    session = session_of(kiosk.state.phase)
    assert session is not None
    assert session.id == "ses-1"
    assert not session.awaiting_server


@pytest.mark.parametrize("over", OVER)
@pytest.mark.parametrize("code", [Code.TRUST_REVOKED, Code.ACCOUNT_DEACTIVATED])
def test_the_servers_no_takes_out_from_under_every_page(over: type, code: Code) -> None:
    kiosk = unconfirmed(over).refused(do.StartSession, code)
    assert isinstance(kiosk.at(s.AtLogin).why, Refusal)
    assert do.ClosePage(finished=True) in kiosk.newest
    assert kiosk.acts[-1] == (Act.TAKEN_OUT, w.MARIA.id)


@pytest.mark.parametrize("over", OVER)
def test_silence_takes_nobody_out(over: type) -> None:
    kiosk = unconfirmed(over).unreached(do.StartSession)
    assert isinstance(kiosk.state.phase, over)
    session = session_of(kiosk.state.phase)
    assert session is not None
    assert session.reach is Unreachable.NO_ANSWER


@pytest.mark.parametrize("over", OVER)
def test_a_computer_that_cannot_prove_itself_takes_out(over: type) -> None:
    kiosk = unconfirmed(over).faulted(do.StartSession, Fault.KEYCHAIN_CORRUPT)
    assert kiosk.at(s.AtLogin).why is Fault.KEYCHAIN_CORRUPT


@pytest.mark.parametrize("over", OVER)
def test_promotion_found_at_the_confirmation_takes_out(over: type) -> None:
    kiosk = unconfirmed(over).started("ses-2", w.terms(w.NOON, w.PROMOTED), page=5)
    kiosk.at(s.AtLogin)
    assert {do.ClosePage(finished=True), do.EndSession("ses-2"), do.DropSecret(Ticket(5))} <= set(
        kiosk.newest
    )
    assert do.ShowPage(Ticket(5)) not in kiosk.newest


def test_a_stale_yes_is_given_back() -> None:
    """Law 5: somebody else is at work by now."""
    kiosk = unconfirmed(s.Locked)
    old = kiosk.number(do.StartSession)
    kiosk.tapped(w.JAMES.id).kept()
    late = said.Answered(
        kiosk.now, old, replies.SessionStarted("ses-old", w.trust(), w.terms(), Ticket(3))
    )
    before = kiosk.state
    kiosk.happens(late).asks_for(do.EndSession("ses-old"), do.DropSecret(Ticket(3)))
    assert kiosk.state == before


def test_a_page_that_failed_can_be_tried_again_in_the_same_session() -> None:
    kiosk = Script.at_work().happens(said.PageFailed(w.NOON, PageFault.NETWORK))
    page = kiosk.sees(WorkspaceView)
    assert page.page is RoomState.AWAY
    assert page.retry
    kiosk.wants(want.RetryWanted()).asks_for(do.AskForPage(kiosk.number(do.AskForPage), "ses-1"))
    assert kiosk.sees(WorkspaceView).page is RoomState.OPENING
    kiosk.wants(want.RetryWanted()).asks_for()


def test_a_page_that_the_server_refuses_ends_the_session() -> None:
    kiosk = (
        Script.at_work()
        .happens(said.PageFailed(w.NOON, PageFault.NETWORK))
        .wants(want.RetryWanted())
    )
    kiosk.refused(do.AskForPage, Code.SESSION_ENDED)
    kiosk.asks_for(do.ClosePage, do.EndSession("ses-1"), do.KeepRecord)
    assert isinstance(kiosk.at(s.AtLogin).why, Refusal)


@pytest.mark.parametrize(
    "event", [said.PageShown(w.NOON), said.PageFailed(w.NOON, PageFault.NETWORK)]
)
def test_a_page_of_nobody_changes_nothing(event: said.Event) -> None:
    for kiosk in (Script.at_login(), Script.at_login().wants(want.ThisComputerWanted())):
        before = kiosk.state
        assert kiosk.happens(event).asks_for().state == before
