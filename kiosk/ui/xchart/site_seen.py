"""What was seen last of each person's page, and whether they came in by hand."""

from kiosk.session.model.site import PageState, Seen, Whose

NOTHING = Seen(PageState.UNKNOWN, 0)
KEPT = frozenset({PageState.IN, PageState.PERSON_WANTED, PageState.CHANGE_WANTED})
"""Pages that are never loaded anew: somebody is at work, or about to go on."""
NOBODY_IN = frozenset({PageState.ASKS_EMAIL, PageState.ASKS_PASSWORD, PageState.ASKS_CODE})
STAYS_IN = frozenset({PageState.IN, PageState.DOWN, PageState.UNSENT})
"""Where nobody has signed in between: whoever was in before is in after."""


class LastSeen:
    """Of every account's pages."""

    def __init__(self) -> None:
        """Nothing of anybody's."""
        self._last: dict[Whose, Seen] = {}
        # Whose page was given this computer's own password since it was opened.
        self._filled: set[Whose] = set()
        # Whose page was in, and wanted nothing of a person since.
        self._at_work: set[Whose] = set()

    def of(self, whose: Whose) -> Seen:
        """What the last look at their page showed."""
        return self._last.get(whose, NOTHING)

    def note(self, whose: Whose, seen: Seen) -> None:
        """A look showed that."""
        self._last[whose] = seen
        if seen.state is PageState.IN:
            self._at_work.add(whose)
        elif seen.state not in STAYS_IN:
            self._at_work.discard(whose)

    def fill(self, whose: Whose) -> None:
        """This computer's own password was pressed there."""
        self._filled.add(whose)

    def begin(self, whose: Whose) -> None:
        """Their page begins anew: nothing is filled in yet."""
        self._filled.discard(whose)

    def would_be_by_hand(self, whose: Whose) -> bool:
        """Whether somebody did it by hand, if they are in now."""
        return whose not in self._filled and whose not in self._at_work

    def forget(self, whose: Whose) -> Seen:
        """Their page has gone; what it showed last. Filled in it was until the next begins."""
        self._at_work.discard(whose)
        return self._last.pop(whose, NOTHING)

    def forget_account(self, account_id: str) -> None:
        """All of its pages have gone."""
        self._last = {w: seen for w, seen in self._last.items() if w.account_id != account_id}
        self._filled = {w for w in self._filled if w.account_id != account_id}
        self._at_work = {w for w in self._at_work if w.account_id != account_id}
