"""A site that has only a web sign-in: from a tap to the bar with the name, and to its page.

Four ways, each at the same chair: the page was kept for who comes back; it is opened anew on a
session that goes on; what the site remembers comes out of the encrypted store after a restart; and
the session is over, so that the password is filled in. Beside a browser at the same site.
"""

import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.glass import Glass, GlassDesk, Picture
from benchmarks.hands import Hands
from benchmarks.room import Finder, Joined, Point
from benchmarks.rows import Row, row
from benchmarks.site_browser import FIRST, RETURN, SIGN_IN, Peer
from sandbox.demo.desk import end
from sandbox.demo.site import OFFICE, WebSite
from sandbox.demo.stage import PASSWORD
from sandbox.demo.web_walk import MARIA, provision

BAR_MS, PAGE_MS, STORE_RATIO = 100.0, 150.0, 1.5
AT_ONCE = 5
"""So many rounds of the kiosk, then as many of the browser."""
NAME_RIGHT = 320
"""Name and account stand left of it in the bar, in pixels."""
REST_SECONDS = 1.5
"""What a page leaves behind is put away, the engine's second process is there."""
KEPT, ANEW, STORED, SIGNED_IN = "page kept", "after Done", "after a restart", "session over"


@dataclass(frozen=True, slots=True)
class SiteChair:
    """A computer that the site remembers, and where things are on its screen."""

    joined: Joined
    switch: Point
    on_the_cover: Point


NOWHERE = SiteChair(Joined(Path(), (0, 0), (0, 0), 0, 0, 0), (0, 0), (0, 0))
"""Where nothing of it is measured."""


@dataclass(slots=True)
class Times:
    """Milliseconds, by the way in: to the bar with the name, and to the page."""

    bar: dict[str, list[float]] = field(default_factory=dict)
    page: dict[str, list[float]] = field(default_factory=dict)


def site_chair(desk: GlassDesk, site: WebSite) -> SiteChair:
    """The first day, through the kiosk's pages; then once in, and done."""
    profile = desk.home / "site"
    provision(profile, site.address)
    # The demonstration chooses the page on the screen, and starts anew for it; IT may say it here.
    said = profile / "provisioning.toml"
    said.write_text(f'mode = "web"\n{said.read_text("utf-8")}', "utf-8")
    joined = Joined(profile, (0, 0), (0, 0), 0, 0, 0)
    kiosk = desk.start(*joined.command)
    eyes = Finder(desk.environment["DBUS_SESSION_BUS_ADDRESS"])
    try:
        eyes.press("Continue")
        eyes.type_into("E-mail", OFFICE)
        eyes.type_into("Password", PASSWORD)
        eyes.press("Continue")
        eyes.press("Yes, it is so")
        eyes.find("Enter Dr. Rivera's code")
        eyes.key_in("Code", site.code())
        eyes.press("Go to the login screen")
        tile = eyes.centre(MARIA)
        eyes.press(MARIA)
        eyes.find("Lock")
        switch, done = eyes.centre("Switch"), eyes.centre("Done")
        eyes.press("Switch")
        eyes.find("Who is next?")
        on_the_cover = eyes.centre(MARIA)
        eyes.press(MARIA)
        eyes.press("Done")
        eyes.find("Tap your name")
    finally:
        eyes.close()
        end(kiosk)
    return SiteChair(Joined(profile, tile, done, 2 * done[1], 0, 0), switch, on_the_cover)


class Watched:
    """A kiosk at the site, watched on its glass and worked by hand; ``times`` grow."""

    def __init__(self, desk: GlassDesk, glass: Glass, hands: Hands, chair: SiteChair) -> None:
        """What the bar and the page look like is seen once, on a kiosk of its own."""
        self._desk, self._glass, self._hands, self._chair = desk, glass, hands, chair
        self.times = Times()
        kiosk = self._started()
        before = glass.calm()
        hands.click(chair.joined.tile)
        glass.until(lambda: glass.rows() != before, "the workspace")
        time.sleep(2 * REST_SECONDS)
        now, bottom = glass.calm(), chair.joined.bar_bottom
        # Not the clock beside it, whose minute passes.
        self._bar = Picture.of("the name", now, before, bottom=bottom, right=NAME_RIGHT)
        self._page = Picture.of("the site's page", now, before, top=bottom)
        self._ended(kiosk)

    def rounds(self, site: WebSite, runs: int) -> None:
        """Of one start: kept, opened anew, and signed in; the first entry is not counted."""
        kiosk, chair = self._started(), self._chair
        self._enter(chair.joined.tile)
        for _ in range(runs):
            self._press(chair.switch)
            self._enter(chair.on_the_cover, KEPT)
            self._press(chair.joined.done)
            self._enter(chair.joined.tile, ANEW)
            self._press(chair.joined.done)
            site.forget_sessions()
            sent = site.passwords_sent()
            self._enter(chair.joined.tile, SIGNED_IN)
            if site.passwords_sent() != sent + 1:
                raise RuntimeError("the password was not filled in once")
        self._press(chair.joined.done)
        self._ended(kiosk)

    def restarted(self, site: WebSite) -> None:
        """One start, one tap: nothing is sent but what the site had this computer keep."""
        kiosk, sent = self._started(), site.passwords_sent()
        self._enter(self._chair.joined.tile, STORED)
        if site.passwords_sent() != sent:
            raise RuntimeError("the password was filled in after a restart")
        self._press(self._chair.joined.done)
        self._ended(kiosk)

    def _enter(self, where: Point, way: str = "") -> None:
        self._glass.calm()
        at = self._hands.click(where)
        bar, page = self._glass.shows(self._bar), self._glass.shows(self._page)
        if way:
            self.times.bar.setdefault(way, []).append((bar - at) * 1000)
            self.times.page.setdefault(way, []).append((page - at) * 1000)
        time.sleep(REST_SECONDS)

    def _press(self, where: Point) -> None:
        self._hands.click(where)
        self._glass.until(lambda: not self._page.on(self._glass), "the page off the glass")
        time.sleep(REST_SECONDS)

    def _started(self) -> subprocess.Popen[bytes]:
        kiosk = self._desk.run(*self._chair.joined.command)
        self._glass.until(lambda: not self._glass.empty(), "the kiosk's first paint")
        time.sleep(2 * REST_SECONDS)
        return kiosk

    def _ended(self, kiosk: subprocess.Popen[bytes]) -> None:
        end(kiosk)
        self._glass.until(self._glass.empty, "an empty glass")


def at_a_site(
    desk: GlassDesk, glass: Glass, chair: SiteChair, site: WebSite, home: Path, runs: int
) -> list[Row]:
    """The rows, the kiosk and the browser in turns."""
    hands = Hands(desk.environment["DISPLAY"])
    watched = Watched(desk, glass, hands, chair)
    # A folder of its own each time: what broke off is measured once more.
    data = Path(tempfile.mkdtemp(prefix="browser-", dir=home))
    peer = Peer(desk, glass, hands, site, data)
    for start in range(0, runs, AT_ONCE):
        count = min(AT_ONCE, runs - start)
        watched.rounds(site, count)
        peer.rounds(count)
        for _ in range(count):
            watched.restarted(site)
            peer.restarted()
    hands.close()
    return rows(watched.times, peer.times)


def rows(ours: Times, theirs: dict[str, list[float]]) -> list[Row]:
    """What was measured, beside what a browser takes for the same."""
    told: list[Row] = []
    for way, peer in ((KEPT, SIGN_IN), (ANEW, SIGN_IN), (STORED, FIRST), (SIGNED_IN, SIGN_IN)):
        memory, stored = way in (KEPT, ANEW), way == STORED
        ratio = 1.0 if memory else STORE_RATIO if stored else None
        budget = f"p95 ≤ {PAGE_MS:.0f}, ratio < 1" if memory else f"ratio ≤ {STORE_RATIO}"
        told += [
            row(
                f"site, {way}: tap → bar with the name",
                "ms",
                ours.bar[way],
                budget=f"p95 ≤ {BAR_MS:.0f}",
                most=BAR_MS,
            ),
            row(
                f"site, {way}: tap → page signed in",
                "ms",
                ours.page[way],
                against=peer,
                others=theirs[peer],
                budget=budget if ratio else None,
                most=PAGE_MS if memory else None,
                most_ratio=ratio,
            ),
        ]
    return [*told, row("site: a running browser's return", "ms", theirs[RETURN])]
