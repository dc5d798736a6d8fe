"""The login screen before anything is verified: what was kept of it, and its page.

All that the first paint needs, so that nothing else has to be imported for it (design.md
section 4, Start). It only paints: a tap is resolved against the verified grant (threats.md T12).
"""

from dataclasses import dataclass
from datetime import datetime

from kiosk.session.pages.dates import clock, long_date
from kiosk.session.people import OWN_LOGIN, SOMEONE_ELSE, Person, Place
from kiosk.session.views import LoginView, TileView

FOR_A_DAY = "Here for the day"
FIRST_TIME = "First time here"


@dataclass(frozen=True, slots=True)
class Painted:
    """What the login screen may paint before anything is verified (design.md section 4, UI).

    ``floats`` are those who typed their name for the day; ``names``, whether one may be typed.
    """

    location: str
    operatory: str
    zone: str
    tiles: tuple[Person, ...]
    detail: str
    floats: tuple[Person, ...] = ()
    names: bool = False


def painted_login(
    place: Place, painted: Painted | None, at: datetime, waiting: str = ""
) -> LoginView:
    """The login screen while the memory is being read; ``waiting`` is the tile tapped meanwhile."""
    zone = painted.zone if painted else ""
    room, location = place.operatory, place.location
    if not room and painted is not None:
        room, location = painted.operatory, painted.location
    tiles = painted.tiles if painted else ()
    last: tuple[TileView, ...] = ()
    if painted is not None and painted.names:
        last = (
            *(of_float(each, waiting=waiting) for each in painted.floats),
            someone_else(waiting=waiting),
        )
    return LoginView(
        room=room,
        location=location,
        clock=clock(at, zone),
        date=long_date(at, zone),
        heading=heading(len(tiles) + len(last)),
        tiles=tuple(
            TileView(p.id, p.name, painted.detail if painted else "", waiting=p.id == waiting)
            for p in tiles
        )
        + last,
        more=False,
    )


def of_float(person: Person, detail: str = FOR_A_DAY, waiting: str = "") -> TileView:
    """Someone who typed their name, told apart from the people of the list."""
    return TileView(person.id, person.name, detail, waiting=waiting == person.id)


def someone_else(detail: str = FOR_A_DAY, waiting: str = "") -> TileView:
    """The last tile, where people tap their names: whoever is not on the list types one."""
    return TileView(SOMEONE_ELSE, "Someone else", detail, waiting=waiting == SOMEONE_ELSE)


def own_login(detail: str = FIRST_TIME, waiting: str = "") -> TileView:
    """The tile after it: whoever has a login of their own and was never here."""
    return TileView(OWN_LOGIN, "My own login", detail, waiting=waiting == OWN_LOGIN)


def heading(tiles: int) -> str:
    """The one line above the tiles."""
    return "Tap your name" if tiles > 1 else "Tap to start"
