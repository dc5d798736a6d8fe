"""What Xchart's page says and asks, through the whole kiosk; the engine is a stand-in that asks."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QLabel

from kiosk.session.model import events as said
from kiosk.session.model import intents as want
from kiosk.session.model import state as s
from kiosk.session.model.session import Declined, Question
from sandbox.access import badges
from tests.app.test_wiring import MARIA, PATIENCE_MS, BlankPage, Desk, desk, reads
from tests.support.sandbox.running import Xchart, serve

__all__ = ["desk"]
JAMES = "per-james"
CANARY = "Zoe Canary is allergic to penicillin"


@pytest.fixture
def xchart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Xchart]:
    """One for each: a server texts only so many codes an hour."""
    made = serve(tmp_path_factory.mktemp("xchart"))
    yield made
    made.leave()


@pytest.fixture
def at_work(desk: Desk, xchart: Xchart) -> Desk:
    desk.start()
    return working(desk, xchart)


def working(desk: Desk, xchart: Xchart) -> Desk:
    desk.joins(xchart)
    desk.wants(want.TileTapped(MARIA))
    desk.until(s.Active, lambda phase: phase.session.shown)
    return desk


def page(desk: Desk) -> BlankPage:
    (found,) = desk.app.window.xchart.findChildren(BlankPage)
    return found


def texts(desk: Desk) -> str:
    return "\n".join(label.text() for label in desk.app.window.findChildren(QLabel))


def question(desk: Desk) -> want.Ticket:
    phase = desk.app.runtime.state.phase
    assert isinstance(phase, s.Active)
    assert phase.question is not None
    return phase.question.words


def test_what_the_page_says_is_read_on_the_screen_and_nowhere_else(at_work: Desk) -> None:
    page(at_work).spoke.emit(CANARY)
    assert CANARY in texts(at_work)
    assert "Canary" not in repr(at_work.app.runtime.state)
    assert "Canary" not in at_work.profile.log.read_text()
    at_work.wants(want.LockWanted())
    assert "Canary" not in texts(at_work)
    at_work.wants(want.TileTapped(MARIA))
    at_work.until(s.Active)
    assert CANARY in texts(at_work)
    at_work.wants(want.DoneWanted())
    assert "Canary" not in texts(at_work)
    assert len(at_work.app._words) == 0, "words outlived their session"


def test_a_question_stands_still_until_it_is_answered(at_work: Desk) -> None:
    def press() -> None:
        assert CANARY in texts(at_work)
        typed = at_work.app._slots.put("17")
        at_work.wants(want.QuestionAnswered(question(at_work), True, typed))

    QTimer.singleShot(0, press)
    assert page(at_work).ask(Question.PROMPT, CANARY, "") == "17"
    assert len(at_work.app._words) == len(at_work.app._slots) == 0


ENDS: dict[str, Callable[[Desk], None]] = {
    "no": lambda desk: desk.wants(want.QuestionAnswered(question(desk), False)),
    "lock": lambda desk: desk.wants(want.LockWanted()),
    "switch": lambda desk: desk.wants(want.SwitchWanted()),
    "done": lambda desk: desk.wants(want.DoneWanted()),
    "screen lock": lambda desk: desk.app.runtime.post(said.ScreenLocked(desk.app._now())),
    "sleep": lambda desk: desk.app.runtime.post(said.Suspended(desk.app._now())),
    "the renderer's death": lambda desk: page(desk).broke.emit("process", 9),
    "a badge": lambda desk: desk.wants(want.BadgeRead(desk.app._slots.put("4711"))),
}


@pytest.mark.parametrize("name", ENDS)
def test_whatever_takes_the_person_away_answers_no(at_work: Desk, name: str) -> None:
    def end() -> None:
        ENDS[name](at_work)
        if name == "a badge":  # nobody's: heard, and the question still stands
            at_work.wants(want.QuestionAnswered(question(at_work), False))

    QTimer.singleShot(0, end)
    assert page(at_work).ask(Question.CONFIRM, "Delete it?", "") is None


def test_a_second_question_is_answered_no_and_told(at_work: Desk) -> None:
    answers: list[str | None] = []

    def ask_again() -> None:
        answers.append(page(at_work).ask(Question.CONFIRM, "And this?", ""))
        at_work.wants(want.QuestionAnswered(question(at_work), True))

    QTimer.singleShot(0, ask_again)
    assert page(at_work).ask(Question.CONFIRM, "Delete it?", "") == ""
    assert answers == [None]
    assert "And this?" in texts(at_work)


def test_a_question_within_a_step_is_never_put(at_work: Desk) -> None:
    answers: list[str | None] = []
    first = page(at_work)
    at_work.app.window.xchart.spoke.connect(
        lambda _: answers.append(first.ask(Question.CONFIRM, "Now?", ""))
    )
    at_work.app.runtime._working = True
    first.spoke.emit("words")
    at_work.app.runtime._working = False
    at_work.wants(want.KeepWorkingWanted())
    assert answers == [None]
    assert "Now?" not in repr(at_work.app.runtime.state)


def test_a_kiosk_that_quits_ends_the_question(at_work: Desk) -> None:
    """As SIGTERM does it: every loop of the thread ends, and the page gets its No."""
    answers: list[str | None] = []

    def ask() -> None:
        QTimer.singleShot(0, lambda: at_work.qt.exit(7))
        answers.append(page(at_work).ask(Question.CONFIRM, "Delete it?", ""))

    QTimer.singleShot(0, ask)
    assert at_work.qt.exec() == 7
    assert answers == [None]
    at_work.stop()


def test_a_badge_is_heard_while_the_page_asks(desk: Desk, xchart: Xchart) -> None:
    desk.start()
    working(desk, xchart)
    with xchart.state.unit() as db:
        badges.give(db, JAMES, "0004417290")

    def told() -> bool:
        terms = desk.app.runtime.state.known.terms
        return terms is not None and bool(terms.badges)

    desk.bot.waitUntil(told, timeout=PATIENCE_MS)

    QTimer.singleShot(0, lambda: reads(desk, "0004417290"))
    assert page(desk).ask(Question.PROMPT, CANARY, "") is None
    active = desk.until(s.Active, lambda phase: phase.session.id is not None)
    assert active.session.person.id == JAMES
    assert "Canary" not in texts(desk)
    assert len(desk.app._words) == 0


def test_a_document_has_its_way_back(at_work: Desk) -> None:
    page(at_work).turned.emit(True)
    at_work.wants(want.PageBackWanted())
    assert page(at_work).turned_back


def declined(desk: Desk) -> Declined | None:
    phase = desk.app.runtime.state.phase
    assert isinstance(phase, s.Active)
    return phase.declined[0] if phase.declined else None


def test_without_a_printer_it_is_said(at_work: Desk) -> None:
    page(at_work).print_wanted.emit()
    at_work.bot.waitUntil(lambda: declined(at_work) is Declined.NO_PRINTER, timeout=PATIENCE_MS)


@pytest.mark.parametrize("taken", [True, False])
def test_the_one_printer_gets_the_document(
    desk: Desk, xchart: Xchart, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, taken: bool
) -> None:
    printed = tmp_path / "printed"
    program = tmp_path / "bin" / "lp"
    program.parent.mkdir()
    program.write_text(
        f'#!/bin/sh\necho "$@" > "{printed}"\ncat >> "{printed}"\nexit {1 - taken}\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=":")
    desk.start(printer="Front_Desk")
    working(desk, xchart)
    page(desk).print_wanted.emit()
    if taken:
        desk.bot.waitUntil(lambda: not desk.app._paper.is_busy, timeout=PATIENCE_MS)
        QCoreApplication.processEvents()
        assert declined(desk) is None
    else:
        desk.bot.waitUntil(lambda: declined(desk) is Declined.NOT_PRINTED, timeout=PATIENCE_MS)
    text = printed.read_text()
    assert text.startswith("-d Front_Desk -t Xchart -s -- -\n")
    assert "%PDF-1.4 a document" in text
