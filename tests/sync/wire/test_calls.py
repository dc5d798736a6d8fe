"""The calls against a server that answers anything: only its own words count (T9, T19)."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.session.model.refusals import Code, Refusal, Unreachable
from kiosk.sync.wire.calls import Api, Nonce, ask_server
from kiosk.sync.wire.messages import ChangesMessage
from kiosk.sync.wire.proof import DeviceKey
from kiosk.sync.wire.transport import Answer, Transport

AT = datetime(2026, 11, 23, 18, 5, tzinfo=UTC)
DATE = "Mon, 23 Nov 2026 18:05:00 GMT"
JSON = {"content-type": "application/json", "date": DATE}
PROBLEM = {"content-type": "application/problem+json", "date": DATE}
DONE = Answer(204, {"date": DATE, "dpop-nonce": "n2"}, b"")
KEY = DeviceKey.made(lambda: AT)


class Scripted(Transport):
    """Answers from a list, and remembers what was asked."""

    def __init__(self, *answers: Answer | Unreachable) -> None:
        self.answers = list(answers)
        self.proofs: list[str] = []

    def send(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes | None,
        held: float = 0.0,
        repeatable: bool = False,
    ) -> Answer | Unreachable:
        self.proofs.append(headers.get("DPoP", ""))
        return self.answers.pop(0)


def changes(*answers: Answer | Unreachable) -> ChangesMessage | Refusal | Unreachable | None:
    """What one call makes of those answers."""
    api = Api("https://x.example", KEY, Scripted(*answers), Nonce(), lambda at: None)
    return api.changes("token", "")


def test_a_wanted_nonce_is_used_at_once_and_once() -> None:
    """RFC 9449 section 8: repeated with the new nonce, but never for ever."""
    want = Answer(401, {**PROBLEM, "dpop-nonce": "n1"}, b'{"code": "use_dpop_nonce"}')
    transport = Scripted(want, DONE)
    api = Api("https://x.example", KEY, transport, Nonce(), lambda at: None)
    assert api.changes("token", "") is None
    assert len(transport.proofs) == 2
    assert changes(want, want) == Refusal(Code.OTHER, told="use_dpop_nonce")


@pytest.mark.parametrize(
    ("answer", "reach"),
    [
        (Answer(200, {"content-type": "text/html"}, b"<html>Sign in to Wi-Fi"), Unreachable.PORTAL),
        (Answer(302, {"location": "http://portal.example"}, b""), Unreachable.PORTAL),
        (Answer(511, {"content-type": "text/html"}, b""), Unreachable.PORTAL),
        (Answer(200, {"content-type": "text/json"}, b"{}"), Unreachable.NOT_UNDERSTOOD),
        (Answer(200, JSON, b"{}"), Unreachable.NOT_UNDERSTOOD),
        (Answer(200, JSON, b"\xff\xfe"), Unreachable.NOT_UNDERSTOOD),
        (Answer(200, {}, b""), Unreachable.NOT_UNDERSTOOD),
        (Answer(409, JSON, b'{"code": "account_deactivated"}'), Unreachable.NOT_UNDERSTOOD),
        (Answer(500, PROBLEM, b'{"code": "unexpected"}'), Unreachable.SERVER_FAULT),
        (Answer(503, {"content-type": "text/html"}, b"<html>"), Unreachable.SERVER_FAULT),
        (Answer(404, {"content-type": "text/html"}, b"<html>"), Unreachable.NOT_THERE),
        (Answer(418, {"content-type": "text/html"}, b"<html>"), Unreachable.NOT_THERE),
        (Answer(403, JSON, b'{"message": "Forbidden"}'), Unreachable.BLOCKED),
        (Answer(429, {}, b""), Unreachable.BUSY),
        (Answer(204, {"date": DATE}, b""), Unreachable.NOT_UNDERSTOOD),
    ],
)
def test_other_peoples_words_are_no_answer(answer: Answer, reach: Unreachable) -> None:
    """Exact content type, exact message, or it counts as offline."""
    assert changes(answer) is reach


@pytest.mark.parametrize(
    ("answer", "told"), [(DONE, None), (Answer(204, JSON, b""), Unreachable.NOT_UNDERSTOOD)]
)
def test_nothing_is_done_because_a_filter_says_nothing(
    answer: Answer, told: Unreachable | None
) -> None:
    """Trust that this computer gives back would live on at the server (law 12)."""
    api = Api("https://x.example", KEY, Scripted(answer, answer), Nonce(), lambda at: None)
    assert api.drop_trust("acc-office") is told
    assert api.end_session("ses-1") is told


def test_a_refusal_is_a_refusal() -> None:
    """With whatever it brings."""
    headers = {**PROBLEM, "retry-after": "90"}
    told = changes(Answer(429, headers, b'{"code": "too_many_tries", "tries_left": 0}'))
    assert told == Refusal(Code.TOO_MANY_TRIES, "too_many_tries", 0, AT + timedelta(seconds=90))


def test_whoever_limits_requests_is_heard() -> None:
    """``Retry-After`` counts, whoever stands between (RFC 6585 section 4)."""
    busy = Answer(429, {"retry-after": "90", "date": DATE}, b"")
    api = Api("https://x.example", KEY, Scripted(busy), Nonce(), lambda at: None)
    assert api.changes("token", "") is Unreachable.BUSY
    assert api.retry_at == AT + timedelta(seconds=90)


def test_an_unknown_code_is_said_plainly() -> None:
    """T19."""
    told = changes(Answer(409, PROBLEM, b'{"code": "moon_phase_wrong"}'))
    assert told == Refusal(Code.OTHER, told="moon_phase_wrong")


def test_time_is_heard_only_from_understood_answers() -> None:
    """A portal does not set the clock (law 7)."""
    heard: list[datetime] = []
    answers = [
        Answer(200, {"content-type": "text/html", "date": DATE}, b"<html>"),
        DONE,
    ]
    api = Api("https://x.example", KEY, Scripted(*answers), Nonce(), heard.append)
    api.changes("token", "")
    assert heard == []
    api.changes("token", "")
    assert heard == [AT]


@given(
    status=st.integers(100, 599),
    kind=st.sampled_from(["application/json", "application/problem+json", "text/html", ""]),
    body=st.binary(max_size=200),
)
def test_any_answer_is_a_value(status: int, kind: str, body: bytes) -> None:
    """Nothing raises, whatever comes."""
    told = changes(Answer(status, {"content-type": kind}, body))
    assert told is None or isinstance(told, ChangesMessage | Refusal | Unreachable)


def test_doctor_asks_without_a_key() -> None:
    """``GET /v1/server``."""
    body = b'{"name": "Lakeside", "time": "2026-11-23T18:05:00Z", "contract": "1"}'
    told = ask_server("https://x.example", Scripted(Answer(200, JSON, body)))
    assert not isinstance(told, Unreachable)
    assert told.time == AT
    assert ask_server("https://x.example", Scripted(Answer(302, {}, b""))) is Unreachable.PORTAL
    assert (
        ask_server("https://x.example", Scripted(Answer(503, {}, b""))) is Unreachable.SERVER_FAULT
    )
