"""Digits however they are written, and what a keyboard, a paste or an input method leaves of them.

People paste "409 175" from a text message; input methods commit full-width digits, and phones in
other languages send theirs. All of them are digits; whatever else is typed is told, not swallowed.
"""

import unicodedata

JOINTS = frozenset("-.,\u2010\u2011\u2012\u2013\u2014\u00b7")
"""What stands between groups of digits, besides blanks; no one means it by itself."""


def digits_in(typed: str) -> str:
    """The digits of ``typed``, as 0 to 9, in their order."""
    found = (unicodedata.decimal(sign, None) for sign in typed)
    return "".join(str(value) for value in found if value is not None)


def only_digits(typed: str) -> bool:
    """Whether nothing but digits, and what groups them, was meant."""
    return all(
        unicodedata.decimal(sign, None) is not None
        or sign.isspace()
        or sign in JOINTS
        or unicodedata.category(sign) in {"Cf", "Cc"}
        for sign in typed
    )
