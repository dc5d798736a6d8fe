"""What the login screen paints before anything is verified: first names, room, zone.

It only paints (threats.md T12): a tap is resolved against the signed grant, and on a mismatch
nobody enters. A file that cannot be read paints an empty screen for the second until the memory is.
"""

import json
from pathlib import Path

from kiosk.local.json_files import objects_in, read_object, texts_in
from kiosk.local.profile import replace_file
from kiosk.session.model.painted import Painted
from kiosk.session.model.people import Person


def read_painted(path: Path) -> Painted | None:
    """What was kept, or None."""
    told = read_object(path)
    match told:
        case {
            "location": str(location),
            "operatory": str(operatory),
            "zone": str(zone),
            "tiles": list(tiles),
            "detail": str(detail),
        }:
            return Painted(
                location,
                operatory,
                zone,
                _people(tiles),
                detail,
                tuple(Person(name, name) for name in texts_in(told.get("floats"))),
                told.get("names") is True,
                _people(told.get("own")),
                texts_in(told.get("recent")),
            )
        case _:
            return None


def _people(told: object) -> tuple[Person, ...]:
    """Those whose tiles can be read; one that cannot is not painted."""
    found = ((each.get("id"), each.get("name")) for each in objects_in(told))
    return tuple(Person(i, n) for i, n in found if isinstance(i, str) and isinstance(n, str))


def keep_painted(path: Path, painted: Painted) -> None:
    """Keep it, whole or not at all. Raises OSError where the disk does not take it."""
    told = {
        "location": painted.location,
        "operatory": painted.operatory,
        "zone": painted.zone,
        "tiles": [{"id": tile.id, "name": tile.name} for tile in painted.tiles],
        "detail": painted.detail,
        "floats": [each.name for each in painted.floats],
        "names": painted.names,
        "own": [{"id": tile.id, "name": tile.name} for tile in painted.own],
        "recent": list(painted.recent),
    }
    replace_file(path, json.dumps(told, ensure_ascii=False))
