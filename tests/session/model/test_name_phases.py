"""The phases of *Names*: frozen, in the union, and without room for a password."""

from kiosk.session.model import name_phases
from kiosk.session.model import state as s
from tests.support.vocabulary import can_change, classes, unlisted


def test_the_union_lists_every_one() -> None:
    assert unlisted(name_phases, s.Phase) == set()
    assert [kind.__name__ for kind in classes(name_phases) if can_change(kind)] == []
