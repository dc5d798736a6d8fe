"""What a look means after a press, step by step, without an engine."""

import pytest
from PySide6.QtCore import QUrl

from kiosk.session.model.site import PageState, Part
from kiosk.ui.xchart.fence import Origin
from kiosk.ui.xchart.site_load import Arrival
from kiosk.ui.xchart.site_refusal import Pressed, seen_of
from kiosk.ui.xchart.site_script import Sight

EMAIL, PASSWORD, CODE = PageState.ASKS_EMAIL, PageState.ASKS_PASSWORD, PageState.ASKS_CODE


def sight(state: PageState, error: bool = False, empty: bool = False) -> Sight:
    return Sight(1, state, False, error, empty)


def after(*parts: Part) -> Pressed:
    """These were pressed in the fourth document."""
    pressed = Pressed()
    pressed.send(parts, 4)
    return pressed


@pytest.mark.parametrize(
    ("part", "shown", "load", "is_no"),
    [
        (Part.PASSWORD, PASSWORD, 5, True),
        (Part.PASSWORD, EMAIL, 5, True),
        (Part.PASSWORD, EMAIL, 4, True),
        (Part.PASSWORD, CODE, 5, False),
        (Part.PASSWORD, PASSWORD, 4, False),
        (Part.EMAIL, EMAIL, 5, True),
        (Part.EMAIL, PASSWORD, 5, False),
        (Part.CODE, CODE, 5, True),
        (Part.CODE, PASSWORD, 5, True),
        (Part.CODE, CODE, 4, False),
        (Part.PASSWORD, PageState.UNKNOWN, 5, False),
        (Part.PASSWORD, PageState.PERSON_WANTED, 5, False),
    ],
)
def test_the_same_step_again_is_a_no(part: Part, shown: PageState, load: int, is_no: bool) -> None:
    assert after(part).answers(sight(shown), load) is is_no


def test_in_the_same_document_it_takes_a_complaint_and_stays_one() -> None:
    pressed = after(Part.EMAIL, Part.PASSWORD)
    assert not pressed.answers(sight(PASSWORD, empty=True), 4)
    assert pressed.answers(sight(PASSWORD, error=True), 4)
    # The words go away again; the no does not, until something else is sent.
    assert pressed.answers(sight(PASSWORD), 4)
    pressed.send([Part.PASSWORD], 4)
    assert not pressed.answers(sight(PASSWORD), 4)


def test_a_field_that_was_emptied_is_a_no_once_nothing_more_is_waited_for() -> None:
    pressed = after(Part.PASSWORD)
    assert not pressed.answers(sight(PASSWORD), 4, last=True)
    assert pressed.answers(sight(PASSWORD, empty=True), 4, last=True)


def test_who_has_gone_on_is_not_refused_later() -> None:
    pressed = after(Part.EMAIL)
    assert not pressed.answers(sight(PASSWORD), 5)
    assert not pressed.answers(sight(EMAIL), 6)
    pressed = after(Part.PASSWORD)
    arrival = Arrival((Origin(QUrl("https://x.example")),))
    assert seen_of(sight(PageState.IN), arrival, pressed).state is PageState.IN
    assert not pressed.is_open
