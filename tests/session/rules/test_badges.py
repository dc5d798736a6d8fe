"""A badge is a tap from anywhere: it finds its holder's tile, and signs nobody out by accident."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.session.model import effects as do
from kiosk.session.model import events as said
from kiosk.session.model import intents as want
from kiosk.session.model import replies
from kiosk.session.model import state as s
from kiosk.session.model.audit import Act, Cause
from kiosk.session.model.intents import Ticket
from kiosk.session.model.people import Account, Role, Strength
from kiosk.session.model.refusals import Code, Fault, Refusal
from kiosk.session.model.terms import Badge, PersonalTerms
from kiosk.session.pages.views import LoginView, PinView, WorkspaceView
from kiosk.session.rules.pin_window import MOST_STRANGE
from kiosk.session.rules.working import SAID_FOR
from kiosk.session.step import due
from tests.support import worlds as w
from tests.support.script import Script

MARIAS, JAMESES, LENAS, TWO, NOBODYS = (letter * 64 for letter in "abcde")


NINA = Account("acc-nina", "Nina Patel", False, frozenset({Role.MEMBER}))
NINAS = "f" * 64


def at_login() -> Script:
    """A clinic with badges; Lena has a login of her own here."""
    return Script.at_login(replace(w.memory(), terms=w.with_badges(), own=(w.own(),)))


def at_work() -> Script:
    """Maria is at work in it."""
    kiosk = at_login().tapped(w.MARIA.id).kept()
    return kiosk.started(terms=w.with_badges(kiosk.now))


def test_one_badge_enters_the_shared_account_by_name_and_says_how_sure_that_is() -> None:
    kiosk = at_login().badge(MARIAS).asks_for(do.KeepRecord, do.StartSession).kept()
    session = kiosk.at(s.Active).session
    assert (session.person, session.strength) == (w.MARIA, Strength.BADGE)
    assert kiosk.records[-1].strength is Strength.BADGE


def test_who_has_a_login_of_their_own_is_asked_for_the_pin() -> None:
    kiosk = at_login().badge(LENAS).asks_for()
    assert kiosk.sees(PinView).title == "Lena Park"


@pytest.mark.parametrize("mark", [TWO, NOBODYS, ""])
def test_a_badge_of_nobody_or_of_two_enters_nobody_and_says_so(mark: str) -> None:
    kiosk = at_login().badge(mark).asks_for()
    assert isinstance(kiosk.at(s.AtLogin).why, Refusal)
    notice = kiosk.sees(LoginView).notice
    assert notice is not None
    assert notice.title == "That badge is nobody's here."
    over = at_work().wants(want.LockWanted()).badge(mark).asks_for()
    assert over.at(s.Locked).session.person == w.MARIA
    assert over.sees(LoginView).notice == notice


def test_a_strange_badge_in_the_workspace_is_said_for_a_while_and_changes_nothing() -> None:
    kiosk = at_work()
    kiosk.ticks().sent().badge(NOBODYS).asks_for()
    notice = kiosk.sees(WorkspaceView).notice
    assert notice is not None
    assert notice.title == "That badge is nobody's here."
    assert due(kiosk.state, kiosk.now) <= kiosk.now + SAID_FOR
    kiosk.passes(seconds=10)
    assert kiosk.sees(WorkspaceView).notice is None


def test_it_is_not_said_for_hours_because_a_clock_was_put_right() -> None:
    kiosk = at_work().badge(NOBODYS).passes(hours=-7).ticks()
    assert kiosk.at(s.Active).strange_until is None
    assert kiosk.sees(WorkspaceView).notice is None


def test_ones_own_badge_never_signs_one_out() -> None:
    kiosk = at_work()
    before = kiosk.state.phase
    kiosk.badge(MARIAS).asks_for()
    assert kiosk.state.phase == before


def test_anothers_badge_takes_over_in_one_gesture_and_starts_clean() -> None:
    kiosk = at_work().badge(JAMESES).kept()
    assert kiosk.at(s.Active).session.person == w.JAMES
    assert kiosk.at(s.Active).session.id is None
    assert any(isinstance(e, do.ClosePage) for e in kiosk.all)
    told = [(r.act, r.actor, r.cause) for r in kiosk.records]
    assert told[-3:] == [
        (Act.LOCKED, w.MARIA.id, Cause.SWITCH),
        (Act.LEFT, w.MARIA.id, Cause.SWITCH),
        (Act.ENTERED, w.JAMES.id, Cause.PERSON),
    ]


def test_the_badge_of_a_login_of_ones_own_covers_the_work_before_the_pin_is_asked() -> None:
    kiosk = at_work().badge(LENAS)
    kiosk.asks_for(do.KeepRecord)
    assert kiosk.at(s.AskingPin).session is not None
    assert [r.act for r in kiosk.records][-1] is Act.LOCKED
    kiosk.wants(want.WentBack())
    assert kiosk.at(s.Locked).session.person == w.MARIA


def test_ones_own_cover_opens_by_the_badge() -> None:
    kiosk = at_work().wants(want.LockWanted()).badge(MARIAS).asks_for(do.KeepRecord)
    kiosk.kept()
    assert kiosk.at(s.Active).session.strength is Strength.BADGE
    assert kiosk.acts[-1] == (Act.RESUMED, w.MARIA.id)


def test_another_badge_over_a_cover_starts_clean() -> None:
    kiosk = at_work().wants(want.LockWanted()).badge(JAMESES).kept()
    assert kiosk.at(s.Active).session.person == w.JAMES
    assert (Act.LEFT, w.MARIA.id) in kiosk.acts


def test_a_badge_while_somebodys_pin_is_asked_is_the_others_turn() -> None:
    kiosk = at_login().tapped(w.LENA.id).badge(MARIAS).kept()
    assert kiosk.at(s.Active).session.person == w.MARIA
    kiosk = at_login().tapped(w.LENA.id)
    before = kiosk.state.phase
    kiosk.badge(LENAS).asks_for()
    assert kiosk.state.phase == before


def test_ones_digits_are_not_the_beginning_of_anothers_pin() -> None:
    """The page keeps what was typed until the round is another."""
    nina = PersonalTerms(NINA, w.NOON + timedelta(days=30))
    terms = replace(
        w.with_badges(),
        own=(*w.with_badges().own, nina),
        badges=(*w.with_badges().badges, Badge(NINAS, NINA.id)),
    )
    memory = replace(w.memory(), terms=terms, own=(w.own(), w.own(account=NINA)))
    kiosk = Script.at_login(memory).tapped(NINA.id)
    rounds = [kiosk.sees(PinView).round]
    for mark, name in ((LENAS, "Lena Park"), (NINAS, "Nina Patel")):
        kiosk.badge(mark)
        assert kiosk.sees(PinView).title == name
        rounds.append(kiosk.sees(PinView).round)
    assert len(set(rounds)) == len(rounds)


@pytest.mark.parametrize("lock", [said.ScreenLocked, said.Suspended])
@pytest.mark.parametrize("covered", [False, True])
def test_a_badge_from_before_a_lock_does_not_undo_it(
    lock: type[said.ScreenLocked | said.Suspended], covered: bool
) -> None:
    kiosk = at_work()
    if covered:
        kiosk.wants(want.LockWanted())
    kiosk.wants(want.BadgeRead(Ticket(5))).happens(lock(kiosk.now)).passes(hours=2)
    kiosk.happens(
        said.Answered(kiosk.now, kiosk.number(do.FindBadge), replies.BadgeFound((MARIAS,)))
    ).asks_for()
    kiosk.at(s.Locked)
    kiosk.badge(MARIAS).kept().at(s.Active)


def test_a_badge_from_before_done_enters_nobody() -> None:
    kiosk = at_work().wants(want.BadgeRead(Ticket(5))).wants(want.DoneWanted())
    kiosk.happens(
        said.Answered(kiosk.now, kiosk.number(do.FindBadge), replies.BadgeFound((MARIAS,)))
    ).asks_for()
    kiosk.at(s.AtLogin)


def test_a_badge_is_dropped_where_nobody_may_come_in_or_one_is_looked_up() -> None:
    kiosk = at_login().wants(want.ThisComputerWanted()).wants(want.BadgeRead(Ticket(5)))
    kiosk.asks_for(do.DropSecret(Ticket(5)))
    kiosk = at_login().wants(want.BadgeRead(Ticket(5))).wants(want.BadgeRead(Ticket(6)))
    kiosk.asks_for(do.DropSecret(Ticket(6)))
    Script.at_login().wants(want.BadgeRead(Ticket(5))).asks_for(do.DropSecret(Ticket(5)))


def test_a_keychain_that_does_not_answer_leaves_the_tiles() -> None:
    kiosk = at_login().wants(want.BadgeRead(Ticket(5))).faulted(do.FindBadge, Fault.KEYCHAIN_SLOW)
    assert kiosk.at(s.AtLogin).why is Fault.KEYCHAIN_SLOW
    assert kiosk.state.known.badge_attempt == 0
    kiosk.badge(MARIAS).kept()
    kiosk.at(s.Active)


def test_who_entered_by_badge_and_is_taken_off_the_list_is_out() -> None:
    """T6."""
    kiosk = at_login().badge(MARIAS).kept().started(terms=w.with_badges()).ticks()
    kiosk.news(replace(w.with_badges(), people=(w.JAMES, w.JAMES)))
    assert isinstance(kiosk.at(s.AtLogin).why, Refusal)


def test_a_badge_that_was_reset_is_refused_by_the_server_before_the_news() -> None:
    kiosk = at_login().badge(MARIAS).kept().refused(do.StartSession, Code.BADGE_UNKNOWN)
    assert isinstance(kiosk.at(s.AtLogin).why, Refusal)
    assert kiosk.acts[-1] == (Act.TAKEN_OUT, w.MARIA.id)


def test_an_answer_that_comes_on_another_page_changes_nothing() -> None:
    kiosk = at_login().wants(want.BadgeRead(Ticket(5))).wants(want.ThisComputerWanted())
    attempt = kiosk.number(do.FindBadge)
    before = kiosk.state.phase
    kiosk.happens(said.Answered(kiosk.now, attempt, replies.BadgeFound((MARIAS,)))).asks_for()
    assert kiosk.state.phase == before
    assert kiosk.state.known.badge_attempt == 0


def windowed() -> Script:
    """Lena typed her PIN a while ago, and went."""
    kiosk = at_login().tapped(w.LENA.id).wants(want.PinGiven(Ticket(61))).unsealed().kept()
    kiosk.started(terms=w.terms(kiosk.now, w.LENA))
    return kiosk.wants(want.DoneWanted())


def test_badges_are_not_tried_out_while_a_pin_counts() -> None:
    """T5: five that are nobody's, and a badge stands in for no PIN any more."""
    kiosk = windowed()
    for number in range(4):
        kiosk.badge(NOBODYS[1:] + str(number)).asks_for()
    kiosk.badge(NOBODYS).asks_for(do.LockCredential(w.LENA.id))
    kiosk.badge(LENAS).at(s.AskingPin)


def test_a_known_badge_in_between_makes_them_no_fewer() -> None:
    kiosk = windowed()
    for number in range(5):
        kiosk.badge(NOBODYS[1:] + str(number))
        kiosk.badge(MARIAS).kept().wants(want.DoneWanted())
    kiosk.badge(LENAS).at(s.AskingPin)


def test_a_pin_counts_for_the_badge_again_after_strange_ones() -> None:
    kiosk = windowed()
    for number in range(5):
        kiosk.badge(NOBODYS[1:] + str(number))
    kiosk.badge(LENAS).wants(want.PinGiven(Ticket(62))).unsealed().kept()
    kiosk.started("ses-2", w.terms(kiosk.now, w.LENA)).wants(want.DoneWanted())
    kiosk.badge(NOBODYS).badge(LENAS).kept()
    assert kiosk.at(s.Active).session.strength is Strength.BADGE


BARCODE = "9" * 64
IN_PAGE = want.BadgeRead(Ticket(5), for_xchart=True)


def strange(kiosk: Script, *marks: str, doubt: want.Doubt = want.Doubt.NONE) -> Script:
    """A burst that is nobody's badge is read."""
    kiosk.wants(want.BadgeRead(Ticket(72), doubt))
    return kiosk.happens(
        said.Answered(kiosk.now, kiosk.number(do.FindBadge), replies.BadgeFound(marks))
    )


@pytest.mark.parametrize(
    ("doubt", "code"),
    [
        (want.Doubt.NONE, Code.BADGE_UNKNOWN),
        (want.Doubt.LAYOUT, Code.BADGE_LAYOUT),
        (want.Doubt.CAPS_LOCK, Code.BADGE_CAPS_LOCK),
    ],
)
def test_what_is_nobodys_is_said_with_what_was_odd_about_it(doubt: want.Doubt, code: Code) -> None:
    refusal = strange(at_login(), BARCODE, doubt=doubt).at(s.AtLogin).why
    assert refusal == Refusal(code)
    kiosk = strange(at_work(), BARCODE, doubt=doubt)
    assert kiosk.at(s.Active).strange is code


def test_one_of_the_numbers_it_may_be_is_enough() -> None:
    kiosk = strange(at_login(), BARCODE, MARIAS).kept()
    assert kiosk.at(s.Active).session.person == w.MARIA


def test_a_burst_that_may_be_two_badges_enters_nobody() -> None:
    kiosk = strange(at_login(), MARIAS, JAMESES)
    assert isinstance(kiosk.at(s.AtLogin).why, Refusal)


def test_a_clinic_without_badges_says_so() -> None:
    for kiosk in (Script.at_login(), Script.at_login().tapped(w.MARIA.id).kept()):
        kiosk.wants(want.BadgeRead(Ticket(5))).asks_for(do.DropSecret(Ticket(5)))
    assert kiosk.at(s.Active).strange is Code.BADGES_NONE
    refusal = Script.at_login().wants(want.BadgeRead(Ticket(5))).at(s.AtLogin).why
    assert refusal == Refusal(Code.BADGES_NONE)


def test_a_barcode_for_xcharts_page_is_passed_on_and_neither_said_nor_counted() -> None:
    kiosk = at_work().wants(IN_PAGE)
    before = kiosk.state.phase
    kiosk.happens(
        said.Answered(kiosk.now, kiosk.number(do.FindBadge), replies.BadgeFound((BARCODE,)))
    )
    kiosk.asks_for(do.TellReader(False))
    assert kiosk.state.phase == before
    assert kiosk.state.known.strange == ()


def test_somebodys_badge_is_taken_from_xcharts_page() -> None:
    kiosk = at_work().wants(IN_PAGE)
    kiosk.happens(
        said.Answered(kiosk.now, kiosk.number(do.FindBadge), replies.BadgeFound((JAMESES,)))
    )
    assert do.TellReader(True) in kiosk.newest
    kiosk.kept()
    assert kiosk.at(s.Active).session.person == w.JAMES


def test_the_page_has_it_back_where_it_cannot_be_looked_up() -> None:
    kiosk = at_work().wants(IN_PAGE).faulted(do.FindBadge, Fault.KEYCHAIN_SLOW)
    kiosk.asks_for(do.TellReader(False))
    kiosk.wants(IN_PAGE).asks_for(do.DropSecret(Ticket(5)), do.TellReader(False))
    kiosk.passes(minutes=1).wants(IN_PAGE)
    assert kiosk.number(do.FindBadge) == kiosk.state.known.badge_attempt


def test_what_the_page_was_given_is_no_badge_any_more() -> None:
    kiosk = at_work().wants(IN_PAGE).wants(want.BadgeGivenUp())
    before = kiosk.state.phase
    kiosk.happens(
        said.Answered(kiosk.now, kiosk.number(do.FindBadge), replies.BadgeFound((JAMESES,)))
    ).asks_for()
    assert kiosk.state.phase == before


def test_one_strange_badge_held_again_and_again_is_one_try() -> None:
    kiosk = windowed()
    for _ in range(2 * MOST_STRANGE):
        strange(kiosk, BARCODE)
    assert kiosk.state.known.windows
    for number in range(MOST_STRANGE - 1):
        strange(kiosk, str(number) * 64)
    assert not kiosk.state.known.windows
