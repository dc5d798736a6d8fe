"""A real server over real HTTP, with a database in a directory and a clock that only tests move."""

import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import uvicorn
from sqlalchemy import select

from sandbox import seed
from sandbox.__main__ import server
from sandbox.house import House
from sandbox.moment import Clock
from sandbox.rows import Text
from tests.sandbox.client import OFFICE, RIVERA, Kiosk

MONDAY_MORNING = datetime(2026, 11, 23, 15, 5, tzinfo=UTC)


@dataclass(slots=True)
class Xchart:
    """A running server of the tests."""

    house: House
    address: str
    running: uvicorn.Server
    thread: threading.Thread

    def pass_time(self, **span: float) -> None:
        """Move the server's clock."""
        self.house.travel(timedelta(**span))

    def newest_code(self) -> str:
        """The code on the phone that was texted last."""
        with self.house.unit() as db:
            return db.scalars(select(Text.code).order_by(Text.id.desc()).limit(1)).one()

    def join(
        self,
        kiosk: Kiosk | None = None,
        email: str = "frontdesk@lakeside.example",
        account: str = OFFICE,
        approver: str = RIVERA,
    ) -> Kiosk:
        """A computer that has joined."""
        kiosk = kiosk or Kiosk(self.address)
        asked = kiosk.ask_to_join(email)
        assert asked.status == 201, asked.text
        challenge = str(asked.body["id"])
        assert kiosk.deliver(challenge, approver).status == 201
        answer = kiosk.answer(challenge, self.newest_code())
        assert answer.status == 200, answer.text
        kiosk.held["account"] = account
        return kiosk

    def stop(self) -> None:
        """Stop it; the database stays."""
        self.running.should_exit = True
        self.thread.join()
        self.house.close()


Opening = Callable[[], Xchart]


def serve(data: Path) -> Xchart:
    """Start a server over a directory, at the tests' Monday morning plus what was travelled."""
    house = House(data, Clock(lambda: MONDAY_MORNING))
    seed.demo(house)
    listening = socket.create_server(("127.0.0.1", 0))
    running = server(house, test_controls=True)
    thread = threading.Thread(target=running.run, args=([listening],))
    thread.start()
    return Xchart(house, f"http://127.0.0.1:{listening.getsockname()[1]}", running, thread)
