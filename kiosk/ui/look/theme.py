"""The look: tokens of ``resources/theme`` as Qt values, the palette, and the bundled fonts.

Owns every colour, size and face on the screen; no widget names one of its own. Loads from the
files beside the code only, and never asks the network or the system for a font.
"""

import tomllib
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from kiosk.session.pages.views import Tone
from kiosk.ui.look.pitch import Pitch
from resources import ROOT

THEME = ROOT / "theme"
FONTS = ("Inter-Regular.otf", "Inter-SemiBold.otf", "InterDisplay-SemiBold.otf")
FAMILIES = {"text": "Inter", "display": "Inter Display"}


class Scheme(StrEnum):
    """Light or dark."""

    LIGHT = "light"
    DARK = "dark"


class TextRole(StrEnum):
    """The steps of the type scale."""

    ROOM = "room"
    CLOCK = "clock"
    TITLE = "title"
    HEADING = "heading"
    NAME = "name"
    DIGIT = "digit"
    STRONG = "strong"
    BODY = "body"
    SMALL = "small"


class ToneColours(NamedTuple):
    """``wash`` lies behind the ink of a notice; ``mark`` is its icon and edge."""

    wash: QColor
    mark: QColor


class Colours(NamedTuple):
    """The colour roles, as named and explained in tokens.toml."""

    ground: QColor
    surface: QColor
    ink: QColor
    quiet_ink: QColor
    line: QColor
    edge: QColor
    accent: QColor
    accent_down: QColor
    on_accent: QColor
    wash: QColor
    focus: QColor
    sign: QColor
    on_sign: QColor
    quiet_on_sign: QColor
    cover: QColor
    on_cover: QColor
    quiet_on_cover: QColor
    danger: QColor
    danger_down: QColor
    on_danger: QColor
    shade: QColor


class Look(NamedTuple):
    """One theme at one pitch: what every widget draws itself with."""

    scheme: Scheme
    colours: Colours
    tones: dict[Tone, ToneColours]
    pitch: Pitch
    tokens: dict[str, Any]

    def length(self, pixels: float) -> int:
        """A length given in pixels at 96 dpi, in pixels of this screen."""
        return round(pixels * self.pitch.scale)

    def letters(self, pixels: float) -> int:
        """The same for what grows with the letters: they themselves, and icons among them."""
        return round(pixels * self.pitch.letters)

    def space(self, step: str) -> int:
        """A step of the spacing scale, in pixels."""
        return self.length(self.tokens["space"][step])

    def radius(self, step: str) -> float:
        """A corner radius, in pixels."""
        return float(self.length(self.tokens["radius"][step]))

    def stroke(self, step: str) -> float:
        """The width of a pen, in pixels."""
        return float(self.tokens["stroke"][step])

    def token(self, group: str, name: str) -> int:
        """A number as written in tokens.toml."""
        return int(self.tokens[group][name])

    def touch(self, what: str) -> int:
        """The least side of something that is touched (key, tile, other), in pixels.

        Never below its millimetres; in step with the text where a large window enlarges that.
        """
        millimetres = self.tokens["touch"][what]
        return max(self.pitch.px(millimetres), self.length(Pitch().px(millimetres)))

    def text_size(self, role: TextRole) -> int:
        """The size of a step of the type scale, in pixels."""
        return self.letters(self.tokens["type"][role]["size"])

    def font(self, role: TextRole, size: int | None = None) -> QFont:
        """The face of a step of the type scale; ``size`` in pixels replaces its own."""
        step = self.tokens["type"][role]
        font = QFont(FAMILIES[step["family"]])
        font.setPixelSize(size or self.text_size(role))
        font.setWeight(QFont.Weight(step["weight"]))
        font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, step.get("tracking", 100))
        # Said also where it is not wanted: a widget would take it from the application's font,
        # and be wider than it was measured.
        font.setFeature(QFont.Tag("tnum"), 1 if step.get("tabular") else 0)
        return font


@cache
def _tokens() -> dict[str, Any]:
    return tomllib.loads((THEME / "tokens.toml").read_text(encoding="utf-8"))


def look(scheme: Scheme = Scheme.LIGHT, pitch: Pitch | None = None) -> Look:
    """The look of a scheme at a pitch (96 dpi where none is given)."""
    tokens = _tokens()
    named = tokens[scheme]
    return Look(
        scheme=scheme,
        colours=Colours(**{role: QColor(named[role]) for role in Colours._fields}),
        tones={
            tone: ToneColours(QColor(named[tone]["wash"]), QColor(named[tone]["mark"]))
            for tone in Tone
        },
        pitch=pitch or Pitch(),
        tokens=tokens,
    )


def system_scheme() -> Scheme:
    """What the operating system asks for; light where it does not say."""
    dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return Scheme.DARK if dark else Scheme.LIGHT


def palette(look: Look) -> QPalette:
    """The palette of a look, for what Qt draws itself."""
    colours = look.colours
    made = QPalette()
    for role, colour in (
        (QPalette.ColorRole.Window, colours.ground),
        (QPalette.ColorRole.WindowText, colours.ink),
        (QPalette.ColorRole.Base, colours.surface),
        (QPalette.ColorRole.AlternateBase, colours.ground),
        (QPalette.ColorRole.Text, colours.ink),
        (QPalette.ColorRole.Button, colours.surface),
        (QPalette.ColorRole.ButtonText, colours.ink),
        (QPalette.ColorRole.Highlight, colours.accent),
        (QPalette.ColorRole.HighlightedText, colours.on_accent),
        (QPalette.ColorRole.PlaceholderText, colours.quiet_ink),
    ):
        made.setColor(role, colour)
    return made


def install(app: QApplication, look: Look) -> None:
    """Give the application its style, palette and fonts; once, before the first window."""
    for name in FONTS:
        QFontDatabase.addApplicationFont(str(THEME / "fonts" / name))
    app.setStyle("Fusion")
    app.setPalette(palette(look))
    app.setFont(look.font(TextRole.BODY))
