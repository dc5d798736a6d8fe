"""Hostile bodies made from the published examples: hurt in their tree, then in their bytes."""

import json
from pathlib import Path

from hypothesis import strategies as st

from resources import ROOT

EXAMPLES = Path(ROOT) / "contract" / "examples"

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

LONGER_THAN_ANY = 250_000
HOSTILE: tuple[Json, ...] = (
    None,
    True,
    0,
    -1,
    2**63,
    -(2**64),
    10**30,
    1.5,
    1e308,
    "",
    " ",
    "\x00",
    "\n",
    "x" * 501,
    "x" * LONGER_THAN_ANY,
    "\u202e\ufeff\U0001f9b7",
    "14:05\n",
    "24:00",
    "0001-01-01",
    "9999-12-31",
    "2026-02-30",
    "0001-01-01T00:00:00+23:59",
    "9999-12-31T23:59:59-23:59",
    "2026-11-23T18:05:00",
    "2026-11-23T23:59:60Z",
    "Mars/Olympus",
    "../../etc/passwd",
    [],
    {},
    [[]],
    [None] * 6000,
    {"a": {"a": {"a": []}}},
)

Path_ = tuple[str | int, ...]


def example(name: str) -> Json:
    """A published example."""
    told: Json = json.loads((EXAMPLES / f"{name}.json").read_text("utf-8"))
    return told


def places(tree: Json, here: Path_ = ()) -> list[Path_]:
    """Every place in a tree, the root too; of a long list only the first two."""
    found = [here]
    if isinstance(tree, dict):
        for name, value in tree.items():
            found += places(value, (*here, name))
    elif isinstance(tree, list):
        for number, value in enumerate(tree[:2]):
            found += places(value, (*here, number))
    return found


def replaced(tree: Json, place: Path_, value: Json) -> Json:
    """The tree with another value in that place."""
    if not place:
        return value
    first, *rest = place
    if isinstance(tree, dict) and isinstance(first, str):
        return {**tree, first: replaced(tree[first], tuple(rest), value)}
    if isinstance(tree, list) and isinstance(first, int):
        return [*tree[:first], replaced(tree[first], tuple(rest), value), *tree[first + 1 :]]
    return tree


def found_at(tree: Json, place: Path_) -> Json:
    """What is in that place."""
    for step in place:
        match tree, step:
            case dict(), str():
                tree = tree[step]
            case list(), int():
                tree = tree[step]
            case _:
                pass
    return tree


@st.composite
def hurt_trees(draw: st.DrawFn, tree: Json) -> Json:
    """Wrong types, nulls, lengths, huge numbers, dates that are none; one to three at once."""
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.sampled_from(places(tree)))
        was = found_at(tree, place)
        value: Json = draw(st.sampled_from(HOSTILE) | st.text(max_size=20))
        match draw(st.sampled_from(["other", "other", "ended", "repeated", "wrapped", "dropped"])):
            case "ended" if isinstance(was, str):
                value = was + draw(st.sampled_from(["\n", "\x00", " ", "Z", "\ud7ff"]))
            case "repeated" if isinstance(was, list):
                value = was[:3] * 2000
            case "wrapped":
                value = [was]
            case "dropped" if isinstance(was, dict) and was:
                gone = draw(st.sampled_from(sorted(was)))
                value = {name: each for name, each in was.items() if name != gone}
            case _:
                pass
        tree = replaced(tree, place, value)
    return tree


def deep(opening: bytes, closing: bytes, levels: int) -> bytes:
    """Something nested that deep, in a field that nobody knows."""
    return opening * levels + b"0" + closing * levels


@st.composite
def hurt_bodies(draw: st.DrawFn, tree: Json) -> bytes:
    """A hurt tree as bytes: whole, cut, changed, of another encoding, too deep or too long."""
    raw = json.dumps(draw(hurt_trees(tree))).encode()
    inner = raw[1:] if raw[:1] == b"{" else b"}"
    match draw(st.sampled_from(BREAKS)):
        case "cut":
            return raw[: draw(st.integers(0, len(raw)))]
        case "byte":
            at = draw(st.integers(0, max(len(raw) - 1, 0)))
            return raw[:at] + draw(st.binary(min_size=1, max_size=3)) + raw[at + 1 :]
        case "twice":
            name = draw(st.sampled_from(sorted(tree))) if isinstance(tree, dict) and tree else "x"
            return b'{"%s": %s, %s' % (name.encode(), draw(st.sampled_from(VALUES)), inner)
        case "not a number":
            return b'{"later": %s, %s' % (draw(st.sampled_from(NUMBERS)), inner)
        case "deep":
            levels = draw(st.sampled_from([500, 2000, 60_000]))
            nested = draw(st.sampled_from([(b"[", b"]"), (b'{"a":', b"}")]))
            return b'{"later": %s, %s' % (deep(*nested, levels), inner)
        case "unclosed":
            return draw(st.sampled_from([b"[", b'{"a":'])) * 60_000
        case "encoded":
            return raw.decode().encode(draw(st.sampled_from(["utf-16", "utf-32", "utf-8-sig"])))
        case "surrogate":
            return b'{"later": "%s", %s' % (draw(st.sampled_from(SURROGATES)), inner)
        case "long":
            return b'{"later": "%s", %s' % (b"x" * 1_100_000, inner)
        case _:
            return raw


BREAKS = (
    *("as it is", "as it is", "as it is", "cut", "byte", "twice", "not a number"),
    *("deep", "unclosed", "encoded", "surrogate", "long"),
)
VALUES = (b"null", b"1", b'"x"', b"[]", b"{}")
NUMBERS = (b"NaN", b"Infinity", b"-Infinity", b"1e999", b"9" * 5000, b"-0", b"01")
SURROGATES = (b"\\ud800", b"\\udfff\\ud800", b"\xed\xa0\x80", b"\xff")
