"""What the login screen paints before anything is verified: first names, room, zone.

It only paints (threats.md T12): a tap is resolved against the signed grant, and on a mismatch
nobody enters. A file that cannot be read paints an empty screen for the second until the memory is.
"""

import json
from pathlib import Path

from kiosk.profile import replace_file
from kiosk.session.painted import Painted
from kiosk.session.people import Person


def read_painted(path: Path) -> Painted | None:
    """What was kept, or None."""
    try:
        told = json.loads(path.read_text("utf-8"))
        tiles = tuple(Person(str(t["id"]), str(t["name"])) for t in told["tiles"])
        floats = tuple(Person(str(name), str(name)) for name in told.get("floats", ()))
        return Painted(
            str(told["location"]),
            str(told["operatory"]),
            str(told["zone"]),
            tiles,
            str(told["detail"]),
            floats,
            told.get("names") is True,
            tuple(Person(str(t["id"]), str(t["name"])) for t in told.get("own", ())),
            tuple(str(each) for each in told.get("recent", ())),
        )
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None


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
