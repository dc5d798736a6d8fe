"""The buttons of an appointment: side by side where they fit, none too small, none left over."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kiosk.session.model.intents import TheirsKept
from kiosk.session.pages.board.views import Act, Disagreement
from kiosk.ui.day.acts import Acts, DisagreementBox, button_width, lines_of
from kiosk.ui.day.blocks import RowTypesetter
from kiosk.ui.look.theme import Look
from kiosk.ui.widgets.button import Button, Weight
from tests.ui.conftest import Stage


def act(text: str) -> Act:
    return Act(text, f"{text}, Peggy", TheirsKept(text))


WORDS = ["Undo", "Seat", "Ready for doctor", "Keep theirs", "Set Ready for doctor"]


@pytest.mark.parametrize("text", WORDS)
def test_a_button_is_measured_as_it_is_made(plain: Look, stage: Stage, text: str) -> None:
    button = Button(plain, Weight.PLAIN)
    button.say(text)
    stage(button)
    assert button_width(RowTypesetter(plain), text) == button.sizeHint().width()


@pytest.mark.parametrize("width", [300, 347, 451])
def test_every_button_has_room_and_the_height_is_as_measured(
    plain: Look, stage: Stage, width: int
) -> None:
    setter = RowTypesetter(plain)
    made, shown = Acts(setter, Weight.PLAIN), tuple(act(text) for text in WORDS)
    made.resize(width, Acts.measure(setter, shown, width))
    made.show_acts(shown)
    stage(made)
    buttons = [button for button in made.buttons if button.isVisible()]
    assert [button.text() for button in buttons] == WORDS
    for place, button in enumerate(buttons):
        assert made.rect().contains(button.geometry())
        assert button.width() >= button.sizeHint().width()
        for other in buttons[place + 1 :]:
            assert not button.geometry().intersects(other.geometry())


def test_two_short_ones_stand_side_by_side(plain: Look) -> None:
    setter = RowTypesetter(plain)
    assert lines_of(setter, ["Undo", "Seat"], 347) == [[0, 1]]
    assert lines_of(setter, ["Set Ready for doctor", "Keep theirs"], 323) == [[0], [1]]
    assert Acts.measure(setter, [], 347) == 0


def test_fewer_buttons_leave_nothing_of_the_others(plain: Look, stage: Stage) -> None:
    made = Acts(RowTypesetter(plain), Weight.PLAIN)
    made.resize(347, 200)
    stage(made)
    asked: list[Act] = []
    made.acted.connect(asked.append)
    made.show_acts((act("Undo"), act("Seat")))
    QTest.mouseClick(made.buttons[1], Qt.MouseButton.LeftButton)
    assert [each.text for each in asked] == ["Seat"]
    made.show_acts((act("Undo"),))
    assert [(b.text(), b.accessibleName()) for b in made.buttons] == [
        ("Undo", "Undo, Peggy"),
        ("", ""),
    ]
    made.buttons[1].click()
    assert len(asked) == 1
    made.show_acts(())
    assert not made.isVisible()


@pytest.mark.parametrize("width", [300, 347, 451])
def test_what_someone_else_set_is_told_whole(plain: Look, stage: Stage, width: int) -> None:
    setter = RowTypesetter(plain)
    told = Disagreement(
        "Hygiene and Recovery 12 set Ready for doctor, 10:22 am",
        (act("Set Seated"), act("Keep theirs")),
    )
    box = DisagreementBox(setter)
    box.resize(width, DisagreementBox.measure(setter, told, width))
    box.show_told(told)
    stage(box)
    assert box.acts.geometry().bottom() <= box.height()
    for button in box.acts.buttons:
        assert box.acts.rect().contains(button.geometry())
    asked: list[Act] = []
    box.acted.connect(asked.append)
    box.acts.buttons[1].click()
    assert asked == [told.acts[1]]
    box.show_told(None)
    assert not box.isVisible()
    assert DisagreementBox.measure(setter, None, width) == 0
