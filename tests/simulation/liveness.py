"""Liveness: once the weather is calm nothing waits for long, and the bar tells the truth of it.

Safety is ``ledger``'s: nothing lost, doubled or changed. A kiosk that sends nothing any more breaks
none of that, and nobody would notice.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kiosk.session.model import state as s
from kiosk.session.model.refusals import Fault
from kiosk.session.model.trust import trusts
from kiosk.session.pages.seen import outage
from kiosk.session.rules.accounts import polling_account, trust_of
from kiosk.sync.backoff import NEAR
from kiosk.sync.records.outbox import Outbox, Unsent
from tests.simulation.process import Process
from tests.simulation.troubles import Desk

EMPTY_WITHIN = 15.0
"""Seconds from the calm, or from the first moment at which the server may be asked."""
SEEN_WITHIN = 60.0
"""Seconds after which a cable that is out is said to be: a question may be held until then."""
GLANCE = 0.5


def hears(process: Process) -> bool:
    """Whether it has read its memory and has trust to ask for news with."""
    known = process.state.known
    account = polling_account(known)
    return account is not None and trusts(trust_of(known, account.id), account.id)


def is_soon_asked(process: Process, touched: datetime | None) -> bool:
    """Whether the server answers, the trouble is the clinic's own, or somebody has touched it.

    Where a server did not answer the waits have grown, so that a thousand kiosks do not come back
    at once (T10); a touch after the last failure ends them. ``touched`` is when it was to ask then.
    """
    known, session = process.state.known, s.session_of(process.state.phase)
    if session is not None and session.case is not None and session.case.pending:
        return False  # what was taken away waits for the case's end, and with it what it is sent by
    if outage(known) is None or known.reach in NEAR:
        return True
    if known.unreached_since is None:
        return False  # the server answers, and what is sent does not pass: no touch ends that wait
    return touched is not None and known.contact_due == touched


def waits(process: Process) -> bool:
    """Whether something is still to be sent for which nobody is needed.

    Changes of an account whose trust was taken away wait for a code: that is a person's.
    """
    outbox, known = process.outbox, process.state.known
    if not isinstance(outbox, Outbox):
        return True
    unsent, ends, queued = outbox.unsent(), outbox.ends(), outbox.queued(limit=10_000)
    if not isinstance(unsent, Unsent) or isinstance(ends, Fault) or isinstance(queued, Fault):
        return True
    ours = [each for each in queued if trusts(trust_of(known, each.account), each.account)]
    return bool(unsent.records or ends or ours)


@dataclass
class Glances:
    """Somebody looks at every kiosk twice a second. Times are the hub's."""

    out_since: dict[str, float] = field(default_factory=dict)
    asked_since: dict[str, tuple[Process, float]] = field(default_factory=dict)
    slowest: float = 0.0
    seen: Counter[str] = field(default_factory=Counter)

    def at_the_bar(self, desk: Desk, now: float) -> None:
        """A cable that is out is said to be, or AssertionError."""
        name, process = desk.computer.name, desk.running
        if desk.computer.network.up:
            self.out_since.pop(name, None)
        else:
            self.out_since.setdefault(name, now)
        if process is None or not hears(process):
            self.asked_since.pop(name, None)
            return
        if self.asked_since.get(name, (None, 0.0))[0] is not process:
            self.asked_since[name] = process, now
        since = max(self.out_since.get(name, now), self.asked_since[name][1])
        if now - since > SEEN_WITHIN:
            assert outage(process.state.known) is not None, f"{name}: {now - since} s out"
            self.seen["outage said"] += 1

    def at_the_queue(self, desk: Desk, since: float, now: float) -> bool:
        """Whether nothing waits there and the bar says so; AssertionError where it takes long."""
        process = desk.running
        assert process is not None, f"{desk.computer.name} does not run"
        known = process.state.known
        if not waits(process) and outage(known) is None:
            self.slowest = max(self.slowest, now - since)
            return True
        assert now - since <= EMPTY_WITHIN, (
            f"{desk.computer.name} still has {known.sending} after {timedelta(seconds=now - since)}"
            f" of calm, contact {known.contact_due} {known.contact_attempt},"
            f" {known.reach} since {known.unreached_since}, now {process.now()}"
        )
        return False
