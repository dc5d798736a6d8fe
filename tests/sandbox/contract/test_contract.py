"""The server serves exactly the published contract, and the examples fit it."""

import json
import re
from pathlib import Path

import pytest
from fastapi.routing import APIRoute
from joserfc import jws
from joserfc.jwk import ECKey
from openapi_spec_validator import validate

from sandbox.api.calls import v1
from sandbox.api.sync_calls import sync
from sandbox.contract.refusals import TITLES
from tests.support.sandbox.client import DEMO_WORD, RIVERA, Answer, Kiosk, plain
from tests.support.sandbox.contract import DOCUMENT, FOLDER, example, examples, misfits
from tests.support.sandbox.running import Xchart

METHODS = {"get", "post", "put", "patch", "delete"}


def operations() -> dict[tuple[str, str], dict[str, object]]:
    paths = DOCUMENT["paths"]
    assert isinstance(paths, dict)
    return {
        (method.upper(), path): operation
        for path, item in paths.items()
        for method, operation in item.items()
        if method in METHODS
    }


def test_the_document_is_sound_openapi() -> None:
    validate(DOCUMENT)


def test_the_server_serves_exactly_the_published_calls() -> None:
    served = {
        (method, route.path)
        for route in (*v1.routes, *sync.routes)
        if isinstance(route, APIRoute)
        for method in route.methods or ()
    }
    assert len(v1.routes) + len(sync.routes) == len(operations())
    assert served == set(operations())


@pytest.mark.parametrize("file", examples(), ids=lambda file: file.stem)
def test_an_example_fits_its_schema(file: Path) -> None:
    assert misfits(file.name.partition(".")[0], json.loads(file.read_text("utf-8"))) == []


def test_every_message_and_every_code_has_an_example() -> None:
    named = {file.name.partition(".")[0] for file in examples()}
    used = set(re.findall(r"#/components/schemas/(\w+)", json.dumps(list(operations().values()))))
    components = DOCUMENT["components"]
    assert isinstance(components, dict)
    used |= set(components["requestBodies"])
    used |= set(components["responses"]) - {"Done", "Acceptance"}
    used |= {"JoinAcceptance", "ReturnAcceptance", "RemoveAcceptance", "GrantPayload"}
    assert used <= named
    codes = {file.name.split(".")[1] for file in examples() if file.name.startswith("Problem.")}
    assert codes == set(TITLES) == set(components["schemas"]["ProblemCode"]["enum"])


def test_each_example_of_a_problem_is_what_the_server_says() -> None:
    for code, (status, title) in TITLES.items():
        problem = example(f"Problem.{code}")
        assert (problem["status"], problem["title"], problem["code"]) == (status, title, code)


def test_the_page_for_engineers_names_every_code_and_call() -> None:
    page = (FOLDER.parents[1] / "docs" / "server-contract.md").read_text("utf-8")
    assert [code for code in TITLES if f"`{code}`" not in page] == []
    for method, path in operations():
        assert f"`{method} {path}" in page


def test_the_example_grant_is_signed_by_the_example_key() -> None:
    joined = example("JoinAcceptance.office")
    key = joined["grant_key"]
    assert isinstance(key, dict)
    grant = jws.deserialize_compact(str(joined["grant"]), ECKey.import_key(key), ["ES256"])
    assert grant.headers()["typ"] == "grant+jwt"
    assert json.loads(grant.payload) == example("GrantPayload.office")


def fits(answer: Answer, status: int, schema: str) -> None:
    assert answer.status == status, answer.text
    assert misfits(schema, answer.body) == []
    assert answer.kind == "application/json"
    assert answer.headers["DPoP-Nonce"]


def test_real_answers_fit_the_same_schemas(xchart: Xchart) -> None:
    fits(plain(xchart.address, "GET", "/v1/server"), 200, "ServerInfo")
    kiosk = Kiosk(xchart.address)
    asked = kiosk.ask_to_join()
    fits(asked, 201, "Challenge")
    fits(kiosk.deliver(str(asked.body["id"])), 201, "Delivery")
    fits(kiosk.answer(str(asked.body["id"]), xchart.newest_code()), 200, "JoinAcceptance")
    kiosk.held["account"] = "acc-office"
    fits(kiosk.start(), 201, "Session")
    session = kiosk.held["session"]
    fits(kiosk.changes(), 200, "Changes")
    renewed = kiosk.call("POST", f"/v1/sessions/{session}/renew")
    fits(renewed, 200, "Renewal")
    token = str(renewed.body["access_token"])
    fits(kiosk.call("POST", "/v1/handoffs", token=token), 201, "Handoff")
    fits(kiosk.renew_password(DEMO_WORD), 200, "DevicePassword")
    rivera = xchart.join(email="rivera@lakeside.example", account=RIVERA)
    fits(rivera.keep_pin(), 200, "PinShare")
    fits(rivera.release(), 200, "PinShare")
    for purpose, schema in (("return", "ReturnAcceptance"), ("remove", "RemoveAcceptance")):
        xchart.pass_time(minutes=1)
        asked = kiosk.ask_again(purpose)
        fits(asked, 201, "Challenge")
        fits(kiosk.deliver(str(asked.body["id"])), 201, "Delivery")
        fits(kiosk.answer(str(asked.body["id"]), xchart.newest_code()), 200, schema)


def test_the_grant_of_a_real_answer_fits_its_schema(xchart: Xchart) -> None:
    kiosk = Kiosk(xchart.address)
    asked = kiosk.ask_to_join()
    kiosk.deliver(str(asked.body["id"]))
    answer = kiosk.answer(str(asked.body["id"]), xchart.newest_code())
    key = answer.body["grant_key"]
    assert isinstance(key, dict)
    grant = jws.deserialize_compact(str(answer.body["grant"]), ECKey.import_key(key), ["ES256"])
    payload = json.loads(grant.payload)
    assert misfits("GrantPayload", payload) == []
    assert payload["device"] == kiosk.jkt
    assert payload["ends_at"] == "2026-11-25T00:00:00Z", "the close of Tuesday, clinic time"


@pytest.mark.parametrize("path", ["/v1/nothing", "/v1/sessions/x/y/z", "/v1"])
def test_what_is_not_in_the_contract_is_unknown(xchart: Xchart, path: str) -> None:
    answer = plain(xchart.address, "GET", path)
    assert answer.status == 404
    assert answer.kind == ("application/problem+json" if path != "/v1" else "text/html")


def test_every_answer_carries_the_servers_time_and_a_nonce(xchart: Xchart) -> None:
    xchart.pass_time(days=365)
    answer = plain(xchart.address, "GET", "/v1/nothing")
    assert answer.headers["Date"] == "Tue, 23 Nov 2027 15:05:00 GMT"
    assert answer.headers["DPoP-Nonce"]
