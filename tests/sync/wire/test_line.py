"""One nonce for all lanes: a call on one keeps the other's next call at one round trip."""

import json

from kiosk.session.model.people import Strength
from kiosk.sync.account_calls import AccountCalls
from kiosk.sync.sign_in import SignIn
from kiosk.sync.wire.calls import Nonce
from kiosk.sync.wire.line import Line
from kiosk.sync.wire.transport import Transport
from tests.support.sandbox.client import plain
from tests.sync.conftest import OFFICE, Computer


def test_a_nonce_heard_on_one_lane_serves_the_other(computer: Computer) -> None:
    """The background keeps the sign-in warm."""
    nonce, transports = Nonce(), [Transport(""), Transport("")]
    lines = [Line(transport, nonce, computer.heard.append) for transport in transports]
    safe, server = computer.safe, computer.xchart.address
    callers = [AccountCalls(line, safe, computer.remembered) for line in lines]
    lanes = [SignIn(safe, calls, lambda: server, str) for calls in callers]
    lanes[0].start_session(OFFICE, "per-maria", Strength.TILE)
    plain(computer.xchart.address, "DELETE", "/sandbox/requests")
    lanes[1].start_session(OFFICE, "per-james", Strength.TILE)
    told = json.loads(plain(computer.xchart.address, "GET", "/sandbox/requests").text)
    assert len([r for r in told["requests"] if "/v1/" in str(r)]) == 1
    for transport in transports:
        transport.close()
