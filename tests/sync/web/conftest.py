"""A kiosk at a site, and how to start it again."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.support.fake_keychain import FakeKeychain
from tests.support.fake_site import FakeSite
from tests.support.site_kiosk import SiteKiosk, site_kiosk

NOW = datetime(2026, 11, 23, 15, 5, tzinfo=UTC)
Start = Callable[[FakeSite], SiteKiosk]


@pytest.fixture
def start(tmp_path: Path) -> Start:
    """Over the same folder and keychain each time: a restart."""
    keychain = FakeKeychain()
    return lambda site: site_kiosk(tmp_path, NOW, site, keychain)


@pytest.fixture
def kiosk(start: Start) -> SiteKiosk:
    """A new one."""
    return start(FakeSite())
