"""A page: takes every word away when it is covered, leaves by Escape only where it may."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kiosk.session.model.intents import Intent, WentBack
from kiosk.ui.look.theme import Look
from kiosk.ui.pages.page import Page, Scroll, ScrollBar
from tests.ui.conftest import Stage


def test_blank_leaves_nothing_that_could_be_read(plain: Look, stage: Stage) -> None:
    page = Page(plain)
    column = QVBoxLayout(page)
    deep = QWidget()
    column.addWidget(deep)
    words = (QLabel("Zoe Canary", deep), QLineEdit("Zoe Canary", deep), QPushButton("Zoe", deep))
    words[1].setPlaceholderText("Zoe Canary")
    for widget in (page, deep, *words):
        widget.setAccessibleName("Zoe Canary")
        widget.setAccessibleDescription("Zoe Canary")
    stage(page)
    page.blank()
    for widget in (page, deep, *words):
        assert widget.accessibleName() == widget.accessibleDescription() == ""
    assert [widget.text() for widget in words] == ["", "", ""]
    assert words[1].placeholderText() == ""


class Painted(Page):
    """Writes down which parts of it were painted."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.parts: list[QRect] = []

    def paintEvent(self, event: QPaintEvent) -> None:
        self.parts.append(event.rect())


class Measured(QLabel):
    """Counts how often it is asked how large it would be."""

    asked = 0

    def sizeHint(self) -> QSize:
        self.asked += 1
        return super().sizeHint()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        self.asked += 1
        return super().heightForWidth(width)


def test_a_page_that_is_not_on_show_is_not_laid_out(plain: Look, stage: Stage) -> None:
    """Qt asks every page of a stack at every change of a word: a third of a tap went into it."""
    stack = QStackedWidget()
    pages = [Page(plain) for _ in range(2)]
    words = [Measured(f"page {place}") for place in range(2)]
    for page, label in zip(pages, words, strict=True):
        QVBoxLayout(page).addWidget(label)
        stack.addWidget(page)
    stage(stack)
    words[1].setText("taken away")
    before = [label.asked for label in words]
    words[0].setText("something else")
    words[0].setVisible(False)
    words[0].setVisible(True)
    QApplication.processEvents()
    after = [label.asked for label in words]
    assert after[0] > before[0]
    assert after[1] == before[1]


def test_the_focus_comes_and_goes_without_painting_the_page(plain: Look, stage: Stage) -> None:
    """A press on a tile takes it from the page: two hundred tiles would be painted first."""
    window = QWidget()
    page = Painted(plain)
    QVBoxLayout(window).addWidget(page)
    tile = QPushButton("Maria", page)
    window.resize(400, 300)
    stage(window)
    for holder in (page, tile, page):
        QApplication.processEvents()
        page.parts.clear()
        holder.setFocus()
        QApplication.processEvents()
        assert all(tile.geometry().contains(part) for part in page.parts)


def test_escape_leaves_only_where_there_is_a_way_back(plain: Look, stage: Stage) -> None:
    page, asked = Page(plain), list[Intent]()
    page.asked.connect(asked.append)
    stage(page)
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert asked == []
    page.leaves_by_escape = True
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert asked == [WentBack()]


def test_what_does_not_fit_scrolls_and_the_thumb_shows_it(plain: Look, stage: Stage) -> None:
    inside = QWidget()
    inside.setMinimumHeight(2_000)
    scroll = Scroll(plain, inside)
    scroll.resize(300, 300)
    stage(scroll)
    rail = scroll.verticalScrollBar()
    assert isinstance(rail, ScrollBar)
    assert rail.maximum() > 0
    top = rail.grab().toImage()
    rail.setValue(rail.maximum())
    assert rail.grab().toImage() != top
    assert scroll.horizontalScrollBar().maximum() == 0


def test_the_room_for_the_thumb_can_be_kept(plain: Look, stage: Stage) -> None:
    scroll, told = Scroll(plain, QWidget()), list[int]()
    scroll.resize(300, 300)
    stage(scroll)
    scroll.resized.connect(lambda: told.append(scroll.viewport().width()))
    wide = scroll.viewport().width()
    kept = scroll.keep_rail(True)
    QApplication.processEvents()
    assert scroll.viewport().width() == wide - kept < wide
    assert scroll.keep_rail(False) == 0
    QApplication.processEvents()
    assert told == [wide - kept, wide]
