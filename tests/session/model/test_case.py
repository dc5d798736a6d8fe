"""A case waives nothing before it is kept."""

from datetime import timedelta

from kiosk.session.model.case import GRACE, LONGEST, MORE, SILENT, Case
from tests.support import worlds as w


def test_a_case_waives_nothing_before_it_is_kept() -> None:
    begun = Case(1, w.MARIA, w.NOON, w.NOON, w.NOON + LONGEST, attempt=4)
    assert not begun.is_kept
    assert Case(1, w.MARIA, w.NOON, w.NOON, w.NOON + LONGEST).is_kept


def test_the_limits_are_those_of_the_design() -> None:
    hours = timedelta(hours=1)
    assert (8 * hours, 4 * hours, 4 * hours, hours / 12) == (LONGEST, MORE, SILENT, GRACE)
