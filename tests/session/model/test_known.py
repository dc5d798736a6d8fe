"""What stays known across phases: limits of the clinic, and who typed a name today."""

from dataclasses import replace
from datetime import timedelta

from kiosk.session.model.known import Known, floats, limits_of
from kiosk.session.model.people import Person, SelfNamed
from kiosk.session.model.terms import DEFAULT_LIMITS
from tests.support import worlds as w

KNOWN = Known(w.PLACE, account=w.OFFICE, terms=w.terms())


def test_the_clinics_limits_govern_and_the_designs_without_a_grant() -> None:
    assert limits_of(KNOWN) == w.LIMITS
    assert limits_of(replace(KNOWN, terms=None)) == DEFAULT_LIMITS


def test_whoever_typed_a_name_is_there_until_its_end() -> None:
    typed = SelfNamed("Lena P.", w.NOON + timedelta(hours=1))
    known = replace(KNOWN, self_named=(typed,))
    assert floats(known, w.NOON) == (Person("Lena P.", "Lena P."),)
    assert floats(known, w.NOON + timedelta(hours=1)) == ()
