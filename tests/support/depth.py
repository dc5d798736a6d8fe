"""How deep the tests draw: one switch, ``SOAK=1``, which ``make soak`` sets.

``make test`` draws enough to notice whatever is taken out on purpose, and the corners of a grid.
Examples of properties that ask for no number are drawn by the profile in ``tests/conftest.py``.
"""

import os
from typing import TypeVar

SOAK = os.environ.get("SOAK") == "1"

T = TypeVar("T")


def drawn(usually: T, soak: T) -> T:
    """So much for ``make test``, and so much for a soak."""
    return soak if SOAK else usually
