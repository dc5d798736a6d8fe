"""What a burst may say: as it was typed, with the case swapped, and by the keys' positions. Pure.

Layout and Caps Lock belong to the computer, not to the badge. Whose it is decides the core, over
all of them: exactly one badge has to fit.
"""

from collections.abc import Iterable
from dataclasses import field

from kiosk.session.model.intents import Doubt
from kiosk.session.model.value import value
from kiosk.ui.hands.burst import LONGEST, SHORTEST, E, Key, Kind
from kiosk.ui.hands.positions import Positions


@value
class Reading:
    """The numbers that it may be, the likeliest first; ``doubt``: what may be wrong if none is."""

    numbers: tuple[str, ...] = field(repr=False)
    doubt: Doubt


def read(keys: Iterable[Key[E]], positions: Positions) -> Reading:
    """Of one burst, its ending included or not."""
    signs = [key for key in keys if key.down and key.kind is Kind.SIGN]
    typed = by_text(signs)
    meant = by_position(signs, positions)
    found = [typed, typed.swapcase(), meant]
    fitting = [each for each in found if SHORTEST <= len(each) <= LONGEST]
    doubt = Doubt.NONE
    if any(caps_lock(key) for key in signs):
        doubt = Doubt.CAPS_LOCK
    elif not typed.isascii() or (meant.isalnum() and not typed.isalnum()):
        doubt = Doubt.LAYOUT
    return Reading(tuple(dict.fromkeys(fitting)), doubt)


def by_text(signs: Iterable[Key[E]]) -> str:
    """What was typed; nothing where a key typed nothing, or more than one sign."""
    texts = [key.text for key in signs]
    return "".join(texts) if all(len(text) == 1 for text in texts) else ""


def by_position(signs: Iterable[Key[E]], positions: Positions) -> str:
    """What a US keyboard would have typed; nothing where a key is at no known position."""
    said = ""
    for key in signs:
        there = positions.get(key.code)
        if there is None:
            return ""
        said += there.shifted if key.shift else there.plain
    return said


def caps_lock(key: Key[E]) -> bool:
    """Whether a letter came in the other case than Shift alone makes it."""
    text = key.text
    return len(text) == 1 and text.isalpha() and text.isupper() is not key.shift and text.isascii()
