"""The words of the list of the day: times, how long until, how long since, headings."""

from datetime import date, datetime, time

from kiosk.session.pages import dates
from kiosk.session.pages.dates import short_day, short_month

SOON = 90
"""Minutes before which a time says enough without "in 20 min"."""
HOUR = 60

TODAY = "Today"
READY = "Ready"
TURN_OVER = "To be turned over"
NEXT = "Next"
SEAT = "Seat"
SEAT_HERE = "Seat here"
START_CASE = "Start case"
UNDO = "Undo"
KEEP_THEIRS = "Keep theirs"
UNSENT = "Not sent yet"
CHANGED = "Changed by someone else"
NO_ROOM = "No room yet"
GONE = "Left earlier"
OTHER_ROOMS = "Other rooms"
NO_SCHEDULE = "Today's list is not on this computer yet. It comes as soon as Xchart can be reached."
NOTHING_TODAY = "No appointments today."


def now(seated: bool) -> str:
    """The heading of who is in the chair, or of who left it a moment ago."""
    return "Now" if seated else "Just left"


def later(here: str, more: bool) -> str:
    """The heading of this room's list, below the cards or without them."""
    if not here:
        return TODAY
    return f"Later in {here}" if more else f"Today in {here}"


def day_fold(opened: bool) -> str:
    """The button that unfolds the day while someone is seated here."""
    return "Hide the day" if opened else "Show the day"


def status_fold(opened: bool) -> str:
    """The button on a card that brings out every status."""
    return "Leave it as it is" if opened else "Change status"


def nothing_then(here: str, others: bool) -> str:
    """The next clinic day without anyone for this room."""
    return f"Nobody in {here}." if here and others else "No appointments."


def clock(at: time) -> str:
    """As on the wall: "2:05 pm"."""
    return f"{at.hour % 12 or 12}:{at.minute:02} {'am' if at.hour < 12 else 'pm'}"


def length(minutes: int) -> str:
    """ "20 min", "1 h 35 min"."""
    hours, rest = divmod(minutes, HOUR)
    parts = (f"{hours} h" if hours else "", f"{rest} min" if rest or not hours else "")
    return " ".join(part for part in parts if part)


def until(start: time, minute: int) -> str:
    """How far off a start is, from this minute of the day; nothing where it is far off."""
    left = start.hour * HOUR + start.minute - minute
    if left == 0:
        return "now"
    if left < 0:
        return f"{length(-left)} late"
    return f"in {length(left)}" if left < SOON else ""


def since(at: datetime, zone: str, today: date, minute: int) -> str:
    """Since when something stands (``at`` aware), and how long that is; its day if not today."""
    here = dates.local(at, zone)
    if here.date() != today:
        return f"since {day_name(here.date(), tomorrow=False)}"
    past = max(0, minute - here.hour * HOUR - here.minute)
    return joined(f"since {dates.clock(at, zone)}", length(past) if past else "")


def day_name(day: date, tomorrow: bool) -> str:
    """ "Tue, Nov 24"."""
    name = short_day(day)
    return f"Tomorrow, {name}" if tomorrow else name


def born(day: date) -> str:
    """The second half of who someone is."""
    return f"Born {short_month(day)} {day.day}, {day.year}"


def alert(text: str) -> str:
    """An alert read aloud."""
    return f"Alert: {text}"


def joined(*parts: str) -> str:
    """Parts of one line."""
    return " · ".join(part for part in parts if part)
