"""Signing in at a page: each part once, whatever the site shows, and a stop with its reason."""

from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.session.model.refusals import Fault
from kiosk.session.model.site import PageState, Part, Press, Seen, Whose
from kiosk.sync.web.conversation import Ending, converse, next_move
from tests.support.fake_site import CODE, EMAIL, PASSWORD, FakeSite

MARIA = Whose("web-1", "Maria L.")
TYPED = {Part.EMAIL: EMAIL, Part.PASSWORD: PASSWORD}
LOOKS = st.builds(
    Seen, st.sampled_from(PageState), st.integers(0, 9), both=st.booleans(), status=st.just(200)
)


class Arbitrary:
    """A site that shows anything after anything."""

    def __init__(self, looks: list[Seen], presses: list[Press]) -> None:
        self.looks, self.presses, self.sent = looks, presses, list[dict[Part, str]]()

    def find(self, whose: Whose) -> Seen:
        return self.looks.pop() if self.looks else Seen(PageState.UNKNOWN, 0)

    look = open_anew = find

    def follow(self, whose: Whose, seen: Seen) -> Seen:
        return self.find(whose)

    def fill(self, whose: Whose, seen: Seen, typed: Mapping[Part, str]) -> Press:
        press = self.presses.pop() if self.presses else Press.PRESSED
        if press is Press.PRESSED:
            self.sent.append(dict(typed))
        return press

    def sign_out(self, account_id: str) -> bool:
        return True

    def rehearse(self, account_id: str) -> Seen:
        return self.find(MARIA)

    def expect(self, account_id: str, email: str) -> None:
        pass

    def open_apart(self, account_id: str) -> Seen:
        return self.find(MARIA)

    def end_apart(self, account_id: str, *, adopt: bool) -> None:
        pass

    def let_go(self, account_id: str) -> None:
        pass


def no_fault() -> Fault | None:
    return None


@given(st.lists(LOOKS, max_size=12), st.lists(st.sampled_from(Press), max_size=6))
def test_whatever_a_site_shows_each_part_is_sent_once_at_most(
    looks: list[Seen], presses: list[Press]
) -> None:
    """Public reports: a loop of sign-ins bans the clinic's address."""
    site, counted = Arbitrary(looks, presses), list[int]()

    def count() -> Fault | None:
        counted.append(len(site.sent))
        return None

    ended = converse(site, MARIA, site.find(MARIA), TYPED, may_fill=True, before_password=count)
    assert isinstance(ended, tuple)
    assert sum(Part.PASSWORD in each for each in site.sent) <= 1
    assert len(counted) <= 1
    # Counted before it was pressed, never after.
    assert all(Part.PASSWORD not in each for each in site.sent[: counted[0] if counted else None])
    assert all(Part.CODE not in each for each in site.sent)


@given(st.lists(LOOKS, max_size=12))
def test_without_leave_nothing_is_filled_in(looks: list[Seen]) -> None:
    site = Arbitrary(looks, [])
    converse(site, MARIA, site.find(MARIA), TYPED, may_fill=False, before_password=no_fault)
    assert site.sent == []


def ended(site: FakeSite, before: Callable[[], Fault | None] = no_fault) -> object:
    seen = site.find(MARIA)
    told = converse(site, MARIA, seen, TYPED, may_fill=True, before_password=before)
    return told[0] if isinstance(told, tuple) else told


@pytest.mark.parametrize("two_steps", [False, True])
def test_it_goes_as_far_as_the_code_or_in(two_steps: bool) -> None:
    assert ended(FakeSite(two_steps=two_steps)) is Ending.CODE_ASKED
    assert ended(FakeSite(two_steps=two_steps, remembers=True)) is Ending.IN
    assert ended(FakeSite(signed_in=True)) is Ending.IN


def test_what_cannot_be_counted_is_not_pressed() -> None:
    site = FakeSite()
    assert ended(site, lambda: Fault.RECORDS_FULL) is Fault.RECORDS_FULL
    assert site.passwords() == 0


@pytest.mark.parametrize(
    ("press", "ending"),
    [(Press.UNSAFE, Ending.ELSEWHERE), (Press.NOT_TAKEN, Ending.PERSON_WANTED)],
)
def test_a_press_that_did_not_happen_is_told_from_a_no(press: Press, ending: Ending) -> None:
    assert ended(FakeSite(presses=[press])) is ending


def test_a_site_that_wants_to_be_left_alone_has_refused_nothing() -> None:
    for busy in (
        Seen(PageState.REFUSED, 2, status=429),
        Seen(PageState.REFUSED, 2, again_after=30),
    ):
        assert next_move(busy, frozenset({Part.PASSWORD}), may_fill=True) is Ending.DOWN


def test_a_press_that_nothing_comes_of_is_no_refusal() -> None:
    asks = Seen(PageState.ASKS_PASSWORD, 1, both=True)
    site = Arbitrary([asks], [])
    told = converse(site, MARIA, asks, TYPED, may_fill=True, before_password=no_fault)
    assert told == (Ending.PERSON_WANTED, asks)
    assert len(site.sent) == 1


def test_thrown_back_to_the_email_is_a_no() -> None:
    """Public report: keepassxc-browser #1624, a person thrown back to the e-mail for ever."""
    back = Seen(PageState.ASKS_EMAIL, 2)
    assert next_move(back, frozenset({Part.EMAIL}), may_fill=True) is Ending.REFUSED
    assert next_move(back, frozenset({Part.EMAIL, Part.PASSWORD}), may_fill=True) is Ending.REFUSED


def test_an_email_that_is_carried_on_is_no_second_one() -> None:
    both = Seen(PageState.ASKS_PASSWORD, 2, both=True)
    move = next_move(both, frozenset({Part.EMAIL}), may_fill=True)
    assert move == frozenset({Part.EMAIL, Part.PASSWORD})


def test_no_code_is_ever_sent_by_itself() -> None:
    assert next_move(Seen(PageState.ASKS_CODE, 1), frozenset(), may_fill=True) is Ending.CODE_ASKED
    assert CODE not in TYPED.values()
