"""What a US keyboard types at each position: what a badge reader means, whatever the layout is.

A reader presses keys, not letters, and its makers think of a US keyboard. What the keys become is
the computer's layout; where they lie is not. Owns the numbers each system gives the positions.
"""

import sys
from typing import NamedTuple

ROWS = (
    ("`1234567890-=", '~!@#$%^&*()_+'),
    ("qwertyuiop[]", "QWERTYUIOP{}"),
    ("asdfghjkl;'", 'ASDFGHJKL:"'),
    ("\\", "|"),
    ("zxcvbnm,./", "ZXCVBNM<>?"),
    (" ", " "),
)  # fmt: skip
KEYPAD = ("7", "8", "9", "-", "4", "5", "6", "+", "1", "2", "3", "0", ".")
X11_ROWS = (49, 10), (24,), (38,), (51,), (52,), (65,)
"""Keycodes of evdev and its forerunners: the first of each row; the key left of 1 lies apart."""
X11_KEYPAD, X11_STAR, X11_SLASHES = 79, 63, (106, 112)
SCAN_ROWS = (0x29, 0x02), (0x10,), (0x1E,), (0x2B,), (0x2C,), (0x39,)
SCAN_KEYPAD, SCAN_STAR, SCAN_SLASH = 0x47, 0x37, 0x135
MAC_ROWS = (
    (50, 18, 19, 20, 21, 23, 22, 26, 28, 25, 29, 27, 24),
    (12, 13, 14, 15, 17, 16, 32, 34, 31, 35, 33, 30),
    (0, 1, 2, 3, 5, 4, 38, 40, 37, 41, 39),
    (42,),
    (6, 7, 8, 9, 11, 45, 46, 43, 47, 44),
    (49,),
)
MAC_KEYPAD = (89, 91, 92, 78, 86, 87, 88, 69, 83, 84, 85, 82, 65)
MAC_STAR, MAC_SLASH = 67, 75


class Position(NamedTuple):
    """What the key at one position types on a US keyboard, without and with Shift."""

    plain: str
    shifted: str


Positions = dict[int, Position]


def in_a_row(starts: tuple[tuple[int, ...], ...], keypad: int) -> Positions:
    """Where positions that follow each other have numbers that do; a row may begin apart."""
    table: Positions = {}
    for (plain, shifted), start in zip(ROWS, starts, strict=True):
        codes = [*start[:-1], *range(start[-1], start[-1] + len(plain) - len(start) + 1)]
        table |= {code: Position(*pair) for code, *pair in zip(codes, plain, shifted, strict=True)}
    return table | {keypad + place: Position(sign, sign) for place, sign in enumerate(KEYPAD)}


def x11() -> Positions:
    """By keycode."""
    table = in_a_row(X11_ROWS, X11_KEYPAD) | {X11_STAR: Position("*", "*")}
    return table | dict.fromkeys(X11_SLASHES, Position("/", "/"))


def windows() -> Positions:
    """By scan code, as Qt tells it: an extended one has 0x100 more."""
    table = in_a_row(SCAN_ROWS, SCAN_KEYPAD)
    return table | {SCAN_STAR: Position("*", "*"), SCAN_SLASH: Position("/", "/")}


def mac() -> Positions:
    """By virtual key, which macOS counts by position."""
    table: Positions = {}
    for (plain, shifted), codes in zip(ROWS, MAC_ROWS, strict=True):
        table |= {code: Position(*pair) for code, *pair in zip(codes, plain, shifted, strict=True)}
    table |= {code: Position(sign, sign) for code, sign in zip(MAC_KEYPAD, KEYPAD, strict=True)}
    return table | {MAC_STAR: Position("*", "*"), MAC_SLASH: Position("/", "/")}


def positions(system: str = sys.platform) -> Positions:
    """The table of this computer's system (``sys.platform``)."""
    match system:
        case "win32":
            return windows()
        case "darwin":
            return mac()
        case _:
            return x11()
