"""The phases of a new computer: frozen, and in the union."""

from kiosk.session.model import setup_phases
from kiosk.session.model import state as s
from tests.support.vocabulary import can_change, classes, unlisted


def test_the_union_lists_every_one() -> None:
    assert unlisted(setup_phases, s.Phase) == set()
    assert [kind.__name__ for kind in classes(setup_phases) if can_change(kind)] == []
