"""Whose page holds what somebody typed and the site has not: asked of pages, kept by name.

Nothing that was typed is in here. Never import this before the login screen is painted.
"""

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QObject, Signal

from kiosk.session.model.site import Whose
from kiosk.ui.xchart.site_page import SitePage


class Holds(Enum):
    """What a page says of itself."""

    NOTHING = "nothing"
    WORDS = "words"
    SILENT = "silent"
    """It is busy, and may hold something."""
    HUNG = "hung"
    """It was silent when it was asked before, too: whatever it holds, nobody gets at it."""


class Unsent(QObject):
    """Whose pages are kept for it. ``changed`` tells them, by the ids of their tiles."""

    changed = Signal(tuple)

    def __init__(self, parent: QObject) -> None:
        """Nobody's, at first."""
        super().__init__(parent)
        self._kept = frozenset[Whose]()
        self._silent: set[Whose] = set()

    def ask(self, whose: Whose, page: SitePage, then: Callable[[Holds], None]) -> None:
        """What that page of theirs holds; an answer comes within seconds."""

        def hear(unsent: bool | None) -> None:
            if unsent is not None:
                self._silent.discard(whose)
                then(Holds.WORDS if unsent else Holds.NOTHING)
            elif whose in self._silent:
                then(Holds.HUNG)
            else:
                self._silent.add(whose)
                then(Holds.SILENT)

        page.ask_unsent(hear)

    def was_silent(self, whose: Whose) -> bool:
        """Whether their page gave no answer when it was asked last."""
        return whose in self._silent

    def keep(self, whose: Whose) -> None:
        """They are done, and their page waits for them."""
        self._note(self._kept | {whose})

    def come_back(self, whose: Whose) -> None:
        """They see for themselves what is there."""
        self._note(self._kept - {whose})

    def forget(self, whose: Whose) -> None:
        """Their page has gone."""
        self._silent.discard(whose)
        self.come_back(whose)

    def forget_account(self, account_id: str) -> None:
        """All of its pages have gone."""
        self._silent = {each for each in self._silent if each.account_id != account_id}
        self._note(frozenset(each for each in self._kept if each.account_id != account_id))

    def _note(self, kept: frozenset[Whose]) -> None:
        if kept != self._kept:
            self._kept = kept
            self.changed.emit(tuple(sorted(each.person_id for each in kept)))
