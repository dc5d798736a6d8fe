"""A script in the kiosk's own world of a page: called, answered in any case, and seen by nobody.

Needs a screen: the web engine draws on one, or X11 keeps who owns what.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QUrl
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile
from pytestqt.qtbot import QtBot

from kiosk.ui.xchart import own_world
from kiosk.ui.xchart.own_world import OwnWorld, Told, read_answer


@pytest.mark.parametrize("value", [None, "", "nonsense", 7, "[]"])
def test_what_is_no_answer_is_empty(value: object) -> None:
    assert read_answer(value) == {}


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[QWebEnginePage]:
    """Without a document."""
    profile = QWebEngineProfile()
    made = QWebEnginePage(profile)
    yield made
    made.deleteLater()
    QCoreApplication.sendPostedEvents(made, QEvent.Type.DeferredDelete)
    profile.deleteLater()


@pytest.fixture
def world(page: QWebEnginePage, tmp_path: Path, qtbot: QtBot) -> OwnWorld:
    """With a script of its own, in a document."""
    script = tmp_path / "ours.js"
    script.write_text("globalThis.ours = { add: (a, b) => JSON.stringify({ sum: a + b }) }")
    made = OwnWorld(page, script)
    with qtbot.waitSignal(page.loadFinished, timeout=20_000):
        page.setHtml("<script>const seen = typeof ours</script>", QUrl("http://127.0.0.1/"))
    return made


def answer(bot: QtBot, world: OwnWorld, script: str, call: str) -> Told:
    told: list[Told] = []
    world.run(script, call, told.append)
    bot.waitUntil(lambda: bool(told), timeout=10_000)
    return told[0]


def test_it_answers_and_the_page_sees_nothing_of_it(
    qtbot: QtBot, page: QWebEnginePage, world: OwnWorld
) -> None:
    assert answer(qtbot, world, "ours", "add(1, 2)") == {"sum": 3}
    seen: list[object] = []
    page.runJavaScript("seen + typeof ours", seen.append)
    qtbot.waitUntil(lambda: bool(seen), timeout=10_000)
    assert seen == ["undefinedundefined"]


def test_what_is_not_there_answers_with_nothing(qtbot: QtBot, world: OwnWorld) -> None:
    assert answer(qtbot, world, "nobodys", "add(1, 2)") == {}


def test_a_page_that_hangs_is_not_waited_for(
    qtbot: QtBot, page: QWebEnginePage, world: OwnWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_world, "ANSWERED_WITHIN_MS", 50)
    page.runJavaScript("const end = Date.now() + 1500; while (Date.now() < end);")
    assert answer(qtbot, world, "ours", "add(1, 2)") == {}
