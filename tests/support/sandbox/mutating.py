"""Requests that look right, almost right or broken, made from the published examples."""

import copy
import json
from typing import Any

from hypothesis import strategies as st

ODD: list[Any] = [
    None,
    True,
    0,
    -1,
    1.5,
    2**70,
    "",
    " ",
    "\x00",
    "\ud800",
    "x" * 5000,
    "é✓",
    "../..",
    "2026-13-45T99:00:00.000000Z",
    "9999-12-31T23:59:59.999999Z",
    "0001-01-01T00:00:00.000000Z",
    [],
    {},
    [[]],
    {"": {}},
]
NOT_JSON = [
    b"",
    b"{",
    b"[]",
    b"null",
    b'"x"',
    b"NaN",
    b"\xff\xfe",
    b"[" * 20_000,
    b'{"a":' * 5_000,
    b'{"records": 1, "records": 2}',
    b"{" + b" " * 2_000_000 + b"}",
]


def places(message: Any) -> list[tuple[Any, ...]]:
    """The way to every value in a message."""
    inside: list[tuple[Any, ...]] = []
    keys: list[Any] = []
    if isinstance(message, dict):
        keys = list(message)
    elif isinstance(message, list):
        keys = list(range(min(len(message), 3)))
    for key in keys:
        inside += [(key,), *((key, *rest) for rest in places(message[key]))]
    return inside


@st.composite
def bent(draw: st.DrawFn, message: Any) -> Any:
    """The message with up to three values taken out, put in, repeated or replaced."""
    made = copy.deepcopy(message)
    for _ in range(draw(st.integers(0, 3))):
        known = places(made)
        if not known:
            break
        way = draw(st.sampled_from(known))
        around = made
        for key in way[:-1]:
            around = around[key]
        act = draw(st.sampled_from(["replace", "remove", "repeat", "add"]))
        if act == "remove":
            del around[way[-1]]
        elif act == "repeat" and isinstance(around, list):
            around.append(copy.deepcopy(around[way[-1]]))
        elif act == "add" and isinstance(around, dict):
            around[draw(st.text(max_size=8))] = copy.deepcopy(draw(st.sampled_from(ODD)))
        else:
            odd = draw(st.sampled_from(ODD) | st.text(max_size=8))
            around[way[-1]] = copy.deepcopy(odd)
    return made


def raw_bodies(message: Any) -> st.SearchStrategy[bytes]:
    """What is sent: mostly a bent message, at times no JSON at all."""
    written = bent(message).map(lambda made: json.dumps(made).encode())
    return st.one_of(written, written, written, st.sampled_from(NOT_JSON))
