"""The unit of work, the clock and the keys of the server."""

from datetime import timedelta
from pathlib import Path

import pytest

from sandbox.contract.refusals import Refusal
from sandbox.server.moment import Clock
from sandbox.server.server_state import ServerState
from sandbox.tables.rows import Person
from tests.support.sandbox.running import MONDAY_MORNING


def test_a_refusal_keeps_what_it_counted_and_a_bug_keeps_nothing(tmp_path: Path) -> None:
    state = ServerState(tmp_path)

    def write(name: str, trouble: Exception) -> None:
        with state.unit() as db:
            db.add(Person(id=name, account_id="x", name="x"))
            raise trouble

    with pytest.raises(Refusal):
        write("counted", Refusal("unknown"))
    with pytest.raises(ZeroDivisionError):
        write("lost", ZeroDivisionError())
    with state.unit() as db:
        assert db.get(Person, "counted") is not None
        assert db.get(Person, "lost") is None
    state.close()


def test_keys_and_travelled_time_survive(tmp_path: Path) -> None:
    first = ServerState(tmp_path, Clock(lambda: MONDAY_MORNING))
    first.travel(timedelta(days=3))
    nonce = first.nonces.current()
    first.close()
    second = ServerState(tmp_path, Clock(lambda: MONDAY_MORNING))
    assert second.clock.now() == MONDAY_MORNING + timedelta(days=3)
    assert second.nonces.live(nonce)
    assert second.grant_key.thumbprint() == first.grant_key.thumbprint()
    second.close()


def test_time_never_runs_back() -> None:
    with pytest.raises(ValueError, match="forward"):
        Clock(lambda: MONDAY_MORNING).advance(timedelta(seconds=-1))
