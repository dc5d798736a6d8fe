"""A piece of text: never markup, never cut, and no room where there is none."""

import pytest
from PySide6.QtCore import Qt

from kiosk.ui.look.theme import Look, TextRole
from kiosk.ui.widgets.words import Words
from tests.ui.conftest import Stage


@pytest.fixture
def words(plain: Look, stage: Stage) -> Words:
    made = Words(plain, TextRole.BODY, plain.colours.ink)
    stage(made)
    return made


def test_a_name_is_never_read_as_markup(words: Words) -> None:
    words.say("<b>Maria</b>")
    assert words.textFormat() is Qt.TextFormat.PlainText
    assert words.text() == "<b>Maria</b>"


def test_without_text_there_is_no_room_taken(words: Words) -> None:
    words.say("Maria")
    assert words.isVisible()
    words.say("")
    assert not words.isVisible()
    assert words.heightForWidth(200) == 0


def test_letters_shrink_for_a_word_that_would_be_cut_and_grow_again(words: Words) -> None:
    words.say("Wolfeschlegelsteinhausenbergerdorff")
    words.resize(words.whole_width * 2, 200)
    usual = words.font().pixelSize()
    words.resize(words.whole_width * 9 // 10, 200)
    assert words.font().pixelSize() < usual
    assert words.fontMetrics().horizontalAdvance(words.text()) <= words.width()
    words.resize(words.whole_width * 2, 200)
    assert words.font().pixelSize() == usual
