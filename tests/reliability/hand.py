"""What people do at one kiosk, under a seed: tap, set a status, seat, lock, switch, done.

It knows who is at the chair by itself, from whose tile it tapped, and never asks the core: so it
can tell when a record names somebody else.
"""

from dataclasses import asdict, dataclass

from kiosk.session.model.commands import RoomStatus, Status
from kiosk.session.model.day import Appointment, Day
from kiosk.session.model.intents import (
    DoneWanted,
    Intent,
    LockWanted,
    RoomWanted,
    SeatWanted,
    StatusWanted,
    SwitchWanted,
    TileTapped,
)
from kiosk.session.model.state import Active, AtLogin, Locked, State
from tests.reliability.chance import Chance

PEOPLE = ("per-maria", "per-james", "per-aisha")
CONTENDED = 4
"""So few visits are worked on that the kiosks meet at them."""

IMPATIENCE = 0.1
"""Of somebody who looks for the schedule and finds none."""


@dataclass(frozen=True, slots=True)
class Saw:
    """What stood on the screen of the target: its version, and everything that can be set."""

    version: int
    status: str
    operatory: str


@dataclass(frozen=True, slots=True)
class Deed:
    """One act of a person. ``leaves`` was at the chair before, where a tap changes that."""

    who: str
    intent: Intent
    leaves: str = ""
    saw: Saw | None = None

    def told(self) -> dict[str, object]:
        """For the ledger."""
        return {"who": self.who, "leaves": self.leaves, "saw": asdict(self.saw) if self.saw else {}}


class Hand:
    """The people of one kiosk."""

    def __init__(self, seed: str, here: str) -> None:
        """``here`` is the kiosk's own operatory."""
        self._draw = Chance(seed)
        self._here = here
        self._at_chair = ""

    def next(self, state: State, day: Day | None) -> Deed | None:
        """What somebody does now; nothing while the kiosk is busy or shows no schedule."""
        match state.phase:
            case AtLogin() | Locked():
                return self._tap()
            case Active() if day is not None:
                return self._at_work(day)
            case Active() if not state.known.day_attempt and self._draw.random() < IMPATIENCE:
                # There is no schedule here, and perhaps none comes: one can still go.
                gone: tuple[Intent, ...] = (LockWanted(), DoneWanted())
                return Deed(self._at_chair, self._draw.choice(gone))
            case _:
                return None

    def _tap(self) -> Deed:
        before, self._at_chair = self._at_chair, self._draw.choice(PEOPLE)
        return Deed(self._at_chair, TileTapped(self._at_chair), leaves=before)

    def _at_work(self, day: Day) -> Deed:
        who, draw = self._at_chair, self._draw.random()
        if draw < 0.08:
            away: tuple[Intent, ...] = (LockWanted(), SwitchWanted())
            return Deed(who, self._draw.choice(away))
        if draw < 0.12:
            return Deed(who, DoneWanted())
        if draw < 0.2:
            return self._room(who, day)
        visit = self._draw.choice(contended(day))
        saw, after = Saw(visit.version, visit.status, visit.operatory or ""), day.after(visit.id)
        if draw < 0.3:
            return Deed(who, SeatWanted(visit.id, visit.version, after), saw=saw)
        to = self._draw.choice(list(Status)).value
        return Deed(who, StatusWanted(visit.id, to, visit.version, after), saw=saw)

    def _room(self, who: str, day: Day) -> Deed:
        room = next(each for each in day.schedule.rooms if each.operatory == self._here)
        to = self._draw.choice(list(RoomStatus))
        wanted = RoomWanted(to, room.version, day.after(self._here))
        return Deed(who, wanted, saw=Saw(room.version, room.status, ""))


def contended(day: Day) -> list[Appointment]:
    """The visits that everybody works on."""
    first = min(each.day for each in day.schedule.appointments)
    return sorted(
        (each for each in day.schedule.appointments if each.day == first), key=lambda each: each.id
    )[:CONTENDED]
