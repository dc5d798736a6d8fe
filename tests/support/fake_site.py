"""A site that has only a web sign-in, as its pages look through the port: no browser, no server.

Remembers what reached it, so that a test can say how often a password was sent.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from kiosk.session.model.site import APART, PageState, Part, Press, Seen, Whose

KEPT = (PageState.IN, PageState.PERSON_WANTED, PageState.CHANGE_WANTED)
NOBODY_IN = (PageState.ASKS_EMAIL, PageState.ASKS_PASSWORD, PageState.ASKS_CODE)
EMAIL, PASSWORD, CODE = "office@lakeside.example", "four quiet herons", "482915"


@dataclass
class FakePage:
    """Somebody's page: what it showed when it was loaded last."""

    at: PageState = PageState.UNKNOWN
    load: int = 0


@dataclass
class FakeSite:
    """``two_steps``: the e-mail has a page of its own. ``remembers``: this computer is known.

    ``says`` is a page that is shown instead of the next, ``presses`` how the next pressing ends,
    ``after_restart`` what a rehearsal of a restart finds.
    ``down`` is what every page is answered with, -1 where nobody answers; ``stands``: after a press
    the page stays as it was, whatever the site has made of it.
    """

    two_steps: bool = False
    asks_code: bool = True
    remembers: bool = False
    signed_in: bool = False
    down: int = 0
    again_after: int = 0
    stands: bool = False
    takes_sign_out: bool = True
    takes_codes: bool = True
    password: str = PASSWORD
    behind_code: PageState = PageState.IN
    says: PageState | None = None
    presses: list[Press] = field(default_factory=list)
    after_restart: PageState = PageState.IN
    logins: dict[str, str] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    rehearsed: list[str] = field(default_factory=list)
    sent: list[dict[Part, str]] = field(default_factory=list)
    before_press: Callable[[], None] = lambda: None
    pages: dict[Whose, FakePage] = field(default_factory=dict)

    def expect(self, account_id: str, email: str) -> None:
        self.logins[account_id] = email

    def look(self, whose: Whose) -> Seen:
        return self._seen(self.pages.get(whose, FakePage()))

    def find(self, whose: Whose) -> Seen:
        seen = self.look(whose)
        return seen if seen.state in KEPT else self.open_anew(whose)

    def open_anew(self, whose: Whose) -> Seen:
        return self._seen(self._go(whose, self._start()))

    def fill(self, whose: Whose, seen: Seen, typed: Mapping[Part, str]) -> Press:
        self.before_press()
        page = self.pages.get(whose, FakePage())
        if (page.at, page.load) != (seen.state, seen.load):
            return Press.GONE
        if self.presses and (press := self.presses.pop(0)) is not Press.PRESSED:
            return press
        self.sent.append(dict(typed))
        was = self.remembers, self.signed_in
        if whose.person_id == APART:
            self.remembers = False
        after = self._next(typed)
        if whose.person_id == APART:
            # It has nothing to do with what the account's own profile has.
            self.remembers, self.signed_in = was
        if not self.stands:
            self._go(whose, after)
        return Press.PRESSED

    def follow(self, whose: Whose, seen: Seen) -> Seen:
        return self.look(whose)

    def sign_out(self, account_id: str) -> bool:
        seen = self.find(Whose(account_id, ""))
        if seen.state is PageState.IN:
            if not self.takes_sign_out:
                return False
            self.signed_in = self.remembers = False
        elif seen.state not in NOBODY_IN:
            return False
        self.pages.clear()
        return True

    def open_apart(self, account_id: str) -> Seen:
        start = PageState.ASKS_EMAIL if self.two_steps else PageState.ASKS_PASSWORD
        return self._seen(self._go(Whose(account_id, APART), start))

    def end_apart(self, account_id: str, *, adopt: bool) -> None:
        page = self.pages.pop(Whose(account_id, APART), None)
        if page is not None and adopt:
            self._drop(account_id)
            self.pages[Whose(account_id, "")] = page
            self.remembers, self.signed_in = True, page.at is PageState.IN

    def let_go(self, account_id: str) -> None:
        self.gone.append(account_id)
        self._drop(account_id)

    def rehearse(self, account_id: str) -> Seen:
        self.rehearsed.append(account_id)
        if self.down or self.after_restart is not PageState.IN:
            return self._seen(FakePage(PageState.DOWN if self.down else self.after_restart, 1))
        # What was tried takes the place of what was there.
        self._drop(account_id)
        return self._seen(self._go(Whose(account_id, ""), PageState.IN))

    def press_on(self, whose: Whose) -> Seen:
        """Somebody follows a link of their page, or does what only a person can."""
        page = self.pages.get(whose, FakePage())
        by_hand = page.at in NOBODY_IN or (page.at in KEPT and page.at is not PageState.IN)
        if by_hand and not self.down:
            self.signed_in = True
        return self._seen(self._go(whose, self._start()))

    def leave(self, whose: Whose, *, finished: bool) -> None:
        """Nobody looks at their page any more; whoever has finished comes back to a new one."""
        page = self.pages.get(whose)
        # Where its code is asked for, it is given.
        if finished and page is not None and page.at is not PageState.ASKS_CODE:
            del self.pages[whose]

    def restart(self) -> None:
        """The kiosk was started anew, and its pages are gone."""
        self.pages.clear()
        self.signed_in = False

    def passwords(self) -> int:
        """How often one was sent."""
        return sum(Part.PASSWORD in each for each in self.sent)

    def _start(self) -> PageState:
        if self.signed_in:
            return PageState.IN
        return PageState.ASKS_EMAIL if self.two_steps else PageState.ASKS_PASSWORD

    def _next(self, typed: Mapping[Part, str]) -> PageState:
        if self.says is not None:
            return self.says
        match dict(typed):
            case {Part.CODE: code}:
                if code != CODE or not self.takes_codes:
                    return PageState.ASKS_CODE
                self.remembers = self.signed_in = True
                return self.behind_code
            case {Part.PASSWORD: password}:
                if password != self.password:
                    return PageState.REFUSED
                if self.asks_code and not self.remembers:
                    return PageState.ASKS_CODE
                self.signed_in = True
                return PageState.IN
            case _:
                return PageState.ASKS_PASSWORD

    def _drop(self, account_id: str) -> None:
        self.pages = {w: page for w, page in self.pages.items() if w.account_id != account_id}

    def _go(self, whose: Whose, to: PageState) -> FakePage:
        page = self.pages.setdefault(whose, FakePage())
        page.at, page.load = PageState.DOWN if self.down else to, page.load + 1
        return page

    def _seen(self, page: FakePage) -> Seen:
        if page.at is PageState.DOWN:
            return Seen(page.at, page.load, self.again_after, status=max(self.down, 0))
        return Seen(page.at, page.load, both=not self.two_steps)
