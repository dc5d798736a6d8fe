"""A real server over real HTTP, with a database in a directory and a clock that only tests move."""

import json
import socket
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

import uvicorn
from sqlalchemy import delete, select

from sandbox import seed
from sandbox.__main__ import server
from sandbox.server.moment import Clock
from sandbox.server.server_state import ServerState
from sandbox.tables.rows import Setting, Text
from tests.support.sandbox.client import OFFICE, RIVERA, Answer, Kiosk, plain

MONDAY_MORNING = datetime(2026, 11, 23, 15, 5, tzinfo=UTC)


@dataclass(slots=True)
class Running:
    """A server in a thread of its own."""

    server: uvicorn.Server
    thread: threading.Thread

    def stop(self) -> None:
        """Stop serving."""
        self.server.should_exit = True
        self.thread.join()


def run(
    state: ServerState, *, test_controls: bool, origins: tuple[str, ...] = ()
) -> tuple[Running, str]:
    """Serve this state on any free port; the server and its address, whatever else it is called."""
    listening = socket.create_server(("127.0.0.1", 0))
    own = f"http://127.0.0.1:{listening.getsockname()[1]}"
    if origins and test_controls:
        # Whoever steers it asks it itself, and not by what lies before it.
        origins += (own,)
    made = server(state, test_controls=test_controls, origins=origins)
    thread = threading.Thread(target=made.run, args=([listening],))
    thread.start()
    return Running(made, thread), own


@dataclass(slots=True)
class Xchart:
    """A running server of the tests."""

    state: ServerState
    address: str
    running: Running

    def pass_time(self, **span: float) -> None:
        """Move the server's clock."""
        self.state.travel(timedelta(**span))

    def newest_code(self) -> str:
        """The code on the phone that was texted last."""
        with self.state.unit() as db:
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

    def own_login(self, kiosk: Kiosk, name: str = "patel") -> Kiosk:
        """The same computer, as somebody's own login there."""
        own = Kiosk(self.address, kiosk.key, kiosk.nonce)
        return self.join(own, f"{name}@lakeside.example", f"acc-{name}", f"acc-{name}")

    def control(self, method: str, path: str, order: object = None) -> Answer:
        """One of the test controls."""
        headers = {"Content-Type": "application/json"}
        raw = None if order is None else json.dumps(order).encode()
        return plain(self.address, method, f"/sandbox{path}", body=raw, headers=headers)

    def open_page(self, url: str) -> str:
        """Follow a handoff; the cookie it sets."""
        answer = self.page(url.removeprefix(self.address), "")
        assert answer.status == 303
        return answer.headers["Set-Cookie"].partition(";")[0]

    def page(self, path: str, cookie: str, form: dict[str, str] | None = None) -> Answer:
        """A page as a browser asks for it; with a form, as it sends one from our own origin."""
        headers = {"Cookie": cookie}
        if form is None:
            return plain(self.address, "GET", path, headers=headers)
        headers |= {
            "Origin": self.address,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        return plain(self.address, "POST", path, body=urlencode(form).encode(), headers=headers)

    def stop(self) -> None:
        """Stop it; the database stays."""
        self.running.stop()
        self.state.close()

    def leave(self) -> None:
        """Stop it beside the next test: most of a server's end is waiting."""
        threading.Thread(target=self.stop).start()


Opening = Callable[[], Xchart]


@cache
def practice() -> bytes:
    """The database of the demo practice, laid out once; each server makes its own keys."""
    with tempfile.TemporaryDirectory() as folder:
        state = ServerState(Path(folder), Clock(lambda: MONDAY_MORNING))
        seed.demo(state)
        with state.unit() as db:
            db.execute(delete(Setting).where(Setting.name.in_(("nonce_key", "grant_key"))))
        state.close()
        return database(Path(folder)).read_bytes()


def database(data: Path) -> Path:
    """The file that a server over this directory keeps."""
    return data / "xchart.sqlite3"


def serve(data: Path, *origins: str) -> Xchart:
    """Start a server over a directory, at the tests' Monday morning plus what was travelled.

    ``origins`` are what lies before it.
    """
    if not database(data).exists():
        database(data).write_bytes(practice())
    state = ServerState(data, Clock(lambda: MONDAY_MORNING))
    seed.demo(state)
    running, address = run(state, test_controls=True, origins=origins)
    return Xchart(state, address, running)
