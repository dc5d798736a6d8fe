"""Who stands at the chairs, and what they do: taps as a person would make them, by chance.

One person is at a computer at a time. Nobody acts in a session that is not theirs: who finds
another's workspace open says *Switch* first. So whatever is recorded has one true author.
"""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Protocol

from kiosk.app.slots import Secret, Slots
from kiosk.session.model import intents as want
from kiosk.session.model import state as s
from kiosk.session.model.commands import Kind, RoomStatus, Status
from kiosk.session.model.intents import Intent
from kiosk.session.model.people import OWN_LOGIN, SOMEONE_ELSE, Place
from kiosk.session.model.refusals import Refusal
from kiosk.session.pages.naming import people_of
from kiosk.session.rules.accounts import personal_accounts
from kiosk.session.rules.badges import Open
from kiosk.session.rules.moves import is_set_here
from tests.simulation.ledger import Deed
from tests.simulation.process import Process
from tests.simulation.xchart import PASSWORD
from tests.support.digits import typed

PEOPLE = ["per-maria", "per-james", "per-aisha"]
FLOATS = [("Lena", "P"), ("Noor", "A")]
HOLDERS = {
    "acc-patel": ("patel@lakeside.example", "482915"),
    "acc-becker": ("becker@lakeside.example", "719364"),
    "acc-chen": ("chen@lakeside.example", "905172"),
}
"""Who has a login of their own, and which PIN they choose."""
BADGES = {
    "per-maria": "0004417290",
    "per-james": "0004417291",
    "acc-patel": "774A10B93",
    "acc-chen": "774A10B94",
}
Cleaned = s.AtLogin | s.Locked | s.ThisComputer
"""The pages from which the screen is wiped."""
STRANGE = "5550001234"


class Told(Protocol):
    """What people know of the shared account, and what is on the provider's phone.

    ``former`` is the password that whoever has not heard of the new one still types.
    """

    email: str
    password: str
    former: str

    def texted(self) -> str:
        """The code that was texted last."""
        ...


class Hands:
    """The people at one computer."""

    def __init__(
        self,
        draw: Random,
        place: Place,
        people: Sequence[str] = PEOPLE,
        holders: Mapping[str, tuple[str, str]] | None = None,
    ) -> None:
        """``people`` and ``holders`` as above, where they are called otherwise."""
        self._draw = draw
        self._people = people
        self._holders = HOLDERS if holders is None else holders
        self._place = place
        self.person = draw.choice(people)

    def next_wish(self, process: Process, told: Told, *, helpful: bool) -> Intent | None:
        """What they do now. ``helpful``: they want to get in and do nothing else."""
        draw, phase, slots = self._draw, process.state.phase, process.slots
        if not helpful and isinstance(phase, Open) and draw.random() < 0.08:
            return self._badge(slots)
        if not helpful and isinstance(phase, Cleaned) and draw.random() < 0.04:
            return want.WipeWanted()
        match phase:
            case s.Wiping():
                # A cloth on the glass, or somebody who is in a hurry.
                if helpful or draw.random() < 0.3:
                    return want.WentBack()
                return want.TileTapped(draw.choice(self._tiles(process)))
            case s.AtLogin():
                tiles = self._tiles(process)
                if not helpful and draw.random() < 0.1:
                    return want.TileTapped(SOMEONE_ELSE)
                if not helpful and draw.random() < 0.15:
                    return self._comes(draw.choice(list(self._holders)), tiles)
                if helpful:
                    # Whoever only wants to get in takes the tile that one tap opens.
                    tiles = [each for each in tiles if each not in self._holders]
                if not helpful or self.person not in tiles:
                    self.person = draw.choice(tiles or self._people)
                return want.TileTapped(self.person)
            case s.Locked(session=session):
                if helpful and session.person.id in self._holders and session.case is None:
                    self.person = draw.choice(self._people)
                elif helpful or draw.random() < 0.7:
                    self.person = session.person.id
                elif draw.random() < 0.2:
                    return want.TileTapped(SOMEONE_ELSE)
                elif draw.random() < 0.2:
                    return self._comes(draw.choice(list(self._holders)), self._tiles(process))
                else:
                    self.person = draw.choice(self._tiles(process))
                return want.TileTapped(self.person)
            case s.Naming():
                if helpful or draw.random() < 0.2:
                    return want.WentBack()
                first, initial = draw.choice(FLOATS)
                self.person = f"{first} {initial}."
                return want.NameGiven(first, initial)
            case s.AskingOwn() if not phase.attempt:
                # Whose own login it is knows the password; anyone else gives it up.
                if self.person not in self._holders or helpful or draw.random() < 0.1:
                    return want.WentBack()
                email, _ = self._holders[self.person]
                return want.AccountGiven(email, slots.put(PASSWORD))
            case s.ChoosingPin(account=account) if not phase.attempt:
                return want.PinGiven(slots.put(typed(self._pin(account.id))))
            case s.AskingPin(account=account) if not phase.attempt:
                if draw.random() < (0.5 if phase.why else 0.05):
                    return want.WentBack()
                self.person = account.id
                if draw.random() < 0.4:
                    return want.PinComing()
                return want.PinGiven(slots.put(typed(self._pin(account.id))))
            case s.Correcting(session=session):
                if helpful or draw.random() < 0.3:
                    return want.WentBack()
                tapped = draw.choice([*self._tiles(process), SOMEONE_ELSE])
                self.person = session.person.id if tapped == SOMEONE_ELSE else tapped
                return want.TileTapped(tapped)
            case s.Active(session=session):
                self.person = session.person.id
                about_it = self._treats(session, helpful)
                if about_it is not None:
                    return about_it
                if helpful and self._has_no_page(process.state.known, session):
                    return want.RetryWanted()
                return want.KeepWorkingWanted() if helpful else self._work(process)
            case s.ChoosingApprover() | s.AwaitingCode() if helpful and self._told_to_wait(phase):
                return None
            case s.ChoosingApprover(challenge=challenge) if not phase.attempt:
                return want.ApproverChosen(draw.choice(challenge.approvers).id)
            case s.AwaitingCode() if not phase.attempt:
                return self._code(told, slots, helpful)
            case s.AskingPlace():
                return want.PlaceGiven(self._place, process.state.known.at_site)
            case s.AskingAccount():
                return want.AccountGiven(told.email, slots.put(told.password))
            case s.AskingPassword() if not phase.attempt:
                if not helpful and draw.random() < 0.15:
                    return want.WentBack()
                # Who has not heard of the new one types the one that was.
                knows = helpful or draw.random() < 0.8
                return want.PasswordGiven(slots.put(told.password if knows else told.former))
            case s.Affirming() if not phase.attempt:
                return want.SecurePlaceAffirmed()
            case s.Joined() | s.Removed():
                return want.Continued()
            case s.Stopped():
                return want.RetryWanted()
            case s.ThisComputer():
                return want.WentBack()
            case s.ConfirmingRemoval():
                return want.RemovalConfirmed() if draw.random() < 0.3 else want.WentBack()
            case _:
                return None

    def _treats(self, session: s.Session, helpful: bool) -> Intent | None:
        """A patient is treated from now on, still, or no longer."""
        case, choice = session.case, self._draw.random()
        if case is None:
            return want.CaseWanted() if choice < 0.04 and not helpful else None
        if helpful:
            return want.CaseEndWanted()
        if case.ending_at is not None:
            return want.StillTreating() if choice < 0.4 else None
        return want.CaseEndWanted() if choice < 0.04 else None

    def _has_no_page(self, known: s.Known, session: s.Session) -> bool:
        """At a site, where *Try again* is what there is to do."""
        return is_set_here(known) and (session.failed is not None or session.reach is not None)

    def _comes(self, holder: str, tiles: list[str]) -> Intent:
        """Somebody with a login of their own: to their tile, or for the first time here."""
        self.person = holder
        return want.TileTapped(holder if holder in tiles else OWN_LOGIN)

    def _badge(self, slots: Slots[Secret]) -> Intent:
        """Whoever comes next holds a badge to the reader; now and then it is nobody's here."""
        holder = self._draw.choice([*BADGES, ""])
        self.person = holder or self.person
        return want.BadgeRead(slots.put(BADGES.get(holder, STRANGE)))

    def _pin(self, account_id: str) -> str:
        """Theirs, mostly."""
        right = self._holders[account_id][1]
        return right if self._draw.random() < 0.9 else f"{self._draw.randrange(10**6):06}"

    def _tiles(self, process: Process) -> list[str]:
        at = process.now()
        known = process.state.known
        own = [each.account.id for each in personal_accounts(known)]
        return [*(person.id for person in people_of(known, at)), *own]

    def _told_to_wait(self, phase: s.ChoosingApprover | s.AwaitingCode) -> bool:
        """No more texts this hour, or too many tries: they look again now and then."""
        return isinstance(phase.why, Refusal) and self._draw.random() < 0.97

    def _work(self, process: Process) -> Intent:
        draw = self._draw
        choice = draw.random()
        if choice < 0.62:
            wish = self._chairside(process)
            if wish is not None:
                return wish
        if choice < 0.70:
            return want.LockWanted()
        if choice < 0.78:
            return want.SwitchWanted()
        if choice < 0.84:
            return want.DoneWanted()
        if choice < 0.86:
            return want.ThisComputerWanted()
        if choice < 0.88:
            return want.ChangeWanted()
        return want.RetryWanted() if choice < 0.92 else want.KeepWorkingWanted()

    def _chairside(self, process: Process) -> Intent | None:
        draw, day = self._draw, process.day
        if day is None:
            return None
        conflicts = process.state.known.sending.conflicts
        if conflicts and draw.random() < 0.5:
            conflict = draw.choice(conflicts)
            if conflict.kind is not Kind.STATUS or draw.random() < 0.4:
                return want.TheirsKept(conflict.target)
        visits = [each for each in day.schedule.appointments if each.day == day.schedule.days[0]]
        if draw.random() < 0.12 and day.schedule.rooms:
            here = [r for r in day.schedule.rooms if r.operatory == self._place.operatory]
            if here:
                return want.RoomWanted(
                    draw.choice(list(RoomStatus)), here[0].version, day.after(here[0].operatory)
                )
        if not visits:
            return None
        # Few visits, so that rooms get into each other's way.
        visit = draw.choice(visits[-2:])
        after = day.after(visit.id)
        if draw.random() < 0.2:
            return want.SeatWanted(visit.id, visit.version, after)
        return want.StatusWanted(visit.id, draw.choice(list(Status)), visit.version, after)

    def _code(self, told: Told, slots: Slots[Secret], helpful: bool) -> Intent:
        code = told.texted()
        choice = self._draw.random()
        if not helpful and choice < 0.15:
            return want.CodeGiven(slots.put("000000"))
        if not helpful and choice < 0.2:
            return want.WentBack()
        return want.CodeGiven(slots.put(code))


def deed_of(process: Process, person: str, intent: Intent) -> Deed | None:
    """What that wish is in truth: who, on what, and what they had before their eyes."""
    day = process.day
    if day is None:
        return None
    match intent:
        case want.RoomWanted(status=status):
            grant = process.state.known.terms
            if grant is None:
                return None  # it does not know which room it stands in, and says so
            here = grant.operatory
            saw = next(r.status for r in day.schedule.rooms if r.operatory == here)
            return Deed(person, here, status.value, saw)
        case want.StatusWanted(appointment_id=target, status=to):
            pass
        case want.SeatWanted(appointment_id=target):
            to = "here"
        case _:
            return None
    visit = next(each for each in day.schedule.appointments if each.id == target)
    return Deed(person, target, to, f"{visit.status} {visit.operatory}")
