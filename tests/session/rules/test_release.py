"""What a step lets go of is given back, whichever rule it was; and nothing that still stands."""

from dataclasses import replace

import pytest

from kiosk.session.model import effects as do
from kiosk.session.model import events as said
from kiosk.session.model import intents as want
from kiosk.session.model import replies
from kiosk.session.model import state as s
from kiosk.session.model.audit import Cause
from kiosk.session.model.intents import Ticket
from kiosk.session.model.people import Strength
from kiosk.session.model.session import Confirmation, Question, Session, Told
from kiosk.session.rules.moves import Step
from kiosk.session.rules.release import held_in, page_is_left, release, tickets_in
from tests.support import worlds as w
from tests.support.script import Script

KNOWN = w.opened().known
MARIAS = Session(w.OFFICE, w.MARIA, Strength.TILE, w.NOON, 1, id="ses-1")
LENAS = Session(w.LENA, w.MARIA, Strength.PIN, w.NOON, 1, id="ses-2")
TICK = said.ScreenLocked(w.NOON)


def given_back(before: s.Phase, after: s.Phase, *effects: do.Effect) -> tuple[do.Effect, ...]:
    """What comes behind the effects of a step from one phase to another."""
    taken = release(KNOWN, before, Step(KNOWN, after, effects), TICK)
    assert taken.effects[: len(effects)] == effects
    return taken.effects[len(effects) :]


def test_a_session_takes_its_page_its_end_and_its_credential_with_it() -> None:
    over = (do.ClosePage(finished=True), do.EndSession("ses-2"), do.LockCredential(w.LENA.id))
    assert given_back(s.Active(LENAS, w.NOON), s.AtLogin()) == over
    assert given_back(s.Active(MARIAS, w.NOON), s.AtLogin()) == (over[0], do.EndSession("ses-1"))


def test_whoever_comes_back_keeps_all_of_it() -> None:
    covered = s.Locked(LENAS, Cause.PERSON)
    assert given_back(s.Active(LENAS, w.NOON), covered) == ()
    assert given_back(covered, s.Entering(LENAS, resuming=True, needs_server=False)) == ()


def test_somebody_else_in_the_same_account_does_not_get_the_page() -> None:
    james = replace(MARIAS, person=w.JAMES, id=None)
    entering = s.Entering(james, resuming=False, needs_server=False)
    assert do.ClosePage() in given_back(s.Locked(MARIAS, Cause.PERSON), entering)


def test_an_entry_that_never_got_so_far_has_no_page_to_close() -> None:
    """An empty page stands ready for the next tap: closing it would have it made anew."""
    entering = s.Entering(replace(MARIAS, id=None), resuming=False, needs_server=False)
    assert not page_is_left(entering, s.AtLogin())
    assert given_back(entering, s.AtLogin()) == ()


def test_another_name_for_the_same_session_ends_the_old_one() -> None:
    """Trust was over on the way back: the server began anew."""
    before = s.Entering(MARIAS, resuming=True, needs_server=True)
    after = replace(before, confirmation=Confirmation("ses-9", Ticket(9)))
    assert given_back(before, after) == (do.EndSession("ses-1"),)
    assert given_back(after, s.AtLogin()) == (
        do.ClosePage(finished=True),
        do.EndSession("ses-9"),
        do.DropSecret(Ticket(9)),
    )


def test_what_was_passed_on_is_not_taken_away() -> None:
    before = s.Entering(MARIAS, resuming=True, needs_server=False, day=Ticket(3))
    after = s.Active(MARIAS, w.NOON)
    assert given_back(before, after, do.ShowDay(Ticket(3))) == ()
    assert given_back(before, after) == (do.DropSecret(Ticket(3)),)


def test_a_page_that_is_answered_only_names_its_words() -> None:
    kiosk = Script.at_work().happens(said.PageAsked(w.NOON, Ticket(5), Question.PROMPT))
    kiosk.wants(want.QuestionAnswered(Ticket(5), True, Ticket(6)))
    answer = do.AnswerPage(Ticket(5), True, Ticket(6))
    assert kiosk.newest == (answer, do.DropSecret(Ticket(5)))


def test_who_comes_next_is_not_behind_the_end_of_who_was_there() -> None:
    """On the lane the server would be asked to end one session before it begins the other."""
    kiosk = Script.locked().tapped(w.JAMES.id)
    kinds = [type(each) for each in kiosk.newest]
    assert kinds[-2:] == [do.ClosePage, do.EndSession]
    assert do.StartSession in kinds[:-2]


def test_sleep_closes_every_credential_at_once() -> None:
    before, after = s.Active(LENAS, w.NOON), s.AtLogin()
    assert do.LockCredential(w.LENA.id) not in given_back(before, after, do.LockCredential(""))


@pytest.mark.parametrize(
    ("brought", "back"),
    [
        (
            replies.SessionStarted("ses-9", w.trust(), w.terms(), Ticket(7)),
            (do.EndSession("ses-9"), do.DropSecret(Ticket(7))),
        ),
        (replies.CredentialUnwrapped(w.LENA.id), (do.LockCredential(w.LENA.id),)),
        (replies.DayRead(Ticket(8)), (do.DropSecret(Ticket(8)),)),
    ],
)
def test_what_comes_for_nobody_is_given_back(
    brought: replies.Reply, back: tuple[do.Effect, ...]
) -> None:
    """Law 5."""
    assert Script.at_login().happens(said.Answered(w.NOON, 99, brought)).newest == back


def test_a_page_that_was_shown_in_the_step_that_ends_its_session_is_closed_behind_it() -> None:
    shown = do.ShowPage(Ticket(7))
    assert given_back(s.Active(MARIAS, w.NOON), s.AtLogin(), shown)[0] == do.ClosePage(
        finished=True
    )


def test_tickets_are_found_however_deep() -> None:
    session = replace(MARIAS, told=(Told(Ticket(1)), Told(Ticket(2))))
    assert set(tickets_in(s.Active(session, w.NOON))) == {1, 2}
    assert held_in(KNOWN, s.Locked(session, Cause.PERSON)).sessions == {"ses-1"}
