"""What is to be settled when someone left, in an admin's words: each with its state and its act."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from sandbox.admin import departures, passwords
from sandbox.admin.departures import EVERYWHERE, LOGIN, MAILBOX, NAME, PASSWORD, PHONE, Leaver
from sandbox.identity.accounts import only_approver, spoken
from sandbox.pages import when
from sandbox.records import traces
from sandbox.tables.rows import Account, Person
from sandbox.tables.settled import Settled

COMPUTERS_GO_ON = (
    "Whoever worked with it may know it. The computers go on working, since each has a password "
    "of its own, unless you have each of them ask for the new one. Web browsers are signed out, "
    "and need a code again."
)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing. ``what`` and ``subject`` say which act it needs; no ``act``: none now.

    ``email`` is whose password it is, for the browser that keeps passwords.
    """

    title: str
    text: str
    done: bool
    state: str
    what: str = ""
    subject: str = ""
    act: str = ""
    again: str = ""
    warning: str = ""
    email: str = ""


def items(db: Session, leaver: Leaver, admin: Account, now: datetime) -> list[Item]:
    """Everything that concerns them, in the order to settle it."""
    shared = [each for each in departures.shared_accounts(db) if each.password_hash is not None]
    return [
        *([_login(db, leaver, each, admin, now) for each in leaver.logins] or [_NO_LOGIN]),
        *(_names(db, leaver, now) or [_NO_NAME]),
        _open_now(db, leaver, now),
        *([_phone(db, leaver, each, now) for each in leaver.logins] or [_NO_PHONE]),
        *[_password(db, leaver, each, now) for each in shared],
        *[_mailbox(leaver, each, now) for each in shared],
    ]


_NO_LOGIN = Item("Own login", "They have no login of their own.", True, "None")
_NO_NAME = Item("Name on a shared login", "They are not named on one.", True, "None")
_NO_PHONE = Item("Codes by text", "Xchart knows no phone of theirs.", True, "No codes")


def _when(settled: Settled | None, now: datetime) -> str:
    """``Today, 9:05 am, by Tom Becker.``"""
    if settled is None:
        return ""
    return f"{when.day_words(settled.at, now)}, {when.time_words(settled.at)}, by {settled.by}."


def _login(db: Session, leaver: Leaver, account: Account, admin: Account, now: datetime) -> Item:
    if not account.active:
        settled = _when(leaver.settlement(LOGIN, account.id), now)
        return Item("Own login", f"{account.email}. {settled}".strip(), True, "Deactivated")
    ends = "Deactivating signs them out everywhere and takes their badge off; what they did stays."
    text = f"{account.email}. {ends}"
    act = "Deactivate"
    if account.id == admin.id:
        text = f"{account.email}. This is your own login: another admin has to deactivate it."
        act = ""
    if only_approver(db, account):
        text += " Nobody else is texted codes. Give another provider a login first."
        act = ""
    return Item("Own login", text, False, "Active", LOGIN, account.id, act)


def _names(db: Session, leaver: Leaver, now: datetime) -> list[Item]:
    found = []
    for person in leaver.listed:
        text = "Their name and badge go from the kiosks, and what is open under it ends."
        found.append(
            Item(_name_on(db, person), text, False, "Listed", NAME, person.id, "Take off the list")
        )
    for each in leaver.unlisted:
        found.append(Item(_name_on(db, each), _when(each, now), True, "Taken off"))
    return found


def _name_on(db: Session, named: Person | Settled) -> str:
    account = db.get(Account, named.account_id)
    return f"Name on {account.label}" if account is not None else "Name on a shared login"


def _open_now(db: Session, leaver: Leaver, now: datetime) -> Item:
    places = []
    for session, device in traces.open_now(db, leaver, now):
        computer = (device.computer if device is not None else "") or "A computer"
        room = f" ({device.operatory} · {device.location})" if device is not None else ""
        places.append(f"{computer}{room} since {when.time_words(session.started_at)}")
    browsers = traces.browsers(db, leaver, now)
    if browsers:
        places.append("A web browser" if browsers == 1 else f"{browsers} web browsers")
    if not places:
        return Item("Signed in right now", "Nowhere.", True, "Nothing open")
    acts = [
        *(["Deactivate"] if any(each.active for each in leaver.logins) else []),
        *(["Take off the list"] if leaver.listed else []),
    ]
    how = " and ".join(f"“{each}”" for each in acts)
    ends = f"Ends with {how} above." if acts else "Revoke that computer on Devices to end it."
    return Item("Signed in right now", f"{'; '.join(places)}. {ends}", False, "Open")


def _phone(db: Session, leaver: Leaver, account: Account, now: datetime) -> Item:
    title, ending = "Codes by text", (account.phone or "")[-2:]
    warning = _same_phone(db, leaver, account)
    if not account.phone:
        return Item(title, "Xchart knows no phone of theirs.", True, "No codes")
    if not account.active or not account.approver:
        settled = _when(leaver.settlement(PHONE, account.id), now)
        text = f"Others' codes are not texted to {spoken(account.label)}, phone ending {ending}."
        return Item(title, f"{text} {settled}".strip(), True, "No codes", warning=warning)
    text = f"Others' codes are texted to {spoken(account.label)}, phone ending {ending}."
    if only_approver(db, account):
        text += " It is the only phone that gets them, so it cannot be taken off yet."
        return Item(title, text, False, "Gets codes", PHONE, account.id, warning=warning)
    act = "No more codes to this phone"
    return Item(title, text, False, "Gets codes", PHONE, account.id, act, warning=warning)


def _same_phone(db: Session, leaver: Leaver, account: Account) -> str:
    """One phone may serve several logins (facts.md S11): theirs may be somebody else's too."""
    labels = [
        spoken(each.label)
        for each in departures.with_phone(db, account.phone)
        if each.id not in leaver.ids
    ]
    if not labels:
        return ""
    return f"Codes for {', '.join(labels)} go to the same phone. They need another number."


def _password(db: Session, leaver: Leaver, account: Account, now: datetime) -> Item:
    title = f"Password of {account.label}"
    settled = leaver.settlement(PASSWORD, account.id)
    if settled is not None:
        text = f"{_when(settled, now)} {_computers(db, leaver, account, settled, now)}"
        again = "Give it another one"
        return Item(
            title, text, True, "New", PASSWORD, account.id, again=again, email=account.email
        )
    act = "Give it a new password"
    return Item(
        title, COMPUTERS_GO_ON, False, "As before", PASSWORD, account.id, act, email=account.email
    )


def _computers(db: Session, leaver: Leaver, account: Account, given: Settled, now: datetime) -> str:
    owing = passwords.owing(db, account, now)
    if owing:
        asking = "One computer still asks" if owing == 1 else f"{owing} computers still ask"
        return f"{asking} for it, at the next sign-in."
    everywhere = leaver.settlement(EVERYWHERE, account.id)
    if everywhere is not None and everywhere.at >= given.at:
        return "Every computer has been given it."
    return "The computers go on working as before."


def _mailbox(leaver: Leaver, account: Account, now: datetime) -> Item:
    title = f"Mailbox of {account.label}"
    settled = leaver.settlement(MAILBOX, account.id)
    if settled is not None:
        return Item(title, f"{account.email}. {_when(settled, now)}", True, "Done")
    text = (
        f"{account.email}. Whoever reads it can accept invitations to Xchart. Change its password "
        "where the mailbox is kept; Xchart cannot see whether that was done."
    )
    return Item(title, text, False, "Not seen to", MAILBOX, account.id, "I have done this")
