"""One-shot slots for what must not travel in events: typed secrets, one-time addresses (law 10).

Whoever holds a ticket may take its secret once; taking empties the slot. Safe between threads.
"""

from itertools import count
from threading import Lock

from kiosk.session.intents import Ticket


class Slots:
    """Secrets waiting to be taken. Shows none of them."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._numbers = count(1)
        self._waiting: dict[Ticket, str] = {}

    def __repr__(self) -> str:
        return f"<{len(self._waiting)} slots>"

    def put(self, secret: str) -> Ticket:
        """Leave a secret, get its ticket."""
        with self._lock:
            ticket = Ticket(next(self._numbers))
            self._waiting[ticket] = secret
            return ticket

    def take(self, ticket: Ticket) -> str | None:
        """The secret, once; None ever after."""
        with self._lock:
            return self._waiting.pop(ticket, None)

    def drop(self, ticket: Ticket) -> None:
        """Empty a slot that nobody will take."""
        self.take(ticket)

    def __len__(self) -> int:
        return len(self._waiting)
