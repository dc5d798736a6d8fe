"""The calls of sync under ``/v1``: audit and commands go up, changes come down."""

from functools import partial

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from sandbox.access import trust
from sandbox.api.incoming import LARGEST_BATCH, Call, Incoming
from sandbox.clinic import commands, news
from sandbox.contract import bodies
from sandbox.contract.refusals import Refusal
from sandbox.records import audit
from sandbox.server.notifier import Listener, device_topic, location_topic
from sandbox.tables.rows import Device

LONGEST_WAIT = 25
LOOKING_AT_ONCE = 4
"""Threads that look for news: a change that wakes every computer must not take all there are."""

sync = APIRouter(prefix="/v1")


@sync.post("/audit")
def push_audit(call: Incoming) -> Response:
    """Keep the next records of a computer's audit; a revoked computer may push too."""
    with call.state.unit() as db:
        key = call.prove_key(db)
        batch = call.body(bodies.AuditBatch, LARGEST_BATCH)
        return JSONResponse(audit.push(db, call.state, key, batch))


@sync.post("/commands")
def send_commands(call: Incoming) -> Response:
    """Carry out what was set at the chair."""
    now = call.state.clock.now()
    with call.state.unit() as db:
        jkt = call.prove(db)
        account, device, _ = trust.demand_trusted(db, jkt, call.token, now)
        batch = call.body(bodies.CommandBatch, LARGEST_BATCH)
        return JSONResponse(commands.carry_out(db, account, device, batch, now))


@sync.get("/changes")
async def changes(request: Request, call: Incoming, cursor: str = "", wait: str = "0") -> Response:
    """What changed for this account in this room; waits for it if asked to.

    The proof counts once, at the first look; what it proves is looked at again each time.
    """
    patience = _patience(wait)
    looking: CapacityLimiter = request.app.state.looking
    notifier = call.state.notifier
    with notifier.listener() as listener:
        until = listener.now() + patience * notifier.second
        first = partial(_first_look, call, cursor, listener if patience else None)
        jkt, found = await to_thread.run_sync(first, limiter=looking)
        while found is None and not listener.over and patience and await listener.notified(until):
            found = await to_thread.run_sync(_look_again, call, cursor, jkt, limiter=looking)
    return Response(status_code=204) if found is None else JSONResponse(found)


def _first_look(
    call: Call, cursor: str, listener: Listener | None
) -> tuple[str, dict[str, object] | None]:
    with call.state.unit() as db:
        jkt = call.prove(db)
        found = news.since(db, call.state, jkt, call.token, cursor)
        if listener is not None and found is None:
            here = location_topic(db.get_one(Device, jkt).location)
            call.state.notifier.listen(listener, (here, device_topic(jkt)))
    return jkt, found


def _look_again(call: Call, cursor: str, jkt: str) -> dict[str, object] | None:
    with call.state.unit() as db:
        return news.since(db, call.state, jkt, call.token, cursor)


def _patience(wait: str) -> int:
    """Whole seconds, 0 to 25."""
    if not (wait.isascii() and wait.isdigit() and len(wait) <= 2 and int(wait) <= LONGEST_WAIT):
        raise Refusal("invalid", errors=[{"loc": ["wait"], "msg": "0 to 25 seconds"}])
    return int(wait)
