"""What an origin keeps in a page comes back as it was, in another profile: on the real engine.

Needs a screen: the web engine draws on one, or X11 keeps who owns what.
"""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.session.model.carried import Storage, Taken
from kiosk.ui.xchart import storages
from kiosk.ui.xchart.storages import LIMIT, put_back, take_storage
from tests.support.depth import drawn
from tests.support.remembering_site import New, Remembered, Remembering, new, site
from tests.support.stored_values import DESCRIBE, VALUES

__all__ = ["new", "site"]

SIMPLE = "d => d.createObjectStore('s')"


def arrive(profile: Remembered) -> Remembered:
    """At the site, with what the tests' scripts need."""
    profile.open(profile.site.origin + "/")
    profile.page.runJavaScript(DESCRIBE)
    return profile


def taken(profile: Remembered) -> Taken:
    answers: list[Taken | None] = []
    take_storage(profile.page, answers.append)
    profile.bot.waitUntil(lambda: bool(answers), timeout=20_000)
    assert answers[0] is not None
    return answers[0]


def put(profile: Remembered, storage: Storage, *, session: bool = False) -> bool:
    answers: list[bool] = []
    put_back(profile.page, profile.fence, storage, answers.append, session=session)
    profile.bot.waitUntil(lambda: bool(answers), timeout=20_000)
    return answers[0]


def carried_to(before: Remembered, after: Remembered) -> Taken:
    """Take it from the one and put it into the other, which then arrives."""
    snapshot = taken(before)
    assert snapshot.storage is not None
    assert put(after, snapshot.storage)
    arrive(after)
    return snapshot


def told(snapshot: Taken) -> Any:
    """What stands in it."""
    assert snapshot.storage is not None
    return json.loads(snapshot.storage.text)


def test_it_is_there_before_the_first_script_under_a_strict_policy(
    new: New, site: Remembering
) -> None:
    """The page's own first line sees it, and the page is asked for once."""
    before, after = arrive(new()), new()
    before.run("localStorage.setItem('device', 'é\\ud800\\0'), sessionStorage.setItem('tab', '2')")
    snapshot = taken(before)
    assert snapshot.storage is not None
    assert snapshot.origin == snapshot.storage.origin == site.origin
    asked = len(site.asked)
    assert put(after, snapshot.storage, session=True)
    assert len(site.asked) == asked
    arrive(after)
    assert after.run("window.first") == before.run(
        "JSON.stringify({local: {...localStorage}, session: {...sessionStorage}})"
    )
    assert json.loads(after.run("window.first"))["session"] == {"tab": "2"}


def test_what_one_page_alone_has_is_not_given_to_another(new: New) -> None:
    before, after = arrive(new()), new()
    before.run("localStorage.setItem('device', '1'), sessionStorage.setItem('patient', '2')")
    carried_to(before, after)
    assert json.loads(after.run("window.first")) == {"local": {"device": "1"}, "session": {}}


def test_every_kind_of_value_comes_back_as_it_was(new: New) -> None:
    before, after = arrive(new()), new()
    before.run(f"window.db = await openedDatabase('values', 7, {SIMPLE}), 1")
    for name, value in VALUES.items():
        before.run(
            f"window.value = {value}, await asked(db.transaction('s', 'readwrite')"
            f".objectStore('s').put(value, {json.dumps(name)})), 1"
        )
    snapshot = carried_to(before, after)
    assert (snapshot.bound_keys, snapshot.strange) == (0, 0)
    after.run("window.db = await openedDatabase('values'), 1")
    assert after.run("db.version") == 7
    for name in VALUES:
        look = f"await describe(await asked(db.transaction('s').objectStore('s').get('{name}')))"
        assert after.run(look) == before.run(look), name
        assert before.run(look) != "undefinedundefined"


SCHEMA = """(d, t) => {
    d.createObjectStore('plain');
    const parts = d.createObjectStore('parts', {keyPath: ['a', 'b.c']});
    parts.createIndex('both', ['b.c', 'a'], {unique: true});
    const counted = d.createObjectStore('counted', {keyPath: 'in.id', autoIncrement: true});
    counted.createIndex('tags', 'tags', {multiEntry: true});
    counted.createIndex('mail', 'mail', {unique: true});
    d.createObjectStore('loose', {autoIncrement: true});
    d.createObjectStore('unused', {autoIncrement: true});
}"""
FILL = """
    for (const key of [-Infinity, 1.5, new Date(5), 'k', new Uint8Array([1, 2]).buffer, [1, ['x']]])
        put('plain', {key}, key);
    put('parts', {a: 1, b: {c: 'x'}});
    for (const mail of ['a@x', 'b@x', 'c@x', 'd@x']) put('counted', {mail, tags: ['t', mail]});
    db.transaction('counted', 'readwrite').objectStore('counted').delete([4][0]);
    for (const n of [1, 2, 3]) put('loose', n);
    db.transaction('loose', 'readwrite').objectStore('loose').clear();
"""
SHAPE = """await (async () => {
    const shape = [db.name, db.version];
    for (const name of db.objectStoreNames) {
        const store = db.transaction(name).objectStore(name);
        shape.push(name, store.keyPath, store.autoIncrement);
        for (const each of store.indexNames) {
            const {keyPath, unique, multiEntry} = store.index(each);
            shape.push(each, keyPath, unique, multiEntry);
        }
        shape.push(await describe(await asked(store.getAllKeys())));
        shape.push(await describe(await asked(store.getAll())));
    }
    return shape;
})()"""
PUT = "window.put = (name, ...given) =>"
PUT += " asked(db.transaction(name, 'readwrite').objectStore(name).add(...given))"


def test_a_database_comes_back_with_its_stores_indexes_and_counters(new: New) -> None:
    before, after = arrive(new()), new()
    before.run(f"window.db = await openedDatabase('shape', 3, {SCHEMA}), {PUT}, 1")
    before.run(f"await (async () => {{ {FILL} }})()")
    before.run("await asked(db.transaction('loose').objectStore('loose').count())")
    carried_to(before, after)
    after.run(f"window.db = await openedDatabase('shape'), {PUT}, 1")
    assert after.run(SHAPE) == before.run(SHAPE)
    for name, value in (("counted", "{mail: 'e@x'}"), ("loose", "9"), ("unused", "9")):
        number = before.run(f"await put('{name}', {value})")
        assert after.run(f"await put('{name}', {value})") == number
    assert before.run("await put('unused', 1)") == 2
    twice = "await put('counted', {mail: 'a@x'}).catch(error => error.name)"
    assert after.run(twice) == "ConstraintError"
    found = "(await asked(db.transaction('counted').objectStore('counted').index('tags')"
    found += ".getAll('b@x'))).map(each => each.mail)"
    assert after.run(found) == ["b@x"]


def test_taking_leaves_the_database_as_it_was(new: New) -> None:
    """Also its counters, which are asked for the next number."""
    profile = arrive(new())
    profile.run(f"window.db = await openedDatabase('shape', 3, {SCHEMA}), {PUT}, 1")
    before = profile.run(SHAPE)
    first, second = taken(profile), taken(profile)
    assert profile.run(SHAPE) == before
    assert first == second
    assert profile.run("await put('loose', 1)") == 1


def test_the_page_may_upgrade_its_database_afterwards(new: New) -> None:
    """What reads it lets go of it."""
    profile = arrive(new())
    profile.run(f"window.db = await openedDatabase('d', 1, {SIMPLE}), db.close(), 1")
    taken(profile)
    upgrade = "d => d.createObjectStore('z')"
    profile.run(f"window.db = await openedDatabase('d', 2, {upgrade}), 1")
    assert profile.run("db.version") == 2


def test_a_database_that_is_deleted_meanwhile_is_not_made_anew(new: New) -> None:
    """To look at one that is not there would be to make it."""
    profile = arrive(new())
    profile.page.runJavaScript("indexedDB.databases = async () => [{name: 'gone'}]", storages.WORLD)
    assert told(taken(profile))["databases"] == []
    assert profile.run("await indexedDB.databases()") == []


def test_a_key_that_cannot_leave_is_counted_and_its_record_left_out(new: New) -> None:
    before, after = arrive(new()), new()
    make = "await crypto.subtle.generateKey({name: 'ECDSA', namedCurve: 'P-256'}, false, ['sign'])"
    before.run(
        f"window.db = await openedDatabase('d', 1, {SIMPLE}), window.key = {make}, {PUT},"
        "await put('s', {device: key}, 'bound'), await put('s', key.publicKey, 'public'),"
        "await put('s', 'x', 'text'), 1"
    )
    snapshot = carried_to(before, after)
    assert (snapshot.bound_keys, snapshot.strange) == (1, 0)
    after.run("window.db = await openedDatabase('d'), 1")
    keys = "await asked(db.transaction('s').objectStore('s').getAllKeys())"
    assert after.run(keys) == ["public", "text"]


def test_what_there_is_no_word_for_is_counted_too(new: New) -> None:
    before, after = arrive(new()), new()
    before.run(
        f"window.db = await openedDatabase('d', 1, {SIMPLE}), {PUT},"
        "await put('s', {at: new DOMPoint(1, 2)}, 'strange'), await put('s', 'x', 'text'), 1"
    )
    snapshot = carried_to(before, after)
    assert (snapshot.bound_keys, snapshot.strange) == (0, 1)
    after.run("window.db = await openedDatabase('d'), 1")
    assert after.run("await asked(db.transaction('s').objectStore('s').getAllKeys())") == ["text"]


@pytest.mark.parametrize(
    ("value", "large"),
    [
        (f"new Blob([new Uint8Array({LIMIT * 3 // 4 - 1000})])", False),
        (f"new Blob([new Uint8Array({LIMIT * 3 // 4 + 1000})])", True),
        (f"'x'.repeat({LIMIT + 1})", True),
    ],
)
def test_more_than_the_limit_is_not_taken_and_said(new: New, value: str, large: bool) -> None:
    profile = arrive(new())
    profile.run(
        f"window.db = await openedDatabase('d', 1, {SIMPLE}), {PUT}, await put('s', {value}, 1), 1"
    )
    snapshot = taken(profile)
    assert (snapshot.storage is None) is large
    assert snapshot.storage is None or len(snapshot.storage.text) <= LIMIT


def test_a_large_store_is_read_in_parts_and_whole(new: New) -> None:
    before, after = arrive(new()), new()
    before.run(
        f"window.db = await openedDatabase('d', 1, {SIMPLE}), {PUT},"
        "await Promise.all(Array.from({length: 1234}, (_, n) => put('s', 'v' + n, n))), 1"
    )
    (store,) = told(carried_to(before, after))["databases"][0]["stores"]
    assert len(store["records"]) == 1234
    after.run("window.db = await openedDatabase('d'), 1")
    look = "await describe(await asked(db.transaction('s').objectStore('s').getAll()))"
    assert after.run(look) == before.run(look)
    assert after.run("await asked(db.transaction('s').objectStore('s').count())") == 1234


def test_the_page_sees_and_changes_nothing_of_the_script(new: New) -> None:
    """Its own built-ins are another world's."""
    profile = arrive(new())
    profile.run("localStorage.setItem('a', '1')")
    profile.run(
        "window.seen = [], JSON.parse = () => seen.push('json'),"
        "indexedDB.databases = () => seen.push('databases'), 1"
    )
    snapshot = taken(profile)
    assert told(snapshot)["local"] == [["a", "1"]]
    profile.page.runJavaScript("document.title = String(seen.length) + typeof kioskStorage")
    profile.bot.waitUntil(lambda: profile.page.title() == "0undefined", timeout=10_000)


def test_a_page_that_hangs_gives_none(new: New, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storages, "PATIENCE_MS", 300)
    profile = arrive(new())
    profile.page.runJavaScript("setTimeout(() => { for (;;) {} })")
    answers: list[Taken | None] = []
    take_storage(profile.page, answers.append)
    profile.bot.waitUntil(lambda: bool(answers), timeout=10_000)
    assert answers == [None]


def test_a_page_that_goes_meanwhile_is_waited_for_no_longer(new: New) -> None:
    """It is discarded with the call in it; nothing is told to anybody by then."""
    profile = arrive(new())
    answers: list[Taken | None] = []
    take_storage(profile.page, answers.append)
    profile.close()
    assert answers == []


def test_a_page_that_is_left_before_its_text_is_fetched_gives_none() -> None:
    """An empty text would take the place of what is remembered."""
    answer: storages.Answer = {"origin": "https://a.example", "boundKeys": 0, "strange": 0}
    assert storages._taken({**answer, "tooLarge": False}, "") is None
    assert storages._taken({**answer, "tooLarge": True}, "") == Taken("https://a.example", None)
    assert storages._taken({"failed": True}, "") is None


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"version": 2}', '{"version": 1}', "x"])
def test_a_text_that_is_none_is_not_put_back(new: New, site: Remembering, text: str) -> None:
    """And whoever waits hears of it: the site is opened without."""
    profile = new()
    assert put(profile, Storage(site.origin, text)) is False
    arrive(profile)


numbers = st.one_of(
    st.floats().map(lambda each: json.dumps(each)),
    st.integers(-(2**70), 2**70).map(lambda each: f"{each}n"),
    st.sampled_from(["-0", "undefined", "null", "true"]),
)
leaves = st.one_of(
    numbers,
    st.text(max_size=6).map(json.dumps),
    st.integers(-(10**12), 10**12).map(lambda each: f"new Date({each})"),
    st.binary(max_size=9).map(lambda each: f"new Uint8Array({list(each)})"),
    st.binary(max_size=9).map(lambda each: f"new Blob([new Uint8Array({list(each)})])"),
)
names = st.text(max_size=4).map(lambda each: f"[{json.dumps(each)}]")


def nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Lists, maps, sets and objects of those; and each of them twice in the same value."""
    several = st.lists(inner, max_size=3)
    return st.one_of(
        several.map(lambda each: f"[{', '.join(each)}]"),
        several.map(lambda each: f"new Set([{', '.join(each)}])"),
        st.lists(st.tuples(inner, inner), max_size=3).map(
            lambda each: f"new Map([{', '.join(f'[{key}, {value}]' for key, value in each)}])"
        ),
        st.lists(st.tuples(names, inner), max_size=3).map(
            lambda each: f"({{{', '.join(f'{key}: {value}' for key, value in each)}}})"
        ),
        inner.map(lambda each: f"(same => [same, {{same}}])({each})"),
    )


@pytest.fixture
def echoing(new: New) -> Callable[[list[str]], tuple[list[str], list[str]]]:
    """What values look like before they were taken, and after they were put back, in one page."""
    profile = arrive(new())

    def echo(values: list[str]) -> tuple[list[str], list[str]]:
        look = "await (async () => { const all = []; for (const each of await asked("
        look += "db.transaction('s').objectStore('s').getAll())) all.push(await describe(each));"
        look += " return all; })()"
        profile.run(f"window.db = await openedDatabase('echo', 1, {SIMPLE}), {PUT}, 1")
        for number, value in enumerate(values):
            profile.run(f"await put('s', {value}, {number})")
        before = profile.run(look)
        text = json.dumps(told(taken(profile)))
        profile.run("db.close(), await asked(indexedDB.deleteDatabase('echo')), 1")
        answers: list[storages.Answer] = []
        call = f"'put', {json.dumps(text)}, false"
        storages._Asked(profile.page, call, lambda answer, _: answers.append(answer))
        profile.bot.waitUntil(lambda: bool(answers), timeout=10_000)
        assert answers == [{"put": True}]
        profile.run("window.db = await openedDatabase('echo'), 1")
        after = profile.run(look)
        profile.run("db.close(), await asked(indexedDB.deleteDatabase('echo')), 1")
        return before, after

    return echo


@given(values=st.lists(st.recursive(leaves, nested, max_leaves=8), min_size=1, max_size=12))
@settings(
    max_examples=drawn(12, 200),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_whatever_is_stored_comes_back(
    echoing: Callable[[list[str]], tuple[list[str], list[str]]], values: list[str]
) -> None:
    before, after = echoing(values)
    assert len(before) == len(values)
    assert after == before
