"""Profiles of their own, one an account at most, in which somebody proves that a login is theirs.

Whoever stands there may be nobody: the account's own pages, and what the site remembers of this
computer, stay as they are until the site has taken what was typed. Nothing of it is kept before.
Never import this before the login screen is painted.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer

from kiosk.session.model.carried import Carried
from kiosk.session.model.site import APART, Seen, Whose
from kiosk.ui.xchart.site_account import SiteAccount
from kiosk.ui.xchart.site_seen import NOTHING
from kiosk.ui.xchart.site_view import SiteView

Then = Callable[[Seen], None]


def look_at_start(
    account: SiteAccount,
    person_id: str,
    carried: Carried,
    then: Callable[[SiteView, Seen], None],
) -> None:
    """What the site's start shows in that profile, which has what was carried and no more."""

    def go(view: SiteView) -> None:
        view.site_page.open_start()
        # Not within the page's own answer: it may be let go.
        view.site_page.follow(
            NOTHING, lambda seen: QTimer.singleShot(0, account, partial(then, view, seen))
        )

    account.with_page(person_id, carried, go)


class Apart:
    """``made`` makes one that keeps nothing; ``seen`` takes in what a look at its page showed."""

    def __init__(
        self, made: Callable[[str], SiteAccount], seen: Callable[[Whose, Then, Seen], None]
    ) -> None:
        self._made = made
        self._seen = seen
        self._open: dict[str, SiteAccount] = {}

    def account(self, account_id: str) -> SiteAccount | None:
        """That account's, where one is open."""
        return self._open.get(account_id)

    def open(self, account_id: str, then: Then) -> None:
        """A new one, at the site's start."""
        self.drop(account_id)
        account = self._open[account_id] = self._made(account_id)
        seen = partial(self._seen, Whose(account_id, APART), then)
        look_at_start(account, APART, Carried(), lambda _view, told: seen(told))

    def take(self, account_id: str) -> SiteAccount | None:
        """It is somebody else's to keep from now on."""
        return self._open.pop(account_id, None)

    def drop(self, account_id: str) -> None:
        """It goes, with whatever was typed there."""
        account = self.take(account_id)
        if account is not None:
            account.discard()

    def discard(self) -> None:
        """All of them go."""
        for each in tuple(self._open):
            self.drop(each)
