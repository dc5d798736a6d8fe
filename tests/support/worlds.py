"""A small practice for tests of the core: people, grants, challenges, and instants."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from kiosk.session.model.case import LONGEST, CaseNote
from kiosk.session.model.challenge import Challenge, Delivery, Purpose
from kiosk.session.model.effects import Effect
from kiosk.session.model.events import Answered, Event
from kiosk.session.model.people import (
    Account,
    Approver,
    Invited,
    Person,
    PersonalAccount,
    Place,
    Role,
    Strength,
)
from kiosk.session.model.replies import StartupState
from kiosk.session.model.state import State
from kiosk.session.model.terms import Attribution, Badge, Limits, PersonalTerms, Terms
from kiosk.session.model.trust import NoTrust, Trust
from kiosk.session.step import first, step

NOON = datetime(2026, 11, 23, 18, 5, tzinfo=UTC)
PLACE = Place("https://xchart.example", "Main Street", "Op 3")
OFFICE = Account("acc-office", "Office Assistant", True, frozenset({Role.MEMBER}))
PROMOTED = replace(OFFICE, roles=frozenset({Role.MEMBER, Role.PROVIDER}))
LENA = Account("acc-lena", "Lena Park", False, frozenset({Role.MEMBER}))
PARK = Account("acc-park", "Dr. Park", False, frozenset({Role.PROVIDER, Role.ADMIN}))
MARIA = Person("per-maria", "Maria Lopez")
JAMES = Person("per-james", "James Carter")
RIVERA = Approver("acc-rivera", "Dr. Rivera", "21")
CHEN = Approver("acc-chen", "Dr. Chen", "84", app=True)
INVITED = Invited("Harbor Front Desk", "harbor@lakeside.example", "Lakeside Oral Surgery")
LIMITS = Limits(
    idle_lock=timedelta(minutes=5),
    idle_warning=timedelta(seconds=30),
    session=timedelta(hours=12),
    badge_window=timedelta(hours=4),
    badge_idle=timedelta(hours=1),
)
DEVICE = "thumbprint"


def terms(at: datetime = NOON, account: Account = OFFICE, lasts: timedelta | None = None) -> Terms:
    """A grant issued at that instant, for two days unless said otherwise."""
    return Terms(
        account=account,
        location="Main Street",
        operatory="Op 3",
        zone="America/Chicago",
        people=(MARIA, JAMES),
        approvers=(RIVERA, CHEN),
        attribution=Attribution.TAP,
        limits=LIMITS,
        device=DEVICE,
        issued_at=at,
        ends_at=at + (lasts or timedelta(days=2)),
        trust_horizon_at=at + timedelta(days=30),
    )


BADGES = (Badge("a" * 64, MARIA.id), Badge("b" * 64, JAMES.id), Badge("c" * 64, LENA.id))
"""And one mark, of d's, that is two people's."""
TWICE = (Badge("d" * 64, MARIA.id), Badge("d" * 64, JAMES.id))


def with_badges(at: datetime = NOON, account: Account = OFFICE) -> Terms:
    """A grant that lists Lena, in a clinic that has badges."""
    return replace(with_lena(at, account), badges=(*BADGES, *TWICE))


def trust(at: datetime = NOON) -> Trust:
    """Trust of the office account, as after a sign-in at that instant."""
    return Trust(OFFICE.id, at + timedelta(days=30))


def own(at: datetime = NOON, *, sealed: bool = True, account: Account = LENA) -> PersonalAccount:
    """A personal account beside it, as after a sign-in at that instant."""
    return PersonalAccount(account, Trust(account.id, at + timedelta(days=30)), sealed, at)


def with_lena(at: datetime = NOON, account: Account = OFFICE) -> Terms:
    """A grant that lists her."""
    return replace(terms(at, account), own=(PersonalTerms(LENA, at + timedelta(days=30)),))


def challenge(purpose: Purpose, at: datetime = NOON, account: Account = OFFICE) -> Challenge:
    """A request for a code that opened at that instant."""
    return Challenge("cha-1", purpose, account, (RIVERA, CHEN), at + timedelta(minutes=30), 5)


def delivery(at: datetime = NOON) -> Delivery:
    """A text sent at that instant."""
    return Delivery(RIVERA, at + timedelta(minutes=10), at + timedelta(seconds=30))


def memory(at: datetime = NOON, *, trusted: bool = True) -> StartupState:
    """What a computer remembers that joined at that instant."""
    told = trust(at) if trusted else NoTrust.REMOVED
    return StartupState(PLACE, OFFICE, told, terms(at), DEVICE, 1)


def opened(told: StartupState | None = None, at: datetime = NOON) -> State:
    """A kiosk at its login screen (or at a new computer's first page)."""
    state, _ = first(PLACE, None)
    state, _ = step(state, Answered(at, 1, told or memory()))
    return state


def after(state: State, *events: Event) -> State:
    """The state after those events."""
    for event in events:
        state, _ = step(state, event)
    return state


def case_note(at: datetime = NOON, account: Account = OFFICE) -> CaseNote:
    """A case that Maria, or whoever has that account, began an hour before, as it is kept."""
    person = MARIA if account.shared else Person(account.id, account.label)
    strength = Strength.TILE if account.shared else Strength.PIN
    began = at - timedelta(hours=1)
    return CaseNote(1, person, began, began + LONGEST, account.id, person, strength)


def opened_with(told: StartupState, at: datetime = NOON) -> tuple[Effect, ...]:
    """What a kiosk does that has just read that."""
    state, _ = first(PLACE, None)
    return step(state, Answered(at, 1, told))[1]
