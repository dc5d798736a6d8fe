"""Whose page holds what is not sent: what a page says, and what its silence means."""

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QObject

from kiosk.session.model.site import Whose
from kiosk.ui.xchart.site_page import SitePage
from kiosk.ui.xchart.site_unsent import Holds, Unsent

MARIA, JO, RIVERA = Whose("web-1", "Maria L."), Whose("web-1", "Jo"), Whose("own-1", "own-1")


class Page:
    """Says what it is told to."""

    def __init__(self, *says: bool | None) -> None:
        self.says = list(says)

    def ask_unsent(self, then: Callable[[bool | None], None]) -> None:
        then(self.says.pop(0))


def heard(unsent: Unsent, *says: bool | None) -> list[Holds]:
    """What comes of those answers, one after another."""
    page, told = cast(SitePage, Page(*says)), list[Holds]()
    for _ in says:
        unsent.ask(MARIA, page, told.append)
    return told


def test_a_page_that_is_silent_once_is_busy_and_twice_is_hung() -> None:
    parent = QObject()
    unsent = Unsent(parent)
    assert heard(unsent, False, True) == [Holds.NOTHING, Holds.WORDS]
    assert heard(unsent, None, True, None, None) == [
        Holds.SILENT,
        Holds.WORDS,
        Holds.SILENT,
        Holds.HUNG,
    ]
    assert unsent.was_silent(MARIA)
    unsent.forget(MARIA)
    assert not unsent.was_silent(MARIA), "another page of theirs is asked anew"


def test_whose_pages_are_kept_is_told_when_it_changes() -> None:
    parent, told = QObject(), list[tuple[str, ...]]()
    unsent = Unsent(parent)
    unsent.changed.connect(told.append)
    for each in (MARIA, JO, MARIA, RIVERA):
        unsent.keep(each)
    unsent.come_back(JO)
    unsent.forget_account("web-1")
    assert told == [
        ("Maria L.",),
        ("Jo", "Maria L."),
        ("Jo", "Maria L.", "own-1"),
        ("Maria L.", "own-1"),
        ("own-1",),
    ]
