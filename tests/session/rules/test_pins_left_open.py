"""What a PIN or a code opened does not stay open for nobody (law 10)."""

import pytest

from kiosk.session.model import effects as do
from kiosk.session.model import events as said
from kiosk.session.model import intents as want
from kiosk.session.model import replies
from kiosk.session.model import state as s
from kiosk.session.model.challenge import Purpose
from kiosk.session.model.people import OWN_LOGIN
from kiosk.session.model.refusals import Code, Unreachable
from tests.session.rules.test_pins import FORM, PIN
from tests.support import worlds as w
from tests.support.script import Script


@pytest.mark.parametrize("reach", [Unreachable.NO_ANSWER])
def test_whoever_did_not_get_in_leaves_nothing_open(reach: Unreachable) -> None:
    kiosk = Script.at_own_pin().passes(days=3).wants(PIN).unsealed()
    kiosk.unreached(do.StartSession, reach).asks_for(do.LockCredential(w.LENA.id))
    kiosk = Script.at_own_pin().passes(days=3).wants(PIN).unsealed()
    kiosk.refused(do.StartSession, Code.TRUST_LAPSED)
    assert do.LockCredential(w.LENA.id) in kiosk.newest
    kiosk = Script.at_own_pin().wants(PIN).wants(want.LockWanted())
    kiosk = Script.at_own_pin().wants(want.WentBack()).asks_for(do.LockCredential(w.LENA.id))


def test_a_code_that_comes_too_late_leaves_nothing_open() -> None:
    kiosk = Script.locked().tapped(OWN_LOGIN).wants(FORM).asked_for_a_code(Purpose.OWN)
    attempt, trust = kiosk.number(do.AnswerCode), w.own().trust
    kiosk.happens(said.ScreenLocked(kiosk.now)).at(s.Locked)
    told = said.Answered(
        kiosk.now, attempt, replies.Accepted(trust, w.terms(account=w.LENA), w.DEVICE)
    )
    kiosk.happens(told).asks_for(do.LockCredential(w.LENA.id))
