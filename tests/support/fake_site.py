"""A site that has only a web sign-in, as its pages look through the port: no browser, no server.

Remembers what reached it, so that a test can say how often a password was sent.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from kiosk.session.model.site import PageState, Part, Press, Seen, Whose

KEPT = (PageState.IN, PageState.PERSON_WANTED, PageState.CHANGE_WANTED)
EMAIL, PASSWORD, CODE = "office@lakeside.example", "four quiet herons", "482915"


@dataclass
class FakeSite:
    """``two_steps``: the e-mail has a page of its own. ``remembers``: this computer is known.

    ``says`` is a page that is shown instead of the next, ``presses`` how the next pressing ends,
    ``after_restart`` what a rehearsal of a restart finds.
    """

    two_steps: bool = False
    asks_code: bool = True
    remembers: bool = False
    signed_in: bool = False
    down: int = 0
    takes_sign_out: bool = True
    behind_code: PageState = PageState.IN
    says: PageState | None = None
    presses: list[Press] = field(default_factory=list)
    after_restart: PageState = PageState.IN
    gone: list[str] = field(default_factory=list)
    rehearsed: list[str] = field(default_factory=list)
    sent: list[dict[Part, str]] = field(default_factory=list)
    before_press: Callable[[], None] = lambda: None
    _at: PageState | None = None
    _load: int = 0

    def look(self, whose: Whose) -> Seen:
        return self._seen(self._at or self._start())

    def find(self, whose: Whose) -> Seen:
        seen = self.look(whose)
        return seen if seen.state in KEPT else self.open_anew(whose)

    def open_anew(self, whose: Whose) -> Seen:
        self._load += 1
        return self._seen(self._start())

    def fill(self, whose: Whose, seen: Seen, typed: Mapping[Part, str]) -> Press:
        self.before_press()
        if self.presses and (press := self.presses.pop(0)) is not Press.PRESSED:
            return press
        self.sent.append(dict(typed))
        self._load += 1
        self._at = self._next(typed)
        return Press.PRESSED

    def follow(self, whose: Whose, seen: Seen) -> Seen:
        return self._seen(self._at or self._start())

    def sign_out(self, account_id: str) -> bool:
        if self.takes_sign_out:
            self.signed_in = self.remembers = False
            self._at = None
        return self.takes_sign_out

    def let_go(self, account_id: str) -> None:
        self.gone.append(account_id)

    def rehearse(self, account_id: str) -> Seen:
        self.rehearsed.append(account_id)
        return self._seen(self.after_restart)

    def restart(self) -> None:
        """The kiosk was started anew, and its pages are gone."""
        self._at, self.signed_in = None, False

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
                if code != CODE:
                    return PageState.ASKS_CODE
                self.remembers = self.signed_in = True
                return self.behind_code
            case {Part.PASSWORD: password}:
                if password != PASSWORD:
                    return PageState.REFUSED
                if self.asks_code and not self.remembers:
                    return PageState.ASKS_CODE
                self.signed_in = True
                return PageState.IN
            case _:
                return PageState.ASKS_PASSWORD

    def _seen(self, state: PageState) -> Seen:
        self._at = state
        if self.down:
            return Seen(PageState.DOWN, self._load, status=self.down)
        return Seen(state, self._load, both=not self.two_steps)
