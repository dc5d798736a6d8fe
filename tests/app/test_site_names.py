"""Names typed at a site's computer, through the whole kiosk, on the real site's pages.

Needs a screen: the web engine draws on one, or X11 keeps who owns what.
"""

from dataclasses import replace

from kiosk.local.profile import replace_file
from kiosk.local.settings import render
from kiosk.session.model import intents as want
from kiosk.session.model import state as s
from kiosk.session.model.people import SOMEONE_ELSE
from kiosk.session.pages.views import LoginView
from kiosk.session.view import view
from sandbox.web.people import OFFICE
from tests.app.test_site_carrier import MARIA, WebDesk, desk, site
from tests.support.sandbox.client import DEMO_WORD
from tests.support.sandbox.web_site import WebSite

__all__ = ["desk", "site"]
LENA, BADGE = "Lena P.", "0004417290"


def tiles(desk: WebDesk) -> list[str]:
    """Who may be tapped."""
    shown = view(desk.app.runtime.state, desk.app._clock.now())
    assert isinstance(shown, LoginView)
    return [each.person_id for each in shown.tiles]


def unlocked(desk: WebDesk) -> None:
    """The list, on which the password was typed: a new name is asked for."""
    desk.wants(want.ThisComputerWanted())
    desk.wants(want.NamesWanted())
    desk.wants(want.NameAddWanted())
    desk.wants(want.PasswordGiven(desk.app._slots.put(DEMO_WORD)))
    desk.until(s.AddingName)


def kept(desk: WebDesk) -> None:
    """The change is made: the list again."""
    desk.until(s.ListingNames, lambda _: not desk.app.runtime.state.known.roster_attempt)


def reads(desk: WebDesk, number: str) -> None:
    """As the hands report what a reader typed."""
    desk.wants(want.BadgeRead(desk.app._slots.put(number)))


def test_a_name_that_was_typed_here_is_one_tap_and_still_there_after_a_restart(
    desk: WebDesk, site: WebSite
) -> None:
    desk.set_up(site)
    nobody = replace(desk.settings, site=replace(desk.settings.site, assistants=()))
    desk.settings = nobody
    replace_file(desk.profile.settings, render(nobody))
    desk.start()
    desk.joins_site(site)
    desk.wants(want.ThisComputerWanted())
    desk.wants(want.NamesWanted())
    desk.wants(want.NameAddWanted())
    desk.wants(want.PasswordGiven(desk.app._slots.put("not the word")))
    desk.until(s.UnlockingNames, lambda phase: phase.why is not None)
    desk.wants(want.PasswordGiven(desk.app._slots.put(DEMO_WORD)))
    desk.until(s.AddingName)
    desk.wants(want.NameGiven("lena", "p"))
    desk.until(s.ListingNames, lambda phase: not desk.app.runtime.state.known.roster_attempt)
    desk.wants(want.WentBack())
    desk.wants(want.WentBack())
    assert tiles(desk) == [LENA, SOMEONE_ELSE]
    desk.taps(LENA)
    desk.stop()
    desk.start()
    desk.until(s.AtLogin)
    assert tiles(desk) == [LENA, SOMEONE_ELSE]
    desk.taps(LENA)
    assert site.submissions[OFFICE] == 1, "what is compared here is sent nowhere"


def test_a_badge_that_was_read_to_a_name_enters_also_after_a_restart(
    desk: WebDesk, site: WebSite
) -> None:
    desk.set_up(site)
    desk.start()
    desk.joins_site(site)
    unlocked(desk)
    desk.wants(want.WentBack())
    desk.wants(want.TileTapped(MARIA))
    desk.until(s.EditingName)
    reads(desk, BADGE)
    kept(desk)
    desk.wants(want.WentBack())
    desk.wants(want.WentBack())
    desk.until(s.AtLogin)
    desk.stop()
    desk.start()
    desk.until(s.AtLogin)
    reads(desk, "9999999999")
    desk.until(s.AtLogin, lambda phase: phase.why is not None)
    reads(desk, BADGE)
    desk.until(s.Active, lambda phase: phase.session.shown and phase.session.person.id == MARIA)
    files = [each for each in desk.profile.data.rglob("*") if each.is_file()]
    assert not any(BADGE.encode() in each.read_bytes() for each in files)
