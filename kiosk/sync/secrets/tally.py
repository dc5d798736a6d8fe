"""What the keychain keeps for one account's PIN: the pepper, and how often it was tried in vain."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kiosk.local.json_files import instant_in, object_in
from kiosk.sync.secrets.seal import bytes_of, text_of

LONG_WAIT = timedelta(hours=1)
"""The longest that anybody waits here after what was typed in vain."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What the keychain keeps for one account's PIN: the pepper and the failures."""

    pepper: bytes = field(repr=False)
    failures: int = 0
    wait_until: datetime | None = None

    def written(self) -> str:
        """As JSON."""
        return json.dumps(
            {
                "pepper": text_of(self.pepper),
                "failures": self.failures,
                "wait_until": self.wait_until.isoformat() if self.wait_until else None,
            }
        )


def waits(until: datetime | None, at: datetime) -> bool:
    """Whether no try may be made yet; a wait longer than any was set by a wrong clock."""
    return until is not None and at < until <= at + LONG_WAIT


def tally_of(text: str) -> tuple[Tally, str] | None:
    """From JSON, with the share that a kiosk of before kept beside it, or an empty text."""
    told = object_in(text)
    match told:
        case {
            "pepper": str(pepper),
            "failures": int(failures),
            "wait_until": str() | None as until,
        }:
            pass
        case _:
            return None
    at, share = instant_in(until), told.get("share", "")
    if (until is not None and at is None) or not isinstance(share, str):
        return None
    try:
        return Tally(bytes_of(pepper), failures, at), share
    except ValueError:
        return None
