"""The look: every text is readable, every edge and focus ring visible, in both themes."""

import pytest
from PySide6.QtGui import QColor, QFontDatabase, QFontInfo, QFontMetricsF
from PySide6.QtWidgets import QApplication

from kiosk.session.pages.views import Tone
from kiosk.ui.look.theme import FAMILIES, THEME, Scheme, TextRole, install, look

TEXT = (
    ("ink", "ground"),
    ("ink", "surface"),
    ("ink", "wash"),
    ("ink", "line"),
    ("quiet_ink", "ground"),
    ("quiet_ink", "surface"),
    ("quiet_ink", "wash"),
    ("accent", "wash"),
    ("on_accent", "accent"),
    ("on_accent", "accent_down"),
    ("on_danger", "danger"),
    ("on_danger", "danger_down"),
    ("on_sign", "sign"),
    ("quiet_on_sign", "sign"),
    ("on_cover", "cover"),
    ("quiet_on_cover", "cover"),
)
EDGES = (
    ("edge", "ground"),
    ("edge", "surface"),
    ("accent", "surface"),
    ("focus", "ground"),
    ("focus", "surface"),
    ("focus", "wash"),
    ("on_sign", "sign"),
    ("surface", "accent"),
    ("surface", "danger"),
)


def luminance(colour: QColor) -> float:
    """Relative luminance (WCAG 2.2)."""
    channels = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    """Contrast ratio, 1 to 21 (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", Scheme)
@pytest.mark.parametrize(("front", "back"), TEXT)
def test_text_is_readable(scheme: Scheme, front: str, back: str) -> None:
    colours = look(scheme).colours
    assert contrast(getattr(colours, front), getattr(colours, back)) >= 7


@pytest.mark.parametrize("scheme", Scheme)
@pytest.mark.parametrize("tone", Tone)
def test_notices_are_readable(scheme: Scheme, tone: Tone) -> None:
    made = look(scheme)
    wash, mark = made.tones[tone]
    assert contrast(made.colours.ink, wash) >= 7
    assert contrast(made.colours.quiet_ink, wash) >= 7
    assert contrast(mark, wash) >= 4.5


@pytest.mark.parametrize("scheme", Scheme)
@pytest.mark.parametrize(("front", "back"), EDGES)
def test_edges_and_focus_are_visible(scheme: Scheme, front: str, back: str) -> None:
    colours = look(scheme).colours
    assert contrast(getattr(colours, front), getattr(colours, back)) >= 3


def test_every_colour_role_of_text_is_measured() -> None:
    measured = {name for pair in TEXT + EDGES for name in pair}
    assert set(look().colours._fields) - measured == {"shade"}


def test_the_bundled_fonts_are_the_ones_drawn_with(qapp: QApplication) -> None:
    made = look()
    install(qapp, made)
    assert set(FAMILIES.values()) <= set(QFontDatabase.families())
    for role in TextRole:
        assert QFontInfo(made.font(role)).family().startswith("Inter")


@pytest.mark.parametrize("role", [TextRole.CLOCK, TextRole.DIGIT, TextRole.BODY])
def test_figures_of_clock_and_keypad_are_equally_wide(qapp: QApplication, role: TextRole) -> None:
    made = look()
    install(qapp, made)
    metrics = QFontMetricsF(made.font(role))
    assert metrics.horizontalAdvance("1" * 10) == pytest.approx(metrics.horizontalAdvance("0" * 10))


def test_fonts_stay_small_and_bring_their_licence() -> None:
    fonts = THEME / "fonts"
    assert sum(file.stat().st_size for file in fonts.glob("*.otf")) < 1_500_000
    assert "SIL Open Font License" in (fonts / "OFL.txt").read_text()
    assert "ISC License" in (THEME / "icons" / "LICENSE.txt").read_text()
