"""Whether a name is meant by what was typed: any part of it, in any order, without accents."""

import unicodedata
from functools import lru_cache

PLAIN = str.maketrans("øłđð\u0131ħ", "olddih") | str.maketrans({"þ": "th", "æ": "ae", "œ": "oe"})
"""Letters that are no letter with an accent, and yet are typed as another where they are rare."""


@lru_cache(maxsize=1024)
def folded(text: str) -> str:
    """Small letters and digits without accents; what joins names is a space, apostrophes go."""
    small = unicodedata.normalize("NFKD", text).casefold()
    # Twice, as Unicode has it: taking a letter apart can bring forth another capital.
    small = unicodedata.normalize("NFKD", small).casefold()
    apart = unicodedata.normalize("NFKD", small.translate(PLAIN))
    kept = (mark for mark in apart if not unicodedata.combining(mark))
    spelled = "".join(
        mark if mark.isalnum() else "" if mark in "'\u2019\u02bc." else " " for mark in kept
    )
    return " ".join(spelled.split())


def found(name: str, typed: str) -> bool:
    """Whether each word of ``typed`` is part of ``name``; every name when nothing is typed."""
    whole = folded(name)
    return all(part in whole for part in folded(typed).split())
