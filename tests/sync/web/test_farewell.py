"""Farewell to a login of one's own: said there where it is heard, and gone here anyway."""

import pytest

from kiosk.session.model.replies import Delivered
from kiosk.sync.web.farewell import SiteOutbox
from tests.support.fake_site import FakeSite


@pytest.mark.parametrize("heard", [True, False])
def test_nothing_of_it_is_left_whether_or_not_the_site_heard(heard: bool) -> None:
    site = FakeSite(signed_in=True, remembers=True, takes_sign_out=heard)
    SiteOutbox(site).drop_trust("web-1")
    assert site.signed_in is not heard
    assert site.gone == ([] if heard else ["web-1"])


def test_records_stay_here() -> None:
    assert SiteOutbox(FakeSite()).send("web-1") == Delivered(0)
