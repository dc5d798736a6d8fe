"""What the kiosk of a profile says of itself, for ``kiosk status``, and what of it is believed.

Not over the lock that a running kiosk holds; and what is not said counts as busy: better an update
late than in a case. Must never make or change anything. Standard library only: ``main`` wants it
so.
"""

from dataclasses import dataclass, field
from pathlib import Path

from kiosk.desktop.single_instance import is_running
from kiosk.local.json_files import object_in, read_text
from kiosk.local.profile import LOCK, STATUS

MOST_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Standing:
    """One kiosk. ``user`` (empty: one's own) and ``folder`` say whose and where, ``told`` is what
    it says of itself.

    ``running`` is None where it cannot be known; ``why`` is then a sentence.
    """

    user: str
    folder: Path
    running: bool | None
    told: dict[str, object] = field(default_factory=dict)
    why: str = ""

    @property
    def busy(self) -> bool:
        """Whether somebody is active, or may be."""
        return self.running is not False and self.told.get("busy") is not False

    def as_json(self) -> dict[str, object]:
        """As ``kiosk status --json`` prints it."""
        more = {"why": self.why} if self.why else {}
        return {**self.told, "running": self.running, "busy": self.busy, **more}

    @property
    def sentence(self) -> str:
        """As ``kiosk status`` prints it."""
        if self.why:
            return self.why
        if not self.running:
            return "The kiosk is not running."
        if not self.told:
            return "The kiosk is running and has not said yet what it is doing."
        case = self.told.get("case")
        if isinstance(case, dict):
            until = f" It ends at {case.get('until')} at the latest."
            return f"The kiosk is running. A case is in progress since {case.get('since')}.{until}"
        said = f"The kiosk is running. {'Somebody' if self.busy else 'Nobody'} is active."
        return f"{said} {code}" if (code := self._code()) else said

    def _code(self) -> str:
        """When it asks for a code, as far as it says."""
        if self.told.get("trusted") is False:
            return "The next sign-in needs a provider's code."
        days = self.told.get("trust_days")
        if not isinstance(days, int):
            return ""
        left = "less than a day" if days < 1 else "1 day" if days == 1 else f"{days} days"
        return f"A code is asked for in {left}, if nobody signs in before."


def look_at(data: Path, user: str = "") -> Standing:
    """The kiosk whose data lie there, as this process may see it; never through a link."""
    try:
        running = is_running(data / LOCK)
    except OSError as fault:
        return unknown(data, f"{data} cannot be looked into: {fault.strerror}.", user)
    told = object_in(read_text(data / STATUS, MOST_BYTES, links=False)) if running else {}
    return Standing(user, data, running, told)


def unknown(folder: Path, sentence: str, user: str = "") -> Standing:
    """Nothing could be seen there, and why."""
    return Standing(user, folder, None, why=sentence)
