"""What was seen of a page last; whoever is in was let in, was in before, or did it by hand."""

import pytest

from kiosk.session.model.site import PageState, Seen, Whose
from kiosk.ui.xchart.site_seen import NOTHING, LastSeen

MARIA, JO, RIVERA = Whose("web-1", "Maria L."), Whose("web-1", "Jo"), Whose("own-1", "own-1")
IN = Seen(PageState.IN, 1)


def test_of_a_page_that_has_gone_nothing_was_seen() -> None:
    last = LastSeen()
    for each in (MARIA, JO, RIVERA):
        last.note(each, IN)
    assert last.forget(JO) == IN
    assert (last.of(MARIA), last.of(JO)) == (IN, NOTHING)
    last.forget_account("web-1")
    assert (last.of(MARIA), last.of(RIVERA)) == (NOTHING, IN)
    assert last.would_be_by_hand(MARIA)


def test_a_page_that_was_filled_in_is_so_until_it_begins_anew() -> None:
    last = LastSeen()
    last.fill(MARIA)
    assert not last.would_be_by_hand(MARIA)
    assert last.would_be_by_hand(JO)
    last.begin(MARIA)
    assert last.would_be_by_hand(MARIA)


@pytest.mark.parametrize("state", PageState)
def test_only_where_nobody_could_sign_in_whoever_was_in_still_is(state: PageState) -> None:
    last = LastSeen()
    last.note(MARIA, IN)
    last.note(MARIA, Seen(state, 1))
    stays = (PageState.IN, PageState.DOWN, PageState.UNSENT)
    assert last.would_be_by_hand(MARIA) is (state not in stays)
