"""Millimetres stay millimetres, also on a screen that is wrong about itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from kiosk.ui.look.pitch import Pitch, believed, of_screen, roominess


@pytest.mark.parametrize(("dpi", "pixels"), [(96, 76), (92, 73), (149, 118), (220, 174)])
def test_a_key_of_twenty_millimetres(dpi: float, pixels: int) -> None:
    assert Pitch(dpi).px(20) == pixels
    assert Pitch(dpi).px(20) * 25.4 / dpi >= 20


@pytest.mark.parametrize("lie", [0, 1, 30, 999, float("nan"), float("inf")])
def test_a_lying_screen_counts_as_plain(lie: float) -> None:
    assert believed(lie) == Pitch(96)


def test_a_calibrated_pitch_wins(qapp: QApplication) -> None:
    assert of_screen(qapp.primaryScreen(), QSize(1280, 800), 149).dpi == 149


def test_a_larger_window_reads_larger_but_touches_the_same() -> None:
    assert roominess(QSize(1280, 800)) == roominess(QSize(800, 1280)) == 1
    assert Pitch(96, roominess(QSize(640, 480))).scale == 1
    assert Pitch(96, roominess(QSize(3840, 2160))).scale == 2
    assert Pitch(96, roominess(QSize(7680, 4320))).scale == 2
    assert Pitch(96, 1.3).scale == 1.3
    assert Pitch(96, 1.3).px(20) == Pitch(96).px(20)


@given(st.floats(60, 260), st.floats(0.5, 6), st.floats(1, 2), st.sampled_from([15.0, 20.0, 25.0]))
def test_larger_text_takes_nothing_but_letters(
    dpi: float, room: float, text: float, mm: float
) -> None:
    """Space, keys and tiles stay as they are; letters are exactly so many times as large."""
    plain, larger = Pitch(dpi, room), Pitch(dpi, room, text)
    assert larger.scale == plain.scale
    assert larger.px(mm) == plain.px(mm)
    assert larger.letters == pytest.approx(plain.letters * text)
    assert 1 <= plain.scale <= plain.letters <= 2


@given(st.floats(60, 260), st.floats(0.5, 6))
def test_space_grows_only_as_there_is_room(dpi: float, room: float) -> None:
    """However fine the screen: what is left of a window is that of 1113 x 695 at 96 dpi."""
    assert Pitch(dpi, room).scale <= max(1, room * 1.15 + 1e-9)
