"""For a while after a PIN its holder's badge stands in for it, and what it keeps open is closed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.session.model import effects as do
from kiosk.session.model import events as said
from kiosk.session.model import intents as want
from kiosk.session.model import replies
from kiosk.session.model import state as s
from kiosk.session.model.audit import Act
from kiosk.session.model.people import Strength
from kiosk.session.model.refusals import Code
from kiosk.session.pages.views import PinView
from tests.session.rules.test_badges import JAMESES, LENAS, MARIAS
from tests.session.rules.test_pins import PIN
from tests.support import worlds as w
from tests.support.script import Script

CLOSED = do.LockCredential(w.LENA.id)


def lena_in(badges: bool = True) -> Script:
    """Lena typed her PIN and is at work, in a clinic with badges."""
    terms = w.with_badges() if badges else w.with_lena()
    kiosk = Script.at_login(replace(w.memory(), terms=terms, own=(w.own(),)))
    kiosk.tapped(w.LENA.id).wants(PIN).unsealed().kept().started()
    return kiosk.happens(said.PageShown(kiosk.now))


def lena_left(badges: bool = True) -> Script:
    """And is done; the kiosk stands at its login screen."""
    return lena_in(badges).wants(want.DoneWanted())


def opens(kiosk: Script) -> bool:
    """Whether her badge alone lets her in."""
    kiosk.badge(LENAS)
    return isinstance(kiosk.state.phase, s.Entering)


def test_within_the_window_the_badge_alone_enters() -> None:
    kiosk = lena_left()
    assert CLOSED not in kiosk.newest
    kiosk.passes(minutes=20).badge(LENAS).asks_for(do.KeepRecord, do.StartSession).kept()
    session = kiosk.at(s.Active).session
    assert (session.account.id, session.strength) == (w.LENA.id, Strength.BADGE)
    assert kiosk.records[-1].strength is Strength.BADGE


def test_without_a_badge_nothing_is_kept_open() -> None:
    assert CLOSED in lena_left(badges=False).newest


def test_the_tile_asks_for_the_pin_all_the_same() -> None:
    lena_left().tapped(w.LENA.id).sees(PinView)


def test_the_badge_over_the_page_of_ones_own_pin_enters_too() -> None:
    assert opens(lena_left().tapped(w.LENA.id))


def test_it_takes_over_from_somebody_at_work_in_one_gesture() -> None:
    kiosk = lena_left().badge(MARIAS).kept().started(terms=w.with_badges()).badge(LENAS).kept()
    assert kiosk.at(s.Active).session.account.id == w.LENA.id
    assert (Act.LEFT, w.MARIA.id) in kiosk.acts
    kiosk.badge(JAMESES).kept()
    assert CLOSED not in kiosk.newest, "and hers lasts on"
    assert opens(kiosk)


def test_ones_own_cover_opens_by_the_badge_long_after_the_tile_does_not() -> None:
    kiosk = lena_in().wants(want.LockWanted()).passes(minutes=50).badge(LENAS).kept()
    assert kiosk.at(s.Active).session.strength is Strength.BADGE
    assert kiosk.acts[-1] == (Act.RESUMED, w.LENA.id)


def test_it_is_over_after_four_hours() -> None:
    kiosk = lena_left()
    for _ in range(4):
        kiosk.passes(minutes=59)
        assert opens(kiosk)
        kiosk.kept().wants(want.DoneWanted())
    assert not opens(kiosk.passes(minutes=4))
    kiosk.sees(PinView)
    assert CLOSED in kiosk.wants(want.WentBack()).ticks().newest
    assert kiosk.state.known.windows == ()


def test_it_is_over_after_an_hour_of_not_being_at_work() -> None:
    kiosk = lena_in().passes(minutes=90).wants(want.DoneWanted())
    assert opens(kiosk.passes(minutes=59))
    kiosk.kept().ticks().wants(want.DoneWanted())
    kiosk.passes(minutes=60).ticks()
    assert CLOSED in kiosk.newest
    assert not opens(kiosk)


def test_its_end_does_not_disturb_who_is_at_work() -> None:
    kiosk = lena_in()
    for _ in range(5):
        kiosk.passes(minutes=55).wants(want.KeepWorkingWanted()).ticks()
        assert CLOSED not in kiosk.newest
    assert kiosk.at(s.Active).session.account.id == w.LENA.id
    assert kiosk.state.known.windows == ()
    assert CLOSED in kiosk.wants(want.DoneWanted()).newest


def test_sleep_ends_it() -> None:
    kiosk = lena_left().happens(said.Suspended(w.NOON))
    kiosk.asks_for(do.LockCredential(""))
    assert not opens(kiosk)


def test_a_clock_that_is_put_back_behind_it_ends_it() -> None:
    kiosk = lena_left().passes(minutes=-1)
    assert not opens(kiosk)
    assert CLOSED in kiosk.wants(want.WentBack()).ticks().newest


@pytest.mark.parametrize(
    "code", [Code.BADGE_UNKNOWN, Code.TRUST_LAPSED, Code.ACCOUNT_DEACTIVATED, Code.SESSION_ENDED]
)
def test_a_no_of_the_server_to_her_session_ends_it(code: Code) -> None:
    kiosk = lena_left().badge(LENAS).kept().refused(do.StartSession, code)
    assert CLOSED in kiosk.newest
    assert not opens(kiosk)


def test_a_badge_that_an_admin_resets_takes_it_along() -> None:
    kiosk = lena_left().ticks().passes(minutes=1)
    kiosk.news(replace(w.with_badges(kiosk.now), badges=w.BADGES[:2]))
    assert CLOSED in kiosk.newest


def test_whoever_leaves_the_clinic_takes_it_along() -> None:
    kiosk = lena_left().ticks().passes(minutes=1)
    kiosk.news(replace(w.with_badges(kiosk.now), own=()))
    assert do.ForgetOwn(w.LENA.id) in kiosk.newest
    assert kiosk.state.known.windows == ()


def test_where_the_clinic_allows_no_window_there_is_none() -> None:
    terms = w.with_badges()
    limits = replace(terms.limits, badge_window=timedelta(0))
    kiosk = lena_left()
    kiosk.ticks().news(replace(terms, limits=limits, issued_at=kiosk.now))
    assert not opens(kiosk)


def test_a_late_answer_neither_opens_one_nor_closes_what_it_keeps() -> None:
    kiosk = lena_left().tapped(w.LENA.id).wants(PIN)
    attempt = kiosk.number(do.UnwrapCredential)
    kiosk.happens(said.Suspended(kiosk.now)).happens(
        said.Answered(kiosk.now, attempt, replies.CredentialUnwrapped(w.LENA.id))
    ).asks_for(CLOSED)
    assert kiosk.state.known.windows == ()
    again = lena_left()
    again.happens(said.Answered(again.now, 1, replies.CredentialUnwrapped(w.LENA.id))).asks_for()
    assert opens(again)
