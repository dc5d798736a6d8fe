"""A tap at a site: from memory, filled in once, or why not; and the typed password."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.session.model.people import Strength
from kiosk.session.model.refusals import Code, Reason, Refusal, Unreachable
from kiosk.session.model.site import PageState, Press, read_whose
from kiosk.session.ports import Started
from kiosk.sync.web.sign_in import SiteSignIn
from tests.support.fake_site import PASSWORD
from tests.support.site_kiosk import SiteKiosk
from tests.sync.web.conftest import Start


class Killed(BaseException):
    """No code of the kiosk goes on."""


def tapped(kiosk: SiteKiosk, person: str = "Maria L.") -> Started | Reason:
    joining = kiosk.accounts.remembered.joining()
    account = joining.account_id if joining else "web-none"
    return kiosk.sign_in.start_session(account, person, Strength.TILE)


def test_a_page_that_is_signed_in_is_shown_without_a_word(kiosk: SiteKiosk) -> None:
    kiosk.join()
    before = kiosk.site.passwords()
    started = tapped(kiosk)
    assert isinstance(started, Started)
    whose = read_whose(started.page)
    assert whose is not None
    assert (whose.person_id, kiosk.site.passwords()) == ("Maria L.", before)


def test_after_a_restart_it_is_filled_in_once(kiosk: SiteKiosk, start: Start) -> None:
    kiosk.join()
    kiosk.site.restart()
    before = kiosk.site.passwords()
    assert isinstance(tapped(start(kiosk.site)), Started)
    assert kiosk.site.passwords() == before + 1


def test_a_site_that_forgot_the_computer_wants_its_code(kiosk: SiteKiosk, start: Start) -> None:
    kiosk.join()
    kiosk.site.restart()
    kiosk.site.remembers = False
    assert tapped(start(kiosk.site)) == Refusal(Code.TRUST_MISSING)


def test_after_a_no_nothing_is_sent_until_somebody_types_it(kiosk: SiteKiosk, start: Start) -> None:
    kiosk.join()
    kiosk.site.restart()
    kiosk.site.says = PageState.REFUSED
    before = kiosk.site.passwords()
    for _ in range(3):
        assert tapped(start(kiosk.site)) == Refusal(Code.PASSWORD_CHANGED)
        kiosk.site.restart()
    assert kiosk.site.passwords() == before + 1
    kiosk.site.says = None
    again, account = start(kiosk.site), kiosk.accounts.remembered.joining()
    assert account is not None
    wrong = again.sign_in.renew_password(account.account_id, "three loud herons")
    assert wrong == Refusal(Code.CREDENTIALS_WRONG)
    assert again.sign_in.renew_password(account.account_id, PASSWORD) is None
    assert isinstance(tapped(start(kiosk.site)), Started)


def test_a_kill_in_the_press_counts(kiosk: SiteKiosk, start: Start) -> None:
    """Across crashes and restarts: the count is on the disk before anything is pressed."""
    kiosk.join()
    kiosk.site.restart()

    def killed() -> None:
        raise Killed

    kiosk.site.before_press = killed
    for _ in range(3):
        with pytest.raises(Killed):
            tapped(start(kiosk.site))
    assert tapped(start(kiosk.site)) == Refusal(Code.PASSWORD_CHANGED)


@pytest.mark.parametrize(
    ("status", "why"),
    [
        (503, Unreachable.SERVER_FAULT),
        (429, Unreachable.BUSY),
        (401, Unreachable.NO_ANSWER),
    ],
)
def test_a_site_that_is_down_is_said(kiosk: SiteKiosk, status: int, why: Unreachable) -> None:
    kiosk.join()
    kiosk.site.down = status
    assert tapped(kiosk) is why


@pytest.mark.parametrize("state", [PageState.PERSON_WANTED, PageState.CHANGE_WANTED])
def test_what_only_a_person_can_do_is_shown_to_one(
    kiosk: SiteKiosk, start: Start, state: PageState
) -> None:
    kiosk.join()
    kiosk.site.restart()
    kiosk.site.says = state
    assert isinstance(tapped(start(kiosk.site)), Started)


def test_a_press_that_would_lead_elsewhere_enters_nobody(kiosk: SiteKiosk, start: Start) -> None:
    kiosk.join()
    kiosk.site.restart()
    kiosk.site.presses = [Press.UNSAFE]
    assert tapped(start(kiosk.site)) is Unreachable.NOT_UNDERSTOOD


def test_edited_settings_lead_the_password_nowhere_else(kiosk: SiteKiosk) -> None:
    """T24: it was typed for another site; it is asked for again, and nothing is sent."""
    kiosk.join()
    kiosk.site.restart()
    before = len(kiosk.site.sent)
    settings = kiosk.accounts.settings
    edited = replace(settings, site=replace(settings.site, sign_in="https://elsewhere.example"))
    sign_in = SiteSignIn(replace(kiosk.accounts, settings=edited))
    told = sign_in.start_session(kiosk.account_id, "Jo", Strength.TILE)
    assert told == Refusal(Code.PASSWORD_CHANGED)
    assert len(kiosk.site.sent) == before


def test_each_person_is_given_a_page_of_their_own(kiosk: SiteKiosk) -> None:
    kiosk.join()
    started = [tapped(kiosk, name) for name in ("Maria L.", "Jo")]
    assert len({each.page for each in started if isinstance(each, Started)}) == 2


def test_a_page_is_to_be_had_again_as_long_as_the_session_lasts(kiosk: SiteKiosk) -> None:
    kiosk.join()
    started = tapped(kiosk)
    assert isinstance(started, Started)
    assert kiosk.sign_in.page_for(started.session_id) == started.page
    kiosk.sign_in.end_session(started.session_id)
    assert kiosk.sign_in.page_for(started.session_id) == Refusal(Code.SESSION_ENDED)


def test_an_account_that_is_not_here_enters_nobody(kiosk: SiteKiosk) -> None:
    assert tapped(kiosk) == Refusal(Code.DEVICE_PASSWORD_WRONG)


def test_without_trust_no_page_is_even_opened(kiosk: SiteKiosk) -> None:
    """Law 1."""
    kiosk.join()
    joining = kiosk.accounts.remembered.joining()
    assert joining is not None
    kiosk.accounts.safe.forget_trust(joining.account_id)
    assert tapped(kiosk) == Refusal(Code.TRUST_MISSING)


def test_a_site_that_wants_to_be_left_alone_is_by_itself_and_not_by_whoever_presses(
    kiosk: SiteKiosk,
) -> None:
    """RFC 9110 section 10.2.3: Retry-After."""
    kiosk.join()
    now = kiosk.accounts.now()
    clock = [now]
    sign_in = SiteSignIn(replace(kiosk.accounts, now=lambda: clock[0]))

    def opens(*, by_itself: bool) -> object:
        return sign_in.start_session(kiosk.account_id, "Jo", Strength.TILE, by_itself=by_itself)

    kiosk.site.restart()
    kiosk.site.down, kiosk.site.again_after = 503, 60
    assert opens(by_itself=False) is Unreachable.SERVER_FAULT
    kiosk.site.down = kiosk.site.again_after = 0
    clock[0] = now + timedelta(seconds=59)
    assert opens(by_itself=True) is Unreachable.BUSY
    assert isinstance(opens(by_itself=False), Started), "a press asks at once"
    kiosk.site.restart()
    kiosk.site.down, kiosk.site.again_after = 503, 86_400
    opens(by_itself=False)
    kiosk.site.down = kiosk.site.again_after = 0
    clock[0] += timedelta(minutes=5)
    assert isinstance(opens(by_itself=True), Started), "somebody stands there"
