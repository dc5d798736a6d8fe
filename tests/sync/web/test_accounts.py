"""What a try at a site leaves behind, and what it is called when nobody is in."""

import pytest

from kiosk.session.model.refusals import Code, Reason, Refusal, Unreachable
from kiosk.session.model.site import PageState, Seen, Whose
from kiosk.session.model.trust import Trust
from kiosk.sync.secrets.safe import Credential, TrustSecret
from kiosk.sync.web.accounts import reason_of
from kiosk.sync.web.conversation import Ending
from kiosk.sync.web.login import Login
from tests.support.fake_site import EMAIL, PASSWORD
from tests.support.site_kiosk import PLACE, SiteKiosk

MARIA = Whose("web-1", "Maria L.")
SEEN = Seen(PageState.UNKNOWN, 1)


def tried(kiosk: SiteKiosk, password: str, *, is_typed: bool) -> object:
    seen = kiosk.site.open_anew(MARIA)
    told = kiosk.accounts.sign_in(
        MARIA, seen, Login(EMAIL, password, kiosk.accounts.bound(PLACE.server)), is_typed=is_typed
    )
    return told[0] if isinstance(told, tuple) else told


def test_a_no_latches_and_a_yes_opens_again(kiosk: SiteKiosk) -> None:
    kiosk.accounts.submissions.clear(MARIA.account_id)
    assert tried(kiosk, "wrong", is_typed=False) is Ending.REFUSED
    assert tried(kiosk, PASSWORD, is_typed=False) is Ending.HELD_BACK
    assert tried(kiosk, PASSWORD, is_typed=True) is Ending.CODE_ASKED
    assert kiosk.accounts.submissions.may_fill(MARIA.account_id)


def test_trust_moves_with_a_sign_in_that_was_taken(kiosk: SiteKiosk) -> None:
    """Law 7."""
    kiosk.join()
    credential = kiosk.accounts.credential(kiosk.account_id)
    assert isinstance(credential, Credential)
    let_in = kiosk.accounts.let_in(credential.account)
    assert isinstance(let_in, tuple)
    assert let_in[0] == Trust(kiosk.account_id, None)
    assert isinstance(kiosk.accounts.safe.trust(kiosk.account_id), TrustSecret)


@pytest.mark.parametrize("ending", Ending)
def test_every_ending_has_a_reason(ending: Ending) -> None:
    assert isinstance(reason_of(ending, SEEN), Reason)


@pytest.mark.parametrize(
    ("ending", "why"),
    [
        (Ending.CODE_ASKED, Refusal(Code.TRUST_MISSING)),
        (Ending.HELD_BACK, Refusal(Code.PASSWORD_CHANGED)),
        (Ending.DOWN, Unreachable.NO_ANSWER),
    ],
)
def test_the_core_knows_what_to_do_about_it(ending: Ending, why: Reason) -> None:
    assert reason_of(ending, SEEN) == why
