"""Which press each password was sent for, and what the kiosk could know by then: the judge of both.

One computer's, from its first process to its last: what was sent is sent, whoever is killed.
"""

from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.local.json_files import object_in, read_text
from kiosk.session.model import effects as do
from kiosk.session.model import events as said
from kiosk.session.model import state as s
from kiosk.session.model.site import PageState, Seen
from kiosk.sync.web.submissions import LATCHED

MOST_UNSEEN = 3
"""As docs/web-sign-in.md promises; not the kiosk's own number, which is what is judged."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call that may send a password: for which press, and whether a person typed it."""

    press: int
    typed: bool


NOBODYS = Call(0, False)


@dataclass
class Sent:
    """Of one account. ``unseen``: sent, and the kiosk never saw what the site made of it.

    ``refused``: it saw a no, and nobody has got in since; ``unkept``: a disk took no note of it.
    """

    unseen: int = 0
    refused: bool = False
    unkept: bool = False
    now: int = 0


@dataclass
class Presses:
    """``no_room``: the disk takes nothing now."""

    submissions: Path
    no_room: bool = False
    spent: set[int] = field(default_factory=set)
    seen: Counter[str] = field(default_factory=Counter)
    _of: dict[str, Sent] = field(default_factory=lambda: defaultdict(Sent))
    _number: int = 0
    _press_of: dict[int, int] = field(default_factory=dict)
    _last: dict[str, int] = field(default_factory=dict)
    _calls: deque[Call] = field(default_factory=deque)
    _call: Call = NOBODYS

    def process_began(self) -> None:
        """What the last one had under way is gone; what it has sent is not.

        Nor is a no, but where no disk took it and the process that knew of it was killed: then
        it is one of those that nobody saw.
        """
        for each in self._of.values():
            if each.unkept:
                each.unseen, each.refused, each.unkept = each.unseen + 1, False, False
            each.now = 0
        self._calls.clear()
        self._press_of.clear()
        self._last.clear()
        self._call = NOBODYS

    def stepped(self, event: said.Event, effects: tuple[do.Effect, ...], phase: s.Phase) -> None:
        """What a step asks for, in the order in which the lane will do it."""
        press = 0
        if isinstance(event, said.Asked):
            self._number += 1
            press = self._number
        elif isinstance(event, said.Answered):
            press = self._press_of.get(event.attempt, 0)
        session = s.session_of(phase)
        person = session.person.id if session is not None else ""
        for effect in effects:
            match effect:
                case do.StartSession(by_itself=True) | do.AskForPage(by_itself=True):
                    self._calls.append(Call(self._last.get(person, 0), typed=False))
                case do.StartSession() | do.AskForPage():
                    self._last[person] = press
                    self._calls.append(Call(press, typed=False))
                case do.OpenChallenge():
                    self._calls.append(Call(press, typed=False))
                case do.OpenEnrolment() | do.RenewPassword():
                    self._calls.append(Call(press, typed=True))
                case _:
                    pass
            if attempt := getattr(effect, "attempt", 0):
                self._press_of[attempt] = press

    def begins(self) -> None:
        """The lane comes to the next of these calls."""
        self._call = self._calls.popleft()
        for each in self._of.values():
            each.now = 0

    def about_to_send(self, account: str) -> None:
        """A password is to be sent now; AssertionError where it must not be."""
        sent = self._of[account]
        assert account in self._counts(), "nothing is counted"
        self.is_counted(account)
        if self._call.typed:
            return
        assert self._call.press, "a password, and nobody has pressed"
        assert self._call.press not in self.spent, "two passwords for one press"
        assert not sent.refused, "a password by itself after the site's no"
        assert sent.unseen < MOST_UNSEEN, "once more, and nobody saw what came of the last three"

    def sent(self, account: str) -> None:
        """The site has it."""
        self._of[account].unseen += 1
        self._of[account].now += 1
        self.seen["passwords typed" if self._call.typed else "passwords by itself"] += 1
        if not self._call.typed:
            self.spent.add(self._call.press)

    def saw(self, account: str, seen: Seen) -> None:
        """What the kiosk was told of a page of that account."""
        sent = self._of[account]
        match seen.state:
            case PageState.IN | PageState.ASKS_CODE:
                sent.unseen, sent.refused, sent.unkept = 0, False, False
            case PageState.REFUSED:
                self._saw_no(sent)
            case PageState.DOWN:
                # The site had no judgement of this one; of those before nobody knows more by it.
                sent.unseen -= sent.now
            case _:
                return
        sent.now = 0

    def asked_again(self, account: str) -> None:
        """The same form in a new document: if a password was sent from here, that was a no."""
        sent = self._of[account]
        if sent.now:
            self._saw_no(sent)
            sent.now = 0

    def removed(self, account: str) -> None:
        """This computer was signed out for good: only what is typed counts."""
        self._of[account].refused = True

    def are_counted(self) -> None:
        """The counts on the disk are never less than what the site has seen."""
        for account in self._of:
            self.is_counted(account, 0)

    def is_counted(self, account: str, more: int = 1) -> None:
        """That account's, with what is to be sent now."""
        count, sent = self._counts().get(account, LATCHED), self._of[account].unseen + more
        assert count == LATCHED or count >= sent, f"{count} on the disk, and {sent} were sent"

    def _saw_no(self, sent: Sent) -> None:
        sent.unseen, sent.refused, sent.unkept = 0, True, self.no_room

    def _counts(self) -> dict[str, int]:
        told = object_in(read_text(self.submissions)) if self.submissions.exists() else None
        return {} if told is None else dict(told["sent"])  # type: ignore[call-overload]
