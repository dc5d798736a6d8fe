"""The core at a site that has only a web sign-in: what it asks, leaves out and waits for."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.session.model import effects as do
from kiosk.session.model import events as said
from kiosk.session.model import intents as want
from kiosk.session.model import replies
from kiosk.session.model import state as s
from kiosk.session.model.audit import Act
from kiosk.session.model.challenge import Challenge, Purpose, SentBySite
from kiosk.session.model.intents import Ticket
from kiosk.session.model.people import OWN_LOGIN, Approver, Place
from kiosk.session.model.refusals import Code, Fault, Refusal, Unreachable
from kiosk.session.model.replies import StartupState
from kiosk.session.model.session import PageFault
from kiosk.session.model.site import NextStart, PageState, Rehearsed
from kiosk.session.model.terms import Terms, Word
from kiosk.session.model.trust import NoTrust, Trust
from kiosk.session.pages.naming import UNSENT
from kiosk.session.pages.views import (
    AffirmView,
    CodeView,
    LoginView,
    PlaceView,
    TellingView,
    ThisComputerView,
    WorkspaceView,
)
from kiosk.session.step import due
from tests.support import worlds as w
from tests.support.script import Script

PHONE = Approver("phone", "Dr. Rivera", "21")
TRUST = Trust(w.OFFICE.id, None)


def terms() -> Terms:
    """Set at the computer."""
    return replace(
        w.terms(w.NOON),
        word=Word.HERE,
        approvers=(PHONE,),
        own=(),
        ends_at=None,
        trust_horizon_at=None,
    )


def memory(*, trusted: bool = True) -> StartupState:
    """What a computer at a site remembers."""
    trust = TRUST if trusted else NoTrust.REMOVED
    return replace(w.memory(trusted=trusted), terms=terms(), trust=trust)


def asks(purpose: Purpose) -> Challenge:
    """The site asks for its code, which it has texted."""
    return replace(w.challenge(purpose), approvers=(PHONE,), sent=True)


def accepted() -> replies.Accepted:
    return replies.Accepted(TRUST, terms(), w.DEVICE)


def at_work() -> Script:
    """Maria is in, and her page is on show."""
    kiosk = Script.at_login(memory()).tapped(w.MARIA.id).kept().started(terms=terms())
    return kiosk.happens(said.PageShown(kiosk.now))


def joining() -> Script:
    kiosk = Script.new().wants(want.PlaceGiven(w.PLACE))
    kiosk.wants(want.AccountGiven("desk@lakeside.example", Ticket(1)))
    return kiosk.wants(want.SecurePlaceAffirmed())


def did(kiosk: Script, kind: type) -> list[do.Effect]:
    """What the newest step asked for, of that kind."""
    return [each for each in kiosk.newest if isinstance(each, kind)]


def test_the_keypad_is_there_at_once_and_offers_no_other_way() -> None:
    kiosk = joining().answered(do.OpenEnrolment, asks(Purpose.JOIN))
    assert kiosk.at(s.AwaitingCode).source == SentBySite(PHONE)
    page = kiosk.sees(CodeView)
    assert (page.resend, page.someone_else, page.lives) == ("", "", "")
    assert "21" in page.text
    for nothing in (want.ResendWanted(), want.AnotherApproverWanted()):
        before = kiosk.state
        assert kiosk.wants(nothing).state == before
    kiosk.wants(want.CodeGiven(Ticket(2))).refused(do.AnswerCode, Code.CODE_WRONG, tries_left=4)
    wrong = kiosk.sees(CodeView).notice
    assert wrong is not None
    assert "Ask" not in wrong.text, "nobody can have another sent"
    kiosk.wants(want.CodeGiven(Ticket(3))).answered(do.AnswerCode, accepted())
    kiosk.at(s.Joined)


def test_an_admin_affirms_what_no_page_says() -> None:
    """facts.md S7: the shared account has no rights that it must not have."""
    told = joining()
    told.state = replace(told.state, known=replace(told.state.known, at_site=True))
    assert "provider's or admin's rights" in told.sees(AffirmView).text


def test_how_long_a_site_remembers_is_not_promised() -> None:
    kiosk = joining().answered(do.OpenEnrolment, accepted())
    assert not any("No code" in each for each in kiosk.sees(TellingView).points)


def joined_at_site() -> Script:
    told = joining()
    told.state = replace(told.state, known=replace(told.state.known, at_site=True))
    return told.answered(do.OpenEnrolment, accepted())


def restart_line(kiosk: Script) -> str:
    """What *This computer* says of it; empty where it says nothing."""
    page = kiosk.sees(ThisComputerView)
    return next((each.text for each in page.lines if each.label == "After a restart"), "")


def test_a_restart_is_rehearsed_while_whoever_has_the_code_stands_there() -> None:
    kiosk = joined_at_site()
    (rehearse,) = did(kiosk, do.Rehearse)
    assert isinstance(rehearse, do.Rehearse)
    assert rehearse.account_id == w.OFFICE.id
    assert "One moment" in kiosk.sees(TellingView).points[0]
    kiosk.answered(do.Rehearse, Rehearsed(NextStart.SIGNED_IN, w.NOON)).at(s.Joined)
    assert (
        kiosk.sees(TellingView).points[0].startswith("After a restart of this computer: no code.")
    )


def test_nobody_waits_for_a_rehearsal_and_it_is_heard_all_the_same() -> None:
    kiosk = joined_at_site().wants(want.Continued())
    kiosk.answered(do.Rehearse, Rehearsed(NextStart.ASKS_CODE, w.NOON)).at(s.AtLogin)
    assert restart_line(kiosk.wants(want.ThisComputerWanted())).startswith("A code, each time.")


def test_a_rehearsal_that_failed_promises_nothing() -> None:
    kiosk = joined_at_site().answered(do.Rehearse, replies.No(Unreachable.NO_ANSWER))
    assert "No code" not in kiosk.sees(TellingView).points[0]
    assert restart_line(kiosk.wants(want.Continued()).wants(want.ThisComputerWanted())) == ""


def test_what_was_tried_is_known_at_the_next_start() -> None:
    told = replace(memory(), rehearsed=Rehearsed(NextStart.SIGNED_IN, w.NOON))
    kiosk = Script.at_login(told).wants(want.ThisComputerWanted())
    assert restart_line(kiosk) == "No code. Tried Mon, Nov 23."


def test_beside_a_server_nothing_is_rehearsed() -> None:
    assert not did(joining().answered(do.OpenEnrolment, accepted()), do.Rehearse)


def test_a_site_without_a_code_is_joined_at_once_and_on_the_record() -> None:
    kiosk = joining().answered(do.OpenEnrolment, accepted())
    kiosk.at(s.Joined)
    assert [act for act, _ in kiosk.acts] == [Act.COMPUTER_JOINED]


def test_a_promoted_account_is_not_joined_without_a_code_either() -> None:
    """Law 6."""
    promoted = replace(accepted(), terms=replace(terms(), account=w.PROMOTED))
    joining().answered(do.OpenEnrolment, promoted).at(s.AskingAccount)


def test_who_comes_back_to_a_site_that_knows_the_computer_is_let_in() -> None:
    kiosk = Script.at_login(memory(trusted=False)).tapped(w.MARIA.id)
    kiosk.at(s.AskingForCode)
    kiosk.answered(do.OpenChallenge, accepted()).at(s.Entering)
    assert kiosk.state.known.trust == TRUST


def test_removed_at_the_site_it_is_removed_here() -> None:
    kiosk = at_work().wants(want.ThisComputerWanted())
    kiosk.wants(want.RemovalWanted()).wants(want.RemovalConfirmed())
    kiosk.answered(do.OpenChallenge, replies.Accepted(NoTrust.REMOVED, None, "")).at(s.Removed)
    assert kiosk.state.known.trust is NoTrust.REMOVED


SHOWN = Place("https://xchart.example", "Main Street", "Op 3")


def setting_up(*, at_site: bool, server: str = "") -> Script:
    """A new computer's first page; the settings say where its server is, or nothing."""
    kiosk = Script.new()
    place = Place(server, "", "")
    state = kiosk.state
    known = replace(state.known, at_site=at_site, place=place)
    kiosk.state = replace(state, known=known, phase=s.AskingPlace(place))
    return kiosk


def test_what_kind_of_server_it_is_can_be_chosen_and_starts_the_kiosk_anew() -> None:
    for at_site in (False, True):
        kiosk = setting_up(at_site=at_site)
        page = kiosk.sees(PlaceView)
        assert page.other
        assert page.at_site is at_site
        kiosk.wants(want.PlaceGiven(SHOWN, at_site=not at_site))
        (again,) = did(kiosk, do.StartAgain)
        assert isinstance(again, do.StartAgain)
        assert (again.place, again.at_site) == (SHOWN, not at_site)
        assert kiosk.sees(PlaceView).busy
        # Once more while it does so changes nothing.
        assert not did(kiosk.wants(want.PlaceGiven(SHOWN, at_site=not at_site)), do.StartAgain)


def test_nobody_leads_a_joined_computer_away() -> None:
    """One press of anybody's would end it for good, and show its password elsewhere."""
    kiosk = Script.at_login(memory(trusted=False)).tapped(w.MARIA.id)
    kiosk.refused(do.OpenChallenge, Code.PASSWORD_CHANGED).at(s.AskingAccount)
    kiosk.wants(want.WentBack()).at(s.AskingPlace)
    state = kiosk.state
    for at_site in (False, True):
        kiosk.state = replace(state, known=replace(state.known, at_site=at_site))
        assert kiosk.sees(PlaceView).other == ""
        for place in (Place("", "", ""), replace(SHOWN, server="https://elsewhere.example")):
            kiosk.state = replace(kiosk.state, phase=s.AskingPlace(w.PLACE))
            kiosk.wants(want.PlaceGiven(place, at_site=not at_site))
            assert not did(kiosk, do.StartAgain)
    assert kiosk.at(s.AskingPlace).why == Refusal(Code.COMPUTER_JOINED)


def test_the_choice_needs_no_address_yet() -> None:
    kiosk = setting_up(at_site=False).wants(want.PlaceGiven(Place("", "", ""), at_site=True))
    assert did(kiosk, do.StartAgain)


def test_another_site_than_the_engine_was_started_for_starts_the_kiosk_anew() -> None:
    same = setting_up(at_site=True, server=SHOWN.server).wants(want.PlaceGiven(SHOWN, True))
    same.at(s.AskingAccount)
    new = setting_up(at_site=True).wants(want.PlaceGiven(SHOWN, True))
    new.at(s.AskingAccount)
    other = setting_up(at_site=True, server="https://other.example")
    assert did(other.wants(want.PlaceGiven(SHOWN, True)), do.StartAgain)


def test_the_address_of_a_page_is_taken_as_a_browser_has_it() -> None:
    """Somebody copies it from where it says more than where the page is."""
    typed = replace(SHOWN, server="xchart.example/signin?next=%2Ftoday")
    (again,) = did(setting_up(at_site=True).wants(want.PlaceGiven(typed, True)), do.StartAgain)
    assert isinstance(again, do.StartAgain)
    assert (again.place.server, again.start) == (SHOWN.server, "/signin")
    for wrong in ("http://xchart.example/in", "https://me@xchart.example/in", "nowhere at all"):
        kiosk = setting_up(at_site=True)
        kiosk.wants(want.PlaceGiven(replace(SHOWN, server=wrong), True))
        assert kiosk.at(s.AskingPlace).why is Unreachable.ADDRESS


def test_what_cannot_be_kept_is_said_and_nothing_starts() -> None:
    kiosk = setting_up(at_site=False).wants(want.PlaceGiven(SHOWN, at_site=True))
    kiosk.answered(do.StartAgain, replies.No(Fault.RECORDS_FULL))
    assert kiosk.at(s.AskingPlace).why is Fault.RECORDS_FULL
    assert kiosk.at(s.AskingPlace).place == SHOWN


OWN = Approver("phone", "Lena Park", "")


def own_accepted() -> replies.Accepted:
    """The site has taken a login of somebody's own."""
    trust = Trust(w.LENA.id, None)
    return replies.Accepted(trust, replace(terms(), account=w.LENA), w.DEVICE)


def asking_own() -> Script:
    kiosk = Script.at_login(replace(memory(), own=())).tapped(OWN_LOGIN)
    kiosk.at(s.AskingOwn)
    return kiosk.wants(want.AccountGiven("lena@lakeside.example", Ticket(1)))


def test_a_login_of_ones_own_is_one_code_and_two_pins_away() -> None:
    told = replace(w.challenge(Purpose.OWN, account=w.LENA), approvers=(OWN,), sent=True)
    kiosk = asking_own().answered(do.OpenEnrolment, told)
    assert kiosk.at(s.AwaitingCode).source == SentBySite(OWN)
    assert kiosk.sees(CodeView).title == "Enter your code"
    assert "your own phone" in kiosk.sees(CodeView).text
    kiosk.wants(want.CodeGiven(Ticket(2))).answered(do.AnswerCode, own_accepted())
    kiosk.at(s.ChoosingPin)
    kiosk.wants(want.PinGiven(Ticket(3))).wants(want.PinGiven(Ticket(4))).sealed()
    # In before anything of the site is asked: what is set here governs this account too.
    kiosk.kept().at(s.Active)
    assert [each.account.id for each in kiosk.state.known.own] == [w.LENA.id]


def test_where_no_code_is_asked_only_the_pin_is_missing() -> None:
    kiosk = asking_own().answered(do.OpenEnrolment, own_accepted())
    assert kiosk.at(s.ChoosingPin).account == w.LENA
    assert [act for act, _ in kiosk.acts] == [Act.COMPUTER_JOINED]
    shared = replace(own_accepted(), terms=terms())
    assert asking_own().answered(do.OpenEnrolment, shared).at(s.AskingOwn).why is not None


def test_where_a_pin_protects_nothing_none_is_offered() -> None:
    kiosk = Script.at_login(replace(memory(), offers_own=False, own=()))
    assert kiosk.sees(LoginView).own_login == ""
    kiosk.tapped(OWN_LOGIN).at(s.AtLogin)
    kiosk = Script.at_login(replace(memory(), offers_own=False)).tapped(w.MARIA.id).kept()
    kiosk.wants(want.LockWanted()).tapped(OWN_LOGIN).at(s.Locked)


def test_what_there_is_none_of_is_on_no_page() -> None:
    assert not at_work().sees(WorkspaceView).has_day


def test_this_computer_says_what_cannot_hold() -> None:
    kiosk = at_work().wants(want.ThisComputerWanted())
    told = {each.label: each.text for each in kiosk.sees(ThisComputerView).lines}
    assert "Xchart knows the account" in told["Names"]
    assert "password" in told["If it is stolen"]
    assert "Internet" not in told, "nobody has looked"


@pytest.mark.parametrize(
    "wanted",
    [PageState.PERSON_WANTED, PageState.CHANGE_WANTED, PageState.UNSENT, PageState.UNKNOWN],
)
def test_what_only_a_person_can_do_is_said_above_the_page(wanted: PageState) -> None:
    kiosk = at_work().happens(said.PageShown(w.NOON, wanted))
    assert kiosk.sees(WorkspaceView).notice is not None
    kiosk.happens(said.PageShown(w.NOON))
    assert kiosk.sees(WorkspaceView).notice is None


def test_a_page_that_was_signed_out_is_asked_for_by_a_press_only() -> None:
    """One automatic submission a tap: nothing is filled in while nobody presses."""
    kiosk = at_work().happens(said.PageFailed(w.NOON, PageFault.SIGNED_OUT))
    assert not did(kiosk.passes(seconds=30).ticks(), do.AskForPage)
    assert did(kiosk.wants(want.RetryWanted()), do.AskForPage)


@pytest.mark.parametrize("reach", [Unreachable.NO_ANSWER, Unreachable.SERVER_FAULT])
def test_a_site_that_was_away_is_asked_again_every_five_seconds(reach: Unreachable) -> None:
    kiosk = Script.at_login(memory()).tapped(w.MARIA.id).kept()
    kiosk.unreached(do.StartSession, reach).at(s.Active)
    assert due(kiosk.state, kiosk.now) <= kiosk.now + timedelta(seconds=5)
    assert did(kiosk.passes(seconds=5).ticks(), do.StartSession)


def test_a_clock_that_is_put_back_holds_no_page_off() -> None:
    """Found by the simulation: an hour back, and for an hour the page was not asked for."""
    kiosk = Script.at_login(memory()).tapped(w.MARIA.id).kept()
    kiosk.unreached(do.StartSession, Unreachable.NO_ANSWER)
    kiosk.passes(seconds=5).ticks().unreached(do.StartSession, Unreachable.NO_ANSWER)
    assert did(kiosk.passes(hours=-1).ticks(), do.StartSession)


def test_a_page_that_somebody_uses_is_never_asked_for_again() -> None:
    kiosk = at_work()
    kiosk.passes(seconds=30).ticks()
    assert not did(kiosk, do.AskForPage)
    assert not did(kiosk, do.StartSession)


def test_whose_page_is_kept_is_said_on_their_tile() -> None:
    kiosk = at_work().wants(want.DoneWanted())
    kiosk.happens(said.UnsentChanged(kiosk.now, (w.MARIA.id,)))
    told = {each.person_id: each.detail for each in kiosk.sees(LoginView).tiles}
    assert [each for each, detail in told.items() if detail == UNSENT] == [w.MARIA.id]
    kiosk.happens(said.UnsentChanged(kiosk.now, ()))
    assert all(each.detail != UNSENT for each in kiosk.sees(LoginView).tiles)


def test_who_has_finished_leaves_no_page_and_who_is_switched_from_does() -> None:
    kiosk = at_work().wants(want.DoneWanted())
    assert did(kiosk, do.ClosePage) == [do.ClosePage(finished=True)]
    kiosk = at_work().wants(want.SwitchWanted()).tapped(w.JAMES.id)
    assert did(kiosk, do.ClosePage) == [do.ClosePage(finished=False)]


@pytest.mark.parametrize("kept", [True, False])
def test_a_site_that_forgot_the_computer_has_the_keypad_at_once(kept: bool) -> None:
    """Law 1: whoever was in before the site's word is out, and its code lets them in again."""
    kiosk = Script.at_login(memory()).tapped(w.MARIA.id)
    if kept:
        kiosk.kept().at(s.Active)
    kiosk.refused(do.StartSession, Code.TRUST_MISSING).at(s.AskingForCode)
    assert kiosk.acts[-1][0] is Act.TAKEN_OUT
    kiosk.answered(do.OpenChallenge, asks(Purpose.RETURN)).at(s.AwaitingCode)
    kiosk.wants(want.CodeGiven(Ticket(2))).answered(do.AnswerCode, accepted()).at(s.Entering)


def test_a_password_that_the_site_refused_is_typed_by_a_person() -> None:
    kiosk = Script.at_login(memory()).tapped(w.MARIA.id).kept()
    kiosk.refused(do.StartSession, Code.PASSWORD_CHANGED).at(s.AskingPassword)
