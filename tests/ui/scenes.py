"""Every page and state of the kiosk with the words of a real morning: for pictures and tests."""

from kiosk.session.people import Place
from kiosk.session.views import (
    AccountView,
    AffirmView,
    ApproverOption,
    ApproverView,
    CodeView,
    FactLine,
    LoginView,
    Notice,
    PageState,
    PlaceView,
    TellingView,
    ThisComputerView,
    TileView,
    Tone,
    View,
    WorkspaceView,
)

STATUS = "No code needed before Wed, Dec 23."
ASSISTANT = "Office Assistant"

TEAM = (
    TileView("p1", "Maria Lopez", ASSISTANT, own=True),
    TileView("p2", "Jordan Kim", ASSISTANT),
    TileView("p3", "Priya Shah", ASSISTANT),
)
STAFF = (
    "Dr. Elena Rivera",
    "Dr. Samuel Okafor",
    "Ana Castillo",
    "Ben Whitfield",
    "Chloe Nguyen",
    "Devon Brooks",
    "Emily Sørensen",
    "Farah Haddad",
    "Grace Liu",
    "Hannah Weiss",
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


def crowd(count: int) -> tuple[TileView, ...]:
    """``count`` tiles: the team first, then the staff over and over."""
    others = tuple(
        TileView(f"s{place}", STAFF[place % len(STAFF)], "Own sign-in") for place in range(count)
    )
    return (TEAM + others)[:count]


def login(
    tiles: tuple[TileView, ...] = TEAM, notice: Notice | None = None, status: str = STATUS
) -> LoginView:
    """The login screen of Op 3."""
    return LoginView(
        room="Op 3",
        location="Main Street",
        clock="7:52 am",
        date="Monday, November 23",
        heading="Tap your name",
        tiles=tiles,
        notice=notice,
        status=status,
    )


def locked(tiles: tuple[TileView, ...]) -> LoginView:
    """The cover of Maria's session."""
    return LoginView(
        room="Op 3",
        location="Main Street",
        clock="10:24 am",
        date="Monday, November 23",
        heading="Maria Lopez is working here",
        tiles=tiles,
        status="Locked at 10:21 am. Nothing on the page was closed.",
        locked=True,
    )


PLACE = PlaceView(
    title="Set up this computer",
    text="Three short pages. You need the address of your Xchart server, and the e-mail and "
    "password of the account this room uses.",
    place=Place("https://xchart.lakesideoralsurgery.example", "Main Street", ""),
)
ACCOUNT = AccountView(
    title="Which account works in Op 3?",
    text="The account's password is typed once and then forgotten. This computer gets a "
    "password of its own.",
    email="office@lakesideoralsurgery.example",
)
AFFIRM = AffirmView(
    title="Is this a safe place for a saved sign-in?",
    text="From now on one tap opens Xchart here. An admin has to agree to that.",
    points=(
        "Only people who work here can reach it, or it asks for a login when it starts.",
        "An admin can remove this computer at any time.",
        "A provider's code is asked once now, and again after 30 days without a sign-in.",
    ),
    action="Yes, this is a safe place",
)
APPROVERS = ApproverView(
    title="A provider has to let this computer in",
    text="Op 3 is new to Lakeside Oral Surgery. We will text a six-digit code to one phone.",
    options=(
        ApproverOption("a1", "Text Dr. Rivera", "Phone ending 21"),
        ApproverOption("a2", "Text Dr. Okafor", "Phone ending 84"),
        ApproverOption("a3", "Text Hannah Weiss", "Phone ending 07"),
    ),
    others_heading="Ask someone else",
)
CODE = CodeView(
    title="Ask Dr. Rivera for the code",
    text="We texted six digits to the phone ending 21, because Op 3 is a new computer.",
    length=6,
    lives="The code works until 2:15 pm.",
    resend="",
    resend_note="You can ask for a new code at 2:06 pm.",
    someone_else="Ask someone else",
    round=1,
)
THIS_COMPUTER = ThisComputerView(
    title="This computer",
    lines=(
        FactLine("Room", "Op 3 · Main Street"),
        FactLine("Signs in as", "Office Assistant"),
        FactLine("Code needed", "Not before Wed, Dec 23", Tone.GOOD),
        FactLine("Last contact with Xchart", "Today, 7:51 am", Tone.GOOD),
        FactLine("Saved sign-in", "Kept in a keychain without a password", Tone.WARNING),
        FactLine("Version", "0.1.0"),
    ),
    removal="Remove this computer…",
)
WORKSPACE = WorkspaceView(
    who="Maria Lopez",
    as_account=ASSISTANT,
    room="Op 3 · Main Street",
    clock="10:24 am",
    page=PageState.SHOWN,
)


def _workspace(
    page: PageState = PageState.SHOWN,
    notice: Notice | None = None,
    countdown: str = "",
    telling: Notice | None = None,
    retry: bool = False,
) -> WorkspaceView:
    return WorkspaceView(
        who=WORKSPACE.who,
        as_account=WORKSPACE.as_account,
        room=WORKSPACE.room,
        clock=WORKSPACE.clock,
        page=page,
        notice=notice,
        countdown=countdown,
        telling=telling,
        retry=retry,
    )


OFFLINE = Notice(
    Tone.WARNING,
    "No internet since 7:40 am.",
    "Tap your name as usual. Xchart opens as soon as the connection is back.",
)
WRONG_CODE = Notice(
    Tone.PROBLEM,
    "That code did not work.",
    "Check the newest text on the phone ending 21. Four tries are left.",
)
NEEDS_CODE = "Dr. Rivera's code needed"

SCENES: dict[str, View] = {
    "login-three-tiles": login(),
    "login-one-tile": login((TileView("p0", ASSISTANT, "Shared by the team", own=True),)),
    "login-six-tiles": login(crowd(6)),
    "login-24-tiles": login(crowd(24)),
    "login-200-tiles": login(crowd(200)),
    "login-waiting": login((TileView("p1", "Maria Lopez", "One moment", waiting=True), *TEAM[1:])),
    "login-code-needed": login(
        (
            TileView("p1", "Maria Lopez", NEEDS_CODE, own=True),
            TileView("p2", "Jordan Kim", NEEDS_CODE),
            TileView("p3", "Priya Shah", NEEDS_CODE),
        ),
        status="No one has signed in here for 30 days.",
    ),
    "login-notice-info": login(notice=Notice(Tone.INFO, "Connecting", "You can tap already.")),
    "login-notice-good": login(
        notice=Notice(Tone.GOOD, "Signed out.", "One tap brings you back, without a code.")
    ),
    "login-notice-warning": login(notice=OFFLINE),
    "login-notice-problem": login(
        crowd(6),
        notice=Notice(
            Tone.PROBLEM,
            "The saved sign-in could not be read.",
            "Unlock the keychain of this computer, or ask IT. Nothing is lost.",
        ),
    ),
    "login-locked": locked(
        (
            TileView("p1", "Maria Lopez", "Tap to continue", own=True),
            TileView("p2", "Jordan Kim", "Starts clean"),
            TileView("p3", "Priya Shah", "Starts clean"),
        )
    ),
    "login-locked-six-tiles": locked(crowd(6)),
    "place": PLACE,
    "place-problem": PlaceView(
        PLACE.title,
        PLACE.text,
        Place("https://xchart.lakesideoralsurgery.example", "Main Street", "Op 9"),
        Notice(
            Tone.PROBLEM,
            "The clinic has no Op 9 at Main Street.",
            "It has Op 1, Op 2, Op 3 and Recovery.",
        ),
    ),
    "account": ACCOUNT,
    "account-busy": AccountView(ACCOUNT.title, ACCOUNT.text, ACCOUNT.email, busy=True),
    "account-wrong": AccountView(
        ACCOUNT.title,
        ACCOUNT.text,
        ACCOUNT.email,
        Notice(Tone.PROBLEM, "E-mail or password is wrong.", "Four tries are left."),
    ),
    "affirm": AFFIRM,
    "affirm-busy": AffirmView(AFFIRM.title, AFFIRM.text, AFFIRM.points, AFFIRM.action, busy=True),
    "approvers": APPROVERS,
    "approvers-one": ApproverView(
        "Dr. Rivera has to let this computer in",
        "No one has signed in here for 30 days.",
        APPROVERS.options[:1],
        APPROVERS.others_heading,
    ),
    "approvers-busy": ApproverView(
        APPROVERS.title, APPROVERS.text, APPROVERS.options, APPROVERS.others_heading, busy=True
    ),
    "code": CODE,
    "code-resend": CodeView(
        CODE.title,
        CODE.text,
        6,
        CODE.lives,
        "Text the code again",
        "",
        CODE.someone_else,
        1,
        WRONG_CODE,
    ),
    "code-busy": CodeView(
        CODE.title, CODE.text, 6, CODE.lives, "", CODE.resend_note, CODE.someone_else, 1, busy=True
    ),
    "telling-good": TellingView(
        Tone.GOOD,
        "One tap from now on",
        "Dr. Rivera let this computer in. It opens Xchart in Op 3 with one tap.",
        (
            "No code needed before Wed, Dec 23. Every sign-in moves that day on.",
            "Lock when you step away. Done when you go home: the sign-in stays.",
        ),
        "Start",
    ),
    "telling-info": TellingView(
        Tone.INFO,
        "This computer was removed",
        "Nothing of Lakeside Oral Surgery is kept on it any more.",
        (),
        "Set up again",
    ),
    "telling-warning": TellingView(
        Tone.WARNING,
        "The clock of this computer is wrong",
        "It says Nov 23, 2025. Xchart says Nov 23, 2026.",
        ("You can keep working: the right time is used.", "Tell IT, so that it gets set."),
        "Continue",
    ),
    "telling-problem": TellingView(
        Tone.PROBLEM,
        "Xchart cannot be reached",
        "The practice's Wi-Fi asks for a sign-in of its own, or the internet is away.",
        ("Open a browser on another computer to see whether the internet works.",),
        "Try again",
        secondary="Back",
        retry=True,
    ),
    "telling-removal": TellingView(
        Tone.WARNING,
        "Remove this computer?",
        "Next time, a code on Dr. Rivera's or Dr. Okafor's phone will be needed.",
        (
            "To go home, press Done instead: the sign-in stays for tomorrow.",
            "Removing takes Office Assistant's saved sign-in off this computer.",
        ),
        "Remove this computer",
        secondary="Keep it",
        removal=True,
    ),
    "telling-removal-busy": TellingView(
        Tone.WARNING,
        "Remove this computer?",
        "Next time, a code on Dr. Rivera's or Dr. Okafor's phone will be needed.",
        (),
        "Remove this computer",
        secondary="Keep it",
        removal=True,
        busy=True,
    ),
    "this-computer": THIS_COMPUTER,
    "workspace": WORKSPACE,
    "workspace-opening": _workspace(
        PageState.OPENING, telling=Notice(Tone.INFO, "Opening Xchart", "As Office Assistant.")
    ),
    "workspace-away": _workspace(
        PageState.AWAY,
        telling=Notice(
            Tone.PROBLEM,
            "Xchart did not open",
            "No internet since 10:22 am. You are signed in; the page opens when it is back.",
        ),
        retry=True,
    ),
    "workspace-notice": _workspace(
        notice=Notice(Tone.WARNING, "No internet since 10:22 am.", "Keep working.")
    ),
    "workspace-notice-good": _workspace(
        notice=Notice(Tone.GOOD, "Connected again.", "Everything has been sent.")
    ),
    "workspace-countdown": _workspace(countdown="Locking in 20 s"),
    "workspace-countdown-notice": _workspace(
        notice=Notice(Tone.WARNING, "No internet since 10:22 am.", "Keep working."),
        countdown="Locking in 20 s",
    ),
}
