"""*Remove this computer…*: said before, done by a provider's code, said after."""

import pytest

from kiosk.session.model import effects as do
from kiosk.session.model import intents as want
from kiosk.session.model import state as s
from kiosk.session.model.audit import Act
from kiosk.session.model.challenge import Purpose
from kiosk.session.model.refusals import Code, Fault, Unreachable
from kiosk.session.model.trust import NoTrust
from kiosk.session.pages.views import LoginView, TellingView, ThisComputerView
from tests.support import worlds as w
from tests.support.script import Script


def asked(kiosk: Script) -> Script:
    """The page that says whose code will be needed."""
    return kiosk.wants(want.ThisComputerWanted()).wants(want.RemovalWanted())


def test_removed_from_the_login_screen() -> None:
    kiosk = asked(Script.at_login())
    page = kiosk.sees(TellingView)
    assert page.removal
    assert any("Dr. Rivera's or Dr. Chen's code is needed" in point for point in page.points)
    kiosk.wants(want.RemovalConfirmed()).asks_for(do.OpenChallenge)
    kiosk.asked_for_a_code(Purpose.REMOVE).accepted(removed=True)
    kiosk.asks_for(do.KeepRecord, do.ForgetTrust("acc-office"))
    assert kiosk.acts == [(Act.COMPUTER_REMOVED, "")]
    assert "Dr. Rivera's or Dr. Chen's code is needed" in kiosk.sees(TellingView).text
    kiosk.wants(want.Continued())
    assert all("Code needed" in tile.detail for tile in kiosk.sees(LoginView).tiles)
    kiosk.tapped(w.MARIA.id).asks_for(do.OpenChallenge)


def test_removed_with_a_session_open_ends_the_session_too() -> None:
    kiosk = asked(Script.at_work()).wants(want.RemovalConfirmed())
    kiosk.asked_for_a_code(Purpose.REMOVE).accepted(removed=True)
    kiosk.asks_for(
        do.ClosePage, do.EndSession("ses-1"), do.KeepRecord, do.ForgetTrust("acc-office")
    )
    kiosk.at(s.Removed)
    assert kiosk.state.known.trust is NoTrust.REMOVED
    assert kiosk.acts[-1] == (Act.COMPUTER_REMOVED, w.MARIA.id)


def test_the_way_out_is_always_there() -> None:
    kiosk = asked(Script.at_work()).wants(want.WentBack())
    kiosk.at(s.ThisComputer)
    kiosk.wants(want.WentBack()).asks_for()
    assert kiosk.at(s.Active).session.shown
    Script.at_login().wants(want.ThisComputerWanted()).wants(want.WentBack()).at(s.AtLogin)


@pytest.mark.parametrize("answer", ["refused", "unreached", "faulted"])
def test_what_keeps_it_from_being_removed_is_said_and_nothing_is_lost(answer: str) -> None:
    kiosk = asked(Script.at_work()).wants(want.RemovalConfirmed())
    match answer:
        case "refused":
            kiosk.refused(do.OpenChallenge, Code.TOO_MANY_TRIES)
        case "unreached":
            kiosk.unreached(do.OpenChallenge, Unreachable.NO_INTERNET)
        case _:
            kiosk.faulted(do.OpenChallenge, Fault.KEYCHAIN_LOCKED)
    session = kiosk.at(s.ConfirmingRemoval).session
    assert session is not None
    assert session.person == w.MARIA
    assert kiosk.sees(TellingView).title != "Remove this computer?"


def test_a_computer_that_never_joined_cannot_be_removed() -> None:
    kiosk = Script(s.State(Script.new().state.known, s.ThisComputer(None)))
    kiosk.wants(want.RemovalWanted()).at(s.ThisComputer)
    kiosk = Script(s.State(kiosk.state.known, s.ConfirmingRemoval(None)))
    kiosk.wants(want.RemovalConfirmed()).asks_for()


def test_once_removed_there_is_nothing_to_remove() -> None:
    kiosk = Script.at_login(w.memory(trusted=False)).wants(want.ThisComputerWanted())
    assert kiosk.sees(ThisComputerView).removal == ""
