"""PINs that are guessed first, and so are not taken (NIST SP 800-63B-4, section 3.2.10).

Half of all people choose a date, a row or a repetition when nothing stops them. What is left is
guessed by nothing better than counting.
"""

from datetime import date
from itertools import pairwise

LENGTH = 6
BY_THE_KEYPAD = frozenset(
    {
        "147258",
        "147369",
        "258369",
        "258456",
        "369258",
        "369147",
        "159357",
        "357159",
        "159753",
        "753951",
        "951753",
        "741852",
        "963852",
        "852456",
        "102030",
        "112358",
        "314159",
        "271828",
        "420420",
        "696969",
        "007007",
    }
)
BORN = range(1930, 2040)


def is_pin(typed: str) -> bool:
    """Whether it is six digits at all."""
    return len(typed) == LENGTH and typed.isascii() and typed.isdecimal()


def weak(pin: str) -> bool:
    """Whether a PIN of six digits is too easily guessed."""
    return (
        len(set(pin)) < 3
        or pin in BY_THE_KEYPAD
        or is_row(pin)
        or repeats(pin)
        or mirrors(pin)
        or is_date(pin)
    )


def is_row(pin: str) -> bool:
    """Evenly spaced, round the end of the keypad too: 345678, 890123, 246802, 765432."""
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    return len(steps) == 1 and steps <= {1, 2, 8, 9}


def repeats(pin: str) -> bool:
    """A part three times or twice, or its digits doubled: 121212, 123123, 112233."""
    return pin == pin[:2] * 3 or pin == pin[:3] * 2 or pin[::2] == pin[1::2]


def mirrors(pin: str) -> bool:
    """The same backwards: 123321."""
    return pin == pin[::-1]


def is_date(pin: str) -> bool:
    """Day, month and year of two digits, in any of the orders that people write."""
    a, b, c = int(pin[:2]), int(pin[2:4]), int(pin[4:])
    return any(exists(*each) for each in ((a, b, c), (b, a, c), (c, b, a)))


def exists(day: int, month: int, year: int) -> bool:
    """Whether there is such a day in a year that people of today were born in, or remember."""
    for century in (1900, 2000):
        if century + year in BORN:
            try:
                date(century + year, month, day)
            except ValueError:
                continue
            return True
    return False
