"""The practice that the pictures show: its people, its rooms, and how its kiosks stand."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from kiosk.session.model import state as s
from kiosk.session.model.challenge import Challenge, Delivery, Purpose
from kiosk.session.model.commands import Conflict, Kind
from kiosk.session.model.intents import Ticket
from kiosk.session.model.painted import Painted
from kiosk.session.model.people import (
    Account,
    Approver,
    Invited,
    Person,
    PersonalAccount,
    Place,
    Role,
    SelfNamed,
    Strength,
)
from kiosk.session.model.refusals import Code, Refusal, Unreachable
from kiosk.session.model.site import LeftBehind, NextStart, Rehearsed
from kiosk.session.model.terms import Attribution, Badge, Limits, Terms, Word
from kiosk.session.model.trust import NoTrust, Trust
from kiosk.session.pages.views import Notice, PinView, Tone, View
from kiosk.session.view import view

MORNING = datetime(2026, 11, 23, 13, 52, tzinfo=UTC)  # 7:52 am in Chicago
LATER = datetime(2026, 11, 23, 16, 24, tzinfo=UTC)
SINCE = datetime(2026, 11, 23, 16, 22, tzinfo=UTC)

PLACE = Place("https://xchart.lakesideoralsurgery.example", "Main Street", "Op 3")
EMAIL = "office@lakesideoralsurgery.example"
OFFICE = Account("acc", "Office Assistant", True, frozenset({Role.MEMBER}))
TEAM = (Person("p1", "Maria Lopez"), Person("p2", "James Carter"), Person("p3", "Aisha Khan"))
STAFF = (
    "Ana Castillo",
    "Ben Whitfield",
    "Chloe Nguyen",
    "Devon Brooks",
    "Emily Sørensen",
    "Farah Haddad",
    "Grace Liu",
    "Isaac Romero",
    "Jasmine Patel",
    "Kevin O'Donnell",
    "Latoya Freeman",
    "Mateo Fernández-Gutiérrez",
    "Nadia Kowalska",
    "Oliver Grant",
    "Paige Thompson",
    "Quinn Delgado",
    "Rosa Jiménez",
    "Sofia Marchetti",
)
RIVERA = Approver("a1", "Dr. Rivera", "21")
CHEN = Approver("a2", "Dr. Chen", "84")
WEISS = Approver("a3", "Hannah Weiss", "07")
GRANT = Terms(
    account=OFFICE,
    location="Main Street",
    operatory="Op 3",
    zone="America/Chicago",
    people=TEAM,
    approvers=(RIVERA, CHEN, WEISS),
    attribution=Attribution.TAP,
    limits=Limits(timedelta(minutes=5), timedelta(seconds=30), timedelta(hours=12)),
    device="thumbprint",
    issued_at=MORNING,
    ends_at=MORNING + timedelta(days=2),
    trust_horizon_at=MORNING + timedelta(days=30),
)
DAILY = s.Known(
    place=PLACE,
    account=OFFICE,
    trust=Trust(OFFICE.id, GRANT.trust_horizon_at),
    terms=GRANT,
    device=GRANT.device,
    painted=Painted("Main Street", "Op 3", GRANT.zone, TEAM, "Office Assistant", names=True),
    day_as_of=LATER,
)
UNNAMED = replace(DAILY, terms=replace(GRANT, attribution=Attribution.OFF))
NEW = s.Known(PLACE)
UNTRUSTED = replace(DAILY, trust=NoTrust.REMOVED)
ENDING = replace(DAILY, trust=Trust(OFFICE.id, MORNING + timedelta(days=3)))
WEEK_OFF = replace(
    DAILY, trust=Trust(OFFICE.id, MORNING + timedelta(days=12)), opens=date(2026, 12, 14)
)
"""Nobody signed in here for long, and the clinic is closed until after that ends."""
SLOW_CLOCK = replace(DAILY, clock_off=timedelta(days=-365))
SESSION = s.Session(
    OFFICE, TEAM[0], Strength.TILE, LATER, 1, "ses-1", awaiting_server=False, shown=True
)
CHALLENGE = Challenge(
    "cha", Purpose.JOIN, OFFICE, GRANT.approvers, MORNING + timedelta(minutes=30), 5
)
BY_APP = replace(CHALLENGE, approvers=(replace(RIVERA, app=True), CHEN))
DELIVERY = Delivery(RIVERA, MORNING + timedelta(minutes=10), MORNING + timedelta(seconds=30))
AT_SITE = replace(
    DAILY,
    trust=Trust(OFFICE.id, None),
    terms=replace(
        GRANT,
        word=Word.HERE,
        own=(),
        approvers=(Approver("phone", "Dr. Rivera", "21"),),
        ends_at=None,
        trust_horizon_at=None,
    ),
    at_site=True,
)
"""A computer at a site that has only a web sign-in."""
TRIED = replace(AT_SITE, rehearsed=Rehearsed(NextStart.SIGNED_IN, MORNING))
CODES_OFTEN = replace(
    AT_SITE,
    rehearsed=Rehearsed(NextStart.ASKS_PASSWORD, MORNING),
    left_behind=LeftBehind(bound=1),
)
SITE_TERMS = replace(
    GRANT,
    word=Word.HERE,
    by_it=(TEAM[0].id,),
    approvers=(Approver("phone", "Dr. Rivera", "21"),),
    ends_at=None,
    trust_horizon_at=None,
)
SITE_NAMES = replace(AT_SITE, terms=SITE_TERMS)
"""The same where IT has set one name, and the others were typed there."""
SITE_BADGES = replace(
    AT_SITE,
    terms=replace(SITE_TERMS, badges=tuple(Badge(each.id * 32, each.id) for each in TEAM[:2])),
)
UNNAMED_SITE = replace(AT_SITE, terms=replace(SITE_TERMS, people=(), by_it=()))
SITE_CROWD = replace(
    AT_SITE,
    terms=replace(
        SITE_TERMS, people=TEAM + tuple(Person(f"s{n}", STAFF[n % len(STAFF)]) for n in range(21))
    ),
)
OPEN = s.AtLogin()
CHOOSING = s.ChoosingApprover(CHALLENGE, "", PLACE, EMAIL)
AWAITING = s.AwaitingCode(CHALLENGE, DELIVERY, "", PLACE, EMAIL, round=1)

INVITED = Invited("Harbor Front Desk", "harbor@lakeside.example", "Lakeside Oral Surgery")
ON_A_FORM = frozenset({Code.CREDENTIALS_WRONG, Code.PLACE_UNKNOWN})
ON_AN_INVITATION = frozenset({Code.INVITATION_UNKNOWN, Code.INVITATION_OVER})
ON_SETTING_UP = frozenset({Code.SESSION_ALIVE, Code.INVALID})
ON_THE_KEYPAD = frozenset({Code.CODE_WRONG, Code.CODE_OVER, Code.RESEND_TOO_SOON})
ON_THE_CHOICE = frozenset({Code.TEXTS_CAPPED})


def crowd(count: int) -> s.Known:
    """A computer whose account ``count`` people share: the team first, then the staff."""
    others = tuple(Person(f"s{n}", STAFF[n % len(STAFF)]) for n in range(count))
    return replace(DAILY, terms=replace(GRANT, people=(TEAM + others)[:count]))


def long_names() -> s.Known:
    """Names as long as a clinic has them."""
    people = (
        Person("p1", "Wilhelmina Featherstonehaugh-Fernández de la Vega"),
        Person("p2", "Christopher Montgomery-Papadopoulos"),
        Person("p7", "Maria Guadalupe Hern\u00e1ndez de la Rosa"),
        Person("p8", "Maria Guadalupe Hern\u00e1ndez de la Cruz"),
        *TEAM[1:],
    )
    account = replace(OFFICE, label="Office Assistants of the Surgical Recovery Wing")
    terms = replace(
        GRANT,
        account=account,
        people=people,
        operatory="Hygiene and Recovery 12",
        location="Lakeside Medical Center, North Building",
        approvers=(Approver("a1", "Dr. Konstantinopoulou-Whitfield", "21"), CHEN),
    )
    painted = Painted(
        terms.location, terms.operatory, terms.zone, people, account.label, names=True
    )
    return replace(DAILY, account=account, terms=terms, painted=painted)


FLOAT = Person("Lena P.", "Lena P.")
FLOATING = replace(DAILY, self_named=(SelfNamed("Lena P.", MORNING + timedelta(hours=9)),))


def offline(known: s.Known, reach: Unreachable) -> s.Known:
    """The same computer, which has not reached the server since 10:22 am."""
    return replace(known, reach=reach, unreached_since=SINCE)


def at_work(session: s.Session | None = None) -> s.Active:
    """Somebody at work; Maria on an ordinary morning unless told otherwise."""
    return s.Active(session or SESSION, LATER + timedelta(minutes=5))


def seen(phase: s.Phase, known: s.Known = DAILY, at: datetime = MORNING) -> View:
    """What the screen shows of that phase."""
    return view(s.State(known, phase), at)


def refused(code: Code) -> Refusal:
    """The server's no, with what it says beside."""
    return Refusal(
        code,
        told="clinic_closed" if code is Code.OTHER else "",
        tries_left=4 if code in {Code.CREDENTIALS_WRONG, Code.CODE_WRONG} else None,
        retry_at=MORNING + timedelta(minutes=23),
        names=("Main Street: Op 1, Op 2, Op 3, Recovery",) if code is Code.PLACE_UNKNOWN else (),
    )


def refusals() -> dict[str, View]:
    """Each no, on the page where it is met."""
    scenes: dict[str, View] = {}
    for code in Code:
        refusal, known = refused(code), DAILY
        phase: s.Phase
        if code is Code.PLACE_UNKNOWN:
            phase, known = s.AskingPlace(replace(PLACE, operatory="Op 9"), refusal), NEW
        elif code in ON_A_FORM:
            phase, known = s.AskingAccount(PLACE, EMAIL, refusal), NEW
        elif code in ON_AN_INVITATION:
            phase, known = s.AskingInvitation(PLACE, why=refusal), NEW
        elif code in ON_SETTING_UP:
            phase, known = s.SettingUp(PLACE, INVITED, Ticket(2), why=refusal), NEW
        elif code in ON_THE_KEYPAD:
            phase = replace(AWAITING, why=refusal)
        elif code in ON_THE_CHOICE:
            phase = replace(CHOOSING, why=refusal)
        else:
            phase = s.AtLogin(why=refusal)
        scenes[f"refused-{code}"] = seen(phase, known)
    return scenes


def sending(*conflicts: Conflict, changes: int = 0) -> s.Known:
    """The same computer, with what someone else set first, and what waits."""
    return replace(DAILY, sending=s.Sending(changes, conflicts))


def conflict(kind: Kind, target: str, to: str, theirs: str, where: str = "Op 2") -> Conflict:
    """Op 2 was first, at 10:21 am."""
    return Conflict(kind, target, to, theirs, where, "James Carter", SINCE, 4)


OWNS = tuple(
    PersonalAccount(Account(f"o{n}", name, False, frozenset({role})), NoTrust.NEVER, True, MORNING)
    for n, (name, role) in enumerate(
        (
            ("Dr. Elena Rivera", Role.PROVIDER),
            ("Lena Park", Role.MEMBER),
            ("Priya Shah", Role.MEMBER),
            ("Tom\u00e1s Oliveira", Role.ADMIN),
        )
    )
)


OWN_KNOWN = replace(DAILY, own=OWNS)
OWN_SESSION = replace(
    SESSION, account=OWNS[1].account, person=Person("o1", "Lena Park"), strength=Strength.PIN
)


def owned(name: str, known: s.Known, personal: int, phase: s.Phase = OPEN) -> dict[str, View]:
    """A login screen with personal accounts behind the people of the shared one."""
    return {name: seen(phase, replace(known, own=OWNS[:personal]), MORNING)}


def pins() -> dict[str, View]:
    """One's own PIN: asked for, wrong, chosen, chosen again, and looked at."""
    enter = PinView("Lena Park", "Enter your PIN.", 6, 1, forgotten="I forgot my PIN")
    choose = PinView(
        "Choose a PIN",
        "Six digits that you do not use elsewhere. You will need it on this computer only.",
        6,
        1,
    )
    wrong = Notice(Tone.PROBLEM, "That is not the PIN.", "3 tries left.")
    return {
        "pin": enter,
        "pin-wrong": replace(enter, round=2, notice=wrong),
        "pin-busy": replace(enter, busy=True),
        "pin-choosing": choose,
        "pin-again": replace(choose, title="Type it once more", text="", round=2),
    }
