"""The bar of the workspace: the countdown and what stops it, a notice, and the verbs by key."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from kiosk.session.model.intents import Intent, KeepWorkingWanted
from kiosk.session.pages.views import Notice, RoomState, Tone, WorkspaceView
from kiosk.ui.look.theme import Look
from kiosk.ui.widgets.button import Button
from kiosk.ui.workspace.bar import ARRANGEMENTS, Bar
from tests.ui.conftest import Kiosk, Stage

VIEW = WorkspaceView(
    "Maria Lopez", "Office Assistant", "Op 3 · Main Street", "10:24 am", RoomState.SHOWN
)
ORIGIN = QPoint(0, 0)
COUNTING = replace(VIEW, countdown="Locking in 20 s")


def said(bar: Bar) -> list[str]:
    return [label.text() for label in bar.findChildren(QLabel) if label.isVisible()]


def test_the_countdown_comes_with_its_way_out_and_goes_with_it(plain: Look, stage: Stage) -> None:
    bar = Bar(plain)
    asked: list[Intent] = []
    bar.asked.connect(asked.append)
    stage(bar)
    bar.show_view(COUNTING)
    assert "Locking in 20 s" in said(bar)
    keep = next(button for button in bar.findChildren(Button) if button.text() == "Keep working")
    QTest.mouseClick(keep, Qt.MouseButton.LeftButton)
    assert asked == [KeepWorkingWanted()]
    bar.show_view(VIEW)
    assert not keep.isVisible()
    assert not [words for words in said(bar) if "Locking" in words]


def test_a_notice_and_a_countdown_stand_below_each_other(plain: Look, stage: Stage) -> None:
    bar = Bar(plain)
    bar.resize(1280, 200)
    stage(bar)
    bar.show_view(replace(COUNTING, notice=Notice(Tone.WARNING, "No internet since 10:22 am.")))
    assert {"No internet since 10:22 am.", "Locking in 20 s"} <= set(said(bar))
    bar.show_view(VIEW)
    assert set(said(bar)) == {VIEW.who, VIEW.as_account, VIEW.room, VIEW.clock}


def test_tab_reaches_every_control(kiosk: Kiosk) -> None:
    kiosk.show(COUNTING)
    seen = set()
    for _ in range(12):
        focus = kiosk.window.focusWidget()
        if focus is not None:
            seen.add(focus.accessibleName())
            QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert {"Lock", "Switch", "Done", "More", "Keep working"} <= seen


@pytest.mark.parametrize("wide", [1280, 1024, 768])
def test_the_verbs_stay_whatever_the_width_and_keep_their_names(kiosk: Kiosk, wide: int) -> None:
    kiosk.window.resize(wide, 800)
    kiosk.show(replace(VIEW, change=True))
    for name in ("Lock", "Switch", "Done", "More", "Change"):
        button = kiosk.find(name, Button)
        assert kiosk.window.rect().contains(
            button.rect().translated(button.mapTo(kiosk.window, ORIGIN))
        )
    assert kiosk.window.width() == wide


def test_words_give_way_one_step_after_the_other(plain: Look, stage: Stage) -> None:
    """Whatever the width: the first arrangement that fits, so that a wider bar shows no less."""
    bar = Bar(plain)
    stage(bar)
    bar.show_view(replace(VIEW, change=True))
    taken = []
    for wide in range(1500, 500, -50):
        bar.resize(wide, 200)
        taken.append(ARRANGEMENTS.index(bar.arranged))
    assert taken == sorted(taken)
    assert taken[0] == 0
    assert ARRANGEMENTS[taken[-1]].two_lines


def test_long_names_leave_room_for_the_verbs_and_are_read_whole(kiosk: Kiosk) -> None:
    name = "Christopher Montgomery-Papadopoulos, Surgical Assistant"
    kiosk.show(replace(VIEW, who=name, as_account=name, room=f"{name} · {name}"))
    assert kiosk.window.width() == 1280
    assert kiosk.find("Lock", Button).width() >= kiosk.find("Lock", Button).sizeHint().width()
    assert name in [label.text() for label in kiosk.window.findChildren(QLabel)]
