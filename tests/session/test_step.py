"""``step`` itself: what does not fit is ignored, a secret that nobody takes is dropped."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.session.model import effects as do
from kiosk.session.model import events as said
from kiosk.session.model import intents as want
from kiosk.session.model import replies
from kiosk.session.model import state as s
from kiosk.session.model.challenge import Delivery
from kiosk.session.model.intents import Ticket
from kiosk.session.model.refusals import Fault, Unreachable
from kiosk.session.step import due, first
from tests.session.rules.test_confirming import OVER, unconfirmed
from tests.support import worlds as w
from tests.support.script import Script

SECRETS = [
    want.CodeGiven(Ticket(5)),
    want.PinGiven(Ticket(5)),
    want.AccountGiven("desk@lakeside.example", Ticket(5)),
]


def test_the_start_reads_the_memory_and_enters_nobody() -> None:
    """Law 8."""
    state, effects = first(w.PLACE, None)
    assert state.phase == s.Opening(1)
    assert effects == (do.LoadStartupState(1),)
    assert not state.known.at_site
    assert first(w.PLACE, None, at_site=True)[0].known.at_site


@pytest.mark.parametrize("intent", SECRETS)
@pytest.mark.parametrize("phase", OVER)
def test_a_secret_that_no_page_asked_for_is_dropped(intent: want.Intent, phase: type) -> None:
    """Law 10."""
    kiosk = unconfirmed(phase)
    if phase is s.AwaitingCode and isinstance(intent, want.CodeGiven):
        return
    before = kiosk.state
    kiosk.wants(intent).asks_for(do.DropSecret(Ticket(5)))
    assert kiosk.state == before


@pytest.mark.parametrize("phase", OVER)
def test_an_answer_without_a_number_changes_nothing(phase: type) -> None:
    """Law 5."""
    kiosk = unconfirmed(phase)
    before = kiosk.state
    for answer in (
        said.Answered(w.NOON, 0, replies.RecordKept()),
        said.Answered(w.NOON, 0, replies.No(Unreachable.PORTAL)),
        said.Answered(w.NOON, 0, replies.No(Fault.UNEXPECTED)),
        said.Answered(w.NOON, 1, w.memory()),
    ):
        assert kiosk.happens(answer).asks_for().state == before


@given(st.integers(0, 20_000))
def test_it_wants_to_be_told_at_least_once_a_minute(seconds: int) -> None:
    at = w.NOON + timedelta(seconds=seconds)
    for kiosk in (Script.at_login(), Script.at_work(), Script.locked(), Script.new()):
        assert at < due(kiosk.state, at) <= at + timedelta(minutes=1)


def test_it_is_told_when_the_countdown_begins_and_each_second_of_it() -> None:
    kiosk = Script.at_work().passes(minutes=1)
    kiosk.ticks(timedelta(minutes=1)).asks_for(do.FetchChanges)
    warning = w.NOON + w.LIMITS.idle_lock - w.LIMITS.idle_warning
    at = warning - timedelta(seconds=20)
    assert due(kiosk.state, at) == warning
    kiosk.now = warning
    kiosk.ticks(warning - w.NOON)
    assert due(kiosk.state, warning) == warning + timedelta(seconds=1)


def test_it_is_told_when_a_new_code_may_be_texted() -> None:
    kiosk = unconfirmed(s.AwaitingCode).ticks()
    kiosk.passes(seconds=2).ticks().sent()
    delivery = kiosk.at(s.AwaitingCode).source
    assert isinstance(delivery, Delivery)
    assert due(kiosk.state, delivery.resend_at - timedelta(seconds=3)) == (delivery.resend_at)


def test_it_is_told_when_a_request_that_an_app_answers_is_over() -> None:
    kiosk = unconfirmed(s.ChoosingApprover).wants(want.ApproverChosen(w.CHEN.id, app=True))
    kiosk.ticks().passes(seconds=2).ticks().sent()
    waiting = kiosk.at(s.AwaitingCode)
    over_at = kiosk.now + timedelta(seconds=4)  # between two full minutes, at which it is told too
    challenge = replace(waiting.challenge, expires_at=over_at)
    kiosk.state = replace(kiosk.state, phase=replace(waiting, challenge=challenge))
    assert due(kiosk.state, kiosk.now) == over_at
