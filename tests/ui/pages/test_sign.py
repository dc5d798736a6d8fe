"""The sign of the room: as large as fits, and dark while a session waits behind the screen."""

from PySide6.QtWidgets import QApplication, QLabel, QWidget

from kiosk.ui.look.pitch import Pitch
from kiosk.ui.look.theme import Look, TextRole, look
from kiosk.ui.pages.sign import Lock, Sign
from kiosk.ui.widgets.fitting import longest_word
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
    QApplication.processEvents()
    label = next(words for words in sign.findChildren(QLabel) if "Hygiene" in words.text())
    assert label.font().pixelSize() < plain.text_size(TextRole.ROOM)
    assert label.height() >= label.heightForWidth(label.width())
    assert longest_word(label.fontMetrics(), label.text()) <= label.width()


def test_a_short_name_stays_on_one_line(qapp: QApplication, stage: Stage) -> None:
    """ "Op" above "3" is no name of a room, however large the letters."""
    made = look(pitch=Pitch(text=2.0))
    sign = Sign(made)
    sign.resize(368, 768)
    stage(sign)
    sign.say("Op 3", "Main Street", "7:52 am", "Monday, November 23", locked=True)
    label = next(words for words in sign.findChildren(QLabel) if words.text() == "Op 3")
    assert not label.wordWrap()


def test_the_lock_is_never_over_a_name(plain: Look, stage: Stage) -> None:
    sign = Sign(plain)
    sign.resize(368, 620)
    stage(sign)
    for room in ("Op 3", "Hygiene and Recovery 12"):
        sign.say(room, "Lakeside Medical Center, North Building", "7:52 am", "Monday", True)
        QApplication.processEvents()
        lock = sign.findChildren(Lock)[0]
        for words in sign.findChildren(QLabel):
            assert not lock.isVisible() or not lock.geometry().intersects(words.geometry())


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
