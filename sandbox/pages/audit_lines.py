"""The lines of the audit in words: for the page and for the file that is taken along.

It says what is known, and where nobody can know who it was, that nobody can.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from sandbox.clinic.schedule import wall_time
from sandbox.identity.strengths import SELF_NAMED
from sandbox.records.answers import Entry, Opened, Recorded, Taken
from sandbox.records.corrections import said_instead
from sandbox.records.record_standing import (
    DEVICE_CLAIMED,
    NOT_BELIEVED,
    ORPHANED,
    SESSION_PROVED,
)
from sandbox.server.clinic_days import ZONE
from sandbox.server.moment import clock_words, short_date_words
from sandbox.tables.readings import AuditExport, PageOpening
from sandbox.tables.rows import Account, Appointment, KioskSession

SERVED = "served"

ACTS = {
    "computer_joined": "Set this computer up",
    "code_accepted": "Gave a provider's code",
    "entered": "Signed in",
    "resumed": "Came back",
    "locked": "Locked",
    "left": "Left",
    "taken_out": "Was signed out",
    "computer_removed": "Removed this computer",
    "status_set": "Set a status",
    "moved": "Seated in a room",
    "room_set": "Set the room",
    "corrected": "Said it was someone else",
    "case_begun": "Began a case",
    "case_extended": "Was still treating",
    "case_taken_over": "Took over the case",
    "case_ended": "Ended the case",
}
CAUSES = {
    "idle": "after a while without input",
    "screen_lock": "with the computer's own lock",
    "suspend": "when the computer slept",
    "switch": "for someone else",
    "limit": "at a time limit",
    "server": "by the server",
    "restart": "after a restart",
}
STRENGTHS = {
    "pin": "PIN",
    "badge": "Badge",
    "tile": "Tapped a name",
    "self-named": "Typed a name",
    "none": "No name given",
}
STANDINGS = {
    SERVED: ("Xchart itself", "Noted by Xchart when it showed the page."),
    SESSION_PROVED: ("Proved", "Signed in with Xchart at that moment."),
    DEVICE_CLAIMED: ("Computer's word", "Recorded by the computer while Xchart was not asked."),
    ORPHANED: ("Older log", "Recorded by this computer before it was set up anew."),
    NOT_BELIEVED: ("Not believed", "Kept as evidence, and attributed to nobody."),
}
BROWSER = "A browser"
OWN_LOGIN = "The account's own login"


@dataclass(frozen=True, slots=True)
class Place:
    """The computer, and the room it was in."""

    computer: str
    location: str = ""
    operatory: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line. ``lead`` and ``tail`` stand before and after the patient, ``aside`` under them.

    ``under`` and ``later`` belong to ``who``; ``account`` is kept apart for the file.
    """

    at: datetime
    who: str
    lead: str
    under: str = ""
    later: str = ""
    account: str = ""
    visit: Appointment | None = None
    tail: str = ""
    aside: str = ""
    place: Place = Place(BROWSER)
    how: str = OWN_LOGIN
    key: str = SERVED

    @property
    def clock(self) -> str:
        """``2:05 pm``, clinic time."""
        return clock_words(self.at)

    @property
    def offset(self) -> str:
        """``-06:00``."""
        return f"{self.at:%z}"[:3] + ":" + f"{self.at:%z}"[3:5]

    @property
    def day(self) -> str:
        """``Mon, Nov 23``."""
        return short_date_words(self.at)

    @property
    def what(self) -> str:
        """What was done, as one sentence."""
        return f"{self.lead}{self.visit.patient if self.visit else ''}{self.tail}"

    @property
    def standing(self) -> str:
        """How sure it is, in words."""
        return STANDINGS[self.key][0]


def line(db: Session, entry: Entry) -> Line:
    """One entry of the answer in words."""
    match entry:
        case Recorded():
            return _recorded(db, entry)
        case Opened():
            return _opened(entry)
        case Taken(row, account, session):
            return _taken(row, account, session)


def _recorded(db: Session, entry: Recorded) -> Line:
    row, visit = entry.row, entry.visit
    what = ACTS.get(row.act, row.act)
    if row.act in ("status_set", "moved", "room_set") and row.detail:
        what = f"{what}: {row.detail}"
    if row.act == "corrected" and (instead := said_instead(db, row)):
        what = f"Said it was {instead}, not {row.who}"
    if row.standing == NOT_BELIEVED:
        who, under = "Nobody", f"says it is {row.actor}" if row.actor else ""
    elif row.who:
        who, under = row.who, row.account_label if row.account_label != row.who else ""
    else:
        who = row.account_label or "The computer itself"
        under = "No person named" if row.account_label else ""
    return Line(
        at=_local(row.at),
        who=who,
        under=under,
        later=_later(entry.later),
        account=row.account_label,
        lead=f"{what} · " if visit else what,
        visit=visit,
        aside=CAUSES.get(row.cause, ""),
        place=Place(row.computer or "Unknown", row.location, row.operatory),
        how=STRENGTHS.get(row.strength, row.strength),
        key=row.standing,
    )


def _later(instead: str) -> str:
    return f"later said to have been {instead}" if instead else ""


def _opened(entry: Opened) -> Line:
    row, visit = entry.row, entry.visit
    who, under = _reader(entry.account, entry.session)
    aside = ""
    if visit is not None:
        when = wall_time(visit)
        if visit.day != f"{_local(row.at):%Y-%m-%d}":
            when = f"{_day_words(visit.day, row.at)}, {when}"
        aside = f"Visit {when} · {visit.location}"
    return Line(
        at=_local(row.at),
        who=who,
        under=under,
        later=_later(entry.later),
        account=entry.account.label if entry.account else "",
        lead="Opened " if visit else "Opened an appointment that was deleted",
        visit=visit,
        tail="'s record" if visit else "",
        aside=aside,
        place=_place(row),
        how=_how(entry.session),
    )


def _taken(row: AuditExport, account: Account | None, session: KioskSession | None) -> Line:
    who, under = _reader(account, session)
    days = _day_words(row.first, row.at)
    if row.last != row.first:
        days = f"{days} to {_day_words(row.last, row.at)}"
    asked = [f"patient “{row.patient}”"] if row.patient else []
    asked += [f"person “{row.person}”"] if row.person else []
    asked += [row.room] if row.room else []
    lines = f"{row.lines} line{'' if row.lines == 1 else 's'}"
    return Line(
        at=_local(row.at),
        who=who,
        under=under,
        account=account.label if account else "",
        lead=f"Exported the audit of {days}",
        aside=" · ".join([*asked, lines]),
        place=_place(row),
        how=_how(session),
    )


def _reader(account: Account | None, session: KioskSession | None) -> tuple[str, str]:
    """Who read it, as far as anybody can know, and on which account."""
    if account is None:
        return "Somebody", "on an account that is not known any more"
    nameless = session is None or session.person_id == account.id
    if account.shared and nameless:
        return f"Somebody on {account.label}", "no name was given"
    if session is None or nameless:
        return account.label, ""
    if session.strength == SELF_NAMED:
        return f"{session.person_name} (typed the name)", account.label
    return session.person_name, account.label


def _place(row: PageOpening | AuditExport) -> Place:
    if row.kiosk_session_id is None:
        return Place(BROWSER)
    return Place(row.computer or "Unknown", row.location, row.operatory)


def _how(session: KioskSession | None) -> str:
    return STRENGTHS.get(session.strength, session.strength) if session else OWN_LOGIN


def _local(written: str) -> datetime:
    return datetime.fromisoformat(written).astimezone(ZONE)


def _day_words(day: str, seen_at: str) -> str:
    """``Nov 23``; with its year, where that is not the year it is seen from."""
    written = date.fromisoformat(day)
    year = "" if written.year == _local(seen_at).year else f", {written.year}"
    return f"{written:%b} {written.day}{year}"
