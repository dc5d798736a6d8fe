"""What goes wrong under a seed, and how often: drawn once, so that a failing seed can be shrunk."""

from collections import Counter
from dataclasses import dataclass, field, replace
from random import Random

MESSAGES = ("lost", "answer_lost", "slow", "repeated", "server_fault", "portal", "garbled")
COMPUTER = ("crash", "outage", "keychain", "full_disk", "clock", "sleep", "file_flipped")
SERVER = ("restart", "away")
PEOPLE = (
    *("deactivation", "promotion", "revoked", "roster", "web_edit", "screen_lock"),
    *("new_password", "revoked_now"),
)
KINDS = (*MESSAGES, *COMPUTER, *SERVER, *PEOPLE)
AT_A_SITE = (
    *("crash", "outage", "keychain", "full_disk", "clock", "sleep", "screen_lock"),
    *("no_room", "hour_off", "file_flipped", "site_down", "signed_out", "forgotten"),
    *("changed_password", "code_refused", "stands", "redrawn", "by_hand", "sign_out_refused"),
    "asks_anew",
)
"""Where there is only a web sign-in."""
OF_A_SITE = frozenset({4, 6, 9})
"""The last digits of the seeds that are of a site."""

WALKS = (250, 500)
"""Minutes: longer than a case lasts without a sign of life, and longer than it lasts at all."""


@dataclass(frozen=True, slots=True)
class Chaos:
    """One seed's plan: how many kiosks, how long, and the kinds of faults that are on.

    ``peace`` is the mean time in seconds between two troubles of a kind, ``nights`` how often
    everybody goes home, ``walk`` for how many minutes nobody is there at all. ``at_site``: there is
    no server of ours, only a page to sign in on.
    """

    seed: int
    kiosks: int
    minutes: int
    kinds: frozenset[str]
    nights: int = 0
    peace: float = 150.0
    at_site: bool = False
    walk: int = 0

    @classmethod
    def of(cls, seed: int, *, short: bool = False) -> "Chaos":
        """Swarm: each seed has only some kinds of faults, so that they do not drown each other.

        A ``short`` one has fewer computers and minutes, and the troubles come faster.
        """
        at_site = seed % 10 in OF_A_SITE
        draw = Random(f"{'at a site' if at_site else 'chaos'} {seed}")
        kinds = frozenset(
            kind for kind in (AT_A_SITE if at_site else KINDS) if draw.random() < 0.45
        )
        nights = draw.choice([0, 0, 0, 0, 0, 1, 3])
        if short:
            kiosks, minutes = draw.choice([1, 2, 2]), draw.randint(1, 3)
            walk = draw.choice([*[0] * 12, *[20] * 3, *WALKS])
            return cls(seed, kiosks, minutes, kinds, min(nights, 1), 45, at_site, walk)
        kiosks, minutes = draw.choice([1, 2, 2, 3]), draw.randint(4, 12)
        walk = draw.choice([*[0] * 8, *[20] * 6, *WALKS])
        return cls(seed, kiosks, minutes, kinds, nights, at_site=at_site, walk=walk)

    def smaller(self) -> list["Chaos"]:
        """Plans with one thing less."""
        less = [replace(self, kinds=self.kinds - {kind}) for kind in sorted(self.kinds)]
        if self.nights:
            less.append(replace(self, nights=0))
        if self.walk:
            less.append(replace(self, walk=0))
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
