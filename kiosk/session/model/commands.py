"""The command: what a person set at the chair, on its way to the server, as it was made (law 4).

Ids and codes only, like the record it goes with: it waits in a plain file (law 10). Must never be
rebuilt later from "the current user" or from what the schedule says by then.
"""

from datetime import datetime
from enum import StrEnum

from kiosk.session.model.people import Strength
from kiosk.session.model.value import value


class Kind(StrEnum):
    """What is set: an appointment's status, its room, or the state of a room."""

    STATUS = "status"
    OPERATORY = "operatory"
    ROOM = "room"


class Status(StrEnum):
    """The statuses of an appointment that a member may set, in the order of a visit."""

    SEATED = "Seated"
    READY_FOR_DOCTOR = "Ready for doctor"
    DOCTOR_HERE = "Doctor here"
    RECOVERY = "Recovery"
    LEFT = "Left"


IN_THE_CHAIR = (Status.SEATED, Status.READY_FOR_DOCTOR, Status.DOCTOR_HERE, Status.RECOVERY)
"""In the order of a visit; what comes before and after has the chair free."""


class RoomStatus(StrEnum):
    """The states of a room."""

    TURN_OVER = "Turn over"
    READY = "Ready"


class Settlement(StrEnum):
    """How a command ended on the server; ``QUEUED`` until then."""

    QUEUED = "queued"
    DONE = "done"
    CONFLICT = "conflict"
    REFUSED = "refused"


@value
class Command:
    """One wish, with who made it.

    ``id`` is "cmd-" and 32 hexadecimal digits, made by the caller: the server acts on it once.
    ``sequence`` is that of its record. ``target`` is an appointment's id, or an operatory for
    ``Kind.ROOM``; ``to`` a ``Status``, an operatory, or a ``RoomStatus``. ``seen`` is the version
    of the target that the person saw, ``after`` the own command, not answered then, that this
    version counts upon, or empty: the number alone would fit another's change as well. ``at`` is
    trusted time (aware, UTC).
    """

    id: str
    sequence: int
    kind: Kind
    target: str
    to: str
    seen: int
    actor: str
    strength: Strength
    account: str
    at: datetime
    after: str = ""


@value
class Conflict:
    """Someone else was first: ``target`` stands at ``theirs`` since ``at``, and not at ``to``.

    ``who`` set it in ``where`` (an operatory, or empty for the web). ``version`` is the target's
    now: what *set mine* has seen. No patient is named (law 10).
    """

    kind: Kind
    target: str
    to: str
    theirs: str
    where: str
    who: str
    at: datetime
    version: int
