"""The record of what happened: who, as which account, how surely, where, in which order.

A record is made in the same step as the act it records and never derived later from "the current
user" (law 4). Ids and codes only: no patient and no secret can be put into one (law 10).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kiosk.session.model.people import Strength


class Act(StrEnum):
    """What happened. ``ENTERED`` and ``RESUMED`` are entries in the sense of law 2."""

    COMPUTER_JOINED = "computer_joined"
    CODE_ACCEPTED = "code_accepted"
    ENTERED = "entered"
    RESUMED = "resumed"
    LOCKED = "locked"
    LEFT = "left"
    TAKEN_OUT = "taken_out"
    COMPUTER_REMOVED = "computer_removed"
    STATUS_SET = "status_set"
    MOVED = "moved"  # an appointment was seated in a room
    ROOM_SET = "room_set"
    CORRECTED = "corrected"  # whom the records name, and in ``detail`` who it was instead
    NAME_ADDED = "name_added"  # whose, in ``detail``: kept at this computer, not by a server
    NAME_REMOVED = "name_removed"
    BADGE_GIVEN = "badge_given"  # to whom, in ``detail``; never its number
    BADGE_TAKEN = "badge_taken"
    CASE_BEGUN = "case_begun"
    CASE_EXTENDED = "case_extended"  # *Still treating*
    CASE_TAKEN_OVER = "case_taken_over"  # by the actor, from whom in ``detail``
    CASE_ENDED = "case_ended"  # ``subject`` is the number of the record that began it
    NAMES_UNCHANGED = "names_unchanged"  # what was recorded last of names was not carried out


class Cause(StrEnum):
    """What set it off."""

    PERSON = "person"
    IDLE = "idle"
    SCREEN_LOCK = "screen_lock"
    SUSPEND = "suspend"
    SWITCH = "switch"
    LIMIT = "limit"
    RESTART = "restart"
    SERVER = "server"


@dataclass(frozen=True, slots=True)
class Record:
    """One line of the audit. ``at`` is trusted time (aware, UTC); ``sequence`` counts from 1.

    ``actor`` is a person's id, ``account`` the account's, ``device`` the thumbprint of the device
    key (RFC 7638), ``detail`` a stable code of ``refusals``, what a status was set to, or empty.
    ``subject`` is the id of the appointment that it is about, never a name; of a room, the
    operatory; or empty. A command is sent only as its record says.
    """

    sequence: int
    at: datetime
    act: Act
    cause: Cause
    actor: str
    account: str
    strength: Strength
    device: str
    detail: str = ""
    subject: str = ""
