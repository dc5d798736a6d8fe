"""What Xchart's page says and asks: to whom, for how long, and what ends a question with No."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from kiosk.session.model import effects as do
from kiosk.session.model import events as said
from kiosk.session.model import intents as want
from kiosk.session.model import state as s
from kiosk.session.model.intents import Ticket
from kiosk.session.model.session import Declined, PageFault, Question, Told
from kiosk.session.pages.views import LoginView, WorkspaceView
from kiosk.session.rules.speaking import (
    ANSWERED_WITHIN,
    DECLINED_FOR,
    MOST_TOLD,
    QUIET_FOR,
)
from kiosk.session.step import due
from tests.support import worlds as w
from tests.support.script import Script

WORDS, MORE = Ticket(501), Ticket(502)


def asked(kiosk: Script, question: Question = Question.CONFIRM) -> Script:
    return kiosk.happens(said.PageAsked(kiosk.now, WORDS, question))


def spoke(kiosk: Script, words: Ticket = WORDS) -> Script:
    return kiosk.happens(said.PageSpoke(kiosk.now, words))


def told(kiosk: Script) -> tuple[Told, ...]:
    session = s.session_of(kiosk.state.phase)
    assert session is not None
    return session.told


def test_what_the_page_says_stands_until_ok() -> None:
    kiosk = spoke(spoke(Script.at_work()), MORE)
    saying = kiosk.sees(WorkspaceView).saying
    assert saying is not None
    assert (saying.words, saying.more) == (WORDS, "1 more")
    kiosk.wants(want.WordsRead(WORDS)).asks_for(do.DropSecret(WORDS))
    saying = kiosk.sees(WorkspaceView).saying
    assert saying is not None
    assert (saying.words, saying.more) == (MORE, "")
    kiosk.wants(want.WordsRead(MORE)).asks_for(do.DropSecret(MORE))
    assert kiosk.sees(WorkspaceView).saying is None


def test_it_comes_back_with_the_same_person() -> None:
    kiosk = spoke(Script.at_work()).wants(want.LockWanted())
    spoke(kiosk, MORE).tapped(w.MARIA.id).kept()
    assert [each.words for each in told(kiosk)] == [WORDS, MORE]


@pytest.mark.parametrize(
    "leave",
    [
        lambda kiosk: kiosk.wants(want.DoneWanted()),
        lambda kiosk: kiosk.wants(want.SwitchWanted()).tapped(w.JAMES.id),
    ],
    ids=["done", "another person"],
)
def test_it_is_gone_with_another_person_and_with_done(leave: Callable[[Script], Script]) -> None:
    kiosk = leave(spoke(Script.at_work()))
    assert do.DropSecret(WORDS) in kiosk.newest


def test_what_finds_no_room_is_counted_not_lost_in_silence() -> None:
    kiosk = Script.at_work()
    for number in range(MOST_TOLD + 3):
        spoke(kiosk, Ticket(600 + number))
    kiosk.asks_for(do.DropSecret(Ticket(600 + MOST_TOLD + 2)))
    saying = kiosk.sees(WorkspaceView).saying
    assert saying is not None
    assert saying.more == f"{MOST_TOLD + 2} more"
    for number in range(MOST_TOLD - 1):
        kiosk.wants(want.WordsRead(Ticket(600 + number)))
    saying = kiosk.sees(WorkspaceView).saying
    assert saying is not None
    assert saying.more == "3 more could not be kept"


def test_nobody_is_told_at_the_login_screen() -> None:
    spoke(Script.at_login()).asks_for(do.DropSecret(WORDS))
    asked(Script.at_login()).asks_for(do.AnswerPage(WORDS, False), do.DropSecret(WORDS))


@pytest.mark.parametrize("yes", [True, False])
def test_a_question_is_answered_by_a_press(yes: bool) -> None:
    kiosk = asked(Script.at_work()).asks_for()
    note = kiosk.sees(WorkspaceView).question
    assert note is not None
    assert (note.words, note.yes, note.no) == (WORDS, "Yes", "No")
    kiosk.wants(want.QuestionAnswered(WORDS, yes))
    kiosk.asks_for(do.AnswerPage(WORDS, yes), do.DropSecret(WORDS))
    assert kiosk.sees(WorkspaceView).question is None
    assert told(kiosk) == ()


ENDS: dict[str, Callable[[Script], Script]] = {
    "lock": lambda kiosk: kiosk.wants(want.LockWanted()),
    "switch": lambda kiosk: kiosk.wants(want.SwitchWanted()),
    "screen lock": lambda kiosk: kiosk.happens(said.ScreenLocked(kiosk.now)),
    "sleep": lambda kiosk: kiosk.happens(said.Suspended(kiosk.now)),
    "idle": lambda kiosk: kiosk.passes(hours=1).ticks(timedelta(hours=1)),
    "this computer": lambda kiosk: kiosk.wants(want.ThisComputerWanted()),
    "renderer's death": lambda kiosk: kiosk.happens(said.PageFailed(kiosk.now, PageFault.PROCESS)),
    "a minute": lambda kiosk: kiosk.passes(seconds=60).ticks(),
}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
@pytest.mark.parametrize("question", Question)
def test_what_ends_a_question_answers_no_and_it_is_told(
    end: Callable[[Script], Script], question: Question
) -> None:
    kiosk = end(asked(Script.at_work(), question))
    assert [e for e in kiosk.newest if isinstance(e, do.AnswerPage)] == [
        do.AnswerPage(WORDS, False)
    ]
    assert told(kiosk) == (Told(WORDS, question),)
    assert do.DropSecret(WORDS) not in kiosk.newest


def test_a_clock_put_back_neither_ends_a_question_nor_keeps_it_for_longer() -> None:
    """Every answer of the server may correct the time by milliseconds: found by a test's chance."""
    kiosk = asked(Script.at_work()).passes(milliseconds=-3).ticks()
    assert kiosk.at(s.Active).question is not None
    kiosk.passes(hours=-1).ticks()
    question = kiosk.at(s.Active).question
    assert question is not None
    assert question.until == kiosk.now + ANSWERED_WITHIN
    kiosk.passes(seconds=60).ticks()
    assert kiosk.at(s.Active).question is None


def test_a_clock_put_back_a_little_hides_no_sentence() -> None:
    kiosk = Script.at_work().happens(said.PageDeclined(w.NOON, Declined.FILE))
    assert kiosk.passes(milliseconds=-3).sees(WorkspaceView).notice is not None


def test_done_ends_a_question_and_nothing_is_left_of_it() -> None:
    kiosk = asked(Script.at_work()).wants(want.DoneWanted())
    assert do.AnswerPage(WORDS, False) in kiosk.newest
    assert do.DropSecret(WORDS) in kiosk.newest


def test_somebody_elses_badge_ends_it_and_they_are_told_nothing() -> None:
    kiosk = asked(Script.at_work())
    kiosk.wants(want.LockWanted()).tapped(w.JAMES.id).kept()
    assert told(kiosk) == ()
    assert do.DropSecret(WORDS) in kiosk.all


def test_a_page_that_is_not_shown_gets_no_at_once() -> None:
    covered = asked(Script.locked()).asks_for(do.AnswerPage(WORDS, False))
    assert told(covered) == (Told(WORDS, Question.CONFIRM),)
    opening = Script.at_login().tapped(w.MARIA.id).kept()
    asked(opening).asks_for(do.AnswerPage(WORDS, False))
    saying = opening.sees(WorkspaceView).saying
    assert saying is not None
    assert saying.title == "Xchart asked this. It was answered No"


def test_a_second_question_gets_no_and_the_first_stands() -> None:
    kiosk = asked(Script.at_work())
    kiosk.happens(said.PageAsked(kiosk.now, MORE, Question.PROMPT))
    kiosk.asks_for(do.AnswerPage(MORE, False))
    question = kiosk.at(s.Active).question
    assert question is not None
    assert question.words == WORDS
    kiosk.wants(want.QuestionAnswered(MORE, True, Ticket(9))).asks_for(do.DropSecret(Ticket(9)))
    assert kiosk.at(s.Active).question == question


def test_the_core_wakes_for_the_end_of_a_question_and_of_a_sentence() -> None:
    kiosk = asked(Script.at_work())
    assert due(kiosk.state, kiosk.now) <= kiosk.now + ANSWERED_WITHIN
    kiosk = Script.at_work()
    kiosk.happens(said.PageDeclined(kiosk.now, Declined.FILE))
    assert due(kiosk.state, kiosk.now) <= kiosk.now + DECLINED_FOR


def test_what_is_refused_is_said_one_sentence_at_a_time() -> None:
    kiosk = Script.at_work()
    kiosk.happens(said.PageDeclined(kiosk.now, Declined.DOWNLOAD))
    first = kiosk.sees(WorkspaceView).notice
    assert first is not None
    assert first.title == "Files are not saved on this computer."
    kiosk.passes(seconds=1).happens(said.PageDeclined(kiosk.now, Declined.FILE))
    assert kiosk.sees(WorkspaceView).notice == first
    kiosk.passes(seconds=8).happens(said.PageDeclined(kiosk.now, Declined.FILE))
    assert kiosk.sees(WorkspaceView).notice is None, "a page keeps that line for itself"
    kiosk.passes(seconds=(DECLINED_FOR + QUIET_FOR).total_seconds())
    kiosk.happens(said.PageDeclined(kiosk.now, Declined.FILE))
    assert kiosk.sees(WorkspaceView).notice is not None


def test_a_document_has_a_way_back() -> None:
    kiosk = Script.at_work()
    kiosk.wants(want.PageBackWanted()).asks_for()
    kiosk.happens(said.PageTurned(kiosk.now, True))
    assert kiosk.sees(WorkspaceView).aside
    kiosk.wants(want.PageBackWanted()).asks_for(do.TurnPageBack())
    kiosk.happens(said.PageTurned(kiosk.now, False))
    assert not kiosk.sees(WorkspaceView).aside
    kiosk.happens(said.PageTurned(kiosk.now, True)).happens(
        said.PageFailed(kiosk.now, PageFault.PROCESS)
    )
    assert not kiosk.sees(WorkspaceView).aside


def test_what_was_typed_and_went_with_done_is_said() -> None:
    kiosk = Script.at_work().wants(want.DoneWanted()).happens(said.PageLost(w.NOON))
    notice = kiosk.sees(LoginView).notice
    assert notice is not None
    assert notice.title == "What was typed and not saved is gone."


def test_whoever_comes_next_is_not_told_of_it() -> None:
    kiosk = Script.locked().tapped(w.JAMES.id).happens(said.PageLost(w.NOON)).kept()
    assert kiosk.sees(WorkspaceView).notice is None
