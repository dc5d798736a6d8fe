"""What a badge is known by where no server knows any: a mark under a key of this computer's own.

The number is kept nowhere, as beside a server; the key never leaves the keychain, so that a list
that is copied to another computer says nothing of anybody's badge.
"""

import secrets

from kiosk.session.model.refusals import Fault
from kiosk.sync.badges import Badges
from kiosk.sync.secrets.safe import Safe
from kiosk.sync.secrets.seal import text_of

KEY_BYTES = 32


class SiteBadges:
    """The badges of one computer. The key is made with the first."""

    def __init__(self, safe: Safe) -> None:
        self._safe = safe
        self._marks = Badges(safe)

    def mark(self, number: str) -> str | Fault:
        """Hexadecimal, 64 signs; empty for no number, which must never be anybody's badge."""
        if not number.strip():
            return ""
        if self._safe.badge_key() is None:
            fault = self._safe.keep_badge_key(text_of(secrets.token_bytes(KEY_BYTES)))
            if fault is not None:
                return fault
        return self._marks.mark(number)
