"""The first window: no larger than its screen. What it paints first, test_start has."""

import pytest
from PySide6.QtCore import QSize

from kiosk.app.first_window import window_size


@pytest.mark.parametrize(
    ("available", "size"),
    [((1366, 728), (1280, 680)), ((1920, 1040), (1280, 800)), ((1024, 768), (1024, 720))],
)
def test_a_window_begins_no_larger_than_its_screen(
    available: tuple[int, int], size: tuple[int, int]
) -> None:
    assert window_size(QSize(*available)) == QSize(*size)
