"""Authenticator apps: the second factor that needs no text (RFC 6238).

160 bits, half a minute, one step of grace either way, each code once for the account wherever it is
typed. A text is asked for before it can be guessed, and phones take only so many an hour; an app
asks nobody. So wrong codes of one app are capped an hour too, over all computers: whoever knows a
password and makes new device keys has no more guesses than with texts. Texts go on meanwhile.
"""

from datetime import datetime, timedelta

import pyotp
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from sandbox.contract.refusals import Refusal
from sandbox.server.tokens import same
from sandbox.tables.authenticator_rows import Authenticator, UsedStep, WrongAppCode
from sandbox.tables.rows import Account

STEP = 30
GRACE = 1
SETTING_UP = timedelta(minutes=10)
HOUR = timedelta(hours=1)
WRONG_AN_HOUR = 10


def holds(db: Session, account_id: str) -> bool:
    """Whether the account has an app whose codes count."""
    row = db.get(Authenticator, account_id)
    return row is not None and row.confirmed_at is not None


def holders(db: Session) -> set[str]:
    """Every account that has one."""
    wanted = select(Authenticator.account_id).where(Authenticator.confirmed_at.is_not(None))
    return set(db.scalars(wanted))


def begin(db: Session, account: Account, now: datetime) -> str:
    """A fresh secret for the app; it counts for nothing before ``confirm``."""
    secret = pyotp.random_base32(32)
    db.merge(Authenticator(account_id=account.id, totp_secret=secret, begun_at=now))
    db.flush()
    return secret


def begun(db: Session, account_id: str, now: datetime) -> str:
    """The secret that waits for its first code, or nothing: it does not wait long."""
    row = db.get(Authenticator, account_id)
    if row is None or row.confirmed_at is not None or now >= row.begun_at + SETTING_UP:
        return ""
    return row.totp_secret


def confirm(db: Session, account_id: str, now: datetime) -> None:
    """The app makes right codes: from now on they count."""
    db.get_one(Authenticator, account_id).confirmed_at = now


def remove(db: Session, account_id: str) -> None:
    """The app counts for nothing any more."""
    row = db.get(Authenticator, account_id)
    if row is not None:
        db.delete(row)


def address(secret: str, account: Account) -> str:
    """What an app reads from the picture."""
    return pyotp.TOTP(secret).provisioning_uri(name=account.email, issuer_name="Xchart")


def current(db: Session, account_id: str, now: datetime) -> str:
    """What the app shows now: for the phones of the demo, and tests."""
    secret = db.get_one(Authenticator, account_id).totp_secret
    return pyotp.TOTP(secret).generate_otp(_step(now))


def fits(db: Session, account_id: str, offered: str, now: datetime) -> bool:
    """Whether it is a code of the account's app, of now or a step beside it; then it is used up.

    A step counts once, and none before it: who looked on has nothing to type.
    """
    _demand_turn(db, account_id, now)
    totp = pyotp.TOTP(db.get_one(Authenticator, account_id).totp_secret)
    used = db.get(UsedStep, account_id)
    for step in range(_step(now) - GRACE, _step(now) + GRACE + 1):
        fresh = used is None or step > used.step
        if fresh and same(totp.generate_otp(step), offered):
            db.merge(UsedStep(account_id=account_id, step=step))
            return True
    db.add(WrongAppCode(account_id=account_id, at=now))
    return False


def _demand_turn(db: Session, account_id: str, now: datetime) -> None:
    db.execute(delete(WrongAppCode).where(WrongAppCode.at <= now - HOUR))
    wanted = select(WrongAppCode.at).where(WrongAppCode.account_id == account_id)
    wrong = db.scalars(wanted.order_by(WrongAppCode.at)).all()
    if len(wrong) >= WRONG_AN_HOUR:
        wait = wrong[-WRONG_AN_HOUR] + HOUR - now
        raise Refusal("too_many_tries", retry_after=max(1, int(wait.total_seconds())))


def _step(now: datetime) -> int:
    return int(now.timestamp()) // STEP
