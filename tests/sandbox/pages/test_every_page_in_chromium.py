"""Every page in Chromium: it fits both sizes of screen, and a keyboard alone is enough."""

from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from sandbox.tables.rows import Account, Mail, Person
from tests.support.sandbox.browsing import sign_in
from tests.support.sandbox.chromium import LARGE, SMALL, Somebody
from tests.support.sandbox.client import CHEN, DEMO_WORD, OFFICE, Kiosk
from tests.support.sandbox.fit_pages import faint, out_of_reach
from tests.support.sandbox.pushing import Audit
from tests.support.sandbox.reading import at_kiosk, opens, visit_of
from tests.support.sandbox.running import Xchart

Desk = Callable[..., Somebody]
PEOPLE = 40
LONG = "Alexandra Featherstonehaugh-Cholmondeley"


@pytest.fixture
def busy(xchart: Xchart, kiosk: Kiosk, admin: str) -> Xchart:
    """A practice in which something of everything has happened."""
    kiosk.start("Robin Vega", "self-named")
    opens(xchart, at_kiosk(xchart, kiosk), visit_of(xchart))
    audit = Audit(kiosk)
    audit.add(5)
    audit.add(6, act="status_set", detail="Seated", subject=visit_of(xchart).id)
    audit.add(7, actor=CHEN)
    audit.push()
    xchart.own_login(kiosk).keep_pin()
    xchart.page("/badges/per-maria", admin, {"number": "0012345678"})
    wish = {"label": "Harbor Desk", "email": "harbor@lakeside.example", "roles": "member"}
    xchart.page("/members", admin, {**wish, "shared": "yes"})
    xchart.page("/members/acc-becker/phone", admin, {"phone": "+1 555 0100 099"})
    return xchart


def crowd(xchart: Xchart) -> None:
    """Forty more with a login of their own, and forty more on the shared one; long names too."""
    with xchart.state.unit() as db:
        for each in range(PEOPLE):
            name = f"{LONG} {each:02d}" if each % 8 == 0 else f"Person {each:02d}"
            db.add(
                Account(
                    id=f"acc-{each:02d}",
                    label=name,
                    email=f"{name.lower().replace(' ', '.')}@oralsurgery.lakeside.example",
                    shared=False,
                    roles=frozenset({"member"}),
                    active=each % 9 != 0,
                    approver=False,
                    password_hash=None,
                    phone="+15550100021",
                )
            )
            db.add(Person(id=f"per-{each:02d}", account_id=OFFICE, name=f"Assistant {each:02d}"))


def pages_of(xchart: Xchart, kiosk: Kiosk) -> list[str]:
    """What an admin can come to."""
    visit = visit_of(xchart)
    with xchart.state.unit() as db:
        (invitation,) = db.scalars(select(Mail.link).where(Mail.link != "")).all()
    return [
        "/",
        "/today",
        "/today?location=Harbor",
        f"/appointments/{visit.id}",
        "/members",
        "/devices",
        f"/devices/{kiosk.jkt}/revoke",
        "/audit",
        f"/audit?patient={visit.patient.split()[-1]}&from=2026-11-23&to=2026-11-24",
        "/audit?from=2026-11-23&to=2026-11-25",
        "/departures",
        "/departures/per-maria",
        f"/departures/{CHEN}",
        "/profile",
        "/outbox",
        "/phones",
        invitation.removeprefix(xchart.address),
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_can_be_read_by_day_and_in_a_dark_room(
    scheme: Literal["light", "dark"], busy: Xchart, kiosk: Kiosk, rivera: Somebody
) -> None:
    rivera.page.emulate_media(color_scheme=scheme)
    wrong = {}
    for path in pages_of(busy, kiosk):
        wrong[path] = faint(rivera.opens(path).page)
    ground = rivera.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == {"light": "rgb(243, 246, 247)", "dark": "rgb(17, 25, 28)"}[scheme]
    assert {path: found for path, found in wrong.items() if found} == {}


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])
def test_every_page_fits_with_forty_people_in_the_practice(
    size: tuple[int, int], busy: Xchart, kiosk: Kiosk, admin: str, at_desk: Desk
) -> None:
    crowd(busy)
    somebody = at_desk(admin, size)
    for path in pages_of(busy, kiosk):
        somebody.opens(path)


def test_a_keyboard_leads_to_every_control(
    busy: Xchart, kiosk: Kiosk, rivera: Somebody, at_desk: Desk
) -> None:
    wrong = {}
    for path in pages_of(busy, kiosk):
        wrong[path] = out_of_reach(rivera.opens(path).page)
    chen = at_desk("; ".join(sign_in(busy, "chen@lakeside.example", CHEN)))
    chen.opens("/profile").types("Your password", DEMO_WORD).enters()
    wrong["app"] = out_of_reach(chen.page)
    stranger = at_desk().opens("/signin")
    wrong["/signin"] = out_of_reach(stranger.page)
    stranger.types("E-mail", "frontdesk@lakeside.example").types("Password", DEMO_WORD).enters()
    wrong["code"] = out_of_reach(stranger.page)
    stranger.presses("Text: Dr. Chen")
    wrong["sent"] = out_of_reach(stranger.page)
    assert {path: found for path, found in wrong.items() if found} == {}


def test_the_new_password_is_given_without_a_mouse(xchart: Xchart, rivera: Somebody) -> None:
    rivera.opens("/departures/per-maria")
    rivera.page.locator("summary").focus()
    rivera.page.keyboard.press("Enter")
    rivera.page.keyboard.press("Tab")
    rivera.page.keyboard.type("seven slow swans")
    rivera.page.keyboard.press("Tab")
    rivera.page.keyboard.press("Space")
    rivera.enters()
    assert "by Dr. Elena Rivera. " in rivera.row("Password of Office Assistant")


def test_from_deep_down_on_members_each_part_is_one_press_away(
    busy: Xchart, rivera: Somebody
) -> None:
    crowd(busy)
    rivera.opens("/members")
    last = rivera.page.get_by_label("Another phone of Tom Becker")
    last.scroll_into_view_if_needed()
    part = rivera.page.get_by_role("navigation", name="On this page")
    part.get_by_role("link", name="Who shares Office Assistant").click()
    expect(part).to_be_in_viewport()
    heading = rivera.page.get_by_role("heading", name="Who shares Office Assistant")
    expect(heading).to_be_in_viewport()
    expect(rivera.page.get_by_role("button", name="Send invitation")).to_be_in_viewport()
