"""A request as it came, before anything in it is believed, and how it is proved."""

from dataclasses import dataclass
from typing import Annotated, TypeVar

from fastapi import Depends, Request
from joserfc.jwk import ECKey
from pydantic import BaseModel, ValidationError
from sqlalchemy.orm import Session

from sandbox.access import sessions
from sandbox.contract.refusals import Refusal
from sandbox.identity.accounts import demand_device
from sandbox.server import contacts, proof
from sandbox.server.addresses import own_origin
from sandbox.server.server_state import ServerState
from sandbox.tables.rows import Account, KioskSession

LARGEST = 64 * 1024
LARGEST_BATCH = 1024 * 1024
ERRORS_TOLD = 20

Body = TypeVar("Body", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Call:
    """One request as it came: nothing in it is believed before ``prove``."""

    state: ServerState
    method: str
    url: str
    origin: str
    proofs: list[str]
    token: str | None
    content_type: str
    raw: bytes

    def prove_key(self, db: Session) -> ECKey:
        """The device key that makes this call, or a refusal."""
        nonces = self.state.nonces
        key = proof.check(db, nonces, self.proofs, self.method, self.url, self.token)
        contacts.proved(db, key.thumbprint())
        return key

    def prove(self, db: Session) -> str:
        """The device that makes this call, or a refusal."""
        return self.prove_key(db).thumbprint()

    def body(self, model: type[Body], largest: int = LARGEST) -> Body:
        """The body, or ``invalid`` with what does not fit; never with the values."""
        if self.content_type.partition(";")[0].strip().lower() != "application/json":
            raise Refusal("invalid", "application/json is wanted", errors=[])
        if len(self.raw) > largest:
            raise Refusal("invalid", "the body is too large", errors=[])
        try:
            return model.model_validate_json(self.raw)
        except ValidationError as trouble:
            errors = trouble.errors(include_url=False, include_context=False, include_input=False)
            raise Refusal(
                "invalid",
                errors=[{"loc": each["loc"], "msg": each["msg"]} for each in errors[:ERRORS_TOLD]],
            ) from None

    def session(self, db: Session) -> tuple[KioskSession, Account]:
        """The live session that the call's token opens, and its account."""
        jkt = self.prove(db)
        demand_device(db, jkt)
        session = sessions.by_access_token(db, jkt, self.token, self.state.clock.now())
        return session, db.get_one(Account, session.account_id)


async def _incoming(request: Request) -> Call:
    raw = bytearray()
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > LARGEST_BATCH:
            break
    origin = own_origin(request)
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return Call(
        state=request.app.state.server,
        method=request.method,
        url=origin + request.scope["raw_path"].decode("latin-1"),
        origin=origin,
        proofs=request.headers.getlist("dpop"),
        token=token.strip() if scheme.lower() == "dpop" else None,
        content_type=request.headers.get("content-type", ""),
        raw=bytes(raw),
    )


Incoming = Annotated[Call, Depends(_incoming)]
