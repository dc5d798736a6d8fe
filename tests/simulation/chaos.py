"""What goes wrong under a seed, and how often: drawn once, so that a failing seed can be shrunk."""

from collections import Counter
from dataclasses import dataclass, field, replace
from random import Random

MESSAGES = ("lost", "answer_lost", "slow", "repeated", "server_fault", "portal", "garbled")
COMPUTER = ("crash", "outage", "keychain", "full_disk", "clock", "sleep", "file_flipped")
SERVER = ("restart", "away")
PEOPLE = (
    *("deactivation", "promotion", "revoked", "roster", "web_edit", "screen_lock"),
    "new_password",
)
KINDS = (*MESSAGES, *COMPUTER, *SERVER, *PEOPLE)


@dataclass(frozen=True, slots=True)
class Chaos:
    """One seed's plan: how many kiosks, how long, and the kinds of faults that are on.

    ``peace`` is the mean time in seconds between two troubles of a kind, ``nights`` how often
    everybody goes home.
    """

    seed: int
    kiosks: int
    minutes: int
    kinds: frozenset[str]
    nights: int = 0
    peace: float = 150.0

    @classmethod
    def of(cls, seed: int, *, short: bool = False) -> "Chaos":
        """Swarm: each seed has only some kinds of faults, so that they do not drown each other.

        A ``short`` one has fewer computers and minutes, and the troubles come faster.
        """
        draw = Random(f"chaos {seed}")
        kinds = frozenset(kind for kind in KINDS if draw.random() < 0.45)
        nights = draw.choice([0, 0, 0, 0, 0, 1, 3])
        if short:
            return cls(seed, draw.choice([1, 2, 2]), draw.randint(1, 3), kinds, min(nights, 1), 45)
        return cls(seed, draw.choice([1, 2, 2, 3]), draw.randint(4, 12), kinds, nights)

    def smaller(self) -> list["Chaos"]:
        """Plans with one thing less."""
        less = [replace(self, kinds=self.kinds - {kind}) for kind in sorted(self.kinds)]
        if self.nights:
            less.append(replace(self, nights=0))
        if self.minutes > 1:
            less.append(replace(self, minutes=self.minutes // 2))
        if self.kiosks > 1:
            less.append(replace(self, kiosks=self.kiosks - 1))
        return less


@dataclass(slots=True)
class Tally:
    """What was injected and what was found, over one seed or many."""

    injected: Counter[str] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Tally") -> None:
        """Take another's counts in."""
        self.injected += other.injected
        self.seen += other.seen
