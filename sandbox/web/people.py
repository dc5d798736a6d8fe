"""Who can sign in, whose phone a code goes to, and the two patients of today (all invented)."""

from dataclasses import dataclass, field

from sandbox.seed import DEMO_WORD

OFFICE = "office@lakeside.example"
RIVERA = "dr.rivera@lakeside.example"
CHEN = "dr.chen@lakeside.example"
SOMEBODY_ELSE = "nina.patel@lakeside.example"


@dataclass(slots=True)
class Account:
    """A login. ``devices`` are those that are remembered for it; another login's are not."""

    email: str
    phone_owner: str
    phone_ending: str
    password: str = DEMO_WORD
    devices: set[str] = field(default_factory=set)
    has_changed_password: bool = False
    has_accepted_terms: bool = False
    last_patient: str = ""
    """The last that anybody opened on this login: whoever comes next is shown it."""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Patient:
    """Somebody who comes today."""

    id: str
    name: str
    time: str
    procedure: str


@dataclass(frozen=True, slots=True)
class Text:
    """A code on its way to a phone."""

    phone_owner: str
    phone_ending: str
    code: str


PATIENTS = (
    Patient("p-1", "Marisol Quintero", "9:00 am", "Wisdom teeth"),
    Patient("p-2", "Desmond Abernathy", "10:30 am", "Implant, lower left"),
)


def lakeside() -> dict[str, Account]:
    """The logins, by e-mail; the office's is shared, and its codes go to Dr. Rivera."""
    accounts = (
        Account(OFFICE, "Dr. Rivera", "21"),
        Account(RIVERA, "Dr. Rivera", "21"),
        Account(CHEN, "Dr. Chen", "84"),
    )
    return {each.email: each for each in accounts}
