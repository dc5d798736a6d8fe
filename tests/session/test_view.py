"""From state to page: nothing of the workspace under a cover, plain words on every page."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.session.model import effects as do
from kiosk.session.model import events as said
from kiosk.session.model import intents as want
from kiosk.session.model import state as s
from kiosk.session.model.challenge import Purpose
from kiosk.session.model.people import OWN_LOGIN
from kiosk.session.model.refusals import Code, Fault, Refusal, Unreachable
from kiosk.session.model.session import PageFault
from kiosk.session.model.trust import NoTrust
from kiosk.session.pages.views import LoginView, RoomState, WorkspaceView
from kiosk.session.view import busy, covers, may_print, page_server, reads_badges, view
from tests.session.rules.test_confirming import OVER, unconfirmed
from tests.support import worlds as w
from tests.support.plain_words import texts, wrong_words
from tests.support.script import Script, at_start

REASONS = (
    [s.AtLogin(why=Refusal(code, tries_left=2)) for code in Code]
    + [s.AtLogin(why=reach) for reach in Unreachable]
    + [s.AtLogin(why=fault) for fault in Fault]
    + [s.AtLogin(limit=True)]
    + [s.Stopped(fault) for fault in Fault]
    + [s.AskingAccount(w.PLACE, why=Refusal(code)) for code in Code]
    + [s.AskingPlace(w.PLACE, why=reach) for reach in Unreachable]
    + [s.AskingPlace(w.PLACE, keys_lost=True), s.Joined(), s.Removed()]
    + [s.ConfirmingRemoval(None, why=Refusal(code)) for code in Code]
)
KNOWNS = {
    "as every day": w.opened().known,
    "without a code": w.opened(w.memory(trusted=False)).known,
    "without a grant": w.opened(replace(w.memory(), terms=None)).known,
    "without an account": Script.new().state.known,
    "with a wrong clock": replace(w.opened().known, clock_off=timedelta(days=800)),
    "offline": replace(w.opened().known, reach=Unreachable.NO_INTERNET, unreached_since=w.NOON),
}


@pytest.mark.parametrize("known", KNOWNS.values(), ids=KNOWNS)
@pytest.mark.parametrize("phase", REASONS, ids=repr)
def test_every_reason_is_said_in_plain_words(known: s.Known, phase: s.Phase) -> None:
    page = view(s.State(known, phase), w.NOON)
    assert wrong_words(page) == []
    assert all(text == text.strip() for text in texts(page))


@pytest.mark.parametrize("phase", OVER)
def test_every_page_over_a_session_speaks_plainly(phase: type) -> None:
    kiosk = unconfirmed(phase)
    assert wrong_words(view(kiosk.state, kiosk.now)) == []


def test_the_words_that_are_looked_for_are_found() -> None:
    """The test above can fail."""
    for text in ("No trust left.", "The grant is over", "trust_lapsed", "Sync failed", "A token"):
        assert wrong_words(s.Stopped(Fault.UNEXPECTED, text)) == [text]
    assert wrong_words(s.Stopped(Fault.UNEXPECTED, "This is not a safe connection.")) == []


def over_a_cover() -> Script:
    """Maria's work is locked, and Lena, who has a login of her own, is asked for her PIN."""
    kiosk = Script.at_login(replace(w.memory(), terms=w.with_badges(), own=(w.own(),)))
    kiosk.tapped(w.MARIA.id).kept().started(terms=w.with_badges())
    return kiosk.wants(want.LockWanted()).tapped(w.LENA.id)


def badge_at_work() -> Script:
    """Maria is at work, and Lena's badge asks for her PIN."""
    kiosk = Script.at_login(replace(w.memory(), terms=w.with_badges(), own=(w.own(),)))
    return kiosk.tapped(w.MARIA.id).kept().started(terms=w.with_badges()).badge("c" * 64)


def asked_to_return() -> Script:
    """Maria's work is locked, and trust ended meanwhile: coming back needs a code."""
    kiosk = Script.locked()
    kiosk.state = replace(kiosk.state, known=replace(kiosk.state.known, trust=NoTrust.REFUSED))
    return kiosk.tapped(w.MARIA.id)


def asked_to_remove() -> Script:
    """Maria is at work, and wants this computer removed."""
    kiosk = Script.at_work().wants(want.ThisComputerWanted())
    return kiosk.wants(want.RemovalWanted()).wants(want.RemovalConfirmed())


@pytest.mark.parametrize(
    ("kiosk", "covered", "at_work"),
    [
        (at_start(), True, False),
        (Script.at_login(), True, False),
        (Script.at_login().tapped(w.MARIA.id), True, True),
        (Script.at_work(), False, True),
        (Script.locked(), True, True),
        (Script.at_work().wants(want.ThisComputerWanted()), False, True),
        (Script.at_login().wants(want.ThisComputerWanted()), True, False),
        (Script.new(), False, False),
        (over_a_cover(), True, True),
        (over_a_cover().wants(want.PinForgotten()), True, True),
        (Script.locked().tapped(OWN_LOGIN), True, True),
        (badge_at_work(), True, True),
        (asked_to_return(), True, True),
        (asked_to_return().opened(Purpose.RETURN), True, True),
        (asked_to_return().asked_for_a_code(Purpose.RETURN), True, True),
        (asked_to_remove(), False, True),
        (asked_to_remove().opened(Purpose.REMOVE), False, True),
        (asked_to_remove().asked_for_a_code(Purpose.REMOVE), False, True),
    ],
)
def test_what_is_covered_and_who_is_busy(kiosk: Script, covered: bool, at_work: bool) -> None:
    assert covers(kiosk.state) == covered
    assert busy(kiosk.state) == at_work


def test_what_somebody_has_typed_at_a_site_waits_for_no_update() -> None:
    kiosk = Script.at_login()
    assert busy(kiosk.happens(said.UnsentChanged(kiosk.now, (w.MARIA.id,))).state)
    assert not busy(kiosk.happens(said.UnsentChanged(kiosk.now, ())).state)


def test_only_active_shows_the_workspace() -> None:
    for phase in OVER:
        page = view(unconfirmed(phase).state, w.NOON)
        assert isinstance(page, WorkspaceView) == (phase is s.Active)


@pytest.mark.parametrize(
    ("session", "page", "title"),
    [
        ({}, RoomState.OPENING, "Opening Xchart…"),
        ({"shown": True}, RoomState.SHOWN, None),
        ({"failed": PageFault.NETWORK}, RoomState.AWAY, "Xchart's page did not open."),
        (
            {"reach": Unreachable.PORTAL},
            RoomState.AWAY,
            "The network asks for a sign-in of its own.",
        ),
    ],
)
def test_what_stands_in_the_pages_place(
    session: dict[str, bool | Unreachable | PageFault], page: RoomState, title: str | None
) -> None:
    kiosk = Script.at_work()
    active = kiosk.at(s.Active)
    bare = replace(active.session, shown=False)
    match session:
        case {"shown": True}:
            bare = replace(bare, shown=True)
        case {"failed": PageFault() as fault}:
            bare = replace(bare, failed=fault)
        case {"reach": Unreachable() as reach}:
            bare = replace(bare, reach=reach)
        case _:
            pass
    kiosk.state = s.State(kiosk.state.known, replace(active, session=bare))
    told = kiosk.sees(WorkspaceView)
    assert told.page is page
    assert (told.telling.title if told.telling else None) == title
    assert told.retry == (page is RoomState.AWAY)


@given(st.integers(0, 40 * 24))
def test_the_end_of_trust_is_said_from_seven_days_before_and_not_earlier(hours: int) -> None:
    kiosk = Script.at_login().passes(hours=hours)
    page = kiosk.sees(LoginView)
    left = timedelta(days=30) - timedelta(hours=hours)
    if left <= timedelta(0):
        assert page.status == "Dr. Rivera's code is needed."
        return
    assert bool(page.notice) == (left <= timedelta(days=7))
    assert page.status == "", "it is said once"


@pytest.mark.parametrize("trust", NoTrust)
def test_without_trust_the_tiles_say_so_and_the_page_whose_code_it_is(trust: NoTrust) -> None:
    """A provider's name is too long for a tile of a small screen."""
    page = Script.at_login(replace(w.memory(), trust=trust)).sees(LoginView)
    assert {tile.detail for tile in page.tiles} == {"Code needed"}
    assert page.status == "Dr. Rivera's code is needed."


def test_the_login_screen_paints_what_was_kept_until_the_memory_is_read() -> None:
    painted = w.opened().known.painted
    assert painted is not None
    kiosk = at_start()
    kiosk.state = s.State(replace(kiosk.state.known, painted=painted), kiosk.state.phase)
    before = kiosk.sees(LoginView)
    kiosk.happens(said.Answered(w.NOON, 1, w.memory()))
    after = kiosk.sees(LoginView)
    assert replace(after, more=before.more, wipe=before.wipe, own_login="") == before, (
        "the screen would flicker at every start"
    )


def test_a_tap_changes_nothing_on_the_login_screen_but_its_tile() -> None:
    """Whatever came or went at the foot would lay every tile out anew, under the finger."""
    kiosk = Script.at_login()
    before = kiosk.sees(LoginView)
    after = kiosk.tapped(w.MARIA.id).sees(LoginView)
    tiles = tuple(replace(tile, waiting=False) for tile in after.tiles)
    assert [tile.name for tile in after.tiles if tile.waiting] == [w.MARIA.name]
    assert replace(after, tiles=tiles) == before


def test_the_foot_is_seen_to_answer_nobody_while_the_server_is_waited_for() -> None:
    """It may be seconds; without a grant that governs nobody is in before it has answered."""
    kiosk = Script.at_login(replace(w.memory(), terms=None))
    before = kiosk.sees(LoginView)
    kiosk.tapped(w.OFFICE.id).asks_for(do.StartSession)
    after = kiosk.sees(LoginView)
    assert (before.busy, after.busy) == (False, True)
    assert (after.more, after.own_login) == (before.more, before.own_login)
    kiosk = Script.at_login(replace(w.memory(), trust=NoTrust.REMOVED)).tapped(w.MARIA.id)
    assert kiosk.sees(LoginView).busy


def test_the_cover_tells_the_one_who_is_expected_what_to_do() -> None:
    kiosk = Script.locked(w.JAMES.id)
    assert [(t.name, t.detail) for t in kiosk.sees(LoginView).tiles] == [
        (w.JAMES.name, "Tap to continue"),
        (w.MARIA.name, w.OFFICE.label),
        ("Someone else", "Here for the day"),
    ]


def test_a_window_among_others_covers_itself_and_says_so() -> None:
    locked = Script.at_work().wants(want.LockWanted())
    assert covers(locked.state)
    window = replace(locked.state, known=replace(locked.state.known, windowed=True))
    assert not covers(window)
    seen = view(window, locked.now)
    assert isinstance(seen, LoginView)
    assert seen.notice is not None
    assert seen.notice.title == "Only this window is covered."


def test_who_lies_above_the_cover_is_named_on_it_until_it_is_gone() -> None:
    locked = Script.at_work().wants(want.LockWanted())
    locked.happens(said.CoverJudged(locked.now, "Imaging"))
    notice = locked.sees(LoginView).notice
    assert notice is not None
    assert notice.title == "Imaging is in front of the kiosk."
    locked.happens(said.CoverJudged(locked.now, ""))
    assert locked.sees(LoginView).notice is None


def test_what_the_window_asks_of_a_state_is_answered_here() -> None:
    """The running kiosk decides nothing: whose page, whose badges, who looks at what is printed."""
    new, at_login, at_work = Script.new().state, Script.at_login().state, Script.at_work().state
    assert [page_server(each) for each in (new, at_login)] == ["", w.PLACE.server]
    badged = Script.at_login(replace(w.memory(), terms=w.with_badges())).state
    assert [reads_badges(each) for each in (new, at_login, badged)] == [False, False, True]
    assert [may_print(each) for each in (at_login, at_work)] == [False, True]
