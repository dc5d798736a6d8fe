"""A list of sentences: as many rows as sentences, and none left over from a longer list."""

from PySide6.QtWidgets import QLabel

from kiosk.ui.look.theme import Look
from kiosk.ui.widgets.points import BulletList
from tests.ui.conftest import Stage


def said(points: BulletList) -> list[str]:
    return [label.text() for label in points.findChildren(QLabel) if label.isVisible()]


def test_a_shorter_list_leaves_nothing_of_the_longer_one(plain: Look, stage: Stage) -> None:
    points = BulletList(plain)
    stage(points)
    points.say(("One.", "Two.", "Three."))
    assert said(points) == ["One.", "Two.", "Three."]
    points.say(("Four.",))
    assert said(points) == ["Four."]
    assert [label.text() for label in points.findChildren(QLabel)] == ["Four.", "", ""]


def test_no_sentences_take_no_room(plain: Look, stage: Stage) -> None:
    points = BulletList(plain)
    stage(points)
    points.say(("One.",))
    points.say(())
    assert not points.isVisible()
