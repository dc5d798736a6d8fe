"""This computer: one line a fact, a mark only where something is to be noticed, removal apart."""

from PySide6.QtWidgets import QLabel

from kiosk.session.model.intents import NamesWanted, RemovalWanted, WipeWanted
from kiosk.session.pages.views import FactLine, ThisComputerView, Tone
from kiosk.ui.widgets.facts import Fact
from kiosk.ui.widgets.notice import ToneMark
from tests.ui.conftest import Kiosk

ROOM = FactLine("Room", "Op 3, Main Street")
NET = FactLine("Internet", "No internet since 10:22 am", Tone.WARNING)
VIEW = ThisComputerView("This computer", (ROOM, NET), "Remove this computer…")


def facts(kiosk: Kiosk) -> dict[str, tuple[str, bool]]:
    """What is said about what, and whether it has a mark."""
    said = {}
    for fact in kiosk.window.findChildren(Fact):
        if fact.isVisible():
            label, text = (words.text() for words in fact.findChildren(QLabel))
            said[label] = (text, any(mark.isVisible() for mark in fact.findChildren(ToneMark)))
    return said


def test_a_mark_stands_only_where_there_is_something_to_notice(kiosk: Kiosk) -> None:
    kiosk.show(VIEW)
    assert facts(kiosk) == {
        "Room": ("Op 3, Main Street", False),
        "Internet": ("No internet since 10:22 am", True),
    }


def test_a_fact_that_is_gone_leaves_no_line(kiosk: Kiosk) -> None:
    kiosk.show(VIEW)
    kiosk.show(ThisComputerView("This computer", (NET,), ""))
    assert list(facts(kiosk)) == ["Internet"]


def test_nothing_is_removed_by_pressing_return(kiosk: Kiosk) -> None:
    kiosk.show(VIEW)
    focus = kiosk.window.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "Back"
    kiosk.press("Remove this computer…")
    assert kiosk.asked == [RemovalWanted()]


def test_where_names_are_kept_here_they_are_one_touch_away(kiosk: Kiosk) -> None:
    kiosk.show(ThisComputerView("This computer", (ROOM,), "Remove this computer…", "Names…"))
    kiosk.press("Names…")
    assert kiosk.asked == [NamesWanted()]


def test_whoever_is_at_work_wipes_the_screen_from_here(kiosk: Kiosk) -> None:
    kiosk.show(ThisComputerView("This computer", (ROOM,), "", wipe="Lock and wipe screen"))
    kiosk.press("Lock and wipe screen")
    assert kiosk.asked == [WipeWanted()]
