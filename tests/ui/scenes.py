"""Every page and state of the kiosk on one real day: for pictures and tests.

Each scene is a state of the core as the core itself words it, so that a picture shows what a team
would read. Lakeside Oral Surgery, Op 3 at Main Street, Monday, November 23.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from kiosk.session import state as s
from kiosk.session.audit import Cause
from kiosk.session.challenge import Challenge, Delivery, Purpose
from kiosk.session.commands import Conflict, Kind
from kiosk.session.day import Day
from kiosk.session.grant import Attribution, Grant, Limits
from kiosk.session.intents import Ticket
from kiosk.session.painted import Painted
from kiosk.session.people import (
    Account,
    Approver,
    Invited,
    Own,
    Person,
    Place,
    Role,
    SelfNamed,
    Strength,
)
from kiosk.session.refusals import Code, Fault, Reach, Refusal
from kiosk.session.trust import NoTrust, Trust
from kiosk.session.view import view
from kiosk.session.views import (
    AccountView,
    Notice,
    PinView,
    Tone,
    View,
    WorkspaceView,
)
from kiosk.ui.window import KioskWindow
from tests.ui import days

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
GRANT = Grant(
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
    grant=GRANT,
    device=GRANT.device,
    painted=Painted("Main Street", "Op 3", GRANT.zone, TEAM, "Office Assistant", names=True),
    day_as_of=LATER,
)
UNNAMED = replace(DAILY, grant=replace(GRANT, attribution=Attribution.OFF))
NEW = s.Known(PLACE)
UNTRUSTED = replace(DAILY, trust=NoTrust.REMOVED)
ENDING = replace(DAILY, trust=Trust(OFFICE.id, MORNING + timedelta(days=3)))
SLOW_CLOCK = replace(DAILY, clock_off=timedelta(days=-365))
SESSION = s.Session(OFFICE, TEAM[0], Strength.TILE, LATER, 1, "ses-1", asking=False, shown=True)
CHALLENGE = Challenge(
    "cha", Purpose.JOIN, OFFICE, GRANT.approvers, MORNING + timedelta(minutes=30), 5
)
DELIVERY = Delivery(RIVERA, MORNING + timedelta(minutes=10), MORNING + timedelta(seconds=30))
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
    return replace(DAILY, grant=replace(GRANT, people=(TEAM + others)[:count]))


def long_names() -> s.Known:
    """Names as long as a clinic has them."""
    people = (
        Person("p1", "Wilhelmina Featherstonehaugh-Fernández de la Vega"),
        Person("p2", "Christopher Montgomery-Papadopoulos"),
        *TEAM[1:],
    )
    account = replace(OFFICE, label="Office Assistants of the Surgical Recovery Wing")
    grant = replace(
        GRANT,
        account=account,
        people=people,
        operatory="Hygiene and Recovery 12",
        location="Lakeside Medical Center, North Building",
        approvers=(Approver("a1", "Dr. Konstantinopoulou-Whitfield", "21"), CHEN),
    )
    painted = Painted(
        grant.location, grant.operatory, grant.zone, people, account.label, names=True
    )
    return replace(DAILY, account=account, grant=grant, painted=painted)


FLOAT = Person("Lena P.", "Lena P.")
FLOATING = replace(DAILY, self_named=(SelfNamed("Lena P.", MORNING + timedelta(hours=9)),))


def offline(known: s.Known, reach: Reach) -> s.Known:
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
            phase, known = s.AskingInvitation(PLACE, refusal=refusal), NEW
        elif code in ON_SETTING_UP:
            phase, known = s.SettingUp(PLACE, INVITED, refusal=refusal), NEW
        elif code in ON_THE_KEYPAD:
            phase = replace(AWAITING, refusal=refusal)
        elif code in ON_THE_CHOICE:
            phase = replace(CHOOSING, refusal=refusal)
        else:
            phase = s.AtLogin(refusal=refusal)
        scenes[f"refused-{code}"] = seen(phase, known)
    return scenes


def sending(*conflicts: Conflict, changes: int = 0) -> s.Known:
    """The same computer, with what someone else set first, and what waits."""
    return replace(DAILY, sending=s.Sending(changes, conflicts))


def conflict(kind: Kind, target: str, to: str, theirs: str, where: str = "Op 2") -> Conflict:
    """Op 2 was first, at 10:21 am."""
    return Conflict(kind, target, to, theirs, where, "James Carter", SINCE, 4)


OWNS = tuple(
    Own(Account(f"o{n}", name, False, frozenset({role})), NoTrust.NEVER, True, MORNING)
    for n, (name, role) in enumerate(
        (
            ("Dr. Elena Rivera", Role.PROVIDER),
            ("Lena Park", Role.MEMBER),
            ("Priya Shah", Role.MEMBER),
            ("Tom\u00e1s Oliveira", Role.ADMIN),
        )
    )
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


MINE_TOO = conflict(Kind.STATUS, days.NEXT.id, "Seated", "Left")
COVER = s.Locked(SESSION, Cause.IDLE)
SCENES: dict[str, View] = {
    "opening": seen(s.Opening(1, "p1"), replace(DAILY, account=None, grant=None)),
    "login": seen(OPEN),
    "login-one": seen(OPEN, UNNAMED),
    "login-6": seen(OPEN, crowd(6)),
    "login-24": seen(OPEN, crowd(24)),
    "login-200": seen(OPEN, crowd(200)),
    "login-long-names": seen(OPEN, long_names()),
    "login-entering": seen(s.Entering(replace(SESSION, shown=False), False, False)),
    "login-code-needed": seen(OPEN, UNTRUSTED),
    "login-code-asked": seen(s.AskingForCode(Purpose.RETURN, "p1", 1), UNTRUSTED),
    "login-code-soon": seen(OPEN, ENDING),
    "login-limit": seen(s.AtLogin(limit=True)),
    "login-clock": seen(OPEN, SLOW_CLOCK),
    **{f"login-{reach}": seen(OPEN, offline(DAILY, reach), LATER) for reach in Reach},
    **{f"login-fault-{fault}": seen(s.AtLogin(fault=fault)) for fault in Fault},
    **owned("login-personal", DAILY, 2),
    **owned("login-personal-one", UNNAMED, 1),
    **owned("login-personal-24", crowd(18), 4),
    **owned("locked-personal", DAILY, 2, COVER),
    "locked": seen(COVER, at=LATER),
    "locked-6": seen(COVER, crowd(6), LATER),
    "locked-switch": seen(s.Locked(SESSION, Cause.SWITCH), at=LATER),
    "locked-offline": seen(COVER, offline(DAILY, Reach.NO_INTERNET), LATER),
    "locked-resuming": seen(s.Entering(SESSION, True, False), at=LATER),
    "naming": seen(s.Naming()),
    "naming-unclear": seen(s.Naming(SESSION, unclear=True)),
    "naming-tiles": seen(OPEN, FLOATING),
    "who": seen(s.Correcting(SESSION), at=LATER),
    "who-6": seen(s.Correcting(SESSION), crowd(6), LATER),
    "who-float": seen(s.Correcting(replace(SESSION, person=FLOAT)), FLOATING, LATER),
    "place": seen(s.AskingPlace(replace(PLACE, operatory="")), NEW),
    "place-keys-lost": seen(s.AskingPlace(PLACE, keys_lost=True), NEW),
    "place-address": seen(s.AskingPlace(PLACE, reach=Reach.ADDRESS), NEW),
    "account": seen(s.AskingAccount(PLACE, EMAIL), NEW),
    "account-keychain": seen(s.AskingAccount(PLACE, EMAIL, fault=Fault.KEYCHAIN_ABSENT), NEW),
    "account-own": AccountView(
        "Your own login",
        "Your e-mail and password, once. After that a PIN is enough here.",
        "",
        invitation="",
    ),
    "invitation": seen(s.AskingInvitation(PLACE), NEW),
    "invitation-busy": seen(s.AskingInvitation(PLACE, 1), NEW),
    "setting-up": seen(s.SettingUp(PLACE, INVITED), NEW),
    "setting-up-busy": seen(s.SettingUp(PLACE, INVITED, 1), NEW),
    "setting-up-unreached": seen(s.SettingUp(PLACE, INVITED, reach=Reach.NO_ANSWER), NEW),
    "affirm": seen(s.Affirming(PLACE, EMAIL, Ticket(1)), NEW),
    "affirm-busy": seen(s.Affirming(PLACE, EMAIL, Ticket(1), 1), NEW),
    "approvers": seen(CHOOSING),
    "approvers-one": seen(replace(CHOOSING, challenge=replace(CHALLENGE, approvers=(RIVERA,)))),
    "approvers-busy": seen(replace(CHOOSING, attempt=1)),
    "approvers-unreached": seen(replace(CHOOSING, reach=Reach.NO_INTERNET)),
    "code": seen(AWAITING),
    "code-return": seen(
        replace(AWAITING, challenge=replace(CHALLENGE, purpose=Purpose.RETURN)), UNTRUSTED
    ),
    "code-remove": seen(replace(AWAITING, challenge=replace(CHALLENGE, purpose=Purpose.REMOVE))),
    "code-resend": seen(AWAITING, at=MORNING + timedelta(minutes=2)),
    "code-resend-wrong": seen(
        replace(AWAITING, refusal=refused(Code.CODE_WRONG)), at=MORNING + timedelta(minutes=2)
    ),
    "code-expired": seen(AWAITING, at=MORNING + timedelta(minutes=11)),
    "code-unreached": seen(replace(AWAITING, reach=Reach.NO_ANSWER)),
    "code-busy": seen(replace(AWAITING, attempt=1)),
    "code-long-names": seen(
        replace(
            AWAITING,
            delivery=replace(
                DELIVERY, approver=Approver("a1", "Dr. Konstantinopoulou-Whitfield", "21")
            ),
        )
    ),
    **pins(),
    "joined": seen(s.Joined()),
    "removal": seen(s.ConfirmingRemoval(None)),
    "removal-busy": seen(s.AskingForCode(Purpose.REMOVE, "", 1)),
    "removal-offline": seen(s.ConfirmingRemoval(None, reach=Reach.NO_INTERNET)),
    "removed": seen(s.Removed(), UNTRUSTED),
    **{f"stopped-{fault}": seen(s.Stopped(fault)) for fault in Fault},
    "stopped-settings-line": seen(
        s.Stopped(Fault.SETTINGS_UNREADABLE, "Line 4: operatory has no closing quote.")
    ),
    "this-computer": seen(s.ThisComputer(None)),
    "this-computer-worst": seen(
        s.ThisComputer(None),
        replace(offline(SLOW_CLOCK, Reach.NO_INTERNET), trust=NoTrust.REMOVED),
        LATER,
    ),
    "this-computer-long-names": seen(s.ThisComputer(None), long_names()),
    "workspace": seen(at_work(), at=LATER),
    "workspace-unnamed": seen(
        at_work(replace(SESSION, person=Person(OFFICE.id, OFFICE.label))), at=LATER
    ),
    "workspace-opening": seen(at_work(replace(SESSION, shown=False)), at=LATER),
    **{
        f"workspace-away-{reach}": seen(
            at_work(replace(SESSION, shown=False, reach=reach)), at=LATER
        )
        for reach in Reach
    },
    "workspace-failed": seen(at_work(replace(SESSION, shown=False, failed=True)), at=LATER),
    "workspace-offline": seen(at_work(), offline(DAILY, Reach.NO_INTERNET), LATER),
    "workspace-clock": seen(at_work(), SLOW_CLOCK, LATER),
    "workspace-unrecorded": seen(at_work(replace(SESSION, unrecorded=True)), at=LATER),
    "workspace-countdown": seen(
        s.Active(SESSION, LATER + timedelta(seconds=20), warned=True), at=LATER
    ),
    "workspace-countdown-offline": seen(
        s.Active(SESSION, LATER + timedelta(seconds=20), warned=True),
        offline(DAILY, Reach.NO_INTERNET),
        LATER,
    ),
    "workspace-long-names": seen(
        at_work(
            replace(
                SESSION,
                account=long_names().account or OFFICE,
                person=Person("p2", "Christopher Montgomery-Papadopoulos"),
            )
        ),
        long_names(),
        LATER,
    ),
    **refusals(),
    "day-morning": seen(at_work(), at=LATER),
    "day-seated": seen(at_work(), at=LATER),
    "day-conflict": seen(at_work(), sending(MINE_TOO), LATER),
    "day-conflicts": seen(
        at_work(),
        sending(
            conflict(Kind.STATUS, days.SEATED.id, "Ready for doctor", "Recovery"),
            conflict(Kind.OPERATORY, days.ELSEWHERE[3].id, "Op 3", "Op 1", ""),
            conflict(Kind.ROOM, "Op 3", "Ready", "Turn over", "Op 4"),
        ),
        LATER,
    ),
    "day-unsent": seen(
        at_work(),
        replace(offline(DAILY, Reach.NO_INTERNET), sending=s.Sending(3), day_as_of=SINCE),
        LATER,
    ),
    "day-stale": seen(at_work(), replace(DAILY, day_as_of=MORNING), LATER),
    "day-empty": seen(at_work(), at=LATER),
    "day-unknown": seen(at_work(), replace(DAILY, day_as_of=None), LATER),
    "day-long-names": seen(at_work(), long_names(), LATER),
    "day-25": seen(at_work(), at=LATER),
    "day-turn-over": seen(at_work(), at=LATER),
}
DAYS: dict[str, Day] = {
    "day-morning": days.MORNING,
    "day-seated": days.IN_THE_CHAIR,
    "day-conflict": days.TAKEN,
    "day-conflicts": days.IN_THE_CHAIR,
    "day-unsent": days.UNSENT,
    "day-stale": days.MORNING,
    "day-empty": days.EMPTY,
    "day-long-names": days.LONG,
    "day-25": days.TWENTY_FIVE,
    "day-turn-over": days.TO_TURN_OVER,
}


def show(window: KioskWindow, name: str) -> None:
    """Put a scene on the window, with its day where someone is at work."""
    view = SCENES[name]
    window.show_view(view)
    if isinstance(view, WorkspaceView) and name != "day-unknown":
        window.show_day(DAYS.get(name, days.MORNING))
