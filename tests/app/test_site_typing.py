"""What somebody has typed at a site and not saved is there when they come back.

Needs a screen: the web engine draws on one, or X11 keeps who owns what.
"""

import os
import signal
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from kiosk.local.profile import replace_file
from kiosk.local.settings import render
from kiosk.session.model import intents as want
from kiosk.session.model import state as s
from kiosk.session.model.site import PageState
from sandbox.web.people import OFFICE
from tests.app.test_site_carrier import JO, MARIA, WebDesk, desk, site
from tests.app.test_wiring import PATIENCE_MS
from tests.support.sandbox.web_site import WebSite

__all__ = ["desk", "site"]
WORDS = "half a sentence"
TEXT = "(document.querySelector('textarea') ?? {value: ''}).value"
SAVE = "document.querySelector('textarea').form.requestSubmit(); 1"
OWN_FORM = (
    "{ const text = document.querySelector('textarea'), own = document.createElement('form');"
    " text.replaceWith(own); own.append(text); own.addEventListener('submit', (event) => {"
    " event.preventDefault(); %s }); } 1"
)
FETCHED = (
    "fetch('/none', {method: 'POST', body: text.value}).catch(() => { window.failed = true; });"
)
FRAME = (
    "{ const made = document.createElement('iframe'); made.id = 'editor';"
    " document.body.prepend(made); const inside = made.contentDocument;"
    " if (%s) { inside.open(); inside.write('<body>'); inside.close(); }"
    " inside.body.contentEditable = 'true'; made.contentWindow.focus(); inside.body.focus(); } 1"
)
IN_FRAME = "document.getElementById('editor').contentDocument.body.textContent"
STRANGE_FRAME = (
    "{ const made = document.createElement('iframe'); made.sandbox = 'allow-scripts';"
    " made.style = 'position: fixed; inset: 0; z-index: 9; border: 0; background: white';"
    " made.srcdoc = '<textarea rows=9></textarea>';"
    " made.onload = () => { window.is_there = true; }; document.body.prepend(made); } 1"
)
SHADOW = (
    "{ const host = document.createElement('div'); document.body.prepend(host);"
    " window.field = document.createElement('textarea');"
    " host.attachShadow({mode: 'closed'}).append(window.field); window.field.focus(); } 1"
)
MORE = ("Ana A.", "Bea B.", "Cid C.", "Dan D.", "Eva E.", "Flo F.")


def keys(desk: WebDesk, words: str, script: str) -> None:
    """Pressed where the focus is, until the script says that they are there."""
    target = desk.on_show().focusProxy()
    assert target is not None
    QTest.keyClicks(target, words)
    desk.bot.waitUntil(lambda: desk.run(script) == words, timeout=PATIENCE_MS)


def is_done_and_kept(desk: WebDesk) -> None:
    desk.wants(want.DoneWanted())
    desk.bot.waitUntil(lambda: desk.unsent() == (MARIA,), timeout=PATIENCE_MS)


def wants(desk: WebDesk, wanted: PageState | None) -> None:
    """Until the page on show wants that of a person."""
    desk.until(s.Active, lambda phase: phase.session.shown and phase.session.wants is wanted)


def test_where_the_next_page_does_not_come_the_one_before_is_shown_with_its_words(
    desk: WebDesk, site: WebSite
) -> None:
    """By itself, within the five seconds; saved once more it is a page like any other."""
    desk.at_work(site, MARIA)
    desk.types(WORDS)
    page = desk.on_show().site_page.page
    site.stop()
    page.runJavaScript(f"setTimeout(() => {{ {SAVE} }}, 50)")
    wants(desk, PageState.UNSENT)
    assert desk.run(TEXT) == WORDS
    is_done_and_kept(desk)
    desk.wants(want.TileTapped(MARIA))
    wants(desk, PageState.UNSENT)
    assert desk.run(TEXT) == WORDS
    site.start()
    desk.run(SAVE)
    wants(desk, None)
    assert site.submissions == {OFFICE: 1}


def test_where_nothing_was_typed_a_page_in_error_is_loaded_anew_by_itself(
    desk: WebDesk, site: WebSite
) -> None:
    desk.at_work(site, MARIA)
    site.stop()
    desk.on_show().site_page.page.runJavaScript("location.href = '/today'")
    desk.until(s.Active, lambda phase: phase.session.failed is not None)
    site.start()
    wants(desk, None)
    assert f"Signed in as {OFFICE}" in desk.page_text()


def test_a_page_that_is_busy_at_done_is_kept_and_shown_again(desk: WebDesk, site: WebSite) -> None:
    desk.at_work(site, MARIA)
    desk.types(WORDS)
    busy = "{ const end = Date.now() + 5000; while (Date.now() < end); }"
    desk.on_show().page().runJavaScript(busy)
    is_done_and_kept(desk)
    desk.taps(MARIA)
    assert desk.run(TEXT) == WORDS


@pytest.mark.parametrize("then", ["", FETCHED])
def test_a_form_that_its_own_page_did_not_take_is_kept(
    desk: WebDesk, site: WebSite, then: str
) -> None:
    desk.at_work(site, MARIA)
    desk.run(OWN_FORM % then)
    desk.types(WORDS)
    if then:
        site.stop()
    desk.run(SAVE)
    if then:
        script = "window.failed === true"
        desk.bot.waitUntil(lambda: desk.run(script) is True, timeout=PATIENCE_MS)
    assert desk.run(TEXT) == WORDS
    is_done_and_kept(desk)


def editor(written: bool) -> Callable[[WebDesk], None]:
    """A note's editor in a frame of the page's own origin."""

    def types(desk: WebDesk) -> None:
        desk.run(FRAME % ("true" if written else "false"))
        keys(desk, WORDS, IN_FRAME)

    return types


def strange_frame(desk: WebDesk) -> None:
    """Of another origin: nobody hears whether they type, once they are in it."""
    desk.run(STRANGE_FRAME)
    desk.bot.waitUntil(lambda: desk.run("window.is_there") is True, timeout=PATIENCE_MS)
    target = desk.on_show().focusProxy()
    assert target is not None
    QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=QPoint(40, 40))
    inside = "document.activeElement.localName"
    desk.bot.waitUntil(lambda: desk.run(inside) == "iframe", timeout=PATIENCE_MS)


def closed_shadow(desk: WebDesk) -> None:
    desk.run(SHADOW)
    keys(desk, WORDS, "window.field.value")


@pytest.mark.parametrize("types", [editor(False), editor(True), strange_frame, closed_shadow])
def test_what_is_typed_where_the_document_does_not_see_it_is_kept(
    desk: WebDesk, site: WebSite, types: Callable[[WebDesk], None]
) -> None:
    desk.at_work(site, MARIA)
    desk.on_show().setFocus()
    types(desk)
    is_done_and_kept(desk)


@pytest.mark.parametrize("gone", ["editor", "shadow"])
def test_what_goes_with_its_frame_or_its_shadow_was_sent(
    desk: WebDesk, site: WebSite, gone: str
) -> None:
    desk.at_work(site, MARIA)
    desk.on_show().setFocus()
    (editor(False) if gone == "editor" else closed_shadow)(desk)
    desk.run("document.body.firstElementChild.remove(); 1")
    desk.is_done()
    assert desk.unsent() == ()


def test_who_switches_without_a_word_pushes_nobodys_typing_out(
    desk: WebDesk, site: WebSite
) -> None:
    desk.set_up(site)
    said = replace(desk.settings.site, assistants=(MARIA, JO, *MORE))
    desk.settings = replace(desk.settings, site=said)
    replace_file(desk.profile.settings, render(desk.settings))
    desk.start()
    desk.joins_site(site)
    desk.taps(MARIA)
    desk.types(WORDS)
    is_done_and_kept(desk)
    desk.taps(JO)
    oldest = desk.view(JO)
    with desk.bot.waitSignal(oldest.gone, timeout=6 * PATIENCE_MS):
        for name in MORE:
            desk.wants(want.SwitchWanted())
            desk.taps(name)
        desk.wants(want.SwitchWanted())
    assert desk.unsent() == (MARIA,)
    desk.taps(MARIA)
    assert desk.run(TEXT) == WORDS


def test_a_kept_page_whose_process_has_ended_is_not_said_to_be_there(
    desk: WebDesk, site: WebSite
) -> None:
    desk.at_work(site, MARIA)
    desk.types(WORDS)
    page = desk.on_show().site_page.page
    is_done_and_kept(desk)
    os.kill(page.renderProcessPid(), signal.SIGKILL)
    desk.bot.waitUntil(lambda: desk.unsent() == (), timeout=PATIENCE_MS)
    desk.taps(MARIA)
    assert desk.run(TEXT) == ""


def test_a_page_that_hangs_for_good_goes_when_its_holder_is_back(
    desk: WebDesk, site: WebSite
) -> None:
    desk.at_work(site, MARIA)
    hung = desk.on_show()
    hung.page().runJavaScript("for (;;);")
    is_done_and_kept(desk)
    with desk.bot.waitSignal(hung.gone, timeout=3 * PATIENCE_MS):
        desk.wants(want.TileTapped(MARIA))
    desk.until(s.Active, lambda phase: phase.session.shown)
    assert desk.on_show() is not hung
    assert f"Signed in as {OFFICE}" in desk.page_text()
