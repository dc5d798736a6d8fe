"""The list of the day, from the schedule and what it is drawn with. Pure; holds patients (law 10).

Says who is seated here, who is next, and the rest of the day: this room, those without a room, the
other rooms folded. Decides no rule of what may be set; every button only asks.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kiosk.session.model.commands import IN_THE_CHAIR, Kind, RoomStatus, Status
from kiosk.session.model.day import Appointment, Day, RoomState, Schedule
from kiosk.session.model.intents import (
    CaseWanted,
    Intent,
    RoomWanted,
    SeatWanted,
    StatusWanted,
    TheirsKept,
)
from kiosk.session.pages.board import words as words
from kiosk.session.pages.board.views import (
    DAY,
    ELSEWHERE,
    GONE,
    LATER_ELSEWHERE,
    Act,
    BoardView,
    Disagreement,
    FoldView,
    HeadingView,
    ItemView,
    ListUiState,
    RoomView,
    SentenceView,
    Stage,
    Undo,
    VisitView,
)
from kiosk.session.pages.views import ConflictNote, DayNote

STAGES = {
    "Confirmed": Stage.CONFIRMED,
    "Arrived": Stage.ARRIVED,
    Status.SEATED: Stage.SEATED,
    Status.READY_FOR_DOCTOR: Stage.READY,
    Status.DOCTOR_HERE: Stage.DOCTOR,
    Status.RECOVERY: Stage.RECOVERY,
    Status.LEFT: Stage.LEFT,
}
STEPS = dict(zip(IN_THE_CHAIR, tuple(Status)[1:], strict=True))
AS_IT_IS = ListUiState()


def board(day: Day | None, note: DayNote | None, looking: ListUiState = AS_IT_IS) -> BoardView:
    """What the panel shows; a plain sentence where no schedule is known."""
    if day is None or note is None:
        name = note.operatory if note else ""
        room = RoomView(name or words.TODAY, ready=True, status="")
        return BoardView(room, items=(SentenceView(words.NO_SCHEDULE),), short=room.name)
    return _Table(day, note, looking).board()


class _Table:
    """One drawing of the list."""

    def __init__(self, day: Day, note: DayNote, looking: ListUiState) -> None:
        self._schedule: Schedule = day.schedule
        self._waiting, self._after = day.waiting, day.after
        self._note = note
        self._here = note.operatory
        self._today = date.fromisoformat(note.today)
        self._looking = looking
        self._conflicts = {each.target: each for each in note.conflicts}

    def board(self) -> BoardView:
        """The whole panel."""
        today = _in_order(e for e in self._schedule.appointments if e.day == self._today)
        mine = [each for each in today if self._here and each.operatory == self._here]
        seated = [each for each in mine if each.status in STEPS]
        now = [each for each in mine if each.status in STEPS or (_left(each) and self._undo(each))]
        waiting = [each for each in mine if each.status not in STEPS and not _left(each)]
        coming = next(iter(waiting), None)
        folded = bool(seated) and DAY not in self._looking.opened
        room = self._room()
        shown = {each.id for each in now}
        items: list[ItemView] = []
        if not folded:
            shown |= {coming.id} if coming else set()
            items += self._rest(today, shown)
            items += self._next_day()
        changed = tuple(self._disagreed(shown))
        if not today and not folded:
            items.insert(0, SentenceView(words.NOTHING_TODAY))
        fold = FoldView(DAY, words.day_fold(not folded), not folded) if seated else None
        primary = "now" if seated else "next"
        if not seated and not room.ready:
            primary = "room"
        return BoardView(
            room=room,
            as_of=self._note.as_of,
            now_heading=words.now(bool(seated)) if now else "",
            now=tuple(self._card(each) for each in now),
            changed=changed,
            next_heading=words.NEXT if coming and not folded else "",
            next=self._card(coming) if coming and not folded else None,
            day_fold=fold,
            items=tuple(items),
            primary=primary,
            short=words.joined(room.name, room.status, words.CHANGED if self._conflicts else ""),
            told=bool(self._conflicts),
        )

    def _room(self) -> RoomView:
        found = (each for each in self._schedule.rooms if each.operatory == self._here)
        room: RoomState | None = next(found, None)
        if room is None:
            return RoomView(self._here or words.TODAY, ready=True, status="")
        ready = room.status != RoomStatus.TURN_OVER
        to = RoomStatus.TURN_OVER if ready else RoomStatus.READY
        unsent = self._here in self._waiting
        when = ""
        if room.set_by is not None and not ready:
            when = words.since(room.set_by.at, self._schedule.zone, self._today, self._note.minute)
        return RoomView(
            name=self._here,
            ready=ready,
            status=words.READY if ready else words.TURN_OVER,
            when=when,
            unsent=words.UNSENT if unsent else "",
            conflict=self._disagreement(self._here, self._here),
            act=Act(
                to.value,
                f"{to.value}, {self._here}",
                RoomWanted(to, room.version, self._after(self._here)),
            ),
        )

    def _disagreed(self, shown: set[str]) -> Iterator[ItemView]:
        """What someone else set first, wherever it would stand: it is decided before the rest."""
        targets = self._conflicts.keys() - shown
        found = [each for each in self._schedule.appointments if each.id in targets]
        if found:
            yield HeadingView(words.CHANGED)
        yield from (self._row(each, where=True) for each in _in_order(found))

    def _rest(self, today: list[Appointment], shown: set[str]) -> Iterator[ItemView]:
        left = [each for each in today if each.id not in shown and each.id not in self._conflicts]
        roomless = [each for each in left if each.operatory is None]
        here = [each for each in left if each.operatory is not None and self._is_mine(each)]
        later = [each for each in here if not _left(each)]
        gone = [each for each in here if _left(each)]
        others = [each for each in left if each.operatory is not None and not self._is_mine(each)]
        if later:
            yield HeadingView(words.later(self._here, bool(shown)))
            yield from (self._row(each, where=not self._here) for each in later)
        if roomless:
            yield HeadingView(words.NO_ROOM)
            yield from (self._row(each) for each in roomless)
        yield from self._folded(GONE, words.GONE, gone)
        yield from self._folded(ELSEWHERE, words.OTHER_ROOMS, others)

    def _is_mine(self, visit: Appointment) -> bool:
        """In this room; anywhere, while this computer's room is not known."""
        return not self._here or visit.operatory == self._here

    def _next_day(self) -> Iterator[ItemView]:
        coming = min((each for each in self._schedule.days if each > self._today), default=None)
        if coming is None:
            return
        then = _in_order(
            each
            for each in self._schedule.appointments
            if each.day == coming and each.id not in self._conflicts
        )
        near = [each for each in then if each.operatory is None or self._is_mine(each)]
        far = [each for each in then if each.operatory is not None and not self._is_mine(each)]
        yield HeadingView(words.day_name(coming, coming - self._today == timedelta(days=1)))
        if not near:
            yield SentenceView(words.nothing_then(self._here, bool(then)))
        yield from (self._row(each, where=each.operatory is None) for each in near)
        yield from self._folded(LATER_ELSEWHERE, words.OTHER_ROOMS, far)

    def _folded(self, part: str, text: str, visits: list[Appointment]) -> Iterator[ItemView]:
        if not visits:
            return
        opened = part in self._looking.opened
        yield FoldView(part, f"{text}, {len(visits)}", opened)
        if opened:
            yield from (self._row(each, where=part != GONE) for each in visits)

    def _card(self, visit: Appointment) -> VisitView:
        """Who is seated here, or next."""
        said = self._said(visit)
        opened = visit.id in self._looking.opened
        seated = visit.status in STEPS
        acts = self._undo(visit)
        if seated and not self._note.in_case:
            acts += (
                Act(words.START_CASE, f"{words.START_CASE}, {visit.patient}", CaseWanted(visit.id)),
            )
        if opened and seated:
            acts += self._statuses(visit, _step(visit))
        return said.visit(
            about=(visit.procedure, visit.sedation),
            details=(words.born(visit.birth_date), visit.provider),
            step=self._set(visit, _step(visit)) if not _left(visit) else None,
            acts=acts,
            opened=opened,
            folds=words.status_fold(opened) if seated else "",
        )

    def _row(self, visit: Appointment, where: bool = False) -> VisitView:
        """One of the list; its buttons come out when it is opened, *Seat here* stands there."""
        said = self._said(visit, where)
        opened = visit.id in self._looking.opened
        today, here = visit.day == self._today, visit.operatory == self._here
        step: Act | None = None
        acts = self._undo(visit)
        if today and self._here and visit.id not in self._conflicts:
            if not here and not _left(visit) and (opened or visit.operatory is None):
                intent = SeatWanted(visit.id, visit.version, self._after(visit.id))
                step = Act(words.SEAT_HERE, f"{words.SEAT_HERE}, {visit.patient}", intent)
            elif here and opened and _left(visit):
                acts += self._statuses(visit, Status.LEFT)
            elif here and opened and visit.status not in STEPS:
                step = self._set(visit, Status.SEATED)
        details = (visit.sedation, words.born(visit.birth_date), visit.provider) if opened else ()
        return said.visit(
            about=(visit.procedure,), details=details, step=step, acts=acts, opened=opened
        )

    def _said(self, visit: Appointment, where: bool = False) -> "_Said":
        unsent = visit.id in self._waiting
        when = ""
        if visit.day == self._today and visit.status in STEPS:
            if visit.set_by is not None:
                when = words.since(
                    visit.set_by.at, self._schedule.zone, self._today, self._note.minute
                )
        elif visit.day == self._today and not _left(visit):
            when = words.until(visit.time, self._note.minute)
        return _Said(
            visit,
            when,
            (visit.operatory or words.NO_ROOM) if where else "",
            words.UNSENT if unsent else "",
            self._disagreement(visit.id, visit.patient),
        )

    def _disagreement(self, target: str, whose: str) -> Disagreement | None:
        note = self._conflicts.get(target)
        if note is None:
            return None
        mine = Act(note.action, f"{note.action}, {whose}", _again(note))
        theirs = Act(words.KEEP_THEIRS, f"{words.KEEP_THEIRS}, {whose}", TheirsKept(target))
        return Disagreement(note.text, (mine, theirs))

    def _set(self, visit: Appointment, to: Status) -> Act:
        text = words.SEAT if to is Status.SEATED else to.value
        return Act(
            text,
            f"{text}, {visit.patient}",
            StatusWanted(visit.id, to.value, visit.version, self._after(visit.id)),
            Undo(visit.id, visit.status, to.value, visit.version + 1),
        )

    def _statuses(self, visit: Appointment, but: Status) -> tuple[Act, ...]:
        """Every other status: a step left out, or one set too many."""
        others = (each for each in Status if each is not but and each.value != visit.status)
        return tuple(self._set(visit, each) for each in others)

    def _undo(self, visit: Appointment) -> tuple[Act, ...]:
        undo = self._looking.undo
        stands = undo is not None and (visit.id, visit.version, visit.status) == (
            undo.appointment_id,
            undo.version,
            undo.to,
        )
        if undo is None or not stands:
            return ()
        intent = StatusWanted(visit.id, undo.before, visit.version, self._after(visit.id))
        return (Act(words.UNDO, f"{words.UNDO} {undo.to}, {visit.patient}", intent),)


@dataclass(frozen=True, slots=True, repr=False)
class _Said:
    """The words that a card and a row have in common."""

    of: Appointment
    when: str
    room: str
    unsent: str
    conflict: Disagreement | None

    def visit(
        self,
        *,
        about: tuple[str, ...],
        details: tuple[str, ...],
        step: Act | None,
        acts: tuple[Act, ...],
        opened: bool,
        folds: str = "",
    ) -> VisitView:
        """With what can be done about it."""
        of = self.of
        time = words.clock(of.time)
        alerts = tuple(words.alert(each) for each in of.alerts)
        said = (time, of.patient, of.status, self.when, self.room, *alerts, of.procedure)
        spoken = (*said, of.sedation, self.unsent, self.conflict.text if self.conflict else "")
        return VisitView(
            id=of.id,
            time=time,
            when=self.when,
            name=of.patient,
            stage=STAGES.get(of.status, Stage.PLANNED),
            status=of.status,
            about=tuple(each for each in about if each),
            room=self.room,
            alerts=of.alerts,
            details=tuple(each for each in details if each),
            unsent=self.unsent,
            conflict=self.conflict,
            step=None if self.conflict else step,
            acts=acts,
            opened=opened,
            folds="" if self.conflict else folds,
            spoken=", ".join(each for each in spoken if each),
        )


def _in_order(visits: Iterable[Appointment]) -> list[Appointment]:
    return sorted(visits, key=lambda each: (each.time, each.patient))


def _step(visit: Appointment) -> Status:
    """The next step of a visit that has not ended."""
    return STEPS[Status(visit.status)] if visit.status in STEPS else Status.SEATED


def _left(visit: Appointment) -> bool:
    return visit.status == Status.LEFT


def _again(note: ConflictNote) -> Intent:
    """The same wish, upon what stands there now."""
    match note.kind:
        case Kind.STATUS:
            return StatusWanted(note.target, note.to, note.seen)
        case Kind.OPERATORY:
            return SeatWanted(note.target, note.seen)
        case Kind.ROOM:
            return RoomWanted(RoomStatus(note.to), note.seen)
