"""What a clinic may call someone on a shared account, and when two of these are the same name."""

from unicodedata import combining, normalize

LONGEST = 60


def tidy(written: str) -> str:
    """A name without the spaces around and between that nobody sees."""
    return " ".join(normalize("NFC", written).split())


def fits(name: str) -> bool:
    """Whether a tidy name can stand on a tile: not empty, not too long, nothing unseen in it."""
    return 0 < len(name) <= LONGEST and name.isprintable()


def same(one: str, other: str) -> bool:
    """Whether people would take them for one name: "lena p." is "Lena P."."""
    return tidy(one).casefold() == tidy(other).casefold()


def folded(written: str | None) -> str:
    """What a search compares: a part of it finds "Muñoz" by "munoz"."""
    apart = normalize("NFKD", tidy(written or "").casefold())
    return "".join(each for each in apart if not combining(each))
