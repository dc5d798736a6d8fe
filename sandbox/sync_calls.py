"""The calls of sync under ``/v1``: audit and commands go up, changes come down."""

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from sandbox import audit, bodies, commands, news, trust
from sandbox.incoming import LARGEST_BATCH, Incoming

sync = APIRouter(prefix="/v1")


@sync.post("/audit")
def push_audit(call: Incoming) -> Response:
    """Keep the next records of a computer's audit; a revoked computer may push too."""
    with call.house.unit() as db:
        key = call.prove_key(db)
        batch = call.body(bodies.AuditBatch, LARGEST_BATCH)
        return JSONResponse(audit.push(db, call.house, key, batch))


@sync.post("/commands")
def send_commands(call: Incoming) -> Response:
    """Carry out what was set at the chair."""
    now = call.house.clock.now()
    with call.house.unit() as db:
        jkt = call.prove(db)
        account, device, _ = trust.demand_trusted(db, jkt, call.token, now)
        batch = call.body(bodies.CommandBatch, LARGEST_BATCH)
        return JSONResponse(commands.carry_out(db, account, device, batch, now))


@sync.get("/changes")
def changes(call: Incoming, cursor: str = "") -> Response:
    """What changed for this account in this room."""
    with call.house.unit() as db:
        found = news.since(db, call.house, call.prove(db), call.token, cursor)
    return Response(status_code=204) if found is None else JSONResponse(found)
