"""Snapshots of a page: by the clock, when they are wanted, and only what changed: a real engine.

Needs a screen: the web engine draws on one, or X11 keeps who owns what.
"""

import json
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QUrl
from pytestqt.qtbot import QtBot

from kiosk.session.model.carried import Taken
from kiosk.ui.xchart.snapshots import Snapshots
from tests.support.remembering_site import Remembered, remembering


@pytest.fixture
def profile(qtbot: QtBot) -> Iterator[Remembered]:
    with remembering() as site:
        made = Remembered(qtbot, site)
        made.open(site.origin + "/")
        yield made
        made.close()


@pytest.fixture
def kept() -> list[Taken]:
    return []


@pytest.fixture
def snapshots(profile: Remembered, kept: list[Taken]) -> Snapshots:
    return Snapshots(profile.page, (QUrl(profile.site.origin + "/start"),), kept.append)


def take(profile: Remembered, snapshots: Snapshots) -> None:
    """One, to its end."""
    ended: list[bool] = []
    snapshots.take_now(lambda: ended.append(True))
    profile.bot.waitUntil(lambda: bool(ended), timeout=10_000)


def local(taken: Taken) -> object:
    assert taken.storage is not None
    return json.loads(taken.storage.text)["local"]


def test_only_what_changed_is_kept(
    profile: Remembered, snapshots: Snapshots, kept: list[Taken]
) -> None:
    take(profile, snapshots)
    take(profile, snapshots)
    profile.run("localStorage.setItem('a', '1')")
    take(profile, snapshots)
    take(profile, snapshots)
    assert [local(each) for each in kept] == [[], [["a", "1"]]]
    assert kept[0].origin == profile.site.origin


def test_while_somebody_is_in_the_clock_takes_them(
    profile: Remembered, snapshots: Snapshots, kept: list[Taken]
) -> None:
    """One at once; later ones without being asked, until it is stopped."""
    snapshots._taking.setInterval(1)
    snapshots.start()
    profile.bot.waitUntil(lambda: len(kept) == 1, timeout=10_000)
    for number in range(3):
        profile.run(f"localStorage.setItem('a', '{number}')")
        profile.bot.waitUntil(lambda: local(kept[-1]) == [["a", str(number)]], timeout=10_000)  # noqa: B023
    assert snapshots._taking.isActive()
    snapshots.stop()
    assert not snapshots._taking.isActive()


def test_the_clock_asks_no_second_time_while_the_page_answers(
    profile: Remembered, snapshots: Snapshots
) -> None:
    snapshots.take_now()
    asked = snapshots._asked
    snapshots._taking.timeout.emit()
    assert snapshots._asked == asked
    take(profile, snapshots)
    snapshots._taking.timeout.emit()
    assert snapshots._asked == asked + 2


def test_the_newer_of_two_is_kept_whichever_comes_first(
    profile: Remembered, snapshots: Snapshots, kept: list[Taken]
) -> None:
    take(profile, snapshots)
    (older,) = kept
    profile.run("localStorage.setItem('a', '1')")
    take(profile, snapshots)
    heard: list[str] = []
    snapshots._hear(1, lambda: heard.append("older"), older)
    assert heard == ["older"]
    assert [local(each) for each in kept] == [[], [["a", "1"]]]


@pytest.mark.parametrize("elsewhere", ["about:blank", "http://127.0.0.1:9/"])
def test_what_stands_in_the_page_else_is_not_kept(
    profile: Remembered, snapshots: Snapshots, kept: list[Taken], elsewhere: str
) -> None:
    """An empty document would take the place of what the site remembers."""
    snapshots._origins = frozenset()
    take(profile, snapshots)
    assert kept == []
    other = Snapshots(profile.page, (QUrl(elsewhere),), kept.append)
    take(profile, other)
    assert kept == []


def test_what_is_too_large_is_told_once(profile: Remembered, kept: list[Taken]) -> None:
    snapshots = Snapshots(profile.page, (QUrl(profile.site.origin),), kept.append)
    profile.run(
        "await new Promise(done => { const open = indexedDB.open('d', 1);"
        "open.onupgradeneeded = () => open.result.createObjectStore('s')"
        ".put(new Blob([new Uint8Array(9e6)]), 1);"
        "open.onsuccess = () => done(open.result.close()) })"
    )
    take(profile, snapshots)
    take(profile, snapshots)
    assert [each.storage for each in kept] == [None]
