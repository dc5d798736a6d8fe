"""The suites of the ports, over the real adapters against the reference server, and over none."""

from kiosk.session.model.challenge import Purpose
from kiosk.sync.badges import Badges
from kiosk.sync.none import NoApproval, NoBadges, NoDays, NoFeed, NoOutbox, NoPinShares, NoRoster
from tests.support import port_contracts as contracts
from tests.support import worlds as w
from tests.sync.conftest import OFFICE, Computer

MARIA = "per-maria"


def test_enrolment(computer: Computer) -> None:
    contracts.keeps_enrolment(computer.enrolment, computer.place)


def test_approval(computer: Computer) -> None:
    challenge = computer.ask_to_join()
    contracts.keeps_approval(computer.approval, computer.place, challenge)
    contracts.keeps_approval(NoApproval(), w.PLACE, w.challenge(Purpose.RETURN))


def test_sign_in(computer: Computer) -> None:
    contracts.keeps_sign_in(computer.sign_in, OFFICE, MARIA)


def test_feed(computer: Computer) -> None:
    now = computer.xchart.state.clock.now()
    contracts.keeps_feed(computer.listening, OFFICE, now)
    contracts.keeps_feed(NoFeed(lambda: w.NOON), OFFICE, w.NOON)


def test_outbox(computer: Computer) -> None:
    contracts.keeps_outbox(computer.posting, OFFICE)
    contracts.keeps_outbox(NoOutbox(), OFFICE)


def test_pin_shares(computer: Computer) -> None:
    contracts.keeps_pin_shares(computer.pins)
    contracts.keeps_pin_shares(NoPinShares())


def test_days(computer: Computer) -> None:
    computer.hear()
    contracts.keeps_days(computer.days)
    contracts.keeps_days(NoDays())


def test_badges(computer: Computer) -> None:
    computer.hear()
    contracts.keeps_badges(Badges(computer.safe))
    contracts.keeps_badges(NoBadges())


def test_roster() -> None:
    """The real one is a site's: ``tests/sync/web/test_roster.py``."""
    contracts.keeps_roster(NoRoster())
