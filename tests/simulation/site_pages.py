"""A site's pages in virtual time: the fake site behind the port, with waits in which all may end.

What the site has this computer remember is kept in the kiosk's own encrypted store, and counts
after a restart only if it came there.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random

from kiosk.session.model.carried import Carried, Cookie, CookieName
from kiosk.session.model.site import APART, PageState, Part, Press, Seen, Whose
from kiosk.session.ports import SiteMemory
from tests.simulation.hub import Strand
from tests.simulation.network import Cable
from tests.simulation.presses import Presses
from tests.simulation.xchart import PASSWORD as OWN_PASSWORD
from tests.support.fake_site import CODE, EMAIL, PASSWORD, FakeSite

CALL_SECONDS = 0.6
"""The longest of a call that nothing holds up."""
HOST = "xchart.example"


@dataclass
class Side:
    """The site as one computer meets it, and what its people know of the shared account.

    A login is a site of its own here: its profile, and what the site knows that by (``known``).
    """

    cable: Cable
    draw: Random
    presses: Presses
    house: str
    site: FakeSite
    email: str = EMAIL
    password: str = PASSWORD
    former: str = PASSWORD
    is_down: bool = False
    is_full: bool = False
    fills_up: bool = False
    own: dict[str, FakeSite] = field(default_factory=dict)
    known: dict[tuple[str, str], str] = field(default_factory=dict)
    secrets: set[str] = field(default_factory=lambda: {PASSWORD, OWN_PASSWORD})

    def site_of(self, account_id: str) -> FakeSite:
        """That login's."""
        if account_id == self.house:
            return self.site
        return self.own.setdefault(account_id, FakeSite(password=OWN_PASSWORD))

    def texted(self) -> str:
        """The code that was texted last."""
        return CODE

    def restarted(self) -> None:
        """No page is there, and the browser remembers nothing before it is given back."""
        for each in self._sites():
            each.restart()
            each.remembers = False

    def change_password(self, password: str) -> None:
        """At the site, by somebody else."""
        self.former, self.password = self.password, password
        self.site.password = password
        self.secrets.add(password)

    def end_sessions(self) -> None:
        """The site has signed everybody out; no page knows it yet."""
        self._forget("session")
        for each in self._sites():
            each.signed_in = False

    def forget(self) -> None:
        """The site knows this computer no more."""
        self._forget("device")
        for each in self._sites():
            each.remembers = False

    def settle(self) -> None:
        """Whether anybody is answered now."""
        for each in self._sites():
            each.down = (503 if self.is_down else 0) if self.cable.up else -1

    def _sites(self) -> tuple[FakeSite, ...]:
        return self.site, *self.own.values()

    def _forget(self, name: str) -> None:
        self.known = {key: what for key, what in self.known.items() if key[1] != name}


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
        # What the browser has of the site's, each login's for itself; none before it is given back.
        self._jars: dict[str, set[str]] = {}
        self.memory: SiteMemory | None = None
        side.restarted()

    def expect(self, account_id: str, email: str) -> None:
        self._side.site_of(account_id).expect(account_id, email)

    def look(self, whose: Whose) -> Seen:
        return self._told(whose.account_id, lambda site: site.look(whose))

    def find(self, whose: Whose) -> Seen:
        return self._told(whose.account_id, lambda site: site.find(whose))

    def open_anew(self, whose: Whose) -> Seen:
        page = self._side.site_of(whose.account_id).pages.get(whose)
        in_use = whose.person_id and page is not None and page.at is PageState.IN
        assert not in_use, "a page in use was loaded anew"
        return self._told(whose.account_id, lambda site: site.open_anew(whose))

    def fill(self, whose: Whose, seen: Seen, typed: Mapping[Part, str]) -> Press:
        side, account_id = self._side, whose.account_id
        presses, site = side.presses, self._site(account_id)
        self._wait()
        if Part.PASSWORD in typed:
            presses.about_to_send(account_id)
        before = site.passwords()
        how = site.fill(whose, seen, typed)
        if site.passwords() > before:
            presses.sent(account_id)
            side.is_full, side.fills_up = side.is_full or side.fills_up, False
        self._remember(account_id)
        self._wait()
        return how

    def follow(self, whose: Whose, seen: Seen) -> Seen:
        now = self._told(whose.account_id, lambda site: site.follow(whose, seen))
        if now.state is PageState.ASKS_PASSWORD and now.load != seen.load:
            self._side.presses.asked_again(whose.account_id)
        return now

    def sign_out(self, account_id: str) -> bool:
        site = self._site(account_id)
        self._wait()
        signed_out = site.sign_out(account_id)
        if signed_out:
            self._forget_all(account_id)
        self._wait()
        return signed_out

    def open_apart(self, account_id: str) -> Seen:
        return self._told(account_id, lambda site: site.open_apart(account_id))

    def end_apart(self, account_id: str, *, adopt: bool) -> None:
        site = self._site(account_id)
        if adopt and Whose(account_id, APART) in site.pages:
            self._forget_all(account_id)
        site.end_apart(account_id, adopt=adopt)
        self._remember(account_id)

    def let_go(self, account_id: str) -> None:
        self._side.site_of(account_id).let_go(account_id)
        self._forget_all(account_id)

    def rehearse(self, account_id: str) -> Seen:
        had, known = self._had(account_id), self._side.known.get((account_id, "session"))
        is_in = known is not None and had.get("session") == known
        self._side.site_of(account_id).after_restart = (
            PageState.IN if is_in else PageState.ASKS_PASSWORD
        )
        return self._told(account_id, lambda site: site.rehearse(account_id))

    def _told(self, account_id: str, ask: Callable[[FakeSite], Seen]) -> Seen:
        site = self._site(account_id)
        self._wait()
        seen = ask(site)
        self._remember(account_id)
        self._wait()
        self._side.presses.saw(account_id, seen)
        return seen

    def _wait(self) -> None:
        self._running().wait(self._side.draw.uniform(0.01, CALL_SECONDS / 2))
        self._side.settle()
        self._side.presses.no_room = self._side.is_full

    def _had(self, account_id: str) -> dict[str, str]:
        return {each.called.name: each.content for each in self._carried(account_id).cookies}

    def _site(self, account_id: str) -> FakeSite:
        """That login's, which has been given back what was kept, once."""
        site = self._side.site_of(account_id)
        if account_id not in self._jars:
            had, known = self._had(account_id), self._side.known
            valid = {n for n in had if had[n] == known.get((account_id, n))}
            site.remembers, site.signed_in = "device" in valid, "session" in valid
            self._jars[account_id] = valid
        return site

    def _remember(self, account_id: str) -> None:
        """What the site has just made this browser remember goes to the disk, by its lane."""
        site, jar = self._side.site_of(account_id), self._jars[account_id]
        for name, is_known in (("session", site.signed_in), ("device", site.remembers)):
            if not is_known:
                jar.discard(name)
            elif name not in jar:
                jar.add(name)
                self._keep(account_id, name)

    def _keep(self, account_id: str, name: str) -> None:
        content = f"{name} {self._side.draw.randrange(10**12)}"
        self._side.secrets.add(content)
        self._side.known[account_id, name] = content
        cookie = Cookie(CookieName(HOST, "/", name), content)

        def keep() -> None:
            if self.memory is not None:
                self.memory.keep_cookie(account_id, cookie)

        self._on_local(keep)

    def _forget_all(self, account_id: str) -> None:
        known = self._side.known
        self._side.known = {key: what for key, what in known.items() if key[0] != account_id}
        self._jars[account_id] = set()
        self._forget(account_id)
