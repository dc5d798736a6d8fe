"""What the computer is kept from during a case, and whether that could be had (law 9).

Declarations only: ``kiosk.desktop.awake`` asks for it, and the core carries the answers.
"""

from collections.abc import Mapping
from enum import StrEnum


class Means(StrEnum):
    """What is held off, each asked for and refused by itself."""

    SLEEP = "sleep"
    BLANKING = "blanking"
    SHUTDOWN = "shutdown"


class Held(StrEnum):
    """What became of one.

    ``HELD``: everybody here who could do it agreed. ``DENIED``: one of them did not, or does not
    answer. ``ABSENT``: there is nobody here to ask.
    """

    HELD = "held"
    DENIED = "denied"
    ABSENT = "absent"


Report = Mapping[Means, Held]
"""What became of each; every one of ``Means`` is in it."""
