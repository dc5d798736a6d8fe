"""Every wish is reported by a real control, found by name; nothing hidden is left to read."""

import pytest
from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QWidget

from kiosk.session.model.intents import (
    AnotherApproverWanted,
    ApproverChosen,
    Continued,
    DoneWanted,
    Intent,
    KeepWorkingWanted,
    LockWanted,
    PinForgotten,
    RemovalConfirmed,
    RemovalWanted,
    ResendWanted,
    RetryWanted,
    SecurePlaceAffirmed,
    SwitchWanted,
    ThisComputerWanted,
    TileTapped,
    WentBack,
)
from kiosk.session.pages import typing_hints
from kiosk.session.pages.typing_hints import KeyLocks
from kiosk.ui.look import labels
from kiosk.ui.widgets.fitting import MEASURES
from tests.support import days
from tests.support.scenes import SCENES, show
from tests.ui.conftest import Kiosk

PRESSES: list[tuple[str, str, Intent]] = [
    ("login", "Maria Lopez", TileTapped("p1")),
    ("login", "Aisha Khan", TileTapped("p3")),
    ("login-200", "Ana Castillo", TileTapped("s0")),
    ("locked", "James Carter", TileTapped("p2")),
    ("login", "More", ThisComputerWanted()),
    ("affirm", "Yes, it is safe", SecurePlaceAffirmed()),
    ("approvers", "Text Dr. Rivera", ApproverChosen("a1")),
    ("approvers", "Text Hannah Weiss", ApproverChosen("a3")),
    ("account", "Back", WentBack()),
    ("affirm", "Back", WentBack()),
    ("approvers", "Back", WentBack()),
    ("code", "Ask someone else", AnotherApproverWanted()),
    ("code-resend", "Text a new code", ResendWanted()),
    ("code", "Cancel", WentBack()),
    ("pin", "I forgot my PIN", PinForgotten()),
    ("pin", "Back", WentBack()),
    ("joined", "Go to the login screen", Continued()),
    ("stopped-keychain_locked", "Try again", RetryWanted()),
    ("removal", "Remove this computer", RemovalConfirmed()),
    ("removal", "Keep it", WentBack()),
    ("this-computer", "Remove this computer…", RemovalWanted()),
    ("this-computer", "Back", WentBack()),
    ("workspace", "Lock", LockWanted()),
    ("workspace", "Switch", SwitchWanted()),
    ("workspace", "Done", DoneWanted()),
    ("workspace", "More", ThisComputerWanted()),
    ("workspace-countdown", "Keep working", KeepWorkingWanted()),
    ("workspace-away-no_answer", "Try again", RetryWanted()),
]


def first(kiosk: Kiosk, name: str) -> QWidget:
    """The first visible widget of that name: two hundred tiles repeat some."""
    return next(
        widget
        for widget in kiosk.window.findChildren(QWidget)
        if widget.isVisible() and widget.accessibleName() == name
    )


@pytest.mark.parametrize(("scene", "name", "intent"), PRESSES)
def test_a_tap_says_what_it_means(kiosk: Kiosk, scene: str, name: str, intent: Intent) -> None:
    kiosk.show(SCENES[scene])
    QTest.mouseClick(first(kiosk, name), Qt.MouseButton.LeftButton)
    assert kiosk.asked == [intent]


@pytest.mark.parametrize(("scene", "name", "intent"), PRESSES)
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_a_key_says_the_same(
    kiosk: Kiosk, scene: str, name: str, intent: Intent, key: Qt.Key
) -> None:
    kiosk.show(SCENES[scene])
    QTest.keyClick(first(kiosk, name), key)
    assert kiosk.asked == [intent]


@pytest.mark.parametrize(
    "scene", ["account", "affirm", "approvers", "code", "pin", "removal", "this-computer"]
)
def test_escape_goes_back(kiosk: Kiosk, scene: str) -> None:
    kiosk.show(SCENES[scene])
    assert kiosk.window.page is not None
    QTest.keyClick(kiosk.window.page, Qt.Key.Key_Escape)
    assert kiosk.asked == [WentBack()]


@pytest.mark.parametrize("scene", ["locked", "place", "joined"])
def test_escape_means_nothing_where_there_is_no_way_back(kiosk: Kiosk, scene: str) -> None:
    kiosk.show(SCENES[scene])
    assert kiosk.window.page is not None
    QTest.keyClick(kiosk.window.page, Qt.Key.Key_Escape)
    assert kiosk.asked == []


def read(interface: QAccessibleInterface) -> list[str]:
    """Every text below, whatever its state says."""
    kinds = (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value)
    texts = [interface.text(kind) for kind in kinds]
    for place in range(interface.childCount()):
        texts += read(interface.child(place))
    return [text for text in texts if text]


@pytest.mark.parametrize("scene", sorted(SCENES))
def test_nothing_of_a_hidden_page_can_be_read(kiosk: Kiosk, scene: str) -> None:
    after = "removed" if scene != "removed" else "this-computer"
    kiosk.show(SCENES[after])
    alone = sorted(read(QAccessible.queryAccessibleInterface(kiosk.window)))
    show(kiosk.window, scene)
    QApplication.processEvents()
    assert sorted(read(QAccessible.queryAccessibleInterface(kiosk.window))) != alone
    kiosk.show(SCENES[after])
    assert sorted(read(QAccessible.queryAccessibleInterface(kiosk.window))) == alone


@pytest.mark.parametrize("scene", sorted(SCENES))
def test_everything_to_touch_has_a_name_and_can_be_reached(kiosk: Kiosk, scene: str) -> None:
    show(kiosk.window, scene)
    QApplication.processEvents()
    for widget in kiosk.window.findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            assert widget.accessibleName(), widget


@pytest.mark.parametrize("scene", ["code", "pin", "account"])
def test_a_typed_secret_does_not_survive_hiding(kiosk: Kiosk, scene: str) -> None:
    kiosk.show(SCENES[scene])
    line = kiosk.find({"code": "Code", "pin": "PIN"}.get(scene, "Password"), QLineEdit)
    QTest.keyClicks(line, "409")
    kiosk.show(SCENES["locked"])
    assert line.text() == ""
    assert kiosk.kept == []


def test_there_is_never_a_dialog_and_only_one_window(kiosk: Kiosk) -> None:
    for view in SCENES.values():
        kiosk.show(view)
        shown = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
        assert shown == [kiosk.window]
        assert not kiosk.window.findChildren(QDialog)


def test_closing_is_reported_and_not_obeyed(kiosk: Kiosk) -> None:
    kiosk.show(SCENES["locked"])
    with kiosk.bot.waitSignal(kiosk.window.closing):
        kiosk.window.close()
    assert kiosk.window.isVisible()


class Frames(QObject):
    """Counts what is painted of a widget."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Let everything through."""
        self.count += event.type() is QEvent.Type.Paint
        return False


def test_a_cover_is_painted_before_anything_else_is_done(kiosk: Kiosk) -> None:
    """Threats T17: patients are gone from the glass first."""
    kiosk.show(SCENES["locked"])
    assert kiosk.window.page is not None
    cover = Frames(kiosk.window.page)
    kiosk.show(SCENES["workspace"])
    kiosk.window.show_view(SCENES["locked"])
    assert cover.count > 0


def test_the_room_is_painted_once_with_its_list(kiosk: Kiosk) -> None:
    """A frame of the whole window takes longer than all that a tap decides (design.md 7)."""
    kiosk.show(SCENES["workspace"])
    assert kiosk.window.page is not None
    room = Frames(kiosk.window.page)
    kiosk.show(SCENES["locked"])
    before = room.count
    kiosk.window.show_view(SCENES["workspace"])
    assert room.count == before
    kiosk.window.show_day(days.MORNING)
    QApplication.processEvents()
    assert room.count == before + 1


def test_the_locks_are_looked_at_with_the_page_and_with_their_keys(kiosk: Kiosk) -> None:
    """Never on a clock: when a page with a password is shown, and when one of the keys moves."""
    state = KeyLocks(caps=True)
    kiosk.window.tell_locks(lambda: state)
    kiosk.show(SCENES["password"])
    assert typing_hints.CAPS_LOCK in on_the_screen(kiosk)
    line = kiosk.find(labels.NEW_PASSWORD, QLineEdit)
    state = KeyLocks(caps=False)
    QTest.keyClick(line, Qt.Key.Key_CapsLock)
    assert typing_hints.CAPS_LOCK not in on_the_screen(kiosk)
    state = KeyLocks(caps=True)
    QTest.keyRelease(line, Qt.Key.Key_CapsLock)
    assert typing_hints.CAPS_LOCK in on_the_screen(kiosk)


def on_the_screen(kiosk: Kiosk) -> set[str]:
    return {each.text() for each in kiosk.window.findChildren(QLabel) if each.isVisible()}


def test_what_is_shown_never_makes_the_window_larger(kiosk: Kiosk) -> None:
    """The screen says how large it is: a page that wants more gives way."""
    kiosk.window.resize(400, 300)
    for name in ("workspace-long-names", "code-resend-wrong", "login-long-names"):
        kiosk.show(SCENES[name])
        assert kiosk.window.size() == QSize(400, 300)


@pytest.mark.parametrize("after", ["locked", "login"])
def test_no_measure_of_a_patient_outlives_the_page(kiosk: Kiosk, after: str) -> None:
    """T28: the words that were measured are kept with what they measured."""
    kiosk.show(SCENES["workspace"])
    name = "Zoe Canary-Featherstonehaugh de la Vega y Montgomery of the Northern Building"
    kiosk.window.show_day(days.day([days.visit(1, "10:30", patient=name)]))
    QApplication.processEvents()
    assert "Canary" in repr(MEASURES._going), "it was not measured"
    kiosk.show(SCENES[after])
    assert "Canary" not in repr(vars(MEASURES))
