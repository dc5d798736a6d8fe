"""A case: what it waives, what it never does, and how it ends (law 9)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.session.model import effects as do
from kiosk.session.model import events as said
from kiosk.session.model import intents as want
from kiosk.session.model import replies
from kiosk.session.model import state as s
from kiosk.session.model.audit import Act, Cause
from kiosk.session.model.case import LONGEST, Case
from kiosk.session.model.commands import Status
from kiosk.session.model.intents import Ticket
from kiosk.session.model.people import OWN_LOGIN, SOMEONE_ELSE
from kiosk.session.model.refusals import Code, Fault, Refusal, Unreachable
from kiosk.session.model.session import Declined, PageFault
from kiosk.session.model.trust import NoTrust
from tests.support import worlds as w
from tests.support.script import Script

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
TAKEN_AWAY = [
    Refusal(Code.TRUST_REVOKED),
    Refusal(Code.TRUST_LAPSED),
    Refusal(Code.ACCOUNT_DEACTIVATED),
    Refusal(Code.DEVICE_REVOKED),
    Refusal(Code.AUDIT_FORKED),
]


def treating(kiosk: Script | None = None) -> Script:
    """A case is on, and kept."""
    kiosk = (kiosk or Script.at_work()).wants(want.CaseWanted())
    return kiosk.answered(do.KeepCase, replies.CaseKept())


def case(kiosk: Script) -> Case:
    """The one that is on."""
    found = session(kiosk).case
    assert found is not None
    return found


def acts(kiosk: Script) -> list[Act]:
    """What the newest step recorded."""
    return [each.record.act for each in kiosk.newest if isinstance(each, do.KeepRecord)]


def session(kiosk: Script) -> s.Session:
    """Whoever is in."""
    found = s.session_of(kiosk.state.phase)
    assert found is not None
    return found


def news(kiosk: Script, why: Refusal | Fault) -> Script:
    """The background hears a no."""
    kiosk.ticks()
    return kiosk.answered(do.FetchChanges, replies.No(why, kiosk.now + MINUTE))


def test_it_is_on_the_record_first_and_then_in_the_keychain() -> None:
    kiosk = Script.at_work().wants(want.CaseWanted()).asks_for(do.KeepRecord, do.KeepCase)
    assert not session(kiosk).in_case
    kiosk.answered(do.KeepCase, replies.CaseKept()).asks_for(do.ProtectCase(True))
    assert session(kiosk).in_case
    kiosk.wants(want.CaseWanted()).asks_for()


def test_one_that_cannot_be_kept_waives_nothing_and_is_said() -> None:
    kiosk = Script.at_work().wants(want.CaseWanted())
    kiosk.passes(minutes=6).ticks(6 * MINUTE)
    assert isinstance(kiosk.state.phase, s.Locked), "it is not kept yet"
    kiosk = Script.at_work().wants(want.CaseWanted())
    kiosk.answered(do.KeepCase, replies.No(Fault.KEYCHAIN_LOCKED))
    assert acts(kiosk) == [Act.CASE_ENDED]
    assert session(kiosk).no_case is Fault.KEYCHAIN_LOCKED
    kiosk.passes(minutes=6).ticks(6 * MINUTE).at(s.Locked)


def test_ten_idle_minutes_with_gloved_hands_lock_nothing() -> None:
    kiosk = treating().passes(minutes=14).ticks(14 * MINUTE)
    kiosk.at(s.Active)
    kiosk.passes(minutes=1).ticks(15 * MINUTE).at(s.Locked)
    assert session(kiosk).in_case, "a cover falls, and nothing else"
    kiosk.tapped(w.MARIA.id).kept().at(s.Active)


def test_a_record_that_fills_itself_in_is_a_sign_of_life() -> None:
    kiosk = treating()
    for _ in range(12):
        kiosk.passes(minutes=5).happens(said.PageAlive(kiosk.now))
        kiosk.ticks(kiosk.now - w.NOON).at(s.Active)


@pytest.mark.parametrize("why", TAKEN_AWAY, ids=str)
def test_what_would_take_somebody_out_waits_for_the_end_and_happens_once(
    why: Refusal | Fault,
) -> None:
    kiosk = news(treating(), why)
    kiosk.at(s.Active)
    assert [each.reason for each in case(kiosk).pending] == [why]
    kiosk.wants(want.LockWanted()).tapped(w.MARIA.id).kept().at(s.Active)
    kiosk.wants(want.CaseEndWanted())
    assert acts(kiosk) == [Act.CASE_ENDED, Act.TAKEN_OUT]
    assert s.session_of(kiosk.state.phase) is None


@pytest.mark.parametrize(
    "why", [Refusal(Code.SESSION_ENDED), Refusal(Code.PASSWORD_CHANGED), Fault.KEYCHAIN_LOCKED]
)
def test_a_no_to_whoever_is_in_waits_too_and_can_be_asked_again(why: Refusal | Fault) -> None:
    kiosk = treating(Script.at_login().tapped(w.MARIA.id).kept())
    kiosk.answered(do.StartSession, replies.No(why)).at(s.Active)
    assert [each.reason for each in case(kiosk).pending] == [why]
    kiosk.wants(want.RetryWanted()).asks_for(do.StartSession)


def test_only_revoke_now_cuts_through() -> None:
    kiosk = news(treating(), Refusal(Code.REVOKED_NOW))
    kiosk.at(s.AtLogin)
    assert do.ProtectCase(False) in kiosk.newest
    assert isinstance(kiosk.state.known.trust, NoTrust)


def test_coming_back_says_in_the_record_what_it_overrides() -> None:
    kiosk = news(treating(), Refusal(Code.TRUST_REVOKED)).wants(want.LockWanted())
    kiosk.tapped(w.MARIA.id)
    (record,) = [each.record for each in kiosk.newest if isinstance(each, do.KeepRecord)]
    assert (record.act, record.detail) == (Act.RESUMED, "trust_revoked")


def test_the_session_may_last_longer_than_its_limit_and_ends_after_the_case() -> None:
    kiosk = treating().passes(hours=7).ticks()
    kiosk.wants(want.StillTreating()).passes(hours=3).ticks().wants(want.StillTreating())
    kiosk.passes(hours=3).ticks().at(s.Active)
    kiosk.wants(want.CaseEndWanted()).ticks().at(s.AtLogin)


def test_four_silent_hours_end_it_after_it_was_said_for_five_minutes() -> None:
    kiosk = treating().passes(hours=4).ticks(4 * HOUR)
    kiosk.at(s.Locked)
    assert session(kiosk).in_case
    kiosk.passes(minutes=4).ticks(4 * HOUR + 4 * MINUTE)
    assert session(kiosk).in_case
    kiosk.passes(minutes=1).ticks(4 * HOUR + 5 * MINUTE)
    assert acts(kiosk) == [Act.CASE_ENDED]
    assert session(kiosk).case is None


def test_a_sign_of_life_takes_the_end_back_and_eight_hours_need_a_press() -> None:
    kiosk = treating().passes(hours=4).ticks(4 * HOUR).passes(minutes=1).ticks()
    assert case(kiosk).ending_at is None
    kiosk = treating().passes(hours=8).ticks()
    kiosk.at(s.Active)
    assert case(kiosk).ending_at == kiosk.now + 5 * MINUTE
    kiosk.passes(minutes=1).ticks()
    assert case(kiosk).ending_at == kiosk.now + 4 * MINUTE
    kiosk.wants(want.StillTreating())
    assert acts(kiosk) == [Act.CASE_EXTENDED]
    kiosk.passes(hours=3, minutes=59).ticks()
    assert case(kiosk).ending_at is None


def test_seated_begins_one_and_left_ends_it() -> None:
    kiosk = Script.at_work().wants(want.StatusWanted("apt-1", Status.SEATED, 2))
    assert acts(kiosk) == [Act.STATUS_SET, Act.CASE_BEGUN]
    kiosk.answered(do.KeepCase, replies.CaseKept())
    kiosk.wants(want.StatusWanted("apt-2", Status.LEFT, 2))
    assert session(kiosk).in_case, "another visit"
    kiosk.wants(want.StatusWanted("apt-1", Status.RECOVERY, 3))
    assert session(kiosk).in_case
    kiosk.wants(want.StatusWanted("apt-1", Status.LEFT, 4))
    assert acts(kiosk) == [Act.STATUS_SET, Act.CASE_ENDED]


def test_the_relief_takes_over_page_and_patient_and_both_are_recorded() -> None:
    kiosk = treating().wants(want.SwitchWanted()).tapped(w.JAMES.id)
    (record,) = [each.record for each in kiosk.newest if isinstance(each, do.KeepRecord)]
    assert (record.act, record.actor) == (Act.CASE_TAKEN_OVER, w.JAMES.id)
    assert (record.detail, record.subject) == (w.MARIA.id, str(case(kiosk).sequence))
    kiosk.kept().at(s.Active)
    assert not any(isinstance(each, do.ClosePage | do.EndSession) for each in kiosk.all)
    assert session(kiosk).person == w.JAMES
    note = next(each.note for each in reversed(kiosk.all) if isinstance(each, do.KeepCase))
    assert note is not None
    assert (note.person, note.whose) == (w.JAMES, w.MARIA)


def test_nobody_new_comes_in_without_a_record_nor_on_an_account_that_was_taken_away() -> None:
    kiosk = treating().wants(want.SwitchWanted()).tapped(w.JAMES.id)
    kiosk.answered(do.KeepRecord, replies.No(Fault.RECORDS_FULL)).at(s.Locked)
    assert session(kiosk).person == w.MARIA
    kiosk.tapped(w.MARIA.id).answered(do.KeepRecord, replies.No(Fault.RECORDS_FULL)).at(s.Active)
    kiosk = news(treating(), Refusal(Code.ACCOUNT_DEACTIVATED)).wants(want.SwitchWanted())
    kiosk.tapped(w.JAMES.id).at(s.Locked)
    assert kiosk.at(s.Locked).why == Refusal(Code.ACCOUNT_DEACTIVATED)


def test_a_lock_in_the_middle_of_it_gives_the_case_back_with_what_was_heard() -> None:
    kiosk = treating().wants(want.SwitchWanted()).tapped(w.JAMES.id)
    kiosk.happens(said.ScreenLocked(kiosk.now)).at(s.Locked)
    assert (session(kiosk).person, session(kiosk).in_case) == (w.MARIA, True)


@pytest.mark.parametrize("tile", [OWN_LOGIN, w.LENA.id])
def test_another_account_starts_clean_and_that_needs_the_end_of_the_case(tile: str) -> None:
    memory = replace(w.memory(), terms=w.with_lena(), own=(w.own(),))
    kiosk = Script.at_login(memory).tapped(w.MARIA.id).kept().started()
    treating(kiosk).wants(want.SwitchWanted()).tapped(tile).at(s.Locked)
    assert kiosk.at(s.Locked).why == Refusal(Code.CASE_ON)


def test_a_name_that_is_typed_takes_over_too() -> None:
    kiosk = treating().wants(want.SwitchWanted()).tapped(SOMEONE_ELSE)
    kiosk.wants(want.NameGiven("Lena", "P."))
    assert acts(kiosk) == [Act.CASE_TAKEN_OVER]
    kiosk.kept().at(s.Active)


def test_a_case_of_ones_own_is_nobody_elses() -> None:
    kiosk = treating(Script.lena_at_work()).wants(want.SwitchWanted()).tapped(w.MARIA.id)
    kiosk.at(s.Locked)
    assert kiosk.at(s.Locked).why == Refusal(Code.CASE_ON)


def test_whose_login_was_taken_away_stays_with_the_pin_and_goes_as_the_case_ends() -> None:
    kiosk = treating(Script.lena_at_work()).ticks()
    without = replace(w.terms(kiosk.now + MINUTE), own=())
    kiosk.answered(do.FetchChanges, replies.News(without, False, kiosk.now + MINUTE)).at(s.Active)
    assert do.ForgetOwn(w.LENA.id) not in kiosk.newest
    kiosk.wants(want.LockWanted()).passes(minutes=20).tapped(w.LENA.id).at(s.AskingPin)
    kiosk.wants(want.PinGiven(Ticket(62))).unsealed().kept().at(s.Active)
    kiosk.wants(want.CaseEndWanted()).at(s.AtLogin)
    assert do.ForgetOwn(w.LENA.id) in kiosk.newest


def test_after_a_restart_it_is_locked_and_one_tap_leads_back() -> None:
    kiosk = Script.at_login(replace(w.memory(), case=w.case_note()))
    kiosk.at(s.Locked)
    assert kiosk.at(s.Locked).cause is Cause.RESTART
    kiosk.tapped(w.MARIA.id).kept().at(s.Active)
    assert session(kiosk).in_case


def test_one_of_yesterday_is_over_and_the_morning_begins_clean() -> None:
    old = replace(w.case_note(), until=w.NOON)
    kiosk = Script.at_login(replace(w.memory(), case=old))
    kiosk.at(s.AtLogin)
    effects = w.opened_with(replace(w.memory(), case=old))
    assert kiosk.state.known.next_sequence == 2
    assert do.KeepCase(0, None) in effects


def test_a_clock_that_is_put_back_makes_no_case_longer() -> None:
    kiosk = treating().passes(hours=-2).ticks()
    assert case(kiosk).until == kiosk.now + LONGEST
    assert case(kiosk).alive_at == kiosk.now


def test_the_kiosk_that_quits_leaves_the_case_as_it_is() -> None:
    kiosk = treating().wants(want.DoneWanted())
    kiosk.at(s.Locked)
    assert session(kiosk).in_case
    assert do.KeepCase(0, None) not in kiosk.all


def test_without_a_server_it_is_no_different() -> None:
    kiosk = treating().wants(want.RetryWanted())
    kiosk.wants(want.LockWanted())
    kiosk.state = replace(
        kiosk.state,
        known=replace(kiosk.state.known, reach=Unreachable.NO_INTERNET, unreached_since=w.NOON),
    )
    kiosk.passes(days=3).tapped(w.MARIA.id).kept().at(s.Active)


@pytest.mark.parametrize("fault", [PageFault.NETWORK, PageFault.ELSEWHERE])
def test_a_step_that_fails_leaves_the_patients_page_in_sight(fault: PageFault) -> None:
    kiosk = treating().happens(said.PageFailed(w.NOON, fault))
    assert session(kiosk).shown
    assert kiosk.at(s.Active).declined == (Declined.NOT_OPENED, w.NOON)


@pytest.mark.parametrize("fault", [PageFault.PROCESS, PageFault.ANSWER])
def test_a_page_that_is_gone_is_never_said_to_be_there(fault: PageFault) -> None:
    kiosk = treating().happens(said.PageFailed(w.NOON, fault))
    assert not session(kiosk).shown
    assert kiosk.at(s.Active).declined is None
