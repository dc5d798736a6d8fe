"""A computer with its own profile and keychain, and a real server for it to talk to."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest

from kiosk.local.profile import Profile, ProfileFault, open_profile
from kiosk.session.model.challenge import Challenge, Purpose
from kiosk.session.model.people import Place
from kiosk.session.model.replies import Accepted, News
from kiosk.sync.account_calls import AccountCalls
from kiosk.sync.approval import Approval
from kiosk.sync.backoff import Backoff
from kiosk.sync.cache import Cache
from kiosk.sync.days import Days
from kiosk.sync.enrolment import Enrolment
from kiosk.sync.files import LocalFiles
from kiosk.sync.memory import StartupLoader
from kiosk.sync.pins import Pins
from kiosk.sync.pull import ChangesPoller
from kiosk.sync.push import OutboxSender
from kiosk.sync.recording import Vouching
from kiosk.sync.records.audit_store import Store, open_store
from kiosk.sync.records.chain import Tail
from kiosk.sync.records.outbox import Outbox, open_outbox
from kiosk.sync.secrets.safe import Safe
from kiosk.sync.sign_in import SignIn
from kiosk.sync.wire.calls import Nonce
from kiosk.sync.wire.line import Line
from kiosk.sync.wire.transport import Transport
from tests.sandbox.conftest import open_server, xchart
from tests.support.digits import typed
from tests.support.fake_keychain import FakeKeychain
from tests.support.sandbox.running import Xchart

__all__ = ["open_server", "xchart"]

EMAIL = "frontdesk@lakeside.example"
PASSWORD = "sandbox-demo"
OFFICE = "acc-office"


class Noted(Vouching):
    """A word for these records, or a keychain that remembers nothing of the audit."""

    def __init__(self, *tails: Tail) -> None:
        self._tails = tails

    def vouched(self) -> tuple[Tail, ...]:
        return self._tails

    def forked(self) -> None:
        pass


@dataclass
class Computer:
    """One operatory computer: what it keeps, and its way to a server."""

    profile: Profile
    xchart: Xchart
    keychain: FakeKeychain = field(default_factory=FakeKeychain)
    heard: list[datetime] = field(default_factory=list)
    offline: bool = True

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        """As after a restart: nothing is known but what the keychain and the files hold."""
        now = self.xchart.state.clock.now
        self.safe = Safe(self.keychain, now)
        self.remembered = LocalFiles(self.profile)
        self.transport = Transport("")
        self.line = Line(self.transport, Nonce(), self.heard.append)
        store, outbox = open_store(self.profile.audit), open_outbox(self.profile.audit)
        assert isinstance(store, Store)
        assert isinstance(outbox, Outbox)
        self.store, self.outbox = store, outbox
        self.cache = Cache(self.profile.cache, self.safe)
        holding = AccountCalls(self.line, self.safe, self.remembered)
        server = self.xchart.address
        self.enrolment = Enrolment(self.line, self.safe, holding)
        self.approval = Approval(self.safe, self.remembered, holding)
        self.sign_in = SignIn(self.safe, holding, lambda: server, outbox.owe_end)
        self.pins = Pins(holding, self.safe, self.remembered, now, offline=self.offline)
        failures = Backoff(now, lambda: 0.5), Backoff(now, lambda: 0.5)
        self.sending_failures = failures[1]
        self.listening = ChangesPoller(
            holding, self.cache, failures[0], now, self.transport.hang_up
        )
        # Records are kept by the store alone here: nobody has noted how far they came.
        self.posting = OutboxSender(
            holding, self.outbox, self.cache, failures[1], Noted(), lambda: server, now
        )
        self.days = Days(self.cache, self.outbox, now)

    def stop(self) -> None:
        """As at the end of a kiosk, or of its process."""
        self.transport.close()
        self.store.close()
        self.outbox.close()
        self.cache.close()

    def restart(self) -> None:
        """Off and on again."""
        self.stop()
        self.start()

    def hear(self) -> News:
        """News, which have to come."""
        news = self.listening.news(OFFICE)
        assert isinstance(news, News)
        return news

    @property
    def place(self) -> Place:
        """Op 3."""
        return Place(self.xchart.address, "Main Street", "Op 3")

    def ask_to_join(self) -> Challenge:
        """A request for the code that lets a new computer in."""
        challenge = self.enrolment.open_challenge(Purpose.JOIN, self.place, EMAIL, PASSWORD)
        assert isinstance(challenge, Challenge)
        return challenge

    def join_own(self, mailbox: str = "patel") -> str:
        """Somebody's own login, beside the account that the computer joined with; its id."""
        challenge = self.enrolment.open_challenge(
            Purpose.OWN, self.place, f"{mailbox}@lakeside.example", PASSWORD
        )
        assert isinstance(challenge, Challenge)
        self.approval.text_code(self.place, challenge, challenge.approvers[0].id)
        code = self.xchart.newest_code()
        assert isinstance(self.approval.answer_code(self.place, challenge, code), Accepted)
        return challenge.account.id

    def join(self) -> None:
        """The whole way in."""
        challenge = self.ask_to_join()
        self.approval.text_code(self.place, challenge, challenge.approvers[0].id)
        self.approval.answer_code(self.place, challenge, self.xchart.newest_code())


def recollection(computer: Computer) -> StartupLoader:
    """What reads that computer's memory."""
    return StartupLoader(
        computer.safe,
        computer.remembered,
        computer.store,
        computer.outbox,
        computer.cache,
        computer.place,
        lambda: None,
        lambda: None,
    )


@pytest.fixture
def new_computer(xchart: Xchart, tmp_path: Path) -> Iterator[Callable[[], Computer]]:
    """As many computers as a test wants, each with a profile of its own."""
    made: list[Computer] = []
    # Nobody here waits for news in real seconds.
    xchart.state.notifier.second = 0.001

    def make() -> Computer:
        profile = open_profile(tmp_path / f"computer-{len(made)}")
        assert not isinstance(profile, ProfileFault)
        made.append(Computer(profile, xchart))
        return made[-1]

    yield make
    for computer in made:
        computer.stop()


@pytest.fixture
def computer(new_computer: Callable[[], Computer]) -> Computer:
    """One that has joined."""
    made = new_computer()
    made.join()
    return made


@pytest.fixture
def own(computer: Computer) -> Computer:
    """A computer on which Nina has a login of her own, and a PIN; nothing is open."""
    assert computer.join_own() == "acc-patel"
    assert computer.pins.seal("acc-patel", typed("482915"), typed("482915")) is None
    computer.pins.close("acc-patel")
    return computer
