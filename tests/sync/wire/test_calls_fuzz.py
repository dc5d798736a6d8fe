"""Every call of the contract against a server that answers anything (threats.md T19).

From the published examples, hurt in every way that ``mutating`` knows: the result is always a
message, a refusal or a reason; nothing is raised, and nothing of the body is written down.
"""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from joserfc import jws
from joserfc.jwk import ECKey

from kiosk.local.clock import LATEST
from kiosk.session.model.challenge import Purpose
from kiosk.session.model.commands import Command, Kind
from kiosk.session.model.day import with_mine
from kiosk.session.model.people import Place, Strength
from kiosk.session.model.refusals import Refusal, Unreachable
from kiosk.sync.plan import Failure, again_at
from kiosk.sync.records.chain import LogEntry
from kiosk.sync.wire.answers import date_from, retry_at
from kiosk.sync.wire.calls import Api, Nonce, ask_server
from kiosk.sync.wire.grants import verified
from kiosk.sync.wire.messages import ChangesMessage, CommandResultsMessage, Message
from kiosk.sync.wire.proof import DeviceKey, unpadded
from kiosk.sync.wire.schedules import conflict_of, schedule_of
from kiosk.sync.wire.transport import Answer, Transport
from tests.support import mutating
from tests.support.depth import drawn
from tests.support.mutating import EXAMPLES, hurt_bodies, hurt_trees

AT = datetime(2026, 11, 23, 18, 5, tzinfo=UTC)
KEY = DeviceKey.made(lambda: AT)
GRANT_KEY = ECKey.generate_key("P-256")
COMMANDS = [
    Command("cmd-1", 1, kind, "apt-1", "Seated", 1, "per-maria", Strength.TILE, "acc-office", AT)
    for kind in Kind
]
LINE = LogEntry(1, "2026-11-23T18:05:00.000000Z", "entered", "person", "", "", "", "", "", "")

Told = Message | bytes | Refusal | Unreachable | None


class Scripted(Transport):
    """Always the same answer."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def send(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes | None,
        held: float = 0.0,
        repeatable: bool = False,
    ) -> Answer | Unreachable:
        return self._answer


CALLS: dict[str, tuple[Callable[[Api], Told], tuple[str, ...]]] = {
    "open_join": (
        lambda api: api.open_join("a@b.example", "secret", Place("", "", ""), "pc"),
        ("Challenge.join",),
    ),
    "open_challenge": (
        lambda api: api.open_challenge(Purpose.RETURN, "acc-office", "secret"),
        ("Challenge.return", "Challenge.remove"),
    ),
    "read_invitation": (lambda api: api.read_invitation("token"), ("Invitation.shared",)),
    "accept_invitation": (
        lambda api: api.accept_invitation("token", "secret", "+1 555 0100 021"),
        ("Invitation.shared",),
    ),
    "text_code": (lambda api: api.text_code("chl", "acc-rivera"), ("Delivery.rivera",)),
    "answer": (
        lambda api: api.answer("chl", "123456"),
        ("JoinAcceptance.office", "ReturnAcceptance.office"),
    ),
    "answer_removal": (
        lambda api: api.answer_removal("chl", "123456"),
        ("RemoveAcceptance.office",),
    ),
    "start_session": (
        lambda api: api.start_session("acc-office", "secret", "token", "per-maria", "tile"),
        ("Session.maria",),
    ),
    "renew_password": (
        lambda api: api.renew_password("acc-office", "token", "secret"),
        ("DevicePassword.office",),
    ),
    "make_pin_share": (
        lambda api: api.make_pin_share("acc-patel", "token", "secret"),
        ("PinShare.patel",),
    ),
    "release_pin_share": (
        lambda api: api.release_pin_share("acc-patel", "token"),
        ("PinShare.patel",),
    ),
    "confirm_pin": (
        lambda api: api.confirm_pin("acc-patel", "token", "secret"),
        ("PinShare.patel",),
    ),
    "renew": (lambda api: api.renew("ses"), ("Renewal.session",)),
    "end_session": (lambda api: api.end_session("ses"), ("Session.maria",)),
    "handoff": (lambda api: api.handoff("token"), ("Handoff.today",)),
    "changes": (
        lambda api: api.changes("token", "cursor", 25),
        ("Changes.office", "Changes.delta"),
    ),
    "push_audit": (lambda api: api.push_audit("aud-", [LINE], "head"), ("AuditAnchor.maria",)),
    "push_commands": (
        lambda api: api.push_commands("token", COMMANDS),
        ("CommandResults.maria",),
    ),
    "drop_trust": (lambda api: api.drop_trust("acc-office"), ("RemoveAcceptance.office",)),
    "ask_server": (
        lambda api: ask_server("https://x.example", api._transport),
        ("ServerInfo.lakeside",),
    ),
}
WITHOUT_A_BODY = frozenset({"confirm_pin", "end_session", "drop_trust", "accept_invitation"})
PROBLEMS = sorted(path.stem for path in EXAMPLES.glob("Problem.*.json"))
STATUSES = (
    100,
    200,
    200,
    200,
    201,
    204,
    302,
    304,
    400,
    401,
    403,
    404,
    409,
    422,
    429,
    500,
    511,
    599,
)
TYPES = (
    *("application/json",) * 6,
    *("application/problem+json",) * 3,
    "Application/JSON; charset=latin-1",
    "application/json-seq",
    "text/html",
    "",
    "\x00",
)
DATES = (
    "Mon, 23 Nov 2026 18:05:00 GMT",
    "Fri, 31 Dec 9999 23:59:59 GMT",
    "Fri, 31 Dec 9999 23:59:59 -2359",
    "Mon, 01 Jan 0001 00:00:00 +2359",
    "Mon, 23 Nov 99999999999999999999 18:05:00 GMT",
    "Mon, 23 Nov 2026 99999999999999999999:05:00 GMT",
    "Mon, 23 Nov 2026 18:05:00 +99999999999999999999",
    "Mon, 23 Nov 2026 18:05:00 +9999",
    "٣ Nov 2026 18:05:00 GMT",
    "0",
    "",
)
LATERS = (*DATES, "-1", "60", "99999999", "999999999999", "²", "٣", "1e9")


def test_every_call_is_here() -> None:
    """A call that is added is fuzzed, or this fails."""
    calls = {name for name, value in vars(Api).items() if callable(value) and name[0] != "_"}
    assert {*CALLS} == {*calls, "ask_server"}


@pytest.mark.parametrize("name", CALLS)
def test_the_published_answers_are_understood(name: str) -> None:
    """So what is hurt below was whole before."""
    call, examples = CALLS[name]
    for each in examples:
        body = (EXAMPLES / f"{each}.json").read_bytes()
        status = 204 if name in WITHOUT_A_BODY else 200
        headers = {"content-type": "application/json", "dpop-nonce": "n"}
        told = call(api_of(Answer(status, headers, body)))
        assert told is None or isinstance(told, Message | bytes)


headers = st.fixed_dictionaries(
    {"content-type": st.sampled_from(TYPES)},
    optional={
        "date": st.sampled_from(DATES),
        "retry-after": st.sampled_from(LATERS),
        "dpop-nonce": st.sampled_from(["", "n", "x" * 499, "x" * 100_000, "\ud800", "a\r\nb"]),
    },
)


@pytest.mark.parametrize("name", CALLS)
@settings(
    max_examples=drawn(60, soak=1200),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_any_answer_to_any_call_is_a_value(
    name: str,
    data: st.DataObject,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """A message, a refusal or a reason; what is made of it raises nothing either."""
    call, examples = CALLS[name]
    chosen = data.draw(st.sampled_from((*examples, *examples, *PROBLEMS)))
    body = data.draw(hurt_bodies(mutating.example(chosen)))
    answer = Answer(data.draw(st.sampled_from(STATUSES)), data.draw(headers), body)
    heard: list[datetime] = []
    api = api_of(answer, heard)
    with caplog.at_level(logging.DEBUG):
        told = call(api)
        assert told is None or isinstance(told, Message | bytes | Refusal | Unreachable)
        if isinstance(told, Message | Refusal):
            used(told)
    for at in (*heard, *([api.retry_at] if api.retry_at else [])):
        assert at.tzinfo is UTC
        again_at(Failure(3, AT, at), 1.0)
    assert caplog.records == []
    assert capfd.readouterr() == ("", "")


def api_of(answer: Answer, heard: list[datetime] | None = None) -> Api:
    """The calls, all with that answer."""
    times = heard if heard is not None else []
    return Api("https://x.example", KEY, Scripted(answer), Nonce(), times.append)


def used(told: Message | Refusal) -> None:
    """Whatever the kiosk makes of an answer that it understood."""
    for at in instants(told):
        assert at <= LATEST
        for zone in (UTC, ZoneInfo("Pacific/Kiritimati"), ZoneInfo("Pacific/Pago_Pago")):
            at.astimezone(zone)
    if isinstance(told, ChangesMessage) and told.schedule is not None:
        with_mine(schedule_of(told.schedule), COMMANDS)
    if isinstance(told, CommandResultsMessage):
        for result in told.results:
            for command in COMMANDS:
                conflict_of(replace(command, id=result.id), result)


def instants(told: object) -> list[datetime]:
    """Every instant in a value, however deep."""
    if isinstance(told, datetime):
        return [told]
    if isinstance(told, Message):
        return [at for name in told.__struct_fields__ for at in instants(getattr(told, name))]
    if isinstance(told, tuple):
        return [at for each in told for at in instants(each)]
    return []


@given(st.sampled_from(DATES) | st.text(max_size=30), st.sampled_from(LATERS))
def test_any_header_is_a_time_or_none(date: str, later: str) -> None:
    """And a server that wants to be left alone for eight thousand years is asked again today."""
    for at in (date_from(date), retry_at({"date": date, "retry-after": later})):
        assert at is None or at.tzinfo is UTC
        if at is not None:
            assert again_at(Failure(1, AT, at), 1.0) <= AT + timedelta(days=1)


HEADERS: tuple[mutating.Json, ...] = (
    {"alg": "ES256", "typ": "grant+jwt"},
    {"alg": "ES256", "typ": "grant+jwt", "crit": [[]]},
    {"alg": "ES256", "typ": "grant+jwt", "b64": False, "crit": ["b64"]},
    {"alg": ["ES256"], "typ": {}},
    {"alg": "none"},
    None,
    [],
    1,
)


@settings(
    max_examples=drawn(200, soak=2000),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(
    header=st.sampled_from(HEADERS),
    payload=hurt_bodies(mutating.example("GrantPayload.office")),
    signature=st.binary(max_size=70),
)
@example(header=HEADERS[1], payload=b"{}", signature=b"x" * 64)
def test_any_compact_text_is_a_grant_or_none(
    header: mutating.Json, payload: bytes, signature: bytes
) -> None:
    """Unsigned, or signed by somebody: it is read before it is believed."""
    parts = (json.dumps(header).encode(), payload, signature)
    assert verified(".".join(unpadded(part) for part in parts), GRANT_KEY, "device") is None


@pytest.mark.parametrize("part", [b"[" * 60_000, b'{"a":' * 60_000, b"\xff", b""])
def test_a_header_that_is_none_is_no_grant(part: bytes) -> None:
    """Too deep, of no encoding, nothing."""
    assert verified(f"{unpadded(part)}.e30.{unpadded(b'x' * 64)}", GRANT_KEY, "device") is None


@settings(
    max_examples=drawn(200, soak=2000),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(hurt_trees(mutating.example("GrantPayload.office")) | st.just({"later": "deep"}))
def test_a_grant_that_is_signed_and_hurt_is_a_grant_or_none(payload: mutating.Json) -> None:
    """The server itself may be broken: then nothing it says of time is out of bounds either."""
    raw = json.dumps(payload)
    if payload == {"later": "deep"}:
        raw = '{"later":' * 60_000 + "0" + "}" * 60_000
    compact = jws.serialize_compact({"alg": "ES256", "typ": "grant+jwt"}, raw, GRANT_KEY, ["ES256"])
    device = payload.get("device") if isinstance(payload, dict) else None
    grant = verified(compact, GRANT_KEY, device if isinstance(device, str) else "")
    if grant is not None:
        for at in (grant.issued_at, grant.ends_at, grant.trust_horizon_at):
            assert at is not None
            at.astimezone(UTC)
            assert at <= LATEST
        grant.tiles()
