"""A badge reader told from fingers: by its pace, and by the ending that it sends. Pure.

A key that may begin a burst is held back until the next one, or a pause, tells which it was. What
a person typed goes on in its order; what a reader typed does not, and least of all its ending,
which would press or submit something. One burst is one gesture: a reader that ends twice, or
sends several lines, has read one badge.
"""

from collections.abc import Iterable
from dataclasses import field
from enum import Enum, auto
from typing import Generic, TypeVar

from kiosk.session.model.value import value

APART_MS = 45
"""Longer between two keys is a person: readers take 1 to 30 ms, quick fingers 60 and more."""
SHORTEST, LONGEST = 4, 64
FEWEST = 2
"""So many keys at that pace and an ending are no finger's, if too few for a badge."""
FLOW_MS = 1_000
"""Who typed a sign so lately is in the middle of typing."""
MOST = 4096
"""Keys: no line of the kiosk takes that much, and a reader that is stuck never pauses."""

E = TypeVar("E")


class Kind(Enum):
    """What a key may be to a burst."""

    SIGN = auto()
    SHIFT = auto()
    ENDING = auto()
    OTHER = auto()


@value
class Key(Generic[E]):
    """A key that went down or up. ``event`` is what it came as, ``text`` what it typed.

    ``code`` is its position, ``at_ms`` the system's time, ``repeat`` that it was held down.
    """

    event: E = field(repr=False)
    down: bool
    code: int = field(repr=False)
    kind: Kind
    text: str = field(default="", repr=False)
    shift: bool = False
    repeat: bool = False
    at_ms: int = 0


@value
class Typed(Generic[E]):
    """Fingers: these go on to where they were meant."""

    keys: tuple[Key[E], ...] = field(repr=False)


@value
class Read(Generic[E]):
    """A reader: these go nowhere, unless the page they were typed into is to have them.

    ``again`` says that there is nothing to look up: it is the rest of a gesture, or too short.
    """

    keys: tuple[Key[E], ...] = field(repr=False)
    again: bool = False


Outcome = Typed[E] | Read[E]


class Burst(Generic[E]):
    """Hears keys one by one and says of each, at once or later, which of the two it was."""

    def __init__(self) -> None:
        """Nothing heard yet."""
        self.in_flow = False
        """Whether a sign of fingers in the middle of typing is not held back: where no badge is."""
        self._held: list[Key[E]] = []
        self._signs = 0
        self._last_ms = 0
        self._in_gesture = False
        self._eaten: set[int] = set()

    @property
    def waits(self) -> bool:
        """Whether a burst may be going on, so that a pause has to be told."""
        return bool(self._signs) or self._in_gesture

    def hear(self, key: Key[E]) -> list[Outcome[E]]:
        """What is known by this key. Only a press can decide anything."""
        if not key.down:
            return self._let_go(key)
        outcomes: list[Outcome[E]] = []
        since = apart(self._last_ms, key.at_ms)
        flows = self.in_flow and APART_MS < since <= FLOW_MS
        if since > APART_MS:
            outcomes += self.pause()
        if key.kind is Kind.SHIFT and self._held:
            # A reader types capital letters as a person does.
            self._held.append(key)
        elif key.kind is Kind.ENDING and (self._signs or self._in_gesture):
            self._last_ms = key.at_ms
            outcomes += self._ended(key)
        elif key.kind is Kind.SIGN and (self._held or not key.repeat):
            # In a burst the same sign twice in one millisecond is told as held down too.
            self._last_ms = key.at_ms
            self._signs += 1
            if flows:
                return [*outcomes, Typed((key,))]
            self._held.append(key)
            if len(self._held) > MOST:
                outcomes.append(self._taken())
        else:
            outcomes += self.pause() if key.kind is not Kind.SHIFT else []
            outcomes.append(Typed((key,)))
        return outcomes

    def pause(self) -> list[Outcome[E]]:
        """No key came for longer than a reader takes: what is held back was typed."""
        held = tuple(self._held)
        self._held, self._signs, self._in_gesture = [], 0, False
        return [Typed(held)] if held else []

    def forget(self) -> None:
        """What is held back was meant for what is gone; its releases go nowhere either."""
        self._eaten |= pressed(self._held)
        self._held, self._signs, self._in_gesture = [], 0, False
        self._last_ms = 0

    def _let_go(self, key: Key[E]) -> list[Outcome[E]]:
        """No key is let go before it is pressed: behind one that is held back, its end waits."""
        if key.code in self._eaten:
            self._eaten.discard(key.code)
            return [Read((key,), again=True)]
        if self._held:
            self._held.append(key)
            return []
        return [Typed((key,))]

    def _ended(self, key: Key[E]) -> list[Outcome[E]]:
        if self._in_gesture or self._signs >= SHORTEST:
            return [self._taken(key)]
        held, few = tuple(self._held), self._signs < FEWEST
        self._held, self._signs = [], 0
        if few:
            return [Typed((*held, key))]
        return [Typed(held), self._taken(key)]

    def _taken(self, *ending: Key[E]) -> Read[E]:
        """A reader's: what went down in it comes up in it or later, and is the reader's too."""
        keys, again = (*self._held, *ending), self._in_gesture or self._signs < SHORTEST
        self._held, self._signs, self._in_gesture = [], 0, True
        self._eaten |= pressed(keys)
        return Read(keys, again)


def pressed(keys: Iterable[Key[E]]) -> set[int]:
    """The positions that went down among them and have not come up again."""
    down: set[int] = set()
    for key in keys:
        (down.add if key.down else down.discard)(key.code)
    return down


def apart(before_ms: int, after_ms: int) -> int:
    """Milliseconds between two keys by the system's time; 0 where it tells none."""
    return after_ms - before_ms if before_ms and after_ms else 0
