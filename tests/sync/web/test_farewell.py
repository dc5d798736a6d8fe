"""Farewell to a login of one's own: said there where it is heard, and gone here anyway."""

import pytest

from kiosk.session.model.replies import Delivered
from kiosk.sync.web.farewell import SiteOutbox
from tests.support.fake_site import FakeSite
from tests.support.site_kiosk import SiteKiosk
from tests.sync.web.conftest import Start


@pytest.mark.parametrize("heard", [True, False])
def test_nothing_of_it_is_left_whether_or_not_the_site_heard(start: Start, heard: bool) -> None:
    site = FakeSite(signed_in=True, remembers=True, takes_sign_out=heard)
    SiteOutbox(site, start(site).accounts.own_logins).drop_trust("web-1")
    assert site.signed_in is not heard
    assert site.gone == ([] if heard else ["web-1"])


def test_records_stay_here(kiosk: SiteKiosk) -> None:
    outbox = SiteOutbox(kiosk.site, kiosk.accounts.own_logins)
    assert outbox.send("web-1") == Delivered(0)
