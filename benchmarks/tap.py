"""The tap: until Xchart's page is painted, in how many requests; and the lock that covers it."""

import time
from pathlib import Path

from benchmarks.browser import Browser, fill, sign_out
from benchmarks.glass import Glass, GlassDesk, Picture
from benchmarks.hands import Hands
from benchmarks.room import EMAIL, PASSWORD, Joined, Kiosk
from benchmarks.rows import Row, row
from sandbox.demo.desk import end
from sandbox.demo.server import Practice

TAP_MS, TAP_RATIO = 500.0, 0.5
LOCK_MS = 50.0
WORDS = (
    b"<p>Signed in as Office Assistant</p>"
    + b"<p>Sign the chart of the patient before the next one is seated.</p>" * 40
)
ASKING = (
    b"<!doctype html><title>Xchart</title><body style='font:16px sans-serif' "
    b"onclick=\"confirm('Sign the chart now?')\">" + WORDS
)
HEAD = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(ASKING)}\r\n\r\n"
ANSWERS = {"GET /today HTTP/1.1": HEAD.encode() + ASKING}
"""A page that asks, in place of today's: the reference server's has no scripts."""
LOCK_KEYS = ("Control_L", "l")
PAUSE_SECONDS = 0.7
BACKGROUND = ("/v1/changes", "/v1/audit", "/v1/commands")
"""Asked on lanes of their own: whoever taps does not wait for them."""


def taps(
    desk: GlassDesk, glass: Glass, joined: Joined, data: Path, practice: Practice, runs: int
) -> list[Row]:
    """Tap to page, beside a browser with a saved password; and what it asks of the server."""
    ours: list[float] = []
    theirs: list[float] = []
    requests: list[float] = []
    hands = Hands(desk.environment["DISPLAY"])
    for start in range(0, runs, 5):
        kiosk = Kiosk(desk, glass, hands, joined)
        for _ in range(min(5, runs - start)):
            before = len(practice.requests())
            ours.append(kiosk.tap() * 1000)
            time.sleep(PAUSE_SECONDS)
            asked = [r.partition(" ")[2] for r in practice.requests()[before:]]
            waited_for = [p for p in asked if p.startswith("/v1") and p not in BACKGROUND]
            requests.append(len(waited_for))
            kiosk.done()
        end(kiosk.process)
        glass.until(glass.empty, "an empty glass")
        theirs += browsed(desk, glass, hands, data, practice, min(5, runs - start))
    hands.close()
    return [
        row(
            "tap to Xchart page painted",
            "ms",
            ours,
            against="Chromium with a saved password",
            others=theirs,
            budget=f"p95 ≤ {TAP_MS:.0f}, ratio ≤ {TAP_RATIO}",
            most=TAP_MS,
            most_ratio=TAP_RATIO,
        ),
        row("sign-in on a warm kiosk", "requests", requests, budget="1", most=1),
    ]


def browsed(
    desk: GlassDesk, glass: Glass, hands: Hands, data: Path, practice: Practice, runs: int
) -> list[float]:
    """Milliseconds from *Sign in* on the filled-in form to today's page, several times."""
    times: list[float] = []
    with Browser(desk, data, f"{practice.address}/signin") as browser:
        browser.at("/signin")
        at_the_form = glass.calm()
        x, y = browser.tell(
            "(() => { const r = document.querySelector('form button').getBoundingClientRect();"
            " return [r.x + r.width / 2, r.y + r.height / 2]; })()"
        )
        today: Picture | None = None
        for _ in range(runs + 1):
            fill(browser, EMAIL, PASSWORD)
            time.sleep(PAUSE_SECONDS)
            at = hands.click((round(x), round(y)))
            if today is None:
                browser.at("/today")
                today = Picture.of("today's page", glass.calm(), at_the_form)
            else:
                times.append((glass.shows(today) - at) * 1000)
            sign_out(browser)
            time.sleep(PAUSE_SECONDS)
    glass.until(glass.empty, "an empty glass")
    return times


def lock(
    desk: GlassDesk,
    glass: Glass,
    joined: Joined,
    screens: int,
    runs: int,
    asks: bool = False,
) -> Row:
    """Milliseconds from the lock keys until every screen is covered.

    ``asks``: Xchart's page puts a question wherever it is clicked, and stands still behind it.
    """
    hands = Hands(desk.environment["DISPLAY"])
    kiosk = Kiosk(desk, glass, hands, joined)
    kiosk.tap()
    time.sleep(PAUSE_SECONDS)
    in_the_middle = (glass.width + joined.page_left) // 2, glass.height // 2
    if asks:
        hands.click(in_the_middle)
        time.sleep(PAUSE_SECONDS)
    in_the_room = glass.calm()
    times: list[float] = []
    cover: Picture | None = None
    for _ in range(runs + 1):
        at = hands.keys(*LOCK_KEYS)
        if cover is None:
            time.sleep(PAUSE_SECONDS)
            cover = Picture.of("the cover", glass.calm(), in_the_room, plain=True)
        else:
            times.append((glass.shows(cover) - at) * 1000)
        time.sleep(PAUSE_SECONDS)
        kiosk.come_back()
        if asks:
            time.sleep(PAUSE_SECONDS)
            hands.click(in_the_middle)
        time.sleep(PAUSE_SECONDS)
    end(kiosk.process)
    hands.close()
    glass.until(glass.empty, "an empty glass")
    name = "lock to covered, one screen" if screens == 1 else f"lock to covered, {screens} screens"
    if asks:
        name = "lock to covered, a question open"
    return row(name, "ms", times, budget=f"p95 ≤ {LOCK_MS:.0f}", most=LOCK_MS)
