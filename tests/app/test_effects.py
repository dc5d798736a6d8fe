"""Effects: each on its lane, through its port, answered by its event; a bug answers nobody late."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from threading import Event, current_thread

import pytest

from kiosk.app.effects import Effects, Ports, Unopened
from kiosk.app.lanes import Lanes, Name
from kiosk.app.slots import Secret, Slots
from kiosk.session.model import effects as do
from kiosk.session.model import events as said
from kiosk.session.model import replies
from kiosk.session.model.audit import Act, Cause, Record
from kiosk.session.model.challenge import Purpose
from kiosk.session.model.commands import Conflict, Kind
from kiosk.session.model.day import Day, Schedule
from kiosk.session.model.intents import Ticket
from kiosk.session.model.painted import Painted
from kiosk.session.model.people import Strength
from kiosk.session.model.refusals import Code, Fault, Reason, Refusal, Unreachable
from kiosk.session.model.replies import Accepted, Delivered, News, No
from kiosk.session.model.terms import Roster
from kiosk.session.ports import DayFound, Started
from tests.support import worlds as w
from tests.support.digits import typed
from tests.support.fake_ports import Noon, World, fake_ports

PATIENCE = 10.0
CANARY = "canary-7c1f"
LOCAL, SIGN_IN = "lane local", "lane sign-in"
SYNC, NEWS = "lane sync", "lane news"
RECORD = Record(1, w.NOON, Act.ENTERED, Cause.PERSON, "p", "a", Strength.TILE, "d")


class Panic(BaseException):
    """What a library written in another language may raise."""


@dataclass
class Desk:
    """Effects over fakes, on real lanes."""

    world: World = field(default_factory=World)
    slots: Slots[Secret] = field(default_factory=Slots)
    days: Slots[Day] = field(default_factory=Slots)
    posted: list[said.Event] = field(default_factory=list)
    bugs: list[BaseException] = field(default_factory=list)
    here: list[tuple[str, object]] = field(default_factory=list)
    opened: Ports | Unopened | BaseException | None = None
    openings: int = 0

    def __post_init__(self) -> None:
        self.lanes = Lanes(self.bugs.append)
        self.lanes.start()
        self.effects = Effects(
            lanes=self.lanes,
            slots=self.slots,
            days=self.days,
            words=Slots[str](),
            clock=Noon(),
            open_ports=self.open_ports,
            post=self.posted.append,
            show_page=lambda ticket: self.here.append((current_thread().name, ticket)),
            show_day=lambda ticket: self.here.append((current_thread().name, ticket)),
            close_page=lambda _finished: self.here.append((current_thread().name, "closed")),
            tell_reader=lambda taken: self.here.append((current_thread().name, taken)),
            tell_page=lambda told: self.here.append((current_thread().name, told)),
            keep_painted=lambda painted: self.here.append((current_thread().name, painted)),
            unexpected=self.bugs.append,
        )

    def open_ports(self) -> Ports | Unopened:
        self.openings += 1
        assert current_thread().name == LOCAL
        if isinstance(self.opened, BaseException):
            raise self.opened
        return self.opened or fake_ports(self.world)

    def remembers(self) -> None:
        """The memory is read: from now on there are ports."""
        self.world.answer = w.memory()
        self.does(do.LoadStartupState(1))
        self.posted.clear()
        self.world.asked.clear()

    def does(self, effect: do.Effect) -> None:
        """Perform it, and wait until every lane is through with it."""
        self.effects.perform(effect)
        for name in Name:
            through = Event()
            self.lanes.do(name, through.set)
            assert through.wait(PATIENCE)


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = Desk()
    made.remembers()
    yield made
    made.lanes.finish(PATIENCE)


def without_ticket(event: said.Event) -> said.Event:
    """The same event with no ticket in particular: their numbers are the process's own."""
    if not isinstance(event, said.Answered):
        return event
    match event.reply:
        case replies.SessionStarted() | replies.PageGranted() as reply:
            return replace(event, reply=replace(reply, page=Ticket(0)))
        case replies.InvitationAccepted() as reply:
            return replace(event, reply=replace(reply, password=Ticket(0)))
        case replies.DayRead(day=day) as reply if day is not None:
            return replace(event, reply=replace(reply, day=Ticket(0)))
        case _:
            return event


def answered(event: said.Event) -> replies.Reply:
    """What it brought."""
    assert isinstance(event, said.Answered)
    return event.reply


STARTED = Started("ses-1", w.trust(), w.terms(), f"https://xchart.example/{CANARY}")
ACCEPTED = Accepted(w.trust(), w.terms(), w.DEVICE)
CHALLENGE, DELIVERY = w.challenge(Purpose.JOIN), w.delivery()
START = do.StartSession(5, "acc", "per", Strength.TILE)
OPEN = do.OpenChallenge(5, Purpose.RETURN, "acc")
LINK = do.ReadInvitation(5, w.PLACE, Ticket(98))
SET_UP = do.AcceptInvitation(5, w.PLACE, Ticket(98), Ticket(97), "+1")
TEXT = do.TextCode(5, w.PLACE, CHALLENGE, "app")
ANSWER = do.AnswerCode(5, w.PLACE, CHALLENGE, Ticket(99))
RENEW = do.RenewPassword(5, "acc", Ticket(96))
PAGE, FETCH, READ = do.AskForPage(5, "ses"), do.FetchChanges(5, "acc"), do.LoadStartupState(5)
SEND, DAY = do.SendQueued(5, "acc"), do.ReadDay(5, "acc")
SOON = w.NOON + timedelta(seconds=7)
FOUND = DayFound(Day(Schedule(True, (w.NOON.date(),), "", (), (), ()), {}), SOON)
CONFLICT = Conflict(Kind.STATUS, "apt-1", "Seated", "Left", "Op 2", "Maria", w.NOON, 4)
KEEP = do.KeepRecord(5, RECORD)
PROVE = do.ProvePassword(5, "acc", Ticket(96))
NAMES = do.KeepRecord(5, RECORD, roster=Roster((w.MARIA,)), roster_of="acc-shared")

YES = [
    (READ, w.memory(), said.Answered(w.NOON, 5, w.memory()), LOCAL),
    (KEEP, None, said.Answered(w.NOON, 5, replies.RecordKept()), LOCAL),
    (NAMES, None, said.Answered(w.NOON, 5, replies.RosterKept()), LOCAL),
    (PROVE, None, said.Answered(w.NOON, 5, replies.PasswordProved()), LOCAL),
    (OPEN, CHALLENGE, said.Answered(w.NOON, 5, CHALLENGE), SIGN_IN),
    (LINK, w.INVITED, said.Answered(w.NOON, 5, w.INVITED), SIGN_IN),
    (SET_UP, None, said.Answered(w.NOON, 5, replies.InvitationAccepted(Ticket(0))), SIGN_IN),
    (TEXT, DELIVERY, said.Answered(w.NOON, 5, DELIVERY), SIGN_IN),
    (
        ANSWER,
        ACCEPTED,
        said.Answered(w.NOON, 5, replies.Accepted(w.trust(), w.terms(), w.DEVICE)),
        SIGN_IN,
    ),
    (
        START,
        STARTED,
        said.Answered(w.NOON, 5, replies.SessionStarted("ses-1", w.trust(), w.terms(), Ticket(0))),
        SIGN_IN,
    ),
    (RENEW, None, said.Answered(w.NOON, 5, replies.PasswordRenewed()), SIGN_IN),
    (PAGE, "https://x", said.Answered(w.NOON, 5, replies.PageGranted(Ticket(0))), SIGN_IN),
    (
        FETCH,
        News(w.terms(), True, SOON),
        said.Answered(w.NOON, 5, replies.News(w.terms(), True, SOON)),
        NEWS,
    ),
    (
        FETCH,
        News(None, False, SOON),
        said.Answered(w.NOON, 5, replies.News(None, False, SOON)),
        NEWS,
    ),
    (
        SEND,
        Delivered(3, (CONFLICT,), 1),
        said.Answered(w.NOON, 5, replies.Delivered(3, (CONFLICT,), 1, unkept=2)),
        SYNC,
    ),
    (DAY, FOUND, said.Answered(w.NOON, 5, replies.DayRead(Ticket(0), SOON, 2)), LOCAL),
    (DAY, None, said.Answered(w.NOON, 5, replies.DayRead(None, None, 2)), LOCAL),
]
ASKING = [OPEN, LINK, SET_UP, TEXT, ANSWER, START, RENEW, PAGE]
BACKGROUND = [FETCH, SEND]
WAITED_FOR = [READ, KEEP, DAY, *ASKING, *BACKGROUND]
UNWAITED = [do.KeepRecord(0, RECORD), do.ForgetTrust("acc"), do.EndSession("ses")]


@pytest.mark.parametrize(("effect", "answer", "event", "lane"), YES)
def test_each_yes_is_its_event_and_comes_from_its_lane(
    desk: Desk, effect: do.Effect, answer: object, event: said.Event, lane: str
) -> None:
    desk.world.answer = answer
    desk.does(effect)
    assert [without_ticket(each) for each in desk.posted] == [event]
    assert {name for name, *_ in desk.world.asked} == {lane}
    assert desk.bugs == []


@pytest.mark.parametrize(
    ("told", "doubted"),
    [(Delivered(3), 0), (Delivered(0, (CONFLICT,)), 1), (Delivered(0, (), 1), 1)],
)
def test_what_contradicts_has_the_day_read_anew(desk: Desk, told: Delivered, doubted: int) -> None:
    """The next news bring all of it: the server may have been put back to an older copy."""
    desk.world.answer = told
    desk.does(SEND)
    assert desk.world.doubted == doubted


@pytest.mark.parametrize("effect", ASKING)
@pytest.mark.parametrize(
    "no", [Refusal(Code.CODE_WRONG), Unreachable.PORTAL, Fault.KEYCHAIN_LOCKED]
)
def test_each_no_keeps_its_kind(desk: Desk, effect: do.Effect, no: Reason) -> None:
    desk.world.answer = no
    desk.does(effect)
    assert desk.posted == [said.Answered(w.NOON, 5, replies.No(no))]


@pytest.mark.parametrize("told", [Unreachable.NO_ANSWER, Fault.KEYCHAIN_LOCKED])
def test_an_end_that_does_not_reach_the_server_is_told_of(desk: Desk, told: Reason) -> None:
    """It is owed, and what was to be sent may have been sent without it by then."""
    desk.world.answer = told
    desk.does(do.EndSession("ses"))
    assert desk.posted == [said.EndOwed(w.NOON)]


@pytest.mark.parametrize("told", [None, Refusal(Code.DEVICE_REVOKED)])
def test_an_end_that_the_server_has_heard_of_is_not(desk: Desk, told: Reason | None) -> None:
    desk.world.answer = told
    desk.does(do.EndSession("ses"))
    assert desk.posted == []


@pytest.mark.parametrize("effect", BACKGROUND)
@pytest.mark.parametrize(
    "no", [Refusal(Code.TRUST_LAPSED), Unreachable.PORTAL, Fault.KEYCHAIN_LOCKED]
)
def test_the_background_says_when_it_tries_again(desk: Desk, effect: do.Effect, no: Reason) -> None:
    desk.world.answer = No(no, SOON)
    desk.does(effect)
    assert desk.posted == [said.Answered(w.NOON, 5, replies.No(no, SOON))]


def test_the_schedule_waits_in_a_slot_of_its_own_and_is_taken_once(desk: Desk) -> None:
    """Law 10: it holds patients."""
    desk.world.answer = FOUND
    desk.does(DAY)
    desk.does(DAY)
    told = map(answered, desk.posted)
    shown, dropped = (each.day for each in told if isinstance(each, replies.DayRead))
    assert shown is not None
    assert dropped is not None
    desk.does(do.DropSecret(dropped))
    assert desk.days.take(shown) == FOUND.day
    assert len(desk.days) == 0


@pytest.mark.parametrize("effect", [READ, KEEP])
def test_a_fault_of_this_computer_is_answered(desk: Desk, effect: do.Effect) -> None:
    desk.world.answer = Fault.RECORDS_FULL
    desk.does(effect)
    assert desk.posted == [said.Answered(w.NOON, 5, replies.No(Fault.RECORDS_FULL))]


@pytest.mark.parametrize("effect", WAITED_FOR)
@pytest.mark.parametrize("error", [ValueError(CANARY), Panic(CANARY)])
def test_a_bug_is_told_once_and_answered_so_that_nobody_waits_for_ever(
    desk: Desk, effect: do.Effect, error: BaseException
) -> None:
    desk.world.answer = error
    desk.does(effect)
    assert desk.posted == [said.Answered(w.NOON, 5, replies.No(Fault.UNEXPECTED))]
    assert desk.bugs == [error]


@pytest.mark.parametrize("effect", UNWAITED)
def test_a_bug_that_nobody_waits_for_is_told_and_answered_to_nobody(
    desk: Desk, effect: do.Effect
) -> None:
    desk.world.answer = error = ValueError(CANARY)
    desk.does(effect)
    assert desk.posted == []
    assert desk.bugs == [error]


@pytest.mark.parametrize("effect", UNWAITED)
def test_what_nobody_waits_for_is_done_and_not_answered(desk: Desk, effect: do.Effect) -> None:
    desk.world.answer = None
    desk.does(effect)
    assert desk.posted == []
    assert len(desk.world.asked) == 1


def test_a_right_pin_is_settled_behind_the_session_that_it_starts(desk: Desk) -> None:
    """Nobody waits for the keychain: neither for the room nor for Xchart's page."""
    pin = typed("482915")
    desk.world.answers = {"open": None, "start_session": STARTED}
    desk.does(do.UnwrapCredential(5, "acc", desk.slots.put(pin)))
    assert desk.posted == [said.Answered(w.NOON, 5, replies.CredentialUnwrapped("acc"))]
    assert pin == bytes(6), "the digits lie where they were typed"
    desk.does(replace(START, strength=Strength.PIN))
    assert [(lane, name) for lane, name, _ in desk.world.asked] == [
        (SIGN_IN, "open"),
        (SIGN_IN, "start_session"),
        (SIGN_IN, "settle"),
    ]


def test_what_belongs_to_the_screen_is_done_here_and_at_once(desk: Desk) -> None:
    painted = Painted("", "", "", (), "")
    shown = (do.ShowPage(Ticket(3)), do.ShowDay(Ticket(4)))
    told = (do.AnswerPage(Ticket(5), True), do.TurnPageBack())
    here = (*shown, do.ClosePage(), do.TellReader(True), do.KeepPainted(painted), *told)
    for effect in here:
        desk.effects.perform(effect)
    this = current_thread().name
    done = (Ticket(3), Ticket(4), "closed", True, painted, *told)
    assert desk.here == [(this, each) for each in done]


def test_each_number_that_a_badge_may_be_has_its_mark(desk: Desk) -> None:
    desk.world.answer = "f" * 64
    desk.does(do.FindBadge(5, desk.slots.put("AB12\nab12\n4417")))
    assert [what for _, _, what in desk.world.asked] == [("AB12",), ("ab12",), ("4417",)]
    assert desk.posted == [said.Answered(w.NOON, 5, replies.BadgeFound(("f" * 64,) * 3))]
    desk.world.answer = Fault.KEYCHAIN_LOCKED
    desk.does(do.FindBadge(6, desk.slots.put("AB12")))
    assert desk.posted[-1] == said.Answered(w.NOON, 6, replies.No(Fault.KEYCHAIN_LOCKED))


def test_typed_secrets_are_taken_once_and_dropped_ones_are_gone(desk: Desk) -> None:
    """Law 10."""
    words = (CANARY, "123456", "other", "renewed")
    password, code, other, renewed = (desk.slots.put(word) for word in words)
    desk.world.answer = Unreachable.PORTAL
    desk.does(do.OpenEnrolment(5, Purpose.JOIN, w.PLACE, "mail", password))
    desk.does(do.AnswerCode(6, w.PLACE, CHALLENGE, code))
    desk.does(do.DropSecret(other))
    desk.does(do.RenewPassword(7, "acc", renewed))
    assert len(desk.slots) == 0
    assert desk.world.asked[0][2][3] == CANARY
    assert desk.world.asked[1][2][2] == "123456"
    assert desk.world.asked[2][2][1] == "renewed"


def test_names_are_kept_once_their_record_is_and_not_without_it(desk: Desk) -> None:
    desk.world.answer = None
    desk.does(NAMES)
    assert [each[1] for each in desk.world.asked] == ["keep", "keep_roster"]
    assert desk.world.asked[-1][2] == ("acc-shared", Roster((w.MARIA,)))
    desk.world.asked.clear()
    desk.world.answers["keep"] = Fault.RECORDS_FULL
    desk.does(NAMES)
    assert [each[1] for each in desk.world.asked] == ["keep"]
    assert answered(desk.posted[-1]) == replies.No(Fault.RECORDS_FULL)


def test_a_password_that_is_compared_is_taken_out_of_its_slot(desk: Desk) -> None:
    ticket = desk.slots.put("four quiet herons")
    desk.does(do.ProvePassword(5, "acc", ticket))
    assert len(desk.slots) == 0
    assert desk.world.asked[0][2] == ("acc", "four quiet herons")


def test_a_one_time_address_waits_in_a_slot(desk: Desk) -> None:
    desk.world.answer = STARTED
    desk.does(START)
    reply = answered(desk.posted[0])
    assert isinstance(reply, replies.SessionStarted)
    assert CANARY not in repr(reply)
    assert desk.slots.take(reply.page) == STARTED.page


def test_ports_are_opened_once_on_the_local_lane_and_again_after_a_failure() -> None:
    desk = Desk(opened=Unopened(Fault.SETTINGS_UNREADABLE, "line 3"))
    desk.does(READ)
    assert desk.posted == [
        said.Answered(w.NOON, 5, replies.No(Fault.SETTINGS_UNREADABLE, detail="line 3"))
    ]
    desk.opened = RuntimeError(CANARY)
    desk.does(do.LoadStartupState(6))
    assert desk.posted[-1] == said.Answered(w.NOON, 6, replies.No(Fault.UNEXPECTED))
    desk.opened, desk.world.answer = None, w.memory()
    desk.does(do.LoadStartupState(7))
    desk.does(do.LoadStartupState(8))
    assert [type(answered(e)) for e in desk.posted[2:]] == [
        replies.StartupState,
        replies.StartupState,
    ]
    assert desk.openings == 3
    desk.lanes.finish(PATIENCE)


def test_an_effect_before_the_memory_is_a_bug_and_not_a_hang() -> None:
    desk = Desk()
    desk.does(START)
    assert desk.posted == [said.Answered(w.NOON, 5, replies.No(Fault.UNEXPECTED))]
    assert len(desk.bugs) == 1
    desk.lanes.finish(PATIENCE)
