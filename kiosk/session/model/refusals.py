"""Why something did not happen: the server said no, could not be reached, or this computer failed.

Three kinds that are never confused with each other: session expiry is not an outage, an outage is
not a refusal, and a locked keychain is neither (facts.md section 4).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Code(StrEnum):
    """The stable codes of the server contract that a kiosk can meet; all others are OTHER.

    What a PIN or a badge is refused for is said by this computer itself, in the same words.
    """

    CREDENTIALS_WRONG = "credentials_wrong"
    DEVICE_PASSWORD_WRONG = "device_password_wrong"
    PASSWORD_CHANGED = "password_changed"
    SESSION_ENDED = "session_ended"
    TRUST_MISSING = "trust_missing"
    TRUST_LAPSED = "trust_lapsed"
    TRUST_REVOKED = "trust_revoked"
    ACCOUNT_DEACTIVATED = "account_deactivated"
    ACCOUNT_PRIVILEGED = "account_privileged"
    PERSON_UNLISTED = "person_unlisted"
    DEVICE_REVOKED = "device_revoked"
    REVOKED_NOW = "revoked_now"
    CASE_ON = "case_on"
    CHALLENGE_UNKNOWN = "challenge_unknown"
    CHALLENGE_OVER = "challenge_over"
    PLACE_UNKNOWN = "place_unknown"
    INVITATION_UNKNOWN = "invitation_unknown"
    INVITATION_OVER = "invitation_over"
    SESSION_ALIVE = "session_alive"
    INVALID = "invalid"
    BADGE_UNKNOWN = "badge_unknown"
    BADGE_LAYOUT = "badge_layout"
    BADGE_CAPS_LOCK = "badge_caps_lock"
    BADGES_NONE = "badges_none"
    PIN_NEEDED = "pin_needed"
    PIN_WRONG = "pin_wrong"
    PIN_UNKNOWN = "pin_unknown"
    PIN_SPENT = "pin_spent"
    PIN_WEAK = "pin_weak"
    PIN_DIFFERS = "pin_differs"
    NOT_PERSONAL = "not_personal"
    NOT_OFFERED = "not_offered"
    COMPUTER_JOINED = "computer_joined"
    CODE_WRONG = "code_wrong"
    CODE_OVER = "code_over"
    TOO_MANY_TRIES = "too_many_tries"
    RESEND_TOO_SOON = "resend_too_soon"
    TEXTS_CAPPED = "texts_capped"
    AUDIT_GAP = "audit_gap"
    AUDIT_FORKED = "audit_forked"
    OTHER = "other"


A_CODE_HELPS = frozenset(
    {
        Code.TRUST_MISSING,
        Code.TRUST_LAPSED,
        Code.TRUST_REVOKED,
        Code.DEVICE_REVOKED,
        Code.REVOKED_NOW,
        Code.DEVICE_PASSWORD_WRONG,
    }
)
PIN_OVER = frozenset({Code.PIN_UNKNOWN, Code.PIN_SPENT})
"""After these the PIN opens nothing here any more: the password is asked for, and a new PIN."""
OF_THE_COMPUTER = frozenset({Code.DEVICE_REVOKED, Code.REVOKED_NOW, Code.AUDIT_FORKED})
"""These are said of the computer, and so of every account on it."""
ENDS_TRUST = A_CODE_HELPS | {
    Code.ACCOUNT_DEACTIVATED,
    Code.ACCOUNT_PRIVILEGED,
    Code.AUDIT_FORKED,
}
"""After these nobody is let in before the server has said yes again: neither a restart nor a
pulled cable brings back what it took away (laws 6, 7, 12)."""


CUTS_THROUGH = frozenset({Code.REVOKED_NOW})
"""What takes somebody out of a case all the same: an admin has meant it so (law 9)."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """The server's no. ``told`` is the raw code, for OTHER; ``names`` the places that exist.

    ``anchor_*`` is how far the server has this computer's audit, where it says so.
    """

    code: Code
    told: str = ""
    tries_left: int | None = None
    retry_at: datetime | None = None
    names: tuple[str, ...] = ()
    anchor_sequence: int = 0
    anchor_digest: str = ""


class Unreachable(StrEnum):
    """Why the server could not be reached, as far as it can be told (threats.md T9, T19).

    What proxies and filters answer is told apart, for each is mended by somebody else, elsewhere.
    """

    NO_INTERNET = "no_internet"
    NO_ANSWER = "no_answer"
    PORTAL = "portal"
    PROXY_SIGN_IN = "proxy_sign_in"
    PROXY_FAULT = "proxy_fault"
    BLOCKED = "blocked"
    NOT_THERE = "not_there"
    TOO_LARGE = "too_large"
    BUSY = "busy"
    UNTRUSTED = "untrusted"
    SERVER_FAULT = "server_fault"
    NOT_UNDERSTOOD = "not_understood"
    ADDRESS = "address"


IN_THE_WAY = frozenset(
    {Unreachable.BLOCKED, Unreachable.NOT_THERE, Unreachable.TOO_LARGE, Unreachable.BUSY}
)
"""Something in between does not let this pass, and may well let other calls: a limit on what is
sent stops no question for news."""


class Fault(StrEnum):
    """What is wrong with this computer; each has a sentence in ``words``."""

    KEYCHAIN_ABSENT = "keychain_absent"
    KEYCHAIN_LOCKED = "keychain_locked"
    KEYCHAIN_SLOW = "keychain_slow"
    KEYCHAIN_CORRUPT = "keychain_corrupt"
    KEYCHAIN_TOO_LARGE = "keychain_too_large"
    KEYCHAIN_REFUSED = "keychain_refused"
    RECORDS_FULL = "records_full"
    RECORDS_UNREADABLE = "records_unreadable"
    RECORDS_BROKEN = "records_broken"
    RECORDS_NEWER = "records_newer"
    SETTINGS_UNREADABLE = "settings_unreadable"
    UNEXPECTED = "unexpected"


Reason = Refusal | Unreachable | Fault
"""Every way in which the server, the way to it, or this computer can fail."""
