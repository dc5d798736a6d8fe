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
from tests.app.test_site_carrier import WebDesk, desk, site
from tests.support.sandbox.client import DEMO_WORD
from tests.support.sandbox.web_site import WebSite

__all__ = ["desk", "site"]
LENA = "Lena P."


def tiles(desk: WebDesk) -> list[str]:
    """Who may be tapped."""
    shown = view(desk.app.runtime.state, desk.app._clock.now())
    assert isinstance(shown, LoginView)
    return [each.person_id for each in shown.tiles]


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
