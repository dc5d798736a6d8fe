"""One-shot slots for what must not travel in events: secrets, addresses, patients (law 10).

Whoever holds a ticket may take what it stands for once; taking empties the slot. What Xchart's
page said is looked at instead, until the core drops it. Safe between threads.
"""

from itertools import count
from threading import Lock
from typing import Generic, TypeVar

from kiosk.session.model.intents import Ticket

S = TypeVar("S")
Secret = str | bytearray
"""What was typed: a PIN in a bytearray, which can be wiped, everything else as a text."""

_NUMBERS = count(1)
"""Of all slots: a ticket for one kind of thing never opens the slot of another."""


class Slots(Generic[S]):
    """Secrets waiting to be taken. Shows none of them."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: dict[Ticket, S] = {}

    def __repr__(self) -> str:
        return f"<{len(self._waiting)} slots>"

    def put(self, secret: S) -> Ticket:
        """Leave a secret, get its ticket."""
        with self._lock:
            ticket = Ticket(next(_NUMBERS))
            self._waiting[ticket] = secret
            return ticket

    def take(self, ticket: Ticket) -> S | None:
        """The secret, once; None ever after."""
        with self._lock:
            return self._waiting.pop(ticket, None)

    def look(self, ticket: Ticket) -> S | None:
        """The same without taking it: for words that come back with their person."""
        with self._lock:
            return self._waiting.get(ticket)

    def drop(self, ticket: Ticket) -> None:
        """Empty a slot that nobody will take."""
        wipe(self.take(ticket))

    def __len__(self) -> int:
        return len(self._waiting)


def wipe(secret: object) -> None:
    """Write zeros over digits, where they lie; a text cannot be wiped."""
    if isinstance(secret, bytearray):
        secret[:] = bytes(len(secret))


def text_in(secret: Secret | None) -> str:
    """The text; empty where there is none, or digits that are to stay where they are."""
    return secret if isinstance(secret, str) else ""


def digits_in(secret: Secret | None) -> bytearray:
    """The digits of a PIN, whose owner wipes them; none where it is something else."""
    return secret if isinstance(secret, bytearray) else bytearray()
