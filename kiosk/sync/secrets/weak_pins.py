"""PINs that are guessed first, and so are not taken (NIST SP 800-63B-4, section 3.2.10).

Half of all people choose a date, a row or a repetition when nothing stops them. What is left is
guessed by nothing better than counting.
"""

from datetime import date
from itertools import pairwise

LENGTH = 6
BY_THE_KEYPAD = tuple(
    each.encode()
    for each in (
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
    )
)
BORN = range(1930, 2040)


def is_pin(typed: bytearray) -> bool:
    """Whether it is six digits at all."""
    return len(typed) == LENGTH and typed.isdigit()


def weak(pin: bytearray) -> bool:
    """Whether a PIN of six digits is too easily guessed."""
    return (
        len(set(pin)) < 3
        or any(pin == each for each in BY_THE_KEYPAD)
        or is_row(pin)
        or repeats(pin)
        or mirrors(pin)
        or is_date(pin)
    )


def is_row(pin: bytearray) -> bool:
    """Evenly spaced, round the end of the keypad too: 345678, 890123, 246802, 765432."""
    steps = {(b - a) % 10 for a, b in pairwise(pin)}
    return len(steps) == 1 and steps <= {1, 2, 8, 9}


def repeats(pin: bytearray) -> bool:
    """A part three times or twice, or its digits doubled: 121212, 123123, 112233."""
    # Compared one by one: a PIN put together of its parts would stay in memory.
    twice, thrice = (all(pin[n] == pin[n % long] for n in range(LENGTH)) for long in (3, 2))
    return twice or thrice or all(pin[n] == pin[n + 1] for n in range(0, LENGTH, 2))


def mirrors(pin: bytearray) -> bool:
    """The same backwards: 123321."""
    return all(pin[place] == pin[-1 - place] for place in range(LENGTH // 2))


def is_date(pin: bytearray) -> bool:
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
