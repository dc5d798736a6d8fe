"""Every page and state of the kiosk on one real day: for pictures and tests.

Each scene is a state of the core as the core itself words it, so that a picture shows what a team
would read. Lakeside Oral Surgery, Op 3 at Main Street, Monday, November 23.
"""

from dataclasses import replace
from datetime import timedelta

from kiosk.session.model import state as s
from kiosk.session.model.audit import Act, Cause
from kiosk.session.model.challenge import App, Purpose, SentBySite
from kiosk.session.model.commands import Kind
from kiosk.session.model.day import Day
from kiosk.session.model.intents import Ticket
from kiosk.session.model.people import Approver, Person
from kiosk.session.model.refusals import Code, Fault, Unreachable
from kiosk.session.model.session import Asked, Declined, PageFault, Question, Told
from kiosk.session.model.site import PageState
from kiosk.session.model.trust import NoTrust
from kiosk.session.pages.views import AccountView, View, WorkspaceView
from kiosk.ui.hands.first_moment import FirstMoment
from kiosk.ui.pages.digits import DigitsPage
from kiosk.ui.window import KioskWindow
from tests.support import days
from tests.support.case_scenes import CASES
from tests.support.practice import (
    AT_SITE,
    AWAITING,
    BY_APP,
    CHALLENGE,
    CHOOSING,
    CODES_OFTEN,
    DAILY,
    DELIVERY,
    EMAIL,
    ENDING,
    FLOAT,
    FLOATING,
    INVITED,
    LATER,
    MORNING,
    NEW,
    OFFICE,
    OPEN,
    OWN_KNOWN,
    OWN_SESSION,
    PLACE,
    RIVERA,
    SESSION,
    SINCE,
    SITE_BADGES,
    SITE_CROWD,
    SITE_NAMES,
    SLOW_CLOCK,
    TEAM,
    TRIED,
    UNNAMED,
    UNNAMED_SITE,
    UNTRUSTED,
    WEEK_OFF,
    at_work,
    conflict,
    crowd,
    long_names,
    offline,
    owned,
    pins,
    refusals,
    refused,
    seen,
    sending,
)

SITE_ASKS = replace(
    AWAITING.challenge, sent=True, approvers=(Approver("phone", "Dr. Rivera", "21"),)
)
OWN_ASKS = replace(SITE_ASKS, purpose=Purpose.OWN, approvers=(Approver("phone", "Lena Park", ""),))
MINE_TOO = conflict(Kind.STATUS, days.NEXT.id, "Seated", "Left")
COVER = s.Locked(SESSION, Cause.IDLE)
ALERT, LONG_ALERT, CONFIRM, PROMPT, SILENT = (Ticket(number) for number in range(9001, 9006))
SPOKEN = {
    ALERT: "Elowen Foxglove is allergic to penicillin.",
    LONG_ALERT: "Before local anesthesia, read this.\n"
    + "Elowen Foxglove: penicillin allergy (anaphylaxis in 2019), latex allergy, sleep apnea, "
    "takes apixaban. Last INR was not entered. " * 4 + "\nAsk Dr. Rivera before you go on.",
    CONFIRM: "Delete the note of 9:40 am? It cannot be brought back.",
    PROMPT: "Why is the dose changed?",
}
"""What Xchart's page said in these scenes, behind its tickets."""


def said(ticket: Ticket) -> str:
    """As the kiosk's slot gives it."""
    return SPOKEN.get(ticket, "")


def told(*sayings: Told) -> s.Session:
    """Maria's session, with what the page said to her."""
    return replace(SESSION, told=sayings)


def asking(words: Ticket, question: Question) -> View:
    """The page asks her."""
    until = LATER + timedelta(seconds=60)
    return seen(replace(at_work(), question=Asked(words, question, until)), at=LATER)


SCENES: dict[str, View] = {
    "opening": seen(s.Opening(1, "p1"), replace(DAILY, account=None, terms=None)),
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
    "login-code-week-off": seen(OPEN, WEEK_OFF),
    "login-limit": seen(s.AtLogin(limit=True)),
    "login-unsaved": seen(s.AtLogin(unsaved=True)),
    "login-clock": seen(OPEN, SLOW_CLOCK),
    **{f"login-{reach}": seen(OPEN, offline(DAILY, reach), LATER) for reach in Unreachable},
    **{f"login-fault-{fault}": seen(s.AtLogin(why=fault)) for fault in Fault},
    **owned("login-personal", DAILY, 2),
    **owned("login-personal-one", UNNAMED, 1),
    **owned("login-personal-24", crowd(18), 4),
    **owned("locked-personal", DAILY, 2, COVER),
    "locked": seen(COVER, at=LATER),
    "locked-6": seen(COVER, crowd(6), LATER),
    "locked-long-names": seen(COVER, long_names(), LATER),
    "locked-switch": seen(s.Locked(SESSION, Cause.SWITCH), at=LATER),
    "locked-offline": seen(COVER, offline(DAILY, Unreachable.NO_INTERNET), LATER),
    "locked-resuming": seen(s.Entering(SESSION, True, False), at=LATER),
    "wiping": seen(s.Wiping(MORNING + timedelta(seconds=27))),
    "wiping-begun": seen(s.Wiping(LATER + timedelta(seconds=30), SESSION), at=LATER),
    "wiping-done": seen(s.Wiping(MORNING)),
    "naming": seen(s.Naming()),
    "naming-unclear": seen(s.Naming(SESSION, unclear=True)),
    "naming-tiles": seen(OPEN, FLOATING),
    "who": seen(s.Correcting(SESSION), at=LATER),
    "who-6": seen(s.Correcting(SESSION), crowd(6), LATER),
    "who-float": seen(s.Correcting(replace(SESSION, person=FLOAT)), FLOATING, LATER),
    "place": seen(s.AskingPlace(replace(PLACE, operatory="")), NEW),
    "place-keys-lost": seen(s.AskingPlace(PLACE, keys_lost=True), NEW),
    "place-address": seen(s.AskingPlace(PLACE, why=Unreachable.ADDRESS), NEW),
    "account": seen(s.AskingAccount(PLACE, EMAIL), NEW),
    "account-keychain": seen(s.AskingAccount(PLACE, EMAIL, why=Fault.KEYCHAIN_ABSENT), NEW),
    "account-own": AccountView(
        "Your own login",
        "Your e-mail and password, once. After that a PIN is enough here.",
        "",
        invitation="",
    ),
    "password": seen(s.AskingPassword("p1")),
    "password-busy": seen(s.AskingPassword("p1", 1)),
    "password-wrong": seen(s.AskingPassword("p1", why=refused(Code.CREDENTIALS_WRONG))),
    "password-unreached": seen(s.AskingPassword("p1", why=Unreachable.NO_INTERNET)),
    "login-password-due": seen(OPEN, replace(DAILY, renewal_due=True)),
    "invitation": seen(s.AskingInvitation(PLACE), NEW),
    "invitation-busy": seen(s.AskingInvitation(PLACE, 1), NEW),
    "setting-up": seen(s.SettingUp(PLACE, INVITED, Ticket(2)), NEW),
    "setting-up-busy": seen(s.SettingUp(PLACE, INVITED, Ticket(2), 1), NEW),
    "setting-up-unreached": seen(
        s.SettingUp(PLACE, INVITED, Ticket(2), why=Unreachable.NO_ANSWER), NEW
    ),
    "affirm": seen(s.Affirming(PLACE, EMAIL, Ticket(1)), NEW),
    "affirm-busy": seen(s.Affirming(PLACE, EMAIL, Ticket(1), 1), NEW),
    "approvers": seen(CHOOSING),
    "approvers-app": seen(replace(CHOOSING, challenge=BY_APP)),
    "approvers-own-app": seen(
        replace(
            CHOOSING,
            challenge=replace(BY_APP, purpose=Purpose.OWN, approvers=BY_APP.approvers[:1]),
        )
    ),
    "approvers-one": seen(replace(CHOOSING, challenge=replace(CHALLENGE, approvers=(RIVERA,)))),
    "approvers-busy": seen(replace(CHOOSING, attempt=1)),
    "approvers-unreached": seen(replace(CHOOSING, why=Unreachable.NO_INTERNET)),
    "code": seen(AWAITING),
    "code-app": seen(replace(AWAITING, challenge=BY_APP, source=App(BY_APP.approvers[0]))),
    "code-app-wrong": seen(
        replace(
            AWAITING,
            challenge=BY_APP,
            source=App(BY_APP.approvers[0]),
            why=refused(Code.CODE_WRONG),
        )
    ),
    "code-return": seen(
        replace(AWAITING, challenge=replace(CHALLENGE, purpose=Purpose.RETURN)), UNTRUSTED
    ),
    "code-remove": seen(replace(AWAITING, challenge=replace(CHALLENGE, purpose=Purpose.REMOVE))),
    "code-resend": seen(AWAITING, at=MORNING + timedelta(minutes=2)),
    "code-resend-wrong": seen(
        replace(AWAITING, why=refused(Code.CODE_WRONG)), at=MORNING + timedelta(minutes=2)
    ),
    "code-expired": seen(AWAITING, at=MORNING + timedelta(minutes=11)),
    "code-unreached": seen(replace(AWAITING, why=Unreachable.NO_ANSWER)),
    "code-busy": seen(replace(AWAITING, attempt=1)),
    "code-long-names": seen(
        replace(
            AWAITING,
            source=replace(
                DELIVERY, approver=Approver("a1", "Dr. Konstantinopoulou-Whitfield", "21")
            ),
        )
    ),
    **pins(),
    "joined": seen(s.Joined()),
    "removal": seen(s.ConfirmingRemoval(None)),
    "removal-own": seen(s.ConfirmingRemoval(OWN_SESSION), OWN_KNOWN),
    "this-computer-own": seen(s.ThisComputer(OWN_SESSION), OWN_KNOWN),
    "removal-busy": seen(s.AskingForCode(Purpose.REMOVE, "", 1)),
    "removal-offline": seen(s.ConfirmingRemoval(None, why=Unreachable.NO_INTERNET)),
    "removed": seen(s.Removed(), UNTRUSTED),
    **{f"stopped-{fault}": seen(s.Stopped(fault)) for fault in Fault},
    "stopped-settings-line": seen(
        s.Stopped(Fault.SETTINGS_UNREADABLE, "Line 4: operatory has no closing quote.")
    ),
    "this-computer": seen(s.ThisComputer(None)),
    "this-computer-at-work": seen(s.ThisComputer(SESSION), at=LATER),
    "this-computer-code-soon": seen(s.ThisComputer(None), ENDING),
    "site-place": seen(s.AskingPlace(PLACE), replace(NEW, at_site=True)),
    "site-place-again": seen(s.AskingPlace(PLACE, attempt=2), replace(NEW, at_site=True)),
    "site-account": seen(s.AskingAccount(PLACE, EMAIL), replace(NEW, at_site=True)),
    "site-password": seen(s.AskingPassword("p1"), AT_SITE),
    "site-affirm": seen(s.Affirming(PLACE, EMAIL, None), replace(NEW, at_site=True)),
    "site-login": seen(OPEN, AT_SITE),
    "site-locked": seen(COVER, AT_SITE, LATER),
    "site-code": seen(
        replace(AWAITING, challenge=SITE_ASKS, source=SentBySite(SITE_ASKS.approvers[0])), AT_SITE
    ),
    "site-code-wrong": seen(
        replace(
            AWAITING,
            challenge=SITE_ASKS,
            source=SentBySite(Approver("phone", "the provider", "")),
            why=refused(Code.CODE_WRONG),
        ),
        AT_SITE,
    ),
    "site-workspace": seen(at_work(), AT_SITE, LATER),
    "site-opening": seen(at_work(replace(SESSION, shown=False)), AT_SITE, LATER),
    "site-signed-out": seen(
        at_work(replace(SESSION, shown=False, failed=PageFault.SIGNED_OUT)), AT_SITE, LATER
    ),
    **{
        f"site-wants-{wanted}": seen(at_work(replace(SESSION, wants=wanted)), AT_SITE, LATER)
        for wanted in (
            PageState.PERSON_WANTED,
            PageState.CHANGE_WANTED,
            PageState.UNSENT,
            PageState.UNKNOWN,
        )
    },
    "site-this-computer": seen(s.ThisComputer(SESSION), TRIED, LATER),
    "site-this-computer-code": seen(s.ThisComputer(None), CODES_OFTEN, LATER),
    "site-own-code": seen(
        replace(AWAITING, challenge=OWN_ASKS, source=SentBySite(OWN_ASKS.approvers[0])), AT_SITE
    ),
    "site-names-none": seen(s.ListingNames(None), UNNAMED_SITE),
    "site-names": seen(s.ListingNames(None), SITE_NAMES),
    "site-names-added": seen(
        s.ListingNames(None, True, Act.NAME_ADDED, "Aisha Khan"), SITE_NAMES, LATER
    ),
    "site-names-removed": seen(
        s.ListingNames(SESSION, True, Act.NAME_REMOVED, "Lena P."), SITE_NAMES, LATER
    ),
    "site-names-busy": seen(
        s.ListingNames(None, True, Act.NAME_ADDED, "Lena P."), replace(SITE_NAMES, roster_attempt=9)
    ),
    "site-names-not-kept": seen(
        s.ListingNames(None, True, why=Fault.KEYCHAIN_LOCKED), SITE_NAMES, LATER
    ),
    "site-names-24": seen(s.ListingNames(None, True), SITE_CROWD),
    "site-names-password": seen(s.UnlockingNames(None), SITE_NAMES),
    "site-names-password-wrong": seen(
        s.UnlockingNames(None, why=refused(Code.CREDENTIALS_WRONG)), SITE_NAMES
    ),
    "site-names-password-wait": seen(
        s.UnlockingNames(None, why=refused(Code.TOO_MANY_TRIES)), SITE_NAMES
    ),
    "site-names-password-none": seen(
        s.UnlockingNames(None, why=refused(Code.DEVICE_PASSWORD_WRONG)), SITE_NAMES
    ),
    "site-name-new": seen(s.AddingName(None), SITE_NAMES),
    "site-name-unclear": seen(s.AddingName(None, unclear=True), SITE_NAMES),
    "site-name-taken": seen(s.AddingName(None, taken="Maria Lopez"), SITE_NAMES),
    "site-name": seen(s.EditingName(None, TEAM[2]), SITE_NAMES),
    "site-name-badge": seen(s.EditingName(None, TEAM[1]), SITE_BADGES),
    "site-name-badge-theirs": seen(s.EditingName(None, TEAM[2], theirs="p2"), SITE_BADGES),
    "site-name-badge-caps-lock": seen(
        s.EditingName(None, TEAM[2], why=refused(Code.BADGE_CAPS_LOCK)), SITE_BADGES
    ),
    "site-names-badges": seen(
        s.ListingNames(None, True, Act.BADGE_GIVEN, TEAM[1].name), SITE_BADGES, LATER
    ),
    "site-login-badge-unknown": seen(s.AtLogin(refused(Code.BADGE_UNKNOWN)), SITE_BADGES),
    "site-name-by-it": seen(s.EditingName(None, TEAM[0]), SITE_NAMES),
    "site-removal": seen(s.ConfirmingRemoval(None), AT_SITE),
    "site-joined": seen(s.Joined(), TRIED),
    "site-joined-trying": seen(s.Joined(), replace(AT_SITE, rehearsal_attempt=3)),
    "this-computer-worst": seen(
        s.ThisComputer(None),
        replace(offline(SLOW_CLOCK, Unreachable.NO_INTERNET), trust=NoTrust.REMOVED),
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
        for reach in Unreachable
    },
    "workspace-failed": seen(
        at_work(replace(SESSION, shown=False, failed=PageFault.NETWORK)), at=LATER
    ),
    "workspace-failed-proxy": seen(
        at_work(replace(SESSION, shown=False, failed=PageFault.PROXY_SIGN_IN)), at=LATER
    ),
    "workspace-offline": seen(at_work(), offline(DAILY, Unreachable.NO_INTERNET), LATER),
    "workspace-badge": seen(
        replace(at_work(), strange_until=LATER + timedelta(seconds=9)), at=LATER
    ),
    "workspace-clock": seen(at_work(), SLOW_CLOCK, LATER),
    "workspace-unrecorded": seen(at_work(replace(SESSION, unrecorded=True)), at=LATER),
    "workspace-countdown": seen(
        s.Active(SESSION, LATER + timedelta(seconds=20), warned=True), at=LATER
    ),
    "workspace-countdown-offline": seen(
        s.Active(SESSION, LATER + timedelta(seconds=20), warned=True),
        offline(DAILY, Unreachable.NO_INTERNET),
        LATER,
    ),
    "page-says": seen(at_work(told(Told(ALERT))), at=LATER),
    "page-says-more": seen(at_work(told(Told(LONG_ALERT), Told(ALERT))), at=LATER),
    "page-said-no": seen(at_work(told(Told(CONFIRM, Question.CONFIRM))), at=LATER),
    "page-said-stay": seen(at_work(told(Told(SILENT, Question.LEAVE))), at=LATER),
    "page-says-all": seen(
        replace(
            at_work(replace(told(Told(ALERT)), aside=True)),
            warned=True,
            locks_at=LATER + timedelta(seconds=20),
        ),
        offline(DAILY, Unreachable.NO_INTERNET),
        LATER,
    ),
    "page-asks": asking(CONFIRM, Question.CONFIRM),
    "page-asks-long": asking(LONG_ALERT, Question.CONFIRM),
    "page-asks-line": asking(PROMPT, Question.PROMPT),
    "page-asks-leave": asking(SILENT, Question.LEAVE),
    "page-document": seen(at_work(replace(SESSION, aside=True)), at=LATER),
    **{
        f"page-refused-{what}": seen(replace(at_work(), declined=(what, LATER)), at=LATER)
        for what in Declined
    },
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
    **CASES,
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
        replace(offline(DAILY, Unreachable.NO_INTERNET), sending=s.Sending(3), day_as_of=SINCE),
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
    if isinstance(window.page, DigitsPage) and window.page.waiting.isActive():
        window.page.waiting.timeout.emit()  # as it is once the wait is noticed
    for moment in window.findChildren(FirstMoment):
        moment.timeout.emit()
    if isinstance(view, WorkspaceView) and name != "day-unknown":
        window.show_day(DAYS.get(name, days.MORNING))
