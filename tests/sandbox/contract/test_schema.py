"""For every published operation: whatever is asked, the answer is one that the contract publishes.

Requests are bent from the examples and from what is alive on a running server, proved or not.
"""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from sandbox.tables.rows import Appointment, Mail, Record
from tests.sandbox.contract.test_contract import operations
from tests.support.depth import drawn
from tests.support.sandbox.client import OFFICE, RIVERA, Answer, Kiosk, plain
from tests.support.sandbox.contract import DOCUMENT, example, examples, misfits
from tests.support.sandbox.mutating import bent, raw_bodies
from tests.support.sandbox.pushing import Audit, command
from tests.support.sandbox.running import Xchart, serve

OPERATIONS = [
    pytest.param(method, path, operation, id=str(operation["operationId"]))
    for (method, path), operation in operations().items()
]
PROVED = ("right", "right", "right", "no proof", "no token", "another token", "another key", "odd")


@dataclass(slots=True)
class Live:
    """A server, and a computer of Dr. Rivera's on it, who may do everything."""

    xchart: Xchart
    kiosk: Kiosk

    def make_ready(self) -> None:
        """Sign in again; with a code, if the last requests were so apt that trust is gone."""
        if self.kiosk.start(RIVERA).status != 201:
            self.xchart.pass_time(hours=2)
            self.xchart.join(self.kiosk, "rivera@lakeside.example", RIVERA, RIVERA)
            assert self.kiosk.start(RIVERA).status == 201

    def names(self) -> list[str]:
        """What an address may name."""
        with self.xchart.state.unit() as db:
            found = [
                *db.scalars(select(Appointment.id).limit(3)),
                *db.scalars(select(Record.id).limit(2)),
                *(link.rpartition("/")[2] for link in db.scalars(select(Mail.link))),
            ]
        named = [self.kiosk.held["session"], RIVERA, OFFICE, "acc-patel"]
        return [*found, *named, "x", "%", "é", "\x00"]

    def bodies(self, operation: str, schema: str) -> list[Any]:
        """Messages to bend: the published ones, and one that this very server would accept."""
        made: list[Any] = [
            example(file.stem) for file in examples() if file.name.startswith(schema + ".")
        ]
        held = self.kiosk.held
        if operation == "startSession":
            secrets = {name: held[name] for name in ("account", "device_password", "trust_token")}
            made.append({**secrets, "person": RIVERA, "strength": "tile"})
        elif operation == "givePinShare":
            made.append({"device_password": held["device_password"]})
        elif operation == "askChallenge":
            made.append({"purpose": "return", "first_factor": self.kiosk.device_factor()})
        elif operation == "sendCommands":
            visit = next(each for each in self.names() if each.startswith("apt-"))
            queue = [
                command(1, "status", visit, "Seated", 1, actor=RIVERA),
                command(2, "room", "Op 3", "Turn over", 1, actor=RIVERA),
            ]
            made.append({"commands": queue})
        return made


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """One server for all of it."""
    xchart = serve(tmp_path_factory.mktemp("schema"))
    xchart.state.notifier.second = 0.001
    kiosk = Kiosk(xchart.address)
    xchart.join(kiosk, "rivera@lakeside.example", RIVERA, RIVERA)
    yield Live(xchart, kiosk)
    xchart.stop()


def published(operation: dict[str, Any], answer: Answer) -> None:
    """The answer is one of those that the contract publishes for this operation."""
    assert str(answer.status) in operation["responses"], answer.text
    name = operation["responses"][str(answer.status)]["$ref"].rpartition("/")[2]
    components: Any = DOCUMENT["components"]
    content = components["responses"][name].get("content")
    assert answer.headers["DPoP-Nonce"]
    if content is None:
        assert answer.text == ""
        return
    ((kind, described),) = content.items()
    assert answer.kind == kind
    assert misfits(described["schema"]["$ref"].rpartition("/")[2], answer.body) == []
    if answer.status == 401:
        assert answer.headers["WWW-Authenticate"]
    if answer.status == 429:
        assert int(answer.headers["Retry-After"]) >= 1


def addresses(path: str, names: list[str]) -> st.SearchStrategy[str]:
    """The path with something in the place of its parameter, and a query."""
    named = st.sampled_from(names) | st.text(min_size=1, max_size=12)
    filled = named.map(lambda name: name.replace("/", "|") if name not in (".", "..") else "x")
    prefix, _, rest = path.partition("{")
    suffix = rest.partition("}")[2]
    whole = filled.map(lambda name: prefix + quote(name.encode(errors="replace"), "") + suffix)
    return whole if rest else st.just(path)


QUERIES = st.fixed_dictionaries(
    {},
    optional={
        "cursor": st.text(max_size=12) | st.sampled_from(["6b04561c.5b.9a.6", "x" * 3000]),
        "wait": st.sampled_from(["0", "1", "25", "26", "-1", "x", "", "1e1", "٣"]),
    },
)


def headers_for(live: Live, how: str, method: str, path: str, token: str | None) -> dict[str, str]:
    """The proof and the token, right or not."""
    kiosk = (
        live.kiosk if how != "another key" else Kiosk(live.xchart.address, nonce=live.kiosk.nonce)
    )
    if how == "another token":
        token = "x" * 43
    headers = {"DPoP": kiosk.proof(kiosk.claims(method, path, token))}
    if how == "no proof":
        del headers["DPoP"]
    if how == "odd":
        headers["DPoP"] = "eyJhbGciOiJub25lIn0.e30."
    if token is not None and how != "no token":
        headers["Authorization"] = f"DPoP {token}"
    return headers


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS)
def test_every_answer_is_one_that_is_published(
    live: Live, method: str, path: str, operation: dict[str, Any]
) -> None:
    live.make_ready()
    reference = operation.get("requestBody", {}).get("$ref", "")
    name = str(operation["operationId"])
    messages = live.bodies(name, reference.rpartition("/")[2])
    names = live.names()
    secured = operation.get("security", [{"key": []}])
    wants_token = any("token" in each for each in secured)
    synced = name in (
        "readChanges",
        "sendCommands",
        "giveDevicePassword",
        "givePinShare",
        "releasePinShare",
        "confirmPinShare",
    )
    statuses = set()

    # The same sixty each time: what they have to meet at least is asked for below.
    @settings(
        max_examples=60,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(data=st.data())
    def hold(data: st.DataObject) -> None:
        token = live.kiosk.held["trust_token" if synced else "access_token"]
        address = data.draw(addresses(path, names))
        how = data.draw(st.sampled_from(PROVED))
        headers = headers_for(live, how, method, address, token if wants_token else None)
        body = None
        if reference:
            kind = st.sampled_from(["application/json", "application/json", "text/plain", ""])
            headers["Content-Type"] = data.draw(kind)
            body = data.draw(raw_bodies(data.draw(st.sampled_from(messages))))
        if name == "readChanges":
            address = f"{address}?{urlencode(data.draw(QUERIES))}"
        answer = plain(live.xchart.address, method, address, body=body, headers=headers)
        live.kiosk.nonce = answer.headers.get("DPoP-Nonce", live.kiosk.nonce)
        published(operation, answer)
        statuses.add(answer.status)

    hold()
    assert len(statuses) > 1 or len(operation["responses"]) == 1, "nothing but one refusal was met"


@settings(
    max_examples=drawn(150, soak=1500),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_whatever_a_computer_signs_into_its_audit_is_kept_or_refused(
    live: Live, data: st.DataObject
) -> None:
    """Heads are right here, so that odd records come as far as they can."""
    audit = Audit(live.kiosk)
    for _ in range(data.draw(st.integers(1, 3))):
        audit.add(5)
    records = data.draw(bent(audit.records))
    batch: dict[str, object] = {"chain": audit.chain, "records": records, "head": "x.y.z"}
    if records and all(isinstance(each, dict) for each in records):
        audit.records = records
        with contextlib.suppress(UnicodeEncodeError):
            batch["head"] = audit.head(len(records), sequence=records[-1].get("sequence"))
    published(dict(operations()["POST", "/v1/audit"]), audit.send(batch))
