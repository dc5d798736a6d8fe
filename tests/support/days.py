"""The clinic's day for pictures and tests: Monday, November 23, at Main Street; all names invented.

Op 3 is the room of the pictures, 10:24 am their time.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from kiosk.session.model.day import Appointment, Day, Mark, RoomState, Schedule

TODAY, TOMORROW = date(2026, 11, 23), date(2026, 11, 24)
ZONE = "America/Chicago"
SEATED_AT = datetime(2026, 11, 23, 16, 9, tzinfo=UTC)  # 10:09 am in Chicago

NAMES = (
    "Linnea Merriweather",
    "Barnaby Ironbark",
    "Orson Stonebridge",
    "Isolde Rookwood",
    "Fern Farthingale",
    "Marlow Tanglewood",
    "Saffron Copperfield",
    "Hollis Goldcrest",
    "Zinnia Holloway",
    "Caspian Thistledown",
    "Tamsin Larkspur",
    "Posy Brightwater",
    "Leif Hawksmoor",
)
PROCEDURES = (
    ("Third molars, all four", "IV sedation"),
    ("Expose and bond #11", "Nitrous oxide"),
    ("Implant placement #19", "Oral sedation"),
    ("Consultation, TMJ", "Local only"),
    ("Biopsy, lateral tongue", "Local only"),
)
ALERTS = (("Latex allergy",), (), (), ("Penicillin allergy", "Sleep apnea"), (), (), ())
PROVIDERS = ("Dr. Elena Rivera", "Dr. Samuel Chen")


def visit(
    number: int,
    at: str,
    operatory: str | None = "Op 3",
    status: str = "Confirmed",
    *,
    patient: str = "",
    day: date = TODAY,
    alerts: tuple[str, ...] | None = None,
    since: datetime | None = None,
    where: str = "Op 3",
) -> Appointment:
    """Appointment ``number``, at a clock time of the clinic ("10:30")."""
    procedure, sedation = PROCEDURES[number % len(PROCEDURES)]
    return Appointment(
        id=f"apt-{number}",
        version=3,
        day=day,
        time=time.fromisoformat(at),
        minutes=45,
        operatory=operatory,
        patient=patient or NAMES[number % len(NAMES)],
        birth_date=date(1958 + 7 * number % 50, 1 + number % 12, 1 + 3 * number % 28),
        procedure=procedure,
        sedation=sedation,
        provider=PROVIDERS[number % 2],
        alerts=ALERTS[number % len(ALERTS)] if alerts is None else alerts,
        status=status,
        set_by=Mark(where, "Maria Lopez", since) if since else None,
    )


def rooms(turn_over: datetime | None = None) -> tuple[RoomState, ...]:
    """Op 1 to Op 4; Op 3 to be turned over since ``turn_over``."""
    names = ("Op 1", "Op 2", "Op 3", "Op 4")
    made = tuple(RoomState(name, 2, "Ready", None) for name in names)
    if turn_over is None:
        return made
    mark = Mark("Op 3", "James Carter", turn_over)
    return tuple(
        replace(each, status="Turn over", set_by=mark) if each.operatory == "Op 3" else each
        for each in made
    )


def day(
    visits: Iterable[Appointment],
    waiting: Iterable[str] = (),
    turn_over: datetime | None = None,
) -> Day:
    """Today and tomorrow."""
    schedule = Schedule(True, (TODAY, TOMORROW), ZONE, tuple(visits), (), rooms(turn_over))
    return Day(schedule, {each: f"cmd-{number}" for number, each in enumerate(waiting)})


ELSEWHERE = (
    visit(20, "08:00", "Op 1", "Left"),
    visit(21, "09:00", "Op 2", "Recovery", since=SEATED_AT, where="Op 2"),
    visit(22, "09:30", "Op 4", "Doctor here", since=SEATED_AT, where="Op 4"),
    visit(23, "11:00", "Op 1"),
    visit(24, "11:30", "Op 2", "Scheduled"),
)
THEN = (
    visit(30, "08:00", day=TOMORROW, status="Scheduled"),
    visit(31, "09:30", day=TOMORROW),
    visit(32, "09:00", "Op 1", day=TOMORROW),
    visit(33, "11:00", None, day=TOMORROW, status="Scheduled"),
)
GONE = visit(9, "08:00", status="Left", since=SEATED_AT)
NEXT = visit(1, "10:30", patient="Linnea Merriweather", status="Arrived", alerts=("Latex allergy",))
LATER = (
    visit(2, "13:00", patient="Barnaby Ironbark"),
    visit(3, "14:15", patient="Isolde Rookwood"),
    visit(5, "15:30", patient="Orson Stonebridge", status="Scheduled"),
)
ROOMLESS = (
    visit(11, "11:00", None, patient="Anselm Whitlock", alerts=("Sleep apnea",)),
    visit(12, "14:30", None, patient="Thaddeus Nightingale", alerts=()),
)
SEATED = visit(
    10,
    "10:00",
    status="Seated",
    patient="Elowen Foxglove",
    alerts=("Penicillin allergy", "Sleep apnea"),
    since=SEATED_AT,
)
REST = (*LATER, *ROOMLESS, *ELSEWHERE, *THEN)

MORNING = day((GONE, NEXT, *REST))
IN_THE_CHAIR = day((GONE, SEATED, NEXT, *REST))
UNSENT = day(
    (
        GONE,
        replace(SEATED, status="Ready for doctor", version=4),
        NEXT,
        replace(ROOMLESS[0], operatory="Op 3", version=4),
        *LATER,
        *ROOMLESS[1:],
        *ELSEWHERE,
        *THEN,
    ),
    (SEATED.id, ROOMLESS[0].id, "Op 3"),
)
TAKEN = day((GONE, replace(NEXT, status="Left", version=4), *REST))
TO_TURN_OVER = day((GONE, NEXT, *REST), turn_over=SEATED_AT + timedelta(minutes=6))
EMPTY = day(THEN[:1])
LONG = day(
    (
        replace(
            SEATED,
            patient="Wilhelmina Featherstonehaugh-Fernández de la Vega",
            operatory="Hygiene and Recovery 12",
            procedure="Removal of impacted third molars, all four, with bone grafting",
            provider="Dr. Konstantinopoulou-Whitfield",
            alerts=("Penicillin and cephalosporin allergy, anaphylaxis in 2019", "Latex allergy"),
        ),
        *(
            replace(
                each,
                patient="Christopher Montgomery-Papadopoulos",
                operatory="Hygiene and Recovery 12",
            )
            for each in LATER
        ),
        *ROOMLESS,
    )
)


def full(count: int, here: bool = False) -> Day:
    """``count`` appointments today, a tenth without a room, the rest ``here`` or in ten rooms."""
    made = []
    for number in range(count):
        minutes = 7 * 60 + 30 + 540 * number // count
        at = f"{minutes // 60:02}:{minutes % 60:02}"
        room = "Op 3" if here else f"Op {1 + number % 10}"
        made.append(visit(100 + number, at, None if number % 10 == 9 else room))
    return day(made)


TWENTY_FIVE = day(
    (
        *(
            visit(40 + n, f"{9 + (30 + 20 * n) // 60:02}:{(30 + 20 * n) % 60:02}")
            for n in range(3, 25)
        ),
        *(visit(70 + n, f"{8 + n // 2:02}:{30 * (n % 2):02}", status="Left") for n in range(3)),
    )
)
