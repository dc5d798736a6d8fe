"""A nurse's words: finds every text in a view, and the words that must not stand in one."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum

from kiosk.session.model.refusals import Code, Fault, Unreachable

FORBIDDEN = re.compile(
    r"\b(un|dis|mis)?trust(s|ed)?\b"
    r"|\b(grant|handoff|hand-off|attribut|unattributed|sync|conflict|token|challenge"
    r"|credential|device key|exception|error|null|none\b(?! yet))",
    re.IGNORECASE,
)
CODES = {
    member.value for kind in (Code, Unreachable, Fault) for member in kind if "_" in member.value
}


def texts(value: object) -> Iterator[str]:
    """Every text in a view, however deep; names of enumerations are not on the screen."""
    if isinstance(value, str) and not isinstance(value, Enum):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))


def wrong_words(value: object) -> list[str]:
    """The texts of a view that hold a word of ours, or a bare code."""
    return [
        text
        for text in texts(value)
        if FORBIDDEN.search(text) or any(code in text for code in CODES)
    ]
