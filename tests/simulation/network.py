"""The way between a kiosk and its server: messages are lost, late, repeated, answered by others."""

from collections.abc import Callable, Mapping
from functools import partial
from random import Random

from kiosk.session.model.refusals import Unreachable
from kiosk.sync.wire.transport import ANSWER_SECONDS, Answer, Transport
from tests.simulation.chaos import MESSAGES, Tally
from tests.simulation.hub import Hub, Strand
from tests.simulation.xchart import Server

RATE = 0.06
PORTAL = Answer(200, {"content-type": "text/html"}, b"<html>Sign in to Wi-Fi</html>")
BROKEN = Answer(503, {"content-type": "text/plain", "retry-after": "3"}, b"")


class Cable:
    """One kiosk's. ``up`` while there is internet at all."""

    def __init__(self) -> None:
        self.up = True
        self.calm = False


class Network(Cable):
    """Messages over one kiosk's cable to its server."""

    def __init__(
        self, hub: Hub, server: Server, draw: Random, kinds: frozenset[str], tally: Tally
    ) -> None:
        super().__init__()
        self.hub, self.server, self.draw, self.tally = hub, server, draw, tally
        self.waiting: list[tuple[Strand, int]] = []
        self._kinds = [kind for kind in MESSAGES if kind in kinds]

    def fate(self) -> str:
        """What happens to the next message."""
        if self.calm or not self._kinds or self.draw.random() > RATE * len(self._kinds):
            return ""
        kind = self.draw.choice(self._kinds)
        self.tally.injected[kind] += 1
        return kind

    def notify(self) -> None:
        """Something changed on the server: who waits for news looks again."""
        waiting, self.waiting = self.waiting, []
        for strand, turn in waiting:
            self.hub.after(0.01, partial(strand.wake, turn))


class Way(Transport):
    """Stands where requests would: one lane's transport, on the strand that is running."""

    def __init__(self, network: Network, running: Callable[[], Strand]) -> None:
        self._network = network
        self._running = running
        self._hung = False

    def close(self) -> None:
        """Nothing is open."""

    def hang_up(self) -> None:
        """No more."""
        self._hung = True

    def send(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes | None,
        held: float = 0.0,
        repeatable: bool = False,
    ) -> Answer | Unreachable:
        """One request, through whatever happens to it."""
        net, strand = self._network, self._running()
        fate = net.fate()
        began = net.hub.now
        strand.wait(
            net.draw.uniform(0.005, 0.08) + (net.draw.uniform(0, 12) if fate == "slow" else 0)
        )
        if self._hung or not net.up:
            return Unreachable.NO_INTERNET
        if fate == "portal":
            return PORTAL
        if fate == "server_fault":
            return BROKEN
        if fate == "lost" or not net.server.up:
            strand.wait(ANSWER_SECONDS)
            return Unreachable.NO_ANSWER
        answer = net.server.answer(method, url, headers, body)
        if fate == "repeated":
            strand.wait(net.draw.uniform(0, 1))
            again = net.server.answer(method, url, headers, body) if net.server.up else answer
            answer = net.draw.choice([answer, again])
        answer = self._held(method, url, headers, answer, held, strand)
        strand.wait(net.draw.uniform(0.005, 0.05))
        if fate == "answer_lost" or not net.up:
            strand.wait(ANSWER_SECONDS)
            return Unreachable.NO_ANSWER
        if net.hub.now - began > ANSWER_SECONDS + held:
            return Unreachable.NO_ANSWER
        if fate == "garbled":
            return Answer(answer.status, answer.headers, answer.body[: len(answer.body) // 2])
        return answer

    def _held(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        answer: Answer,
        held: float,
        strand: Strand,
    ) -> Answer:
        """A question for news is held by the server while there is none."""
        net = self._network
        until = net.hub.now + held
        while held and answer.status == 204 and net.hub.now < until and net.server.up:
            turn = strand.turn() + 1
            net.waiting.append((strand, turn))
            strand.wait(until - net.hub.now)
            if net.server.up:
                answer = net.server.look_again(url, headers, answer)
        return answer
