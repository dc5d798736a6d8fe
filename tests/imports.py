"""Who imports whom in this repository, read from the source."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
PLACES = ("kiosk", "sandbox", "tests", "benchmarks", "resources")


def sources(*places: str) -> Iterator[Path]:
    """Every Python file below those places."""
    for place in places:
        yield from sorted(p for p in (ROOT / place).rglob("*.py") if "stubs" not in p.parts)


def module_of(path: Path) -> str:
    """Its dotted name."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def imported(path: Path) -> frozenset[str]:
    """Every module that a file imports, late and conditional imports included."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Import(names=names):
                found |= {name.name for name in names}
            case ast.ImportFrom(module=str(module), level=0, names=names):
                found.add(module)
                found |= {f"{module}.{name.name}" for name in names}
            case ast.Call(
                func=ast.Name(id="import_module") | ast.Attribute(attr="import_module"),
                args=[ast.Constant(value=str(name)), *_],
            ):
                found.add(name)
            case _:
                pass
    return frozenset(found)


def within(module: str, *rooms: str) -> bool:
    """Whether a module is one of these, or lies in one of them."""
    return any(module == room or module.startswith(f"{room}.") for room in rooms)


def room_of(module: str) -> str:
    """The room of the house that a module of the kiosk lies in."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "kiosk"


def arrows() -> set[tuple[str, str]]:
    """Between which rooms of the kiosk there are imports."""
    found: set[tuple[str, str]] = set()
    names = {module_of(p) for p in sources("kiosk")}
    for path in sources("kiosk"):
        start = room_of(module_of(path))
        for module in imported(path):
            if module in names and module != "kiosk":
                found.add((start, room_of(module)))
    return {(start, end) for start, end in found if start != end}


@cache
def siblings(place: str) -> dict[str, dict[str, set[str]]]:
    """For each package of a place, which of its children import which; late imports too."""
    names = {module_of(p) for p in sources(place)}
    found: dict[str, dict[str, set[str]]] = {}
    for path in sources(place):
        start = module_of(path).split(".")
        for end in (name.split(".") for name in imported(path) & names):
            above = next((i for i, (a, b) in enumerate(zip(start, end, strict=False)) if a != b), 0)
            if above:
                child, target = start[above], end[above]
                found.setdefault(".".join(start[:above]), {}).setdefault(child, set()).add(target)
    return found
