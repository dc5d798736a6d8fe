"""From the number that a badge reader typed to the mark by which the grant knows whose it is.

HMAC-SHA256 under the clinic's key out of the keychain (design.md section 6, badge numbers). The
number is kept nowhere.
"""

import hmac

from kiosk.session.model.refusals import Fault
from kiosk.sync.secrets.safe import Safe
from kiosk.sync.secrets.seal import bytes_of


class Badges:
    """The badges of one kiosk."""

    def __init__(self, safe: Safe) -> None:
        self._safe = safe

    def mark(self, number: str) -> str | Fault:
        """Hexadecimal, 64 signs; empty where this computer knows of no badges, nobody's."""
        told = self._safe.badge_key()
        if told is None:
            return ""
        if isinstance(told, Fault):
            return told
        try:
            key = bytes_of(told)
        except ValueError:
            return Fault.KEYCHAIN_CORRUPT
        return hmac.digest(key, number.strip().encode(), "sha256").hex()
