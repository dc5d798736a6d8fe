"""A site's page behind the stage: laid out and at full pace, on no screen, and read by nobody.

Needs a screen: the web engine draws on one, or X11 keeps who owns what.
"""

import pytest
from PySide6.QtGui import QGuiApplication

from kiosk.session.model.site import PageState
from kiosk.ui.xchart.site_view import SiteView
from tests.support.sandbox.web_site import WebSite
from tests.support.site_carrier import MARIA, Carrying, pages, served

__all__ = ["pages", "served"]

PATIENT = "Marisol Quintero"


def view_of(pages: Carrying) -> SiteView:
    view = pages.site.view(MARIA)
    assert view is not None
    return view


def view_of_new(pages: Carrying) -> SiteView:
    pages.find(MARIA)
    return view_of(pages)


def run(pages: Carrying, script: str) -> object:
    told: list[object] = []
    view_of(pages).site_page.page.runJavaScript(script, 0, told.append)
    pages.bot.waitUntil(lambda: bool(told), timeout=10_000)
    return told[0]


def test_behind_the_stage_a_page_is_laid_out_and_at_full_pace(pages: Carrying) -> None:
    pages.find(MARIA)
    assert run(pages, "document.visibilityState") == "visible"
    assert run(pages, "document.elementFromPoint(20, 20) !== null")
    run(pages, "window.frames_ = 0; (function f() { frames_++; requestAnimationFrame(f) })(); 1")
    pages.bot.waitUntil(lambda: float(str(run(pages, "frames_"))) > 20, timeout=10_000)


def test_on_the_glass_it_is_the_same_page_and_off_it_again(pages: Carrying) -> None:
    pages.enter(MARIA)
    view, own = view_of(pages), view_of(pages).site_page.page
    run(pages, "document.querySelector('textarea').value = 'half a sentence'")
    view.setGeometry(0, 0, 900, 600)
    view.reveal(revealed=True, reachable=True)
    assert view.page() is own
    assert view.isVisible()
    view.reveal(revealed=False, reachable=False)
    assert view.page() is not own
    assert not view.isVisible()
    assert run(pages, "document.querySelector('textarea').value") == "half a sentence"
    assert pages.look(MARIA).state is PageState.IN


def test_no_window_of_it_is_on_a_screen(pages: Carrying) -> None:
    pages.enter(MARIA)
    shown = [each for each in QGuiApplication.topLevelWindows() if each.isExposed()]
    assert shown == [pages.glass.windowHandle()]


def test_off_the_glass_who_is_in_is_in_no_view(pages: Carrying) -> None:
    """T17: what a cover hides is hidden from whoever reads the screen to somebody, too."""
    view = view_of_new(pages)
    assert view.is_staged()
    pages.enter(MARIA)
    assert PATIENT in str(run(pages, "document.body.innerText"))
    for _ in range(2):
        assert not view.is_staged()
        assert view.page() is not view.site_page.page
        assert pages.find(MARIA).state is PageState.IN
    before = float(str(run(pages, "window.n = 0; setInterval(() => n++, 100); 0")))
    pages.bot.waitUntil(lambda: float(str(run(pages, "n"))) > before + 20, timeout=5_000)


def test_a_page_that_is_loaded_anew_under_a_cover_is_still_known(pages: Carrying) -> None:
    pages.enter(MARIA)
    run(pages, "location.reload()")
    pages.bot.waitUntil(lambda: run(pages, "document.readyState") == "complete", timeout=10_000)
    assert pages.find(MARIA).state is PageState.IN


def test_of_who_was_in_nothing_is_behind_the_stage_while_the_site_is_down(
    pages: Carrying, served: WebSite
) -> None:
    """T17: the engine leaves the day's patients in the document when the next does not come."""
    pages.enter(MARIA)
    view = view_of(pages)
    served.stop()
    run(pages, "location.href = '/patients/p-1'; 1")
    pages.bot.waitUntil(lambda: pages.look(MARIA).state is PageState.DOWN, timeout=10_000)
    assert not view.is_staged()
    assert pages.find(MARIA).state is PageState.DOWN
    assert view.is_staged()
    assert not run(pages, "document.documentElement.textContent")


@pytest.mark.parametrize("treated", [True, False])
def test_no_site_that_is_down_empties_a_patients_page(
    pages: Carrying, served: WebSite, treated: bool
) -> None:
    """Law 9: an automatic record is nobody's words, and is shown once more as they would be."""
    pages.enter(MARIA)
    view = view_of(pages)
    view.keep_running(treated)
    served.stop()
    run(pages, "location.href = '/patients/p-1'; 1")
    pages.bot.waitUntil(lambda: pages.look(MARIA).state is PageState.DOWN, timeout=10_000)
    state = PageState.UNSENT if treated else PageState.DOWN
    assert pages.find(MARIA).state is state
    assert (PATIENT in str(run(pages, "document.documentElement.textContent"))) is treated
    assert view.is_staged() is not treated


@pytest.mark.parametrize("treated", [True, False])
def test_a_patients_page_that_is_not_known_is_not_loaded_anew(
    pages: Carrying, treated: bool
) -> None:
    """A record that fills the page shows no sign-out: nobody knows it, and it is there."""
    pages.enter(MARIA)
    view = view_of(pages)
    view.keep_running(treated)
    run(pages, f"document.body.innerHTML = '<p>{PATIENT}, a record</p>'; 1")
    view.site_page._in_load = -1  # It came by itself, behind the page in which somebody was in.
    view.site_page.page.loadStarted.connect(lambda: loads.append(1))
    loads: list[int] = []
    pages.look(MARIA)
    pages.find(MARIA)
    assert (loads == []) is treated


def test_a_page_that_is_not_known_is_behind_no_stage_under_a_cover(pages: Carrying) -> None:
    """T17: a person may have come to patients on it."""
    view = view_of_new(pages)
    view.reveal(revealed=True, reachable=True)
    run(pages, "document.body.innerHTML = '<p>Marisol Quintero</p>'; 1")
    view.reveal(revealed=False, reachable=False)
    pages.look(MARIA)
    assert not view.is_staged()


def test_a_page_that_was_handed_over_under_a_cover_is_behind_no_stage(pages: Carrying) -> None:
    """T17: whoever locked while it opened has not seen it yet."""
    view = view_of_new(pages)
    view.reveal(revealed=False, reachable=False)
    assert view.is_staged()
    view.open_at("")
    assert not view.is_staged()
