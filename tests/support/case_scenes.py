"""The pages of a case, each as a clinic would see it."""

from dataclasses import replace
from datetime import timedelta

from kiosk.session.model import state as s
from kiosk.session.model.audit import Cause
from kiosk.session.model.awake import Held, Means
from kiosk.session.model.case import LONGEST, Case, Pending
from kiosk.session.model.people import Person
from kiosk.session.model.refusals import Code, Fault
from kiosk.session.model.session import Declined
from kiosk.session.pages.views import View
from tests.support.practice import (
    DAILY,
    LATER,
    OWN_KNOWN,
    OWN_SESSION,
    SESSION,
    at_work,
    refused,
    seen,
)

BEGAN = LATER - timedelta(minutes=42)
CASE = Case(7, SESSION.person, BEGAN, LATER, BEGAN + LONGEST)
TREATING = replace(SESSION, case=CASE)
RELIEVED = replace(SESSION, case=replace(CASE, whose=Person("p2", "James Okafor")))
ENDING = replace(SESSION, case=replace(CASE, ending_at=LATER + timedelta(minutes=4)))
TAKEN_AWAY = Pending(Cause.SERVER, refused(Code.ACCOUNT_DEACTIVATED))
WAITING = replace(SESSION, case=replace(CASE, pending=(TAKEN_AWAY,)))
OVER = Pending(Cause.SERVER, refused(Code.SESSION_ENDED))
REFUSED = replace(
    SESSION, shown=False, awaiting_server=False, id=None, case=replace(CASE, pending=(OVER,))
)
OWN_CASE = replace(OWN_SESSION, case=replace(CASE, whose=OWN_SESSION.person))
HELD_OFF = (
    (Means.SLEEP, Held.HELD),
    (Means.BLANKING, Held.HELD),
    (Means.SHUTDOWN, Held.DENIED),
)
MAY_SLEEP = replace(DAILY, held_off=HELD_OFF)

CASES: dict[str, View] = {
    "case": seen(at_work(TREATING), at=LATER),
    "case-starting": seen(at_work(replace(SESSION, case=replace(CASE, attempt=9))), at=LATER),
    "case-not-kept": seen(at_work(replace(SESSION, no_case=Fault.KEYCHAIN_LOCKED)), at=LATER),
    "case-taken-over": seen(at_work(RELIEVED), at=LATER),
    "case-pending": seen(at_work(WAITING), at=LATER),
    "case-refused": seen(at_work(REFUSED), at=LATER),
    "case-step-failed": seen(
        replace(at_work(TREATING), declined=(Declined.NOT_OPENED, LATER)), at=LATER
    ),
    "case-this-computer": seen(s.ThisComputer(TREATING), MAY_SLEEP, LATER),
    "case-ending": seen(at_work(ENDING), at=LATER),
    "case-cover": seen(s.Locked(TREATING, Cause.IDLE), at=LATER),
    "case-cover-switch": seen(s.Locked(TREATING, Cause.SWITCH), at=LATER),
    "case-cover-restart": seen(s.Locked(RELIEVED, Cause.RESTART), at=LATER),
    "case-cover-ending": seen(s.Locked(ENDING, Cause.IDLE), at=LATER),
    "case-cover-own": seen(s.Locked(OWN_CASE, Cause.IDLE), OWN_KNOWN, LATER),
    "case-cover-on": seen(s.Locked(TREATING, Cause.IDLE, refused(Code.CASE_ON)), at=LATER),
}
