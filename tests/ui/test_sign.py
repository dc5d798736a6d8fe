"""The sign of the room: as large as fits, and dark while a session waits behind the screen."""

from PySide6.QtWidgets import QLabel, QWidget

from kiosk.ui.sign import Sign
from kiosk.ui.theme import Look, TextRole
from tests.ui.conftest import Stage


def sizes(sign: Sign) -> dict[str, int]:
    return {label.text(): label.font().pixelSize() for label in sign.findChildren(QLabel)}


def test_a_long_name_is_drawn_smaller_and_whole(plain: Look, stage: Stage) -> None:
    sign = Sign(plain)
    sign.resize(460, 800)
    stage(sign)
    sign.say("Op 3", "Main Street", "7:52 am", "Monday, November 23", locked=False)
    assert sizes(sign)["Op 3"] == plain.text_size(TextRole.ROOM)
    sign.say("Hygiene and Recovery", "Main Street", "7:52 am", "", locked=False)
    label = next(words for words in sign.findChildren(QLabel) if "Hygiene" in words.text())
    assert label.font().pixelSize() < plain.text_size(TextRole.ROOM)
    assert label.fontMetrics().horizontalAdvance(label.text()) <= label.width()


def test_it_grows_back_with_the_window(plain: Look, stage: Stage) -> None:
    window = QWidget()
    window.resize(900, 800)
    sign = Sign(plain, window)
    sign.resize(300, 800)
    stage(window)
    sign.say("Recovery", "Main Street", "7:52 am", "", locked=False)
    small = sizes(sign)["Recovery"]
    sign.resize(900, 800)
    assert sizes(sign)["Recovery"] > small


def test_locked_and_open_differ_at_a_glance(plain: Look, stage: Stage) -> None:
    sign = Sign(plain)
    sign.resize(460, 800)
    stage(sign)
    sign.say("Op 3", "Main Street", "7:52 am", "", locked=False)
    assert sign.grab().toImage().pixelColor(2, 2) == plain.colours.sign
    sign.say("Op 3", "Main Street", "7:52 am", "", locked=True)
    assert sign.grab().toImage().pixelColor(2, 2) == plain.colours.cover
