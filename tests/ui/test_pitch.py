"""Millimetres stay millimetres, also on a screen that is wrong about itself."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from kiosk.ui.pitch import Pitch, believed, of_screen, roominess


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
    assert roominess(QSize(1280, 800)) == 1
    assert roominess(QSize(640, 480)) == 1
    assert roominess(QSize(7680, 4320)) == 1.3
    assert Pitch(96, 1.3).scale == 1.3
    assert Pitch(96, 1.3).px(20) == Pitch(96).px(20)
