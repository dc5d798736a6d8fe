"""A look counts when it shows the same twice in a row."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from kiosk.session.model.site import PageState
from kiosk.ui.xchart import site_look
from kiosk.ui.xchart.site_look import SteadyLook
from kiosk.ui.xchart.site_script import Sight

A, B = (Sight(1, state, False, False, False) for state in (PageState.UNKNOWN, PageState.IN))


class Page(QObject):
    """Whose load ends."""

    came = Signal()

    def __init__(self, *, is_loading: bool = False) -> None:
        """On its way, or there."""
        super().__init__()
        self.is_loading = is_loading


def looked(bot: QtBot, *shown: Sight | None) -> tuple[list[Sight | None], int]:
    """What a look came to, and how many glances it took; the last is shown from then on."""
    left, ends, glances = list(shown), list[Sight | None](), [0]

    def glance(then: Callable[[Sight | None], None]) -> None:
        glances[0] += 1
        then(left.pop(0) if len(left) > 1 else left[0])

    page = Page()
    SteadyLook(page, glance, ends.append, page.came, lambda: page.is_loading)
    bot.waitUntil(lambda: bool(ends), timeout=5000)
    bot.wait(3 * site_look.AGAIN_MS)
    return ends, glances[0]


def test_the_same_twice_is_enough(qtbot: QtBot) -> None:
    assert looked(qtbot, A) == ([A], 2)


def test_what_is_still_being_drawn_is_looked_at_again(qtbot: QtBot) -> None:
    assert looked(qtbot, None, A, B, A, B) == ([B], 6)


def test_nothing_twice_is_nothing(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site_look, "WITHIN_MS", 500)
    assert looked(qtbot, None)[0] == [None]


def test_what_has_come_is_looked_at_at_once(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """And once more after the pause: of the first look nothing is known yet."""
    monkeypatch.setattr(site_look, "AGAIN_MS", 10_000)
    monkeypatch.setattr(site_look, "IN_AGAIN_MS", 10_000)
    page, glances, shown = Page(), [0], list[Sight | None]([None])

    def glance(then: Callable[[Sight | None], None]) -> None:
        glances[0] += 1
        then(shown[0])

    ends = list[Sight | None]()
    look = SteadyLook(page, glance, ends.append, page.came, lambda: page.is_loading)
    shown[0] = B
    page.came.emit()
    assert glances[0] == 1, "within the engine's own call"
    qtbot.waitUntil(lambda: glances[0] == 2, timeout=5000)
    page.came.emit()
    qtbot.waitUntil(lambda: glances[0] == 3, timeout=5000)
    assert ends == [], "twice is not enough before the pause is over"
    look.deleteLater()


def test_a_form_stands_longer_than_who_is_in(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Something is filled into it; nothing is done to a page that is signed in."""
    monkeypatch.setattr(site_look, "AGAIN_MS", 10_000)
    monkeypatch.setattr(site_look, "IN_AGAIN_MS", 0)
    page, ends = Page(), list[Sight | None]()
    SteadyLook(page, lambda then: then(A), ends.append, page.came, lambda: page.is_loading)
    SteadyLook(page, lambda then: then(B), ends.append, page.came, lambda: page.is_loading)
    page.came.emit()
    qtbot.waitUntil(lambda: ends == [B], timeout=5000)


def test_what_stood_long_enough_when_its_load_ends_needs_no_other_pause(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, glances, ends = Page(is_loading=True), [0], list[Sight | None]()

    def glance(then: Callable[[Sight | None], None]) -> None:
        glances[0] += 1
        then(B)

    SteadyLook(page, glance, ends.append, page.came, lambda: page.is_loading)
    qtbot.waitUntil(lambda: glances[0] * site_look.EARLY_MS > 2 * site_look.AGAIN_MS, timeout=5000)
    assert ends == [], "it is on its way"
    monkeypatch.setattr(site_look, "EARLY_MS", 10_000)
    page.is_loading = False
    page.came.emit()
    qtbot.waitUntil(lambda: ends == [B], timeout=5000)


def test_the_document_before_says_nothing_of_the_one_that_came(qtbot: QtBot) -> None:
    """A look names its document; what was asked of the one that went is not waited for."""
    page, asked = Page(is_loading=True), list[Callable[[Sight | None], None]]()
    ends = list[Sight | None]()
    SteadyLook(page, asked.append, ends.append, page.came, lambda: page.is_loading)
    page.is_loading = False
    page.came.emit()
    qtbot.waitUntil(lambda: len(asked) == 2, timeout=5000)
    asked[1](B)
    asked[0](B)
    assert ends == [], "the first was never asked of this one"
    qtbot.waitUntil(lambda: len(asked) == 3, timeout=5000)
    asked[2](B)
    assert ends == [B]
