"""Times of day and dates as a clinic says them, in its own zone."""

from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

# Not strftime's: that speaks the desktop's language amid sentences in English.
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


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
    return f"{day_name(here)}, {MONTHS[here.month - 1]} {here.day}"


def short_date(at: datetime, zone: str) -> str:
    """ "Thu, Dec 3"."""
    return short_day(local(at, zone))


def short_day(day: date) -> str:
    """ "Thu, Dec 3"; of an instant, the day that it carries."""
    return f"{day_name(day)[:3]}, {short_month(day)} {day.day}"


def short_month(day: date) -> str:
    """ "Dec"."""
    return MONTHS[day.month - 1][:3]


def day_name(day: date) -> str:
    """ "Thursday"."""
    return DAYS[day.weekday()]
