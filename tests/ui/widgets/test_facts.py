"""Facts below each other: said in place, and none where there is nothing to say."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kiosk.session.pages.views import FactLine, Tone
from kiosk.ui.look.theme import Scheme, look
from kiosk.ui.widgets.facts import Fact, Facts
from kiosk.ui.widgets.notice import ToneMark

ROOM = FactLine("Room", "Op 3")
CODE = FactLine("Next code", "Needed at the next tap.", Tone.WARNING)


def test_as_many_as_there_are_each_with_its_tone(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    facts = Facts(look(Scheme.LIGHT))
    page.setLayout(facts)
    page.show()

    def shown() -> list[bool]:
        return [each.isVisible() for each in page.findChildren(Fact)]

    facts.say((ROOM, CODE))
    assert shown() == [True, True]
    assert [each.isVisible() for each in page.findChildren(ToneMark)] == [False, True]
    facts.say((CODE,))
    assert shown() == [True, False], "what there is no more of is not shown"
