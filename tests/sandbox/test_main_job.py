"""The main job, from a new computer to the page, against the real server."""

from tests.support.sandbox.client import Kiosk, plain
from tests.support.sandbox.running import Xchart


def test_a_new_computer_joins_and_one_tap_opens_the_page(xchart: Xchart) -> None:
    kiosk = xchart.join()
    session = kiosk.start()
    assert session.status == 201, session.text
    handoff = session.body["handoff"]
    assert isinstance(handoff, dict)
    path = handoff["url"].removeprefix(xchart.address)
    led_in = plain(xchart.address, "GET", path)
    assert led_in.status == 303
    cookie = led_in.headers["Set-Cookie"].partition(";")[0]
    today = plain(xchart.address, "GET", "/today", headers={"Cookie": cookie})
    assert "Signed in as Office Assistant · Maria Lopez assisting" in today.text
    assert plain(xchart.address, "GET", path).status == 410


def test_the_everyday_calls_answer(xchart: Xchart) -> None:
    kiosk = xchart.join()
    assert kiosk.start().status == 201
    session = kiosk.held["session"]
    assert kiosk.call("POST", f"/v1/sessions/{session}/renew").status == 200
    kiosk.held["access_token"] = str(
        kiosk.call("POST", f"/v1/sessions/{session}/renew").body["access_token"]
    )
    assert kiosk.call("POST", "/v1/handoffs", token=kiosk.held["access_token"]).status == 201
    changes = kiosk.changes()
    assert changes.status == 200, changes.text
    assert kiosk.changes(str(changes.body["cursor"])).status == 204
    assert kiosk.call("DELETE", f"/v1/sessions/{session}").status == 204
    assert kiosk.call("POST", f"/v1/sessions/{session}/renew").code == "session_ended"


def test_another_computer_needs_the_code_again(xchart: Xchart) -> None:
    first = xchart.join()
    second = Kiosk(xchart.address, held=dict(first.held))
    assert second.start().code == "trust_missing"
