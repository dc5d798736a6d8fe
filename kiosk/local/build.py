"""Which build runs: the package's version, with the commit it was made of.

Owns the name of the file that the freezer leaves in the package's folder. Read when it is asked
for and not at start. Without that file nobody can say more than that it is the source tree.
"""

from pathlib import Path

from kiosk import __version__

PLACE = Path(__file__).parents[1] / "build.txt"


def build() -> str:
    """As the package calls itself ("0.1.0~276.gf5a59efd"), or "0.1.0+source"."""
    try:
        told = PLACE.read_text("ascii").strip()
    except (OSError, ValueError):
        told = ""
    return told or f"{__version__}+source"
