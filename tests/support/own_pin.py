"""A personal account's PIN under test: whose it is, what the server has released for it."""

from sqlalchemy import select

from kiosk.session.model.refusals import Code, Refusal
from sandbox.tables.pinned import PinShare
from tests.sync.conftest import Computer

PATEL = "acc-patel"
PIN = "482915"
WRONG = [f"71936{n}" for n in range(10)]


def code_of(told: object) -> Code | None:
    return told.code if isinstance(told, Refusal) else None


def released(computer: Computer) -> int:
    with computer.xchart.state.unit() as db:
        return db.scalars(select(PinShare.released)).one()
