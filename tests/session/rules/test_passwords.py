"""The shared account's new password: typed once, no code, and nobody starts clean before."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.session.model import effects as do
from kiosk.session.model import events as said
from kiosk.session.model import intents as want
from kiosk.session.model import replies
from kiosk.session.model import state as s
from kiosk.session.model.audit import Act
from kiosk.session.model.challenge import Purpose
from kiosk.session.model.intents import Ticket
from kiosk.session.model.people import SOMEONE_ELSE
from kiosk.session.model.refusals import Code, Fault, Refusal, Unreachable
from kiosk.session.pages.views import LoginView, PasswordView
from tests.support import worlds as w
from tests.support.script import Script

TYPED = want.PasswordGiven(Ticket(81))


def asked() -> Script:
    """Maria tapped, and was taken out again: an admin has changed the password."""
    return Script.at_login().tapped(w.MARIA.id).kept().refused(do.StartSession, CHANGED)


def owing() -> Script:
    """A computer that knew it before it was started."""
    return Script.at_login(replace(w.memory(), renewal_due=True))


CHANGED = Code.PASSWORD_CHANGED


def test_whoever_tapped_types_it_once_and_is_in() -> None:
    kiosk = asked()
    assert kiosk.acts == [(Act.ENTERED, w.MARIA.id), (Act.TAKEN_OUT, w.MARIA.id)]
    page = kiosk.sees(PasswordView)
    assert "no code is needed" in page.text
    assert w.OFFICE.label in page.text
    kiosk.wants(TYPED)
    kiosk.asks_for(do.RenewPassword(kiosk.number(do.RenewPassword), w.OFFICE.id, Ticket(81)))
    assert kiosk.sees(PasswordView).busy
    kiosk.renewed().asks_for(do.ReadDay, do.KeepRecord, do.StartSession)
    kiosk.kept().started()
    assert kiosk.at(s.Active).session.person == w.MARIA


def test_trust_is_as_it_was() -> None:
    before = Script.at_login().state.known.trust
    kiosk = asked()
    assert kiosk.state.known.trust == before
    assert not [e for e in kiosk.all if isinstance(e, do.ForgetTrust | do.OpenChallenge)]
    kiosk.wants(TYPED).renewed()
    assert kiosk.state.known.trust == before, "typing it moves no horizon (law 7)"


def test_the_next_tap_asks_for_it_at_once() -> None:
    kiosk = asked().wants(want.WentBack())
    tiles = kiosk.sees(LoginView).tiles
    assert {t.detail for t in tiles if not t.personal} >= {"New password needed"}
    kiosk.tapped(w.JAMES.id).asks_for()
    assert kiosk.at(s.AskingPassword).person_id == w.JAMES.id
    assert len(kiosk.acts) == 2, "nobody was let in and taken out again"


def test_it_is_known_after_a_restart_too() -> None:
    owing().tapped(w.MARIA.id).at(s.AskingPassword)


def test_a_pulled_cable_lets_nobody_in_without_it() -> None:
    """What the server took away stays away."""
    kiosk = (
        owing().tapped(w.MARIA.id).wants(TYPED).unreached(do.RenewPassword, Unreachable.NO_INTERNET)
    )
    page = kiosk.sees(PasswordView)
    assert page.notice is not None
    assert page.notice.title == "No internet."
    kiosk.wants(want.WentBack()).tapped(w.MARIA.id).at(s.AskingPassword)
    assert kiosk.acts == []


def test_a_wrong_one_is_said_and_asked_for_again() -> None:
    kiosk = owing().tapped(w.MARIA.id).wants(TYPED)
    kiosk.refused(do.RenewPassword, Code.CREDENTIALS_WRONG, tries_left=4)
    page = kiosk.sees(PasswordView)
    assert page.notice is not None
    assert page.notice.title == "That is not the new password."
    assert page.notice.text.endswith("4 tries left.")
    assert not page.busy
    kiosk.wants(TYPED).renewed().kept().at(s.Active)


@pytest.mark.parametrize("code", [Code.TRUST_LAPSED, Code.TRUST_REVOKED, Code.DEVICE_REVOKED])
def test_where_trust_is_over_more_is_needed_than_the_password(code: Code) -> None:
    kiosk = owing().tapped(w.MARIA.id).wants(TYPED).refused(do.RenewPassword, code)
    assert kiosk.sees(LoginView).notice is not None
    kiosk.tapped(w.MARIA.id).at(s.AskingForCode)
    kiosk.refused(do.OpenChallenge, CHANGED).at(s.AskingAccount)


def test_a_computer_without_trust_joins_anew_with_the_new_password() -> None:
    kiosk = owing().tapped(w.MARIA.id)
    kiosk = Script.at_login(replace(w.memory(trusted=False), renewal_due=True)).tapped(w.MARIA.id)
    kiosk.refused(do.OpenChallenge, CHANGED).at(s.AskingAccount)
    kiosk.wants(want.AccountGiven("desk@lakeside.example", Ticket(41)))
    kiosk.wants(want.SecurePlaceAffirmed()).asked_for_a_code(Purpose.JOIN).accepted()
    kiosk.wants(want.Continued()).tapped(w.MARIA.id).kept().at(s.Active)


def test_a_removal_says_what_is_missing_and_stays_where_it_was() -> None:
    kiosk = owing().wants(want.ThisComputerWanted()).wants(want.RemovalWanted())
    kiosk.wants(want.RemovalConfirmed()).refused(do.OpenChallenge, CHANGED)
    assert isinstance(kiosk.at(s.ConfirmingRemoval).why, Refusal)


def test_a_removal_that_heard_of_it_first_lets_nobody_in_and_out_again() -> None:
    kiosk = Script.at_login().wants(want.ThisComputerWanted()).wants(want.RemovalWanted())
    kiosk.wants(want.RemovalConfirmed()).refused(do.OpenChallenge, CHANGED)
    kiosk.wants(want.WentBack()).wants(want.WentBack()).tapped(w.MARIA.id).at(s.AskingPassword)
    assert kiosk.acts == []


def test_somebody_elses_session_ends_before_the_next_one_types_it() -> None:
    """The patient on screen of one person is never shown to the next."""
    kiosk = Script.locked()
    kiosk.state = replace(kiosk.state, known=replace(kiosk.state.known, renewal_due=True))
    kiosk.tapped(w.JAMES.id).asks_for(do.ClosePage, do.EndSession("ses-1"), do.KeepRecord)
    assert kiosk.acts[-1] == (Act.LEFT, w.MARIA.id)
    assert kiosk.at(s.AskingPassword).person_id == w.JAMES.id


def test_who_is_at_work_goes_on_and_comes_back_to_their_own() -> None:
    kiosk = Script.locked()
    kiosk.state = replace(kiosk.state, known=replace(kiosk.state.known, renewal_due=True))
    hers = next(t for t in kiosk.sees(LoginView).tiles if t.person_id == w.MARIA.id)
    assert hers.detail == "Tap to continue"
    kiosk.tapped(w.MARIA.id).kept()
    assert kiosk.at(s.Active).session.id == "ses-1"


def test_a_float_types_it_too() -> None:
    kiosk = owing().tapped(SOMEONE_ELSE).wants(want.NameGiven("Noor", "a"))
    kiosk.wants(TYPED).renewed().kept()
    assert kiosk.at(s.Active).session.person.name == "Noor A."


def test_a_login_of_ones_own_is_not_asked() -> None:
    memory = replace(w.memory(), terms=w.with_lena(), own=(w.own(),), renewal_due=True)
    kiosk = Script.at_login(memory).tapped(w.LENA.id).wants(want.PinGiven(Ticket(61)))
    kiosk.unsealed().kept().started()
    assert kiosk.at(s.Active).session.account == w.LENA
    assert kiosk.state.known.renewal_due, "and it is still owed"


def test_no_word_about_a_login_of_ones_own_asks_for_the_shared_one() -> None:
    """No server of this contract says it of one; whoever does is told so, at the tiles."""
    memory = replace(w.memory(), terms=w.with_lena(), own=(w.own(),), renewal_due=True)
    kiosk = Script.at_login(memory).tapped(w.LENA.id).wants(want.PinGiven(Ticket(61)))
    kiosk.unsealed().kept().refused(do.StartSession, CHANGED)
    assert isinstance(kiosk.at(s.AtLogin).why, Refusal)


def test_a_session_that_the_server_starts_shows_that_nothing_is_owed() -> None:
    """The yes to the new password came late; who came back before the next tap has used it."""
    kiosk = Script.at_login().tapped(w.MARIA.id).kept().unreached(do.StartSession)
    kiosk.wants(want.LockWanted())
    kiosk.state = replace(kiosk.state, known=replace(kiosk.state.known, renewal_due=True))
    kiosk.tapped(w.MARIA.id).kept().started()
    assert not kiosk.state.known.renewal_due


def test_a_badge_asks_for_it_as_a_tap_does() -> None:
    memory = replace(w.memory(), terms=w.with_badges(), renewal_due=True)
    kiosk = Script.at_login(memory).badge("a" * 64)
    assert kiosk.at(s.AskingPassword).person_id == w.MARIA.id


@pytest.mark.parametrize("answering", [False, True])
def test_what_is_typed_twice_or_left_alone_is_dropped(answering: bool) -> None:
    kiosk = owing().tapped(w.MARIA.id)
    if answering:
        kiosk.wants(TYPED).wants(want.PasswordGiven(Ticket(82))).asks_for(do.DropSecret(Ticket(82)))
    else:
        kiosk.wants(want.WentBack()).wants(TYPED).asks_for(do.DropSecret(Ticket(81)))


def test_a_page_that_is_left_alone_makes_room_for_the_tiles() -> None:
    kiosk = owing().tapped(w.MARIA.id).passes(minutes=6).ticks(timedelta(minutes=4))
    kiosk.at(s.AskingPassword)
    kiosk.ticks(timedelta(minutes=5)).at(s.AtLogin)


def test_it_is_not_left_while_the_answer_is_under_way() -> None:
    kiosk = owing().tapped(w.MARIA.id).wants(TYPED)
    kiosk.wants(want.WentBack()).passes(minutes=6).ticks(timedelta(hours=1)).at(s.AskingPassword)


@pytest.mark.parametrize("event", [said.ScreenLocked, said.Suspended])
def test_a_yes_lets_nobody_in_behind_a_lock(
    event: type[said.ScreenLocked | said.Suspended],
) -> None:
    """Who typed it has gone; who comes back taps."""
    kiosk = owing().tapped(w.MARIA.id).wants(TYPED).happens(event(w.NOON))
    kiosk.at(s.AtLogin)
    kiosk.renewed().asks_for()
    kiosk.at(s.AtLogin)
    kiosk.tapped(w.MARIA.id).wants(TYPED).renewed().kept().at(s.Active)


def test_a_keychain_that_does_not_take_it_is_said() -> None:
    kiosk = owing().tapped(w.MARIA.id).wants(TYPED)
    kiosk.faulted(do.RenewPassword, Fault.KEYCHAIN_LOCKED)
    notice = kiosk.sees(PasswordView).notice
    assert notice is not None
    assert notice.title == "The keychain is locked."


def test_a_late_yes_changes_nothing() -> None:
    """Law 5."""
    kiosk = owing().tapped(w.MARIA.id).wants(TYPED)
    late = said.Answered(kiosk.now, kiosk.number(do.RenewPassword), replies.PasswordRenewed())
    kiosk.unreached(do.RenewPassword).wants(want.WentBack())
    before = kiosk.state
    assert kiosk.happens(late).state == before
