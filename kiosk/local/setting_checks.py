"""What each setting may be: one check each, which takes a raw value or says what is wrong with it.

Must never repeat a value that might be a secret.
"""

import re
from collections.abc import Callable
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kiosk.session.model.origin import is_host, read_origin
from kiosk.session.model.value import value

MOST_HOSTS, MOST_PEOPLE, LONGEST_NAME = 20, 200, 30
ZONE = 'must be a time zone such as "America/Chicago"'

Value = str | float | bool | int | tuple[str, ...] | None
Check = Callable[[object], "Value | Wrong"]


@value
class Wrong:
    """What is wrong with a value, in words that follow its key."""

    saying: str


def words(raw: object) -> Value | Wrong:
    """Words on a line."""
    if isinstance(raw, str) and raw.strip() and raw.isprintable() and len(raw) <= 200:
        return raw.strip()
    return Wrong("must be words in quotes, 200 letters at most")


def server_address(raw: object) -> Value | Wrong:
    """An origin that secrets may go to."""
    wrong = Wrong('must be an address such as "https://xchart.example", without a path')
    origin = read_origin(raw) if isinstance(raw, str) else None
    if origin is None:
        return wrong
    if origin.is_safe:
        return str(origin)
    return Wrong("must begin with https:// (http:// is for this computer itself only)")


def proxy_address(raw: object) -> Value | Wrong:
    """A proxy, its port said."""
    origin = read_origin(raw) if isinstance(raw, str) else None
    if origin is None:
        return Wrong(
            'must be an address such as "http://proxy.example:3128", without a name or password'
        )
    return origin.with_port


def time_zone(raw: object) -> Value | Wrong:
    """A zone that this computer knows."""
    try:
        return ZoneInfo(raw).key if isinstance(raw, str) else Wrong(ZONE)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: the name of a directory
        return Wrong(ZONE)


def one_of(choices: type[StrEnum]) -> Check:
    """One of those words."""

    def check(raw: object) -> Value | Wrong:
        known = [choice.value for choice in choices]
        if isinstance(raw, str) and raw in known:
            return raw
        return Wrong("must be one of " + ", ".join(f'"{choice}"' for choice in known))

    return check


def yes_or_no(raw: object) -> Value | Wrong:
    """True or false."""
    return raw if isinstance(raw, bool) else Wrong("must be true or false, without quotes")


def end_mark(raw: object) -> Value | Wrong:
    """The last line of a provisioning file (see ``provision``); settings may keep it."""
    return None if raw == {} else Wrong("must be the empty table [end]")


def scale(raw: object) -> Value | Wrong:
    """How much larger text is."""
    if isinstance(raw, int | float) and not isinstance(raw, bool) and 0.8 <= raw <= 2.0:
        return float(raw)
    return Wrong("must be a number from 0.8 to 2.0")


def screen_names(raw: object) -> Value | Wrong:
    """Screens by their names."""
    if isinstance(raw, list) and all(words(name) == name for name in raw):
        return tuple(raw)
    return Wrong('must be a list of screen names such as ["DP-2"]')


def printer_name(raw: object) -> Value | Wrong:
    """A printer as CUPS names it."""
    # As CUPS names them; it goes to a program as a word of its command line.
    if isinstance(raw, str) and re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.+-]{0,126}", raw):
        return raw
    return Wrong('must be the name of a printer of this computer, such as "Front_Desk"')


def path(raw: object) -> Value | Wrong:
    """A path at the server."""
    if isinstance(raw, str) and re.fullmatch(r"/[A-Za-z0-9._~/-]{0,199}", raw) and "//" not in raw:
        return raw
    return Wrong('must be a path such as "/signin", without a question mark')


def hosts(raw: object) -> Value | Wrong:
    """Hosts by their names."""
    listed = raw if isinstance(raw, list) and len(raw) <= MOST_HOSTS else [None]
    named = (isinstance(e, str) and "." in e and ":" not in e and is_host(e) for e in listed)
    if all(named):
        return tuple(listed)
    return Wrong('must be a list of at most 20 host names such as ["cdn.xchart.example"]')


def people(raw: object) -> Value | Wrong:
    """People who share an account, each by another name."""
    wrong = Wrong('must be a list of different names such as ["Maria L.", "Jo"]')
    if not isinstance(raw, list) or len(raw) > MOST_PEOPLE:
        return wrong
    if any(words(each) != each or len(each) > LONGEST_NAME for each in raw):
        return wrong
    return tuple(raw) if len({each.casefold() for each in raw}) == len(raw) else wrong


def phone_ending(raw: object) -> Value | Wrong:
    """Two digits."""
    if isinstance(raw, str) and re.fullmatch(r"[0-9]{2}", raw):
        return raw
    return Wrong('must be the last two digits of that phone, such as "21"')


def days(raw: object) -> Value | Wrong:
    """A number of days."""
    if isinstance(raw, int) and not isinstance(raw, bool) and 1 <= raw <= 366:
        return raw
    return Wrong("must be a number of days from 1 to 366")


def selector(raw: object) -> Value | Wrong:
    """A CSS selector. One that is none marks nothing: the page's own engine reads it."""
    if isinstance(raw, str) and raw.strip() and raw.isprintable() and len(raw) <= 200:
        return raw.strip()
    return Wrong('must be a CSS selector such as "#login-email"')
