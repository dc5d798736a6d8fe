"""Moments as the Case Manager's tables say them, in clinic time: short, and near ones by name."""

from datetime import datetime, timedelta

from sandbox.server.clinic_days import ZONE
from sandbox.server.moment import clock_words

JUST_NOW = timedelta(minutes=2)


def day_words(at: datetime, now: datetime) -> str:
    """``Today``, ``Yesterday``, ``Nov 20``, ``Nov 20, 2025``."""
    local, here = at.astimezone(ZONE), now.astimezone(ZONE)
    days = (here.date() - local.date()).days
    if days in (0, 1):
        return ("Today", "Yesterday")[days]
    return date_words(at, now)


def date_words(at: datetime, now: datetime) -> str:
    """``Nov 20``, and the year where it is not this one."""
    local = at.astimezone(ZONE)
    year = "" if local.year == now.astimezone(ZONE).year else f", {local.year}"
    return f"{local:%b} {local.day}{year}"


def time_words(at: datetime) -> str:
    """``9:05 am``."""
    return clock_words(at.astimezone(ZONE))


def seen_words(at: datetime, now: datetime) -> tuple[str, str]:
    """``Just now``, or the day and beside it the time."""
    if now - at < JUST_NOW:
        return "Just now", ""
    return day_words(at, now), time_words(at)
