"""How deep the tests draw. One switch: ``SOAK=1``, as ``make soak`` sets it, draws all there is.

``make test`` draws enough to notice whatever ``make mutate`` takes out, and the corners of every
grid. A file that draws deeper in a soak imports this module, and by that ``make soak`` finds it.
"""

import os
from typing import TypeVar

SOAK = os.environ.get("SOAK") == "1"
MORE_EXAMPLES = 5

T = TypeVar("T")


def drawn(usually: T, soak: T) -> T:
    """What is drawn: enough for ``make test``, or everything."""
    return soak if SOAK else usually
