"""Everyone by name: from the last digit, from a switch and from a tap, with few and many people.

One round at the chair: Nina enters with her PIN, says *Switch*, Aisha taps her tile on the cover,
says *Done*, and taps it again on the login screen. Then, in a clinic that has badges by now, she
holds hers to the reader. From the press to the painted list of the day, and to Xchart's page beside
it.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.clinic import list_people
from benchmarks.glass import Glass, GlassDesk, Picture, Rows
from benchmarks.hands import Hands
from benchmarks.room import PASSWORD, PERSON, Finder, Joined, Point, join
from benchmarks.rows import Row, row
from sandbox.demo.desk import end
from sandbox.demo.server import Practice

LIST_MS, PAGE_MS = 100.0, 500.0
PEOPLE = (5, 200)
HOLDER, HER_EMAIL, PIN = "Nina Patel", "patel@lakeside.example", "482915"
TYPED = ("n", "i", "n", "a", "Return")
MANY = 20
"""More tiles than that are found by typing."""
PAUSE_SECONDS = 1.0
DIGIT_SECONDS = 0.15
"""From one digit to the next: a quick hand that knows its PIN."""
NEWS, NEWS_SECONDS = "GET /v1/changes", 90.0
ACTS = ("last digit", "switch", "tap")
BADGE = "badge"
HERS, NUMBER = "per-aisha", "0004417290"


@dataclass(frozen=True, slots=True)
class Chair:
    """A joined computer that knows Nina too, and where things are on its screen."""

    practice: Practice
    people: int
    joined: Joined
    holder: Point
    switch: Point
    on_the_cover: Point


def chair(desk: GlassDesk, practice: Practice, data: Path, people: int) -> Chair:
    """Join with so many people on the shared account; Nina signs in once and chooses a PIN."""
    list_people(practice, data, people)
    joined = join(desk, practice, practice.address, f"named-{people}")
    kiosk = desk.start(*joined.command)
    eyes = Finder(desk.environment["DBUS_SESSION_BUS_ADDRESS"])
    try:
        eyes.press("My own login")
        eyes.type_into("E-mail", HER_EMAIL)
        eyes.type_into("Password", PASSWORD)
        eyes.press("Continue")
        eyes.press(f"Text {HOLDER}")
        eyes.find(f"Enter {HOLDER}'s code")
        eyes.type_into("Code", practice.texts()[-1]["code"])
        eyes.find("Choose a PIN")
        eyes.key_in("PIN", PIN)
        eyes.find("Type it once more")
        eyes.key_in("PIN", PIN)
        eyes.find("Signed in as…")
        switch = eyes.centre("Switch")
        eyes.press("Switch")
        eyes.find("Who is next?")
        on_the_cover = eyes.centre(PERSON)
        eyes.press(PERSON)
        eyes.press("Done")
        eyes.find("Tap your name")
        holder, tile = eyes.centre(HOLDER), eyes.centre(PERSON)
    finally:
        eyes.close()
        end(kiosk)
    return Chair(practice, people, replace(joined, tile=tile), holder, switch, on_the_cover)


def by_name(desk: GlassDesk, glass: Glass, chairs: list[Chair], runs: int) -> list[Row]:
    """Rows of each act, few people first and many beside them."""
    rows: list[Row] = []
    few: dict[str, list[float]] = {}
    for each in chairs:
        times = rounds(desk, glass, each, runs) | by_badge(desk, glass, each, runs)
        for act, what in ((a, w) for a in (*ACTS, BADGE) for w in ("list", "page")):
            name = "today's list" if what == "list" else "Xchart page painted"
            most = LIST_MS if what == "list" else PAGE_MS
            taken = times[f"{act} {what}"]
            peer = few.setdefault(f"{act} {what}", taken)
            rows.append(
                row(
                    f"{act} → {name}, {each.people} people",
                    "ms",
                    taken,
                    against=None if taken is peer else f"{chairs[0].people} people",
                    others=() if taken is peer else peer,
                    budget=f"p95 ≤ {most:.0f}",
                    most=most,
                )
            )
    return rows


def by_badge(desk: GlassDesk, glass: Glass, here: Chair, runs: int) -> dict[str, list[float]]:
    """Milliseconds from the reader's Enter on the login screen; the first round is for the eyes."""
    here.practice.give_badge(HERS, NUMBER)
    news = here.practice.requests().count(NEWS)
    hands = Hands(desk.environment["DISPLAY"])
    kiosk = desk.run(*here.joined.command)
    glass.until(lambda: not glass.empty(), "the kiosk's first paint")
    until_heard(here.practice, news)
    times: dict[str, list[float]] = {f"{BADGE} {w}": [] for w in ("list", "page")}
    seen: tuple[Picture, Picture] | None = None
    for _ in range(runs + 1):
        before = glass.calm()
        at = hands.badge(NUMBER)
        if seen is None:
            seen = entered(glass, here.joined, before)
        else:
            times[f"{BADGE} list"].append((glass.shows(seen[0]) - at) * 1000)
            times[f"{BADGE} page"].append((glass.shows(seen[1]) - at) * 1000)
        time.sleep(PAUSE_SECONDS)
        hands.click(here.joined.done)
        time.sleep(PAUSE_SECONDS)
    end(kiosk)
    hands.close()
    glass.until(glass.empty, "an empty glass")
    return times


def until_heard(practice: Practice, before: int) -> None:
    """A kiosk that asks for what comes next has taken in what came.

    Its first question after a start is asked twice: for the server's nonce, and with it.
    """
    by = time.monotonic() + NEWS_SECONDS
    while practice.requests().count(NEWS) < before + 3:
        if time.monotonic() > by:
            raise TimeoutError("the kiosk does not hear of the badges")
        time.sleep(PAUSE_SECONDS)


def rounds(desk: GlassDesk, glass: Glass, here: Chair, runs: int) -> dict[str, list[float]]:
    """Milliseconds of each act, to the list and to the page; the first round is for the eyes."""
    hands = Hands(desk.environment["DISPLAY"])
    kiosk = desk.run(*here.joined.command)
    glass.until(lambda: not glass.empty(), "the kiosk's first paint")
    time.sleep(PAUSE_SECONDS)
    glass.calm()
    times: dict[str, list[float]] = {f"{a} {w}": [] for a in ACTS for w in ("list", "page")}
    seen: dict[str, tuple[Picture, Picture]] = {}

    def act(name: str, press: Callable[[], float]) -> None:
        before = glass.calm()
        at = press()
        if name not in seen:
            seen[name] = entered(glass, here.joined, before)
        else:
            day, page = seen[name]
            times[f"{name} list"].append((glass.shows(day) - at) * 1000)
            times[f"{name} page"].append((glass.shows(page) - at) * 1000)
        time.sleep(PAUSE_SECONDS)

    def press_then_rest(where: Point) -> None:
        hands.click(where)
        time.sleep(PAUSE_SECONDS)

    for _ in range(runs + 1):
        if here.people > MANY:
            for key in TYPED:
                hands.keys(key)
                time.sleep(DIGIT_SECONDS)  # all at once it would be a badge
            time.sleep(PAUSE_SECONDS)
        else:
            press_then_rest(here.holder)
        for digit in PIN[:-1]:
            hands.keys(digit)
            time.sleep(DIGIT_SECONDS)
        act("last digit", lambda: hands.keys(PIN[-1]))
        press_then_rest(here.switch)
        act("switch", lambda: hands.click(here.on_the_cover))
        press_then_rest(here.joined.done)
        act("tap", lambda: hands.click(here.joined.tile))
        press_then_rest(here.joined.done)
    end(kiosk)
    hands.close()
    glass.until(glass.empty, "an empty glass")
    return times


def entered(glass: Glass, joined: Joined, before: Rows) -> tuple[Picture, Picture]:
    """How the room looks once somebody is in it: today's list, and Xchart's page."""
    time.sleep(PAUSE_SECONDS)
    now = glass.calm()
    top, left = joined.bar_bottom, joined.page_left
    day = Picture.of("today's list", now, before, top=top, right=left)
    return day, Picture.of("Xchart's page", now, before, top=top, left=left)
