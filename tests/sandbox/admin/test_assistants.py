"""The list of who shares a login: what an admin changes there, and what computers learn of it."""

import pytest
from sqlalchemy import select

from sandbox.tables.rows import Account, Listing, Person
from tests.sandbox.identity.test_floats import granted, offered
from tests.sandbox.server.test_notifier import LONG_ENOUGH, Waiting, held, waiting
from tests.support.sandbox.browsing import sign_in
from tests.support.sandbox.client import CHEN, OFFICE, RIVERA, Answer, Kiosk, plain
from tests.support.sandbox.pushing import Audit, kept, standings
from tests.support.sandbox.running import Xchart

__all__ = ["waiting"]

LIST = f"/members/{OFFICE}/assistants"
FLOATS = f"/members/{OFFICE}/floats"
EVERYONE = ["Aisha Khan", "James Carter", "Maria Lopez"]


def people(kiosk: Kiosk) -> list[object]:
    """The names on this computer's tiles."""
    found = granted(kiosk.changes())["people"]
    assert isinstance(found, list)
    return [each["name"] for each in found]


def done(answer: Answer) -> None:
    """The form was accepted, and the page shows that list again."""
    assert (answer.status, answer.headers["Location"]) == (303, f"/members#{OFFICE}")


def test_an_assistant_is_added_and_renamed(xchart: Xchart, kiosk: Kiosk, admin: str) -> None:
    done(xchart.page(LIST, admin, {"name": "  Lena   Park "}))
    assert people(kiosk) == ["Aisha Khan", "James Carter", "Lena Park", "Maria Lopez"]
    done(xchart.page(f"{LIST}/per-james/name", admin, {"name": "James T. Carter"}))
    assert people(kiosk) == ["Aisha Khan", "James T. Carter", "Lena Park", "Maria Lopez"]
    done(xchart.page(f"{LIST}/per-james/name", admin, {"name": "James T. Carter"}))


def test_a_name_is_on_the_list_once(xchart: Xchart, kiosk: Kiosk, admin: str) -> None:
    for path in (LIST, f"{LIST}/per-james/name"):
        refused = xchart.page(path, admin, {"name": "maria  lopez"})
        assert refused.status == 409
        assert "This name is on the list already." in refused.text
        for name in ("", "   ", "x" * 61, "Ma\x00ria"):
            unfit = xchart.page(path, admin, {"name": name})
            assert unfit.status == 422
            assert "Give a name of 1 to 60 letters." in unfit.text
    assert people(kiosk) == EVERYONE


def test_what_was_typed_is_not_lost_when_it_does_not_fit(xchart: Xchart, admin: str) -> None:
    assert 'value="maria  lopez"' in xchart.page(LIST, admin, {"name": "maria  lopez"}).text


def test_who_is_removed_is_out_at_once_and_stays_in_the_history(
    xchart: Xchart, kiosk: Kiosk, admin: str, waiting: Waiting
) -> None:
    handoff = kiosk.start().body["handoff"]
    assert isinstance(handoff, dict)
    page = xchart.open_page(str(handoff["url"]))
    other = xchart.join(approver=CHEN)
    other.start("per-james")
    before = Audit(kiosk)
    before.add(5)
    before.push()
    polled = waiting.begin(kiosk, held(kiosk))
    done(xchart.page(f"{LIST}/per-maria/remove", admin, {}))
    said = granted(polled.result(LONG_ENOUGH))["people"]
    assert isinstance(said, list)
    assert [each["name"] for each in said] == ["Aisha Khan", "James Carter"]
    renewed = kiosk.call("POST", f"/v1/sessions/{kiosk.held['session']}/renew")
    assert renewed.code == "session_ended"
    assert xchart.page("/today", page).status == 303
    refused = kiosk.start()
    assert (refused.status, refused.code) == (403, "person_unlisted")
    assert other.call("POST", "/v1/handoffs", token=other.held["access_token"]).status == 201
    before.add(6, act="left")
    before.push()
    assert [each.who for each in kept(xchart, before.chain)] == ["Maria Lopez"] * 2
    assert "not_believed" not in standings(xchart, before)
    with xchart.state.unit() as db:
        assert db.get(Listing, (OFFICE, kiosk.jkt, "per-maria")) is not None


def test_removing_somebody_signs_no_browser_of_the_login_out(
    xchart: Xchart, kiosk: Kiosk, admin: str
) -> None:
    office, _ = sign_in(xchart, "frontdesk@lakeside.example", RIVERA)
    done(xchart.page(f"{LIST}/per-maria/remove", admin, {}))
    done(xchart.page(f"{LIST}/per-maria/remove", admin, {}))
    assert xchart.page("/today", office).status == 200


def test_down_to_one_naming_is_off_and_up_again_it_is_on(
    xchart: Xchart, kiosk: Kiosk, admin: str
) -> None:
    for name in ("maria", "james"):
        done(xchart.page(f"{LIST}/per-{name}/remove", admin, {}))
    assert granted(kiosk.changes())["attribution"] == "off"
    done(xchart.page(f"{LIST}/per-aisha/remove", admin, {}))
    assert people(kiosk) == ["Office Assistant"]
    assert kiosk.start("Lena P.", "self-named").status == 201
    assert offered(kiosk) == [], "nobody is named, so nobody else is either"
    for name in ("Ana Berg", "Bo Chan"):
        done(xchart.page(LIST, admin, {"name": name}))
    assert granted(kiosk.changes())["attribution"] == "tap"
    assert offered(kiosk) == ["Lena P."]


def test_a_float_is_shown_with_day_and_room_and_kept(
    xchart: Xchart, kiosk: Kiosk, admin: str
) -> None:
    assert "Typed their own name" not in xchart.page("/members", admin).text
    kiosk.start("Lena P.", "self-named")
    page = xchart.page("/members", admin).text
    assert "Mon, Nov 23 · Op 3 · Main Street" in page
    done(xchart.page(f"{FLOATS}/keep", admin, {"name": "Lena P."}))
    assert people(kiosk) == ["Aisha Khan", "James Carter", "Lena P.", "Maria Lopez"]
    assert offered(kiosk) == []
    assert "Typed their own name" not in xchart.page("/members", admin).text
    with xchart.state.unit() as db:
        lena = db.scalars(select(Person.id).where(Person.name == "Lena P.")).one()
    assert lena.startswith("per-")
    assert kiosk.start(lena).status == 201
    done(xchart.page(f"{FLOATS}/keep", admin, {"name": "Lena P."}))
    assert people(kiosk).count("Lena P.") == 1


def test_a_float_who_is_dropped_is_offered_nowhere_until_another_day(
    xchart: Xchart, kiosk: Kiosk, admin: str
) -> None:
    kiosk.start("Lena P.", "self-named")
    cursor = held(kiosk)
    done(xchart.page(f"{FLOATS}/drop", admin, {"name": "Lena P."}))
    assert granted(kiosk.changes(cursor))["self_named"] == []
    assert people(kiosk) == EVERYONE
    assert kiosk.start("Lena P.", "self-named").status == 201
    assert offered(kiosk) == []
    xchart.pass_time(days=1)
    kiosk.start("Lena P.", "self-named")
    assert offered(kiosk) == ["Lena P."]


def test_a_float_of_two_days_is_one_decision(xchart: Xchart, kiosk: Kiosk) -> None:
    kiosk.start("Lena P.", "self-named")
    xchart.pass_time(days=1)
    kiosk.start("lena P.", "self-named")
    admin, _ = sign_in(xchart, "rivera@lakeside.example", RIVERA)
    page = xchart.page("/members", admin).text
    assert ("Tue, Nov 24" in page, "Mon, Nov 23" in page) == (True, False)
    done(xchart.page(f"{FLOATS}/drop", admin, {"name": "lena P."}))
    assert "Typed their own name" not in xchart.page("/members", admin).text


@pytest.mark.parametrize("path", [LIST, f"{LIST}/per-james/name"])
def test_a_float_whose_name_is_listed_by_hand_has_one_tile(
    xchart: Xchart, kiosk: Kiosk, admin: str, path: str
) -> None:
    kiosk.start("Lena P.", "self-named")
    done(xchart.page(path, admin, {"name": "Lena P."}))
    assert people(kiosk).count("Lena P.") == 1
    assert offered(kiosk) == []


def test_who_was_kept_and_removed_and_types_again_waits_again(
    xchart: Xchart, kiosk: Kiosk, admin: str
) -> None:
    kiosk.start("Lena P.", "self-named")
    done(xchart.page(f"{FLOATS}/keep", admin, {"name": "Lena P."}))
    with xchart.state.unit() as db:
        lena = db.scalars(select(Person.id).where(Person.name == "Lena P.")).one()
    done(xchart.page(f"{LIST}/{lena}/remove", admin, {}))
    assert offered(kiosk) == []
    kiosk.start("Lena P.", "self-named")
    assert offered(kiosk) == ["Lena P."]


ACTS = [
    (LIST, {"name": "Ana Berg"}),
    (f"{LIST}/per-maria/name", {"name": "Ana Berg"}),
    (f"{LIST}/per-maria/remove", {}),
    (f"{FLOATS}/keep", {"name": "Lena P."}),
    (f"{FLOATS}/drop", {"name": "Lena P."}),
]


@pytest.mark.parametrize(("path", "form"), ACTS)
def test_it_is_for_an_admin_on_our_own_page(
    xchart: Xchart, kiosk: Kiosk, admin: str, path: str, form: dict[str, str]
) -> None:
    kiosk.start("Lena P.", "self-named")
    chen, _ = sign_in(xchart, "chen@lakeside.example", CHEN)
    office, _ = sign_in(xchart, "frontdesk@lakeside.example", RIVERA)
    assert [xchart.page(path, each, form).status for each in (chen, office, "")] == [403, 403, 401]
    body = "&".join(f"{name}={value}" for name, value in form.items()).encode()
    headers = {"Cookie": admin, "Content-Type": "application/x-www-form-urlencoded"}
    for origin in ({"Origin": "http://evil.example"}, {"Origin": "null"}, {}):
        foreign = plain(xchart.address, "POST", path, body=body, headers={**headers, **origin})
        assert foreign.status == 401
    assert people(kiosk) == EVERYONE
    assert offered(kiosk) == ["Lena P."]
    done(xchart.page(path, admin, form))


@pytest.mark.parametrize(("path", "form"), ACTS)
@pytest.mark.parametrize("other", [CHEN, "acc-nobody"])
def test_nobody_is_named_on_an_account_that_is_not_shared(
    xchart: Xchart, kiosk: Kiosk, admin: str, path: str, form: dict[str, str], other: str
) -> None:
    assert xchart.page(path.replace(OFFICE, other), admin, form).status == 404
    assert xchart.page(f"{LIST}/per-nobody/name", admin, {"name": "Ana Berg"}).status == 404
    assert people(kiosk) == EVERYONE


def test_one_shared_login_does_not_keep_the_list_of_another(
    xchart: Xchart, kiosk: Kiosk, admin: str
) -> None:
    wish = {"label": "Harbor Desk", "email": "harbor@lakeside.example", "shared": "yes"}
    assert xchart.page("/members", admin, {**wish, "roles": "member"}).status == 303
    with xchart.state.unit() as db:
        harbor = db.scalars(select(Account.id).where(Account.label == "Harbor Desk")).one()
    kiosk.start()
    path = f"/members/{harbor}/assistants/per-maria"
    xchart.page(f"{path}/remove", admin, {})
    assert xchart.page(f"{path}/name", admin, {"name": "Ana Berg"}).status == 404
    assert people(kiosk) == EVERYONE
    assert kiosk.call("POST", "/v1/handoffs", token=kiosk.held["access_token"]).status == 201


def test_a_name_cannot_draw_on_the_page(xchart: Xchart, kiosk: Kiosk, admin: str) -> None:
    done(xchart.page(LIST, admin, {"name": '"><script>x</script>'}))
    kiosk.start("<b>Lena", "self-named")
    page = xchart.page("/members", admin).text
    page += xchart.page(LIST, admin, {"name": '"><script>x</script>'}).text
    assert "<script>" not in page
    assert "<b>Lena" not in page
    assert "&lt;b&gt;Lena" in page
    assert "&#34;&gt;&lt;script&gt;" in page


def test_the_page_says_once_what_a_name_is_not(xchart: Xchart, admin: str) -> None:
    wish = {"label": "Harbor Desk", "email": "harbor@lakeside.example", "shared": "yes"}
    assert xchart.page("/members", admin, {**wish, "roles": "member"}).status == 303
    page = xchart.page("/members", admin).text
    assert "Who shares Office Assistant" in page
    assert "Who shares Harbor Desk" in page
    assert page.count("not an Xchart identity") == 1
