"""The line to find a name with: by keyboard or by finger, and nothing of it stays behind."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from kiosk.ui.look.theme import Look
from kiosk.ui.pages.letters import Letter
from kiosk.ui.pages.search import LEFT_ALONE, Search
from tests.ui.conftest import Stage


class Board:
    """A search with its letters below it, and what it said."""

    def __init__(self, look: Look, stage: Stage) -> None:
        self.search = Search(look)
        self.said: list[str] = []
        self.search.narrowed.connect(lambda: self.said.append(self.search.typed))
        self.search.given.connect(lambda: self.said.append("given"))
        self.search.left.connect(lambda: self.said.append("left"))
        self.whole = QWidget()
        column = QVBoxLayout(self.whole)
        column.addWidget(self.search)
        column.addWidget(self.search.letters)
        self.whole.resize(720, 400)
        stage(self.whole)
        self.search.offer(True)
        QApplication.processEvents()

    @property
    def line(self) -> QLineEdit:
        return self.search.line

    def seen(self, name: str) -> list[QWidget]:
        every = self.whole.findChildren(QWidget)
        return [each for each in every if each.isVisible() and each.accessibleName() == name]

    def press(self, name: str) -> None:
        (widget,) = self.seen(name)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        QApplication.processEvents()


@pytest.fixture
def board(plain: Look, stage: Stage) -> Board:
    return Board(plain, stage)


def test_each_key_narrows(board: Board) -> None:
    QTest.keyClicks(board.line, "ma ")
    assert board.said == ["m", "ma", "ma"]
    QTest.keyClick(board.line, Qt.Key.Key_Return)
    assert board.said[-1] == "given"


def test_a_finger_on_the_line_brings_letters_to_tap(board: Board) -> None:
    assert not board.search.letters.isVisible()
    board.press("Search names")
    for letter in "MA":
        board.press(letter)
    assert board.said == ["M", "Ma"]
    board.press("Hide letters")
    assert not board.search.letters.isVisible()
    assert board.search.typed == "Ma"
    board.press("Show letters")
    assert board.search.letters.isVisible()
    assert board.line.hasFocus()


def test_clear_is_there_when_there_is_something_to_clear(board: Board) -> None:
    wide = board.line.width()
    assert board.seen("Clear") == []
    QTest.keyClicks(board.line, "ma")
    QApplication.processEvents()
    assert board.line.width() == wide
    board.press("Clear")
    assert board.search.typed == ""
    assert board.seen("Clear") == []
    assert board.line.hasFocus()


@pytest.mark.parametrize(("key", "kept"), [(Qt.Key.Key_Escape, ""), (Qt.Key.Key_Down, "ma")])
def test_two_keys_lead_back_to_the_tiles(board: Board, key: Qt.Key, kept: str) -> None:
    board.search.add("ma")
    QTest.keyClick(board.line, key)
    assert board.search.typed == kept
    assert board.said[-1] == "left"


def test_what_is_hidden_is_forgotten_with_its_letters(board: Board) -> None:
    board.press("Search names")
    board.press("M")
    board.whole.hide()
    assert board.search.typed == ""
    assert not board.line.isUndoAvailable()
    assert board.search.letters.isHidden()


def test_a_line_left_alone_is_empty_for_the_next_one(board: Board) -> None:
    (timer,) = board.search.findChildren(QTimer)
    assert not timer.isActive()
    board.search.add("ma")
    assert timer.isActive()
    assert timer.interval() == LEFT_ALONE
    timer.timeout.emit()
    assert board.search.typed == ""
    assert board.said[-1] == "left"
    assert not timer.isActive()


def test_it_can_be_taken_away_again(board: Board) -> None:
    board.search.add("ma")
    board.search.offer(False)
    assert board.search.isHidden()
    assert board.search.typed == ""


def test_everything_is_large_enough_for_a_glove(board: Board, plain: Look) -> None:
    board.press("Search names")
    board.press("M")
    least = plain.touch("other")
    for name in ("Clear", "Hide letters", "A", "Z", "Delete"):
        (widget,) = board.seen(name)
        assert min(widget.width(), widget.height()) >= least, name
    keys = board.whole.findChildren(Letter)
    assert len({key.y() for key in keys}) == 3
    assert len({key.geometry().getRect() for key in keys}) == len(keys)
