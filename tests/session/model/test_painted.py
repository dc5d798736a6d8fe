"""What is kept of the login screen: names and a room, and nothing that lets anybody in."""

from dataclasses import fields

from kiosk.session.model.painted import Painted
from kiosk.session.model.people import Person


def test_it_holds_only_what_is_painted() -> None:
    """It lies in a plain file (threats.md T12): a new field has to be thought of here."""
    assert {each.name: each.type for each in fields(Painted)} == {
        "location": str,
        "operatory": str,
        "zone": str,
        "tiles": tuple[Person, ...],
        "detail": str,
        "floats": tuple[Person, ...],
        "names": bool,
        "own": tuple[Person, ...],
        "recent": tuple[str, ...],
    }
