"""Dropping trust so that it stays dropped, whatever fails and whenever (laws 1, 7).

A keychain may hang, or the power may go, between the server's word and the deletion. So a mark is
written to the disk first, and it counts until the keychain has let go.
"""

from contextlib import suppress

from kiosk.session.model.refusals import Fault
from kiosk.sync.files import LocalFiles
from kiosk.sync.secrets.safe import Safe


def drop_trust(safe: Safe, remembered: LocalFiles, account_id: str) -> Fault | None:
    """Forget trust of that account; on a fault of the keychain the mark stays and counts."""
    with suppress(OSError):  # a full disk: the keychain is still asked
        remembered.mark_dropped(account_id)
    fault = safe.forget_trust(account_id)
    if fault is None:
        with suppress(OSError):  # a mark too many asks for a code too many, nothing worse
            remembered.unmark_dropped(account_id)
    return fault
