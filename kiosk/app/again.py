"""Starting the kiosk again by itself: another way of signing in, or another site, needs it.

What a page may reach is fixed as its engine starts. Only before this computer has joined: nobody is
at work, and nothing is open.
"""

from collections.abc import Callable
from dataclasses import replace

from kiosk.local.profile import Profile, replace_file
from kiosk.local.settings import Mode, Settings, Site, parse_settings, read_settings, render
from kiosk.session.model.effects import StartAgain
from kiosk.session.model.origin import origin_of
from kiosk.session.model.people import Place
from kiosk.session.model.refusals import Fault

AGAIN = 4
"""The exit code after which the same command is to be run once more (``cli.main``)."""


def start_again(profile: Profile, wanted: StartAgain, end: Callable[[int], None]) -> Fault | None:
    """Keep what was chosen in the settings, then end with ``AGAIN``; nothing ends on a fault."""
    settings = read_settings(profile.settings)
    if not isinstance(settings, Settings):
        return Fault.SETTINGS_UNREADABLE
    mode = Mode.WEB if wanted.at_site else Mode.CONTRACT
    site = kept_of(settings, wanted.place)
    site = replace(site, start=wanted.start or site.start)
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


def kept_of(settings: Settings, place: Place) -> Site:
    """What is said of a site, as far as it holds at that place.

    Who was told the last site's password must not be told another's, and a mark of one page may be
    anything on another. Who shares the account is the clinic's own word, wherever it signs in.
    """
    site, before = settings.site, settings.place.server
    if not before or origin_of(before) == origin_of(place.server):
        return site
    return Site(
        account=site.account,
        assistants=site.assistants,
        code_phone=site.code_phone,
        code_phone_ending=site.code_phone_ending,
    )
