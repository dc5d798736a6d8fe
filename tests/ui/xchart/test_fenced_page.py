"""What Xchart's page says, asks and wants reaches the kiosk: on the real engine.

Needs a screen: the web engine draws on one, or X11 keeps who owns what.
"""

import os
import signal
from collections.abc import Callable, Iterator
from typing import cast

import pytest
from PySide6.QtCore import QObject, QPoint, QTimer, QUrl, Slot
from PySide6.QtGui import QClipboard, QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWebEngineCore import QWebEnginePage
from pytestqt.qtbot import QtBot

from kiosk.session.model.intents import Ticket
from kiosk.session.model.session import Declined, Question
from kiosk.ui.xchart import fenced_page
from kiosk.ui.xchart.answering import Answering
from kiosk.ui.xchart.fence import EMPTY, EMPTY_ADDRESS, Fence
from kiosk.ui.xchart.fenced_page import FencedPage
from tests.support.page_on_show import Opened, Site, opened, sites
from tests.support.remembering_site import Remembered, remembering
from tests.support.scenes import SCENES

__all__ = ["opened", "sites"]
NOTE = cast(bytes, "note")
"""It takes a text, whatever its stub says."""
FIELD = "<input id='field' value='Zoe Canary'>"


def asked(opened: Opened, answer: Callable[[], str | None]) -> list[tuple[Question, str]]:
    """From now on the page is answered with that; what it asks."""
    questions: list[tuple[Question, str]] = []

    def ask(question: Question, words: str) -> str | None:
        questions.append((question, words))
        return answer()

    opened.kiosk.window.xchart.ask = ask
    return questions


class Started(QObject):
    """Stands where the desktop would start another program."""

    def __init__(self, parent: QObject, started: list[QUrl]) -> None:
        super().__init__(parent)
        self._started = started

    @Slot(QUrl)
    def note(self, url: QUrl) -> None:
        self._started.append(url)


def test_an_alert_is_told_and_the_page_goes_on(opened: Opened) -> None:
    told: list[str] = []
    opened.kiosk.window.xchart.spoke.connect(told.append)
    assert opened.run("alert('Penicillin allergy'); 7") == 7
    assert told == ["Penicillin allergy"]


@pytest.mark.parametrize(
    ("script", "answer", "got", "question"),
    [
        ("confirm('Delete?')", "", True, Question.CONFIRM),
        ("confirm('Delete?')", None, False, Question.CONFIRM),
        ("String(prompt('Delete?', 'no'))", "tooth 17", "tooth 17", Question.PROMPT),
        ("String(prompt('Delete?'))", "", "", Question.PROMPT),
        ("String(prompt('Delete?'))", None, "null", Question.PROMPT),
    ],
)
def test_a_question_gets_its_answer(
    opened: Opened, script: str, answer: str | None, got: object, question: Question
) -> None:
    questions = asked(opened, lambda: answer)
    assert opened.run(script) == got
    assert questions == [(question, "Delete?")]


@pytest.mark.parametrize("leave", [True, False])
def test_what_was_typed_is_asked_about_before_the_page_goes(opened: Opened, leave: bool) -> None:
    questions = asked(opened, lambda: "" if leave else None)
    home = opened.page.url()
    opened.run("onbeforeunload = event => event.preventDefault(); 1")
    opened.puts(FIELD)
    opened.click(QPoint(60, 50))
    under = opened.view.focusProxy()
    assert under is not None
    QTest.keyClicks(under, "x")
    opened.settle()
    opened.page.runJavaScript("location.href = '/further'")
    opened.kiosk.bot.waitUntil(lambda: bool(questions), timeout=10_000)
    assert questions == [(Question.LEAVE, "")]
    opened.kiosk.bot.waitUntil(
        lambda: (opened.page.url() != home) == leave and not opened.page.isLoading(), timeout=10_000
    )


@pytest.mark.parametrize("typed", [True, False])
def test_done_cannot_be_vetoed_and_what_it_took_is_told(opened: Opened, typed: bool) -> None:
    lost: list[str] = []
    opened.kiosk.window.xchart.lost.connect(lambda: lost.append("typed"))
    questions = asked(opened, lambda: None)
    opened.run("onbeforeunload = event => event.preventDefault(); 1")
    opened.puts(FIELD)
    if typed:
        opened.click(QPoint(60, 50))
        under = opened.view.focusProxy()
        assert under is not None
        QTest.keyClicks(under, "x")
        opened.settle()
    with opened.kiosk.bot.waitSignal(opened.page.profile().destroyed, timeout=5000):
        opened.kiosk.window.xchart.close_page()
        assert not opened.view.isVisible()
    assert lost == (["typed"] if typed else [])
    assert questions == []


def test_a_page_that_hangs_goes_all_the_same(opened: Opened) -> None:
    opened.page.runJavaScript("for (;;) {}")
    with opened.kiosk.bot.waitSignal(opened.page.profile().destroyed, timeout=5000):
        opened.kiosk.window.xchart.close_page()


def test_a_page_that_is_discarded_while_it_asks_is_deleted_after_its_call(opened: Opened) -> None:
    answering = Answering()
    gone: list[str] = []
    opened.page.destroyed.connect(lambda: gone.append("page"))

    def ask(_question: Question, _words: str) -> str | None:
        answering.expect(Ticket(1))
        QTimer.singleShot(0, lambda: opened.kiosk.window.xchart.close_page(at_once=True))
        QTimer.singleShot(50, lambda: gone.append("still asking"))
        QTimer.singleShot(100, lambda: answering.give(Ticket(1), ""))
        answer = answering.wait(0)
        gone.append("returned")
        return answer

    opened.kiosk.window.xchart.ask = ask
    opened.page.runJavaScript("confirm('Delete?')")
    opened.kiosk.bot.waitUntil(lambda: "page" in gone, timeout=10_000)
    assert gone == ["still asking", "returned", "page"]


def test_a_cover_over_a_page_that_asks_takes_it_off_the_view(opened: Opened) -> None:
    answering = Answering()

    def cover() -> None:
        opened.kiosk.show(SCENES["locked"])
        assert opened.view.page() is not opened.page
        answering.give(Ticket(1), None)

    def ask(_question: Question, _words: str) -> str | None:
        answering.expect(Ticket(1))
        QTimer.singleShot(0, cover)
        return answering.wait(opened.view.process_id())

    opened.kiosk.window.xchart.ask = ask
    assert opened.run("confirm('Delete?')") is False
    opened.kiosk.show(SCENES["workspace"])
    assert opened.view.page() is opened.page
    opened.settle()


def test_the_death_of_the_renderer_ends_its_question(opened: Opened) -> None:
    answering = Answering()
    answers: list[str | None] = []

    def ask(_question: Question, _words: str) -> str | None:
        answering.expect(Ticket(1))
        process = opened.view.process_id()
        QTimer.singleShot(0, lambda: os.kill(process, signal.SIGKILL))
        answers.append(answering.wait(process))
        return answers[-1]

    opened.kiosk.window.xchart.ask = ask
    with opened.kiosk.bot.waitSignal(opened.kiosk.window.xchart.failed, timeout=20_000):
        opened.page.runJavaScript("confirm('Delete?')")
    assert answers == [None]


def test_the_renderer_of_a_page_that_waits_is_not_taken_for_dead(opened: Opened) -> None:
    answering = Answering()

    def ask(_question: Question, _words: str) -> str | None:
        answering.expect(Ticket(1))
        QTimer.singleShot(300, lambda: answering.give(Ticket(1), ""))
        return answering.wait(opened.view.process_id())

    opened.kiosk.window.xchart.ask = ask
    assert opened.run("confirm('Delete?')") is True


def test_a_link_of_its_own_for_a_new_tab_opens_in_the_view(
    opened: Opened, sites: tuple[Site, Site]
) -> None:
    turned: list[bool] = []
    opened.view.turned.connect(turned.append)
    opened.puts("<a href='/further' target='_blank'>further</a>")
    opened.click(QPoint(20, 20))
    opened.kiosk.bot.waitUntil(lambda: turned[-1:] == [True], timeout=10_000)
    assert opened.page.url().toString() == sites[0].url("/further")
    opened.view.turn_back()
    opened.kiosk.bot.waitUntil(lambda: turned[-1:] == [False], timeout=10_000)
    assert opened.page.url().toString() == sites[0].url()


@pytest.fixture
def profile(qtbot: QtBot) -> Iterator[Remembered]:
    """A page that no view shows, with its fence."""
    with remembering() as site:
        made = Remembered(qtbot, site)
        yield made
        made.close()


def ended_with(profile: Remembered, act: Callable[[], None]) -> object:
    """Whether what ``act`` loads is there in the end."""
    with profile.bot.waitSignal(profile.page.loadFinished, timeout=10_000) as loaded:
        act()
    return loaded.args[0]


def test_an_empty_document_has_the_origin_and_nothing_of_the_site(profile: Remembered) -> None:
    there: list[bool] = []
    profile.page.open_empty(QUrl(profile.site.origin), profile.fence, there.append)
    profile.bot.waitUntil(lambda: bool(there), timeout=10_000)
    assert there == [True]
    assert profile.run("[self.origin, document.documentElement.outerHTML]") == [
        profile.site.origin,
        "<html><head></head><body></body></html>",
    ]
    assert profile.site.asked == []


def test_no_other_document_is_let_in_with_it_nor_that_one_again(
    profile: Remembered, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not before, not instead, not after, not in a frame, and not by the page's own doing."""
    page, origin = profile.page, QUrl(profile.site.origin)
    address = QUrl.fromEncoded(EMPTY_ADDRESS)
    typed = QWebEnginePage.NavigationType.NavigationTypeTyped
    assert ended_with(profile, lambda: page.setHtml(EMPTY, origin)) is False
    there: list[bool] = []
    with monkeypatch.context() as instead:
        instead.setattr(fenced_page, "EMPTY", "<!doctype html><script>out()</script>")
        page.open_empty(origin, profile.fence, there.append)
        profile.bot.waitUntil(lambda: bool(there), timeout=10_000)
    assert there == [False]
    assert not profile.fence._empty_expected
    assert not page.acceptNavigationRequest(address, typed, True)
    assert ended_with(profile, lambda: page.setHtml(EMPTY, origin)) is False
    page.open_empty(origin, profile.fence, there.append)
    profile.bot.waitUntil(lambda: len(there) == 2, timeout=10_000)
    assert there == [False, True]
    assert ended_with(profile, lambda: page.setHtml(EMPTY, origin)) is False
    back = QWebEnginePage.NavigationType.NavigationTypeBackForward
    link = QWebEnginePage.NavigationType.NavigationTypeLinkClicked
    page._empty_expected = True
    for kind, main in ((typed, False), (back, True), (link, True)):
        assert not page.acceptNavigationRequest(address, kind, main)
    assert not page.acceptNavigationRequest(QUrl("data:text/html,x"), typed, True)
    assert page.acceptNavigationRequest(address, typed, True)
    assert not page.acceptNavigationRequest(address, typed, True)


@pytest.mark.parametrize("there", ["top", "frame"])
def test_a_page_that_would_be_such_a_document_itself_is_refused(
    opened: Opened, sites: tuple[Site, Site], there: str
) -> None:
    """Also at the moment in which the kiosk's own may pass; and it does not use that up."""
    page = cast(FencedPage, opened.page)
    fence = opened.view.findChildren(Fence)[0]
    page._empty_expected = True
    fence.expect_empty(True)
    address = EMPTY_ADDRESS.decode()
    scripts = {
        "top": f"location.href = '{address}'",
        "frame": f"document.body.innerHTML += `<iframe src='{address}'></iframe>`",
    }
    page.runJavaScript(scripts[there])
    opened.settle()
    assert page.url().toString() == sites[0].url()
    assert not [each for each in page.mainFrame().children() if each.url().scheme() == "data"]
    assert page._empty_expected
    assert fence._empty_expected


WANTED: dict[str, tuple[Callable[[Site], str], Declined]] = {
    "another origin": (lambda there: f"location.href = '{there.url('/out')}'", Declined.ELSEWHERE),
    "a download": (lambda _there: "location.href = '/file'", Declined.DOWNLOAD),
    "messages": (lambda _there: "Notification.requestPermission()", Declined.DEVICE),
    "the place": (
        lambda _there: "navigator.geolocation.getCurrentPosition(() => 0, () => 0)",
        Declined.DEVICE,
    ),
}


@pytest.mark.parametrize("name", WANTED)
def test_what_is_refused_is_said(opened: Opened, sites: tuple[Site, Site], name: str) -> None:
    script, what = WANTED[name]
    declined: list[Declined] = []
    opened.kiosk.window.xchart.declined.connect(declined.append)
    opened.page.runJavaScript(script(sites[1]))
    opened.kiosk.bot.waitUntil(lambda: bool(declined), timeout=10_000)
    assert set(declined) == {what}


PRESSED = {
    "a file": ("<input type='file'>", Declined.FILE),
    "a colour": ("<input type='color'>", Declined.WINDOW),
    "an empty window": ("<button onclick='window.open()'>x</button>", Declined.WINDOW),
    "full screen": (
        "<button onclick='document.body.requestFullscreen()'>x</button>",
        Declined.FULL_SCREEN,
    ),
    "another program": ("<a href='mailto:out@example.com'>x</a>", Declined.PROGRAM),
    "another program in a tab": (
        "<a href='tel:15550100' target='_blank'>x</a>",
        Declined.PROGRAM,
    ),
    "another origin in a tab": (
        "<a href='http://127.0.0.1:9/' target='_blank'>x</a>",
        Declined.ELSEWHERE,
    ),
}


@pytest.mark.parametrize("name", PRESSED)
def test_what_is_refused_at_a_press_is_said(opened: Opened, name: str) -> None:
    html, what = PRESSED[name]
    started: list[QUrl] = []
    for scheme in ("mailto", "tel"):
        QDesktopServices.setUrlHandler(scheme, Started(opened.view, started), NOTE)
    declined: list[Declined] = []
    opened.kiosk.window.xchart.declined.connect(declined.append)
    opened.puts(html)
    opened.click(QPoint(20, 20))
    opened.kiosk.bot.waitUntil(lambda: bool(declined), timeout=10_000)
    opened.settle()
    assert set(declined) == {what}
    assert started == []
    assert not opened.kiosk.window.isFullScreen()
    for scheme in ("mailto", "tel"):
        QDesktopServices.unsetUrlHandler(scheme)


def test_what_is_copied_in_the_page_goes_with_the_person(opened: Opened) -> None:
    clipboard = QGuiApplication.clipboard()
    opened.puts(FIELD)
    opened.run("document.getElementById('field').select(); 1")
    opened.page.triggerAction(QWebEnginePage.WebAction.Copy)
    opened.kiosk.bot.waitUntil(lambda: clipboard.text() == "Zoe Canary", timeout=10_000)
    clipboard.setText("Zoe Canary", QClipboard.Mode.Selection)
    opened.kiosk.show(SCENES["locked"])
    assert clipboard.text() == ""
    assert clipboard.text(QClipboard.Mode.Selection) == ""
