"""Where the keys of a US keyboard lie: three systems' numbers, one keyboard."""

import string

import pytest

from kiosk.ui.hands.positions import Position, Positions, mac, positions, windows, x11

TABLES = {"linux": x11(), "win32": windows(), "darwin": mac()}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_sign_that_a_badge_may_have_lies_somewhere(table: Positions) -> None:
    there = {sign for position in table.values() for sign in position}
    assert there == set(string.printable) - set("\t\n\r\x0b\x0c")


@pytest.mark.parametrize("system", TABLES)
def test_each_system_has_its_own(system: str) -> None:
    assert positions(system) == TABLES[system]


@pytest.mark.parametrize(
    ("table", "code", "position"),
    [
        # X.Org's evdev keycodes, the scan codes of set 1, and HIToolbox's Events.h.
        (x11(), 10, Position("1", "!")),
        (x11(), 24, Position("q", "Q")),
        (x11(), 47, Position(";", ":")),
        (x11(), 49, Position("`", "~")),
        (x11(), 61, Position("/", "?")),
        (x11(), 90, Position("0", "0")),
        (windows(), 0x0B, Position("0", ")")),
        (windows(), 0x32, Position("m", "M")),
        (windows(), 0x52, Position("0", "0")),
        (mac(), 0x1D, Position("0", ")")),
        (mac(), 0x2E, Position("m", "M")),
        (mac(), 0x5C, Position("9", "9")),
    ],
)
def test_known_positions(table: Positions, code: int, position: Position) -> None:
    assert table[code] == position
