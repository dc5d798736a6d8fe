"""The embedded view as the carrier of a site's pages: the port ``SitePages``, on the main thread.

Every call ends with a call back within seconds; whoever waits on a lane is served by
``kiosk.app.site_pages``. Never import this before the login screen is painted.
"""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtWidgets import QWidget

from kiosk.session.model.carried import Carried
from kiosk.session.model.site import APART, PageState, Part, Press, Seen, Whose
from kiosk.ui.xchart.engine import set_up
from kiosk.ui.xchart.site_account import Keeper, SiteAccount, Stage
from kiosk.ui.xchart.site_apart import Apart, look_at_start
from kiosk.ui.xchart.site_script import SitePlace
from kiosk.ui.xchart.site_seen import KEPT, NOBODY_IN, NOTHING, LastSeen
from kiosk.ui.xchart.site_unsent import Holds, Unsent
from kiosk.ui.xchart.site_view import SiteView, backstage

ATTEND_EVERY_MS = 1000
Then = Callable[[Seen], None]


class Site(QObject):
    """Every account's pages at one site. ``changed`` when the one on show is no longer what it was.

    What is signed in and no longer is, or what a person has brought in. ``unsent_changed`` tells
    whose pages are kept, by the ids of their tiles, because they typed what was not sent.
    """

    changed = Signal(Seen)
    unsent_changed = Signal(tuple)

    def __init__(
        self, glass: QWidget, place: SitePlace, proxy: str, scale: float, keeper: Keeper
    ) -> None:
        """``glass`` is where pages are shown; the engine reaches that site's hosts alone."""
        hosts = (place.start, place.sign_in, *place.origins, *place.parts)
        set_up(QUrl(proxy), *map(QUrl, hosts))
        super().__init__(glass)
        self._place = place
        self._behind = backstage()
        self._stage = Stage(glass, self._behind, scale)
        self._keeper = keeper
        self._accounts: dict[str, SiteAccount] = {}
        self._last = LastSeen()
        self._apart = Apart(self._kept_nowhere, self._seen)
        # Who has finished, and what they typed is being asked after.
        self._finishing: set[Whose] = set()
        self._unsent = Unsent(self)
        self._unsent.changed.connect(self.unsent_changed)
        self._emails: dict[str, str] = {}
        self._attended: Whose | None = None
        self._attending = QTimer(self, interval=ATTEND_EVERY_MS)
        self._attending.timeout.connect(self._attend)
        self.made: Callable[[SiteView], None] = lambda _view: None
        """Told each view once, before anything is in it."""
        self.parting: Callable[[], None] = lambda: None
        """Told before an account's pages are let go."""

    def get_ready(self, account_id: str, carried: Carried) -> None:
        """That account may be tapped: what takes the engine long is done before."""
        self._account(account_id).get_ready(carried)

    def get_ready_again(self) -> None:
        """Somebody took the page that was ready, and is gone from it."""
        for each in self._accounts.values():
            each.get_ready_again()

    def attend(self, whose: Whose | None) -> None:
        """Whose page is on show: what a person does on it is seen, until it is signed in."""
        self._attended = whose
        if whose is not None:
            self._finishing.discard(whose)
            self._unsent.come_back(whose)
        account = None if whose is None else self._accounts.get(whose.account_id)
        if whose is not None and account is not None:
            account.take_up(whose.person_id)
            # Where the account itself signed in, or gave its code: somebody has a page by now.
            account.close("")
        if whose is None or self.last(whose).state is PageState.IN:
            self._attending.stop()
        else:
            self._attending.start()

    def leave(self, *, finished: bool) -> None:
        """Nobody looks at a page any more; whoever has finished comes back to a new one.

        Where the site asks for its code, the page is kept: it is given there. Else the password
        would be sent once more for the same press, and another code texted.
        """
        whose = self._attended
        self.attend(None)
        account = None if whose is None else self._accounts.get(whose.account_id)
        if whose is None or account is None:
            return
        if not account.keeps:
            self._let_go(whose.account_id)
        elif (
            finished
            and self.last(whose).state is not PageState.ASKS_CODE
            and (view := account.view(whose.person_id)) is not None
        ):
            self._finishing.add(whose)
            self._unsent.ask(whose, view.site_page, partial(self._finish, whose))
        else:
            account.put_aside(whose.person_id)

    def _finish(self, whose: Whose, holds: Holds) -> None:
        """Nothing that somebody typed is lost; what the page has sent is nobody's to come back to.

        Unless somebody was quicker: whoever comes back is shown that page.
        """
        account = self._accounts.get(whose.account_id)
        if whose not in self._finishing or account is None:
            return
        self._finishing.discard(whose)
        if holds is Holds.NOTHING:
            self.close(whose)
        else:
            account.put_aside(whose.person_id)
            self._unsent.keep(whose)

    def last(self, whose: Whose) -> Seen:
        """What the last look at their page showed."""
        return self._last.of(whose)

    def view(self, whose: Whose) -> SiteView | None:
        """Their page, None where there is none."""
        account = self._holder(whose)
        return None if account is None else account.view(whose.person_id)

    def _holder(self, whose: Whose) -> SiteAccount | None:
        """In whose profile their page is."""
        if whose.person_id == APART:
            return self._apart.account(whose.account_id)
        return self._accounts.get(whose.account_id)

    def _kept_nowhere(self, account_id: str) -> SiteAccount:
        """A second profile of that account, of which nothing is kept."""
        made = SiteAccount(account_id, self._place, self._stage, self._keeper, self, keeps=False)
        made.expect(self._emails.get(account_id, ""))
        return made

    def expect(self, account_id: str, email: str) -> None:
        """Whose login that account is: a page that shows that e-mail, unchangeable, is theirs."""
        self._emails[account_id] = email
        if (account := self._accounts.get(account_id)) is not None:
            account.expect(email)

    def look(self, whose: Whose, then: Then) -> None:
        """Their page as it is."""
        if (view := self.view(whose)) is not None:
            view.stage()
            view.site_page.look(partial(self._seen, whose, then))
        else:
            then(NOTHING)

    def find(self, whose: Whose, carried: Carried, then: Then) -> None:
        """Their page where it is signed in, or a person is at it; else at the site's start.

        Nothing that was typed is lost on the way: where the next page did not come, the one before
        it is their page. Only one that answers nothing, twice in a row, goes all the same.
        """
        self._finishing.discard(whose)
        last, view = self.last(whose), self.view(whose)
        is_in = view is not None and view.site_page.is_in and last.state is PageState.IN
        if is_in and not self._unsent.was_silent(whose):
            then(last)  # It is watched: had it ended, that would be known.
            return

        def judge(seen: Seen) -> None:
            if seen.state in KEPT:
                then(seen)
            elif view is None:
                self.open_anew(whose, carried, then)
            else:
                self._unsent.ask(whose, view.site_page, partial(weigh, view, seen))

        def weigh(view: SiteView, seen: Seen, holds: Holds) -> None:
            if holds is Holds.SILENT:
                then(seen)
            elif holds is Holds.WORDS and view.site_page.keep_words():
                view.site_page.look(partial(self._seen, whose, then))
            else:
                if holds is Holds.HUNG:
                    self.close(whose)
                self.open_anew(whose, carried, then)

        self.look(whose, judge)

    def open_anew(self, whose: Whose, carried: Carried, then: Then) -> None:
        """Their page at the site's start."""

        def go(view: SiteView) -> None:
            self._last.begin(whose)
            view.begin()
            view.site_page.open_start()
            view.site_page.follow(NOTHING, partial(self._seen, whose, then))

        self._account(whose.account_id).with_page(
            whose.person_id, carried, partial(self._with, whose, go)
        )

    def fill(
        self, whose: Whose, seen: Seen, typed: Mapping[Part, str], then: Callable[[Press], None]
    ) -> None:
        """Fill that in and press."""
        view = self.view(whose)
        if view is None:
            then(Press.GONE)
            return
        if Part.EMAIL in typed:
            self.expect(whose.account_id, typed[Part.EMAIL])

        def end(how: Press) -> None:
            if how is Press.PRESSED and Part.PASSWORD in typed:
                self._last.fill(whose)
            then(how)

        view.site_page.fill(seen, typed, end)

    def follow(self, whose: Whose, seen: Seen, then: Then) -> None:
        """Tell when their page shows something else."""
        view = self.view(whose)
        if view is None:
            then(NOTHING)
        else:
            view.site_page.follow(seen, partial(self._seen, whose, then))

    def sign_out(self, account_id: str, carried: Carried, then: Callable[[bool], None]) -> None:
        """Press the site's own sign-out, then let all of it go; where nobody is in, that alone."""
        whose = Whose(account_id, "")

        def end(signed_out: bool) -> None:
            if signed_out:
                self.let_go(account_id, then)
            else:
                then(False)

        def judge(seen: Seen) -> None:
            view = self.view(whose)
            if view is not None and seen.state is PageState.IN:
                view.stage()
                view.site_page.sign_out(end)
            else:
                end(seen.state in NOBODY_IN)

        self.find(whose, carried, judge)

    def open_apart(self, account_id: str, then: Then) -> None:
        """The site's start in a profile of its own, whose page is ``APART``'s."""
        self._apart.open(account_id, then)

    def end_apart(self, account_id: str, adopt: bool, then: Callable[[bool], None]) -> None:
        """It is the account's own from now on, in the place of all that was there; or it goes."""
        seen = self._last.forget(Whose(account_id, APART))
        apart = self._apart.take(account_id) if adopt else None
        if apart is not None:
            whose = Whose(account_id, "")
            self.let_go(account_id, lambda _gone: None)
            self._keeper.forget(account_id)
            self._take_in(account_id, apart)
            view = apart.hand_over(APART, "")
            apart.adopt(Carried())
            self._with(whose, lambda _view: None, view)
            self._seen(whose, lambda _seen: None, seen)
        self._apart.drop(account_id)
        then(apart is not None)

    def let_go(self, account_id: str, then: Callable[[bool], None]) -> None:
        """Everything of that account goes: whoever shows one of its pages lets go of it first."""
        if account_id in self._accounts:
            self.parting()
            self._let_go(account_id)
        then(True)

    def settle(self, account_id: str, then: Callable[[bool], None]) -> None:
        """Have kept what its pages would lose in a restart."""
        account = self._accounts.get(account_id)
        if account is None:
            then(True)
        else:
            account.settle(lambda: then(True))

    def rehearse(self, account_id: str, carried: Carried, then: Then) -> None:
        """The account's start in a second profile, which has what was carried and nothing else.

        Where somebody is in there it takes the first one's place: what the site has renewed on the
        way is in it. Else it goes, and nothing was lost by trying; so too where the first has what
        cannot be carried, or somebody's page, and is of more use as long as it lives.
        """
        whose, first = Whose(account_id, ""), self._accounts.get(account_id)
        if self._attended is not None and self._attended.account_id == account_id:
            then(NOTHING)
            return
        second = self._kept_nowhere(account_id)

        def end(view: SiteView, seen: Seen) -> None:
            is_free = first is None or (first.is_whole and not first.is_used)
            is_same = self._accounts.get(account_id) is first
            if seen.state is not PageState.IN or not (is_free and is_same):
                second.discard()
                then(seen)
                return
            self._let_go(account_id)
            self._take_in(account_id, second)
            second.adopt(carried)
            self._with(whose, lambda _view: None, view)
            self._seen(whose, then, seen)

        look_at_start(second, "", carried, end)

    def close(self, whose: Whose) -> None:
        """Let their page go; what the site remembers stays."""
        account = self._accounts.get(whose.account_id)
        self._last.forget(whose)
        if account is not None:
            account.close(whose.person_id)

    def discard(self) -> None:
        """All of it goes at once."""
        self._apart.discard()
        for each in self._accounts.values():
            each.discard()
        self._accounts.clear()
        self._behind.deleteLater()

    def _let_go(self, account_id: str) -> None:
        """Of everything of that account here: its pages, and what the site remembers in them."""
        account = self._accounts.pop(account_id, None)
        if account is not None:
            self._last.forget_account(account_id)
            self._unsent.forget_account(account_id)
            account.discard()

    def _account(self, account_id: str) -> SiteAccount:
        account = self._accounts.get(account_id)
        if account is None:
            account = SiteAccount(account_id, self._place, self._stage, self._keeper, self)
            self._take_in(account_id, account)
        return account

    def _take_in(self, account_id: str, account: SiteAccount) -> None:
        self._accounts[account_id] = account
        account.expect(self._emails.get(account_id, ""))
        account.closed.connect(lambda person: self._unsent.forget(Whose(account_id, person)))

    def _with(self, whose: Whose, go: Callable[[SiteView], None], view: SiteView) -> None:
        if not view.is_introduced:
            view.is_introduced = True
            view.site_page.changed.connect(partial(self._changed, whose))
            view.site_page.ended.connect(lambda: self._unsent.forget(whose))
            self.made(view)
        go(view)

    def _seen(self, whose: Whose, then: Then, seen: Seen) -> None:
        self._note(whose, seen)
        then(seen)

    def _note(self, whose: Whose, seen: Seen) -> None:
        account = self._holder(whose)
        self._last.note(whose, seen)
        if account is not None:
            account.note(whose.person_id, seen)

    def _attend(self) -> None:
        whose = self._attended
        view = None if whose is None else self.view(whose)
        if whose is None or view is None:
            self._attending.stop()
            return
        before, by_hand = self.last(whose), self._last.would_be_by_hand(whose)

        def judge(seen: Seen) -> None:
            if seen.state is before.state or whose != self._attended:
                return
            if seen.state is PageState.IN and by_hand:
                self._ask_whose(whose, view)
            self._changed(whose, seen)

        view.site_page.look(partial(self._seen, whose, judge))

    def _ask_whose(self, whose: Whose, view: SiteView) -> None:
        """Somebody signed in by hand: unless the page says that it is this account's, it is nobody
        else's, and kept nowhere (law 6)."""
        account = self._accounts.get(whose.account_id)
        if account is not None:
            account.disown()
            view.site_page.is_ours(account.email, account.own)

    def _changed(self, whose: Whose, seen: Seen) -> None:
        self._note(whose, seen)
        if whose == self._attended:
            self.attend(whose)
            self.changed.emit(seen)
