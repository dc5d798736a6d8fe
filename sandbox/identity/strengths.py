"""How sure somebody may be said to be who they are, and on what kind of account.

A PIN opens a login of one's own; a name is typed only where several share one.
"""

from sandbox.tables.rows import Account

PIN, BADGE, TILE, NONE = "pin", "badge", "tile", "none"
SELF_NAMED = "self-named"

ON_SHARED = frozenset({BADGE, TILE, NONE, SELF_NAMED})
ON_PERSONAL = frozenset({PIN, BADGE, TILE})
OF_BEFORE = frozenset({NONE})
"""Recorded on personal accounts before there were PINs; nobody begins anything with it."""


def may_enter(account: Account, strength: str) -> bool:
    """Whether somebody may begin a session there like that."""
    return strength in (ON_SHARED if account.shared else ON_PERSONAL)


def may_be_said(account: Account, strength: str) -> bool:
    """Whether a computer is believed that somebody acted there like that."""
    return may_enter(account, strength) or (not account.shared and strength in OF_BEFORE)
