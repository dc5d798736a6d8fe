"""A page runs at full pace while a patient is treated, whatever happens to what shows it (law 9).

Needs a screen: the web engine draws on one, or X11 keeps who owns what.
"""

import pytest
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWebEngineWidgets import QWebEngineView

from kiosk.session.model.site import written
from kiosk.ui.xchart.site_view import SiteView
from tests.support.depth import drawn
from tests.support.either_carrier import (
    FULL,
    LOOK_SECONDS,
    OnShow,
    address,
    managed,
    on_show,
    open_at_site,
)
from tests.support.scenes import SCENES
from tests.support.site_carrier import JO, MARIA
from tests.support.ticking_site import for_that_long

__all__ = ["address", "managed", "on_show"]

LONG_SECONDS = drawn(4.0, 180.0)
"""After a minute unseen a page is slowed once more, sixtyfold."""
SLOW = 20
TURNED = 5
"""Frames that were under way when the page was covered."""


def test_without_it_the_engine_slows_a_page_and_would_freeze_it(on_show: OnShow) -> None:
    """What is kept from happening, and given back when the patient has left."""
    on_show.must_run()
    on_show.minimise()
    for kept in (False, True, False):
        on_show.place.keep_running(kept)
        counted = on_show.in_10_s(LOOK_SECONDS)
        would_be = on_show.page.recommendedState()
        if kept:
            assert counted["timer"] >= FULL
            assert would_be is QWebEnginePage.LifecycleState.Active
        else:
            assert counted["timer"] <= SLOW
            assert would_be is QWebEnginePage.LifecycleState.Frozen
    on_show.unminimise()
    on_show.must_run()


def test_whatever_happens_to_its_widget_the_page_runs(on_show: OnShow) -> None:
    kiosk, window = on_show.kiosk, on_show.kiosk.window
    on_show.place.keep_running(True)
    kiosk.show(SCENES["locked"])
    on_show.must_run()
    on_show.minimise()
    on_show.must_run()
    kiosk.show(SCENES["workspace"])
    on_show.must_run()
    on_show.unminimise()
    window.hide()
    on_show.must_run()
    window.show()
    on_show.view.hide()
    on_show.must_run()
    on_show.view.show()
    other = QWebEnginePage(on_show.page.profile(), on_show.view)
    on_show.view.setPage(other)
    on_show.must_run()
    on_show.view.setPage(on_show.page)
    other.deleteLater()
    on_show.must_run()


def test_a_page_that_loads_another_document_under_a_cover_runs(on_show: OnShow) -> None:
    on_show.place.keep_running(True)
    on_show.minimise()
    with on_show.bot.waitSignal(on_show.page.loadFinished, timeout=20_000):
        on_show.page.runJavaScript("location.href = '/?next'")
    on_show.must_run()


def test_after_a_long_time_unseen_it_still_runs(on_show: OnShow) -> None:
    on_show.place.keep_running(True)
    on_show.minimise()
    for_that_long(on_show.bot, LONG_SECONDS)
    on_show.must_run()
    on_show.unminimise()
    on_show.kiosk.show(SCENES["locked"])
    for_that_long(on_show.bot, LONG_SECONDS)
    on_show.must_run()


@pytest.mark.qt_log_ignore("setLifecycleState: failed", extend=True)
def test_what_would_freeze_or_discard_it_does_not_stand(on_show: OnShow) -> None:
    on_show.place.keep_running(True)
    on_show.minimise()
    before = on_show.counted()["timer"]
    for state in (
        QWebEnginePage.LifecycleState.Frozen,
        QWebEnginePage.LifecycleState.Discarded,
    ):
        on_show.page.setVisible(False)
        on_show.page.setLifecycleState(state)
        assert on_show.page.lifecycleState() is QWebEnginePage.LifecycleState.Active
        assert on_show.page.isVisible()
    on_show.must_run()
    assert on_show.counted()["timer"] > before


def test_under_a_cover_nothing_of_it_is_drawn_or_reached(on_show: OnShow) -> None:
    """T17: a page that runs on is in no view, so that nobody's hands or reader find it."""
    kiosk, view = on_show.kiosk, on_show.view
    on_show.place.keep_running(True)
    kiosk.show(SCENES["locked"])
    assert QWebEngineView.forPage(on_show.page) is None
    assert (view.isVisible(), view.isEnabled(), view.page() is on_show.page) == (False,) * 3
    assert not on_show.place.take_focus()
    on_show.counted()
    before = on_show.counted()["drawn"]
    on_show.must_run()
    assert on_show.counted()["drawn"] - before <= TURNED


@pytest.mark.parametrize("on_show", [open_at_site], indirect=True, ids=["site"])
def test_aside_and_taken_up_again_it_runs(on_show: OnShow) -> None:
    """Somebody else works here meanwhile, on a page of their own."""
    place, view = on_show.place, on_show.view
    assert isinstance(view, SiteView)
    place.keep_running(True)
    place.close_page()
    on_show.must_run()
    place.open(written(JO))
    on_show.minimise()
    on_show.must_run()
    on_show.unminimise()
    place.close_page()
    place.open(written(MARIA))
    assert on_show.place.findChildren(SiteView)
    on_show.minimise()
    on_show.must_run()
    assert view.is_kept_running
