"""Times of day and dates as a clinic says them, in its own zone."""

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def local(at: datetime, zone: str) -> datetime:
    """That instant in the clinic's zone (IANA name), or the computer's if the name is unknown."""
    try:
        return at.astimezone(ZoneInfo(zone)) if zone else at.astimezone()
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return at.astimezone()
    except OverflowError:  # a date at either end of the calendar has no other zone
        return at


def clock(at: datetime, zone: str) -> str:
    """As on the wall: "2:05 pm"."""
    here = local(at, zone)
    return f"{here.hour % 12 or 12}:{here.minute:02} {'am' if here.hour < 12 else 'pm'}"


def long_date(at: datetime, zone: str) -> str:
    """ "Monday, November 23"."""
    here = local(at, zone)
    return f"{here:%A}, {here:%B} {here.day}"


def short_date(at: datetime, zone: str) -> str:
    """ "Thu, Dec 3"."""
    here = local(at, zone)
    return f"{here:%a}, {here:%b} {here.day}"
