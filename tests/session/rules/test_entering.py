"""From a tap to Active: every order of the two answers, every refusal, every lock in between."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.session.model import effects as do
from kiosk.session.model import events as said
from kiosk.session.model import intents as want
from kiosk.session.model import replies
from kiosk.session.model import state as s
from kiosk.session.model.audit import Act
from kiosk.session.model.intents import Ticket
from kiosk.session.model.painted import Painted
from kiosk.session.model.people import SOMEONE_ELSE, Person, Strength
from kiosk.session.model.refusals import A_CODE_HELPS, ENDS_TRUST, Code, Fault, Refusal, Unreachable
from kiosk.session.model.trust import NoTrust
from kiosk.session.pages.views import LoginView, WorkspaceView
from kiosk.session.step import first
from tests.support import worlds as w
from tests.support.script import Script, at_start

COVERING = [
    said.ScreenLocked(w.NOON),
    said.Suspended(w.NOON),
    said.Asked(w.NOON, want.LockWanted()),
    said.Asked(w.NOON, want.WentBack()),
]
LATER = timedelta(days=400)

PAINTED = Painted(
    "Main Street", "Op 3", "America/Chicago", (w.MARIA, w.JAMES), w.OFFICE.label, names=True
)


def test_every_day_the_record_lets_in_and_the_server_confirms_behind_it() -> None:
    kiosk = Script.at_login()
    kiosk.tapped(w.MARIA.id).asks_for(
        do.KeepRecord, do.StartSession(2, "acc-office", "per-maria", Strength.TILE)
    )
    assert kiosk.sees(LoginView).tiles[0].waiting
    kiosk.kept().asks_for()
    assert kiosk.at(s.Active).session.awaiting_server
    assert kiosk.sees(WorkspaceView).who == "Maria Lopez"
    kiosk.started(page=7).asks_for(do.ShowPage(Ticket(7)))
    assert kiosk.at(s.Active).session.id == "ses-1"
    assert kiosk.acts == [(Act.ENTERED, w.MARIA.id)]


def test_a_server_that_is_quicker_than_the_disk_lets_nobody_in_by_itself() -> None:
    kiosk = Script.at_login()
    kiosk.tapped(w.MARIA.id).started(page=7).asks_for()
    kiosk.at(s.Entering)
    kiosk.kept().asks_for(do.ShowPage(Ticket(7)))
    session = kiosk.at(s.Active).session
    assert session.id == "ses-1"
    assert not session.awaiting_server


def test_a_refusal_behind_the_entry_takes_out_again_with_the_reason() -> None:
    kiosk = Script.at_login()
    kiosk.tapped(w.MARIA.id).kept()
    kiosk.refused(do.StartSession, Code.ACCOUNT_DEACTIVATED)
    kiosk.asks_for(do.ClosePage, do.KeepRecord, do.ForgetTrust("acc-office"))
    notice = kiosk.sees(LoginView).notice
    assert notice is not None
    assert notice.title == "This account has been turned off."
    assert kiosk.acts == [(Act.ENTERED, w.MARIA.id), (Act.TAKEN_OUT, w.MARIA.id)]
    assert kiosk.records[-1].detail == "account_deactivated"


def test_a_refusal_before_the_record_lets_nobody_in() -> None:
    kiosk = Script.at_login()
    kiosk.tapped(w.MARIA.id).refused(do.StartSession, Code.TOO_MANY_TRIES)
    kiosk.at(s.AtLogin)
    kiosk.kept().asks_for()
    kiosk.at(s.AtLogin)


def test_an_unreachable_server_keeps_nobody_out_under_a_live_grant() -> None:
    for first_the_record in (True, False):
        kiosk = Script.at_login()
        kiosk.tapped(w.MARIA.id)
        if first_the_record:
            kiosk.kept().unreached(do.StartSession, Unreachable.NO_INTERNET)
        else:
            kiosk.unreached(do.StartSession, Unreachable.NO_INTERNET).kept()
        kiosk.at(s.Active)
        page = kiosk.sees(WorkspaceView)
        assert page.retry
        assert page.telling is not None
        assert page.telling.title == "No internet."


def test_an_entry_that_cannot_be_recorded_is_no_entry() -> None:
    for fault in Fault:
        kiosk = Script.at_login()
        kiosk.tapped(w.MARIA.id).faulted(do.KeepRecord, fault)
        assert kiosk.at(s.AtLogin).why is fault


def test_an_entry_that_cannot_be_recorded_gives_the_servers_session_back() -> None:
    kiosk = Script.at_login()
    kiosk.tapped(w.MARIA.id).started("ses-9", page=9).faulted(do.KeepRecord, Fault.RECORDS_FULL)
    assert do.EndSession("ses-9") in kiosk.newest
    assert do.DropSecret(Ticket(9)) in kiosk.newest


@pytest.mark.parametrize("told", [NoTrust.NEVER, NoTrust.REMOVED, NoTrust.UNREADABLE])
def test_without_trust_a_tap_asks_for_a_code(told: NoTrust) -> None:
    kiosk = Script.at_login(replace(w.memory(), trust=told))
    kiosk.tapped(w.MARIA.id).asks_for(do.OpenChallenge)
    assert kiosk.at(s.AskingForCode).person_id == w.MARIA.id
    assert kiosk.records == []


def test_where_the_grant_is_over_the_server_decides_before_anyone_is_in() -> None:
    kiosk = Script.at_login().passes(days=3)
    kiosk.tapped(w.MARIA.id).asks_for(do.StartSession)
    kiosk.started().asks_for(do.KeepRecord)
    kiosk.at(s.Entering)
    kiosk.kept().asks_for(do.ShowPage)
    kiosk.at(s.Active)


def test_where_trust_has_lapsed_a_live_grant_alone_lets_nobody_in() -> None:
    """Law 1."""
    short = replace(w.trust(), horizon_at=w.NOON + timedelta(hours=1))
    kiosk = Script.at_login(replace(w.memory(), trust=short)).passes(hours=1)
    kiosk.tapped(w.MARIA.id).asks_for(do.StartSession)
    kiosk.refused(do.StartSession, Code.TRUST_LAPSED).at(s.AskingForCode)


def test_where_the_server_has_to_decide_no_record_lets_anyone_in_before_it_has() -> None:
    """Law 1, whatever the disk may answer under that number."""
    kiosk = Script.at_login().passes(days=3).tapped(w.MARIA.id)
    kiosk.happens(
        said.Answered(kiosk.now, kiosk.number(do.StartSession), replies.RecordKept())
    ).asks_for()
    kiosk.at(s.Entering)


def test_where_the_grant_is_over_and_nobody_answers_nobody_enters() -> None:
    kiosk = Script.at_login().passes(days=3)
    kiosk.tapped(w.MARIA.id).unreached(do.StartSession, Unreachable.PORTAL)
    assert kiosk.at(s.AtLogin).why is Unreachable.PORTAL
    assert kiosk.records == []


@pytest.mark.parametrize("away", [LATER, -LATER])
def test_a_clock_wrong_by_a_year_blocks_nobody(away: timedelta) -> None:
    """Trust and grant seem over, or everlasting: the server has the last word either way."""
    kiosk = Script.at_login()
    kiosk.now += away
    kiosk.happens(said.ClockJudged(kiosk.now, away))
    kiosk.tapped(w.MARIA.id).started().kept()
    kiosk.at(s.Active)
    notice = kiosk.sees(WorkspaceView).notice
    assert notice is not None
    assert f"a year {'fast' if away > timedelta(0) else 'slow'}".split()[-1] in notice.title


@pytest.mark.parametrize("code", sorted(A_CODE_HELPS))
def test_trust_that_the_server_no_longer_knows_leads_straight_to_the_code(code: Code) -> None:
    kiosk = Script.at_login().passes(days=31)
    kiosk.tapped(w.MARIA.id).refused(do.StartSession, code)
    kiosk.asks_for(do.ForgetTrust("acc-office"), do.OpenChallenge)
    kiosk.at(s.AskingForCode)
    assert kiosk.state.known.trust is NoTrust.REFUSED


@pytest.mark.parametrize("code", sorted(ENDS_TRUST))
def test_what_the_server_took_away_no_pulled_cable_brings_back(code: Code) -> None:
    """Law 12: once refused, the next tap waits for the server, whatever the grant says."""
    kiosk = Script.at_login()
    kiosk.tapped(w.MARIA.id).kept().refused(do.StartSession, code)
    kiosk.tapped(w.MARIA.id)
    kiosk.unreached(do.OpenChallenge, Unreachable.NO_INTERNET)
    kiosk.at(s.AtLogin)
    assert kiosk.acts == [(Act.ENTERED, w.MARIA.id), (Act.TAKEN_OUT, w.MARIA.id)]


def test_a_computer_whose_password_no_longer_counts_is_set_up_again() -> None:
    kiosk = Script.at_login()
    kiosk.tapped(w.MARIA.id).kept().refused(do.StartSession, Code.DEVICE_PASSWORD_WRONG)
    kiosk.tapped(w.MARIA.id).refused(do.OpenChallenge, Code.DEVICE_PASSWORD_WRONG)
    kiosk.at(s.AskingAccount)


def test_a_tile_that_the_grant_does_not_list_enters_nobody() -> None:
    for kiosk in (Script.at_login(), Script.locked()):
        before = kiosk.state
        kiosk.tapped("per-mallory").asks_for()
        assert kiosk.state == before


def test_with_naming_off_the_account_enters_and_says_so() -> None:
    alone = replace(w.terms(), people=(w.MARIA,))
    kiosk = Script.at_login(replace(w.memory(), terms=alone))
    kiosk.tapped("acc-office").kept()
    session = kiosk.at(s.Active).session
    assert session.person == Person("acc-office", "Office Assistant")
    assert session.strength is Strength.NONE
    assert kiosk.sees(WorkspaceView).as_account == "No name given"


def test_a_tap_in_the_first_second_waits_for_the_memory_and_is_not_lost() -> None:
    kiosk = at_start(PAINTED)
    kiosk.tapped(w.MARIA.id).asks_for()
    kiosk.happens(said.Answered(kiosk.now, 1, w.memory()))
    kiosk.asks_for(do.KeepRecord, do.StartSession)
    assert kiosk.at(s.Entering).session.person == w.MARIA


@pytest.mark.parametrize(
    "tiles",
    [
        (),
        (replace(w.MARIA, name=w.JAMES.name), replace(w.JAMES, name=w.MARIA.name)),
        (replace(w.MARIA, name=w.JAMES.name), w.MARIA),
    ],
    ids=["a new name", "two names swapped", "a name beside the one that lies"],
)
def test_a_tile_that_was_painted_wrongly_enters_nobody(tiles: tuple[Person, ...]) -> None:
    """T12: the file only paints; found by attack."""
    kiosk = at_start(replace(PAINTED, tiles=tiles))
    kiosk.tapped(w.MARIA.id)
    kiosk.happens(said.Answered(kiosk.now, 1, w.memory()))
    kiosk.asks_for(do.KeepPainted)
    kiosk.at(s.AtLogin)


@pytest.mark.parametrize("event", COVERING)
def test_a_lock_during_an_entry_lets_nobody_in(event: said.Event) -> None:
    kiosk = Script.at_login()
    kiosk.tapped(w.MARIA.id).happens(event).asks_for(do.KeepRecord)
    kiosk.at(s.AtLogin)
    kiosk.kept().asks_for()
    kiosk.started("ses-late", page=5)
    kiosk.asks_for(do.EndSession("ses-late"), do.DropSecret(Ticket(5)))
    kiosk.at(s.AtLogin)
    assert kiosk.acts == [(Act.ENTERED, w.MARIA.id), (Act.LEFT, w.MARIA.id)]


@pytest.mark.parametrize("event", COVERING)
def test_a_lock_during_an_entry_gives_back_what_the_server_had_begun(event: said.Event) -> None:
    kiosk = Script.at_login()
    kiosk.tapped(w.MARIA.id).started("ses-9", page=9).happens(event)
    assert do.EndSession("ses-9") in kiosk.newest
    assert do.DropSecret(Ticket(9)) in kiosk.newest


def test_promotion_is_refused_at_the_tap_and_when_the_server_confirms() -> None:
    """Law 6."""
    kiosk = Script.at_login(
        replace(w.memory(), account=w.PROMOTED, terms=w.terms(w.NOON, w.PROMOTED))
    )
    kiosk.tapped(w.MARIA.id).asks_for()
    assert isinstance(kiosk.at(s.AtLogin).why, Refusal)
    for first_the_record in (True, False):
        kiosk = Script.at_login().tapped(w.MARIA.id)
        if first_the_record:
            kiosk.kept()
        kiosk.started("ses-3", w.terms(w.NOON, w.PROMOTED), page=6)
        refusal = kiosk.at(s.AtLogin).why
        assert refusal == Refusal(Code.ACCOUNT_PRIVILEGED)
        assert {do.EndSession("ses-3"), do.DropSecret(Ticket(6))} <= set(kiosk.newest)


@pytest.mark.parametrize("year", [2019, 2026])
def test_a_clock_that_is_years_behind_keeps_nobody_out_under_a_live_grant(year: int) -> None:
    """Trusted time is used and the fault reported; without a server the grant governs."""
    kiosk = Script.at_login()
    kiosk.now = kiosk.now.replace(year=year)
    kiosk.tapped(w.MARIA.id).kept().at(s.Active)


def test_a_clock_a_year_ahead_asks_the_server_and_lets_in_with_its_yes() -> None:
    kiosk = Script.at_login()
    kiosk.passes(days=20).tapped(w.MARIA.id).asks_for(do.StartSession)
    kiosk.started(terms=w.terms(kiosk.now)).kept().at(s.Active)


def test_whoever_came_in_last_stands_first_and_nothing_moves_while_they_look() -> None:
    """The tiles of this room, the most recent first; also after a restart."""
    memory = replace(w.memory(), terms=w.with_lena(), own=(w.own(),))
    kiosk = Script.at_login(memory)
    assert order(kiosk) == [w.MARIA.id, w.JAMES.id, w.LENA.id, SOMEONE_ELSE]
    kiosk.tapped(w.JAMES.id)
    assert order(kiosk) == [w.MARIA.id, w.JAMES.id, w.LENA.id, SOMEONE_ELSE], "still looked at"
    kiosk.kept().asks_for(do.KeepPainted).started().asks_for(do.ShowPage)
    kiosk.wants(want.SwitchWanted())
    assert order(kiosk) == [w.JAMES.id, w.MARIA.id, w.LENA.id, SOMEONE_ELSE]
    kiosk.tapped(w.LENA.id).wants(want.PinGiven(Ticket(61))).unsealed().started().kept()
    kiosk.wants(want.DoneWanted())
    assert order(kiosk) == [w.LENA.id, w.JAMES.id, w.MARIA.id, SOMEONE_ELSE]
    painted = kiosk.state.known.painted
    assert painted is not None
    assert painted.recent == (w.LENA.id, w.JAMES.id)
    opening, _ = first(w.PLACE, painted)
    again = Script(opening).happens(said.Answered(w.NOON, 1, memory))
    assert order(again) == order(kiosk)


def order(kiosk: Script) -> list[str]:
    """Whose tiles they are, as they stand."""
    return [tile.person_id for tile in kiosk.sees(LoginView).tiles]
