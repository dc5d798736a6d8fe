"""Every port at once, answering as a test says; and a clock that stands still."""

from dataclasses import dataclass, field
from datetime import datetime
from threading import current_thread

from kiosk.app.effects import Ports
from kiosk.session.model import replies
from kiosk.session.model.audit import Record
from kiosk.session.model.case import CaseNote
from kiosk.session.model.challenge import Challenge, Delivery, Purpose
from kiosk.session.model.commands import Command
from kiosk.session.model.people import Invited, Place, Strength
from kiosk.session.model.refusals import Fault, Reason
from kiosk.session.model.replies import Accepted, Delivered, News, No
from kiosk.session.model.site import Rehearsed
from kiosk.session.model.terms import Roster
from kiosk.session.ports import DayFound, Started
from tests.support import worlds as w


@dataclass
class World:
    """Every port at once; remembers what was asked of it, and on which lane.

    It answers with ``answers`` by the name of the call, else with ``answer``.
    """

    answer: object = None
    answers: dict[str, object] = field(default_factory=dict)
    asked: list[tuple[str, str, tuple[object, ...]]] = field(default_factory=list)
    doubted: int = 0

    def told(self, *what: object) -> object:
        name, *rest = what
        self.asked.append((current_thread().name, str(name), tuple(rest)))
        answer = self.answers.get(str(name), self.answer)
        if isinstance(answer, BaseException):
            raise answer
        return answer


class FakeRecollection:
    def __init__(self, world: World) -> None:
        self.world = world

    def forget_own(self, account_id: str) -> Fault | None:
        self.world.told("forget_own", account_id)
        return None

    def memory(self) -> replies.StartupState | Fault:
        told = self.world.told("memory")
        assert isinstance(told, replies.StartupState | Fault)
        return told

    def forget_trust(self, account_id: str) -> Fault | None:
        self.world.told("forget_trust", account_id)
        return None


class FakeRecords:
    def __init__(self, world: World) -> None:
        self.world = world

    @property
    def unkept(self) -> int:
        return 2

    def keep(self, record: Record, command: Command | None = None) -> Fault | None:
        told = self.world.told("keep", record, command)
        assert told is None or isinstance(told, Fault)
        return told

    def keep_case(self, note: CaseNote | None) -> Fault | None:
        told = self.world.told("keep_case", note)
        assert told is None or isinstance(told, Fault)
        return told


class FakeEnrolment:
    def __init__(self, world: World) -> None:
        self.world = world

    def open_challenge(
        self, purpose: Purpose, place: Place, email: str, password: str
    ) -> Challenge | Reason:
        told = self.world.told("open_enrolment", purpose, place, email, password)
        assert isinstance(told, Challenge | Reason)
        return told

    def read_invitation(self, place: Place, link: str) -> Invited | Reason:
        told = self.world.told("read_invitation", place, link)
        assert isinstance(told, Invited | Reason)
        return told

    def rehearse(self, account_id: str) -> Rehearsed | Reason:
        told = self.world.told("rehearse", account_id)
        assert isinstance(told, Rehearsed | Reason)
        return told

    def accept_invitation(
        self, place: Place, link: str, password: str, phone: str
    ) -> Reason | None:
        told = self.world.told("accept_invitation", place, link, password, phone)
        assert told is None or isinstance(told, Reason)
        return told


class FakeApproval:
    def __init__(self, world: World) -> None:
        self.world = world

    def open_challenge(self, purpose: Purpose, account_id: str) -> Challenge | Reason:
        told = self.world.told("open_challenge", purpose, account_id)
        assert isinstance(told, Challenge | Reason)
        return told

    def text_code(self, place: Place, challenge: Challenge, approver_id: str) -> Delivery | Reason:
        told = self.world.told("text_code", place, challenge, approver_id)
        assert isinstance(told, Delivery | Reason)
        return told

    def answer_code(
        self, place: Place, challenge: Challenge, code: str, approver_id: str = ""
    ) -> Accepted | Reason:
        told = self.world.told("answer_code", place, challenge, code, approver_id)
        assert isinstance(told, Accepted | Reason)
        return told


class FakeSignIn:
    def __init__(self, world: World) -> None:
        self.world = world

    def start_session(
        self, account_id: str, person_id: str, strength: Strength, *, by_itself: bool = False
    ) -> Started | Reason:
        told = self.world.told("start_session", account_id, person_id, strength)
        assert isinstance(told, Started | Reason)
        return told

    def renew_password(self, account_id: str, password: str) -> Reason | None:
        told = self.world.told("renew_password", account_id, password)
        assert told is None or isinstance(told, Reason)
        return told

    def page_for(self, session_id: str, *, by_itself: bool = False) -> str | Reason:
        told = self.world.told("page_for", session_id)
        assert isinstance(told, str | Reason)
        return told

    def end_session(self, session_id: str) -> Reason | None:
        told = self.world.told("end_session", session_id)
        return told if isinstance(told, Reason) else None


class FakePins:
    def __init__(self, world: World) -> None:
        self.world = world

    def seal(self, account_id: str, pin: bytearray, again: bytearray) -> Reason | None:
        told = self.world.told("seal", account_id, pin.decode(), again.decode())
        assert told is None or isinstance(told, Reason)
        return told

    def open(self, account_id: str, pin: bytearray, *, away: bool) -> Reason | None:
        told = self.world.told("open", account_id, pin.decode(), away)
        assert told is None or isinstance(told, Reason)
        return told

    def expect(self, account_id: str, *, away: bool) -> None:
        self.world.told("expect", account_id, away)

    def settle(self) -> None:
        self.world.told("settle")

    def confirm(self, account_id: str) -> None:
        self.world.told("confirm", account_id)

    def close(self, account_id: str) -> None:
        self.world.told("close", account_id)


class FakeBadges:
    def __init__(self, world: World) -> None:
        self.world = world

    def mark(self, number: str) -> str | Fault:
        told = self.world.told("mark", number)
        assert isinstance(told, str | Fault)
        return told


class FakeRoster:
    def __init__(self, world: World) -> None:
        self.world = world

    def prove_password(self, account_id: str, password: str) -> Reason | None:
        told = self.world.told("prove_password", account_id, password)
        assert told is None or isinstance(told, Reason)
        return told

    def keep(self, account_id: str, roster: Roster) -> Reason | None:
        told = self.world.told("keep_roster", account_id, roster)
        assert told is None or isinstance(told, Reason)
        return told


class FakeBackground:
    def __init__(self, world: World) -> None:
        self.world = world

    def news(self, account_id: str) -> News | No:
        told = self.world.told("news", account_id)
        assert isinstance(told, News | No)
        return told

    def doubt(self) -> None:
        self.world.doubted += 1

    def hang_up(self) -> None:
        self.world.told("hang_up")

    def send(self, account_id: str) -> Delivered | No:
        told = self.world.told("send", account_id)
        assert isinstance(told, Delivered | No)
        return told

    def drop_trust(self, account_id: str) -> Reason | None:
        self.world.told("drop_trust", account_id)
        return None

    def day(self, account_id: str) -> DayFound | None:
        told = self.world.told("day", account_id)
        assert told is None or isinstance(told, DayFound)
        return told


def fake_ports(world: World) -> Ports:
    """All of them over one world."""
    background = FakeBackground(world)
    return Ports(
        FakeRecollection(world),
        FakeRecords(world),
        FakeEnrolment(world),
        FakeApproval(world),
        FakeSignIn(world),
        FakePins(world),
        FakeBadges(world),
        FakeRoster(world),
        background,
        background,
        background,
    )


class Noon:
    """It is always noon."""

    def now(self) -> datetime:
        return w.NOON
