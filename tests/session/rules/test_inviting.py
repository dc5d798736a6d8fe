"""An invitation: from the link of an e-mail to one tap from now on (facts.md S8 to S12)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.session.model import effects as do
from kiosk.session.model import events as said
from kiosk.session.model import intents as want
from kiosk.session.model import replies
from kiosk.session.model import state as s
from kiosk.session.model.challenge import Purpose
from kiosk.session.model.intents import Ticket
from kiosk.session.model.people import Role
from kiosk.session.model.refusals import Code, Fault, Refusal, Unreachable
from kiosk.session.pages.views import AccountView, InvitationView, SettingUpView
from tests.support import worlds as w
from tests.support.script import Script

PHONE = "+1 555 0100 021"


def asked() -> Script:
    """A new computer whose account has an invitation."""
    kiosk = Script.new().wants(want.PlaceGiven(w.PLACE))
    assert kiosk.sees(AccountView).invitation
    return kiosk.wants(want.InvitationWanted())


def setting_up() -> Script:
    """The link was good."""
    return asked().wants(want.InvitationGiven(Ticket(40))).invitation()


def test_from_the_link_to_one_tap_from_now_on() -> None:
    kiosk = asked().wants(want.InvitationGiven(Ticket(40)))
    kiosk.asks_for(do.ReadInvitation(1 + 1, w.PLACE, Ticket(40)))
    assert kiosk.sees(InvitationView).busy
    kiosk.invitation()
    page = kiosk.sees(SettingUpView)
    assert page.title == "Set up Harbor Front Desk"
    assert "Lakeside Oral Surgery invited harbor@lakeside.example" in page.text
    kiosk.wants(want.SetUpGiven(Ticket(42), f" {PHONE} "))
    accept = next(e for e in kiosk.newest if isinstance(e, do.AcceptInvitation))
    assert (accept.password, accept.phone) == (Ticket(42), PHONE)
    kiosk.set_up(41)
    assert kiosk.at(s.Affirming) == s.Affirming(w.PLACE, w.INVITED.email, Ticket(41))
    kiosk.wants(want.SecurePlaceAffirmed())
    join = next(e for e in kiosk.newest if isinstance(e, do.OpenEnrolment))
    assert (join.purpose, join.email, join.password) == (
        Purpose.JOIN,
        w.INVITED.email,
        Ticket(41),
    )
    kiosk.asked_for_a_code(Purpose.JOIN).accepted()
    kiosk.at(s.Joined)


@pytest.mark.parametrize("code", [Code.INVITATION_OVER, Code.INVITATION_UNKNOWN])
def test_a_link_that_does_not_work_is_asked_for_again(code: Code) -> None:
    kiosk = asked().wants(want.InvitationGiven(Ticket(40))).refused(do.ReadInvitation, code)
    assert kiosk.sees(InvitationView).notice is not None
    kiosk.wants(want.InvitationGiven(Ticket(42))).asks_for(do.ReadInvitation)


def test_a_link_that_was_used_meanwhile_goes_back_to_the_link() -> None:
    kiosk = setting_up().wants(want.SetUpGiven(Ticket(42), PHONE))
    kiosk.refused(do.AcceptInvitation, Code.INVITATION_OVER)
    notice = kiosk.sees(InvitationView).notice
    assert notice is not None
    assert "go back and sign in with the password you chose" in notice.text


def test_nobody_may_be_signed_in_here_meanwhile() -> None:
    """S9: and the invitation is not used up."""
    kiosk = setting_up().wants(want.SetUpGiven(Ticket(42), PHONE))
    kiosk.refused(do.AcceptInvitation, Code.SESSION_ALIVE)
    notice = kiosk.sees(SettingUpView).notice
    assert notice is not None
    assert notice.title == "Somebody is still signed in to Xchart here."
    kiosk.wants(want.SetUpGiven(Ticket(43), PHONE)).asks_for(do.AcceptInvitation)


def test_a_phone_that_is_none_is_said_before_anything_is_sent() -> None:
    kiosk = setting_up().wants(want.SetUpGiven(Ticket(42), "555"))
    kiosk.asks_for(do.DropSecret(Ticket(42)))
    assert kiosk.sees(SettingUpView).notice is not None


def test_no_server_and_no_keychain_are_said_where_one_stands() -> None:
    for kiosk in (
        setting_up().wants(want.SetUpGiven(Ticket(42), PHONE)).unreached(do.AcceptInvitation),
        setting_up()
        .wants(want.SetUpGiven(Ticket(42), PHONE))
        .faulted(do.AcceptInvitation, Fault.KEYCHAIN_LOCKED),
    ):
        assert kiosk.sees(SettingUpView).notice is not None
        assert kiosk.at(s.SettingUp).attempt == 0
    kiosk = asked().wants(want.InvitationGiven(Ticket(40)))
    kiosk.unreached(do.ReadInvitation, Unreachable.PORTAL)
    assert kiosk.sees(InvitationView).notice is not None


def test_the_way_back_is_open_until_something_is_under_way() -> None:
    kiosk = setting_up().wants(want.WentBack())
    kiosk.at(s.AskingInvitation)
    kiosk.wants(want.WentBack()).at(s.AskingAccount)
    kiosk = setting_up().wants(want.SetUpGiven(Ticket(42), PHONE)).wants(want.WentBack())
    kiosk.at(s.SettingUp)


def test_what_is_typed_twice_is_given_back() -> None:
    """Law 10: no secret stays in its slot."""
    kiosk = asked().wants(want.InvitationGiven(Ticket(40))).wants(want.InvitationGiven(Ticket(44)))
    kiosk.asks_for(do.DropSecret(Ticket(44)))
    kiosk = setting_up().wants(want.SetUpGiven(Ticket(42), PHONE))
    kiosk.wants(want.SetUpGiven(Ticket(45), PHONE)).asks_for(do.DropSecret(Ticket(45)))
    Script.at_login().wants(want.SetUpGiven(Ticket(46), PHONE)).asks_for(do.DropSecret(Ticket(46)))
    late = said.Answered(w.NOON, 99, replies.InvitationAccepted(Ticket(47)))
    Script.at_login().happens(late).asks_for(do.DropSecret(Ticket(47)))


def test_nobody_goes_on_and_what_was_begun_is_gone_by_the_morning() -> None:
    idle = timedelta(minutes=6)
    asked().passes(minutes=6).ticks(idle=idle).at(s.AskingAccount)
    setting_up().passes(minutes=6).ticks(idle=idle).at(s.AskingAccount)


def test_an_invited_account_with_rights_it_must_not_have_still_does_not_join() -> None:
    """Law 6, S7: an invitation is no way around it."""
    kiosk = setting_up().wants(want.SetUpGiven(Ticket(42), PHONE)).set_up()
    kiosk.wants(want.SecurePlaceAffirmed())
    kiosk.opened(Purpose.JOIN, replace(w.OFFICE, roles=frozenset({Role.MEMBER, Role.ADMIN})))
    assert isinstance(kiosk.at(s.AskingAccount).why, Refusal)
