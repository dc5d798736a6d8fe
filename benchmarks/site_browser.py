"""The peer at a site: Chromium that the site remembers, its password saved and filled in.

Three ways: the form is there, filled in, and *Sign in* is clicked; a browser that runs already
follows a link to the site, signed in; the same is the first that it does after its start, with the
cookies of the session that it had, as one that goes on where it was left.
"""

import time
from pathlib import Path
from typing import Any

from benchmarks.browser import Browser, fill, prepare
from benchmarks.glass import Glass, GlassDesk, Picture, Rows
from benchmarks.hands import Hands
from benchmarks.room import Point
from sandbox.demo.site import OFFICE, WebSite
from sandbox.demo.stage import PASSWORD
from sandbox.web.visiting import SESSION_COOKIE

SIGN_IN, RETURN, FIRST = "Chromium, sign-in", "Chromium, return", "Chromium started, return"
BLANK, SIGNED_IN = "about:blank", "/today"
REST_SECONDS = 1.5


class Peer:
    """One browser's data, remembered by the site; ``times`` grow, in milliseconds."""

    def __init__(
        self, desk: GlassDesk, glass: Glass, hands: Hands, site: WebSite, data: Path
    ) -> None:
        """Signed in once with the provider's code, and what its page looks like is seen."""
        self._desk, self._glass, self._hands, self._site = desk, glass, hands, site
        self._data, self._start = data, f"{site.address}/sign-in"
        self.times: dict[str, list[float]] = {SIGN_IN: [], RETURN: [], FIRST: []}
        prepare(data)
        with Browser(desk, data, self._start) as browser:
            browser.at("/sign-in")
            self._form: Rows = glass.calm()
            fill(browser, OFFICE, PASSWORD)
            browser.tell("document.querySelector('form button').click()")
            browser.at("/sign-in/code")
            browser.tell("document.querySelector('#remember').click()")
            fill_code = f"document.querySelector('#code').value = '{site.code()}'"
            browser.tell(fill_code)
            browser.tell("document.querySelector('form button').click()")
            browser.at(SIGNED_IN)
            self._page = Picture.of("the site's page", glass.calm(), self._form)
        self._session: list[dict[str, Any]] = []
        self._gone()

    def rounds(self, runs: int) -> None:
        """Of one start: signing in, and back by a link; the first of each is not counted."""
        with self._open() as browser:
            self._sign_in(browser)
            self._follow_link(browser)
            for _ in range(runs):
                self.times[SIGN_IN].append(self._sign_in(browser))
                self.times[RETURN].append(self._follow_link(browser))
            self._session = browser.cookies()
        self._gone()

    def restarted(self) -> None:
        """One start, one link."""
        with self._open() as browser:
            browser.give_cookies(self._session)
            self.times[FIRST].append(self._follow_link(browser))
        self._gone()

    def _open(self) -> Browser:
        return Browser(self._desk, self._data, BLANK)

    def _sign_in(self, browser: Browser) -> float:
        browser.drop_cookie(SESSION_COOKIE, self._start)
        browser.go(self._start)
        browser.at("/sign-in")
        fill(browser, OFFICE, PASSWORD)
        return self._click(middle(browser, "form button"))

    def _follow_link(self, browser: Browser) -> float:
        browser.go(BLANK)
        browser.tell(f"document.body.innerHTML = '<h1><a href=\"{self._start}\">Xchart</a></h1>'")
        return self._click(middle(browser, "a"))

    def _click(self, where: Point) -> float:
        time.sleep(REST_SECONDS)
        self._glass.calm()
        at = self._hands.click(where)
        taken = (self._glass.shows(self._page) - at) * 1000
        time.sleep(REST_SECONDS)
        return taken

    def _gone(self) -> None:
        self._glass.until(self._glass.empty, "an empty glass")


def middle(browser: Browser, selector: str) -> Point:
    """Of the first thing of that selector, on the screen: the browser fills all of it."""
    x, y = browser.tell(
        f"(() => {{ const r = document.querySelector('{selector}').getBoundingClientRect();"
        " return [r.x + r.width / 2, r.y + r.height / 2]; })()"
    )
    return round(x), round(y)
