"""Real keys and clicks of a real X server, on real windows and lists of the web engine.

Needs a screen: the web engine draws on one. Keys go in by keycode, as a keyboard's do: typing text
through XTEST would remap the keyboard.
"""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.exceptions import TimeoutError

from kiosk.desktop.darkness import DarkWatch, X11Darkness
from kiosk.session.model.intents import (
    BadgeRead,
    Doubt,
    LockWanted,
    QuestionAnswered,
    Ticket,
    TileTapped,
    WentBack,
)
from kiosk.session.pages.views import (
    PinView,
    QuestionNote,
    SayingNote,
    WipeView,
    WorkspaceView,
)
from kiosk.ui.covering.curtain import Curtain
from kiosk.ui.widgets.button import Button
from kiosk.ui.widgets.tile import Tile
from tests.support.page_on_show import Opened, opened, sites
from tests.ui.conftest import Kiosk
from tests.ui.hands.test_hands import COVER, LOGIN
from tests.ui.workspace.test_workspace import SHOWN

__all__ = ["opened", "sites"]

ROW = dict(zip("1234567890", range(10, 20), strict=True))
LETTERS = dict(zip("qwertyuiop", range(24, 34), strict=True)) | {"a": 38, "b": 56, "c": 54}
KEYPAD = dict(zip("789", range(79, 82), strict=True)) | {
    **dict(zip("456", range(83, 86), strict=True)),
    **dict(zip("1230", range(87, 91), strict=True)),
}
RETURN, TAB, SPACE, CAPS_LOCK, NUM_LOCK = "36", "23", "65", "66", "77"
NUMBER = "0004417290"


def xdo(*what: object) -> None:
    subprocess.run(["xdotool", *map(str, what)], check=True)


def reads(number: str, *endings: str, keys: dict[str, int] | None = None) -> None:
    """A reader's keys, by keycode and at its pace."""
    known = ROW | LETTERS if keys is None else keys
    codes = [str(known[sign]) for sign in number]
    xdo("key", "--delay", 8, *codes, *(endings or (RETURN,)))


@pytest.fixture(params=["fr", "de", "us"])
def layout(request: pytest.FixtureRequest) -> Iterator[str]:
    """The layout of the computer, while the reader thinks of a US keyboard."""
    name: str = request.param
    subprocess.run(["setxkbmap", name], check=True)
    yield name
    subprocess.run(["setxkbmap", "us"], check=True)


@pytest.fixture(params=[False, True], ids=["shell", "openbox"])
def managed(request: pytest.FixtureRequest) -> Iterator[bool]:
    """Without a window manager, and under one."""
    if not request.param:
        yield False
        return
    manager = subprocess.Popen(["openbox"], stderr=subprocess.DEVNULL)
    yield True
    manager.terminate()
    manager.wait(10)


def ready(kiosk: Kiosk) -> None:
    """The window has the keyboard, and its page is on the glass."""
    kiosk.window.activateWindow()
    assert QTest.qWaitForWindowActive(kiosk.window, 5000)
    QTest.qWait(0)
    kiosk.bot.waitUntil(lambda: QApplication.focusWindow() is not None, timeout=5000)
    kiosk.asked.clear()


def heard(kiosk: Kiosk) -> BadgeRead:
    """The one thing that came of it."""
    kiosk.bot.waitUntil(lambda: bool(kiosk.asked), timeout=5000)
    settle(kiosk)
    (only,) = kiosk.asked
    assert isinstance(only, BadgeRead)
    return only


def settle(kiosk: Kiosk) -> None:
    """Everything that the X server had for us has been heard: a last key came through."""
    line = QLineEdit(kiosk.window)
    before = kiosk.window.focusWidget()
    line.show()
    line.setFocus()
    xdo("key", "--delay", 0, LETTERS["q"])
    kiosk.bot.waitUntil(lambda: bool(line.text()), timeout=5000)
    if before is not None:
        before.setFocus()
    line.deleteLater()


@pytest.mark.parametrize("endings", [(RETURN,), (RETURN, RETURN), (TAB,), (TAB, RETURN)])
def test_a_badge_is_read_under_every_layout_and_presses_nothing(
    kiosk: Kiosk, layout: str, endings: tuple[str, ...]
) -> None:
    kiosk.show(COVER)
    ready(kiosk)
    reads(NUMBER, *endings)
    told = heard(kiosk)
    assert NUMBER in kiosk.kept[-1].split("\n")
    assert (told.doubt is Doubt.LAYOUT) is (layout == "fr")


def test_letters_are_read_under_every_layout(kiosk: Kiosk, layout: str) -> None:
    kiosk.show(LOGIN)
    ready(kiosk)
    reads("qwazb177".replace("z", "y"))
    heard(kiosk)
    assert "qwayb177" in kiosk.kept[-1].split("\n")


def test_caps_lock_is_seen_and_read_past(kiosk: Kiosk, layout: str) -> None:
    kiosk.show(LOGIN)
    ready(kiosk)
    xdo("key", CAPS_LOCK)
    try:
        reads("ab12c")
        told = heard(kiosk)
    finally:
        xdo("key", CAPS_LOCK)
    assert told.doubt is Doubt.CAPS_LOCK
    assert "ab12c" in kiosk.kept[-1].split("\n")


@pytest.mark.parametrize("locked", [False, True], ids=["NumLock off", "NumLock on"])
def test_a_reader_that_types_on_the_keypad(kiosk: Kiosk, locked: bool) -> None:
    kiosk.show(LOGIN)
    ready(kiosk)
    if locked:
        xdo("key", NUM_LOCK)
    try:
        reads(NUMBER, keys=KEYPAD)
        heard(kiosk)
    finally:
        if locked:
            xdo("key", NUM_LOCK)
    assert NUMBER in kiosk.kept[-1].split("\n")


def test_a_tab_behind_a_badge_costs_no_try_of_a_pin(kiosk: Kiosk) -> None:
    kiosk.show(PinView("Lena Park", "Type your PIN", 6, 1))
    ready(kiosk)
    reads(NUMBER, TAB)
    heard(kiosk)
    assert len(kiosk.kept) == 1


def test_a_held_key_costs_no_try_of_a_pin(kiosk: Kiosk) -> None:
    kiosk.show(PinView("Lena Park", "Type your PIN", 6, 1))
    ready(kiosk)
    line = kiosk.find("PIN", QLineEdit)
    subprocess.run(["xset", "r", "rate", "200", "50"], check=True)
    xdo("keydown", ROW["4"], "sleep", 0.6, "keyup", ROW["4"])
    kiosk.bot.waitUntil(lambda: bool(line.text()), timeout=5000)
    xdo("key", ROW["5"])
    kiosk.bot.waitUntil(lambda: line.text().endswith("5") or len(line.text()) == 2, timeout=5000)
    assert len(line.text()) == 2
    assert kiosk.kept == []


def test_six_digits_of_a_quick_hand_lose_none(kiosk: Kiosk) -> None:
    kiosk.show(PinView("Lena Park", "Type your PIN", 6, 1))
    ready(kiosk)
    xdo("key", "--delay", 80, *(ROW[digit] for digit in "409175"))
    kiosk.bot.waitUntil(lambda: bool(kiosk.kept), timeout=5000)
    assert kiosk.kept == ["409175"]


@pytest.fixture
def dark(kiosk: Kiosk) -> Iterator[None]:
    """The X server's saver is on, over a cover, and the kiosk has looked."""
    kiosk.show(COVER)
    ready(kiosk)
    kiosk.tab()
    server = X11Darkness.open()
    assert server is not None
    watch = DarkWatch(server, lambda: timedelta(minutes=10), kiosk.window)
    watch.seen.connect(kiosk.window.hands.see_dark)
    subprocess.run(["xset", "s", "activate"], check=True)
    watch.look()
    yield
    watch.deleteLater()
    server.close()


def click(widget: QWidget) -> None:
    at = widget.mapToGlobal(widget.rect().center())
    xdo("mousemove", at.x(), at.y(), "click", 1)


@pytest.mark.usefixtures("dark")
def test_a_click_that_wakes_the_screen_resumes_nobody(kiosk: Kiosk) -> None:
    tile = kiosk.find("Maria Lopez", Tile)
    click(tile)
    settle(kiosk)
    assert kiosk.asked == []
    click(tile)
    kiosk.bot.waitUntil(lambda: kiosk.asked == [TileTapped("p1")], timeout=5000)


@pytest.mark.usefixtures("dark")
@pytest.mark.parametrize("key", [RETURN, SPACE])
def test_a_key_that_wakes_the_screen_resumes_nobody(kiosk: Kiosk, key: str) -> None:
    xdo("key", key)
    settle(kiosk)
    assert kiosk.asked == []
    xdo("key", key)
    kiosk.bot.waitUntil(lambda: kiosk.asked == [TileTapped("p1")], timeout=5000)


@pytest.mark.usefixtures("dark")
def test_a_badge_enters_from_the_dark(kiosk: Kiosk) -> None:
    reads(NUMBER)
    heard(kiosk)


LISTS = {
    "select": "<select id=a><option>1<option>2<option>3</select>",
    "date picker": "<input type=date id=a>",
    "datalist": "<input list=l id=a><datalist id=l><option>one<option>two</datalist>",
}


@pytest.fixture(params=LISTS)
def with_list(request: pytest.FixtureRequest, managed: bool, opened: Opened) -> Opened:
    """Xchart's page with one of its lists open, by a click of the mouse."""
    html = LISTS[request.param]
    opened.run(
        f"document.body.innerHTML = `{html}`; document.body.style.margin = 0;"
        "const a = document.getElementById('a');"
        "a.style.cssText = 'width:300px;height:60px;position:fixed;left:0;top:0';"
        "window.pressed = 0; addEventListener('keydown', () => ++window.pressed, true);"
        "window.drawn = 0; const draw = () => { ++drawn; requestAnimationFrame(draw) }; draw(); 1"
    )
    ready(opened.kiosk)
    opened.kiosk.bot.waitUntil(lambda: opened.run("drawn > 5") is True, timeout=10_000)
    at = opened.view.mapToGlobal(QPoint(150, 30))
    xdo("mousemove", at.x(), at.y())
    for _ in range(3):
        # A busy engine drops a click now and then, as it does for a person.
        xdo("click", 1)
        if request.param == "date picker":
            opened.view.setFocus()
            opened.run("a.focus(); 1")
            xdo("key", "alt+Down")
        with suppress(TimeoutError):
            opened.kiosk.bot.waitUntil(
                lambda: QApplication.activePopupWidget() is not None, timeout=5000
            )
            break
    popup = QApplication.activePopupWidget()
    assert popup is not None
    handle = popup.window().windowHandle()
    opened.kiosk.bot.waitUntil(lambda: QApplication.focusWindow() is handle, timeout=5000)
    opened.run("window.pressed = 0; 1")
    return opened


def by_key(_kiosk: Kiosk) -> None:
    xdo("key", "ctrl+l")


def by_button(kiosk: Kiosk) -> None:
    click(kiosk.find("Lock", QWidget))


@pytest.mark.parametrize("lock", [by_key, by_button])
def test_the_first_lock_locks_whatever_list_of_the_page_is_open(
    with_list: Opened, lock: Callable[[Kiosk], None]
) -> None:
    kiosk = with_list.kiosk
    lock(kiosk)
    kiosk.bot.waitUntil(lambda: bool(kiosk.asked), timeout=5000)
    kiosk.show(COVER)
    assert kiosk.asked == [LockWanted()]
    assert QApplication.activePopupWidget() is None


def test_no_list_stays_over_a_cover_that_comes_by_itself(with_list: Opened) -> None:
    """Law 14: the system locked, or nobody was there: no press has closed it."""
    with_list.kiosk.show(COVER)
    assert QApplication.activePopupWidget() is None


def test_a_question_is_answered_by_the_first_press_whatever_list_is_open(
    with_list: Opened,
) -> None:
    """The page stands still: nobody else closes its list."""
    kiosk = with_list.kiosk
    kiosk.show(ASKED)
    assert QApplication.activePopupWidget() is None
    no = kiosk.find("No", Button)
    kiosk.bot.waitUntil(no.isEnabled, timeout=5000)
    click(no)
    kiosk.bot.waitUntil(lambda: bool(kiosk.asked), timeout=5000)
    assert kiosk.asked == [QuestionAnswered(Ticket(1), False)]


def test_a_badge_is_heard_while_a_list_is_open_and_chooses_nothing(with_list: Opened) -> None:
    kiosk = with_list.kiosk
    kiosk.window.hands.read_in_page(True)
    before = with_list.run("a.value")
    reads(NUMBER)
    kiosk.bot.waitUntil(lambda: bool(kiosk.asked), timeout=5000)
    kiosk.window.hands.badges.tell(True)
    assert [type(each) for each in kiosk.asked] == [BadgeRead]
    assert with_list.run("a.value") == before
    assert with_list.run("window.pressed") == 0


def test_a_badge_is_heard_after_a_curtain_was_touched(kiosk: Kiosk) -> None:
    kiosk.show(COVER)
    ready(kiosk)
    curtain = Curtain(kiosk.window.look)
    curtain.cover(QRegion(QRect(0, 0, 200, 100)))
    kiosk.bot.waitUntil(lambda: curtain.is_painted, timeout=5000)
    click(curtain)
    reads(NUMBER)
    kiosk.bot.waitUntil(lambda: bool(kiosk.asked), timeout=5000)
    curtain.let_go()
    assert [type(each) for each in kiosk.asked] == [BadgeRead]


def typed_into(opened: Opened) -> None:
    """A line in the page that counts what is entered."""
    opened.run(
        "document.body.innerHTML = '<form><input id=a><button id=b>Sign</button></form>';"
        "window.entered = []; window.clicks = 0;"
        "document.forms[0].onsubmit = () => { entered.push(a.value); a.value = ''; return false };"
        "b.onclick = () => { ++clicks }; a.focus(); 1"
    )
    ready(opened.kiosk)
    opened.view.setFocus()


@pytest.mark.parametrize("badges", [False, True], ids=["no badges", "badges"])
def test_a_barcode_belongs_to_the_page(opened: Opened, badges: bool) -> None:
    typed_into(opened)
    kiosk = opened.kiosk
    kiosk.window.hands.read_in_page(badges)
    reads(NUMBER)
    if badges:
        kiosk.bot.waitUntil(lambda: bool(kiosk.asked), timeout=5000)
        kiosk.window.hands.badges.tell(False)
    kiosk.bot.waitUntil(lambda: opened.run("entered.join()") == NUMBER, timeout=5000)
    assert [type(each) for each in kiosk.asked] == [BadgeRead] * badges


def test_enter_that_is_held_on_a_cover_presses_nothing_of_the_page(opened: Opened) -> None:
    typed_into(opened)
    kiosk = opened.kiosk
    opened.run("b.focus(); 1")
    kiosk.show(COVER)
    ready(kiosk)
    kiosk.tab()
    subprocess.run(["xset", "r", "rate", "200", "50"], check=True)
    xdo("keydown", RETURN)
    kiosk.bot.waitUntil(lambda: TileTapped("p1") in kiosk.asked, timeout=5000)
    kiosk.show(SHOWN)
    xdo("sleep", 0.8, "keyup", RETURN)
    settle_in(opened)
    assert opened.run("clicks") == 0
    xdo("key", RETURN)
    kiosk.bot.waitUntil(lambda: opened.run("clicks") == 1, timeout=5000)


@pytest.mark.parametrize("after", [0.15, 0.3])
def test_the_second_tap_of_a_slow_double_tap_opens_no_record(opened: Opened, after: float) -> None:
    opened.run(
        "window.clicks = 0; window.heard = 0;"
        "for (const kind of ['pointerdown', 'mousedown', 'mouseup', 'pointerup', 'click'])"
        " addEventListener(kind, () => { ++heard; clicks += kind == 'click' }, true); 1"
    )
    kiosk = opened.kiosk
    kiosk.show(LOGIN)
    ready(kiosk)
    click(kiosk.find("James Carter", Tile))
    kiosk.bot.waitUntil(lambda: kiosk.asked == [TileTapped("p2")], timeout=5000)
    kiosk.show(SHOWN)
    xdo("sleep", after, "click", 1)
    settle_in(opened)
    assert opened.run("heard") == 0
    xdo("sleep", 0.8, "click", 1)
    kiosk.bot.waitUntil(lambda: opened.run("clicks") == 1, timeout=5000)


WIPE = WipeView("Wipe the screen now", "Any key ends this.", 27, 30, "seconds")


def test_a_hand_that_wipes_presses_nothing_and_a_key_ends_it(kiosk: Kiosk) -> None:
    """The last press is held while the tiles come back; the key goes on beyond its page."""
    kiosk.show(LOGIN)
    ready(kiosk)
    tile = kiosk.find("James Carter", Tile)
    at = tile.mapToGlobal(tile.rect().center())
    kiosk.show(WIPE)
    xdo("mousemove", at.x(), at.y(), "sleep", 0.8, "click", 1, "click", 1, "mousedown", 1)
    QTest.qWait(300)
    kiosk.show(LOGIN)
    xdo("mousemove_relative", 3, 3, "sleep", 0.4, "mouseup", 1)
    settle(kiosk)
    assert kiosk.asked == []
    kiosk.show(WIPE)
    xdo("sleep", 0.4, "keydown", RETURN)
    kiosk.bot.waitUntil(lambda: kiosk.asked == [WentBack()], timeout=5000)
    kiosk.show(LOGIN)
    tile.setFocus()
    xdo("sleep", 1, "keyup", RETURN)
    settle(kiosk)
    assert kiosk.asked == [WentBack()]
    xdo("sleep", 0.8, "click", 1)
    kiosk.bot.waitUntil(lambda: kiosk.asked[1:] == [TileTapped("p2")], timeout=5000)


SAID = replace(SHOWN, saying=SayingNote("Xchart says", Ticket(1)))
ASKED = replace(SHOWN, question=QuestionNote("Xchart asks", "", Ticket(1), "Yes", "No"))


def appeared(opened: Opened, view: WorkspaceView, name: str) -> Button:
    """What the page said or asked is there, and can be pressed by now."""
    kiosk = opened.kiosk
    opened.run(
        "window.clicks = 0; window.heard = 0;"
        "for (const kind of ['pointerdown', 'mousedown', 'keydown', 'click'])"
        " addEventListener(kind, () => { ++heard }, true); 1"
    )
    kiosk.window._read_words = lambda _: "Allergic to latex"
    kiosk.show(view)
    ready(kiosk)
    button = kiosk.find(name, Button)
    kiosk.bot.waitUntil(button.isEnabled, timeout=5000)
    return button


@pytest.mark.parametrize(("view", "name"), [(SAID, "OK"), (ASKED, "Yes"), (ASKED, "No")])
def test_the_second_tap_of_ok_or_an_answer_opens_no_record(
    opened: Opened, view: WorkspaceView, name: str
) -> None:
    kiosk = opened.kiosk
    click(appeared(opened, view, name))
    kiosk.bot.waitUntil(lambda: bool(kiosk.asked), timeout=5000)
    kiosk.show(SHOWN)
    xdo("sleep", 0.3, "click", 1)
    kiosk.bot.wait(50)
    settle_in(opened)
    assert opened.run("heard") == 1, "the key alone"


@pytest.mark.parametrize(("view", "name"), [(SAID, "OK"), (ASKED, "Yes")])
def test_enter_that_is_held_on_ok_or_an_answer_presses_nothing_of_the_page(
    opened: Opened, view: WorkspaceView, name: str
) -> None:
    kiosk = opened.kiosk
    appeared(opened, view, name).setFocus()
    subprocess.run(["xset", "r", "rate", "200", "50"], check=True)
    xdo("keydown", RETURN)
    kiosk.bot.waitUntil(lambda: bool(kiosk.asked), timeout=5000)
    kiosk.show(SHOWN)
    xdo("sleep", 0.6, "keyup", RETURN)
    settle_in(opened)
    assert opened.run("heard") == 1, "the key alone"


def settle_in(opened: Opened) -> None:
    """A key that came later has reached the page."""
    opened.run("window.last = ''; addEventListener('keydown', e => { last = e.key }, true); 1")
    xdo("key", LETTERS["q"])
    opened.kiosk.bot.waitUntil(lambda: opened.run("last") == "q", timeout=5000)
