"""Sending: soon, together, never in a storm; and what the answers mean."""

from dataclasses import replace

import pytest

from kiosk.session.model import effects as do
from kiosk.session.model import events as said
from kiosk.session.model import intents as want
from kiosk.session.model import replies
from kiosk.session.model import state as s
from kiosk.session.model.commands import Conflict, Kind, Status
from kiosk.session.model.intents import Ticket
from kiosk.session.model.refusals import ENDS_TRUST, IN_THE_WAY, Code, Fault, Unreachable
from kiosk.session.pages.views import LoginView, WorkspaceView
from kiosk.session.rules.moves import GATHERED
from kiosk.session.rules.polling import LONGEST_RETRY
from tests.support import worlds as w
from tests.support.script import Script

RECOVERY = want.StatusWanted("apt-1", Status.RECOVERY, 3)
CONFLICT = Conflict(Kind.STATUS, "apt-1", "Seated", "Left", "Op 2", "Ana", w.NOON, 5)


def idle() -> Script:
    """Someone at work, and nothing waits to be sent."""
    return Script.at_work().passes(seconds=5).ticks().sent()


def test_what_waited_while_the_kiosk_was_off_is_sent_at_the_start() -> None:
    kiosk = Script.at_login(replace(w.memory(), changes=2)).ticks()
    kiosk.asks_for(do.FetchChanges, do.SendQueued)
    kiosk.unreached(do.SendQueued, Unreachable.NO_INTERNET)
    notice = kiosk.sees(LoginView).notice
    assert notice is not None
    assert notice.text.startswith("Keep working; 2 changes will send.")


def test_without_a_key_nothing_can_be_sent() -> None:
    kiosk = Script.new().ticks().passes(hours=1).ticks()
    kiosk.asks_for()
    assert not any(isinstance(e, do.SendQueued) for e in kiosk.all)


def test_records_go_together_and_a_change_goes_at_once() -> None:
    kiosk = idle().wants(want.LockWanted())
    assert kiosk.state.known.sending.due == kiosk.now + GATHERED
    kiosk.ticks().asks_for()
    kiosk.passes(seconds=2).ticks().asks_for(do.SendQueued)
    kiosk = idle().wants(RECOVERY).ticks().asks_for(do.SendQueued)


def test_an_end_that_is_owed_is_sent_though_nothing_else_waits() -> None:
    """It may have failed half a minute after the records of the same step had gone up."""
    kiosk = idle().wants(want.DoneWanted()).passes(seconds=5).ticks().sent()
    assert kiosk.state.known.sending.due is None
    kiosk.happens(said.EndOwed(kiosk.now)).asks_for()
    kiosk.passes(seconds=2).ticks().asks_for(do.SendQueued)


def test_an_end_that_is_owed_waits_as_long_as_the_outage_does() -> None:
    """T10: it is no reason to knock sooner."""
    kiosk = idle().wants(want.DoneWanted()).passes(seconds=5).ticks()
    kiosk.unreached(do.SendQueued, Unreachable.NO_ANSWER)
    due = kiosk.state.known.sending.due
    kiosk.happens(said.EndOwed(kiosk.now))
    assert kiosk.state.known.sending.due == due


def test_without_trust_the_records_go_and_the_changes_wait() -> None:
    """The device key alone may push the audit (design.md section 5)."""
    kiosk = Script.at_login(w.memory(trusted=False)).ticks()
    assert [e for e in kiosk.newest if isinstance(e, do.SendQueued)] == [
        do.SendQueued(kiosk.number(do.SendQueued), "")
    ]


def test_what_is_recorded_while_something_is_on_its_way_is_sent_after_it() -> None:
    kiosk = idle().wants(RECOVERY).ticks().passes(seconds=1).wants(want.LockWanted())
    kiosk.passes(seconds=5).ticks().asks_for()
    kiosk.sent().ticks().asks_for(do.SendQueued)


def test_during_an_outage_the_outages_own_wait_holds() -> None:
    """Threats T10: a thousand kiosks whose people go on working must not storm the server."""
    kiosk = idle().wants(RECOVERY).ticks().unreached(do.SendQueued)
    for _ in range(5):
        kiosk.passes(seconds=5).wants(RECOVERY).wants(want.KeepWorkingWanted()).ticks().asks_for()
    kiosk.passes(seconds=5).ticks().asks_for(do.SendQueued)
    assert kiosk.state.known.sending.changes == 6


def test_the_first_answer_after_an_outage_sends_what_waited() -> None:
    kiosk = idle().wants(RECOVERY).ticks()
    kiosk.unreached(do.SendQueued).unreached(do.FetchChanges)
    kiosk.passes(seconds=10).ticks().asks_for()
    kiosk.wants(want.RetryWanted()).passes(seconds=20).ticks().asks_for(
        do.FetchChanges, do.SendQueued
    )
    kiosk.unreached(do.SendQueued).news(None).ticks()
    assert any(isinstance(e, do.SendQueued) for e in kiosk.newest)


def test_a_conflict_stands_where_it_happened_until_someone_decides() -> None:
    kiosk = idle().read().wants(RECOVERY).ticks().sent(0, CONFLICT).asks_for(do.ReadDay)
    kiosk.read()
    day = kiosk.sees(WorkspaceView).day
    assert day is not None
    assert [(c.target, c.text, c.action) for c in day.conflicts] == [
        ("apt-1", "Op 2 set Left, 12:05 pm", "Set Seated")
    ]
    mine = day.conflicts[0]
    kiosk.wants(want.StatusWanted(mine.target, mine.to, mine.seen))
    assert kiosk.state.known.sending.conflicts == ()
    kiosk = idle().wants(RECOVERY).ticks().sent(0, CONFLICT).wants(want.TheirsKept("apt-1"))
    assert kiosk.state.known.sending.conflicts == ()


def test_what_the_server_will_not_do_is_said_and_work_goes_on() -> None:
    kiosk = idle().wants(RECOVERY).ticks().sent(0, refused=1)
    notice = kiosk.sees(WorkspaceView).notice
    assert notice is not None
    assert notice.title == "A change could not be set."
    kiosk.wants(RECOVERY)
    assert kiosk.sees(WorkspaceView).notice is None


@pytest.mark.parametrize("code", sorted(ENDS_TRUST))
def test_a_refusal_that_ends_trust_takes_out_and_drops_nothing(code: Code) -> None:
    """Law 12; and law 11: what waits goes on waiting."""
    kiosk = idle().wants(RECOVERY).ticks().refused(do.SendQueued, code)
    kiosk.at(s.AtLogin)
    assert kiosk.state.known.sending.changes == 1
    assert kiosk.state.known.sending.due is not None


@pytest.mark.parametrize("fault", [Fault.RECORDS_BROKEN, Fault.KEYCHAIN_LOCKED])
def test_a_fault_disturbs_nobody_and_is_tried_again(fault: Fault) -> None:
    kiosk = idle().wants(RECOVERY).ticks().faulted(do.SendQueued, fault)
    kiosk.at(s.Active)
    assert kiosk.state.known.sending.due == kiosk.now + LONGEST_RETRY


def test_records_that_do_not_hold_are_said_until_they_do() -> None:
    kiosk = idle().wants(RECOVERY).ticks().faulted(do.SendQueued, Fault.RECORDS_BROKEN)
    notice = kiosk.sees(WorkspaceView).notice
    assert notice is not None
    assert "kiosk audit verify" in notice.text
    kiosk.passes(minutes=6).ticks().sent()
    assert kiosk.sees(WorkspaceView).notice is None


def test_a_status_has_the_schedule_read_with_the_press_and_with_its_answer() -> None:
    """Not again when its record has gone up, nor when it comes back with the news."""
    kiosk = idle().wants(RECOVERY).asks_for(do.KeepRecord, do.ReadDay)
    kiosk.read().ticks().sent(settled=1).asks_for(do.ReadDay)
    kiosk.read().passes(seconds=3).ticks().sent().asks_for()
    kiosk.news(None).asks_for()


def test_what_settles_on_the_way_in_is_read_anew() -> None:
    """What was read a moment before may still show it as waiting."""
    kiosk = idle().wants(RECOVERY).ticks().wants(want.LockWanted()).tapped(w.MARIA.id)
    kiosk.read().sent(settled=1).asks_for(do.ReadDay)
    kiosk.kept().read(33).asks_for(do.ShowDay(Ticket(33)))


def test_what_was_settled_before_a_round_was_held_up_is_read_too() -> None:
    """Its records may not get through for days; the change has."""
    kiosk = idle().wants(RECOVERY).ticks()
    kiosk.answered(do.SendQueued, replies.No(Unreachable.TOO_LARGE, kiosk.now, settled=1))
    kiosk.asks_for(do.ReadDay)


def test_news_on_the_way_in_is_read_too() -> None:
    """What was read for the room a moment before is old by then."""
    kiosk = Script.at_login().passes(minutes=1).ticks().tapped(w.MARIA.id).read(31)
    kiosk.answered(do.FetchChanges, replies.News(None, True, kiosk.now)).asks_for(do.ReadDay)
    kiosk.kept().asks_for(do.ShowDay(Ticket(31)))
    kiosk.read(32).asks_for(do.ShowDay(Ticket(32)))


def test_a_schedule_that_could_not_be_read_this_time_is_read_again() -> None:
    kiosk = idle().read(31).wants(RECOVERY).read(None)
    kiosk.passes(seconds=1).ticks().asks_for(do.SendQueued, do.ReadDay)


def test_a_record_that_is_kept_takes_all_with_it_that_waited_for_the_disk() -> None:
    kiosk = Script.locked().tapped(w.MARIA.id)
    kiosk.answered(do.ReadDay, replies.DayRead(Ticket(31), kiosk.now, unkept=1)).kept()
    assert kiosk.sees(WorkspaceView).notice is None


def test_a_reading_that_failed_is_tried_again() -> None:
    """Nothing else may come that has the schedule read."""
    kiosk = idle().wants(RECOVERY).faulted(do.ReadDay, Fault.UNEXPECTED)
    kiosk.passes(seconds=1).ticks().asks_for(do.SendQueued, do.ReadDay)
    kiosk.read(33).asks_for(do.ShowDay(Ticket(33))).passes(seconds=1).ticks().asks_for()


def test_a_disk_that_takes_records_again_is_said_without_reading_the_schedule() -> None:
    kiosk = idle().wants(RECOVERY)
    kiosk.answered(do.ReadDay, replies.DayRead(None, None, unkept=1)).ticks()
    assert kiosk.sees(WorkspaceView).notice is not None
    kiosk.sent()
    assert kiosk.sees(WorkspaceView).notice is None


def test_the_schedule_is_shown_to_whoever_works_and_to_nobody_else() -> None:
    """Laws 3 and 10: it holds patients; under a cover its slot is emptied."""
    kiosk = idle().wants(RECOVERY).asks_for(do.KeepRecord, do.ReadDay)
    kiosk.read(31).asks_for(do.ShowDay(Ticket(31)))
    kiosk = idle().wants(RECOVERY).wants(want.LockWanted()).read(32)
    kiosk.asks_for(do.DropSecret(Ticket(32)))
    kiosk = idle().wants(RECOVERY)
    late = said.Answered(
        kiosk.now, kiosk.number(do.ReadDay), replies.DayRead(Ticket(33), kiosk.now)
    )
    kiosk.wants(RECOVERY).happens(late).asks_for(do.DropSecret(Ticket(33)))


def entering() -> Script:
    """A tile was tapped; neither record nor list is there."""
    kiosk = Script.at_login().tapped(w.MARIA.id)
    return kiosk.asks_for(do.ReadDay, do.KeepRecord, do.StartSession)


def test_the_list_comes_with_the_room_and_not_a_frame_later() -> None:
    kiosk = entering().read(31).asks_for().kept().asks_for(do.ShowDay(Ticket(31)))
    kiosk.at(s.Active)
    entering().kept().read(32).asks_for(do.ShowDay(Ticket(32)))


def test_a_list_that_was_read_for_nobody_does_not_stay_in_its_slot() -> None:
    """Law 10, however the entry ends: it holds patients."""
    drop = do.DropSecret(Ticket(31))
    kiosk = entering().read(31)
    assert drop in kiosk.happens(said.ScreenLocked(kiosk.now)).newest
    kiosk = entering().read(31)
    assert drop in kiosk.happens(said.Suspended(kiosk.now)).newest
    kiosk = entering().read(31).faulted(do.KeepRecord, Fault.RECORDS_UNREADABLE)
    assert drop in kiosk.newest or do.ShowDay(Ticket(31)) in kiosk.newest
    kiosk = entering().read(31).refused(do.StartSession, Code.ACCOUNT_DEACTIVATED)
    assert drop in kiosk.newest


def test_a_list_that_is_not_fresh_says_as_of_when() -> None:
    kiosk = idle().wants(RECOVERY).read()
    day = kiosk.sees(WorkspaceView).day
    assert day is not None
    assert day.as_of == ""
    kiosk.passes(minutes=3)
    day = kiosk.sees(WorkspaceView).day
    assert day is not None
    assert day.as_of == "As of 12:05 pm"


def test_what_the_disk_did_not_take_is_said() -> None:
    kiosk = idle().wants(RECOVERY)
    number = kiosk.number(do.ReadDay)
    kiosk.happens(said.Answered(kiosk.now, number, replies.DayRead(None, None, unkept=1)))
    notice = kiosk.sees(WorkspaceView).notice
    assert notice is not None
    assert notice.title == "This computer's disk takes no records."


@pytest.mark.parametrize("reach", sorted(IN_THE_WAY))
def test_what_does_not_get_through_is_said_until_it_does_whatever_else_is_answered(
    reach: Unreachable,
) -> None:
    """A proxy that takes no large body answers every poll: the bar must not blink with each."""
    kiosk = Script.at_login(replace(w.memory(), changes=2)).ticks().unreached(do.SendQueued, reach)
    said = kiosk.sees(LoginView).notice
    assert said is not None
    assert said.text.startswith("Keep working; 2 changes will send.")
    assert kiosk.state.known.unreached_since is None, "a PIN would be opened as if it were away"
    kiosk.passes(seconds=20).news(None).ticks()
    assert kiosk.sees(LoginView).notice == said
    kiosk.passes(seconds=10).ticks().sent()
    assert kiosk.sees(LoginView).notice is None


@pytest.mark.parametrize("reach", sorted(IN_THE_WAY))
def test_news_are_no_reason_to_send_again_at_once_what_was_refused(reach: Unreachable) -> None:
    """T10: ``Retry-After`` and the plan's wait hold, also for what is added meanwhile."""
    kiosk = idle().wants(RECOVERY).ticks().unreached(do.SendQueued, reach)
    for _ in range(4):
        kiosk.passes(seconds=7).ticks().wants(RECOVERY).ticks()
        assert not [each for each in kiosk.newest if isinstance(each, do.SendQueued)]
    kiosk.passes(seconds=2).ticks()
    assert [each for each in kiosk.newest if isinstance(each, do.SendQueued)]
