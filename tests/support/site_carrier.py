"""The carrier of a site's pages over the real site and engine, without a kiosk around it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kiosk.session.model.carried import Carried, Cookie, CookieName, Taken
from kiosk.session.model.site import PageState, Part, Press, Seen, Whose
from kiosk.ui.xchart.site import Site
from kiosk.ui.xchart.site_account import Keeper
from kiosk.ui.xchart.site_script import SitePlace
from sandbox.web.people import OFFICE
from tests.support.sandbox.client import DEMO_WORD
from tests.support.sandbox.web_site import WebSite, run_site

T = TypeVar("T")
MARIA, JO = Whose("web-1", "Maria L."), Whose("web-1", "Jo")
PATIENCE_MS = 15_000


@dataclass
class Kept:
    """What the carrier wants kept."""

    cookies: dict[CookieName, Cookie] = field(default_factory=dict)
    storages: dict[str, Taken] = field(default_factory=dict)

    def keeper(self) -> Keeper:
        return Keeper(
            lambda: datetime.now(UTC),
            lambda _account, cookie: self.cookies.__setitem__(cookie.called, cookie),
            lambda _account, called: self._forget(called),
            lambda _account, taken: self.storages.__setitem__(taken.origin, taken),
            lambda _account: self._forget_all(),
        )

    def _forget(self, called: CookieName) -> None:
        self.cookies.pop(called, None)

    def _forget_all(self) -> None:
        self.cookies.clear()
        self.storages.clear()

    def carried(self) -> Carried:
        storages = (each.storage for each in self.storages.values())
        return Carried(
            tuple(self.cookies.values()), tuple(each for each in storages if each is not None)
        )


@dataclass
class Carrying:
    """A carrier, asked as the lane asks it: each call waits for its answer."""

    bot: QtBot
    served: WebSite
    kept: Kept
    glass: QWidget
    site: Site

    def look(self, whose: Whose) -> Seen:
        told: list[Seen] = []
        self.site.look(whose, told.append)
        return self._first(told)

    def find(self, whose: Whose, carried: Carried | None = None) -> Seen:
        told: list[Seen] = []
        self.site.find(whose, carried or Carried(), told.append)
        return self._first(told)

    def fill(self, whose: Whose, seen: Seen, typed: Mapping[Part, str]) -> Press:
        told: list[Press] = []
        self.site.fill(whose, seen, typed, told.append)
        return self._first(told)

    def follow(self, whose: Whose, seen: Seen) -> Seen:
        told: list[Seen] = []
        self.site.follow(whose, seen, told.append)
        return self._first(told)

    def sign_out(self, account_id: str) -> bool:
        told: list[bool] = []
        self.site.sign_out(account_id, Carried(), told.append)
        return self._first(told)

    def open_apart(self, account_id: str) -> Seen:
        """The site's start, in a profile of its own."""
        told: list[Seen] = []
        self.site.open_apart(account_id, told.append)
        return self._first(told)

    def end_apart(self, account_id: str, *, adopt: bool) -> bool:
        """It is theirs, or it goes."""
        told: list[bool] = []
        self.site.end_apart(account_id, adopt, told.append)
        return self._first(told)

    def rehearse(self, account_id: str, carried: Carried) -> Seen:
        """What a restart would bring, with that and no more."""
        settled: list[bool] = []
        self.site.settle(account_id, settled.append)
        self._first(settled)
        told: list[Seen] = []
        self.site.rehearse(account_id, carried, told.append)
        return self._first(told)

    def by_hand(self, whose: Whose, email: str) -> None:
        """As a person does it on the page on show, until the carrier has seen that they are in."""
        texts = len(self.served.site.texts)
        self._submit(whose, email=email, password=DEMO_WORD)
        self.bot.waitUntil(lambda: len(self.served.site.texts) > texts, timeout=PATIENCE_MS)
        self._wait(whose, "document.querySelector('[name=code]') !== null")
        self._submit(whose, code=self.served.code())
        self.bot.waitUntil(lambda: self.site.last(whose).state is PageState.IN, timeout=PATIENCE_MS)

    def _submit(self, whose: Whose, **fields: str) -> None:
        for name, words in fields.items():
            self._run(whose, f"document.querySelector('[name={name}]').value = '{words}'")
        self._run(whose, "document.querySelector('[name=remember]')?.click()")
        self._run(whose, "document.querySelector('form').requestSubmit()")

    def _wait(self, whose: Whose, script: str) -> None:
        self.bot.waitUntil(lambda: self._run(whose, script) is True, timeout=PATIENCE_MS)

    def _run(self, whose: Whose, script: str) -> object:
        view, told = self.site.view(whose), list[object]()
        assert view is not None
        view.site_page.page.runJavaScript(script, 0, told.append)
        self.bot.waitUntil(lambda: bool(told), timeout=PATIENCE_MS)
        return told[0]

    def _first(self, told: list[T]) -> T:
        self.bot.waitUntil(lambda: bool(told), timeout=PATIENCE_MS)
        return told[0]

    def enter(self, whose: Whose) -> None:
        """With everything that the site asks for."""
        seen = self.find(whose)
        assert seen.state is PageState.ASKS_PASSWORD
        both = {Part.EMAIL: OFFICE, Part.PASSWORD: DEMO_WORD}
        assert self.fill(whose, seen, both) is Press.PRESSED
        seen = self.follow(whose, seen)
        assert seen.state is PageState.ASKS_CODE
        assert self.fill(whose, seen, {Part.CODE: self.served.code()}) is Press.PRESSED
        assert self.follow(whose, seen).state is PageState.IN


def carrying(bot: QtBot, served: WebSite, kept: Kept | None = None) -> Carrying:
    """A new one: with what was kept before, it is the next start."""
    glass = QWidget()
    glass.resize(1000, 700)
    glass.show()
    kept = kept or Kept()
    place = SitePlace(start=f"{served.address}/sign-in", sign_in=served.address)
    return Carrying(bot, served, kept, glass, Site(glass, place, "", 1.0, kept.keeper()))


def put_away(carried: Carrying) -> None:
    """Its pages, then its profile, then its window."""
    carried.site.discard()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    carried.glass.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def served() -> Iterator[WebSite]:
    made = run_site()
    yield made
    made.leave()


@pytest.fixture
def pages(qtbot: QtBot, served: WebSite) -> Iterator[Carrying]:
    made = carrying(qtbot, served)
    yield made
    put_away(made)
