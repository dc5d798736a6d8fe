"""What a computer says of its own protection, for an admin to read (design.md section 6, T21)."""

import pytest

from sandbox.pages.devices import PROTECTION
from tests.support.sandbox.browsing import words
from tests.support.sandbox.client import OFFICE, Answer, Kiosk
from tests.support.sandbox.running import Xchart


def start(kiosk: Kiosk, **more: str) -> Answer:
    """A session, and what else the computer says."""
    body = {
        "account": OFFICE,
        "device_password": kiosk.held["device_password"],
        "trust_token": kiosk.held["trust_token"],
        "person": "per-maria",
        "strength": "tile",
        **more,
    }
    return kiosk.call("POST", "/v1/sessions", body)


def shown(xchart: Xchart, admin: str) -> list[str]:
    """The levels that can be read on Devices."""
    page = words(xchart.page("/devices", admin).text)
    return [level for level, sentence in PROTECTION.items() if sentence in page]


@pytest.mark.parametrize("level", PROTECTION)
def test_devices_shows_what_the_computer_says(
    xchart: Xchart, kiosk: Kiosk, admin: str, level: str
) -> None:
    assert start(kiosk, protection=level).status == 201
    assert shown(xchart, admin) == [level]


def test_the_last_word_counts_and_silence_is_none(xchart: Xchart, kiosk: Kiosk, admin: str) -> None:
    assert start(kiosk).status == 201
    assert shown(xchart, admin) == []
    for level in ("copyable", "encrypted"):
        assert start(kiosk, protection=level).status == 201
    assert start(kiosk).status == 201
    assert shown(xchart, admin) == ["encrypted"]


def test_what_is_no_level_is_refused(kiosk: Kiosk) -> None:
    assert start(kiosk, protection="excellent").code == "invalid"
