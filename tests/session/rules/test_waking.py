"""When the core wants to be told that time passed: nothing that a phase waits for comes late."""

from datetime import timedelta

import pytest

from kiosk.session.model import intents as want
from kiosk.session.model import state as s
from kiosk.session.model.challenge import Purpose
from kiosk.session.model.refusals import Fault
from kiosk.session.rules.waking import AWAY_FROM_WORK, moments
from kiosk.session.step import due
from tests.support import worlds as w
from tests.support.script import Script


def beside_the_work() -> dict[str, Script]:
    """Every page that lies over somebody's work and leaves it open."""
    kiosk = Script.at_work().wants(want.ThisComputerWanted())
    change, pages = Script.at_work().wants(want.ChangeWanted()), [kiosk.state]
    pages += [kiosk.wants(want.RemovalWanted()).state, kiosk.wants(want.RemovalConfirmed()).state]
    pages += [kiosk.opened(Purpose.REMOVE).state]
    pages += [kiosk.wants(want.ApproverChosen(w.RIVERA.id)).texted().state, change.state]
    return {type(each.phase).__name__: Script(each, kiosk.now) for each in pages}


@pytest.mark.parametrize("page", beside_the_work())
def test_the_idle_lock_is_as_punctual_on_a_page_beside_the_work(page: str) -> None:
    """Law 3: on those that ask to remove the computer it was up to a minute late."""
    kiosk = beside_the_work()[page]
    assert not s.is_covered(kiosk.state.phase)
    assert s.session_of(kiosk.state.phase) is not None
    # Asked of the phase alone: what the background waits for may come sooner, and need not.
    assert kiosk.now + AWAY_FROM_WORK in moments(kiosk.state.phase, w.LIMITS, kiosk.now)
    assert due(kiosk.state, kiosk.now) <= kiosk.now + AWAY_FROM_WORK


def test_a_phase_that_waits_for_nothing_wants_nothing() -> None:
    assert moments(s.AtLogin(), w.LIMITS, w.NOON) == ()
    assert moments(s.Stopped(Fault.KEYCHAIN_LOCKED), w.LIMITS, w.NOON) == ()


def test_who_looks_again_is_woken_for_it_and_not_while_looking() -> None:
    soon = w.NOON + timedelta(seconds=5)
    waits = s.Stopped(Fault.KEYCHAIN_LOCKED, again_at=soon)
    looks = s.Stopped(Fault.KEYCHAIN_LOCKED, attempt=3, again_at=soon)
    assert moments(waits, w.LIMITS, w.NOON) == (soon,)
    assert moments(looks, w.LIMITS, w.NOON) == ()
