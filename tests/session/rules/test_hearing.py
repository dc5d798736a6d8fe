"""Who hears the news: the account that the computer joined with, or a personal one without it."""

from dataclasses import replace
from datetime import timedelta

from kiosk.session.model import effects as do
from kiosk.session.model import intents as want
from kiosk.session.model import state as s
from kiosk.session.model.audit import Act
from kiosk.session.model.challenge import Purpose
from kiosk.session.model.refusals import Code, Refusal
from kiosk.session.model.terms import PersonalTerms, Terms
from kiosk.session.model.trust import NoTrust, Trust
from kiosk.session.rules.accounts import personal_account
from tests.support import worlds as w
from tests.support.script import Script

FORM = want.AccountGiven("park@x.example", want.Ticket(72))
PIN = want.PinGiven(want.Ticket(71))
TERMS = timedelta(days=30)
NEWER = w.NOON + timedelta(minutes=1)


def of_lena(*others: PersonalTerms) -> Terms:
    """Lena's own terms, with whoever else has a login of their own there; no people, no names."""
    return replace(w.terms(NEWER, w.LENA), people=(), own=others)


def without_house() -> Script:
    """At the login screen: the shared account's trust is over, Lena's and Dr. Park's are not."""
    memory = replace(
        w.memory(),
        terms=replace(w.with_lena(), own=(terms(), PersonalTerms(w.PARK, w.NOON + TERMS))),
        own=(w.own(), w.own(account=w.PARK)),
        trust=NoTrust.REFUSED,
    )
    return Script.at_login(memory)


def terms() -> PersonalTerms:
    return PersonalTerms(w.LENA, w.NOON + TERMS)


def test_without_the_shared_account_a_personal_one_hears() -> None:
    """Law 12: a computer with nobody to ask would learn of no deactivation."""
    without_house().ticks().asks_for(do.FetchChanges(2, w.LENA.id))


def test_the_shared_account_hears_again_once_it_is_trusted() -> None:
    kiosk = without_house().ticks().news(of_lena(PersonalTerms(w.PARK, w.NOON + TERMS)))
    known = replace(kiosk.state.known, trust=Trust(w.OFFICE.id, w.NOON + TERMS))
    kiosk.state = replace(kiosk.state, known=known)
    kiosk.passes(minutes=1).ticks().asks_for(do.FetchChanges)
    assert kiosk.state.known.contact_account == w.OFFICE.id


def test_what_a_personal_account_hears_is_not_the_shared_ones() -> None:
    kiosk = without_house().ticks()
    before = kiosk.state.known
    kiosk.news(of_lena(PersonalTerms(w.PARK, w.NOON + timedelta(days=3))))
    known = kiosk.state.known
    assert (known.account, known.terms, known.trust) == (before.account, before.terms, before.trust)
    park = personal_account(known, w.PARK.id)
    assert park is not None
    assert park.trust == Trust(w.PARK.id, w.NOON + timedelta(days=3)), "never lengthened, cut short"


def test_the_trust_of_whoever_hears_is_cut_short_too() -> None:
    soon = w.NOON + timedelta(days=3)
    kiosk = without_house().ticks().news(replace(of_lena(), trust_horizon_at=soon))
    lena = personal_account(kiosk.state.known, w.LENA.id)
    assert lena is not None
    assert lena.trust == Trust(w.LENA.id, soon)


def test_a_no_to_whoever_hears_ends_their_own_session() -> None:
    kiosk = without_house().tapped(w.LENA.id).wants(PIN).unsealed().kept().passes(minutes=2)
    kiosk.ticks().refused(do.FetchChanges, Code.TRUST_MISSING)
    kiosk.at(s.AtLogin)
    assert kiosk.acts[-1] == (Act.TAKEN_OUT, w.LENA.id)


def test_a_no_to_what_was_sent_is_never_whoever_heard_last() -> None:
    """Found by the laws' state machine: what is sent goes up with the shared account's trust."""
    kiosk = without_house().ticks().news(None)
    known = replace(kiosk.state.known, trust=Trust(w.OFFICE.id, w.NOON + TERMS))
    kiosk.state = replace(kiosk.state, known=known)
    kiosk.tapped(w.MARIA.id).passes(seconds=3).ticks()
    kiosk.refused(do.SendQueued, Code.TRUST_LAPSED)
    assert kiosk.state.known.trust is NoTrust.REFUSED
    lena = personal_account(kiosk.state.known, w.LENA.id)
    assert lena is not None
    assert isinstance(lena.trust, Trust)


def test_joining_anew_does_not_wait_for_what_was_asked_with_the_old_trust() -> None:
    """Law 5: its no would end the trust that was just given."""
    kiosk = without_house().ticks().asks_for(do.FetchChanges)
    kiosk.tapped(w.LENA.id).wants(want.PinForgotten()).wants(FORM)
    kiosk.asked_for_a_code(Purpose.OWN).accepted()
    before = kiosk.state
    kiosk.refused(do.FetchChanges, Code.TRUST_MISSING).asks_for()
    assert kiosk.state == before


def test_whoever_is_not_listed_any_more_is_gone() -> None:
    kiosk = without_house().ticks().news(of_lena())
    assert personal_account(kiosk.state.known, w.PARK.id) is None
    assert personal_account(kiosk.state.known, w.LENA.id) is not None
    assert do.ForgetOwn(w.PARK.id) in kiosk.newest


def test_whoever_heard_of_their_own_end_is_gone_and_the_next_one_hears() -> None:
    kiosk = without_house().ticks().refused(do.FetchChanges, Code.ACCOUNT_DEACTIVATED)
    kiosk.at(s.AtLogin)
    assert do.ForgetOwn(w.LENA.id) in kiosk.newest
    assert isinstance(kiosk.state.phase, s.AtLogin)
    assert kiosk.state.phase.why is None, "it is nobody else's business"
    kiosk.passes(minutes=6).ticks().asks_for(do.FetchChanges)
    assert kiosk.state.known.contact_account == w.PARK.id


def test_a_revoked_computer_is_everybodys_end() -> None:
    kiosk = without_house().ticks().refused(do.FetchChanges, Code.DEVICE_REVOKED)
    forgotten = {e.account_id for e in kiosk.newest if isinstance(e, do.ForgetTrust)}
    assert forgotten == {w.OFFICE.id, w.LENA.id, w.PARK.id}
    assert isinstance(kiosk.state.phase, s.AtLogin)
    assert isinstance(kiosk.state.phase.why, Refusal)


def test_the_day_is_read_of_whoever_hears() -> None:
    """Else the list of the room would stay as old as the shared account's last word."""
    kiosk = without_house().tapped(w.LENA.id)
    kiosk.at(s.AskingPin)
    kiosk.wants(PIN).unsealed()
    reads = [e for e in kiosk.newest if isinstance(e, do.ReadDay)]
    assert [e.account_id for e in reads] == [w.LENA.id]
