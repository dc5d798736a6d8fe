"""What was kept of the login screen, to paint it before anything is verified.

It only paints: a tap is resolved against the verified terms (threats.md T12).
"""

from kiosk.session.model.people import Person
from kiosk.session.model.value import value


@value
class Painted:
    """What the login screen may paint before anything is verified (design.md section 4, UI).

    ``floats`` are those who typed their name for the day; ``names``, whether one may be typed;
    ``own`` the personal accounts of this computer. ``recent`` is who came in last, newest first:
    it decides the order of the tiles and nothing else.
    """

    location: str
    operatory: str
    zone: str
    tiles: tuple[Person, ...]
    detail: str
    floats: tuple[Person, ...] = ()
    names: bool = False
    own: tuple[Person, ...] = ()
    recent: tuple[str, ...] = ()
