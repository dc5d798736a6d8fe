"""A personal account: password and code once, then a PIN; and nobody inherits anything by it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.session.model import effects as do
from kiosk.session.model import events as said
from kiosk.session.model import intents as want
from kiosk.session.model import replies
from kiosk.session.model import state as s
from kiosk.session.model.audit import Act
from kiosk.session.model.challenge import Purpose
from kiosk.session.model.intents import Ticket
from kiosk.session.model.people import OWN_LOGIN, Strength
from kiosk.session.model.refusals import Code, Fault, Unreachable
from kiosk.session.pages.views import AccountView, LoginView, PinView, WorkspaceView
from kiosk.session.rules.accounts import personal_account
from tests.support import worlds as w
from tests.support.script import Script

FORM = want.AccountGiven("lena@lakeside.example", Ticket(41))
PIN, AGAIN = want.PinGiven(Ticket(61)), want.PinGiven(Ticket(62))


def choosing() -> Script:
    """Lena's own login is new here; her code was right."""
    kiosk = Script.at_login().tapped(OWN_LOGIN).wants(FORM)
    return kiosk.asked_for_a_code(Purpose.OWN).accepted()


def test_the_first_time_takes_a_password_a_code_and_a_pin_typed_twice() -> None:
    kiosk = Script.at_login().tapped(OWN_LOGIN)
    assert kiosk.sees(AccountView).title == "Your own login"
    kiosk.wants(FORM).asks_for(
        do.OpenEnrolment(
            kiosk.number(do.OpenEnrolment),
            Purpose.OWN,
            place=w.PLACE,
            email="lena@lakeside.example",
            password=Ticket(41),
        )
    )
    kiosk.asked_for_a_code(Purpose.OWN).accepted().asks_for(do.KeepRecord)
    joined = kiosk.records[-1]
    assert (joined.act, joined.account, joined.actor) == (Act.COMPUTER_JOINED, w.LENA.id, "")
    assert kiosk.sees(PinView).title == "Choose a PIN"
    kiosk.wants(PIN).asks_for()
    assert kiosk.sees(PinView).title == "Type it once more"
    kiosk.wants(AGAIN)
    kiosk.asks_for(do.SealPin(kiosk.number(do.SealPin), w.LENA.id, Ticket(61), Ticket(62)))
    kiosk.sealed().started()
    kiosk.asks_for(do.KeepRecord)
    kiosk.kept()
    session = kiosk.at(s.Active).session
    assert (session.account, session.person.name) == (w.LENA, "Lena Park")
    assert session.strength is Strength.PIN


def test_the_account_that_the_computer_joined_with_stays_as_it_was() -> None:
    """facts.md S3: one more person changes nothing for the others."""
    before = Script.at_login().state.known
    known = choosing().state.known
    assert (known.account, known.trust, known.terms) == (
        before.account,
        before.trust,
        before.terms,
    )


def test_from_then_on_tile_and_pin() -> None:
    kiosk = Script.at_own_pin()
    assert kiosk.sees(PinView).title == "Lena Park"
    kiosk.wants(PIN).asks_for(
        do.UnwrapCredential(kiosk.number(do.UnwrapCredential), w.LENA.id, Ticket(61))
    )
    kiosk.unsealed().asks_for(do.ReadDay, do.KeepRecord, do.StartSession)
    record = kiosk.records[-1]
    assert (record.act, record.actor, record.account) == (Act.ENTERED, w.LENA.id, w.LENA.id)
    assert record.strength is Strength.PIN
    kiosk.kept().at(s.Active)
    page = kiosk.sees(WorkspaceView)
    assert (page.who, page.as_account, page.change) == ("Lena Park", "Member", False)


def test_what_needs_no_pin_is_ready_before_the_last_digit() -> None:
    """A round trip of the server takes longer than a finger; in a state it is nowhere (law 10)."""
    kiosk = Script.at_own_pin()
    before = kiosk.state.phase
    kiosk.wants(want.PinComing()).asks_for(do.ExpectPin(w.LENA.id))
    assert kiosk.state.phase == before
    kiosk.wants(PIN).wants(want.PinComing()).asks_for()


def test_no_page_comes_between_the_pin_and_the_room() -> None:
    """Each turn of the stack is a frame of the whole screen that somebody waits for."""
    kiosk = Script.at_own_pin().wants(PIN)
    asking = kiosk.sees(PinView)
    assert asking.busy
    assert replace(kiosk.unsealed().sees(PinView), round=asking.round) == asking
    kiosk.kept().sees(WorkspaceView)


def test_without_the_pin_the_tile_enters_nobody() -> None:
    kiosk = Script.at_own_pin()
    assert kiosk.acts == []
    assert [e for e in kiosk.all if isinstance(e, do.StartSession)] == []


def test_whose_tile_says_whose_login_it_is() -> None:
    memory = replace(w.memory(), terms=w.with_lena(), own=(w.own(),))
    tiles = {t.person_id: t for t in Script.at_login(memory).sees(LoginView).tiles}
    assert tiles[w.LENA.id].personal
    assert not tiles[w.MARIA.id].personal


@pytest.mark.parametrize("code", [Code.PIN_WRONG, Code.TOO_MANY_TRIES])
def test_a_wrong_pin_is_said_and_asked_for_again(code: Code) -> None:
    kiosk = Script.at_own_pin()
    before = kiosk.sees(PinView).round
    kiosk.wants(PIN).refused(do.UnwrapCredential, code, tries_left=3).asks_for()
    page = kiosk.sees(PinView)
    assert page.round > before
    assert page.notice is not None
    assert not page.busy


@pytest.mark.parametrize("code", [Code.PIN_UNKNOWN, Code.PIN_SPENT])
def test_a_pin_that_opens_nothing_any_more_leads_to_the_password(code: Code) -> None:
    kiosk = Script.at_own_pin().wants(PIN).refused(do.UnwrapCredential, code)
    page = kiosk.sees(AccountView)
    assert page.notice is not None
    assert "e-mail and password once" in page.notice.text
    kiosk.wants(want.WentBack()).tapped(w.LENA.id).at(s.AskingOwn)


def test_whoever_forgot_the_pin_uses_the_password() -> None:
    Script.at_own_pin().wants(want.PinForgotten()).at(s.AskingOwn)


def test_a_deactivated_person_is_gone_and_nobody_else_notices() -> None:
    """Law 12, T6."""
    kiosk = Script.at_own_pin().wants(PIN).refused(do.UnwrapCredential, Code.ACCOUNT_DEACTIVATED)
    kiosk.asks_for(do.ForgetOwn(w.LENA.id), do.LockCredential(w.LENA.id))
    assert kiosk.sees(LoginView).notice is not None
    assert w.LENA.id not in {t.person_id for t in kiosk.sees(LoginView).tiles}
    kiosk.tapped(w.MARIA.id).kept().at(s.Active)


def test_deactivated_by_news_while_at_work() -> None:
    kiosk = Script.lena_at_work().passes(minutes=2).ticks()
    kiosk.news(w.terms(kiosk.now))
    kiosk.asks_for(
        do.ForgetOwn(w.LENA.id),
        do.KeepPainted,
        do.ClosePage,
        do.EndSession("ses-1"),
        do.LockCredential(w.LENA.id),
        do.KeepRecord,
    )
    assert kiosk.acts[-1] == (Act.TAKEN_OUT, w.LENA.id)
    assert personal_account(kiosk.state.known, w.LENA.id) is None


def test_the_shared_account_turned_off_does_not_end_a_personal_session() -> None:
    kiosk = Script.lena_at_work().passes(minutes=2).ticks()
    kiosk.refused(do.FetchChanges, Code.ACCOUNT_DEACTIVATED)
    kiosk.at(s.Active)
    assert personal_account(kiosk.state.known, w.LENA.id) is not None


def test_a_revoked_computer_takes_everybody_out() -> None:
    kiosk = Script.lena_at_work().passes(minutes=2).ticks()
    kiosk.refused(do.FetchChanges, Code.DEVICE_REVOKED)
    kiosk.at(s.AtLogin)
    assert do.ForgetTrust(w.LENA.id) in kiosk.newest


def test_a_shared_account_is_nobodys_own() -> None:
    kiosk = Script.at_login().tapped(OWN_LOGIN).wants(FORM).opened(Purpose.OWN, w.OFFICE)
    notice = kiosk.sees(AccountView).notice
    assert notice is not None
    assert "Several people" in notice.title


@pytest.mark.parametrize("code", [Code.PIN_WEAK, Code.PIN_DIFFERS])
def test_a_pin_that_will_not_do_is_chosen_again(code: Code) -> None:
    kiosk = choosing().wants(PIN).wants(AGAIN).refused(do.SealPin, code)
    assert kiosk.sees(PinView).title == "Choose a PIN"
    kiosk.wants(want.PinGiven(Ticket(63))).wants(want.PinGiven(Ticket(64)))
    kiosk.asks_for(do.SealPin)


@pytest.mark.parametrize(
    "event",
    [said.ScreenLocked(w.NOON), said.Suspended(w.NOON), said.Asked(w.NOON, want.WentBack())],
)
def test_half_a_pin_is_left_in_no_slot(event: said.Event) -> None:
    """Law 10."""
    kiosk = choosing().wants(PIN).happens(event)
    kiosk.at(s.AtLogin)
    assert do.DropSecret(Ticket(61)) in kiosk.newest
    assert {do.LockCredential(w.LENA.id), do.LockCredential("")} & set(kiosk.newest)


def test_a_pin_typed_while_one_is_looked_at_is_dropped() -> None:
    kiosk = Script.at_own_pin().wants(PIN).wants(AGAIN)
    kiosk.asks_for(do.DropSecret(Ticket(62)))
    kiosk = choosing().wants(PIN).wants(AGAIN).wants(want.PinGiven(Ticket(63)))
    kiosk.asks_for(do.DropSecret(Ticket(63)))


def test_by_tile_and_pin_over_somebodys_cover_and_theirs_ends() -> None:
    """Law 4: nothing of Maria's is Lena's."""
    memory = replace(w.memory(), terms=w.with_lena(), own=(w.own(),))
    kiosk = Script.at_login(memory).tapped(w.MARIA.id).kept().started(terms=w.with_lena())
    kiosk.wants(want.SwitchWanted()).tapped(w.LENA.id)
    assert s.session_of(kiosk.state.phase) is not None, "Maria may still come back"
    kiosk.wants(want.WentBack()).at(s.Locked)
    kiosk.tapped(w.LENA.id).wants(PIN).unsealed()
    kiosk.asks_for(
        do.ClosePage,
        do.EndSession("ses-1"),
        do.KeepRecord,
        do.ReadDay,
        do.KeepRecord,
        do.StartSession,
    )
    assert kiosk.acts[-2:] == [(Act.LEFT, w.MARIA.id), (Act.ENTERED, w.LENA.id)]


def test_after_ones_own_lock_the_tile_alone_brings_back_for_a_while() -> None:
    kiosk = Script.lena_at_work().wants(want.LockWanted()).passes(minutes=14)
    assert kiosk.sees(LoginView).tiles[0].detail == "Tap to continue"
    kiosk.tapped(w.LENA.id)
    record = kiosk.records[-1]
    assert (record.act, record.strength) == (Act.RESUMED, Strength.TILE)
    kiosk.kept().at(s.Active)


@pytest.mark.parametrize("minutes", [15, 60])
def test_and_then_the_pin_is_asked_for(minutes: int) -> None:
    kiosk = Script.lena_at_work().wants(want.LockWanted()).passes(minutes=minutes)
    assert kiosk.sees(LoginView).tiles[0].detail == "Tap, then your PIN"
    kiosk.tapped(w.LENA.id).at(s.AskingPin)
    kiosk.wants(PIN).unsealed().kept()
    session = kiosk.at(s.Active).session
    assert (session.id, session.strength) == ("ses-1", Strength.PIN)


@pytest.mark.parametrize("event", [said.ScreenLocked, said.Suspended])
def test_a_lock_that_was_not_ones_own_asks_for_the_pin(
    event: type[said.ScreenLocked | said.Suspended],
) -> None:
    kiosk = Script.lena_at_work()
    kiosk.happens(event(kiosk.now)).tapped(w.LENA.id).at(s.AskingPin)


def test_a_computer_that_slept_has_no_open_credential_and_asks_for_the_pin() -> None:
    kiosk = Script.lena_at_work().wants(want.LockWanted())
    kiosk.happens(said.Suspended(kiosk.now)).asks_for(do.LockCredential(""))
    kiosk.tapped(w.LENA.id).at(s.AskingPin)


def test_done_closes_the_credential() -> None:
    kiosk = Script.lena_at_work().wants(want.DoneWanted())
    kiosk.asks_for(
        do.ClosePage, do.EndSession("ses-1"), do.LockCredential(w.LENA.id), do.KeepRecord
    )


def test_offline_the_server_is_not_waited_for() -> None:
    kiosk = Script.at_own_pin().ticks().unreached(do.FetchChanges)
    kiosk.wants(PIN)
    kiosk.asks_for(
        do.UnwrapCredential(kiosk.number(do.UnwrapCredential), w.LENA.id, Ticket(61), away=True)
    )
    kiosk.unsealed().kept().unreached(do.StartSession).at(s.Active)


def test_whoever_no_grant_lists_yet_waits_for_the_server() -> None:
    """Law 1: the grant of the computer does not know her before the next news."""
    kiosk = choosing().wants(PIN).wants(AGAIN).sealed()
    assert kiosk.at(s.Entering).needs_server
    kiosk.unreached(do.StartSession).at(s.AtLogin)


def test_trust_that_ended_asks_for_the_password_and_not_for_a_provider() -> None:
    kiosk = Script.at_own_pin().wants(PIN).refused(do.UnwrapCredential, Code.TRUST_LAPSED)
    kiosk.asks_for(do.ForgetTrust(w.LENA.id), do.LockCredential(w.LENA.id))
    assert kiosk.sees(AccountView).notice is not None
    assert kiosk.state.known.trust == w.trust()


def test_a_session_refused_for_want_of_trust_takes_only_that_person_out() -> None:
    kiosk = Script.at_own_pin().wants(PIN).unsealed().kept()
    kiosk.refused(do.StartSession, Code.TRUST_REVOKED)
    kiosk.at(s.AtLogin)
    notice = kiosk.sees(LoginView).notice
    assert notice is not None
    assert "Dr. Rivera" not in notice.title + notice.text, "no provider's code helps her"
    assert kiosk.state.known.trust == w.trust()
    kiosk.tapped(w.LENA.id).at(s.AskingOwn)


def test_ones_own_login_is_removed_by_whoever_is_in_it() -> None:
    kiosk = Script.lena_at_work().wants(want.ThisComputerWanted()).wants(want.RemovalWanted())
    kiosk.wants(want.RemovalConfirmed())
    kiosk.asks_for(
        do.ClosePage,
        do.EndSession("ses-1"),
        do.LockCredential(w.LENA.id),
        do.KeepRecord,
        do.ForgetOwn(w.LENA.id),
    )
    assert kiosk.acts[-1] == (Act.COMPUTER_REMOVED, w.LENA.id)
    kiosk.at(s.AtLogin)
    kiosk.tapped(w.MARIA.id).kept().at(s.Active)


def test_nobody_answers_and_it_is_said_where_it_can_be_tried_again() -> None:
    kiosk = Script.at_login().tapped(OWN_LOGIN).wants(FORM)
    kiosk.unreached(do.OpenChallenge, Unreachable.NO_INTERNET).at(s.AskingOwn)
    assert kiosk.sees(AccountView).email == "lena@lakeside.example"
    kiosk = Script.at_own_pin().wants(PIN).faulted(do.UnwrapCredential, Fault.KEYCHAIN_LOCKED)
    assert kiosk.sees(PinView).notice is not None


def test_a_computer_that_joins_with_ones_own_account_asks_for_a_pin_too() -> None:
    kiosk = Script.new().wants(want.PlaceGiven(w.PLACE)).wants(FORM)
    kiosk.wants(want.SecurePlaceAffirmed()).opened(Purpose.JOIN, w.LENA)
    kiosk.wants(want.ApproverChosen(w.RIVERA.id)).texted().wants(want.CodeGiven(Ticket(99)))
    kiosk.accepted(terms=w.terms(account=w.LENA)).at(s.ChoosingPin)
    kiosk.wants(PIN).wants(AGAIN).sealed().at(s.Entering)


def test_a_late_yes_is_closed_again() -> None:
    """Law 5."""
    kiosk = Script.at_own_pin().wants(PIN)
    attempt = kiosk.number(do.UnwrapCredential)
    kiosk.happens(said.ScreenLocked(kiosk.now)).at(s.AtLogin)
    kiosk.happens(
        said.Answered(kiosk.now, attempt, replies.CredentialUnwrapped(w.LENA.id))
    ).asks_for(do.LockCredential(w.LENA.id))


def test_the_pages_do_not_stay_open_for_the_night() -> None:
    for kiosk in (Script.at_own_pin(), choosing(), Script.at_login().tapped(OWN_LOGIN)):
        kiosk.passes(minutes=6).ticks(timedelta(minutes=6)).at(s.AtLogin)


def test_coming_back_by_pin_tells_the_server_that_it_was_right() -> None:
    """Or ten right ones in a day would count as ten wrong ones there."""
    kiosk = Script.lena_at_work()
    kiosk.happens(said.ScreenLocked(kiosk.now)).tapped(w.LENA.id).wants(PIN).unsealed()
    kiosk.asks_for(do.ReadDay, do.KeepRecord, do.ConfirmPin(w.LENA.id))


def test_a_new_password_for_the_computers_own_account_keeps_the_trust_it_brought() -> None:
    """Law 5: the poll that was out had the old trust."""
    memory = replies.StartupState(
        w.PLACE, w.LENA, w.own().trust, w.terms(account=w.LENA), w.DEVICE, 1, sealed=True
    )
    kiosk = Script.at_login(memory).ticks().asks_for(do.FetchChanges)
    kiosk.tapped(w.LENA.id).wants(want.PinForgotten()).wants(FORM)
    kiosk.asked_for_a_code(Purpose.OWN).accepted()
    before = kiosk.state
    kiosk.refused(do.FetchChanges, Code.TRUST_MISSING).asks_for()
    assert kiosk.state == before


def test_an_account_with_a_tile_becomes_the_computers_own_and_stays() -> None:
    memory = replace(w.memory(), terms=w.with_lena(), own=(w.own(),))
    kiosk = Script.at_login(memory).ticks().refused(do.FetchChanges, Code.DEVICE_REVOKED)
    kiosk.tapped(w.MARIA.id).refused(do.OpenChallenge, Code.DEVICE_REVOKED)
    kiosk.wants(FORM).wants(want.SecurePlaceAffirmed()).opened(Purpose.JOIN, w.LENA)
    kiosk.wants(want.ApproverChosen(w.RIVERA.id)).texted().wants(want.CodeGiven(Ticket(99)))
    kiosk.passes(minutes=1).accepted()
    assert do.ForgetOwn(w.LENA.id) not in kiosk.newest
    assert kiosk.state.known.own == ()


def test_a_login_is_not_removed_while_its_changes_wait() -> None:
    """Law 11: without its trust they could never be sent."""
    kiosk = Script.lena_at_work().wants(want.StatusWanted("apt-1", "Recovery", 2))
    kiosk.wants(want.ThisComputerWanted()).wants(want.RemovalWanted())
    kiosk.wants(want.RemovalConfirmed()).asks_for()
    kiosk.at(s.ConfirmingRemoval)
    assert personal_account(kiosk.state.known, w.LENA.id) is not None


def test_a_pin_that_can_no_longer_be_chosen_leads_to_the_password() -> None:
    kiosk = choosing().wants(PIN).wants(AGAIN).refused(do.SealPin, Code.PIN_UNKNOWN)
    kiosk.at(s.AskingOwn)


def test_a_session_whose_account_leaves_the_computer_ends_whatever_said_so() -> None:
    """Law 12; found by the laws' own state machine: Dr. Park's grant does not list her any more."""
    memory = replies.StartupState(
        w.PLACE,
        w.PARK,
        w.own(account=w.PARK).trust,
        w.with_lena(account=w.PARK),
        w.DEVICE,
        1,
        own=(w.own(),),
        sealed=True,
    )
    kiosk = Script.at_login(memory).tapped(w.LENA.id).wants(PIN).unsealed().kept().started()
    kiosk.wants(want.LockWanted()).tapped(OWN_LOGIN).wants(FORM).opened(Purpose.OWN, w.PARK)
    kiosk.wants(want.ApproverChosen(w.RIVERA.id)).texted().wants(want.CodeGiven(Ticket(99)))
    kiosk.passes(minutes=1).accepted()
    assert s.session_of(kiosk.state.phase) is None
    assert (Act.TAKEN_OUT, w.LENA.id) in kiosk.acts
