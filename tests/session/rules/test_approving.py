"""The provider's code: nothing texted before someone chooses, no dead end, no second chance."""

from dataclasses import replace

import pytest

from kiosk.session.model import effects as do
from kiosk.session.model import events as said
from kiosk.session.model import intents as want
from kiosk.session.model import replies
from kiosk.session.model import state as s
from kiosk.session.model.audit import Act
from kiosk.session.model.challenge import Purpose
from kiosk.session.model.intents import Ticket
from kiosk.session.model.people import OWN_LOGIN
from kiosk.session.model.refusals import Code, Fault, Reason, Refusal, Unreachable
from kiosk.session.model.trust import NoTrust, Trust
from kiosk.session.pages.views import ApproverView, CodeView, LoginView
from tests.support import worlds as w
from tests.support.script import Script


def lapsed() -> Script:
    """Maria tapped, and this computer has no trust."""
    return Script.at_login(w.memory(trusted=False)).tapped(w.MARIA.id)


def joining() -> Script:
    """A new computer whose account is being checked."""
    kiosk = Script.new().wants(want.PlaceGiven(w.PLACE))
    kiosk.wants(want.AccountGiven("desk@lakeside.example", Ticket(1)))
    return kiosk.wants(want.SecurePlaceAffirmed())


def removing() -> Script:
    """Maria at work wants this computer removed."""
    kiosk = Script.at_work().wants(want.ThisComputerWanted())
    return kiosk.wants(want.RemovalWanted()).wants(want.RemovalConfirmed())


def own_login() -> Script:
    """A personal account is checked, over the login screen."""
    kiosk = Script.at_login().tapped(OWN_LOGIN)
    return kiosk.wants(want.AccountGiven("lena@lakeside.example", Ticket(41)))


def begun(purpose: Purpose) -> Script:
    """The first factor is being checked, for that purpose."""
    match purpose:
        case Purpose.JOIN:
            return joining()
        case Purpose.RETURN:
            return lapsed()
        case Purpose.REMOVE:
            return removing()
        case Purpose.OWN:
            return own_login()


def test_back_after_a_long_time_with_a_code_and_straight_to_work() -> None:
    kiosk = lapsed().opened(Purpose.RETURN)
    kiosk.asks_for()
    assert "Nothing is texted until you press." in kiosk.sees(ApproverView).text
    kiosk.wants(want.ApproverChosen(w.RIVERA.id)).asks_for(do.TextCode)
    kiosk.texted().asks_for()
    assert "ending 21" in kiosk.sees(CodeView).text
    kiosk.wants(want.CodeGiven(Ticket(99)))
    kiosk.asks_for(do.AnswerCode(4, w.PLACE, w.challenge(Purpose.RETURN, kiosk.now), Ticket(99)))
    kiosk.accepted().asks_for(do.KeepRecord, do.KeepRecord, do.StartSession)
    kiosk.kept().started()
    assert kiosk.at(s.Active).session.person == w.MARIA
    assert [act for act, _ in kiosk.acts] == [Act.CODE_ACCEPTED, Act.ENTERED]


@pytest.mark.parametrize("purpose", Purpose)
def test_nothing_is_texted_before_someone_chooses_an_approver_of_the_request(
    purpose: Purpose,
) -> None:
    kiosk = begun(purpose).opened(purpose)
    kiosk.wants(want.ApproverChosen("nobody")).asks_for()
    assert not [e for e in kiosk.all if isinstance(e, do.TextCode)]
    kiosk.wants(want.ApproverChosen(w.CHEN.id)).asks_for(do.TextCode)
    kiosk.wants(want.ApproverChosen(w.RIVERA.id)).asks_for()


@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize("why", [Refusal(Code.TEXTS_CAPPED), Unreachable.NO_ANSWER])
def test_no_answer_to_a_text_leaves_the_choice_open(purpose: Purpose, why: Reason) -> None:
    kiosk = begun(purpose).opened(purpose).wants(want.ApproverChosen(w.RIVERA.id))
    kiosk.answered(do.TextCode, replies.No(why))
    assert kiosk.at(s.ChoosingApprover).attempt == 0
    assert kiosk.at(s.ChoosingApprover).why == why


@pytest.mark.parametrize("purpose", Purpose)
def test_a_computer_that_fails_at_a_text_leaves_nobody_waiting_for_ever(purpose: Purpose) -> None:
    kiosk = begun(purpose).opened(purpose).wants(want.ApproverChosen(w.RIVERA.id))
    kiosk.faulted(do.TextCode, Fault.UNEXPECTED)
    assert s.attempt_of(kiosk.state.phase) == 0
    kiosk.at(
        {
            Purpose.JOIN: s.AskingAccount,
            Purpose.OWN: s.AskingOwn,
            Purpose.RETURN: s.AtLogin,
            Purpose.REMOVE: s.ConfirmingRemoval,
        }[purpose]
    )


@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize("code", [Code.CHALLENGE_OVER, Code.CHALLENGE_UNKNOWN])
def test_a_request_that_is_over_begins_anew_where_it_began(purpose: Purpose, code: Code) -> None:
    for asking in (do.TextCode, do.AnswerCode):
        kiosk = begun(purpose)
        if asking is do.TextCode:
            kiosk.opened(purpose).wants(want.ApproverChosen(w.RIVERA.id))
        else:
            kiosk.asked_for_a_code(purpose)
        kiosk.refused(asking, code)
        assert isinstance(
            kiosk.state.phase, s.AskingAccount | s.AskingOwn | s.AtLogin | s.ConfirmingRemoval
        )


def test_a_wrong_code_clears_the_keypad_and_says_how_many_tries_are_left() -> None:
    kiosk = lapsed().asked_for_a_code(Purpose.RETURN)
    before = kiosk.sees(CodeView)
    assert before.busy
    kiosk.refused(do.AnswerCode, Code.CODE_WRONG, tries_left=4)
    page = kiosk.sees(CodeView)
    assert page.round == before.round + 1
    assert not page.busy
    assert page.notice is not None
    assert "4 tries left." in page.notice.text


def test_a_second_code_while_one_is_checked_is_not_sent_and_not_kept() -> None:
    kiosk = lapsed().asked_for_a_code(Purpose.RETURN)
    kiosk.wants(want.CodeGiven(Ticket(100))).asks_for(do.DropSecret(Ticket(100)))


def test_a_new_text_can_be_asked_for_after_the_wait_and_not_before() -> None:
    kiosk = lapsed().opened(Purpose.RETURN).wants(want.ApproverChosen(w.CHEN.id)).texted()
    kiosk.passes(seconds=29).wants(want.ResendWanted()).asks_for()
    assert not kiosk.sees(CodeView).resend
    kiosk.passes(seconds=1)
    assert kiosk.sees(CodeView).resend
    kiosk.wants(want.ResendWanted()).asks_for(do.TextCode)
    kiosk.texted()
    assert kiosk.at(s.AwaitingCode).attempt == 0


def test_someone_else_can_be_asked_without_a_new_request() -> None:
    kiosk = lapsed().opened(Purpose.RETURN).wants(want.ApproverChosen(w.RIVERA.id)).texted()
    kiosk.wants(want.AnotherApproverWanted()).asks_for()
    assert kiosk.at(s.ChoosingApprover).challenge.id == "cha-1"
    kiosk.wants(want.ApproverChosen(w.CHEN.id)).asks_for(do.TextCode)


@pytest.mark.parametrize("purpose", Purpose)
def test_cancel_leads_back_but_not_while_the_answer_may_be_a_yes(purpose: Purpose) -> None:
    kiosk = begun(purpose).asked_for_a_code(purpose)
    before = kiosk.state
    assert kiosk.wants(want.WentBack()).state == before
    kiosk.unreached(do.AnswerCode, Unreachable.NO_ANSWER).wants(want.WentBack())
    assert isinstance(kiosk.state.phase, s.AskingAccount | s.AskingOwn | s.AtLogin | s.ThisComputer)


def test_a_code_moves_the_horizon_and_nothing_on_the_way_to_it_does() -> None:
    """Law 7."""
    kiosk = lapsed().passes(days=40)
    kiosk.asked_for_a_code(Purpose.RETURN)
    assert repr(kiosk.state.known.trust) == repr(NoTrust.REMOVED)
    kiosk.accepted()
    assert kiosk.state.known.trust == w.trust(kiosk.now)


def test_news_of_the_old_trust_does_not_end_the_new_one() -> None:
    """Law 5: the background's question was asked before the code was accepted."""
    kiosk = Script.at_login().ticks().asks_for(do.FetchChanges)
    kiosk.tapped(w.MARIA.id).refused(do.StartSession, Code.TRUST_LAPSED).tapped(w.MARIA.id)
    kiosk.asked_for_a_code(Purpose.RETURN).accepted().kept()
    before = kiosk.state
    kiosk.refused(do.FetchChanges, Code.TRUST_LAPSED).asks_for()
    assert kiosk.state == before


def test_a_promoted_account_gets_no_code_except_to_be_removed() -> None:
    kiosk = lapsed().opened(Purpose.RETURN, w.PROMOTED)
    notice = kiosk.sees(LoginView).notice
    assert notice is not None
    assert "can sign records" in notice.title
    removing().opened(Purpose.REMOVE, w.PROMOTED).at(s.ChoosingApprover)


@pytest.mark.parametrize("code", [Code.DEVICE_PASSWORD_WRONG, Code.DEVICE_REVOKED])
def test_a_computer_that_the_server_forgot_joins_anew(code: Code) -> None:
    lapsed().refused(do.OpenChallenge, code).at(s.AskingAccount)


@pytest.mark.parametrize("code", [Code.DEVICE_PASSWORD_WRONG, Code.DEVICE_REVOKED])
def test_a_session_on_a_forgotten_computer_ends_on_the_record(code: Code) -> None:
    kiosk = removing().refused(do.OpenChallenge, code)
    kiosk.asks_for(do.ClosePage, do.EndSession("ses-1"), do.KeepRecord, do.ForgetTrust)
    kiosk.at(s.AskingAccount)
    assert kiosk.acts[-1] == (Act.TAKEN_OUT, w.MARIA.id)
    assert kiosk.state.known.trust is NoTrust.REFUSED


def test_back_before_the_server_answered_gives_the_page_it_came_from() -> None:
    lapsed().wants(want.WentBack()).at(s.AtLogin)
    removing().wants(want.WentBack()).at(s.ThisComputer)


def test_a_roster_without_the_person_who_asked_lets_nobody_in() -> None:
    kiosk = lapsed().asked_for_a_code(Purpose.RETURN)
    kiosk.accepted(terms=replace(w.terms(), people=(w.JAMES, w.JAMES)))
    kiosk.at(s.AtLogin)
    assert Act.ENTERED not in dict(kiosk.acts)


@pytest.mark.parametrize("code", [Code.TOO_MANY_TRIES, Code.CHALLENGE_OVER])
def test_who_cannot_come_back_is_told_why_on_the_cover(code: Code) -> None:
    kiosk = Script.locked()
    kiosk.state = replace(kiosk.state, known=replace(kiosk.state.known, trust=NoTrust.REFUSED))
    kiosk.tapped(w.MARIA.id).refused(do.OpenChallenge, code)
    assert isinstance(kiosk.at(s.Locked).why, Refusal)
    notice = kiosk.sees(LoginView).notice
    assert notice is not None
    assert notice.title


def test_a_late_refusal_of_what_was_sent_with_the_old_trust_does_not_end_the_new() -> None:
    """Law 5: it was asked before the code was given."""
    kiosk = Script.at_login(w.memory(trusted=False)).ticks()
    old = kiosk.number(do.SendQueued)
    kiosk.tapped(w.MARIA.id).asked_for_a_code(Purpose.RETURN).accepted()
    assert isinstance(kiosk.state.known.trust, Trust)
    before = kiosk.state
    kiosk.happens(said.Answered(kiosk.now, old, replies.No(Refusal(Code.TRUST_LAPSED)))).asks_for()
    assert kiosk.state == before


@pytest.mark.parametrize("purpose", Purpose)
def test_an_apps_code_is_asked_of_nobody_and_goes_with_its_owners_id(purpose: Purpose) -> None:
    kiosk = begun(purpose).opened(purpose)
    kiosk.wants(want.ApproverChosen(w.CHEN.id, app=True)).asks_for()
    kiosk.wants(want.CodeGiven(Ticket(99)))
    attempt, challenge = kiosk.number(do.AnswerCode), kiosk.at(s.AwaitingCode).challenge
    kiosk.asks_for(do.AnswerCode(attempt, w.PLACE, challenge, Ticket(99), w.CHEN.id))
    assert not [e for e in kiosk.all if isinstance(e, do.TextCode)]


def test_who_has_no_app_is_not_asked_for_its_code() -> None:
    kiosk = lapsed().opened(Purpose.RETURN)
    kiosk.wants(want.ApproverChosen(w.RIVERA.id, app=True)).asks_for()
    kiosk.at(s.ChoosingApprover)


def test_who_has_no_phone_is_not_texted() -> None:
    kiosk = lapsed().opened(Purpose.RETURN)
    phase = kiosk.at(s.ChoosingApprover)
    phoneless = replace(phase.challenge, approvers=(replace(w.CHEN, phone_ending=""),))
    kiosk.state = replace(kiosk.state, phase=replace(phase, challenge=phoneless))
    kiosk.wants(want.ApproverChosen(w.CHEN.id)).asks_for()
    kiosk.wants(want.ApproverChosen(w.CHEN.id, app=True)).wants(want.ResendWanted()).asks_for()
    kiosk.at(s.AwaitingCode)


def test_a_text_can_be_had_instead_of_the_app_and_then_no_app_answers() -> None:
    kiosk = lapsed().opened(Purpose.RETURN).wants(want.ApproverChosen(w.CHEN.id, app=True))
    kiosk.wants(want.ResendWanted()).asks_for(do.TextCode)
    kiosk.texted().wants(want.CodeGiven(Ticket(99)))
    attempt, challenge = kiosk.number(do.AnswerCode), kiosk.at(s.AwaitingCode).challenge
    kiosk.asks_for(do.AnswerCode(attempt, w.PLACE, challenge, Ticket(99)))


def test_an_app_that_was_guessed_at_too_often_leaves_the_text() -> None:
    kiosk = lapsed().opened(Purpose.RETURN).wants(want.ApproverChosen(w.CHEN.id, app=True))
    kiosk.wants(want.CodeGiven(Ticket(99))).refused(do.AnswerCode, Code.TOO_MANY_TRIES)
    page = kiosk.sees(CodeView)
    assert page.notice is not None
    assert page.resend == "Text it instead"
