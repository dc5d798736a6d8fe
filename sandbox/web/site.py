"""What the site knows and decides, without HTTP: who is how far in, and what is asked next.

Read and turned by tests from another thread: every field is replaced whole, or only grows.
"""

import secrets
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from sandbox.web.people import Account, Patient, Text, lakeside
from sandbox.web.sign_ins import ALL, RememberedBy, SignIn
from sandbox.web.turns import Turns

TRIES = 5
PICTURE = "KPX4"


class Stage(StrEnum):
    """What is asked of a browser; each is a page."""

    EMAIL = "email"
    PASSWORD = "password"
    HUMAN = "human"
    SEND = "send"
    CODE = "code"
    WAIT = "wait"
    CHANGE = "change"
    TERMS = "terms"
    IN = "in"


@dataclass(slots=True)
class Visit:
    """A browser on its way in, or in. ``device`` is what it showed itself to be."""

    secret: str
    email: str = ""
    device: str = ""
    done: set[Stage] = field(default_factory=set)
    code: str = ""
    wrong: int = 0


@dataclass(frozen=True, slots=True)
class No:
    """Why not."""

    trouble: str
    status: int = 401


WRONG_PASSWORD = No("That e-mail or password is not right.")
WRONG_CODE = No("That code is not right.")
OVER = No("Too many wrong codes. Sign in again.")


@dataclass(slots=True)
class Site:
    """One site. ``arrivals`` says of each request that brought a password where it arrived."""

    sign_in: SignIn = ALL["classic"]
    remembered_by: RememberedBy = RememberedBy.HOST_COOKIE
    elsewhere: str = ""
    """The origin that a hostile page sends a password to."""
    on_text: Callable[[Text], None] | None = None
    on_change: Callable[[], None] | None = None
    """Called after every request."""
    turns: Turns = field(default_factory=Turns)
    accounts: dict[str, Account] = field(default_factory=lakeside)
    visits: dict[str, Visit] = field(default_factory=dict)
    challenges: set[str] = field(default_factory=set)
    texts: list[Text] = field(default_factory=list)
    submissions: Counter[str] = field(default_factory=Counter)
    """How often a password was sent for that e-mail, right or wrong."""
    code_submissions: Counter[str] = field(default_factory=Counter)
    arrivals: list[str] = field(default_factory=list)
    strays: list[str] = field(default_factory=list)
    """Forms that were sent though they are no sign-in, by their path."""

    @property
    def page_scripts(self) -> tuple[str, ...]:
        """Those of a form that the server draws, in the order in which they have to run."""
        bringing = ("native.js",) if self.remembered_by.needs_script else ()
        own = (*bringing, *self.sign_in.scripts)
        return (*own, "shown.js") if own else ()

    def visit(self, secret: str) -> Visit | None:
        """Whose cookie that is."""
        return self.visits.get(secret)

    def open(self) -> Visit:
        """A browser that was not here yet."""
        visit = Visit(secrets.token_urlsafe(24))
        self.visits[visit.secret] = visit
        return visit

    def stage(self, visit: Visit | None) -> Stage:
        """What is asked of this browser now."""
        done = visit.done if visit is not None else set()
        if self.turns.human_check == "before" and not done & {Stage.HUMAN, Stage.PASSWORD}:
            return Stage.HUMAN
        if visit is None or Stage.PASSWORD not in done:
            asks_email = self.sign_in.has_two_steps and not (visit and visit.email)
            return Stage.EMAIL if asks_email else Stage.PASSWORD
        if self.turns.human_check == "after" and Stage.HUMAN not in done:
            return Stage.HUMAN
        if Stage.CODE not in done:
            if self.turns.no_code_page:
                return Stage.WAIT
            is_asked = visit.code or Stage.SEND in done or not self.turns.code_on_demand
            return Stage.CODE if is_asked else Stage.SEND
        account = self.accounts[visit.email]
        if self.turns.must_change_password and not account.has_changed_password:
            return Stage.CHANGE
        if self.turns.terms and not account.has_accepted_terms:
            return Stage.TERMS
        return Stage.IN

    def account(self, visit: Visit | None) -> Account | None:
        """Whose login is open in this browser."""
        if visit is None or self.stage(visit) is not Stage.IN:
            return None
        return self.accounts[visit.email]

    def give_email(self, visit: Visit, email: str) -> No | None:
        """The first of two steps; it never says whether there is such a login."""
        visit.email = email.strip().lower()
        return None if visit.email else No("Type your e-mail.", 422)

    def give_password(self, visit: Visit, email: str, password: str, device: str) -> No | None:
        """The first factor; a remembered computer needs no second."""
        email = (email or visit.email).strip().lower()
        self.submissions[email] += 1
        account = self.accounts.get(email)
        if account is None or password != account.password or self.turns.refuse_password:
            return WRONG_PASSWORD
        visit.email, visit.device = email, device
        visit.done |= (
            {Stage.PASSWORD, Stage.CODE} if device in account.devices else {Stage.PASSWORD}
        )
        self._arrive(visit)
        return None

    def give_letters(self, visit: Visit, letters: str) -> No | None:
        """The letters of the picture."""
        if letters.strip().upper() != PICTURE:
            return No("Those are not the letters.", 422)
        visit.done.add(Stage.HUMAN)
        self._arrive(visit)
        return None

    def send_code(self, visit: Visit) -> No | None:
        """Somebody wants the code to be texted."""
        visit.done.add(Stage.SEND)
        self._arrive(visit)
        return None

    def give_code(self, visit: Visit, code: str, device: str, *, remember: bool) -> No | None:
        """The second factor; ``device`` is known from now on where somebody wished that."""
        self.code_submissions[visit.email] += 1
        if "".join(code.split()) != visit.code or self.turns.refuse_code:
            visit.wrong += 1
            if visit.wrong < TRIES:
                return WRONG_CODE
            self.visits.pop(visit.secret, None)
            return OVER
        visit.done.add(Stage.CODE)
        if remember and device:
            visit.device = device
            self.accounts[visit.email].devices.add(device)
        return None

    def change_password(self, visit: Visit, password: str, again: str) -> No | None:
        """Another password than now, typed twice."""
        account = self.accounts[visit.email]
        if len(password) < 8 or password != again or password == account.password:
            return No("Type a new password of eight letters or more, twice.", 422)
        account.password = password
        account.has_changed_password = True
        return None

    def accept_terms(self, visit: Visit, *, agreed: bool) -> No | None:
        """The new terms."""
        if not agreed:
            return No("Tick the box to go on.", 422)
        self.accounts[visit.email].has_accepted_terms = True
        return None

    def leave(self, visit: Visit) -> None:
        """Sign out: this computer is not known to that login any more, either."""
        if visit.email in self.accounts:
            self.accounts[visit.email].devices.discard(visit.device)
        self.visits.pop(visit.secret, None)

    def open_patient(self, account: Account, patient: Patient) -> None:
        """Somebody looks at a patient; the login remembers which."""
        account.last_patient = patient.name

    def challenge(self) -> str:
        """To be signed, once."""
        made = secrets.token_urlsafe(16)
        self.challenges.add(made)
        return made

    def forget_visits(self) -> None:
        """Everybody's session ends in the middle."""
        self.visits.clear()

    def forget_devices(self) -> None:
        """What the browsers still keep is too old."""
        for account in self.accounts.values():
            account.devices.clear()

    def _arrive(self, visit: Visit) -> None:
        """Text the code when its page comes, and only then."""
        if self.stage(visit) is Stage.CODE and not visit.code:
            visit.code = f"{secrets.randbelow(10**6):06}"
            account = self.accounts[visit.email]
            text = Text(account.phone_owner, account.phone_ending, visit.code)
            self.texts.append(text)
            if self.on_text is not None:
                self.on_text(text)
