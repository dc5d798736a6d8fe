"""Starting the kiosk again by itself: another way of signing in, or another site, needs it.

What a page may reach is fixed as its engine starts. Only before this computer has joined: nobody is
at work, and nothing is open.
"""

from collections.abc import Callable
from dataclasses import replace

from kiosk.local.profile import Profile, replace_file
from kiosk.local.settings import Mode, Settings, parse_settings, read_settings, render
from kiosk.session.model.effects import StartAgain
from kiosk.session.model.refusals import Fault

AGAIN = 4
"""The exit code after which the same command is to be run once more (``cli.main``)."""


def start_again(profile: Profile, wanted: StartAgain, end: Callable[[int], None]) -> Fault | None:
    """Keep what was chosen in the settings, then end with ``AGAIN``; nothing ends on a fault."""
    settings = read_settings(profile.settings)
    if not isinstance(settings, Settings):
        return Fault.SETTINGS_UNREADABLE
    mode = Mode.WEB if wanted.at_site else Mode.CONTRACT
    site = replace(settings.site, start=wanted.start or settings.site.start)
    text = render(replace(settings, place=wanted.place, mode=mode, site=site))
    # What was typed may be no setting: a file that nobody can read must not be the next start's.
    if not isinstance(parse_settings(text, profile.settings), Settings):
        return Fault.UNEXPECTED
    try:
        replace_file(profile.settings, text)
    except OSError:
        return Fault.RECORDS_FULL
    end(AGAIN)
    return None
