"""The login screen before anything is verified: what was kept of it, and its page.

All that the first paint needs, so that nothing else has to be imported for it (design.md
section 4, Start). It only paints: a tap is resolved against the verified grant (threats.md T12).
"""

from dataclasses import dataclass
from datetime import datetime

from kiosk.session.pages.dates import clock, long_date
from kiosk.session.people import Person, Place
from kiosk.session.views import LoginView, TileView


@dataclass(frozen=True, slots=True)
class Painted:
    """What the login screen may paint before anything is verified (design.md section 4, UI)."""

    location: str
    operatory: str
    zone: str
    tiles: tuple[Person, ...]
    detail: str


def painted_login(
    place: Place, painted: Painted | None, at: datetime, waiting: str = ""
) -> LoginView:
    """The login screen while the memory is being read; ``waiting`` is the tile tapped meanwhile."""
    zone = painted.zone if painted else ""
    room, location = place.operatory, place.location
    if not room and painted is not None:
        room, location = painted.operatory, painted.location
    tiles = painted.tiles if painted else ()
    return LoginView(
        room=room,
        location=location,
        clock=clock(at, zone),
        date=long_date(at, zone),
        heading=heading(len(tiles)),
        tiles=tuple(
            TileView(p.id, p.name, painted.detail if painted else "", waiting=p.id == waiting)
            for p in tiles
        ),
        more=False,
    )


def heading(tiles: int) -> str:
    """The one line above the tiles."""
    return "Tap your name" if tiles > 1 else "Tap to start"
