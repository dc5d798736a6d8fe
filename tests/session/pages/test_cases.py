"""What a case says of itself; and that it never says whose patient it is."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.session.model.refusals import Fault
from kiosk.session.pages.cases import (
    case_line,
    cover_of_case,
    ending_line,
    lasting,
    notice_of_case,
    refused_page,
)
from tests.support.case_scenes import CASE, ENDING, REFUSED, RELIEVED, TREATING, WAITING
from tests.support.practice import DAILY, LATER, SESSION


@pytest.mark.parametrize(
    ("minutes", "said"), [(-1, "0 min"), (0, "0 min"), (42, "42 min"), (125, "2 h 5 min")]
)
def test_how_long_it_lasts(minutes: int, said: str) -> None:
    assert lasting(timedelta(minutes=minutes, seconds=59 if minutes >= 0 else 0)) == said


def test_the_bar_says_how_long_and_whose() -> None:
    assert case_line(SESSION, LATER) == ""
    assert case_line(TREATING, LATER) == "Case in progress, 42 min"
    assert case_line(RELIEVED, LATER) == "James Okafor's case, 42 min"
    starting = replace(SESSION, case=replace(CASE, attempt=3))
    assert case_line(starting, LATER) == "Starting the case…"


def test_the_cover_says_it_and_how_to_come_back() -> None:
    assert cover_of_case(SESSION, LATER) is None
    said = cover_of_case(TREATING, LATER)
    assert said is not None
    assert said.title == f"{SESSION.person.name}'s case is in progress, 42 min."
    ending = cover_of_case(ENDING, LATER)
    assert ending is not None
    assert (ending.title, "Still treating" in ending.text) == ("The case ends in 4 minutes.", True)


def test_the_end_is_said_to_the_last_second() -> None:
    assert ENDING.case is not None
    late = (ENDING.case.ending_at or LATER) + timedelta(minutes=1)
    assert ending_line(ENDING.case, late) == "The case ends in 1 second"
    assert ending_line(CASE, LATER) == ""


def test_what_waits_and_what_could_not_be_begun_is_said_in_words() -> None:
    waits = notice_of_case(DAILY, WAITING, LATER)
    assert waits is not None
    assert waits.title == "After the case: This account has been turned off."
    none = notice_of_case(DAILY, replace(SESSION, no_case=Fault.KEYCHAIN_LOCKED), LATER)
    assert none is not None
    assert "idle lock holds" in none.title
    assert "Start case" in none.text
    assert notice_of_case(DAILY, TREATING, LATER) is None


def test_what_refuses_the_page_is_said_once_and_with_what_can_be_done_there() -> None:
    said = refused_page(DAILY, REFUSED, LATER)
    assert said is not None
    assert (said.title, said.text[:10]) == ("Xchart has ended this session.", "Try again.")
    assert notice_of_case(DAILY, REFUSED, LATER) is None
    assert refused_page(DAILY, WAITING, LATER) is None, "it is on show"
