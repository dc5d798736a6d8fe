"""The ports: the real ones fit them, and what they bring back shows no secret (law 10)."""

import inspect

import pytest

from kiosk.local.clock import Clock
from kiosk.session import ports
from kiosk.sync.approval import Approval
from kiosk.sync.badges import Badges
from kiosk.sync.days import Days
from kiosk.sync.enrolment import Enrolment
from kiosk.sync.memory import StartupLoader
from kiosk.sync.pins import Pins
from kiosk.sync.pull import ChangesPoller
from kiosk.sync.push import OutboxSender
from kiosk.sync.recording import AuditWriter
from kiosk.sync.sign_in import SignIn
from kiosk.sync.web.roster import SiteRoster
from tests.support import worlds as w

PAIRS = [
    (ports.StartupLoader, StartupLoader),
    (ports.Records, AuditWriter),
    (ports.Enrolment, Enrolment),
    (ports.Approval, Approval),
    (ports.SignIn, SignIn),
    (ports.PinShares, Pins),
    (ports.Badges, Badges),
    (ports.RosterStore, SiteRoster),
    (ports.Feed, ChangesPoller),
    (ports.Outbox, OutboxSender),
    (ports.Days, Days),
    (ports.TrustedTime, Clock),
]


def asked_of(port: type) -> dict[str, list[str]]:
    """The calls of a port, and the names of what they take."""
    return {
        name: list(inspect.signature(call).parameters)
        for name, call in vars(port).items()
        if inspect.isfunction(call) and not name.startswith("_")
    }


@pytest.mark.parametrize(("port", "real"), PAIRS)
def test_each_port_has_a_real_one_that_takes_the_same(port: type, real: type) -> None:
    for name, takes in asked_of(port).items():
        assert list(inspect.signature(getattr(real, name)).parameters) == takes


def test_the_one_time_address_of_a_session_is_never_shown() -> None:
    started = ports.Started("ses-1", w.trust(), w.terms(), "https://xchart.example/canary")
    assert "canary" not in repr(started) + str(started)
    assert started.page.endswith("canary")
