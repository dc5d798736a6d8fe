"""A pause, and a firewall that forgets the connection: the first tap is as quick as others.

Over real TCP against the real server. Time passes only where a test says so.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.local.profile import Profile, open_profile
from kiosk.session.model.challenge import Challenge, Purpose
from kiosk.session.model.people import Strength
from kiosk.session.model.refusals import Unreachable
from kiosk.session.model.replies import Accepted
from kiosk.session.ports import Started
from kiosk.sync.account_calls import AccountCalls, CallContext
from kiosk.sync.approval import Approval
from kiosk.sync.enrolment import Enrolment
from kiosk.sync.sign_in import SignIn
from kiosk.sync.wire.calls import Nonce
from kiosk.sync.wire.line import Line
from kiosk.sync.wire.transport import REUSED_WITHIN, SURELY_OPEN, Answer, Transport
from tests.support.firewall import Firewall
from tests.support.sandbox.running import serve
from tests.sync.conftest import EMAIL, OFFICE, PASSWORD, Computer

MARIA = "per-maria"
A_MOMENT = timedelta(seconds=1)
SHORT_PAUSE = SURELY_OPEN
LONG_PAUSE = REUSED_WITHIN
PATIENCE = 0.9
"""Seconds for an answer. A third of them is waited for where a connection is dead."""


@dataclass
class Behind:
    """A computer behind a firewall, and its own time."""

    computer: Computer
    firewall: Firewall
    passed: timedelta = field(default=timedelta(0))

    def __post_init__(self) -> None:
        self.transport = Transport("", PATIENCE, lambda: self.passed)
        self.line = Line(self.transport, Nonce(), self.computer.heard.append)
        safe, remembered = self.computer.safe, self.computer.remembered
        calls = AccountCalls(self.line, safe, remembered)
        self.enrolment = Enrolment(self.line, safe, calls)
        self.approval = Approval(safe, remembered, calls)
        self.sign_in = self.signing_in(calls)

    def signing_in(self, calls: AccountCalls) -> SignIn:
        """The way in over that line."""
        address, owe_end = self.firewall.address, self.computer.outbox.owe_end
        return SignIn(self.computer.safe, calls, lambda: address, owe_end)

    def tap(self) -> object:
        """Somebody comes in."""
        return self.sign_in.start_session(OFFICE, MARIA, Strength.TILE)

    def asks(self, held: float = 0.0, *, repeatable: bool = True) -> Answer | Unreachable:
        """One bare request, which proves nothing."""
        url = f"{self.firewall.address}/v1/server"
        return self.transport.send("GET", url, {}, None, held, repeatable)


@pytest.fixture
def behind(tmp_path: Path) -> Iterator[Behind]:
    """One that has joined, and spoken to the server just now."""
    profile = open_profile(tmp_path / "computer")
    assert isinstance(profile, Profile)
    (tmp_path / "server").mkdir()
    with Firewall() as firewall:
        xchart = serve(tmp_path / "server", firewall.address)
        firewall.lead_to(xchart.address)
        computer = Computer(profile, replace(xchart, address=firewall.address))
        computer.join()
        made = Behind(computer, firewall)
        assert isinstance(made.tap(), Started)
        yield made
        made.transport.close()
        computer.stop()
        xchart.stop()


def test_a_connection_is_used_again(behind: Behind) -> None:
    """Otherwise there would be nothing to test here, and every tap would pay a handshake."""
    connections = len(behind.firewall.passed)
    behind.passed += A_MOMENT
    assert isinstance(behind.tap(), Started)
    assert len(behind.firewall.passed) == connections


def test_after_a_long_pause_nothing_is_sent_over_the_old_connection(behind: Behind) -> None:
    behind.firewall.forget()
    behind.passed += LONG_PAUSE
    assert isinstance(behind.tap(), Started)
    assert behind.firewall.swallowed == 0


@pytest.mark.parametrize("pause", [SHORT_PAUSE, LONG_PAUSE - A_MOMENT])
def test_after_a_short_pause_a_tap_tries_another_connection(
    behind: Behind, pause: timedelta
) -> None:
    behind.firewall.forget()
    behind.passed += pause
    assert isinstance(behind.tap(), Started)
    assert behind.firewall.swallowed > 0


def test_after_an_answer_that_was_lost_the_call_is_proved_anew(behind: Behind) -> None:
    """The first reached the server: a proof counts once (T8), so that the second is refused."""
    behind.firewall.forget(up=False)
    behind.passed += SHORT_PAUSE
    before = behind.firewall.requests
    assert isinstance(behind.tap(), Started)
    assert behind.firewall.requests == before + 3


class Late(Transport):
    """Once it is ``slow``, one request is on its way for so long that another overtakes it."""

    slow = False
    late: tuple[str, str, Mapping[str, str], bytes | None] | None = None

    def send(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes | None,
        held: float = 0.0,
        repeatable: bool = False,
    ) -> Answer | Unreachable:
        """As from any transport; the slow one has no answer."""
        if self.slow:
            self.slow = False
            self.late = (method, url, headers, body)
            self.worth_another = True
            return Unreachable.NO_ANSWER
        return super().send(method, url, headers, body, held, repeatable)


def test_a_start_that_was_only_late_does_not_end_the_one_that_overtook_it(behind: Behind) -> None:
    """It ended the session in use, and Xchart's page with it."""
    transport = Late("", PATIENCE, lambda: behind.passed)
    line = Line(transport, Nonce(), behind.computer.heard.append)
    server = behind.signing_in(AccountCalls(line, behind.computer.safe, behind.computer.remembered))
    assert isinstance(server.start_session(OFFICE, MARIA, Strength.TILE), Started)
    transport.slow = True
    started = server.start_session(OFFICE, MARIA, Strength.TILE)
    assert isinstance(started, Started)
    assert transport.late is not None
    told = behind.transport.send(*transport.late)
    assert isinstance(told, Answer)
    assert (told.status, b"proof_invalid" in told.body) == (401, True)
    assert isinstance(server.page_for(started.session_id), str)
    transport.close()


@pytest.mark.parametrize("pause", [A_MOMENT, SHORT_PAUSE])
def test_a_connection_that_breaks_is_replaced_at_once(behind: Behind, pause: timedelta) -> None:
    """However soon: nobody waits."""
    started = behind.tap()
    assert isinstance(started, Started)
    behind.firewall.break_off()
    behind.passed += pause
    page = behind.sign_in.page_for(started.session_id)
    assert str(page).startswith(behind.firewall.address)


def test_what_may_not_be_done_twice_is_sent_once(behind: Behind) -> None:
    """A code counts a try, a text costs one: the person hears of it and decides."""
    behind.computer.xchart.pass_time(minutes=1)  # a text has just been sent
    challenge = behind.enrolment.open_challenge(
        Purpose.JOIN, behind.computer.place, EMAIL, PASSWORD
    )
    assert isinstance(challenge, Challenge)
    behind.approval.text_code(behind.computer.place, challenge, challenge.approvers[0].id)
    code = behind.computer.xchart.newest_code()
    behind.firewall.break_off()
    connections = len(behind.firewall.passed)
    told = behind.approval.answer_code(behind.computer.place, challenge, code)
    assert told is Unreachable.NO_ANSWER
    assert len(behind.firewall.passed) == connections
    assert isinstance(behind.approval.answer_code(behind.computer.place, challenge, code), Accepted)


def test_a_share_is_made_once(behind: Behind) -> None:
    """Each time it is another one: had the first request only been slow, the server would keep its
    share, and the right PIN would count as wrong."""
    holding = AccountCalls(behind.line, behind.computer.safe, behind.computer.remembered)
    held = holding.held(OFFICE)
    assert isinstance(held, CallContext)
    behind.firewall.forget(up=False)
    behind.passed += SHORT_PAUSE
    before = behind.firewall.requests
    told = held.api.make_pin_share(OFFICE, held.trust.token, held.credential.device_password)
    assert told is Unreachable.NO_ANSWER
    assert behind.firewall.requests == before + 1


def test_a_slow_server_is_not_asked_twice(behind: Behind) -> None:
    """T10: whoever was just answered waits the whole time, and then asks no more."""
    assert isinstance(behind.asks(), Answer)
    behind.firewall.forget(up=False)
    behind.passed += A_MOMENT
    assert behind.asks() is Unreachable.NO_ANSWER
    assert not behind.transport.worth_another


def test_a_held_question_is_left_to_the_background(behind: Behind) -> None:
    """T10: a restart of the server breaks everybody's at once."""
    assert isinstance(behind.asks(), Answer)
    behind.firewall.break_off()
    behind.passed += SHORT_PAUSE
    assert behind.asks(held=0.1) is Unreachable.NO_ANSWER
    assert not behind.transport.worth_another


def test_whoever_hung_up_asks_no_other(behind: Behind) -> None:
    behind.passed += SHORT_PAUSE
    behind.transport.hang_up()
    assert behind.tap() is Unreachable.NO_ANSWER
    assert not behind.transport.worth_another
