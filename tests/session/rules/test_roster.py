"""The names that are kept at this computer: by the password, on the record, and from then on."""

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
from kiosk.session.model.people import SOMEONE_ELSE, Person, Strength
from kiosk.session.model.refusals import Code, Fault, Refusal
from kiosk.session.model.terms import Badge, Roster, Terms
from kiosk.session.pages.views import LoginView, NamesView, ThisComputerView
from tests.session.test_at_a_site import memory as site_memory
from tests.session.test_at_a_site import terms as site_terms
from tests.support import worlds as w
from tests.support.script import Script

LENA = Person("Lena P.", "Lena P.")


def terms(*people: Person) -> Terms:
    """James is named in the settings; who else, was typed here."""
    return replace(site_terms(), people=people or (w.JAMES, w.MARIA), by_it=(w.JAMES.id,))


def at_login(*people: Person, none: bool = False) -> Script:
    told = replace(terms(*people), people=(), by_it=()) if none else terms(*people)
    return Script.at_login(replace(site_memory(), terms=told))


def at_work() -> Script:
    """Maria is in, and her page is on show."""
    kiosk = at_login().tapped(w.MARIA.id).kept().started(terms=terms())
    return kiosk.happens(said.PageShown(kiosk.now))


def names(kiosk: Script) -> Script:
    """The page of them."""
    return kiosk.wants(want.ThisComputerWanted()).wants(want.NamesWanted())


def unlocked(kiosk: Script, whom: str = "") -> Script:
    """The password was asked for and right: at somebody's page, or at a new name."""
    names(kiosk).wants(want.TileTapped(whom) if whom else want.NameAddWanted())
    kiosk.wants(want.PasswordGiven(Ticket(5)))
    return kiosk.answered(do.ProvePassword, replies.PasswordProved())


def roster_kept(kiosk: Script) -> Script:
    return kiosk.answered(do.KeepRecord, replies.RosterKept())


def tiles(kiosk: Script) -> list[str]:
    return [each.person_id for each in kiosk.sees(LoginView).tiles]


def back_to_tiles(kiosk: Script) -> Script:
    return kiosk.wants(want.WentBack()).wants(want.WentBack())


def test_a_clinic_without_any_gets_its_first_from_the_login_screen() -> None:
    kiosk = unlocked(at_login(none=True))
    kiosk.wants(want.NameGiven("lena", "p")).asks_for(do.KeepRecord)
    record, roster = kiosk.newest[0], Roster((LENA,))
    assert isinstance(record, do.KeepRecord)
    assert (record.roster, record.record.act, record.record.detail) == (
        roster,
        Act.NAME_ADDED,
        LENA.id,
    )
    assert (record.record.actor, record.record.account) == ("", w.OFFICE.id)
    roster_kept(kiosk).asks_for(do.KeepPainted)
    notice = kiosk.sees(NamesView).notice
    assert notice is not None
    assert LENA.name in notice.title
    assert tiles(back_to_tiles(kiosk)) == [LENA.id, SOMEONE_ELSE]
    kiosk.tapped(LENA.id).kept().at(s.Active)
    assert kiosk.records[-1].strength is Strength.TILE


def test_nothing_changes_before_the_password_was_typed() -> None:
    """The list may be looked at by anybody; everything behind it asks."""
    for wish in (want.NameAddWanted(), want.TileTapped(w.MARIA.id)):
        kiosk = names(at_login()).wants(wish)
        kiosk.at(s.UnlockingNames)
        kiosk.wants(want.PasswordGiven(Ticket(5))).asks_for(do.ProvePassword)
        kiosk.refused(do.ProvePassword, Code.CREDENTIALS_WRONG, tries_left=4)
        assert kiosk.at(s.UnlockingNames).attempt == 0
        kiosk.wants(want.WentBack())
        assert not kiosk.at(s.ListingNames).unlocked


def test_once_for_a_visit_which_ends_when_the_page_is_left() -> None:
    kiosk = unlocked(at_login(), w.MARIA.id)
    kiosk.wants(want.WentBack()).wants(want.TileTapped(w.MARIA.id)).at(s.EditingName)
    kiosk.wants(want.WentBack()).wants(want.WentBack()).at(s.ThisComputer)
    kiosk.wants(want.NamesWanted()).wants(want.TileTapped(w.MARIA.id)).at(s.UnlockingNames)


@pytest.mark.parametrize("page", ["list", "name", "new"])
@pytest.mark.parametrize("way", ["idle", "screen lock", "sleep"])
def test_or_when_it_is_left_alone(page: str, way: str) -> None:
    for kiosk, covered in ((at_login(), s.AtLogin), (at_work(), s.Locked)):
        unlocked(kiosk, "" if page == "new" else w.MARIA.id)
        if page == "list":
            kiosk.wants(want.WentBack())
        kiosk.passes(minutes=5)
        match way:
            case "idle":
                kiosk.ticks(idle=timedelta(minutes=5))
            case "screen lock":
                kiosk.happens(said.ScreenLocked(kiosk.now))
            case _:
                kiosk.happens(said.Suspended(kiosk.now))
        kiosk.at(covered)


def test_a_yes_that_comes_late_unlocks_nothing() -> None:
    """Law 5."""
    kiosk = names(at_login()).wants(want.NameAddWanted()).wants(want.PasswordGiven(Ticket(5)))
    kiosk.wants(want.WentBack())
    kiosk.answered(do.ProvePassword, replies.PasswordProved())
    assert not kiosk.at(s.ListingNames).unlocked


def test_a_name_goes_by_the_rules_of_one_for_a_day_and_nobody_has_two_tiles() -> None:
    kiosk = unlocked(at_login(w.JAMES, LENA))
    kiosk.wants(want.NameGiven("R2", "D"))
    assert kiosk.at(s.AddingName).unclear
    for first, initial in (("LENA", "p."), ("lena", "P")):
        kiosk.wants(want.NameGiven(first, initial))
        assert kiosk.at(s.AddingName).taken == LENA.name
    assert kiosk.records == []


def test_what_it_has_set_stays() -> None:
    kiosk = unlocked(at_login(), w.JAMES.id)
    before = kiosk.state
    assert kiosk.wants(want.NameRemoved()).state == before
    unlocked(back_to_tiles(kiosk.wants(want.WentBack()))).wants(want.NameGiven("lena", "p"))
    kept = kiosk.newest[0]
    assert isinstance(kept, do.KeepRecord)
    assert kept.roster == Roster((w.MARIA, LENA)), "what the settings say is not copied"
    roster_kept(kiosk)
    assert kiosk.state.known.terms is not None
    assert kiosk.state.known.terms.people == (w.JAMES, w.MARIA, LENA)


def test_who_is_in_under_a_name_that_goes_stays_until_they_leave() -> None:
    kiosk = unlocked(at_work(), w.MARIA.id).wants(want.NameRemoved())
    assert kiosk.acts[-1] == (Act.NAME_REMOVED, w.MARIA.id), "by whoever was in"
    back_to_tiles(roster_kept(kiosk)).wants(want.WentBack()).at(s.Active)
    kiosk.wants(want.LockWanted())
    assert w.MARIA.id in tiles(kiosk)
    kiosk.tapped(w.MARIA.id).kept().at(s.Active)
    kiosk.wants(want.DoneWanted())
    assert tiles(kiosk) == [w.JAMES.id, SOMEONE_ELSE]
    kiosk.tapped(w.MARIA.id).at(s.AtLogin)


def test_a_badge_goes_with_its_name() -> None:
    kiosk = at_login()
    told = kiosk.state.known.terms
    assert told is not None
    badges = (Badge("a" * 64, w.MARIA.id), Badge("b" * 64, w.JAMES.id))
    known = replace(kiosk.state.known, terms=replace(told, badges=badges))
    kiosk.state = replace(kiosk.state, known=known)
    roster_kept(unlocked(kiosk, w.MARIA.id).wants(want.NameRemoved()))
    assert kiosk.state.known.terms is not None
    assert kiosk.state.known.terms.badges == (badges[1],)
    back_to_tiles(kiosk).badge("a" * 64).at(s.AtLogin)
    kiosk.badge("b" * 64).kept().at(s.Active)


@pytest.mark.parametrize("fault", [Fault.RECORDS_FULL, Fault.KEYCHAIN_LOCKED])
def test_what_could_not_be_kept_changes_nothing_and_is_on_the_record(fault: Fault) -> None:
    kiosk = unlocked(at_login(), w.MARIA.id).wants(want.NameRemoved())
    assert kiosk.sees(NamesView).busy
    kiosk.wants(want.NameAddWanted()).asks_for()
    kiosk.faulted(do.KeepRecord, fault)
    assert [act for act, _ in kiosk.acts] == [Act.NAME_REMOVED, Act.NAMES_UNCHANGED]
    page = kiosk.sees(NamesView)
    assert page.notice is not None
    assert "Nothing was changed" in page.notice.title
    assert tiles(back_to_tiles(kiosk)) == [w.JAMES.id, w.MARIA.id, SOMEONE_ELSE]


def test_a_change_that_is_on_its_way_holds_whatever_is_on_show_by_then() -> None:
    kiosk = unlocked(at_login(), w.MARIA.id).wants(want.NameRemoved())
    kiosk.happens(said.ScreenLocked(kiosk.now))
    roster_kept(kiosk)
    assert tiles(kiosk) == [w.JAMES.id, SOMEONE_ELSE]


def test_who_was_on_the_way_in_under_it_does_not_come_in() -> None:
    kiosk = unlocked(at_login(), w.MARIA.id).wants(want.NameRemoved())
    back_to_tiles(kiosk).tapped(w.MARIA.id).at(s.Entering)
    entry = kiosk.number(do.KeepRecord)
    change = kiosk.state.known.roster_attempt
    kiosk.happens(said.Answered(kiosk.now, change, replies.RosterKept())).at(s.AtLogin)
    assert kiosk.acts[-1] == (Act.TAKEN_OUT, w.MARIA.id)
    kiosk.happens(said.Answered(kiosk.now, entry, replies.RecordKept())).at(s.AtLogin)


def test_a_sign_in_that_began_before_a_change_does_not_undo_it() -> None:
    kiosk = at_login().tapped(w.JAMES.id).kept()
    start = kiosk.number(do.StartSession)
    roster_kept(unlocked(kiosk, w.MARIA.id).wants(want.NameRemoved()))
    reply = replies.SessionStarted("ses-1", w.trust(), terms(), Ticket(7))
    kiosk.happens(said.Answered(kiosk.now, start, reply))
    assert kiosk.state.known.terms is not None
    assert kiosk.state.known.terms.people == (w.JAMES,)


def test_someone_else_for_the_day_is_there_too() -> None:
    kiosk = at_login().tapped(SOMEONE_ELSE).wants(want.NameGiven("lena", "p"))
    kiosk.kept().at(s.Active)
    assert kiosk.records[-1].strength is Strength.SELF_NAMED
    kiosk.started(terms=terms()).wants(want.DoneWanted())
    assert LENA.id in tiles(kiosk), "until midnight"


def test_a_login_of_ones_own_is_known_by_its_name_with_the_last_dot_or_without() -> None:
    """The address of a login has none; a name that is typed is written with one."""
    lena = replace(w.LENA, label="Lena P")
    told = replace(site_memory(), terms=terms(), own=(w.own(account=lena),))
    kiosk = Script.at_login(told).tapped(SOMEONE_ELSE).wants(want.NameGiven("lena", "p"))
    assert kiosk.at(s.AskingPin).account == lena
    kiosk = unlocked(Script.at_login(told)).wants(want.NameGiven("lena", "p"))
    assert kiosk.at(s.AddingName).taken == "Lena P"


def test_one_name_is_enough_where_it_was_typed_here() -> None:
    kiosk = at_login(w.JAMES)
    assert tiles(kiosk) == [w.JAMES.id, SOMEONE_ELSE]


def test_beside_a_server_there_is_no_such_page() -> None:
    kiosk = Script.at_login().wants(want.ThisComputerWanted())
    assert kiosk.sees(ThisComputerView).names == ""
    kiosk.wants(want.NamesWanted()).at(s.ThisComputer)


MARK, OTHER = "a" * 64, "b" * 64


def badge_given(kiosk: Script, whom: str = w.MARIA.id, mark: str = MARK) -> Script:
    """It was read to that name, and is kept; back at the login screen, or at work."""
    roster_kept(unlocked(kiosk, whom).badge(mark))
    return back_to_tiles(kiosk)


def test_a_badge_that_was_read_to_a_name_enters_as_its_tile_does() -> None:
    kiosk = unlocked(at_login(), w.MARIA.id).badge(MARK)
    assert kiosk.acts == [(Act.BADGE_GIVEN, "")]
    roster_kept(kiosk)
    assert [each.detail for each in kiosk.sees(NamesView).tiles] == ["Set by IT", "Badge"]
    back_to_tiles(kiosk).badge(MARK).kept().at(s.Active)
    assert (kiosk.records[-1].act, kiosk.records[-1].strength) == (Act.ENTERED, Strength.BADGE)
    assert kiosk.records[-1].actor == w.MARIA.id


def test_one_s_own_cover_is_resumed_and_another_s_is_switched_from() -> None:
    kiosk = badge_given(at_work()).wants(want.WentBack())
    kiosk.wants(want.LockWanted()).badge(MARK).kept().at(s.Active)
    assert kiosk.records[-1].act is Act.RESUMED
    kiosk.badge(MARK).asks_for()
    kiosk = at_login().tapped(w.JAMES.id).kept().started(terms=terms())
    badge_given(kiosk).wants(want.WentBack()).badge(MARK).kept()
    assert kiosk.at(s.Active).session.person == w.MARIA
    assert (Act.LEFT, w.JAMES.id) in kiosk.acts


def test_whom_it_has_named_can_have_a_badge_too() -> None:
    kiosk = badge_given(at_login(), w.JAMES.id)
    kiosk.badge(MARK).kept().at(s.Active)
    assert kiosk.records[-1].actor == w.JAMES.id


def test_another_badge_takes_the_place_of_the_first() -> None:
    kiosk = badge_given(badge_given(at_login()), mark=OTHER)
    kiosk.badge(MARK).at(s.AtLogin)
    kiosk.badge(OTHER).kept().at(s.Active)


def test_nobody_s_badge_is_taken_from_them() -> None:
    kiosk = unlocked(badge_given(at_login()), w.JAMES.id).badge(MARK)
    assert kiosk.at(s.EditingName).theirs == w.MARIA.id
    assert [act for act, _ in kiosk.acts] == [Act.BADGE_GIVEN]
    kiosk.wants(want.WentBack()).wants(want.TileTapped(w.MARIA.id)).badge(MARK)
    assert kiosk.at(s.EditingName).theirs == w.MARIA.id
    assert [act for act, _ in kiosk.acts] == [Act.BADGE_GIVEN]


@pytest.mark.parametrize(
    ("doubt", "marks", "code"),
    [
        (want.Doubt.CAPS_LOCK, (MARK,), Code.BADGE_CAPS_LOCK),
        (want.Doubt.LAYOUT, (MARK,), Code.BADGE_LAYOUT),
        (want.Doubt.NONE, ("",), Code.BADGE_UNKNOWN),
        (want.Doubt.NONE, (), Code.BADGE_UNKNOWN),
    ],
)
def test_what_was_read_oddly_is_nobody_s_badge(
    doubt: want.Doubt, marks: tuple[str, ...], code: Code
) -> None:
    """It would be known by what it is not; or by nothing, which every odd burst is."""
    kiosk = unlocked(at_login(), w.MARIA.id).wants(want.BadgeRead(Ticket(71), doubt))
    kiosk.answered(do.FindBadge, replies.BadgeFound(marks))
    assert kiosk.at(s.EditingName).why == Refusal(code)
    assert kiosk.records == []


def test_a_keychain_that_does_not_answer_is_said_there() -> None:
    kiosk = unlocked(at_login(), w.MARIA.id).wants(want.BadgeRead(Ticket(71)))
    kiosk.faulted(do.FindBadge, Fault.KEYCHAIN_SLOW)
    assert kiosk.at(s.EditingName).why is Fault.KEYCHAIN_SLOW


def test_a_badge_is_read_to_the_page_it_was_held_to_and_to_no_other() -> None:
    kiosk = unlocked(at_login(), w.MARIA.id).wants(want.BadgeRead(Ticket(71)))
    kiosk.wants(want.WentBack()).wants(want.TileTapped(w.JAMES.id))
    kiosk.answered(do.FindBadge, replies.BadgeFound((MARK,)))
    assert kiosk.records == []


def test_before_the_password_no_badge_is_anybody_s() -> None:
    kiosk = names(at_login())
    kiosk.wants(want.BadgeRead(Ticket(71))).asks_for(do.DropSecret)
    kiosk.wants(want.TileTapped(w.MARIA.id)).wants(want.BadgeRead(Ticket(72)))
    kiosk.asks_for(do.DropSecret).at(s.UnlockingNames)


def test_a_badge_that_was_taken_away_enters_nobody() -> None:
    kiosk = unlocked(badge_given(at_login()), w.MARIA.id).wants(want.BadgeTakenAway())
    assert kiosk.acts[-1][0] is Act.BADGE_TAKEN
    back_to_tiles(roster_kept(kiosk)).wants(want.BadgeRead(Ticket(71))).at(s.AtLogin)
    assert kiosk.at(s.AtLogin).why == Refusal(Code.BADGES_NONE)
    notice = kiosk.sees(LoginView).notice
    assert notice is not None
    assert "More, Names" in notice.text, "there is no Members page"


def test_a_badge_of_a_name_that_went_enters_nobody() -> None:
    kiosk = badge_given(badge_given(at_login()), w.JAMES.id, OTHER)
    back_to_tiles(roster_kept(unlocked(kiosk, w.MARIA.id).wants(want.NameRemoved())))
    kiosk.badge(MARK).at(s.AtLogin)
    assert kiosk.at(s.AtLogin).why == Refusal(Code.BADGE_UNKNOWN)


def test_whoever_is_in_with_a_login_of_their_own_changes_the_shared_account_s_names() -> None:
    """The record is theirs; what is kept is the account's that the names are on."""
    kiosk = Script.at_own_pin()
    told = replace(terms(), own=w.with_lena().own)
    kiosk.state = replace(kiosk.state, known=replace(kiosk.state.known, terms=told))
    kiosk.wants(want.PinGiven(Ticket(61))).unsealed().kept().at(s.Active)
    unlocked(kiosk, w.MARIA.id).wants(want.NameRemoved())
    kept = kiosk.newest[0]
    assert isinstance(kept, do.KeepRecord)
    assert (kept.record.actor, kept.record.account) == (w.LENA.id, w.LENA.id)
    assert kept.roster_of == w.OFFICE.id
    roster_kept(kiosk)
    assert kiosk.state.known.terms is not None
    assert kiosk.state.known.terms.people == (w.JAMES,)
