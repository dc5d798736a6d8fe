"""The strips above the page: its words with OK, gone under a cover; and the way back."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from kiosk.session.model.intents import PageBackWanted, Ticket, WordsRead
from kiosk.session.pages.views import RoomState, SayingNote, WorkspaceView
from kiosk.ui.hands.first_moment import FirstMoment
from kiosk.ui.look.theme import Look
from kiosk.ui.widgets.button import Button
from kiosk.ui.window import KioskWindow
from kiosk.ui.xchart.saying import SHARE, PageWords, Saying
from tests.support.scenes import SCENES
from tests.ui.conftest import Kiosk, Stage

WORDS = "Penicillin allergy: Zoe Canary"
NOTE = SayingNote("Xchart says", Ticket(1), "2 more")
VIEW = WorkspaceView(
    "Maria Lopez",
    "Office Assistant",
    "Op 3 · Main Street",
    "10:24 am",
    RoomState.SHOWN,
    saying=NOTE,
)


@pytest.fixture
def speaking(kiosk: Kiosk) -> Kiosk:
    kiosk.window._read_words = lambda ticket: WORDS if ticket == NOTE.words else ""
    return kiosk


def texts(window: KioskWindow) -> list[str]:
    return [label.text() for label in window.findChildren(QLabel) if label.isVisible()]


def test_the_words_stand_until_ok(speaking: Kiosk) -> None:
    speaking.show(VIEW)
    assert {"Xchart says", WORDS, "2 more"} <= set(texts(speaking.window))
    speaking.press("OK")
    assert speaking.asked == [], "the second half of a tap in the page is no OK"
    (moment,) = speaking.window.findChildren(Saying)[0].findChildren(FirstMoment)
    moment.timeout.emit()
    speaking.press("OK")
    assert speaking.asked == [WordsRead(NOTE.words)]
    speaking.show(replace(VIEW, clock="10:25 am"))
    assert speaking.find("OK", Button).isEnabled()
    speaking.show(replace(VIEW, saying=replace(NOTE, words=Ticket(2))))
    assert not speaking.find("OK", Button).isEnabled(), "two taps would dismiss two sayings"
    speaking.show(replace(VIEW, saying=None))
    assert WORDS not in texts(speaking.window)


def test_a_cover_leaves_nothing_of_them(speaking: Kiosk) -> None:
    speaking.show(VIEW)
    (moment,) = speaking.window.findChildren(Saying)[0].findChildren(FirstMoment)
    moment.timeout.emit()
    speaking.show(SCENES["locked"])
    every = [label.text() for label in speaking.window.findChildren(QLabel)]
    assert not [text for text in every if "Canary" in text]
    speaking.show(VIEW)
    assert WORDS in texts(speaking.window)
    assert not speaking.find("OK", Button).isEnabled(), "the tap that came back is no OK"


def test_the_way_back(kiosk: Kiosk) -> None:
    kiosk.show(replace(VIEW, saying=None, aside="Xchart shows a document."))
    assert "Xchart shows a document." in texts(kiosk.window)
    kiosk.press("Back")
    assert kiosk.asked == [PageBackWanted()]
    kiosk.show(replace(VIEW, saying=None))
    assert "Xchart shows a document." not in texts(kiosk.window)


@pytest.mark.parametrize("length", [1, 4, 60, 300])
def test_long_words_scroll_and_short_ones_take_what_they_need(
    plain: Look, stage: Stage, length: int
) -> None:
    strip = Saying(plain, lambda _: "Penicillin allergy. " * length)
    strip.limit(800)
    strip.resize(900, 700)
    stage(strip)
    strip.show_note(NOTE)
    QApplication.processEvents()
    (words,) = strip.findChildren(PageWords)
    bar, most = words.verticalScrollBar(), int(800 * SHARE)
    assert words.height() <= most
    assert (bar.maximum() > 0) == (words.height() == most)
