"""Waiting for an answer: given before, during, never; and a process that ends meanwhile."""

import os
import subprocess
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from kiosk.session.model.intents import Ticket
from kiosk.ui.xchart.answering import Answering

WORDS, OTHER = Ticket(1), Ticket(2)


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_an_answer_that_is_there_already_is_not_waited_for(qapp: QApplication) -> None:
    answering = Answering()
    answering.expect(WORDS)
    answering.give(WORDS, "yes")
    assert answering.wait(os.getpid()) == "yes"
    assert not answering.waiting


@pytest.mark.parametrize("answer", ["", None])
def test_the_loop_goes_on_until_its_own_answer_comes(
    qapp: QApplication, answer: str | None
) -> None:
    answering = Answering()
    answering.expect(WORDS)
    heard: list[str] = []
    QTimer.singleShot(0, lambda: answering.give(OTHER, "of another question"))
    QTimer.singleShot(5, lambda: heard.append("the room goes on"))
    QTimer.singleShot(10, lambda: answering.give(WORDS, answer))
    assert answering.wait(os.getpid()) == answer
    assert heard


def test_a_process_that_ends_is_no(qapp: QApplication) -> None:
    answering = Answering()
    with subprocess.Popen(["sleep", "60"]) as page:
        answering.expect(WORDS)
        QTimer.singleShot(0, page.kill)
        assert answering.wait(page.pid) is None
    assert not answering.waiting


def test_a_process_that_has_ended_is_no_at_once(qapp: QApplication) -> None:
    answering = Answering()
    page = subprocess.Popen(["true"])
    page.wait()
    answering.expect(WORDS)
    assert answering.wait(page.pid) is None


def test_nothing_is_left_open_behind_an_answer(qapp: QApplication) -> None:
    answering = Answering()
    before = open_files()
    for _ in range(5):
        answering.expect(WORDS)
        QTimer.singleShot(0, lambda: answering.give(WORDS, ""))
        answering.wait(os.getpid())
    assert open_files() == before
