"""Which account a rule is about, and what ends the trust of one and leaves the others."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.session.model import effects as do
from kiosk.session.model.people import Account, Role
from kiosk.session.model.refusals import ENDS_TRUST, OF_THE_COMPUTER, Code, Refusal
from kiosk.session.model.state import Known
from kiosk.session.model.terms import Word
from kiosk.session.model.trust import NoTrust, Trust
from kiosk.session.rules.accounts import (
    apply_no_to_trust,
    governed,
    personal_account,
    personal_accounts,
    reconciled,
    trust_of,
    with_seal,
    with_trust,
)
from tests.support import worlds as w

KNOWN = Known(w.PLACE, account=w.OFFICE, trust=w.trust(), terms=w.with_lena(), own=(w.own(),))
ALONE = replace(KNOWN, account=w.LENA, trust=w.own().trust, terms=w.terms(account=w.LENA), own=())
LATER = w.NOON + timedelta(hours=1)


@pytest.mark.parametrize("code", Code)
def test_what_a_refusal_does_to_trust(code: Code) -> None:
    known, effects = apply_no_to_trust(KNOWN, Refusal(code), w.OFFICE.id)
    if code in OF_THE_COMPUTER:
        assert (known.trust, known.own[0].trust) == (NoTrust.REFUSED, NoTrust.REFUSED)
        assert set(effects) == {do.ForgetTrust(w.OFFICE.id), do.ForgetTrust(w.LENA.id)}
    elif code in ENDS_TRUST:
        assert known == replace(KNOWN, trust=NoTrust.REFUSED)
        assert effects == (do.ForgetTrust(w.OFFICE.id),)
    elif code is Code.PASSWORD_CHANGED:
        assert (known, effects) == (replace(KNOWN, renewal_due=True), ())
    else:
        assert (known, effects) == (KNOWN, ())


@pytest.mark.parametrize("code", sorted(ENDS_TRUST - OF_THE_COMPUTER))
def test_what_ends_one_persons_trust_leaves_everybody_elses(code: Code) -> None:
    """facts.md S3."""
    known, effects = apply_no_to_trust(KNOWN, Refusal(code), w.LENA.id)
    assert (known.account, known.trust) == (KNOWN.account, KNOWN.trust)
    if code is Code.ACCOUNT_DEACTIVATED:
        assert known.own == ()
        assert effects == (do.ForgetOwn(w.LENA.id),)
    else:
        assert known.own == (replace(w.own(), trust=NoTrust.REFUSED),)
        assert effects == (do.ForgetTrust(w.LENA.id),)


def test_what_nobody_here_is_refused_changes_nothing() -> None:
    assert apply_no_to_trust(KNOWN, Refusal(Code.TRUST_MISSING), "acc-nobody") == (KNOWN, ())


def test_a_computer_may_have_joined_with_somebodys_own_account() -> None:
    assert [each.account for each in personal_accounts(ALONE)] == [w.LENA]
    assert with_seal(ALONE, w.LENA.id, sealed=True).sealed
    assert with_trust(ALONE, w.LENA.id, NoTrust.REFUSED).trust is NoTrust.REFUSED
    assert trust_of(ALONE, w.LENA.id) == ALONE.trust
    assert personal_accounts(KNOWN) == KNOWN.own


def test_a_grant_governs_whom_it_lists_and_nobody_else() -> None:
    assert governed(KNOWN, w.LENA.id, w.NOON)
    assert not governed(replace(KNOWN, terms=w.terms()), w.LENA.id, w.NOON)
    assert not governed(KNOWN, w.LENA.id, w.NOON + timedelta(days=2))
    ended = with_trust(KNOWN, w.LENA.id, Trust(w.LENA.id, w.NOON))
    assert not governed(ended, w.LENA.id, w.NOON)
    assert governed(ended, w.OFFICE.id, w.NOON)


def test_whoever_the_server_lists_no_longer_is_gone_with_everything() -> None:
    """Law 12."""
    known, effects = reconciled(KNOWN, w.terms(LATER))
    assert (known.own, effects) == ((), (do.ForgetOwn(w.LENA.id),))


def test_terms_that_were_set_at_the_computer_say_nothing_of_anybodys_own_login() -> None:
    set_here = replace(w.terms(LATER), word=Word.HERE)
    assert reconciled(KNOWN, set_here) == (KNOWN, ())


def test_older_news_does_not_know_who_came_since() -> None:
    known, effects = reconciled(KNOWN, w.terms(w.NOON))
    assert (known, effects) == (KNOWN, ())


def test_news_tells_rights_and_never_lengthens_trust() -> None:
    """Law 7."""
    provider = Account(w.LENA.id, "Dr. Park", False, frozenset({Role.PROVIDER}))
    terms = replace(w.with_lena().own[0], account=provider)
    longer = replace(terms, trust_horizon_at=w.NOON + timedelta(days=90))
    known, _ = reconciled(KNOWN, replace(w.terms(LATER), own=(longer,)))
    own = personal_account(known, w.LENA.id)
    assert own is not None
    assert own == replace(w.own(), account=provider)
    shorter = replace(terms, trust_horizon_at=w.NOON + timedelta(days=1))
    known, _ = reconciled(KNOWN, replace(w.terms(LATER), own=(shorter,)))
    assert trust_of(known, w.LENA.id) == Trust(w.LENA.id, w.NOON + timedelta(days=1))
