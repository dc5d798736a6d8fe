"""The place of Xchart's page: an empty page is kept warm, one page at a time is open, then none."""

import sys
from collections.abc import Callable
from types import ModuleType

import pytest
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QWidget

from kiosk.session.model.session import PageFault, Question
from kiosk.ui.look.theme import Look
from kiosk.ui.xchart import page as xchart_page
from kiosk.ui.xchart.place import ENGINE, XchartPlace
from tests.ui.conftest import Stage


class StandIn(QWidget):
    """A page without an engine; ``made`` lists them all, first to last."""

    opened = Signal()
    broke = Signal(str, int)
    spoke = Signal(str)
    declined = Signal(object)
    turned = Signal(bool)
    print_wanted = Signal()
    lost = Signal()
    alive = Signal()
    made: list["StandIn"] = []

    def __init__(self, parent: QWidget, server: str, proxy: str, scale: float) -> None:
        super().__init__(parent)
        self.told = (server, proxy)
        self.scale = scale
        self.done: list[str] = []
        self.ask: Callable[[Question, str, str], str | None] = lambda *_: None
        self.urls: list[str] = []
        self.revealed: list[tuple[bool, bool]] = []
        self.runs: list[bool] = []
        self.watched: list[bool] = []
        self.discarded = False
        self.focused = False
        StandIn.made.append(self)

    def open_at(self, url: str) -> None:
        self.urls.append(url)

    def reveal(self, revealed: bool, reachable: bool) -> None:
        self.revealed.append((revealed, reachable))

    def keep_running(self, kept: bool) -> None:
        self.runs.append(kept)

    def watch_life(self, watched: bool) -> None:
        self.watched.append(watched)

    def take_focus(self) -> None:
        self.focused = True

    def keep_scale(self) -> None:
        self.done.append("scaled")

    def turn_back(self) -> None:
        self.done.append("turned back")

    def as_document(self, then: Callable[[bytes], None]) -> None:
        then(b"%PDF")

    def process_id(self) -> int:
        return 4711

    def discard(self, at_once: bool) -> None:
        self.discarded = True


@pytest.fixture
def place(plain: Look, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> XchartPlace:
    monkeypatch.setattr(xchart_page, "XchartPage", StandIn)
    StandIn.made = []
    place = XchartPlace()
    place.expect("https://x.example", "http://proxy.example:3128", 1.5)
    stage(place)
    return place


def test_a_warm_page_is_empty_out_of_reach_and_the_one_that_opens(place: XchartPlace) -> None:
    place.warm()
    place.warm()
    place.reveal(True, True)
    (page,) = StandIn.made
    assert page.urls == []
    assert (page.revealed[-1], place.take_focus()) == ((False, False), False)
    place.open("https://x.example/a")
    assert StandIn.made == [page]
    assert page.urls == ["https://x.example/a"]
    assert page.revealed[-1] == (True, True)
    assert place.take_focus()
    assert page.focused


def test_a_second_address_gets_a_page_of_its_own(place: XchartPlace) -> None:
    place.open("https://x.example/a")
    place.open("https://x.example/b")
    first, second = StandIn.made
    assert first.discarded
    assert not second.discarded
    assert second.urls == ["https://x.example/b"]


def test_after_closing_there_is_no_page_and_closing_again_is_nothing(place: XchartPlace) -> None:
    place.reveal(True, True)
    place.open("https://x.example/a")
    place.close_page()
    place.close_page()
    assert StandIn.made[0].discarded
    assert not place.take_focus()
    place.warm()
    assert StandIn.made[1].revealed == [(False, False)]


def test_a_covered_page_stays_covered_while_it_opens(place: XchartPlace) -> None:
    place.reveal(False, False)
    place.open("https://x.example/a")
    assert StandIn.made[0].revealed[-1] == (False, False)
    assert not place.take_focus()


def test_it_passes_on_what_the_page_reports(place: XchartPlace) -> None:
    shown, failed = list[int](), list[tuple[str, int]]()
    place.shown.connect(lambda: shown.append(1))
    place.failed.connect(lambda why, number: failed.append((why, number)))
    place.open("https://x.example/a")
    StandIn.made[0].opened.emit()
    StandIn.made[0].broke.emit("network", -102)
    assert (shown, failed) == ([1], [("network", -102)])


def test_a_page_that_broke_is_gone_and_the_next_one_is_new(place: XchartPlace) -> None:
    place.open("https://x.example/a")
    broken = StandIn.made[0]
    broken.broke.emit("network", -102)
    QApplication.processEvents()
    assert broken.discarded
    place.open("https://x.example/b")
    assert StandIn.made[1].urls == ["https://x.example/b"]


def test_the_page_on_show_runs_on_and_whatever_comes_after_it(place: XchartPlace) -> None:
    place.warm()
    place.keep_running(True)
    place.open("https://x.example/a")
    place.open("https://x.example/b")
    first, second = StandIn.made
    assert (first.runs, second.runs) == ([True], [True])
    place.keep_running(False)
    place.keep_running(True)
    assert (first.runs, second.runs) == ([True], [True, False, True])
    place.close_page()
    place.keep_running(False)
    assert second.runs == [True, False, True]


def test_a_page_that_is_only_warm_is_not_kept_running(place: XchartPlace) -> None:
    place.warm()
    place.keep_running(True)
    assert StandIn.made[0].runs == []


def test_the_page_on_show_is_watched_while_it_is(place: XchartPlace) -> None:
    place.warm()
    (page,) = StandIn.made
    assert page.watched == []
    heard: list[int] = []
    place.alive.connect(lambda: heard.append(1))
    place.open("https://x.example/a")
    page.alive.emit()
    place.close_page()
    assert (page.watched, heard) == ([True, False], [1])


def test_no_load_that_failed_takes_a_patients_page_before_they_have_left(
    place: XchartPlace,
) -> None:
    """The document before it is still there, with everything in it (law 9)."""
    place.open("https://x.example/a")
    place.keep_running(True)
    page, failed = StandIn.made[0], list[str]()
    place.failed.connect(lambda why, _number: failed.append(why))
    page.broke.emit("network", -102)
    QApplication.processEvents()
    assert (failed, page.discarded) == (["network"], False)
    place.keep_running(False)
    assert page.discarded
    place.open("https://x.example/b")
    place.keep_running(True)
    again = StandIn.made[1]
    again.broke.emit("network", -102)
    again.opened.emit()
    place.keep_running(False)
    assert not again.discarded, "it came after all"


def test_of_a_page_whose_process_ended_nothing_is_there_to_run(place: XchartPlace) -> None:
    place.open("https://x.example/a")
    place.keep_running(True)
    StandIn.made[0].broke.emit("process", 9)
    QApplication.processEvents()
    assert StandIn.made[0].discarded


def test_a_page_that_broke_late_takes_no_other_with_it(place: XchartPlace) -> None:
    place.open("https://x.example/a")
    StandIn.made[0].broke.emit("network", -102)
    place.open("https://x.example/b")
    QApplication.processEvents()
    assert not StandIn.made[1].discarded


def test_the_engine_waits_until_it_knows_what_to_be_confined_to(place: XchartPlace) -> None:
    place.expect("", "", 1.0)
    place.warm()
    assert StandIn.made == []
    place.open("https://x.example/a")
    assert StandIn.made[0].told == ("https://x.example/a", "")


@pytest.mark.parametrize(
    ("module", "instead", "why"),
    [
        (ENGINE, None, PageFault.ENGINE_LEFT_OUT),
        (ENGINE, ModuleType(ENGINE), PageFault.ENGINE_BROKEN),
        ("PySide6.QtWebEngineWidgets", None, PageFault.ENGINE_BROKEN),
    ],
)
def test_without_an_engine_the_page_fails_and_says_why(
    place: XchartPlace,
    monkeypatch: pytest.MonkeyPatch,
    module: str,
    instead: ModuleType | None,
    why: str,
) -> None:
    """It is not in the package; what is there is not what it should be; a part of it is gone."""
    for part in ("page", "page_view"):
        monkeypatch.delitem(sys.modules, f"kiosk.ui.xchart.{part}")
    monkeypatch.setitem(sys.modules, module, instead)
    told: list[str] = []
    place.failed.connect(lambda why, _number: told.append(why))
    place.warm()
    assert told == []
    place.open("https://x.example/a")
    assert told == [why]
    place.close_page()


def test_what_the_page_says_and_wants_is_passed_on(place: XchartPlace) -> None:
    place.open("https://x.example/")
    page = StandIn.made[-1]
    heard: list[object] = []
    for signal in (place.spoke, place.declined, place.turned):
        signal.connect(heard.append)
    page.spoke.emit("words")
    page.declined.emit("download")
    page.turned.emit(True)
    assert heard == ["words", "download", True]
    assert page.scale == 1.5
    place.keep_scale()
    place.turn_back()
    assert page.done == ["scaled", "turned back"]
    made: list[bytes] = []
    place.as_document(made.append)
    assert made == [b"%PDF"]
    assert place.process_id() == 4711


def test_what_a_page_proposes_stands_only_while_it_asks(place: XchartPlace) -> None:
    place.open("https://x.example/")
    page, proposed = StandIn.made[-1], []
    assert page.ask(Question.PROMPT, "Which tooth?", "17") is None

    def answer(_question: Question, _words: str) -> str:
        proposed.append(place.offered)
        return "18"

    place.ask = answer
    assert page.ask(Question.PROMPT, "Which tooth?", "17") == "18"
    assert proposed == ["17"]
    assert place.offered == ""


def test_without_a_page_there_is_nothing_to_tell(place: XchartPlace) -> None:
    place.keep_scale()
    place.turn_back()
    place.as_document(lambda _: pytest.fail("there is no document"))
    assert place.process_id() == 0
