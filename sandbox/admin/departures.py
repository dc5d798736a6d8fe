"""When someone leaves: who they are here, and what an admin settles about it, one thing at a time.

A person may have a login of their own, a name on one or more shared accounts, or both; the same
name is taken for the same person. What was settled is remembered for as long as their last days
are looked at, so that an admin finds the list again where they left it.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from sandbox.access import sessions
from sandbox.admin import assistants, members, passwords
from sandbox.contract.bodies import MemberChange
from sandbox.contract.refusals import Refusal
from sandbox.identity.accounts import only_approver
from sandbox.tables.rows import Account, Person
from sandbox.tables.settled import Settled

WINDOW = timedelta(days=30)
LOGIN, NAME, PASSWORD, PHONE, MAILBOX = "login", "name", "password", "phone", "mailbox"
EVERYWHERE = "everywhere"
"""Noted beside PASSWORD where the computers have to know it too."""


class Hindered(Exception):
    """What cannot be done now. ``why`` names its sentence."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(slots=True)
class Leaver:
    """One person: own logins, names on shared accounts, names taken off, and what is settled."""

    name: str
    logins: list[Account] = field(default_factory=list)
    listed: list[Person] = field(default_factory=list)
    unlisted: list[Settled] = field(default_factory=list)
    settled: list[Settled] = field(default_factory=list)

    @property
    def ids(self) -> list[str]:
        """Every id under which they appear, the steadiest first."""
        accounts = sorted(each.id for each in self.logins)
        people = sorted(
            [each.id for each in self.listed] + [each.subject for each in self.unlisted]
        )
        return accounts + people

    @property
    def id(self) -> str:
        """The one to ask for them by."""
        return self.ids[0]

    @property
    def gone(self) -> bool:
        """Whether they can no longer sign in as themselves."""
        return not self.listed and not any(each.active for each in self.logins)

    def settlement(self, what: str, subject: str) -> Settled | None:
        """The last time that was settled, if it was."""
        found = (each for each in self.settled if (each.what, each.subject) == (what, subject))
        return max(found, key=lambda each: each.id, default=None)


def everybody(db: Session, now: datetime) -> list[Leaver]:
    """All who could leave or left lately, by name; a shared account is nobody."""
    found: dict[str, Leaver] = {}

    def of(name: str) -> Leaver:
        return found.setdefault(" ".join(name.split()).casefold(), Leaver(name))

    for account in db.scalars(select(Account).where(~Account.shared).order_by(Account.id)):
        of(account.label).logins.append(account)
    for person in db.scalars(select(Person).order_by(Person.id)):
        of(person.name).listed.append(person)
    settled = db.scalars(
        select(Settled).where(Settled.at > now - WINDOW).order_by(Settled.id)
    ).all()
    for each in settled:
        if each.what == NAME:
            of(each.name).unlisted.append(each)
    for leaver in found.values():
        leaver.settled = [each for each in settled if each.leaver in leaver.ids]
    return [found[key] for key in sorted(found)]


def find(db: Session, identity: str, now: datetime) -> Leaver:
    """The person of whom this is one id."""
    for each in everybody(db, now):
        if identity in each.ids:
            return each
    raise Refusal("unknown", "nobody here has that id")


def shared_accounts(db: Session) -> list[Account]:
    """The logins that several use."""
    wanted = select(Account).where(Account.shared, Account.active).order_by(Account.label)
    return list(db.scalars(wanted))


def with_phone(db: Session, phone: str | None) -> list[Account]:
    """Whose own codes go to this phone."""
    wanted = select(Account).where(Account.phone == phone, Account.active, ~Account.shared)
    return list(db.scalars(wanted.order_by(Account.label))) if phone else []


@dataclass(frozen=True, slots=True)
class Settling:
    """An admin at work on one person's list."""

    db: Session
    leaver: Leaver
    admin: Account
    now: datetime

    def deactivate(self, subject: str) -> None:
        """Their own login ends, and what is open with it."""
        account = self._login(subject)
        wish = MemberChange(active=False)
        members.change(self.db, account.id, wish, self.now, by=self.admin)
        self._note(LOGIN, account.id, account.label)

    def take_off(self, subject: str) -> None:
        """Their name leaves the shared account's list, and what they have open there ends.

        What they did stays theirs: neither listings nor records are touched.
        """
        person = next((each for each in self.leaver.listed if each.id == subject), None)
        if person is None:
            if any(each.subject == subject for each in self.leaver.unlisted):
                return
            raise Refusal("unknown", "no such name")
        account = self.db.get_one(Account, person.account_id)
        assistants.remove(self.db, account, person.id, self.now)
        # They may have typed their name instead of tapping it.
        sessions.end_all(self.db, self.now, account_id=account.id, person_id=person.name)
        self._note(NAME, person.id, person.name, person.account_id)

    def give_password(self, subject: str, password: str, *, everywhere: bool = False) -> None:
        """The shared account has another password from now on; its computers too, or not."""
        account = self._shared(subject)
        if not passwords.give(self.db, account, password, self.now, everywhere=everywhere):
            raise Hindered("same_password")
        self._note(PASSWORD, account.id, account.label)
        if everywhere:
            self._note(EVERYWHERE, account.id, account.label)

    def silence_phone(self, subject: str) -> None:
        """No more codes are texted to their phone for others; somebody's must remain."""
        account = self._login(subject)
        if only_approver(self.db, account):
            raise Refusal("last_approver")
        account.approver = False
        self._note(PHONE, account.id, account.label)

    def mailbox_done(self, subject: str) -> None:
        """The admin says that the mailbox is seen to; nobody here can look."""
        account = self._shared(subject)
        self._note(MAILBOX, account.id, account.label)

    def _login(self, subject: str) -> Account:
        for each in self.leaver.logins:
            if each.id == subject:
                return each
        raise Refusal("unknown", "no such login")

    def _shared(self, subject: str) -> Account:
        for each in shared_accounts(self.db):
            if each.id == subject:
                return each
        raise Refusal("unknown", "no such shared login")

    def _note(self, what: str, subject: str, name: str, account_id: str = "") -> None:
        self.db.add(
            Settled(
                leaver=self.leaver.id,
                what=what,
                subject=subject,
                name=name,
                account_id=account_id,
                at=self.now,
                by=self.admin.label,
            )
        )
        self.db.flush()
