"""What a page does by itself, told apart from what clocks do; what it was is told to nobody.

Needs a screen: the web engine draws on one, or X11 keeps who owns what.
"""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QUrl
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile
from PySide6.QtWebEngineWidgets import QWebEngineView
from pytestqt.qtbot import QtBot

from kiosk.session.model.site import written
from kiosk.ui.xchart import alive
from kiosk.ui.xchart.alive import ASK_EVERY_MS, SignsOfLife
from kiosk.ui.xchart.own_world import WORLD, Told
from tests.support.either_carrier import RECORD, OnShow, address, managed, on_show, open_at_site
from tests.support.scenes import SCENES
from tests.support.site_carrier import JO
from tests.support.ticking_site import for_that_long

__all__ = ["address", "managed", "on_show"]

PATIENT = "Zoe Canary"
HOUR, MINUTE = 3600, 60
STEP = ASK_EVERY_MS // 1000
VITALS_EVERY = 5 * MINUTE
Script = Callable[[int], str]
"""What the page's own script does at that second."""


@dataclass
class Watched:
    """A page whose hours pass as fast as it answers."""

    bot: QtBot
    page: QWebEnginePage
    life: SignsOfLife
    second: int = 0
    asked: deque[int] = field(default_factory=deque)
    signs: list[int] = field(default_factory=list)

    def run(self, script: str, world: int = 0) -> object:
        """The value of a script."""
        told: list[object] = []
        self.page.runJavaScript(script, world, told.append)
        self.bot.waitUntil(lambda: bool(told), timeout=20_000)
        return told[0]

    def ask(self) -> None:
        """Whether it is alive, as of this second."""
        self.asked.append(self.second)
        self.life.ask()

    def pass_by(self, seconds: int, script: Script = lambda _: "", every: int = STEP) -> list[int]:
        """The seconds at which it gave a sign, asked every so often."""
        self.signs.clear()
        for _ in range(seconds // every):
            self.second += every
            if told := script(self.second):
                self.page.runJavaScript(told)
            self.ask()
            if self.second % VITALS_EVERY == 0:
                self.run("1", WORLD)  # It is not to fall behind by more than that.
        self.run("1", WORLD)
        return list(self.signs)


Make = Callable[..., Watched]


def hear_by_second(monkeypatch: pytest.MonkeyPatch, watched: Watched) -> None:
    """Answers come in the order of the questions, and a while after them."""
    hear, second = watched.life._hear, [0]

    def heard(answer: Told) -> None:
        second[0] = watched.asked.popleft()
        hear(answer)

    monkeypatch.setattr(watched.life, "_hear", heard)
    watched.life.alive.connect(lambda: watched.signs.append(second[0]))


@pytest.fixture
def make(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """A page with that in it, of which that is the record; asked when the test asks it."""
    monkeypatch.setattr(alive, "ASK_EVERY_MS", HOUR * 1000)
    profile, made = QWebEngineProfile(), list[tuple[QWebEngineView, QWebEnginePage]]()

    def open_page(body: str, record: str = "") -> Watched:
        view = QWebEngineView()
        page = QWebEnginePage(profile, view)
        made.append((view, page))
        life = SignsOfLife(page, record)
        watched = Watched(qtbot, page, life)
        view.resize(800, 600)
        view.setPage(page)
        view.show()
        with qtbot.waitSignal(page.loadFinished, timeout=20_000):
            page.setHtml(f"<!doctype html><title>x</title>{body}", QUrl("http://127.0.0.1/"))
        life.now = lambda: watched.second * 1000
        hear_by_second(monkeypatch, watched)
        watched.asked.append(0)
        life.watch(True)
        return watched

    yield open_page
    for view, page in made:
        page.deleteLater()
        QCoreApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete)
        view.deleteLater()
        QCoreApplication.sendPostedEvents(view, QEvent.Type.DeferredDelete)
    profile.deleteLater()


def at_every(seconds: int, script: Script) -> Script:
    """Whenever so many have passed."""
    return lambda second: script(second // seconds) if second % seconds == 0 else ""


def hhmm(minute: int) -> str:
    return f"{9 + minute // 60}:{minute % 60:02}"


def hhmmss(second: int) -> str:
    return f"{hhmm(second // 60)}:{second % 60:02}"


def put(selector: str, words: str) -> str:
    return f"document.querySelector('{selector}').textContent = '{words}'"


def put_each(selector: str, words: list[str]) -> str:
    """As a framework does it: a part is written only if it has changed."""
    return (
        f"document.querySelectorAll('{selector}').forEach((at, n) => "
        f"{{ if (at.textContent !== {words}[n]) at.textContent = {words}[n] }})"
    )


DIGITS = "<div class=group>" + "<div class=digit><span>0</span></div>" * 2 + "</div>"
CLOCKS: dict[str, tuple[str, Script]] = {
    "minutes": ("<p id=c>9:00</p>", at_every(MINUTE, lambda m: put("#c", hhmm(m)))),
    "seconds": ("<p id=c>9:00:00</p>", lambda second: put("#c", hhmmss(second))),
    "its text": (
        "<p id=c>9:00</p>",
        at_every(MINUTE, lambda m: f"document.querySelector('#c').firstChild.data = '{hhmm(m)}'"),
    ),
    "made anew": (
        "<header><p>9:00</p></header>",
        at_every(
            MINUTE,
            lambda m: (
                "document.querySelector('header').innerHTML = '<p><b></b></p>';"
                + put("header b", hhmm(m))
            ),
        ),
    ),
    "hours apart": (
        "<p><span>9</span>:<span>00</span></p>",
        at_every(MINUTE, lambda m: put_each("span", hhmm(m).split(":"))),
    ),
    "digits apart": (
        f"<div class=clock>{DIGITS}:{DIGITS}</div>",
        at_every(MINUTE, lambda m: put_each("span", list(f"{hhmm(m):0>5}".replace(":", "")))),
    ),
    "hours and seconds apart": (
        "<div><b>09</b><i>:</i><b>00</b><i>:</i><b>00</b> <b>AM</b></div>",
        lambda second: put_each("b", [*f"{hhmmss(second):0>8}".split(":"), "AM"]),
    ),
    "in the title": ("", at_every(MINUTE, lambda m: f"document.title = '{hhmm(m)}'")),
    "in a label": (
        "<p id=c aria-label=9:00>x</p>",
        at_every(MINUTE, lambda m: f"document.querySelector('#c').ariaLabel = '{hhmm(m)}'"),
    ),
    "in a field": (
        "<input id=c>",
        at_every(MINUTE, lambda m: f"document.querySelector('#c').value = '{hhmm(m)}'"),
    ),
    "a spinner": (
        "<p id=c class=a>x</p><svg><path d='M0 0'/></svg>",
        lambda second: (
            f"document.querySelector('#c').className = 'a{second}';"
            f"document.querySelector('path').setAttribute('d', 'M0 {second}')"
        ),
    ),
    "a cursor": (
        "<p id=c>Name<span>|</span></p>",
        lambda second: put("#c span", "|" if second // STEP % 2 else ""),
    ),
    "the same again": (
        "<div id=c></div>",
        lambda _: "document.querySelector('#c').innerHTML = '<p>120/80</p>'",
    ),
}


@pytest.mark.parametrize("clock", CLOCKS)
def test_a_page_with_nothing_but_a_clock_is_not_alive(make: Make, clock: str) -> None:
    """For two hours and a half: the hour changes too, and every digit."""
    body, script = CLOCKS[clock]
    watched = make(body)
    assert watched.pass_by(HOUR * 5 // 2, script) == []


TABLE = "<table><tbody><tr><td>BP</td></tr></tbody></table>"
VITALS: dict[str, tuple[str, Script]] = {
    "a row": (
        TABLE,
        lambda n: f"document.querySelector('tbody').insertRow().innerHTML = '<td>12{n}/80</td>'",
    ),
    "a cell that is filled in": (
        "<table><tr><td>BP</td><td></td></tr></table>",
        lambda n: put("td + td", f"12{n}/80"),
    ),
    "a number of three digits": ("<p><b>HR</b> <i>100</i></p>", lambda n: put("i", str(100 + n))),
    "its text": (
        "<p id=v>120</p>",
        lambda n: f"document.querySelector('#v').firstChild.data = '12{n}/80'",
    ),
    "all of it anew": (
        "<main></main>",
        lambda n: f"document.querySelector('main').innerHTML = '<h1>BP</h1><p>12{n}/80</p>'",
    ),
    "in a field": ("<input id=v>", lambda n: f"document.querySelector('#v').value = '12{n}'"),
    "in a label": (
        "<p id=v aria-valuetext='120'>x</p>",
        lambda n: f"document.querySelector('#v').ariaValueText = '12{n}/80'",
    ),
    "a curve": (
        "<svg width=99 height=99><path id=v d='M0 0'/></svg>",
        lambda n: f"document.querySelector('#v').setAttribute('d', 'M0 {n}')",
    ),
    "in a shadow": (
        (
            "<x-a></x-a><script>const root = document.querySelector('x-a')"
            ".attachShadow({mode: 'open'}); root.innerHTML = '<p>120</p>'</script>"
        ),
        lambda n: f"root.querySelector('p').textContent = '12{n}/80'",
    ),
    "in a shadow that came late": (
        "<section></section>",
        lambda n: (
            "document.querySelector('section').shadowRoot ?? document.querySelector('section')"
            ".attachShadow({mode: 'open'});"
            f"document.querySelector('section').shadowRoot.innerHTML = '<b>12{n}/80</b>'"
        ),
    ),
    "in a frame": (
        "<iframe srcdoc='<p>120</p>'></iframe>",
        lambda n: f"frames[0].document.querySelector('p').textContent = '12{n}/80'",
    ),
}


@pytest.mark.parametrize("clock", ["none", "hours and seconds apart", "made anew"])
@pytest.mark.parametrize("vitals", VITALS)
def test_vitals_every_five_minutes_are_alive_beside_any_clock(
    make: Make, vitals: str, clock: str
) -> None:
    body, taken = VITALS[vitals]
    around, ticks = CLOCKS.get(clock, ("", lambda _: ""))
    watched = make(f"<div>{around}</div><div>{body}</div>")
    vital = at_every(VITALS_EVERY, taken)
    signs = watched.pass_by(HOUR, lambda second: f"{ticks(second)};{vital(second)}")
    assert 10 <= len(signs) <= 12
    assert all(VITALS_EVERY - STEP <= b - a <= VITALS_EVERY + STEP for a, b in pairwise(signs))


def test_what_is_drawn_anew_all_the_time_counts_when_it_says_something_else(make: Make) -> None:
    watched = make("<main></main>")
    signs = watched.pass_by(
        HOUR,
        lambda second: (
            f"document.querySelector('main').innerHTML = '<p>BP 12{second // VITALS_EVERY}</p>'"
        ),
    )
    assert 10 <= len(signs) <= 12


def test_vitals_beside_a_number_that_never_rests_are_alive(make: Make) -> None:
    watched = make("<div><p>HR <b>70</b></p><p>BP <b>120/80</b></p></div>")
    signs = watched.pass_by(
        HOUR,
        lambda second: put_each("b", [str(60 + second % 41), f"12{second // VITALS_EVERY}/80"]),
    )
    assert 10 <= len(signs) <= 12


def test_vitals_that_come_one_after_the_other_are_one_sign(make: Make) -> None:
    """A cuff takes its time: the pressure comes behind the pulse, into the same table."""
    watched = make(TABLE)
    row = "document.querySelector('tbody').insertAdjacentHTML('beforeend', '<tr><td>{}</td></tr>')"
    signs = watched.pass_by(
        HOUR,
        lambda second: row.format(second) if second % VITALS_EVERY in (0, 40, 75) else "",
    )
    assert 10 <= len(signs) <= 12


def test_a_number_that_settles_is_a_sign(make: Make) -> None:
    """Of nothing but digits, and alone: it is no clock because it changed twice."""
    watched = make("<p>98</p>")
    signs = watched.pass_by(
        HOUR,
        lambda second: put("p", str(second)) if second % VITALS_EVERY in (0, 10) else "",
    )
    assert 10 <= len(signs) <= 12


def test_what_counts_for_long_and_ends_is_not_alive(make: Make) -> None:
    watched = make("<p>0</p>")
    signs = watched.pass_by(
        HOUR,
        lambda second: put("p", str(second)) if 10 * MINUTE < second < 20 * MINUTE else "",
    )
    assert signs == []


def test_a_record_that_waits_for_hands_is_not_alive(make: Make) -> None:
    watched = make(
        "<style>@keyframes k { to { opacity: 0 } } p { animation: k 1s infinite }"
        "p::after { content: 'x'; animation: k 2s infinite }</style>"
        "<p>Take the pressure now</p><input autofocus><textarea></textarea>"
        "<p hidden id=h>0</p><input type=hidden><input type=password>"
    )
    assert (
        watched.pass_by(
            HOUR,
            at_every(
                VITALS_EVERY,
                lambda n: (
                    f"document.querySelector('#h').textContent = {n};"
                    f"document.querySelector('[type=hidden]').value = 'token{n}';"
                    f"document.querySelector('[type=password]').value = 'word{n}'"
                ),
            ),
        )
        == []
    )


def test_where_the_record_is_named_only_what_is_in_it_counts_and_at_once(make: Make) -> None:
    watched = make(f"<h1>{PATIENT}</h1><p>x</p><div id=record><b>120</b><input></div>", "#record")
    assert watched.pass_by(HOUR, at_every(VITALS_EVERY, lambda n: put("p", str(n)))) == []
    begun = watched.second
    every_second = watched.pass_by(MINUTE, lambda second: put("b", str(second)))
    assert every_second == list(range(begun + STEP, begun + MINUTE + 1, STEP))
    once = "document.querySelector('input').value = '1'"
    assert watched.pass_by(STEP, lambda _: once) == [watched.second]
    made_anew = (
        put("#record", "130")
        .replace("textContent", "outerHTML")
        .replace("'130'", "'<div id=record><b>130</b></div>'")
    )
    assert watched.pass_by(STEP, lambda _: made_anew) == [watched.second]
    gone = "document.querySelector('#record').remove()"
    assert watched.pass_by(STEP, lambda _: gone) == []


@pytest.mark.parametrize("record", ["#not-there", "]no selector["])
def test_a_record_that_is_not_there_gives_no_sign(make: Make, record: str) -> None:
    watched = make("<p>120</p><input>", record)
    script = at_every(VITALS_EVERY, lambda n: f"{put('p', str(n))};document.body.append('{n}')")
    assert watched.pass_by(HOUR, script) == []


def test_a_clock_that_was_not_asked_after_for_long_is_still_a_clock(make: Make) -> None:
    """The kiosk, or the computer, was busy with something else."""
    body, script = CLOCKS["minutes"]
    watched = make(body)
    for _ in range(4):
        assert watched.pass_by(10 * MINUTE, script) == []
        assert watched.pass_by(20 * MINUTE, script, every=20 * MINUTE) == []


def test_a_page_that_nobody_asks_holds_on_to_nothing(make: Make) -> None:
    """What has changed is forgotten before it is much, and it is watched anew when it is asked."""
    watched = make("<main></main>")
    flood = "document.querySelector('main').append(...Array.from({length: 6000}, (_, n) => {"
    flood += "const at = document.createElement('i'); at.textContent = n; return at}));"
    flood += "document.querySelectorAll('i').forEach(at => { at.textContent += 'x' }); 1"
    assert watched.pass_by(10 * MINUTE) == []
    for _ in range(2):
        watched.run(flood)
    assert watched.pass_by(10 * MINUTE) == []
    vital = at_every(VITALS_EVERY, lambda n: put("main", str(n)))
    assert watched.pass_by(20 * MINUTE, vital)


def test_once_nobody_watches_it_sleeps_until_somebody_does(make: Make) -> None:
    watched = make("<p>120</p>", "p")
    watched.life.watch(False)
    watched.run(put("p", "121"))
    watched.asked.append(watched.second)
    watched.life.watch(True)
    assert watched.pass_by(MINUTE) == []
    assert watched.pass_by(STEP, lambda _: put("p", "122")) == [watched.second]


HOSTILE = f"""<h1>{PATIENT}</h1><form><input name=nodeType><input name=parentNode>
<input name=textContent><input name=localName><input name=isConnected><input name=host>
<input name=matches><p>120</p></form><img name=defaultView><img name=querySelectorAll>
<script>
const seen = [];
const spy = (of, name) => {{
  const was = Object.getOwnPropertyDescriptor(of, name);
  const told = function (...given) {{
    seen.push(name);
    return (was.get || was.value).apply(this, given);
  }};
  Object.defineProperty(of, name, was.get ? {{...was, get: told}} : {{...was, value: told}});
}};
const spied = [
  [Node.prototype, 'nodeType', 'parentNode', 'textContent', 'isConnected'],
  [Element.prototype, 'matches', 'getAttribute', 'shadowRoot', 'checkVisibility'],
  [Document.prototype, 'querySelectorAll', 'defaultView'],
  [MutationObserver.prototype, 'observe', 'takeRecords', 'disconnect'],
  [JSON, 'stringify'],
];
for (const [of, ...names] of spied) for (const name of names) spy(of, name);
const Native = MutationObserver;
window.MutationObserver = class extends Native {{
  constructor(f) {{ seen.push('made'); super(f) }}
}};
const before = Object.getOwnPropertyNames(window).join();
</script>"""


def test_a_hostile_page_sees_no_watcher_and_hinders_none(make: Make) -> None:
    watched = make(HOSTILE)
    watched.run("seen.length = 0")
    signs = watched.pass_by(
        HOUR // 2,
        at_every(VITALS_EVERY, lambda n: f"document.querySelector('p').firstChild.data = '12{n}'"),
    )
    assert len(signs) >= 4
    assert watched.run("seen.join()") == ""
    assert watched.run("Object.getOwnPropertyNames(window).join() === before") is True
    assert watched.run("typeof kioskAlive") == "undefined"
    assert watched.run("document.documentElement.outerHTML.includes('kiosk')") is False


def test_what_it_tells_is_one_word_and_nothing_of_the_page(make: Make) -> None:
    """Law 10."""
    watched = make(f"<h1>{PATIENT}</h1><p>120</p>", "p")
    asked = "kioskAlive.seen({now: 1, record: 'p', quiet: 1, longest: 1})"
    assert watched.run(asked, WORLD) == '{"alive":false}'
    watched.run(put("p", PATIENT))
    assert watched.run(asked, WORLD) == '{"alive":true}'
    assert watched.run("Object.keys(kioskAlive).join()", WORLD) == "seen,rest"


def test_who_is_not_watched_is_not_heard(make: Make) -> None:
    watched = make("<p>120</p>", "p")
    watched.run(put("p", "121"))
    watched.ask()
    watched.life.watch(False)
    watched.run("1", WORLD)
    assert watched.signs == []


def heard_of(on_show: OnShow) -> list[int]:
    """Grows with every sign that the place tells of."""
    heard: list[int] = []
    on_show.place.alive.connect(lambda: heard.append(1))
    return heard


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked often, and a short rest is long enough."""
    for name, milliseconds in (("ASK_EVERY_MS", 50), ("QUIET_MS", 300), ("LONGEST_MS", 10_000)):
        monkeypatch.setattr(alive, name, milliseconds)


def test_the_page_on_show_is_heard_covered_or_not(soon: None, on_show: OnShow) -> None:
    heard = heard_of(on_show)
    for scene in ("locked", "workspace"):
        on_show.kiosk.show(SCENES[scene])
        for_that_long(on_show.bot, 0.5)
        assert heard == []
        on_show.page.runJavaScript(put(RECORD, scene))
        on_show.bot.waitUntil(lambda: heard != [], timeout=10_000)
        heard.clear()
    on_show.place.close_page(at_once=True)
    if on_show.view.parent() is not None:
        on_show.page.runJavaScript(put(RECORD, "closed"))
    for_that_long(on_show.bot, 0.5)
    assert heard == []


@pytest.mark.parametrize("on_show", [open_at_site], indirect=True, ids=["site"])
def test_at_a_site_the_settings_name_the_record_and_nobody_elses_page_is_heard(
    soon: None, on_show: OnShow
) -> None:
    heard, page = heard_of(on_show), on_show.page
    for_that_long(on_show.bot, 0.5)
    page.runJavaScript(put("a", "Leave"))
    for_that_long(on_show.bot, 0.7)
    assert heard == []
    on_show.place.open(written(JO))
    page.runJavaScript(put(RECORD, "vitals"))
    for_that_long(on_show.bot, 0.5)
    assert heard == []
