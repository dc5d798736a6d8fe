"""What an answer is: the server's own words by type and form, a date, or nothing of the sort."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.session.model.refusals import Unreachable
from kiosk.sync.wire.answers import date_from, foreign, parsed, retry_at
from kiosk.sync.wire.messages import DevicePasswordMessage
from kiosk.sync.wire.transport import Answer

AT = datetime(2026, 11, 23, 18, 5, tzinfo=UTC)
DATE = "Mon, 23 Nov 2026 18:05:00 GMT"


@given(st.text(max_size=40))
def test_any_date_is_a_date_or_none(told: str) -> None:
    """Headers are hostile too."""
    at = date_from(told)
    assert at is None or at.tzinfo is UTC
    retry_at({"retry-after": told, "date": told})


def test_retry_after_in_both_forms() -> None:
    """RFC 9110 section 10.2.3."""
    assert retry_at({"retry-after": "60", "date": DATE}) == AT + timedelta(minutes=1)
    assert retry_at({"retry-after": DATE}) == AT
    assert retry_at({"retry-after": "60"}) is None
    assert retry_at({}) is None


@pytest.mark.parametrize("kind", ["Text/HTML; charset=x", "application/xhtml+xml"])
def test_a_page_is_a_portals(kind: str) -> None:
    assert foreign(Answer(200, {"content-type": kind}, b"")) is Unreachable.PORTAL
    assert foreign(Answer(302, {}, b"")) is Unreachable.PORTAL
    assert foreign(Answer(200, {"content-type": "text/plain"}, b"")) is Unreachable.NOT_UNDERSTOOD


@pytest.mark.parametrize("kind", ["text/html", "text/plain", "application/json", ""])
@pytest.mark.parametrize(
    ("status", "reach"),
    [
        (403, Unreachable.BLOCKED),
        (451, Unreachable.BLOCKED),
        (404, Unreachable.NOT_THERE),
        (405, Unreachable.NOT_THERE),
        (407, Unreachable.PROXY_SIGN_IN),
        (413, Unreachable.TOO_LARGE),
        (431, Unreachable.TOO_LARGE),
        (429, Unreachable.BUSY),
        (511, Unreachable.PORTAL),
        (502, Unreachable.SERVER_FAULT),
    ],
)
def test_what_a_proxy_answers_is_told_by_its_status(
    status: int, reach: Unreachable, kind: str
) -> None:
    """Whatever its page looks like, and without one."""
    assert foreign(Answer(status, {"content-type": kind}, b"<h1>no</h1>")) is reach


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/json", b'{"device_password": "x"}'),
        ("application/json", b'{"device_password": ""}'),
        ("application/json", b'{"device_password": null}'),
        ("application/json", b"["),
    ],
)
def test_only_the_very_type_and_form_is_the_message(kind: str, body: bytes) -> None:
    answer = Answer(200, {"content-type": kind}, body)
    assert parsed(answer, DevicePasswordMessage, "application/json") is None
    right = Answer(200, {"content-type": "Application/JSON"}, b'{"device_password": "x"}')
    told = parsed(right, DevicePasswordMessage, "application/json")
    assert told is not None
    assert told.device_password == "x"
    assert "x" not in repr(told).removeprefix("<DevicePasswordMessage>")
