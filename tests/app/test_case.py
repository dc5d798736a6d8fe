"""A case through the whole kiosk, beside the reference server and at a site.

Needs a screen: the web engine draws on one.
"""

from kiosk.keychain.port import Item, ItemName
from kiosk.local.clock import ComputerReadings
from kiosk.session.model import intents as want
from kiosk.session.model import state as s
from kiosk.session.model.audit import Cause
from kiosk.session.model.commands import Status
from sandbox.web.people import OFFICE
from tests.app.test_site_carrier import MARIA as MARIA_THERE
from tests.app.test_site_carrier import WebDesk, site
from tests.app.test_site_carrier import desk as web_desk
from tests.app.test_wiring import MARIA, Desk, desk, status, xchart
from tests.support.sandbox.running import Xchart
from tests.support.sandbox.web_site import WebSite

__all__ = ["desk", "site", "web_desk", "xchart"]
CASE = ItemName(Item.CASE)


def at_work(desk: Desk, xchart: Xchart) -> None:
    """A new computer joins, and Maria is in, with her page."""
    desk.start()
    desk.joins(xchart)
    desk.until(s.AtLogin)
    desk.wants(want.TileTapped(MARIA))
    desk.until(s.Active, lambda phase: phase.session.shown)


def treats(desk: Desk) -> s.Active:
    """A case is on, in record and keychain."""
    desk.wants(want.CaseWanted())
    return desk.until(s.Active, lambda phase: phase.session.in_case)


def is_over(desk: Desk) -> None:
    """Nothing of it is left."""
    desk.until(s.Active, lambda phase: phase.session.case is None)
    desk.bot.waitUntil(lambda: CASE not in desk.keychain.stored)


def test_a_case_outlives_the_process_and_one_tap_leads_back(desk: Desk, xchart: Xchart) -> None:
    # A start has the computer's time until it hears the server's: they are the same.
    now = ComputerReadings().wall()
    xchart.pass_time(seconds=(now - xchart.state.clock.now()).total_seconds())
    at_work(desk, xchart)
    began = treats(desk).session.case
    assert began is not None
    assert CASE in desk.keychain.stored
    desk.bot.waitUntil(lambda: status(desk)["case"] is not None)
    assert MARIA not in str(status(desk))
    desk.stop()
    desk.start()
    covered = desk.until(s.Locked)
    assert covered.cause is Cause.RESTART
    desk.wants(want.TileTapped(MARIA))
    back = desk.until(s.Active, lambda phase: phase.session.shown).session.case
    assert back is not None
    assert (back.sequence, back.began_at) == (began.sequence, began.began_at)
    desk.wants(want.CaseEndWanted())
    is_over(desk)
    desk.stop()
    desk.start()
    desk.until(s.AtLogin)


def test_what_an_admin_takes_away_waits_and_revoke_now_does_not(desk: Desk, xchart: Xchart) -> None:
    at_work(desk, xchart)
    treats(desk)
    jkt = desk.app.runtime.state.known.device
    assert xchart.control("POST", f"/computers/{jkt}", {"revoke": "device"}).status == 200
    phase = desk.until(
        s.Active, lambda at: at.session.case is not None and bool(at.session.case.pending)
    )
    assert phase.session.in_case
    desk.wants(want.CaseEndWanted())
    desk.until(s.AtLogin)


def test_seated_and_left_are_all_that_a_team_has_to_press(desk: Desk, xchart: Xchart) -> None:
    at_work(desk, xchart)
    desk.wants(want.StatusWanted("apt-1", Status.SEATED, 1))
    desk.until(s.Active, lambda phase: phase.session.in_case)
    desk.wants(want.StatusWanted("apt-1", Status.LEFT, 2))
    is_over(desk)


def test_at_a_site_the_relief_finds_the_page_with_what_was_typed(
    web_desk: WebDesk, site: WebSite
) -> None:
    desk = web_desk
    desk.at_work(site, MARIA_THERE)
    treats(desk)
    page = desk.on_show().page()
    desk.run("document.querySelector('textarea').value = 'half a sentence'")
    desk.wants(want.SwitchWanted())
    desk.wants(want.TileTapped("Jo"))
    desk.until(s.Active, lambda phase: phase.session.person.id == "Jo")
    assert desk.view(MARIA_THERE).page() is page
    assert desk.app.window.xchart.isAncestorOf(desk.view(MARIA_THERE))
    told: list[object] = []
    page.runJavaScript("document.querySelector('textarea').value", 0, told.append)
    desk.bot.waitUntil(lambda: told == ["half a sentence"])
    assert site.submissions[OFFICE] == 1
    desk.wants(want.CaseEndWanted())
    is_over(desk)
