"""What a clinic may call someone, when two of these are the same name, and when they look alike."""

from unicodedata import combining, normalize

from sandbox.names.lookalikes import skeleton

LONGEST = 60
ONE_SIGN = {
    **dict.fromkeys(map(ord, "\u2018\u2019\u201b\u02bb\u02bc\u2032`\u00b4\uff07"), "'"),
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2212\uff0d"), "-"),
}
"""What keyboards type for the apostrophe of O'Brien and the hyphen of Anna-Lena."""


def tidy(written: str) -> str:
    """A name without the spaces around and between that nobody sees."""
    return " ".join(normalize("NFC", written).split())


def fits(name: str) -> bool:
    """Whether a tidy name can stand on a tile: not empty, not too long, nothing unseen in it."""
    return len(name) <= LONGEST and shown(name)


def shown(written: str) -> bool:
    """Whether there is anything to see, and nothing beside it that cannot be seen."""
    return written.isprintable() and bool(skeleton(written))


def same(one: str, other: str) -> bool:
    """Whether people would take them for one name: "lena p." is "Lena P."."""
    return _said(one) == _said(other)


def alike(one: str, other: str) -> bool:
    """Whether one could be read as the other, typed in whatever script: a Cyrillic "a" in "Maria".

    In either case of the letters and as they stand: I and l are alike, and i and l are not.
    """
    if same(one, other):
        return True
    folded_alike = skeleton(_folded(one)) == skeleton(_folded(other))
    return folded_alike or skeleton(tidy(one)) == skeleton(tidy(other))


def only_looks_like(one: str, other: str) -> bool:
    """Whether they are two names that look like one."""
    return alike(one, other) and not same(one, other)


def _said(written: str) -> str:
    return tidy(written.translate(ONE_SIGN)).casefold()


def _folded(written: str) -> str:
    return normalize("NFKC", tidy(written)).casefold()


def folded(written: str | None) -> str:
    """What a search compares: a part of it finds "Muñoz" by "munoz"."""
    apart = normalize("NFKD", tidy(written or "").casefold())
    return "".join(each for each in apart if not combining(each))
