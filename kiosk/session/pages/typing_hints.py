"""What is said beside a line while somebody types into it: why nothing, or the wrong thing, came.

Said at once and by the page itself: no step of the core waits behind a key.
"""

from typing import NamedTuple

DIGITS_ONLY = "Digits only."
CAPS_LOCK = "Caps Lock is on."
NUM_LOCK = "NumLock is off. Press it for digits."


class KeyLocks(NamedTuple):
    """Whether Caps Lock and NumLock are on; ``None`` where the desktop does not tell."""

    caps: bool | None = None
    num: bool | None = None


def beside_password(locks: KeyLocks) -> str:
    """Below a password; what cannot be known is not said."""
    return CAPS_LOCK if locks.caps else ""


def no_digit(locks: KeyLocks) -> str:
    """Something else came: with Caps Lock the upper row of some keyboards types other signs."""
    return f"{DIGITS_ONLY} {CAPS_LOCK}" if locks.caps else DIGITS_ONLY
