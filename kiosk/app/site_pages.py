"""A site's pages for whoever waits on a lane: asked on the main thread, answered within seconds.

A lane must not touch a page, and the main thread must not wait: each call is handed over and its
answer waited for here, for as long as a page may take and no longer.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooLong
from typing import Protocol, TypeVar

from kiosk.session.model.carried import Carried
from kiosk.session.model.site import PageState, Part, Press, Seen, Whose

PATIENCE_SECONDS = 40.0
"""Longer than anything that ``ui.xchart.site`` waits for."""
NOTHING = Seen(PageState.UNKNOWN, 0)
T = TypeVar("T")


class Carrier(Protocol):
    """What carries the pages, on the main thread (``ui.xchart.site``)."""

    def expect(self, account_id: str, email: str) -> None:
        """Whose login that account is."""

    def look(self, whose: Whose, then: Callable[[Seen], None]) -> None:
        """Their page as it is."""

    def find(self, whose: Whose, carried: Carried, then: Callable[[Seen], None]) -> None:
        """Their page where it leads on, else at the start."""

    def open_anew(self, whose: Whose, carried: Carried, then: Callable[[Seen], None]) -> None:
        """Their page at the start."""

    def fill(
        self, whose: Whose, seen: Seen, typed: Mapping[Part, str], then: Callable[[Press], None]
    ) -> None:
        """Fill in and press."""

    def follow(self, whose: Whose, seen: Seen, then: Callable[[Seen], None]) -> None:
        """Tell of another look."""

    def sign_out(self, account_id: str, carried: Carried, then: Callable[[bool], None]) -> None:
        """Press the site's own sign-out."""

    def open_apart(self, account_id: str, then: Callable[[Seen], None]) -> None:
        """The site's start in a profile of its own."""

    def end_apart(self, account_id: str, adopt: bool, then: Callable[[bool], None]) -> None:
        """It is the account's own, or it goes."""

    def let_go(self, account_id: str, then: Callable[[bool], None]) -> None:
        """Everything of that account goes."""

    def settle(self, account_id: str, then: Callable[[bool], None]) -> None:
        """Have kept what its pages would lose in a restart."""

    def rehearse(self, account_id: str, carried: Carried, then: Callable[[Seen], None]) -> None:
        """The account's start, with what was carried and nothing else."""


class SitePagesOnLane:
    """The port ``SitePages``. ``on_main`` has a call made on the main thread, in order.

    ``carrier`` is None where there is no engine. ``carried`` reads what the site remembered, on
    the lane; ``forget`` deletes it; ``settle`` waits until all is on the disk that pages have told.
    """

    def __init__(
        self,
        on_main: Callable[[Callable[[], None]], None],
        carrier: Callable[[], Carrier | None],
        carried: Callable[[str], Carried],
        forget: Callable[[str], object],
        settle: Callable[[], None],
    ) -> None:
        self._on_main = on_main
        self._carrier = carrier
        self._carried = carried
        self._forget = forget
        self._settle = settle

    def expect(self, account_id: str, email: str) -> None:
        """Whose login that account is; known there before whatever is asked next."""

        def tell() -> None:
            carrier = self._carrier()
            if carrier is not None:
                carrier.expect(account_id, email)

        self._on_main(tell)

    def look(self, whose: Whose) -> Seen:
        """Their page as it is; unknown where there is none."""
        return self._asked(lambda to, then: to.look(whose, then), NOTHING)

    def find(self, whose: Whose) -> Seen:
        """Their page where it is signed in, or a person is at it; else at the site's start."""
        carried = self._carried(whose.account_id)
        return self._asked(lambda to, then: to.find(whose, carried, then), NOTHING)

    def open_anew(self, whose: Whose) -> Seen:
        """Their page at the site's start, whatever was there."""
        carried = self._carried(whose.account_id)
        return self._asked(lambda to, then: to.open_anew(whose, carried, then), NOTHING)

    def fill(self, whose: Whose, seen: Seen, typed: Mapping[Part, str]) -> Press:
        """Fill that in and press, if the page is still the one that was seen."""
        return self._asked(lambda to, then: to.fill(whose, seen, typed, then), Press.GONE)

    def follow(self, whose: Whose, seen: Seen) -> Seen:
        """Wait until the page shows something else than that, a while at most."""
        return self._asked(lambda to, then: to.follow(whose, seen, then), NOTHING)

    def sign_out(self, account_id: str) -> bool:
        """Press the site's own sign-out, and forget what it keeps here; whether it took it."""
        carried = self._carried(account_id)
        signed_out = self._asked(lambda to, then: to.sign_out(account_id, carried, then), False)
        if signed_out:
            self._forget(account_id)
        return signed_out

    def open_apart(self, account_id: str) -> Seen:
        """The site's start in a profile of its own, as a stranger sees it."""
        return self._asked(lambda to, then: to.open_apart(account_id, then), NOTHING)

    def end_apart(self, account_id: str, *, adopt: bool) -> None:
        """It is the account's own from now on; or it goes."""
        self._asked(lambda to, then: to.end_apart(account_id, adopt, then), False)

    def let_go(self, account_id: str) -> None:
        """Everything of that account goes here, its memory too."""
        self._asked(lambda to, then: to.let_go(account_id, then), False)
        self._forget(account_id)

    def rehearse(self, account_id: str) -> Seen:
        """The account's own page as it would be after a restart."""
        if not self._asked(lambda to, then: to.settle(account_id, then), False):
            return NOTHING
        self._settle()
        carried = self._carried(account_id)
        return self._asked(lambda to, then: to.rehearse(account_id, carried, then), NOTHING)

    def _asked(self, call: Callable[[Carrier, Callable[[T], None]], None], nothing: T) -> T:
        answer = Future[T]()

        def tell(told: T) -> None:
            # Called back once more, or after it was given up, it changes nothing.
            if not answer.done():
                answer.set_result(told)

        def ask() -> None:
            if not answer.set_running_or_notify_cancel():
                return  # given up before it began: nothing is filled in for nobody
            carrier = self._carrier()
            if carrier is None:
                tell(nothing)
                return
            call(carrier, tell)

        self._on_main(ask)
        try:
            return answer.result(PATIENCE_SECONDS)
        except TooLong:
            answer.cancel()
            return nothing
