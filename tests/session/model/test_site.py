"""What a look at a site's page showed: values, none of which can hold a word of the page."""

import dataclasses

from kiosk.session.model.site import PageState, Seen, Whose


def test_a_look_carries_no_words() -> None:
    """Law 10: a page's words may name patients."""
    kinds = {each.type for each in dataclasses.fields(Seen)}
    assert kinds <= {PageState, int, bool}


def test_each_person_has_a_page_of_their_own() -> None:
    assert Whose("acc-office", "per-maria") != Whose("acc-office", "per-jo")
    assert Whose("acc-office", "per-maria") == Whose("acc-office", "per-maria")
