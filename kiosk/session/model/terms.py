"""Terms: who may be tapped, within which limits, until when, and on whose word.

They govern what may be done before, or without, the server's answer (design.md section 1). Xchart's
server signs them (a *grant*, whose signature ``kiosk.sync`` has checked by then); a site without
such a server has them set at the computer.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kiosk.session.model.people import Account, Approver, Person, SelfNamed


@dataclass(frozen=True, slots=True)
class PersonalTerms:
    """A personal account of the same computer, as the server has it; its trust ends then."""

    account: Account
    trust_horizon_at: datetime


@dataclass(frozen=True, slots=True)
class Badge:
    """Whose badge it is: ``mark`` is made of its number, ``holder`` a person's or account's id."""

    mark: str
    holder: str


@dataclass(frozen=True, slots=True)
class Roster:
    """Who shares the account by what was typed at this computer, and the badges read here.

    Beside a server it is the server's, and comes in its terms.
    """

    people: tuple[Person, ...] = ()
    badges: tuple[Badge, ...] = ()


class Attribution(StrEnum):
    """Whether people who share an account are told apart by a tap on their name."""

    OFF = "off"
    TAP = "tap"


@dataclass(frozen=True, slots=True)
class Limits:
    """Set by the server (design.md section 3, Limits)."""

    idle_lock: timedelta
    idle_warning: timedelta
    session: timedelta
    badge_window: timedelta = timedelta(0)
    """For so long after a PIN its holder's badge stands in for it; nothing: not at all."""
    badge_idle: timedelta = timedelta(0)
    """The same, counted from when they were last at work here."""
    case_cover: timedelta = timedelta(minutes=15)
    """In a case the idle lock waits so long for a sign of life."""


DEFAULT_LIMITS = Limits(timedelta(minutes=5), timedelta(seconds=30), timedelta(hours=12))
"""The design's own, where no terms say otherwise."""


class Word(StrEnum):
    """Whose word they are."""

    SERVER = "server"
    HERE = "here"


@dataclass(frozen=True, slots=True)
class Terms:
    """One account on one computer. Instants are aware UTC; ``zone`` is an IANA name.

    ``ends_at`` is when they govern no longer, None for never; ``trust_horizon_at`` when trust ends
    without another sign-in, None where nobody can say. ``by_it`` are those of ``people``, by id,
    whom the settings name: nobody takes them away on the screen.
    """

    account: Account
    location: str
    operatory: str
    zone: str
    people: tuple[Person, ...]
    approvers: tuple[Approver, ...]
    attribution: Attribution
    limits: Limits
    device: str
    issued_at: datetime
    ends_at: datetime | None
    trust_horizon_at: datetime | None
    self_named: tuple[SelfNamed, ...] = ()
    own: tuple[PersonalTerms, ...] = ()
    badges: tuple[Badge, ...] = ()
    word: Word = Word.SERVER
    by_it: tuple[str, ...] = ()

    @property
    def names(self) -> bool:
        """Whether the people who share the account are told apart by their names.

        One name that was set at the computer is meant to be tapped.
        """
        enough = 1 if self.word is Word.HERE else 2
        named = self.account.shared and self.attribution is Attribution.TAP
        return named and len(self.people) >= enough

    @property
    def clock(self) -> tzinfo:
        """The clinic's zone; UTC where this computer does not know it."""
        try:
            return ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return UTC

    def day(self, at: datetime) -> date:
        """The clinic's calendar day."""
        try:
            return at.astimezone(self.clock).date()
        except OverflowError:  # a date at either end of the calendar has no other zone
            return at.date()

    def day_end(self, at: datetime) -> datetime:
        """The clinic's next midnight (UTC)."""
        tomorrow = self.day(at) + timedelta(days=1)
        return datetime.combine(tomorrow, time(), self.clock).astimezone(UTC)

    def covers(self, account_id: str) -> bool:
        """Whether that account may be entered under it; what is set here is for all of them."""
        if self.word is Word.HERE:
            return True
        own = (each.account.id for each in self.own)
        return account_id == self.account.id or account_id in own

    def holds(self, at: datetime) -> bool:
        """Whether it still governs at that instant; its end itself is outside."""
        return self.ends_at is None or at < self.ends_at

    def tiles(self) -> tuple[Person, ...]:
        """Who may be tapped: the people who share the account, or the account by its own name."""
        if self.names:
            return self.people
        return (Person(self.account.id, self.account.label),)

    def person(self, person_id: str) -> Person | None:
        """The one with that tile, or None: a tile that they do not list enters nobody."""
        return next((p for p in self.tiles() if p.id == person_id), None)
