"""The pages that ask."""

import pytest

from kiosk.session import intents as want
from kiosk.session.challenge import CODE_LENGTH, Purpose
from kiosk.session.intents import Ticket
from kiosk.session.pages.asking import WHY
from kiosk.session.views import AccountView, AffirmView, ApproverView, CodeView
from tests.session import worlds as w
from tests.session.rules.test_approving import begun
from tests.session.script import Script


@pytest.mark.parametrize("purpose", Purpose)
def test_whose_phone_and_why_is_said_before_anything_is_texted(purpose: Purpose) -> None:
    page = begun(purpose).opened(purpose).sees(ApproverView)
    assert [o.action for o in page.options] == ["Text Dr. Rivera", "Text Dr. Chen"]
    assert [o.detail for o in page.options] == ["Phone ending 21", "Phone ending 84"]
    assert page.others_heading == "Ask someone else"
    assert WHY[purpose] in page.text
    assert len(set(WHY.values())) == len(Purpose)


@pytest.mark.parametrize("purpose", Purpose)
def test_the_keypad_says_whose_phone_why_how_long_and_when_again(purpose: Purpose) -> None:
    kiosk = begun(purpose).opened(purpose).wants(want.ApproverChosen(w.RIVERA.id)).texted()
    page = kiosk.sees(CodeView)
    assert page.title == "Enter Dr. Rivera's code"
    assert "ending 21" in page.text
    assert WHY[purpose] in page.text
    assert page.lives == "The code works until 12:15 pm." or purpose is Purpose.JOIN
    assert page.length == CODE_LENGTH
    assert page.resend_note == "A new code can be texted in 30 seconds."


def test_a_code_that_grew_old_is_said() -> None:
    kiosk = begun(Purpose.RETURN).opened(Purpose.RETURN)
    kiosk.wants(want.ApproverChosen(w.RIVERA.id)).texted().passes(minutes=10)
    notice = kiosk.sees(CodeView).notice
    assert notice is not None
    assert notice.title == "That code does not work any more."


def test_busy_while_it_is_being_checked() -> None:
    kiosk = Script.new().wants(want.PlaceGiven(w.PLACE))
    assert kiosk.sees(AccountView).email == ""
    kiosk.wants(want.AccountGiven("desk@lakeside.example", Ticket(1)))
    assert not kiosk.sees(AffirmView).busy
    kiosk.wants(want.SecurePlaceAffirmed())
    assert kiosk.sees(AffirmView).busy
