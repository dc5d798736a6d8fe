"""The login screen before anything is verified: the page of what was kept of it.

All that the first paint needs, so that nothing else has to be imported for it (design.md
section 4, Start). It only paints: a tap is resolved against the verified terms (threats.md T12).
"""

from collections.abc import Iterable
from datetime import datetime

from kiosk.session.model.painted import Painted
from kiosk.session.model.people import SOMEONE_ELSE, Person, Place
from kiosk.session.pages.dates import clock, long_date
from kiosk.session.pages.views import LoginView, TileView

FOR_A_DAY = "Here for the day"
OWN = "Own login"


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
    if painted is not None:
        last += tuple(own_tile(each, waiting=waiting) for each in painted.own)
    return LoginView(
        room=room,
        location=location,
        clock=clock(at, zone),
        date=long_date(at, zone),
        heading=heading(len(tiles) + len(last)),
        tiles=by_use(
            (
                *(
                    TileView(
                        p.id, p.name, painted.detail if painted else "", waiting=p.id == waiting
                    )
                    for p in tiles
                ),
                *last,
            ),
            painted.recent if painted else (),
        ),
        more=False,
        wipe=False,
    )


def by_use(tiles: Iterable[TileView], recent: tuple[str, ...]) -> tuple[TileView, ...]:
    """Who came in last stands first, whoever is not on the list yet always last."""
    place = {person_id: number for number, person_id in enumerate(recent)}

    def turn(tile: TileView) -> tuple[bool, int]:
        return tile.person_id == SOMEONE_ELSE, place.get(tile.person_id, len(place))

    return tuple(sorted(tiles, key=turn))


def of_float(person: Person, detail: str = FOR_A_DAY, waiting: str = "") -> TileView:
    """Someone who typed their name, told apart from the people of the list."""
    return TileView(person.id, person.name, detail, waiting=waiting == person.id)


def someone_else(detail: str = FOR_A_DAY, waiting: str = "") -> TileView:
    """The last tile, where people tap their names: whoever is not on the list types one."""
    return TileView(SOMEONE_ELSE, "Someone else", detail, waiting=waiting == SOMEONE_ELSE)


def own_tile(person: Person, mine: str = "", waiting: str = "", mine_detail: str = OWN) -> TileView:
    """A personal account: its holder's own login; ``mine`` is whose cover it is."""
    return TileView(
        person.id,
        person.name,
        mine_detail if person.id == mine else OWN,
        own=person.id == mine,
        waiting=person.id == waiting,
        personal=True,
    )


def heading(tiles: int) -> str:
    """The one line above the tiles."""
    return "Tap your name" if tiles > 1 else "Tap to start"
