"""Someone at work: frozen, and with room for tickets only where the page spoke."""

from kiosk.session.model import session
from tests.support.vocabulary import can_change, classes, fields_of


def test_each_is_frozen() -> None:
    assert [kind.__name__ for kind in classes(session) if can_change(kind)] == []


def test_no_words_of_the_page_have_room_in_it() -> None:
    texts = {
        name
        for kind in (session.Told, session.Asked)
        for name, hint in fields_of(kind).items()
        if hint is str
    }
    assert texts == set()
