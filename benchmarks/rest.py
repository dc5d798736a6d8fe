"""At rest: what the login screen costs when nobody is there, in time, memory and traffic."""

import time

from benchmarks.glass import Glass, GlassDesk
from benchmarks.processes import cpu_seconds, has_loaded, memory_mib, with_children
from benchmarks.relay import Exchange, Relay
from benchmarks.room import Joined
from benchmarks.rows import Row, row
from benchmarks.start import bare
from sandbox.demo.desk import end

CPU_PERCENT = 0.3
MEMORY_RATIO = 1.3
UP_BYTES, DOWN_BYTES = 1500, 500
LIBRARIES = (
    "PySide6.QtDBus",
    "PySide6.QtNetwork",
    "PySide6.QtSvg",
    "cryptography.hazmat.primitives.asymmetric.ec",
    "joserfc.jws",
    "keyring.backends.SecretService",
    "msgspec",
    "platformdirs",
    "requests",
    "sqlite3",
    "truststore",
    "zoneinfo",
)
ENGINE_MODULE = "PySide6.QtWebEngineWidgets"
ENGINE_LIBRARY = "libQt6WebEngineCore"
SETTLING_SECONDS = 15.0
EVERY_SECONDS = 1.0
POLL_PATIENCE_SECONDS = 200.0
POLLS = 3
POLL_PATH = "/v1/changes"


def before_the_web_view(desk: GlassDesk, glass: Glass, joined: Joined) -> float:
    """MiB of the kiosk at the last moment before it loads the web engine."""
    kiosk = desk.run(*joined.command)
    last = 0.0
    deadline = time.monotonic() + SETTLING_SECONDS
    while time.monotonic() < deadline and not has_loaded(kiosk.pid, ENGINE_LIBRARY):
        last = memory_mib(kiosk.pid)
    end(kiosk)
    glass.until(glass.empty, "an empty glass")
    return last


def settled(desk: GlassDesk, glass: Glass, command: tuple[str, ...]) -> float:
    """MiB of a program, without its children, when it has come to rest."""
    process = desk.run(*command)
    time.sleep(SETTLING_SECONDS / 3)
    told = memory_mib(process.pid)
    end(process)
    glass.until(glass.empty, "an empty glass")
    return told


def memory(desk: GlassDesk, glass: Glass, joined: Joined, runs: int) -> list[Row]:
    """Before the web view, which the budget is about; and with it, which it is not."""
    ours, ours_warm, theirs, theirs_warm = [], [], [], []
    for _ in range(runs):
        ours.append(before_the_web_view(desk, glass, joined))
        theirs.append(settled(desk, glass, bare(joined.buttons, *LIBRARIES)))
        ours_warm.append(settled(desk, glass, joined.command))
        with_engine = bare(joined.buttons, *LIBRARIES, ENGINE_MODULE)
        theirs_warm.append(settled(desk, glass, with_engine))
    return [
        row(
            "memory at the login screen, before the web view",
            "MiB",
            ours,
            against="bare window, same libraries",
            others=theirs,
            budget=f"ratio ≤ {MEMORY_RATIO}",
            most_ratio=MEMORY_RATIO,
        ),
        row(
            "memory at the login screen, web view ready",
            "MiB",
            ours_warm,
            against="bare window, same libraries and engine imported",
            others=theirs_warm,
        ),
    ]


def cpu(desk: GlassDesk, glass: Glass, joined: Joined, seconds: float) -> Row:
    """Percent of a core over that time, children included, web view ready."""
    kiosk = desk.run(*joined.command)
    time.sleep(SETTLING_SECONDS)
    pids = with_children(kiosk.pid)
    each: list[float] = []
    began, before = time.monotonic(), cpu_seconds(pids)
    while time.monotonic() - began < seconds:
        time.sleep(seconds / 2)
        if kiosk.poll() is not None or glass.empty():
            raise RuntimeError("the kiosk is gone, and rests for ever")
        each.append((cpu_seconds(pids) - before) / (time.monotonic() - began) * 100)
    end(kiosk)
    glass.until(glass.empty, "an empty glass")
    return row(
        "CPU at rest, login screen",
        "% of a core",
        each[-1:],
        budget=f"≤ {CPU_PERCENT}",
        most=CPU_PERCENT,
    )


def unchanged(polls: list[Exchange]) -> list[Exchange]:
    """Those that brought no news."""
    return [each for each in polls if each.status.split()[1:2] == ["204"]]


def is_poll(exchange: Exchange) -> bool:
    """Whether it asked for news, and was answered: refused for its nonce, too."""
    return exchange.down > 0 and exchange.line.split()[1].startswith(POLL_PATH)


def poll(desk: GlassDesk, glass: Glass, joined: Joined, relay: Relay) -> list[Row]:
    """Requests and bytes of a question for news that the server holds until there are none.

    Counted per question, of which there is one every 25 seconds; joined by the relay.
    """
    began = len(relay.exchanges())
    kiosk = desk.run(*joined.command)
    polls: list[Exchange] = []
    deadline = time.monotonic() + POLL_PATIENCE_SECONDS
    while time.monotonic() < deadline and len(unchanged(polls)) < POLLS:
        time.sleep(EVERY_SECONDS)
        heard = relay.exchanges()[began:]
        # The first contact after a start fetches a nonce and the news; from then on it is warm.
        first = next((n for n, one in enumerate(heard) if one.status.split()[1:2] == ["200"]), None)
        polls = [] if first is None else [one for one in heard[first + 1 :] if is_poll(one)]
    end(kiosk)
    glass.until(glass.empty, "an empty glass")
    quiet = unchanged(polls)
    if not quiet:
        raise RuntimeError("the kiosk never heard that nothing changed")
    return [
        row(
            "unchanged poll, requests",
            "requests",
            [len(polls) / len(quiet)],
            budget="1",
            most=1,
        ),
        row(
            "unchanged poll, sent",
            "bytes",
            [each.up for each in quiet],
            budget=f"≤ {UP_BYTES:,}",
            most=UP_BYTES,
        ),
        row(
            "unchanged poll, received",
            "bytes",
            [each.down for each in quiet],
            budget=f"≤ {DOWN_BYTES:,}",
            most=DOWN_BYTES,
        ),
    ]
