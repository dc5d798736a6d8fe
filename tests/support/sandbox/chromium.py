"""Somebody at Debian's Chromium, before a running server.

Playwright drives it; its wheel brings no browser, so it is pointed at the one that
installer/prepare.sh puts there. Nothing here waits for a time: it waits for a page.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    Response,
    sync_playwright,
)

from tests.support.sandbox.fit_pages import cut_off, ill_named
from tests.support.sandbox.running import Xchart

FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # What a page asks for elsewhere is a fault, and must not leave this computer for that.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
SMALL = (1280, 800)
LARGE = (1920, 1080)
NOT_LOADED = "Failed to load resource"


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium with data of its own; gone with all its processes afterwards."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            # Chromium's own sandbox refuses root. Only here, in the tests, it is left out then.
            chromium_sandbox=os.geteuid() != 0,
            args=FLAGS,
        )
        with browser:
            yield browser


# Playwright notes on an object which of its methods it calls: no slots.
@dataclass(eq=False)
class Somebody:
    """What they do, what they read, and what went wrong in their browser meanwhile."""

    xchart: Xchart
    context: BrowserContext
    page: Page
    faults: list[str] = field(default_factory=list)
    refusals: list[int] = field(default_factory=list)
    _refused_at: set[str] = field(default_factory=set)

    @classmethod
    def at(
        cls, browser: Browser, xchart: Xchart, cookies: str = "", size: tuple[int, int] = SMALL
    ) -> Self:
        """A browser of their own, signed in by the cookies that a plain sign-in gave."""
        width, height = size
        context = browser.new_context(
            base_url=xchart.address, viewport={"width": width, "height": height}
        )
        for each in filter(None, cookies.split("; ")):
            name, _, value = each.partition("=")
            context.add_cookies([{"name": name, "value": value, "url": xchart.address}])
        somebody = cls(xchart, context, context.new_page())
        context.on("request", somebody._asked)
        context.on("response", somebody._answered)
        context.on("console", somebody._complained)
        context.on("weberror", lambda error: somebody.faults.append(str(error.error)))
        return somebody

    def opens(self, address: str) -> Self:
        """Go to an address."""
        self.page.goto(address)
        return self.looks()

    def presses(self, name: str, within: Locator | None = None) -> Self:
        """Press the one button of that name, and wait for the page that comes."""
        place = within or self.page.locator("body")
        return self._goes_on(place.get_by_role("button", name=name, exact=True))

    def follows(self, name: str) -> Self:
        """Follow the one link of that name."""
        return self._goes_on(self.page.get_by_role("link", name=name, exact=True))

    def unfolds(self, name: str) -> Self:
        """Open what is folded away under that name."""
        self.page.locator(f'summary[aria-label="{name}"]').click()
        return self.looks()

    def types(self, label: str, text: str) -> Self:
        """Type into the one field of that name."""
        field = self.page.get_by_label(label, exact=True)
        field.fill("")
        field.press_sequentially(text)
        return self

    def clicks_into(self, label: str) -> Self:
        """Give the focus to a field."""
        self.page.get_by_label(label, exact=True).click()
        return self

    def fills(self, label: str, value: str) -> Self:
        """What a picker puts in: a date."""
        self.page.get_by_label(label, exact=True).fill(value)
        return self

    def ticks(self, label: str, *, on: bool = True, within: Locator | None = None) -> Self:
        """Tick a box, or clear it."""
        place = within or self.page.locator("body")
        place.get_by_label(label, exact=True).set_checked(on)
        return self

    def enters(self) -> Self:
        """The key Enter, where the last letter went."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        return self.looks()

    def reader_types(self, number: str) -> Self:
        """A keyboard-wedge reader: the number into what has the focus, and Enter."""
        self.page.keyboard.type(number)
        return self.enters()

    def downloads(self, name: str) -> Path:
        """The file that comes when the button of that name is pressed."""
        with self.page.expect_download() as coming:
            self.page.get_by_role("button", name=name, exact=True).click()
        return coming.value.path()

    @property
    def reads(self) -> str:
        """What stands on the page, as one line."""
        return " ".join(self.page.locator("body").inner_text().split())

    @property
    def path(self) -> str:
        """Where they are."""
        return self.page.url.removeprefix(self.xchart.address)

    def row(self, words: str, table: str = "main") -> str:
        """What the one row with these words says."""
        return " ".join(self.row_of(words, table).inner_text().split())

    def row_of(self, words: str, table: str = "main") -> Locator:
        """The same, to do something in it."""
        return self.page.locator(table).locator("tr, ul.list > li").filter(has_text=words)

    def sees_button(self, name: str) -> bool:
        """Whether there is such a button."""
        return self.page.get_by_role("button", name=name, exact=True).count() > 0

    def is_refused(self, status: int) -> Self:
        """The last page was a no, and nothing before it was."""
        assert self.refusals == [status]
        self.refusals.clear()
        return self

    @property
    def amiss(self) -> list[str]:
        """What went wrong, and every no that nobody expected."""
        return [*self.faults, *(f"refused: {each}" for each in self.refusals)]

    def looks(self) -> Self:
        """At a page that came: it fits, and every control has a name."""
        wrong = cut_off(self.page) + ill_named(self.page)
        assert not wrong, f"{self.path}: {wrong}"
        return self

    def _goes_on(self, control: Locator) -> Self:
        with self.page.expect_navigation():
            control.click()
        return self.looks()

    def _asked(self, request: Request) -> None:
        if not request.url.startswith(f"{self.xchart.address}/"):
            self.faults.append(f"asked for {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self.refusals.append(response.status)
            self._refused_at.add(response.url)

    def _complained(self, message: ConsoleMessage) -> None:
        # Chromium notes a page that is a no as what could not be loaded; ``is_refused`` counts it.
        refused = message.location["url"] in self._refused_at
        if not (refused and message.text.startswith(NOT_LOADED)):
            self.faults.append(f"{message.type}: {message.text}")
