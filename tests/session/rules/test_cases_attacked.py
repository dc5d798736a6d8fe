"""What somebody found who attacked cases: no bypass after them, and no team that is stopped."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.session.model import effects as do
from kiosk.session.model import events as said
from kiosk.session.model import intents as want
from kiosk.session.model import replies
from kiosk.session.model import state as s
from kiosk.session.model.audit import Act, Cause
from kiosk.session.model.case import CaseNote, Pending
from kiosk.session.model.commands import Status
from kiosk.session.model.intents import Ticket
from kiosk.session.model.people import Person, Strength
from kiosk.session.model.refusals import Code, Fault, Refusal
from kiosk.session.model.session import PageFault
from kiosk.session.pages.views import RoomState, WorkspaceView
from tests.session.rules.test_cases import MINUTE, acts, case, news, session, treating
from tests.support import worlds as w
from tests.support.script import Script

AISHA = Person("per-aisha", "Aisha Khan")
DEACTIVATED = Refusal(Code.ACCOUNT_DEACTIVATED)


def newest_note(kiosk: Script) -> CaseNote | None:
    """What the keychain was last asked to remember."""
    return next(each.note for each in reversed(kiosk.all) if isinstance(each, do.KeepCase))


def test_revoke_now_leaves_no_note_that_would_let_somebody_in_after_a_restart() -> None:
    kiosk = news(treating(), Refusal(Code.REVOKED_NOW))
    assert acts(kiosk) == [Act.TAKEN_OUT, Act.CASE_ENDED]
    assert newest_note(kiosk) is None


@pytest.mark.parametrize("end", ["refused", "quits"])
def test_one_that_is_not_kept_yet_goes_with_its_session(end: str) -> None:
    kiosk = Script.at_work().ticks().wants(want.CaseWanted())
    if end == "refused":
        kiosk.answered(do.FetchChanges, replies.No(DEACTIVATED, kiosk.now + MINUTE))
    else:
        kiosk.wants(want.DoneWanted())
    kiosk.at(s.AtLogin)
    assert Act.CASE_ENDED in acts(kiosk)
    assert newest_note(kiosk) is None


def test_what_waits_waits_after_a_restart_too() -> None:
    kiosk = news(treating(), DEACTIVATED)
    note = newest_note(kiosk)
    assert note is not None
    assert note.pending == (Pending(Cause.SERVER, DEACTIVATED),)
    again = Script.at_login(replace(w.memory(), case=note))
    assert case(again).pending == note.pending
    again.tapped(w.JAMES.id).at(s.Locked)
    again.tapped(w.MARIA.id).kept().wants(want.CaseEndWanted()).at(s.AtLogin)


def test_a_note_that_the_keychain_did_not_take_is_written_again() -> None:
    kiosk = news(treating(), DEACTIVATED)
    kiosk.answered(do.KeepCase, replies.No(Fault.KEYCHAIN_LOCKED)).ticks()
    assert any(isinstance(each, do.KeepCase) and each.note for each in kiosk.newest)
    kiosk.answered(do.KeepCase, replies.CaseKept()).ticks()
    assert not any(isinstance(each, do.KeepCase) for each in kiosk.newest)


def test_news_that_comes_while_the_relief_is_recorded_is_heeded() -> None:
    kiosk = treating().ticks().wants(want.SwitchWanted()).tapped(w.JAMES.id)
    kiosk.answered(do.FetchChanges, replies.No(DEACTIVATED, kiosk.now + MINUTE)).at(s.Entering)
    kiosk.kept().at(s.Locked)
    assert session(kiosk).person == w.MARIA
    assert case(kiosk).pending == (Pending(Cause.SERVER, DEACTIVATED),)
    (record,) = [each.record for each in kiosk.newest if isinstance(each, do.KeepRecord)]
    assert (record.act, record.actor, record.detail) == (
        Act.CASE_TAKEN_OVER,
        w.MARIA.id,
        w.JAMES.id,
    ), "that it was not James after all stands in the audit"


def test_what_was_said_of_the_first_is_not_carried_out_on_the_relief() -> None:
    kiosk = treating().ticks()
    without = replace(w.terms(kiosk.now + MINUTE), people=(w.JAMES, AISHA))
    kiosk.answered(do.FetchChanges, replies.News(without, False, kiosk.now + MINUTE))
    assert [each.reason for each in case(kiosk).pending] == [Refusal(Code.PERSON_UNLISTED)]
    kiosk.wants(want.SwitchWanted()).tapped(w.JAMES.id).kept().at(s.Active)
    assert case(kiosk).pending == ()


def test_a_session_that_is_asked_for_begins_as_whoever_is_in() -> None:
    """The record decides who that is; the server is asked behind it."""
    kiosk = treating(Script.at_login().tapped(w.MARIA.id).kept())
    kiosk.wants(want.SwitchWanted()).tapped(w.JAMES.id)
    assert not any(isinstance(each, do.StartSession) for each in kiosk.newest)
    kiosk.kept()
    (start,) = [each for each in kiosk.newest if isinstance(each, do.StartSession)]
    assert start.person_id == w.JAMES.id


def test_what_was_refused_is_said_where_the_page_would_be_and_can_be_asked_again() -> None:
    kiosk = treating().happens(said.PageFailed(w.NOON, PageFault.PROCESS)).wants(want.RetryWanted())
    kiosk.answered(do.AskForPage, replies.No(Refusal(Code.SESSION_ENDED)))
    shown = kiosk.sees(WorkspaceView)
    assert (shown.page, shown.retry) == (RoomState.AWAY, True)
    kiosk.wants(want.RetryWanted())
    assert any(isinstance(each, do.StartSession) for each in kiosk.newest)


def test_what_the_server_has_taken_back_is_not_carried_out() -> None:
    kiosk = treating(Script.at_login().tapped(w.MARIA.id).kept())
    kiosk.answered(do.StartSession, replies.No(Fault.KEYCHAIN_LOCKED))
    kiosk.wants(want.RetryWanted()).started()
    assert case(kiosk).pending == ()


def test_the_gravest_is_carried_out_first() -> None:
    kiosk = treating(Script.at_login().tapped(w.MARIA.id).kept())
    kiosk.answered(do.StartSession, replies.No(Refusal(Code.PASSWORD_CHANGED)))
    news(kiosk, DEACTIVATED).wants(want.CaseEndWanted())
    assert kiosk.at(s.AtLogin).why == DEACTIVATED


def test_a_case_that_nobody_can_come_back_to_keeps_the_computer_from_nobody() -> None:
    """Two taps, a moment apart: the first says what the second does."""
    kiosk = treating(Script.lena_at_work()).wants(want.LockWanted()).tapped(w.MARIA.id)
    assert kiosk.at(s.Locked).why == Refusal(Code.CASE_ON)
    kiosk.passes(seconds=1).tapped(w.MARIA.id).at(s.Locked)
    kiosk.passes(seconds=3).tapped(w.MARIA.id).at(s.Entering)
    assert acts(kiosk) == [Act.CASE_ENDED, Act.LEFT, Act.ENTERED]


@pytest.mark.parametrize("code", [Code.PIN_SPENT, Code.PIN_UNKNOWN])
def test_no_password_and_no_code_is_asked_for_in_a_case(code: Code) -> None:
    kiosk = treating(Script.lena_at_work()).wants(want.LockWanted()).passes(minutes=20)
    kiosk.tapped(w.LENA.id).wants(want.PinGiven(Ticket(70)))
    kiosk.answered(do.UnwrapCredential, replies.No(Refusal(code))).at(s.Locked)
    kiosk.tapped(w.LENA.id).at(s.AskingPin)


def test_a_colleagues_badge_covers_nobody_who_treats_a_patient() -> None:
    memory = replace(w.memory(), terms=w.with_badges())
    kiosk = Script.at_login(memory).tapped(w.MARIA.id).kept().started(terms=w.with_badges())
    news(treating(kiosk), DEACTIVATED).wants(want.BadgeRead(Ticket(71)))
    kiosk.answered(do.FindBadge, replies.BadgeFound(("b" * 64,))).at(s.Active)
    assert session(kiosk).person == w.MARIA


def test_left_ends_one_that_was_begun_by_a_press() -> None:
    kiosk = treating().wants(want.StatusWanted("apt-1", Status.SEATED, 2))
    kiosk.wants(want.StatusWanted("apt-1", Status.LEFT, 3))
    assert acts(kiosk) == [Act.STATUS_SET, Act.CASE_ENDED]
    kiosk = Script.at_work().wants(want.CaseWanted("apt-1"))
    assert case(kiosk).visit == "apt-1"


def test_beside_the_work_only_hands_count() -> None:
    kiosk = treating().wants(want.ThisComputerWanted()).passes(minutes=6)
    kiosk.happens(said.PageAlive(kiosk.now)).ticks(6 * MINUTE).at(s.Locked)
    assert session(kiosk).in_case


def test_after_sleep_the_end_is_said_anew() -> None:
    kiosk = treating().passes(hours=8).ticks()
    kiosk.happens(said.Suspended(kiosk.now)).passes(hours=1).happens(said.Suspended(kiosk.now))
    kiosk.ticks()
    assert session(kiosk).in_case
    assert case(kiosk).ending_at == kiosk.now + timedelta(minutes=5)


def test_a_correction_covers_nobody_where_nobody_new_may_come_in() -> None:
    kiosk = news(treating(), DEACTIVATED).wants(want.ChangeWanted()).tapped(w.JAMES.id)
    assert kiosk.at(s.Active).session.person == w.MARIA
    assert acts(kiosk) == []


def test_a_case_whose_note_was_never_written_ends_with_the_next_start() -> None:
    memory = replace(w.memory(), case=3)
    kiosk = Script.at_login(memory)
    kiosk.at(s.AtLogin)
    (record,) = [e.record for e in w.opened_with(memory) if isinstance(e, do.KeepRecord)]
    assert (record.act, record.cause, record.subject) == (Act.CASE_ENDED, Cause.RESTART, "3")


def test_a_name_that_an_edited_file_put_into_a_case_is_vouched_for_by_nobody() -> None:
    note = replace(w.case_note(), person=Person("per-x", "per-x"))
    again = Script.at_login(replace(w.memory(), case=note))
    assert session(again).strength is Strength.SELF_NAMED
