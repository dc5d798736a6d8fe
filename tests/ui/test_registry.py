"""Every view has a page, and each page draws the view that it is found by."""

from typing import get_args, get_type_hints

import pytest

from kiosk.session.pages.views import LoginView, View
from kiosk.ui.registry import PAGES


def test_every_view_but_the_login_screens_has_one() -> None:
    assert set(PAGES) == set(get_args(View)) - {LoginView}


@pytest.mark.parametrize("view", PAGES, ids=lambda view: view.__name__)
def test_it_draws_that_view(view: type) -> None:
    entry = PAGES[view]
    assert get_type_hints(entry.page.show_view)["view"] is view
    assert entry.show is entry.page.show_view
