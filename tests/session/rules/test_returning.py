"""Under a cover: who comes back, and with what; who starts clean; on a full disk and in a lock."""

import pytest

from kiosk.session.model import effects as do
from kiosk.session.model import events as said
from kiosk.session.model import intents as want
from kiosk.session.model import replies
from kiosk.session.model import state as s
from kiosk.session.model.audit import Act, Cause
from kiosk.session.model.intents import Ticket
from kiosk.session.model.refusals import Fault
from kiosk.session.model.session import PageFault
from kiosk.session.pages.views import WorkspaceView
from tests.support import worlds as w
from tests.support.script import Script

COVERING = [
    said.ScreenLocked(w.NOON),
    said.Suspended(w.NOON),
    said.Asked(w.NOON, want.LockWanted()),
    said.Asked(w.NOON, want.WentBack()),
]


def test_the_same_person_resumes_and_the_page_is_left_alone() -> None:
    kiosk = Script.locked()
    kiosk.tapped(w.MARIA.id).asks_for(do.KeepRecord)
    kiosk.kept().asks_for()
    session = kiosk.at(s.Active).session
    assert session.shown
    assert session.id == "ses-1"
    assert kiosk.acts[-2:] == [(Act.LOCKED, w.MARIA.id), (Act.RESUMED, w.MARIA.id)]


def test_someone_else_starts_clean() -> None:
    kiosk = Script.locked()
    kiosk.tapped(w.JAMES.id)
    kiosk.asks_for(
        do.ClosePage, do.EndSession("ses-1"), do.KeepRecord, do.KeepRecord, do.StartSession
    )
    left, entered = kiosk.records[-2:]
    assert (left.act, left.cause, left.actor) == (Act.LEFT, Cause.SWITCH, w.MARIA.id)
    assert (entered.act, entered.actor) == (Act.ENTERED, w.JAMES.id)
    kiosk.kept()
    session = kiosk.at(s.Active).session
    assert session.person == w.JAMES
    assert session.id is None
    assert not session.shown


@pytest.mark.parametrize("event", COVERING)
def test_a_lock_while_resuming_keeps_the_session_for_the_same_person(event: said.Event) -> None:
    kiosk = Script.locked().tapped(w.MARIA.id).happens(event)
    assert kiosk.at(s.Locked).session.person == w.MARIA
    assert not any(isinstance(each, do.ClosePage) for each in kiosk.newest)
    kiosk.tapped(w.MARIA.id).kept()
    assert kiosk.at(s.Active).session.shown


def test_who_comes_back_is_not_refused_for_want_of_a_record() -> None:
    """Law 2's one exception: what lies under the cover may be a patient's case."""
    kiosk = Script.locked().tapped(w.MARIA.id).faulted(do.KeepRecord, Fault.RECORDS_FULL)
    kiosk.asks_for()
    session = kiosk.at(s.Active).session
    assert session.shown
    notice = kiosk.sees(WorkspaceView).notice
    assert notice is not None
    assert notice.title == "This computer's disk takes no records."
    kiosk.wants(want.LockWanted()).tapped(w.MARIA.id).kept()
    assert kiosk.sees(WorkspaceView).notice is None


def test_who_comes_back_unconfirmed_on_a_full_disk_can_try_again() -> None:
    kiosk = Script.at_login()
    kiosk.tapped(w.MARIA.id).kept().wants(want.LockWanted()).tapped(w.MARIA.id)
    kiosk.faulted(do.KeepRecord, Fault.RECORDS_FULL)
    assert kiosk.sees(WorkspaceView).retry
    kiosk.wants(want.RetryWanted()).asks_for(do.StartSession)


def test_a_full_disk_lets_nobody_back_in_whom_the_server_did_not_confirm() -> None:
    kiosk = Script.locked().passes(days=3)
    kiosk.tapped(w.MARIA.id).faulted(do.StartSession, Fault.RECORDS_FULL)
    assert kiosk.at(s.AtLogin).why is Fault.RECORDS_FULL


def test_a_page_asked_for_before_a_lock_is_asked_for_again_after_it() -> None:
    """Its answer belongs to an older attempt: without this nothing would ever open it."""
    kiosk = (
        Script.at_work()
        .happens(said.PageFailed(w.NOON, PageFault.NETWORK))
        .wants(want.RetryWanted())
    )
    kiosk.asks_for(do.AskForPage)
    old = kiosk.number(do.AskForPage)
    kiosk.wants(want.LockWanted()).tapped(w.MARIA.id)
    kiosk.happens(said.Answered(kiosk.now, old, replies.PageGranted(Ticket(3)))).asks_for(
        do.DropSecret(Ticket(3))
    )
    kiosk.kept().asks_for(do.AskForPage)
    kiosk.happens(
        said.Answered(kiosk.now, kiosk.number(do.AskForPage), replies.PageGranted(Ticket(4)))
    )
    kiosk.asks_for(do.ShowPage(Ticket(4)))


def test_a_page_given_back_in_a_lock_is_asked_for_when_the_person_is_back() -> None:
    kiosk = Script.at_login()
    kiosk.tapped(w.MARIA.id).kept().unreached(do.StartSession).wants(want.LockWanted())
    kiosk.tapped(w.MARIA.id).started("ses-2", page=8).happens(said.ScreenLocked(kiosk.now))
    kiosk.asks_for(do.DropSecret(Ticket(8)), do.KeepRecord)
    kiosk.tapped(w.MARIA.id).kept()
    kiosk.asks_for(do.AskForPage(kiosk.number(do.AskForPage), "ses-2"))


def test_who_cannot_come_back_without_the_server_keeps_the_page_for_later() -> None:
    kiosk = Script.locked().passes(days=3)
    kiosk.tapped(w.MARIA.id).unreached(do.StartSession)
    assert kiosk.at(s.Locked).session.shown
    kiosk.now = w.NOON
    kiosk.tapped(w.MARIA.id).kept().asks_for()
    assert kiosk.at(s.Active).session.shown
