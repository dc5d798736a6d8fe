"""Sessions, their tokens and pages, and their end."""

import pytest

from sandbox.tables.rows import Account
from tests.support.sandbox.browsing import sign_in
from tests.support.sandbox.client import CHEN, OFFICE, RIVERA, Kiosk
from tests.support.sandbox.running import Xchart


def page(xchart: Xchart, kiosk: Kiosk) -> str:
    """The cookie of a page opened by a fresh session's handoff."""
    handoff = kiosk.start().body["handoff"]
    assert isinstance(handoff, dict)
    return xchart.open_page(str(handoff["url"]))


def test_an_access_token_lives_ten_minutes_and_is_replaced_by_renewal(xchart: Xchart) -> None:
    kiosk = xchart.join()
    kiosk.start()
    old = kiosk.held["access_token"]
    renewed = kiosk.call("POST", f"/v1/sessions/{kiosk.held['session']}/renew")
    assert kiosk.call("POST", "/v1/handoffs", token=old).code == "session_ended"
    new = str(renewed.body["access_token"])
    assert kiosk.call("POST", "/v1/handoffs", token=new).status == 201
    xchart.pass_time(minutes=10)
    assert kiosk.call("POST", "/v1/handoffs", token=new).code == "session_ended"


def test_an_access_token_is_nothing_without_its_key(xchart: Xchart) -> None:
    kiosk = xchart.join()
    kiosk.start()
    thief = Kiosk(xchart.address)
    stolen = kiosk.held["access_token"]
    assert thief.call("POST", "/v1/handoffs", token=stolen).code == "session_ended"
    path = f"/v1/sessions/{kiosk.held['session']}"
    assert thief.call("POST", f"{path}/renew").code == "session_ended"
    assert thief.call("DELETE", path).status == 204
    assert kiosk.call("POST", f"{path}/renew").status == 200


def test_a_session_ends_after_a_day(xchart: Xchart) -> None:
    kiosk = xchart.join()
    kiosk.start()
    xchart.pass_time(hours=24)
    renewed = kiosk.call("POST", f"/v1/sessions/{kiosk.held['session']}/renew")
    assert renewed.code == "session_ended"


def test_ending_it_twice_is_done_twice_and_its_page_dies(xchart: Xchart) -> None:
    kiosk = xchart.join()
    cookie = page(xchart, kiosk)
    assert xchart.page("/today", cookie).status == 200
    path = f"/v1/sessions/{kiosk.held['session']}"
    assert [kiosk.call("DELETE", path).status for _ in range(2)] == [204, 204]
    assert xchart.page("/today", cookie).status == 303


def test_a_handoff_opens_once_and_within_a_minute(xchart: Xchart) -> None:
    kiosk = xchart.join()
    for wait, status in ((0, 303), (59, 303), (60, 410)):
        handoff = kiosk.start().body["handoff"]
        assert isinstance(handoff, dict)
        path = str(handoff["url"]).removeprefix(xchart.address)
        xchart.pass_time(seconds=wait)
        assert xchart.page(path, "").status == status
        again = xchart.page(path, "")
        assert again.status == 410
        assert "used already" in again.text
    assert xchart.page("/handoff/unknown", "").status == 410


def test_a_handoff_of_an_ended_session_opens_nothing(xchart: Xchart) -> None:
    kiosk = xchart.join()
    handoff = kiosk.start().body["handoff"]
    assert isinstance(handoff, dict)
    kiosk.call("DELETE", f"/v1/sessions/{kiosk.held['session']}")
    path = str(handoff["url"]).removeprefix(xchart.address)
    assert xchart.page(path, "").status == 410


def test_deactivation_ends_everything_at_once(xchart: Xchart) -> None:
    kiosk = xchart.join()
    cookie = page(xchart, kiosk)
    xchart.control("POST", f"/members/{OFFICE}", {"active": False})
    assert xchart.page("/today", cookie).status == 303
    token = kiosk.held["access_token"]
    assert kiosk.call("POST", "/v1/handoffs", token=token).code == "session_ended"
    renewed = kiosk.call("POST", f"/v1/sessions/{kiosk.held['session']}/renew")
    assert renewed.code == "account_deactivated"
    for refused in (kiosk.start(), kiosk.changes(), kiosk.ask_again(), kiosk.ask_to_join()):
        assert (refused.status, refused.code) == (403, "account_deactivated")
    xchart.control("POST", f"/members/{OFFICE}", {"active": True})
    assert xchart.page("/today", cookie).status == 303
    assert kiosk.start().code == "trust_revoked", "old trust does not come back by itself"


def test_deactivation_between_text_and_answer(xchart: Xchart) -> None:
    kiosk = Kiosk(xchart.address)
    challenge = str(kiosk.ask_to_join().body["id"])
    kiosk.deliver(challenge)
    xchart.control("POST", f"/members/{OFFICE}", {"active": False})
    assert kiosk.answer(challenge, xchart.newest_code()).code == "account_deactivated"


def test_a_promoted_shared_account_is_refused(xchart: Xchart) -> None:
    kiosk = xchart.join()
    kiosk.start()
    for roles in (["member", "provider"], ["member", "admin"]):
        xchart.control("POST", f"/members/{OFFICE}", {"roles": roles})
        for refused in (kiosk.start(), kiosk.changes(), kiosk.ask_again(), kiosk.ask_to_join()):
            assert (refused.status, refused.code) == (403, "account_privileged")
    xchart.control("POST", f"/members/{OFFICE}", {"roles": ["member"]})
    assert kiosk.start().status == 201


@pytest.mark.parametrize("roles", [["provider"], ["member", "admin"], ["provider", "admin"]])
def test_promotion_ends_what_a_shared_account_has_open(
    xchart: Xchart, kiosk: Kiosk, roles: list[str]
) -> None:
    """Law 6: not only whoever comes next is refused."""
    cookie = page(xchart, kiosk)
    handoff = kiosk.call("POST", "/v1/handoffs", token=kiosk.held["access_token"]).body
    browser, _ = sign_in(xchart, "frontdesk@lakeside.example", RIVERA)
    xchart.control("POST", f"/members/{OFFICE}", {"roles": roles})
    path = f"/v1/sessions/{kiosk.held['session']}/renew"
    token = kiosk.held["access_token"]
    for refused in (kiosk.call("POST", path), kiosk.call("POST", "/v1/handoffs", token=token)):
        assert (refused.status, refused.code) == (403, "account_privileged")
    assert xchart.page(str(handoff["url"]).removeprefix(xchart.address), "").status == 410
    assert [xchart.page("/today", each).status for each in (cookie, browser)] == [303, 303]
    xchart.control("POST", f"/members/{OFFICE}", {"roles": ["member"]})
    assert kiosk.call("POST", path).code == "session_ended", "what ended stays ended"
    assert [xchart.page("/today", each).status for each in (cookie, browser)] == [303, 303]
    assert kiosk.start().status == 201


def test_whoever_wrote_the_rights_nothing_goes_on(xchart: Xchart, kiosk: Kiosk) -> None:
    """A database may come from a server that let such a session run on."""
    cookie = page(xchart, kiosk)
    with xchart.state.unit() as db:
        db.get_one(Account, OFFICE).roles = frozenset({"member", "provider"})
    path = f"/v1/sessions/{kiosk.held['session']}/renew"
    assert kiosk.call("POST", path).code == "account_privileged"
    assert xchart.page("/today", cookie).status == 303


def test_promotion_between_text_and_answer(xchart: Xchart) -> None:
    kiosk = Kiosk(xchart.address)
    challenge = str(kiosk.ask_to_join().body["id"])
    kiosk.deliver(challenge, CHEN)
    xchart.control("POST", f"/members/{OFFICE}", {"roles": ["admin"]})
    assert kiosk.answer(challenge, xchart.newest_code()).code == "account_privileged"


def test_a_person_is_listed_or_named_themselves(xchart: Xchart) -> None:
    kiosk = xchart.join()
    assert kiosk.start("per-nobody").code == "person_unlisted"
    assert kiosk.start(OFFICE).status == 201


def test_a_session_survives_a_restart_of_nothing_but_the_kiosk(xchart: Xchart) -> None:
    kiosk = xchart.join()
    again = Kiosk(xchart.address, key=kiosk.key, held=dict(kiosk.held))
    assert again.start().status == 201, "no code after a restart (facts.md S13)"


def test_a_new_session_ends_what_a_crash_left_behind(xchart: Xchart) -> None:
    """One computer, one session; another computer's lives on."""
    crashed, other = xchart.join(), xchart.join()
    crashed.start()
    other.start()
    left = crashed.held["access_token"]
    crashed.start("per-james")
    assert crashed.call("POST", "/v1/handoffs", token=left).code == "session_ended"
    assert crashed.call("POST", "/v1/handoffs", token=crashed.held["access_token"]).status == 201
    assert other.call("POST", "/v1/handoffs", token=other.held["access_token"]).status == 201


@pytest.mark.parametrize("person", [OFFICE, "per-maria", "Lena P."])
def test_no_pin_opens_what_several_share(xchart: Xchart, kiosk: Kiosk, person: str) -> None:
    """Nobody has one there (``PUT /v1/pin-shares``): it would only look like proof."""
    kiosk.start()
    token = kiosk.held["access_token"]
    refused = kiosk.start(person, "pin")
    assert refused.code == ("invalid" if person != "Lena P." else "person_unlisted")
    assert kiosk.call("POST", "/v1/handoffs", token=token).status == 201, "it ends nothing"


@pytest.mark.parametrize("person", ["per-maria", OFFICE, RIVERA])
def test_an_id_is_no_name_that_somebody_types(xchart: Xchart, kiosk: Kiosk, person: str) -> None:
    assert kiosk.start(person, "self-named").code == "person_unlisted"
