"""The house of design.md section 4: who may import whom, who owns what. No exceptions list."""

import ast
import re
import sys
import tomllib
from fnmatch import fnmatch
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.diagram import drawn
from tests.imports import ROOT, imported, module_of, room_of, siblings, sources, within
from tests.namesakes import namesake

CORE = "kiosk.session"
BELOW = {
    "session": (),
    "local": ("session",),
    "keychain": ("session",),
    "ui": ("session",),
    "sync": ("session", "local", "keychain"),
    "desktop": ("session", "local", "keychain"),
    "app": ("session", "local", "keychain", "ui", "sync", "desktop"),
    "cli": ("session", "local", "keychain", "ui", "sync", "desktop", "app"),
    "__main__": ("cli",),
}
"""What each room may import beside itself: imports go down, never up, never in a circle."""

PARTS = ("pages", "rules", "model")
PACKAGES = sorted({module_of(p.parent / "__init__.py") for p in sources("kiosk", "sandbox")})

OWNERS = {
    "PySide6": (
        "kiosk.ui",
        "kiosk.desktop",
        "kiosk.app.start",
        "kiosk.app.first_window",
        "kiosk.app.wiring",
        "kiosk.app.gc_timer",
        "kiosk.app.signals",
        "kiosk.app.site_carrier",
    ),
    "requests": ("kiosk.sync.wire.transport",),
    "urllib3": ("kiosk.sync.wire.transport",),
    "truststore": ("kiosk.sync.wire.transport",),
    "sqlite3": (
        "kiosk.sync.records.audit_store",
        "kiosk.sync.records.schema",
        "kiosk.sync.records.outbox",
        "kiosk.sync.records.ledger",
        "kiosk.sync.records.chain_proof",
    ),
    "sqlcipher3": ("kiosk.sync.encrypted", "kiosk.sync.cache", "kiosk.sync.web.site_store"),
    "keyring": ("kiosk.keychain.linux", "kiosk.keychain.macos", "kiosk.keychain.windows"),
    "time": ("kiosk.local.clock",),
}

LOOPS = [
    "kiosk.app.start.run",
    "kiosk.ui.pages.down.say_down",
    "kiosk.ui.self_test.opens_page",
    "kiosk.ui.xchart.answering.wait",
]

KIOSK = [pytest.param(path, id=module_of(path)) for path in sources("kiosk")]
SANDBOX = [pytest.param(path, id=module_of(path)) for path in sources("sandbox")]
CODE = [
    pytest.param(p, id=module_of(p)) for p in sources("kiosk", "sandbox", "benchmarks", "installer")
]
EVERYTHING = [pytest.param(path, id=module_of(path)) for path in sources("kiosk", "sandbox")]


@pytest.mark.parametrize("path", KIOSK)
def test_the_core_knows_only_itself_and_the_standard_library(path: Path) -> None:
    """No I/O can hide in the core: what it imports is pure or itself."""
    if not within(module_of(path), CORE):
        return
    impure = {"time", "threading", "socket", "pathlib", "os", "io", "random", "secrets", "asyncio"}
    for module in imported(path):
        top = module.partition(".")[0]
        assert within(module, CORE) or (top in sys.stdlib_module_names and top not in impure)


@pytest.mark.parametrize("path", KIOSK)
def test_each_room_imports_only_what_lies_below_it(path: Path) -> None:
    """Late imports included; ui, sync and desktop never see each other."""
    room = room_of(module_of(path))
    rooms = {room_of(name) for name in imported(path) if within(name, "kiosk")}
    assert rooms <= {room, "kiosk", "__version__", *BELOW.get(room, ())}


@pytest.mark.parametrize("package", PACKAGES)
def test_nothing_in_a_room_goes_in_a_circle(package: str) -> None:
    """Neither its files nor its folders; whoever reads one has an end in sight."""
    place = package.partition(".")[0]
    TopologicalSorter(siblings(place).get(package, {})).prepare()


@pytest.mark.parametrize("path", KIOSK)
def test_the_core_is_read_from_its_doors_down(path: Path) -> None:
    """``step | view → pages → rules → model``; ``ports`` only says what is needed."""
    module = module_of(path)
    if not within(module, CORE):
        return
    order = [(f"{CORE}.step", f"{CORE}.view"), *((f"{CORE}.{part}",) for part in PARTS)]
    mine = next((rank for rank, parts in enumerate(order) if within(module, *parts)), None)
    if mine is not None:
        above = [part for parts in order[:mine] for part in parts]
        assert not [name for name in imported(path) if within(name, *above)]


@pytest.mark.parametrize("path", KIOSK)
def test_each_library_has_one_owner(path: Path) -> None:
    """PySide6, requests, SQLite, keyring and the time each have their place."""
    for module in imported(path):
        owners = OWNERS.get(module.partition(".")[0])
        assert owners is None or within(module_of(path), *owners), module


@pytest.mark.parametrize("path", KIOSK)
def test_only_the_clock_reads_the_clock(path: Path) -> None:
    """The current time is asked of ``kiosk.local.clock``, so that a day runs in a millisecond."""
    if within(module_of(path), "kiosk.local.clock"):
        return
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            assert (node.value.id, node.attr) not in {
                ("datetime", "now"),
                ("datetime", "utcnow"),
                ("datetime", "today"),
                ("date", "today"),
                ("time", "time"),
                ("time", "monotonic"),
            }


def loops_of(path: Path) -> list[str]:
    """The functions of a module that turn an event loop, or have one turned for them."""
    turning = {"exec", "exec_", "processEvents", "waitUntil", "waitSignal", "qWait"}
    found = []
    for function in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(function, ast.FunctionDef):
            calls = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
            named = {call.attr for call in calls if isinstance(call, ast.Attribute)}
            named |= {call.id for call in calls if isinstance(call, ast.Name)}
            if named & (turning | {"QEventLoop"}):
                found.append(f"{module_of(path)}.{function.name}")
    return found


def test_one_function_lets_an_event_loop_lie_in_another() -> None:
    """A loop within a step would let a step see half of another: the page's question alone waits.

    Beside it only the loop that the kiosk lives in, that of ``--self-test``, and that of the page
    which stands where no kiosk starts.
    """
    loops = [each for path in sources("kiosk") for each in loops_of(path)]
    assert sorted(loops) == LOOPS


@pytest.mark.parametrize("path", KIOSK)
def test_the_kiosk_ships_without_the_sandbox(path: Path) -> None:
    """The kiosk imports nothing of the sandbox, the tests or the benchmarks."""
    foreign = [m for m in imported(path) if within(m, "sandbox", "tests", "benchmarks")]
    assert not foreign


@pytest.mark.parametrize("path", SANDBOX)
def test_the_sandbox_knows_nothing_of_the_kiosk(path: Path) -> None:
    """They share message examples, not code: one mistake cannot satisfy both."""
    assert not [m for m in imported(path) if within(m, "kiosk", "tests", "benchmarks")]


def test_the_sandbox_lies_in_rooms_as_its_page_says() -> None:
    """From the top down: each room imports only what stands below it there."""
    page = (ROOT / "sandbox" / "README.md").read_text("utf-8")
    order = [f"sandbox.{room}" for room in re.findall(r"^\| `(\w+)/`", page, re.MULTILINE)]
    rooms = {place for place in PACKAGES if place.startswith("sandbox.")}
    assert sorted(order) == sorted(rooms)
    imports = siblings("sandbox")["sandbox"]
    for rank, room in enumerate(order):
        above = {each.partition(".")[2] for each in order[:rank]}
        assert not above & imports.get(room.partition(".")[2], set()), room


@pytest.mark.parametrize("path", CODE)
def test_a_module_can_be_read_in_one_sitting(path: Path) -> None:
    """Under 400 lines, 600 where it only declares; and it says first what it is for."""
    text = path.read_text("utf-8")
    tree = ast.parse(text)
    does = any(isinstance(node, ast.FunctionDef) for node in ast.walk(tree))
    assert text.count("\n") <= (400 if does else 600)
    assert not text.strip() or ast.get_docstring(tree)


@pytest.mark.parametrize("path", EVERYTHING)
def test_names_come_from_the_field(path: Path) -> None:
    """No module is named after nothing."""
    assert path.stem not in {"utils", "util", "helpers", "helper", "base", "manager", "controller"}


def test_every_module_of_the_kiosk_has_a_namesake_test() -> None:
    """``tests/x/test_y.py`` beside ``kiosk/x/y.py``: path by path."""
    places = [path.relative_to(ROOT) for path in sources("kiosk")]
    tested = [place for place in places if place.stem not in {"__init__", "__main__"}]
    missing = [place for place in tested if not (ROOT / (namesake(place) or "")).is_file()]
    assert not missing


def test_the_drawings_show_the_code_as_it_is() -> None:
    """docs/architecture.md is drawn from the table and the imports; ``make diagram`` redraws it."""
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    assert page == drawn(page)


def test_an_installed_kiosk_is_whole() -> None:
    """Every folder with code is in the package; found by reading: half the core was not."""
    patterns = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    include = patterns["tool"]["setuptools"]["packages"]["find"]["include"]
    folders = {module_of(path.parent / "__init__.py") for path in sources("kiosk")}
    assert all(any(fnmatch(folder, pattern) for pattern in include) for folder in folders)
    assert all((ROOT / folder.replace(".", "/") / "__init__.py").exists() for folder in folders)
