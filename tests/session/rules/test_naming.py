"""Names on the shared account: typed for a day, put right afterwards, and never mixed up."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kiosk.session.model import effects as do
from kiosk.session.model import events as said
from kiosk.session.model import intents as want
from kiosk.session.model import state as s
from kiosk.session.model.audit import Act, Cause
from kiosk.session.model.challenge import Purpose
from kiosk.session.model.intents import Ticket
from kiosk.session.model.people import SOMEONE_ELSE, Account, Person, Role, SelfNamed, Strength
from kiosk.session.model.refusals import Code, Fault, Refusal
from kiosk.session.model.terms import Attribution, PersonalTerms
from kiosk.session.model.trust import NoTrust
from kiosk.session.pages.views import LoginView, NamingView, WhoView, WorkspaceView
from kiosk.session.rules.moves import apply_terms
from kiosk.session.rules.naming import written
from kiosk.session.view import covers
from tests.support import worlds as w
from tests.support.script import Script

LENA = Person("Lena P.", "Lena P.")
MIDNIGHT = datetime(2026, 11, 24, 6, tzinfo=UTC)  # in Chicago


def named(kiosk: Script, first: str = "lena", initial: str = "p") -> Script:
    """*Someone else*, and a name."""
    return kiosk.tapped(SOMEONE_ELSE).wants(want.NameGiven(first, initial))


def test_a_float_types_a_name_and_is_at_work() -> None:
    kiosk = named(Script.at_login()).asks_for(do.KeepRecord, do.StartSession)
    start = next(e for e in kiosk.newest if isinstance(e, do.StartSession))
    assert (start.person_id, start.strength) == ("Lena P.", Strength.SELF_NAMED)
    kiosk.kept()
    assert kiosk.at(s.Active).session.person == LENA
    assert [(r.act, r.actor, r.strength) for r in kiosk.records] == [
        (Act.ENTERED, "Lena P.", Strength.SELF_NAMED)
    ]
    assert kiosk.sees(WorkspaceView).who == "Lena P."


def test_the_name_is_a_tile_until_the_clinic_s_midnight_and_no_longer() -> None:
    kiosk = named(Script.at_login()).kept().started().wants(want.DoneWanted())
    names = [t.name for t in kiosk.sees(LoginView).tiles]
    assert (names[0], names[-1]) == ("Lena P.", "Someone else")
    kiosk.now = MIDNIGHT - timedelta(seconds=1)
    kiosk.tapped("Lena P.").kept()
    assert kiosk.at(s.Active).session.strength is Strength.SELF_NAMED
    kiosk.wants(want.DoneWanted())
    kiosk.now = MIDNIGHT
    assert "Lena P." not in [t.name for t in kiosk.sees(LoginView).tiles]
    kiosk.tapped("Lena P.").asks_for()
    kiosk.at(s.AtLogin)


def test_who_works_past_midnight_comes_back_to_a_lock_as_before() -> None:
    kiosk = named(Script.at_login()).kept().started()
    kiosk.now = MIDNIGHT - timedelta(minutes=1)
    kiosk.wants(want.LockWanted())
    kiosk.now = MIDNIGHT + timedelta(minutes=1)
    first = kiosk.sees(LoginView).tiles[0]
    assert (first.name, first.own) == ("Lena P.", True)
    kiosk.tapped("Lena P.").kept()
    assert kiosk.at(s.Active).session.person == LENA


def test_the_server_s_list_brings_the_name_to_every_room_and_takes_it_away() -> None:
    there = replace(w.terms(), self_named=(SelfNamed("Noor A.", MIDNIGHT),))
    kiosk = Script.at_login(replace(w.memory(), terms=there))
    assert "Noor A." in [t.name for t in kiosk.sees(LoginView).tiles]
    kiosk.tapped("Noor A.").kept()
    assert kiosk.records[-1].strength is Strength.SELF_NAMED
    kiosk.wants(want.DoneWanted()).ticks()
    kiosk.news(w.terms(kiosk.now))
    assert "Noor A." not in [t.name for t in kiosk.sees(LoginView).tiles]


def test_a_name_typed_here_is_the_server_s_to_drop_once_it_knows_it() -> None:
    kiosk = named(Script.at_login()).kept()
    heard = replace(w.terms(kiosk.now), self_named=(SelfNamed("Lena P.", MIDNIGHT),))
    kiosk.started(terms=heard).wants(want.DoneWanted()).ticks()
    assert "Lena P." in [t.name for t in kiosk.sees(LoginView).tiles]
    kiosk.news(w.terms(kiosk.now))
    assert "Lena P." not in [t.name for t in kiosk.sees(LoginView).tiles]


def test_whoever_the_list_has_by_now_has_one_tile() -> None:
    kiosk = named(Script.at_login()).kept().started().wants(want.DoneWanted()).ticks()
    kept = replace(w.terms(kiosk.now), people=(w.MARIA, w.JAMES, Person("per-lena", "Lena P.")))
    kiosk.news(kept)
    assert [t.person_id for t in kiosk.sees(LoginView).tiles if t.name == "Lena P."] == ["per-lena"]


def test_typing_the_same_name_again_is_the_same_person() -> None:
    kiosk = named(Script.at_login()).kept().wants(want.DoneWanted())
    named(kiosk, " LENA", "P.")
    assert kiosk.state.known.self_named == (SelfNamed("Lena P.", MIDNIGHT),)
    assert kiosk.records[-1].actor == "Lena P."


def test_who_types_a_name_that_has_a_tile_is_the_one_of_the_tile() -> None:
    people = (w.MARIA, w.JAMES, Person("per-lena", "Lena P."))
    kiosk = named(Script.at_login(replace(w.memory(), terms=replace(w.terms(), people=people))))
    assert (kiosk.records[-1].actor, kiosk.records[-1].strength) == ("per-lena", Strength.TILE)


def test_on_a_cover_somebody_else_starts_clean_under_a_typed_name() -> None:
    kiosk = Script.locked()
    kiosk.tapped(SOMEONE_ELSE).asks_for()
    kiosk.sees(NamingView)
    assert covers(kiosk.state), "the other screens stay covered while a name is typed"
    kiosk.wants(want.NameGiven("Lena", "P"))
    assert kiosk.acts[-2:] == [(Act.LEFT, w.MARIA.id), (Act.ENTERED, "Lena P.")]
    assert do.ClosePage() in kiosk.newest


def test_back_from_a_cover_is_the_cover_and_from_the_login_screen_the_login_screen() -> None:
    kiosk = Script.locked().tapped(SOMEONE_ELSE).wants(want.WentBack())
    assert kiosk.at(s.Locked).session.person == w.MARIA
    kiosk = Script.at_login().tapped(SOMEONE_ELSE).wants(want.WentBack())
    kiosk.at(s.AtLogin)


@pytest.mark.parametrize("event", [said.ScreenLocked, said.Suspended])
def test_a_page_that_asks_for_a_name_is_covered_like_any_other(
    event: type[said.ScreenLocked | said.Suspended],
) -> None:
    kiosk = Script.locked().tapped(SOMEONE_ELSE)
    kiosk.happens(event(kiosk.now)).at(s.Locked)
    kiosk = Script.at_login().tapped(SOMEONE_ELSE)
    kiosk.happens(event(kiosk.now)).at(s.AtLogin)


def test_nobody_types_and_the_login_screen_comes_back() -> None:
    kiosk = Script.at_login().tapped(SOMEONE_ELSE).passes(minutes=6)
    kiosk.ticks(idle=timedelta(minutes=6)).at(s.AtLogin)


def test_a_name_without_letters_is_asked_for_again() -> None:
    kiosk = named(Script.at_login(), "R2", "D").asks_for()
    told = kiosk.sees(NamingView).notice
    assert told is not None
    assert told.title == "That is not a name yet."
    kiosk.wants(want.NameGiven("Ravi", "D")).asks_for(do.KeepRecord, do.StartSession)


def test_without_trust_a_typed_name_still_needs_the_code() -> None:
    """Law 1: a name is no way around it."""
    kiosk = named(Script.at_login(replace(w.memory(), trust=NoTrust.REMOVED)))
    kiosk.asks_for(do.OpenChallenge)
    assert kiosk.at(s.AskingForCode).person_id == "Lena P."


def test_with_naming_off_there_is_nobody_else_to_be() -> None:
    off = replace(w.terms(), attribution=Attribution.OFF)
    kiosk = Script.at_login(replace(w.memory(), terms=off))
    assert len(kiosk.sees(LoginView).tiles) == 1
    kiosk.tapped(SOMEONE_ELSE).asks_for()
    kiosk.at(s.AtLogin)
    kiosk.tapped(w.OFFICE.id).kept().wants(want.ChangeWanted()).asks_for()
    assert not kiosk.sees(WorkspaceView).change


def test_a_wrong_name_is_put_right_by_a_record_that_names_both() -> None:
    kiosk = Script.at_work().wants(want.ChangeWanted())
    page = kiosk.sees(WhoView)
    assert [t.name for t in page.tiles] == [w.MARIA.name, w.JAMES.name, "Someone else"]
    before = list(kiosk.records)
    kiosk.tapped(w.JAMES.id).kept()
    assert kiosk.at(s.Active).session.person == w.JAMES
    assert kiosk.records[: len(before)] == before, "what was written is never touched"
    new = [(r.act, r.actor, r.detail) for r in kiosk.records[len(before) :]]
    assert new == [
        (Act.CORRECTED, w.MARIA.id, w.JAMES.id),
        (Act.LEFT, w.MARIA.id, ""),
        (Act.ENTERED, w.JAMES.id, ""),
    ]


def test_what_waited_under_the_wrong_name_goes_up_as_it_was_made() -> None:
    """Law 4: a correction is beside it, never in it."""
    kiosk = Script.at_work().wants(want.StatusWanted("apt-1", "Recovery", 2))
    made = next(e for e in kiosk.newest if isinstance(e, do.KeepRecord))
    kiosk.wants(want.ChangeWanted()).tapped(w.JAMES.id)
    assert made.command is not None
    assert made.command.actor == w.MARIA.id
    assert all(r.actor != w.JAMES.id for r in kiosk.records[:-1])


def test_the_name_was_right_after_all() -> None:
    for wish in (want.WentBack(), want.TileTapped(w.MARIA.id)):
        kiosk = Script.at_work().wants(want.ChangeWanted())
        before = kiosk.acts
        kiosk.wants(wish).asks_for(do.ReadDay)
        assert kiosk.at(s.Active).session.person == w.MARIA
        assert kiosk.acts == before


def test_it_was_a_float_all_along() -> None:
    kiosk = Script.at_work().wants(want.ChangeWanted()).tapped(SOMEONE_ELSE)
    assert kiosk.acts[-1] == (Act.LOCKED, w.MARIA.id)
    assert kiosk.records[-1].cause is Cause.SWITCH
    kiosk.wants(want.NameGiven("Lena", "P"))
    new = [(r.act, r.actor, r.detail) for r in kiosk.records[-3:]]
    assert new == [
        (Act.CORRECTED, w.MARIA.id, "Lena P."),
        (Act.LEFT, w.MARIA.id, ""),
        (Act.ENTERED, "Lena P.", ""),
    ]


def test_who_is_taken_off_the_list_is_out_at_the_next_contact() -> None:
    """Law 12, T6: nobody else notices."""
    kiosk = Script.at_work().passes(minutes=1).ticks()
    kiosk.news(replace(w.terms(kiosk.now), people=(w.JAMES, Person("per-ana", "Ana"))))
    phase = kiosk.at(s.AtLogin)
    assert isinstance(phase.why, Refusal)
    assert phase.why.code is Code.PERSON_UNLISTED
    assert kiosk.acts[-1] == (Act.TAKEN_OUT, w.MARIA.id)
    kiosk.tapped(w.MARIA.id).asks_for()
    kiosk.tapped(w.JAMES.id).asks_for(do.KeepRecord, do.StartSession)


def test_a_float_at_work_stays_when_the_list_changes() -> None:
    kiosk = named(Script.at_login()).kept().started().passes(minutes=1).ticks()
    kiosk.news(w.terms(kiosk.now))
    assert kiosk.at(s.Active).session.person == LENA


@given(st.text(max_size=40), st.text(max_size=3))
@example("A", "\u00df")
def test_whatever_is_typed_becomes_a_short_name_or_none(first: str, initial: str) -> None:
    name = written(first, initial)
    if name:
        assert name.endswith(".")
        assert len(name) <= 30 + 4
        assert all(c.isalpha() or c in " '\u2019-." for c in name)
        assert written(*name.removesuffix(".").rsplit(" ", 1)) == name


@pytest.mark.parametrize(
    ("first", "initial", "name"),
    [
        ("lena", "p", "Lena P."),
        ("  Anne-Marie ", "o.", "Anne-Marie O."),
        ("D\u2019Angelo", "É", "D\u2019Angelo É."),
        ("Zoë  Mae", "x", "Zoë Mae X."),
        *((f"O{mark}Brien", "K", "O'Brien K.") for mark in "'\u2018`\u00b4\u02bc\u2032"),
        ("O\u2019Brien", "K", "O\u2019Brien K."),
        ("St. John", "w", "St. John W."),
        ("ma. teresa", "c", "Ma. teresa C."),
        ("J.R.", "e", "J.R. E."),
        ("J. R.", "e", "J. R. E."),
        ("\u674e\u660e", "W", "\u674e\u660e W."),
        ("\u0645\u062d\u0645\u062f", "A", "\u0645\u062d\u0645\u062f A."),
        ("", "p", ""),
        ("..", "p", ""),
        ("J..R", "p", ""),
        (".J", "p", ""),
        ("O''Brien", "p", ""),
        ("Lena", "", ""),
        ("Lena", "Pe", ""),
        ("Lena2", "P", ""),
        ("x" * 31, "P", ""),
        ("<b>", "P", ""),
    ],
)
def test_how_a_name_is_written(first: str, initial: str, name: str) -> None:
    assert written(first, initial) == name


def test_names_switched_on_under_a_session_leave_a_way_back_to_it() -> None:
    one = replace(w.terms(), people=(w.MARIA,))
    kiosk = Script.at_login(replace(w.memory(), terms=one))
    kiosk.tapped(w.OFFICE.id).kept().started(terms=one).passes(minutes=1).ticks()
    kiosk.news(w.terms(kiosk.now)).wants(want.LockWanted())
    first = kiosk.sees(LoginView).tiles[0]
    assert first.detail == "Tap to continue"
    kiosk.tapped(first.person_id).kept().at(s.Active)


@pytest.mark.parametrize("who", [w.MARIA.id, "Lena P."])
def test_names_switched_off_under_a_session_leave_a_way_back_to_it(who: str) -> None:
    kiosk = Script.at_login()
    kiosk = named(kiosk) if who == LENA.id else kiosk.tapped(who)
    kiosk.kept().started().passes(minutes=1).ticks()
    kiosk.news(replace(w.terms(kiosk.now), people=(w.MARIA,))).wants(want.LockWanted())
    first = kiosk.sees(LoginView).tiles[0]
    assert (first.person_id, first.own) == (who, True)
    kiosk.tapped(who).kept()
    assert kiosk.at(s.Active).session.person.id == who


def test_a_spelling_that_was_corrected_is_one_tile() -> None:
    kiosk = Script.at_work().passes(minutes=1).ticks()
    renamed = Person(w.MARIA.id, "Maria Lopes")
    kiosk.news(replace(w.terms(kiosk.now), people=(renamed, w.JAMES))).wants(want.LockWanted())
    assert [t.person_id for t in kiosk.sees(LoginView).tiles].count(w.MARIA.id) == 1


def test_names_switched_off_while_one_is_typed_end_nobody_s_session() -> None:
    for kiosk in (
        Script.locked().tapped(SOMEONE_ELSE),
        Script.at_work().wants(want.ChangeWanted()).tapped(SOMEONE_ELSE),
    ):
        kiosk.passes(minutes=1).ticks()
        kiosk.news(replace(w.terms(kiosk.now), people=(w.MARIA,)))
        kiosk.wants(want.NameGiven("Lena", "P"))
        assert kiosk.at(s.Locked).session.person == w.MARIA
        assert Act.CORRECTED not in {r.act for r in kiosk.records}
    kiosk = Script.at_work().wants(want.ChangeWanted()).passes(minutes=1).ticks()
    kiosk.news(replace(w.terms(kiosk.now), people=(w.MARIA,))).tapped(w.OFFICE.id)
    assert kiosk.at(s.Active).session.person == w.MARIA


def test_typing_one_s_own_name_corrects_nothing() -> None:
    people = (Person("per-maria", "Maria L."), w.JAMES)
    told = replace(w.terms(), people=people)
    kiosk = Script.at_login(replace(w.memory(), terms=told)).tapped("per-maria").kept()
    kiosk.started(terms=told).wants(want.ChangeWanted()).tapped(SOMEONE_ELSE)
    kiosk.wants(want.NameGiven("maria", "l"))
    assert kiosk.at(s.Locked).session.person.id == "per-maria"
    assert Act.CORRECTED not in {r.act for r in kiosk.records}


def test_in_whichever_case_it_is_one_tile() -> None:
    kiosk = named(Script.at_login()).kept()
    other = replace(w.terms(), self_named=(SelfNamed("LENA P.", MIDNIGHT),))
    kiosk.started(terms=other).wants(want.DoneWanted())
    assert [t.name for t in kiosk.sees(LoginView).tiles][2:] == ["LENA P.", "Someone else"]


def test_a_computer_that_joins_another_account_offers_none_of_the_old_names() -> None:
    kiosk = named(Script.at_login()).kept().started()
    other = w.terms(kiosk.now, replace(w.OFFICE, id="acc-other"))
    assert apply_terms(kiosk.state.known, other)[0].self_named == ()


def test_a_masher_fills_no_more_than_a_screen() -> None:
    kiosk = Script.at_login()
    for number in range(80):
        named(kiosk, "X" + chr(97 + number // 26) + chr(97 + number % 26), "P").kept()
        kiosk.wants(want.DoneWanted())
    assert len(kiosk.state.known.self_named) == 50


@pytest.mark.parametrize("sign", "\u115f\u1160\u3164\uffa0\u200b\u00b2\u00bd\u0301")
def test_what_leaves_nothing_to_read_is_no_name(sign: str) -> None:
    assert written(sign, "P") == ""
    assert written("Lena", sign) == ""


def test_a_session_whose_yes_came_before_its_record_is_ended_when_news_takes_it_out() -> None:
    """T20, law 10: nothing of it stays open, here or there."""
    kiosk = Script.at_login().passes(minutes=1).ticks()
    kiosk.tapped(w.MARIA.id).started("ses-9", page=77)
    kiosk.news(w.terms(kiosk.now, w.PROMOTED))
    assert {do.EndSession("ses-9"), do.DropSecret(Ticket(77))} <= set(kiosk.newest)


def test_a_list_that_could_not_be_read_is_asked_for_again_at_the_next_entry() -> None:
    kiosk = Script.at_login().tapped(w.MARIA.id).kept().started()
    kiosk.faulted(do.ReadDay, Fault.UNEXPECTED)
    assert kiosk.state.known.day_attempt == 0


def test_who_was_taken_off_the_list_does_not_come_back_by_a_code_either() -> None:
    """Law 12: the terms that come with the code count for the lock that waits."""
    kiosk = Script.locked()
    kiosk.state = replace(
        kiosk.state, known=replace(kiosk.state.known, trust=NoTrust.REMOVED, contact_attempt=0)
    )
    kiosk.tapped(w.MARIA.id).asked_for_a_code(Purpose.RETURN)
    kiosk.accepted(terms=replace(w.terms(kiosk.now), people=(w.JAMES, Person("per-ana", "Ana"))))
    phase = kiosk.at(s.AtLogin)
    assert isinstance(phase.why, Refusal)
    assert phase.why.code is Code.PERSON_UNLISTED
    assert kiosk.acts[-1] == (Act.TAKEN_OUT, w.MARIA.id)


def test_who_types_the_name_of_a_login_of_ones_own_is_asked_for_its_pin() -> None:
    """A name that has a tile already is that tile."""
    lena = Account("acc-lena-p", "Lena P.", False, frozenset({Role.MEMBER}))
    terms = replace(w.terms(), own=(PersonalTerms(lena, w.NOON + timedelta(days=30)),))
    kiosk = Script.at_login(replace(w.memory(), terms=terms, own=(w.own(account=lena),)))
    kiosk.tapped(SOMEONE_ELSE).wants(want.NameGiven("lena", "p"))
    assert kiosk.at(s.AskingPin).account == lena
    assert kiosk.records == []
    kiosk.wants(want.WentBack()).tapped(w.MARIA.id).kept().wants(want.SwitchWanted())
    kiosk.tapped(SOMEONE_ELSE).wants(want.NameGiven("LENA", "P"))
    assert kiosk.at(s.AskingPin).session is not None, "and Maria's stays as it was until then"


def test_who_it_really_was_is_put_right_by_name_without_their_pin() -> None:
    """A correction says who it was; it opens nobody's login."""
    lena = Account("acc-lena-p", "Lena P.", False, frozenset({Role.MEMBER}))
    terms = replace(w.terms(), own=(PersonalTerms(lena, w.NOON + timedelta(days=30)),))
    kiosk = Script.at_login(replace(w.memory(), terms=terms, own=(w.own(account=lena),)))
    kiosk.tapped(w.MARIA.id).kept().started().wants(want.ChangeWanted()).tapped(SOMEONE_ELSE)
    kiosk.wants(want.NameGiven("lena", "p"))
    assert (Act.CORRECTED, w.MARIA.id) in kiosk.acts
    assert kiosk.at(s.Entering).session.account == w.OFFICE


@pytest.mark.parametrize(
    ("first", "initial"), [("M\u0430ria", "L"), ("Maria", "\u0420"), ("\u039caria", "L")]
)
def test_letters_that_pass_for_each_other_s_make_no_name(first: str, initial: str) -> None:
    """A Cyrillic "a", an "L." that is none, a Greek capital: there to be taken for hers."""
    assert written(first, initial) == ""


@pytest.mark.parametrize(
    ("first", "initial"), [("\u041c\u0430\u0440\u0438\u044f", "\u041b"), ("\u738b Mei", "L")]
)
def test_a_name_in_any_one_script_is_a_name(first: str, initial: str) -> None:
    assert written(first, initial) == f"{first} {initial}."
