"""The pages that ask."""

from dataclasses import replace

import pytest

from kiosk.session.model import effects as do
from kiosk.session.model import intents as want
from kiosk.session.model import state as s
from kiosk.session.model.challenge import CODE_LENGTH, Purpose
from kiosk.session.model.intents import Ticket
from kiosk.session.model.people import Approver
from kiosk.session.model.refusals import Code
from kiosk.session.pages.asking import KEPT_HERE, WHY
from kiosk.session.pages.views import (
    AccountView,
    AffirmView,
    ApproverView,
    CodeView,
    PasswordView,
)
from kiosk.session.view import view
from tests.session.rules.test_approving import begun
from tests.support import worlds as w
from tests.support.practice import AT_SITE, NEW
from tests.support.script import Script


@pytest.mark.parametrize("purpose", Purpose)
def test_whose_phone_and_why_is_said_before_anything_is_texted(purpose: Purpose) -> None:
    page = begun(purpose).opened(purpose).sees(ApproverView)
    assert [o.action for o in page.options] == [
        "Text Dr. Rivera",
        "Dr. Chen's app",
        "Text Dr. Chen",
    ]
    assert [o.detail for o in page.options] == [
        "Phone ending 21",
        "Nothing is texted",
        "Phone ending 84",
    ]
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


def only(*approvers: Approver) -> ApproverView:
    """The choice where only these can be asked."""
    kiosk = begun(Purpose.RETURN).opened(Purpose.RETURN)
    phase = kiosk.at(s.ChoosingApprover)
    challenge = replace(phase.challenge, approvers=approvers)
    kiosk.state = replace(kiosk.state, phase=replace(phase, challenge=challenge))
    return kiosk.sees(ApproverView)


def test_nobody_without_a_phone_is_offered_a_text() -> None:
    page = only(replace(w.CHEN, phone_ending=""))
    assert [(o.action, o.app) for o in page.options] == [("Dr. Chen's app", True)]


def test_what_stands_below_is_another_way_or_somebody_else() -> None:
    assert only(w.CHEN).others_heading == "Another way"
    assert only(w.CHEN, w.RIVERA).others_heading == "Another way, or someone else"
    assert only(w.RIVERA, replace(w.CHEN, app=False)).others_heading == "Ask someone else"
    assert only(w.RIVERA).title == "Whose phone?"
    assert only(w.CHEN).title == "Whose code?"


@pytest.mark.parametrize("purpose", Purpose)
def test_the_keypad_says_whose_app_why_and_until_when(purpose: Purpose) -> None:
    kiosk = begun(purpose).opened(purpose).wants(want.ApproverChosen(w.CHEN.id, app=True))
    page = kiosk.sees(CodeView)
    assert page.title == "Enter Dr. Chen's code"
    assert "authenticator app" in page.text
    assert WHY[purpose] in page.text
    assert page.lives == "Type it before 12:35 pm." or purpose is Purpose.JOIN
    assert page.resend == "Text it instead"
    assert page.resend_note == ""
    assert page.someone_else == "Ask someone else"


def test_an_apps_wrong_code_is_not_asked_for_again_of_anybody() -> None:
    kiosk = begun(Purpose.RETURN).opened(Purpose.RETURN)
    kiosk.wants(want.ApproverChosen(w.CHEN.id, app=True)).wants(want.CodeGiven(Ticket(99)))
    notice = kiosk.refused(do.AnswerCode, Code.CODE_WRONG, tries_left=4).sees(CodeView).notice
    assert notice is not None
    assert notice.text == "Type the six digits that the app shows now. 4 tries left."


def test_at_a_site_nothing_is_said_that_holds_of_the_contract_alone() -> None:
    """The password is kept there, nobody is invited, and a code may follow a new password."""
    account = view(s.State(replace(NEW, at_site=True), s.AskingAccount(w.PLACE)), w.NOON)
    assert isinstance(account, AccountView)
    assert (account.text, account.invitation) == (KEPT_HERE, "")
    asked = view(s.State(AT_SITE, s.AskingPassword("p1")), w.NOON)
    assert isinstance(asked, PasswordView)
    assert "code" not in asked.text
    assert "admin" not in asked.text
