"""Dropping trust so that it stays dropped, whatever fails and whenever (laws 1, 7).

A keychain may hang, or the power may go, between the server's word and the deletion. So a mark is
written to the disk first, and it counts until the keychain has let go.
"""

from contextlib import suppress

from kiosk.session.model.refusals import Fault
from kiosk.session.model.trust import NoTrust, Trust
from kiosk.sync.files import LocalFiles
from kiosk.sync.secrets.safe import Safe, TrustSecret


def remembered_trust(safe: Safe, remembered: LocalFiles, account_id: str) -> Trust | NoTrust:
    """What there is of that account; dropped, missing or unreadable counts as none (law 1)."""
    if remembered.trust_dropped(account_id):
        drop_trust(safe, remembered, account_id)
        return NoTrust.REMOVED
    match safe.trust(account_id):
        case None:
            return NoTrust.REMOVED
        case Fault():
            return NoTrust.UNREADABLE
        case TrustSecret(horizon_at=horizon_at):
            return Trust(account_id, horizon_at)


def drop_trust(safe: Safe, remembered: LocalFiles, account_id: str) -> Fault | None:
    """Forget trust of that account; on a fault of the keychain the mark stays and counts."""
    with suppress(OSError):  # a full disk: the keychain is still asked
        remembered.mark_dropped(account_id)
    fault = safe.forget_trust(account_id)
    if fault is None:
        with suppress(OSError):  # a mark too many asks for a code too many, nothing worse
            remembered.unmark_dropped(account_id)
    return fault
