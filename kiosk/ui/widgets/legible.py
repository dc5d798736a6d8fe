"""A page's words as they may be drawn: no sign that hides, turns round or pushes away others."""

from unicodedata import category

MOST = 2000
CUT = "\u2026\n(The page said more than is shown here.)"
KEPT = {"\n", "\u200d"}
"""A new line; and the joiner that letters of some scripts need."""
HIDDEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
"""Control signs, marks that turn the direction, halves, private signs, Unicode's own line ends."""


def legible(words: str) -> str:
    """Plain text: lines kept, runs of space made one, and cut where nobody would read on."""
    shown = "".join(c if c in KEPT or category(c) not in HIDDEN else " " for c in words[: MOST + 1])
    lines = [" ".join(line.split()) for line in shown.split("\n")]
    text = "\n".join(line for line in lines if line)
    return text[:MOST] + CUT if len(words) > MOST else text
