"""A site's pages in virtual time: the fake site behind the port, with waits in which all may end.

What the site has this computer remember is kept in the kiosk's own encrypted store, and counts
after a restart only if it came there.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random

from kiosk.session.model.carried import Carried, Cookie, CookieName
from kiosk.session.model.site import PageState, Part, Press, Seen, Whose
from kiosk.session.ports import SiteMemory
from tests.simulation.hub import Strand
from tests.simulation.network import Cable
from tests.simulation.presses import Presses
from tests.support.fake_site import CODE, EMAIL, PASSWORD, FakeSite

CALL_SECONDS = 0.6
"""The longest of a call that nothing holds up."""
HOST = "xchart.example"


@dataclass
class Side:
    """The site as one computer meets it, and what its people know of the account.

    ``device`` and ``session`` are what the site knows this computer by; empty where it does not.
    """

    cable: Cable
    draw: Random
    presses: Presses
    email: str = EMAIL
    password: str = PASSWORD
    former: str = PASSWORD
    is_down: bool = False
    is_full: bool = False
    fills_up: bool = False
    device: str = ""
    session: str = ""
    site: FakeSite = field(default_factory=FakeSite)
    secrets: set[str] = field(default_factory=lambda: {PASSWORD})

    def texted(self) -> str:
        """The code that was texted last."""
        return CODE

    def restarted(self) -> None:
        """No page is there, and the browser remembers nothing before it is given back."""
        self.site.restart()
        self.site.remembers = False

    def change_password(self, password: str) -> None:
        """At the site, by somebody else."""
        self.former, self.password = self.password, password
        self.site.password = password
        self.secrets.add(password)

    def end_session(self) -> None:
        """The site has signed everybody out; no page knows it yet."""
        self.session, self.site.signed_in = "", False

    def forget(self) -> None:
        """The site knows this computer no more."""
        self.device, self.site.remembers = "", False

    def settle(self) -> None:
        """Whether anybody is answered now."""
        self.site.down = (503 if self.is_down else 0) if self.cable.up else -1


class PagesInTime:
    """The port ``SitePages`` of one process. ``memory`` is there once the ports are open."""

    def __init__(
        self,
        side: Side,
        running: Callable[[], Strand],
        on_local: Callable[[Callable[[], None]], None],
        carried: Callable[[str], Carried],
        forget: Callable[[str], object],
    ) -> None:
        self._side = side
        self._running = running
        self._on_local = on_local
        self._carried = carried
        self._forget = forget
        self._is_restored = False
        # What this browser has of the site's.
        self._jar: set[str] = set()
        self.memory: SiteMemory | None = None
        side.restarted()

    def look(self, whose: Whose) -> Seen:
        return self._told(whose.account_id, lambda site: site.look(whose))

    def find(self, whose: Whose) -> Seen:
        self._restore(whose.account_id)
        return self._told(whose.account_id, lambda site: site.find(whose))

    def open_anew(self, whose: Whose) -> Seen:
        self._restore(whose.account_id)
        page = self._side.site.pages.get(whose)
        in_use = whose.person_id and page is not None and page.at is PageState.IN
        assert not in_use, "a page in use was loaded anew"
        return self._told(whose.account_id, lambda site: site.open_anew(whose))

    def fill(self, whose: Whose, seen: Seen, typed: Mapping[Part, str]) -> Press:
        side, presses, site = self._side, self._side.presses, self._side.site
        self._wait()
        secret = Part.PASSWORD in typed
        if secret:
            presses.about_to_send()
        before = site.passwords()
        how = site.fill(whose, seen, typed)
        if site.passwords() > before:
            presses.sent()
            side.is_full, side.fills_up = side.is_full or side.fills_up, False
        self._remember(whose.account_id)
        self._wait()
        return how

    def follow(self, whose: Whose, seen: Seen) -> Seen:
        now = self._told(whose.account_id, lambda site: site.follow(whose, seen))
        if now.state is PageState.ASKS_PASSWORD and now.load != seen.load:
            self._side.presses.asked_again()
        return now

    def sign_out(self, account_id: str) -> bool:
        self._restore(account_id)
        self._wait()
        signed_out = self._side.site.sign_out(account_id)
        if signed_out:
            self._side.device = self._side.session = ""
            self._forget(account_id)
        self._wait()
        return signed_out

    def _told(self, account_id: str, ask: Callable[[FakeSite], Seen]) -> Seen:
        self._wait()
        seen = ask(self._side.site)
        self._remember(account_id)
        self._wait()
        self._side.presses.saw(seen)
        return seen

    def _wait(self) -> None:
        self._running().wait(self._side.draw.uniform(0.01, CALL_SECONDS / 2))
        self._side.settle()
        self._side.presses.no_room = self._side.is_full

    def _restore(self, account_id: str) -> None:
        """Once: what was kept, where the site still knows it."""
        if self._is_restored:
            return
        self._is_restored = True
        side, kept = self._side, self._carried(account_id)
        had = {each.called.name: each.content for each in kept.cookies}
        side.site.remembers = bool(side.device) and had.get("device") == side.device
        side.site.signed_in = bool(side.session) and had.get("session") == side.session
        self._jar |= {"device"} if side.site.remembers else set()
        self._jar |= {"session"} if side.site.signed_in else set()

    def _remember(self, account_id: str) -> None:
        """What the site has just made this browser remember goes to the disk, by its lane."""
        side = self._side
        if not side.site.signed_in:
            self._jar.discard("session")
        elif "session" not in self._jar:
            side.session = self._cookie(account_id, "session")
        if not side.site.remembers:
            self._jar.discard("device")
        elif "device" not in self._jar:
            side.device = self._cookie(account_id, "device")

    def _cookie(self, account_id: str, name: str) -> str:
        content = f"{name} {self._side.draw.randrange(10**12)}"
        self._side.secrets.add(content)
        self._jar.add(name)
        cookie = Cookie(CookieName(HOST, "/", name), content)

        def keep() -> None:
            if self.memory is not None:
                self.memory.keep_cookie(account_id, cookie)

        self._on_local(keep)
        return content
