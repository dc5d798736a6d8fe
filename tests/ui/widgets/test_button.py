"""Buttons: pressed by finger and key, once a press; hidden without words; never too narrow."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest

from kiosk.ui.look.theme import Look
from kiosk.ui.widgets.button import Button, Weight
from kiosk.ui.widgets.spinner import Spinner
from tests.ui.conftest import Stage


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_each_key_that_presses_presses_once(plain: Look, stage: Stage, key: Qt.Key) -> None:
    button, pressed = Button(plain, Weight.PRIMARY), []
    button.clicked.connect(lambda: pressed.append(1))
    stage(button)
    button.say("Continue")
    QTest.keyClick(button, key)
    assert pressed == [1]


def test_without_words_there_is_no_button(plain: Look, stage: Stage) -> None:
    button = Button(plain, Weight.PLAIN)
    stage(button)
    button.say("Continue")
    assert button.isVisible()
    button.say("")
    assert not button.isVisible()
    assert button.accessibleName() == ""


@pytest.mark.parametrize("weight", Weight)
def test_words_icon_and_waiting_mark_all_have_room(
    plain: Look, stage: Stage, weight: Weight
) -> None:
    button = Button(plain, weight, "lock")
    stage(button)
    button.say("Remove this computer")
    before = button.sizeHint().width()
    words = QFontMetrics(button.font()).horizontalAdvance(button.text())
    assert before >= words + plain.length(22)
    button.wait(True)
    mark = button.findChildren(Spinner)[0]
    assert mark.isVisible()
    assert button.sizeHint().width() > before
    button.wait(False)
    assert not mark.isVisible()


@pytest.mark.parametrize("weight", [Weight.QUIET, Weight.ON_SIGN])
def test_a_quiet_button_stays_quiet_while_it_is_unavailable(
    plain: Look, stage: Stage, weight: Weight
) -> None:
    button = Button(plain, weight)
    stage(button)
    button.say("I forgot my PIN")
    button.resize(button.sizeHint())
    button.clearFocus()
    corner = button.grab().toImage().pixelColor(button.width() // 2, 4)
    button.setEnabled(False)
    assert button.grab().toImage().pixelColor(button.width() // 2, 4) == corner


def test_a_short_word_is_still_wide_enough_for_a_finger(plain: Look, stage: Stage) -> None:
    button = Button(plain, Weight.QUIET)
    stage(button)
    button.say("OK")
    assert min(button.sizeHint().width(), button.sizeHint().height()) >= plain.touch("other")


def test_words_alone_fade_while_they_offer_nothing(plain: Look, stage: Stage) -> None:
    button = Button(plain, Weight.QUIET)
    stage(button)
    button.say("More")

    def contrast() -> int:
        picture = button.grab().toImage()
        across, down = range(picture.width()), range(picture.height())
        shades = [picture.pixelColor(x, y).lightness() for x in across for y in down]
        return max(shades) - min(shades)

    offered = contrast()
    button.setEnabled(False)
    assert contrast() < 0.7 * offered
