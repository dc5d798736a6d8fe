"""The plan of a page that asks: side by side where there is room, below each other where not."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from kiosk.session.model.intents import Intent, WentBack
from kiosk.session.pages.views import Notice, Tone
from kiosk.ui.look.theme import Look
from kiosk.ui.pages.split import NARROW, SplitPage
from tests.ui.conftest import Stage


class Asking(SplitPage):
    """A page with one line to fill in."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "map-pin")
        self.line = QLineEdit()
        self.card.addWidget(self.line)


def at(page: Asking, widget: QWidget) -> QPoint:
    return widget.mapTo(page, QPoint(0, 0))


@pytest.mark.parametrize("width", [NARROW - 1, NARROW, 1280])
def test_the_answer_stands_beside_or_below_the_question(
    plain: Look, stage: Stage, width: int
) -> None:
    page = Asking(plain)
    page.resize(width, 800)
    stage(page)
    page.title.say("Which account?")
    QApplication.processEvents()
    question, answer = at(page, page.title), at(page, page.line)
    if width < NARROW:
        assert answer.y() > question.y() + page.title.height()
        assert answer.x() < width / 4
    else:
        assert answer.x() > question.x() + page.title.width()
    assert answer.x() + page.line.width() <= width


def test_the_way_back_is_there_when_it_has_a_name(plain: Look, stage: Stage) -> None:
    page, asked = Asking(plain), list[Intent]()
    page.asked.connect(asked.append)
    stage(page)
    page.say_back("")
    assert not page.back.isVisible()
    assert not page.leaves_by_escape
    page.say_back("Cancel")
    assert page.leaves_by_escape
    page.back.click()
    assert asked == [WentBack()]


def test_a_notice_moves_nothing_under_the_finger(plain: Look, stage: Stage) -> None:
    page = Asking(plain)
    page.resize(1280, 800)
    stage(page)
    before = at(page, page.line)
    page.notice.show_notice(Notice(Tone.PROBLEM, "That is not it.", "3 tries left."))
    QApplication.processEvents()
    assert page.notice.isVisible()
    assert at(page, page.line) == before


def test_a_wide_window_does_not_stretch_the_answer(plain: Look, stage: Stage) -> None:
    page = Asking(plain)
    page.resize(2560, 1080)
    stage(page)
    assert page.line.width() <= 720
