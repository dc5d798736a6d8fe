"""What a name looks like: its skeleton (UTS #39, section 4), for comparing and never for showing.

No script is refused; two names are one to the eye when their skeletons are equal. The table is
Unicode's (``confusables.txt`` beside this), and zero width is dropped.
"""

from functools import cache, lru_cache
from pathlib import Path
from unicodedata import normalize

IGNORED = (
    *((0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5)),
    *((0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164)),
    *((0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8)),
    *((0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF)),
)
"""Default_Ignorable_Code_Point of Unicode 17.0.0: what is drawn as nothing."""
BLANK = 0x2800
"""A pattern of Braille without a dot: no blank by Unicode's count, and one to the eye."""


@lru_cache(maxsize=8192)
def skeleton(written: str) -> str:
    """The letters that it seems to be made of, blanks between them as one; perhaps nothing."""
    apart = normalize("NFD", normalize("NFKC", written)).translate(_prototypes())
    return " ".join(normalize("NFD", apart).split())


@cache
def _prototypes() -> dict[int, str | None]:
    found: dict[int, str | None] = {BLANK: " "}
    lines = Path(__file__).with_name("confusables.txt").read_text("ascii")
    for line in lines.splitlines():
        if not line.startswith("#"):
            sign, _, seems = line.partition(" ; ")
            found[int(sign, 16)] = "".join(chr(int(each, 16)) for each in seems.split())
    for first, last in IGNORED:
        found.update(dict.fromkeys(range(first, last + 1)))
    return found
