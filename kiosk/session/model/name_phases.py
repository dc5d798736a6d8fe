"""The phases of *Names*: who has a tile, where that is kept at this computer.

That the account's password was right is all that is kept of it, in a phase and nowhere else: the
visit ends with the phase. Beside the work as *This computer* is; ``session`` is whose work.
"""

from dataclasses import dataclass

from kiosk.session.model.audit import Act
from kiosk.session.model.people import Person
from kiosk.session.model.refusals import Reason
from kiosk.session.model.session import Session


@dataclass(frozen=True, slots=True)
class ListingNames:
    """*Names*: who has a tile, where that is kept here. ``unlocked``: the account's password was
    typed on this visit. ``done`` is what was recorded last, of ``whom``; ``why`` it was not kept.
    """

    session: Session | None
    unlocked: bool = False
    done: Act | None = None
    whom: str = ""
    why: Reason | None = None


@dataclass(frozen=True, slots=True)
class UnlockingNames:
    """The account's password is asked for: to go on to ``person_id``'s page, or to a new name."""

    session: Session | None
    person_id: str = ""
    attempt: int = 0
    why: Reason | None = None


@dataclass(frozen=True, slots=True)
class AddingName:
    """A name is typed that is to have a tile; ``unclear`` if it was none, ``taken`` who has it."""

    session: Session | None
    unclear: bool = False
    taken: str = ""


@dataclass(frozen=True, slots=True)
class EditingName:
    """One name, its badge, and the way to take either away. ``theirs``: whose the badge is that was
    read last, if it is somebody else's."""

    session: Session | None
    person: Person
    why: Reason | None = None
    theirs: str = ""
