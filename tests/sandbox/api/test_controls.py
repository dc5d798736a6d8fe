"""The test controls: there when asked for, and only then."""

import http.client
import json

import pytest
import requests

from tests.support.sandbox.client import Kiosk, plain
from tests.support.sandbox.codes import App
from tests.support.sandbox.running import MONDAY_MORNING, Xchart, run

PATHS = (
    "/sandbox/time",
    "/sandbox/texts",
    "/sandbox/apps",
    "/sandbox/mails",
    "/sandbox/requests",
    "/sandbox/faults",
    "/sandbox/closures",
)
NAMED = (
    "/sandbox/apps/x",
    "/sandbox/badges/x",
    "/sandbox/members/acc-office",
    "/sandbox/passwords/acc-office",
    "/sandbox/computers/x",
)


def test_without_the_switch_they_do_not_exist(xchart: Xchart) -> None:
    running, address = run(xchart.state, test_controls=False)
    for path in (*PATHS, *NAMED):
        for method in ("GET", "POST", "DELETE"):
            assert plain(address, method, path).status == 404
    running.stop()


def test_time_runs_forward_only(xchart: Xchart) -> None:
    assert xchart.control("POST", "/time", {"advance": 60}).body["time"] == "2026-11-23T15:06:00Z"
    assert xchart.control("POST", "/time", {"advance": -60}).status == 422


def test_texts_are_listed_with_phone_and_code(xchart: Xchart) -> None:
    kiosk = Kiosk(xchart.address)
    kiosk.deliver(str(kiosk.ask_to_join().body["id"]))
    text = json.loads(xchart.control("GET", "/texts").text)[0]
    assert (text["phone_owner"], text["phone_ending"]) == ("Dr. Elena Rivera", "21")
    assert text["code"] in text["text"]
    assert text["sent_at"] == "2026-11-23T15:05:00Z"


def test_an_app_is_given_and_shows_its_code(xchart: Xchart) -> None:
    given = xchart.control("POST", "/apps/chen@lakeside.example").body
    assert given["account"] == "acc-chen"
    shown = json.loads(xchart.control("GET", "/apps").text)
    code = App(str(given["secret"])).at(MONDAY_MORNING)
    assert shown == [{"account": "acc-chen", "code": code}]
    assert f'class="digits">{code}<' in xchart.page("/phones", "").text
    assert xchart.control("POST", "/apps/nobody").status == 404


def test_requests_are_counted(xchart: Xchart) -> None:
    kiosk = xchart.join()
    kiosk.start()
    xchart.control("DELETE", "/requests")
    kiosk.start()
    assert xchart.control("GET", "/requests").body == {
        "count": 1,
        "requests": ["POST /v1/sessions"],
    }


def test_faults_meet_the_next_requests_of_a_path(xchart: Xchart) -> None:
    server = "/v1/server"
    xchart.control("POST", "/faults", {"path": server, "status": 503, "count": 2})
    assert [plain(xchart.address, "GET", server).status for _ in range(3)] == [503, 503, 200]
    xchart.control("POST", "/faults", {"path": server, "kind": "portal"})
    portal = plain(xchart.address, "GET", server)
    assert (portal.status, portal.kind) == (200, "text/html")
    xchart.control("POST", "/faults", {"path": server, "kind": "redirect"})
    assert plain(xchart.address, "GET", server).status == 302
    xchart.control("POST", "/faults", {"path": server, "kind": "close"})
    with pytest.raises(http.client.IncompleteRead):
        plain(xchart.address, "GET", server)
    xchart.control("POST", "/faults", {"path": server, "kind": "hang"})
    with pytest.raises(requests.ReadTimeout):
        requests.get(xchart.address + server, timeout=0.2)
    assert plain(xchart.address, "GET", server).status == 200


def test_members_are_changed_by_label_email_or_id(xchart: Xchart) -> None:
    for which in ("acc-office", "Office%20Assistant", "frontdesk@lakeside.example"):
        answer = xchart.control("POST", f"/members/{which}", {"roles": ["member"]})
        assert (answer.status, answer.body["label"]) == (200, "Office Assistant")
    assert xchart.control("POST", "/members/nobody", {}).status == 404


def test_a_new_password_is_asked_for_by_every_computer(xchart: Xchart) -> None:
    kiosk = xchart.join()
    given = xchart.control("POST", "/passwords/Office%20Assistant", {"password": "new herons"})
    assert given.body == {"given": True}
    assert kiosk.start().code == "password_changed"
