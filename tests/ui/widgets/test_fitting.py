"""How large words are drawn: the largest size at which no word is cut."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from kiosk.ui.look.theme import TextRole, install, look
from kiosk.ui.widgets.fitting import (
    MOST_MEASURES,
    SMALLEST,
    Measures,
    fitting_size,
    longest_word,
    sized,
    wrapped_height,
)

WORDS = st.lists(st.text("aWi\u00e9-", min_size=1, max_size=14), min_size=1, max_size=4)


@pytest.fixture(autouse=True)
def bundled_fonts(qapp: QApplication) -> None:
    install(qapp, look())


@settings(deadline=None, max_examples=60)
@given(st.just([""]) | WORDS, st.integers(-40, 600), st.integers(12, 90), st.booleans())
def test_it_is_the_largest_that_fits(
    words: list[str], width: int, wanted: int, wraps: bool
) -> None:
    font, text = look().font(TextRole.NAME, wanted), " ".join(words)

    def wide(size: int) -> int:
        metrics = QFontMetrics(sized(font, size))
        return longest_word(metrics, text) if wraps else metrics.horizontalAdvance(text)

    size = fitting_size(font, text, width, wraps)
    width = max(width, 1)
    assert SMALLEST <= size <= wanted
    assert size == SMALLEST or wide(size) <= width
    assert size == wanted or wide(size + 1) > width


def test_a_line_may_end_after_a_hyphen() -> None:
    metrics = QFontMetrics(look().font(TextRole.NAME))
    assert longest_word(metrics, "Montgomery-Papadopoulos") == max(
        metrics.horizontalAdvance("Montgomery-"), metrics.horizontalAdvance("Papadopoulos")
    )


def test_two_lines_are_twice_as_high() -> None:
    metrics = QFontMetrics(look().font(TextRole.NAME))
    wide = metrics.horizontalAdvance("Guadalupe") + 2
    assert wrapped_height(metrics, "", wide) == 0
    assert wrapped_height(metrics, "Maria Guadalupe", wide) >= 2 * metrics.height() - 2


def test_what_is_measured_while_patients_are_on_show_goes_with_them() -> None:
    """T28: what another page measured stays, and is found meanwhile."""
    measures = Measures()
    assert measures.of(lambda: 7, "line", "Office Assistant") == 7
    measures.passing = True
    assert measures.of(lambda: 8, "line", "Office Assistant") == 7
    assert measures.of(lambda: 9, "line", "Zoe Canary") == 9
    assert measures.of(lambda: 0, "line", "Zoe Canary") == 9
    measures.let_go()
    assert "Canary" not in repr(vars(measures))
    assert measures.of(lambda: 8, "line", "Office Assistant") == 7


def test_there_is_an_end_to_what_stays() -> None:
    measures = Measures()
    for number in range(MOST_MEASURES + 1):
        measures.of(lambda: 1, number)
    assert len(measures._kept) == 1
