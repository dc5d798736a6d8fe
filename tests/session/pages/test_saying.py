"""The sentences around what Xchart's page says: one for each refusal, each question its answers."""

from datetime import timedelta

import pytest

from kiosk.session.model import state as s
from kiosk.session.model.intents import Ticket
from kiosk.session.model.session import Asked, Declined, Question
from kiosk.session.pages.saying import REFUSED, declined, question
from tests.support import worlds as w
from tests.support.script import Script


def test_every_refusal_has_its_sentence() -> None:
    assert set(REFUSED) == set(Declined)
    assert len(set(REFUSED.values())) == len(REFUSED)


@pytest.mark.parametrize("kind", Question)
def test_every_question_has_two_answers_and_only_one_has_a_line(kind: Question) -> None:
    session = Script.at_work().at(s.Active).session
    asked = Asked(Ticket(1), kind, w.NOON + timedelta(minutes=1))
    note = question(s.Active(session, w.NOON, question=asked))
    assert note is not None
    assert note.yes != note.no
    assert bool(note.line) == (kind is Question.PROMPT)
    assert bool(note.text) == (kind is Question.LEAVE)


def test_a_sentence_from_the_future_is_not_said() -> None:
    session = Script.at_work().at(s.Active).session
    phase = s.Active(session, w.NOON, declined=(Declined.FILE, w.NOON + timedelta(hours=1)))
    assert declined(phase, w.NOON) is None
