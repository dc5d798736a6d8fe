"""A web browser in the place of a device: by a secret in its cookie, counted by the same rules.

Whoever can set a cookie for this host (another port of it, a page over plain HTTP) can give a
browser a secret of their own. So what is remembered is never the secret that a browser brought: it
is given a new one with the code that was accepted (ASVS 5.0, 7.2.4; threats T26).
"""

import re
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from sandbox.access import trust
from sandbox.server.tokens import fingerprint, new_secret
from sandbox.tables.rows import Account, Trust

_AS_MADE = re.compile("[A-Za-z0-9_-]{43}")


def secret_in(cookie: str) -> str:
    """What the browser is known by; a new one where it brought nothing that we make."""
    return cookie if _AS_MADE.fullmatch(cookie) else new_secret()


def identity(secret: str) -> str:
    """What stands in the place of a device's thumbprint."""
    return "web:" + fingerprint(secret)[:43]


def remember(db: Session, account: Account, brought: str, now: datetime) -> str:
    """Trust this browser for the account from now on; the secret that it is known by from now on.

    Whoever else signs in there goes on with it, and the one that was brought is nobody's.
    """
    secret = new_secret()
    there = db.scalars(select(Trust).where(Trust.jkt == identity(brought))).all()
    for row in there:
        row.jkt, row.token_hash = identity(secret), fingerprint(secret)
    db.flush()
    row, _ = trust.give(db, account, identity(secret), now)
    row.token_hash = fingerprint(secret)
    return secret
