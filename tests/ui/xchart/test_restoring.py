"""A site remembers over a restart: all of it is there before its first line. On the real engine.

Needs a screen: the web engine draws on one, or X11 keeps who owns what.
"""

import json

from PySide6.QtCore import QUrl

from kiosk.session.model.carried import Carried, Storage, Taken
from kiosk.session.model.session import Declined
from kiosk.ui.xchart.fence import Origin
from kiosk.ui.xchart.restoring import restore
from kiosk.ui.xchart.storages import take_storage
from tests.support.remembering_site import New, Remembered, Remembering, new, remembering, site

__all__ = ["new", "site"]


def remembered(profile: Remembered) -> Carried:
    """A device that was remembered: a cookie, and a word in each storage."""
    profile.open(profile.site.sets("__Host-device=1; Secure; HttpOnly; Path=/; Max-Age=3600"))
    profile.run("localStorage.setItem('device', '2'), sessionStorage.setItem('patient', '3')")
    profile.run(
        "await new Promise(done => { const open = indexedDB.open('device', 4);"
        "open.onupgradeneeded = () => open.result.createObjectStore('s').put(new Date(5), 'at');"
        "open.onsuccess = () => done(open.result.close()) })"
    )
    profile.settle()
    taken: list[Taken | None] = []
    take_storage(profile.page, taken.append)
    profile.bot.waitUntil(lambda: bool(taken), timeout=10_000)
    assert taken[0] is not None
    assert taken[0].storage is not None
    return Carried(tuple(profile.kept.values()), (taken[0].storage,))


def put(profile: Remembered, carried: Carried, *, session: bool = False) -> bool:
    ended: list[bool] = []
    restore(profile.mirror, profile.page, profile.fence, carried, ended.append, session=session)
    profile.bot.waitUntil(lambda: bool(ended), timeout=10_000)
    return ended[0]


def test_all_of_it_is_there_in_the_first_request_and_before_the_first_script(
    new: New, site: Remembering
) -> None:
    carried = remembered(new())
    site.asked.clear()
    after = new()
    assert put(after, carried)
    assert site.asked == []
    after.open(site.origin + "/start")
    assert site.asked[0] == ("/start", frozenset({"__Host-device=1"}))
    assert json.loads(after.run("window.first")) == {"local": {"device": "2"}, "session": {}}
    at = "await new Promise(done => { const open = indexedDB.open('device'); open.onsuccess = () =>"
    at += " { open.result.transaction('s').objectStore('s').get('at').onsuccess ="
    at += " event => done(event.target.result.getTime() + open.result.version) } })"
    assert after.run(at) == 9


def test_whoever_comes_back_finds_what_their_own_page_had(new: New, site: Remembering) -> None:
    carried = remembered(new())
    after = new()
    assert put(after, carried, session=True)
    after.open(site.origin + "/start")
    assert json.loads(after.run("window.first"))["session"] == {"patient": "3"}


def test_nothing_remembered_is_nothing_to_do(new: New, site: Remembering) -> None:
    profile = new()
    ended: list[bool] = []
    restore(profile.mirror, profile.page, profile.fence, Carried(), ended.append)
    assert ended == [True]
    profile.open(site.origin + "/start")
    assert site.asked[0] == ("/start", frozenset())


def test_what_an_origin_had_that_is_the_sites_no_longer_stays_away(
    new: New, site: Remembering
) -> None:
    """A setting changed: no document of that origin is ever made."""
    profile = new()
    ended: list[bool] = []
    elsewhere = Storage("https://elsewhere.example", '{"version": 1, "local": [["a", "1"]]}')
    restore(profile.mirror, profile.page, profile.fence, Carried((), (elsewhere,)), ended.append)
    assert ended == [True]
    assert profile.page.url().isEmpty()


def test_each_of_two_origins_gets_its_own(new: New, site: Remembering) -> None:
    """Where people sign in elsewhere than where they work."""
    with remembering() as other:
        storages = tuple(
            Storage(
                each.origin,
                json.dumps(
                    {
                        "version": 1,
                        "local": [["whose", str(each.port)]],
                        "session": [],
                        "databases": [],
                    }
                ),
            )
            for each in (site, other)
        )
        profile = new()
        profile.mirror.origins = (QUrl(site.origin), QUrl(other.origin))
        assert put(profile, Carried((), storages))
        for each in (site, other):
            origin = Origin(QUrl(each.origin))
            profile.fence.allow(origin)
            profile.page.allow(origin)
            profile.open(each.origin + "/start")
            assert json.loads(profile.run("window.first"))["local"] == {"whose": str(each.port)}


def test_a_storage_that_cannot_be_read_is_said_and_the_cookies_are_there(
    new: New, site: Remembering
) -> None:
    carried = remembered(new())
    after = new()
    assert put(after, Carried(carried.cookies, (Storage(site.origin, "x"),))) is False
    after.open(site.origin + "/start")
    assert site.came_to("/start") == {"__Host-device=1"}


def test_there_is_no_way_back_to_the_empty_document(new: New, site: Remembering) -> None:
    carried = remembered(new())
    after = new()
    declined: list[Declined] = []
    after.page.declined.connect(declined.append)
    assert put(after, carried)
    after.open(site.origin + "/start")
    after.bot.waitUntil(lambda: after.page.history().count() == 1, timeout=10_000)
    after.run("(history.back(), await new Promise(done => setTimeout(done)), 1)")
    assert after.page.url().path() == "/start"
    assert declined == []
