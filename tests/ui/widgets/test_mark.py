"""The mark of a tile: initials, and a personal account's told apart by shape, not by colour."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from kiosk.ui.look.pitch import Pitch
from kiosk.ui.look.theme import Scheme, look
from kiosk.ui.widgets import mark
from kiosk.ui.widgets.mark import NOBODY, Mark, initials

GROUND = QColor("#ffffff")


def drawn(what: Mark, scheme: Scheme = Scheme.LIGHT, side: int = 60) -> QImage:
    image = QImage(2 * side, 2 * side, QImage.Format.Format_RGB32)
    image.fill(GROUND)
    painter = QPainter(image)
    made = look(scheme, Pitch())
    mark.draw(painter, made, QRectF(side / 2, side / 2, side, side), what, GROUND)
    painter.end()
    return image


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Maria Lopez", "ML"),
        ("Dr. Rivera", "R"),
        ("Dr. Elena Maria Rivera", "ER"),
        ("office assistant", "OA"),
        ("Cher", "C"),
        ("Mateo Fernández-Gutiérrez", "MF"),
        ("Émile 2", "É"),
        ("\u674e\u660e", "\u674e"),
        ("\u0645\u062d\u0645\u062f \u0639\u0644\u064a", "\u0645\u0639"),
        ("Ma. Teresa C.", "MC"),
        ("\U0001f600", ""),
        ("42", ""),
        ("", ""),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


@pytest.mark.usefixtures("plain")
@pytest.mark.parametrize("name", ["\U0001f600", "42"])
def test_a_name_without_letters_has_a_picture(qapp: QApplication, name: str) -> None:
    assert drawn(Mark(name), Scheme.LIGHT) == drawn(Mark(name, NOBODY), Scheme.LIGHT)


@pytest.mark.usefixtures("plain")
@pytest.mark.parametrize("scheme", Scheme)
@pytest.mark.parametrize("solid", [False, True])
def test_a_personal_mark_is_square_and_has_its_key_at_the_corner(
    qapp: QApplication, scheme: Scheme, solid: bool
) -> None:
    shared = drawn(Mark("Lena Park", solid=solid), scheme)
    own = drawn(Mark("Lena Park", solid=solid, personal=True), scheme)
    corner, key = (34, 34), (92, 76)  # both outside of the round one
    assert shared.pixelColor(*corner) == shared.pixelColor(*key) == GROUND
    assert own.pixelColor(*corner) != GROUND
    assert own.pixelColor(*key) == look(scheme, Pitch()).colours.accent


@pytest.mark.usefixtures("plain")
def test_a_picture_stands_in_place_of_the_initials(qapp: QApplication) -> None:
    assert drawn(Mark("My own login", "user-key")) != drawn(Mark("My own login"))
    assert drawn(Mark("My own login", "user-key")) == drawn(Mark("Someone", "user-key"))
