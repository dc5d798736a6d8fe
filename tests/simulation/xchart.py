"""The reference server's real rules on a real database, called without a socket, in virtual time.

What lies between a socket and a rule (ASGI, threads, the long poll's event loop) is left to the
tests over HTTP; everything that decides is the same code.
"""

import inspect
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from fastapi import Response
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from sqlalchemy import select

from kiosk.sync.wire.transport import Answer
from sandbox.api.app import problem
from sandbox.api.calls import v1
from sandbox.api.incoming import Call
from sandbox.api.sync_calls import sync
from sandbox.clinic.news import since
from sandbox.contract.refusals import Refusal
from sandbox.server.moment import Clock, http_date
from sandbox.server.notifier import Notifier
from sandbox.server.server_state import ServerState
from sandbox.server.tokens import fingerprint
from sandbox.tables.rows import Text, Trust
from tests.simulation.hub import Hub

ORIGIN = "https://xchart.example"
EMAIL, PASSWORD = "frontdesk@lakeside.example", "sandbox-demo"
"""Everybody's, at first."""
START = datetime(2026, 11, 23, 15, 5, tzinfo=UTC)
ROUTES = [route for router in (v1, sync) for route in router.routes if isinstance(route, APIRoute)]


class Heard(Notifier):
    """The notifier of a server whose waits are in virtual time."""

    def __init__(self, notified: Callable[[], None]) -> None:
        super().__init__()
        self._notified = notified

    def notify(self, topics: Iterable[str]) -> None:
        """Who waits for the schedule, or for anything, looks; a computer's own news comes soon."""
        if any(not topic.startswith("device ") for topic in topics):
            self._notified()


class Server:
    """One server; ``up`` while it answers. ``notified`` is called when something changed.

    ``password`` is what an admin gave the shared account last.
    """

    def __init__(self, hub: Hub, data: Path) -> None:
        self._hub = hub
        self._data = data
        self.up = True
        self.email = EMAIL
        self.password = self.former = PASSWORD
        self.notified: Callable[[], None] = lambda: None
        self.state = self._open()

    @property
    def now(self) -> datetime:
        """The true time."""
        return START + timedelta(seconds=self._hub.now)

    def texted(self) -> str:
        """The code that was texted last."""
        with self.state.unit() as db:
            text = db.scalars(select(Text).order_by(Text.id.desc()).limit(1)).first()
        return text.code if text is not None else "000000"

    def restart(self) -> None:
        """Killed and started again: what was committed is there, and nothing else."""
        self.state.close()
        self.state = self._open()

    def answer(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes | None
    ) -> Answer:
        """One request carried out."""
        parts = urlsplit(url)
        scheme, _, token = headers.get("Authorization", "").partition(" ")
        call = Call(
            state=self.state,
            method=method,
            url=url,
            origin=ORIGIN,
            proofs=[headers["DPoP"]] if "DPoP" in headers else [],
            token=token if scheme == "DPoP" else None,
            content_type=headers.get("Content-Type", ""),
            raw=body or b"",
        )
        try:
            told = self._carried_out(call, method, parts.path)
        except Refusal as refusal:
            told = problem(refusal)
        return self._told(told)

    def look_again(self, url: str, headers: Mapping[str, str], nothing: Answer) -> Answer:
        """What a held question finds when something woke it; its proof has counted already."""
        token = headers.get("Authorization", "").partition(" ")[2]
        try:
            with self.state.unit() as db:
                row = db.scalar(select(Trust).where(Trust.token_hash == fingerprint(token)))
                jkt = row.jkt if row is not None else ""
                found = since(db, self.state, jkt, token, cursor_of(url))
        except Refusal as refusal:
            return self._told(problem(refusal))
        return nothing if found is None else self._told(JSONResponse(found))

    def _told(self, told: Response) -> Answer:
        lowered = {name.lower(): value for name, value in told.headers.items()}
        lowered["date"] = http_date(self.state.clock.now())
        lowered["dpop-nonce"] = self.state.nonces.current()
        return Answer(told.status_code, lowered, bytes(told.body))

    def _open(self) -> ServerState:
        state = ServerState(self._data, Clock(read=lambda: self.now))
        state.notifier = Heard(lambda: self.notified())
        return state

    def _carried_out(self, call: Call, method: str, path: str) -> Response:
        for route in ROUTES:
            match = route.path_regex.match(path)
            if match is None or method not in (route.methods or ()):
                continue
            if inspect.iscoroutinefunction(route.endpoint):
                return self._changes(call)
            given = {name: unquote(value) for name, value in match.groupdict().items()}
            told = route.endpoint(call, **given)
            assert isinstance(told, Response)
            return told
        raise Refusal("unknown", "no such address")

    def _changes(self, call: Call) -> Response:
        """The first look of the long poll; the wait itself is the simulation's."""
        with self.state.unit() as db:
            jkt = call.prove(db)
            found = since(db, self.state, jkt, call.token, cursor_of(call.url))
        return Response(status_code=204) if found is None else JSONResponse(found)


def cursor_of(url: str) -> str:
    """The cursor that a question for news names."""
    return parse_qs(urlsplit(url).query).get("cursor", [""])[0]
