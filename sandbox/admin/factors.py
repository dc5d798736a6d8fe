"""Somebody's second factor, changed by an admin: another phone, or a lost app taken off (S12).

Whoever it is about is told by e-mail: an admin's word is enough to move where their codes go, and
nobody moves them unseen.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from sandbox.access import challenges
from sandbox.contract.refusals import Refusal
from sandbox.identity import authenticators
from sandbox.identity.accounts import only_approver
from sandbox.server.tokens import code_fingerprint
from sandbox.tables.rows import Account, Challenge, Code, Mail, Text

UNEXPECTED = "Not expected? Tell an admin of the office at once."


def change_phone(db: Session, account_id: str, phone: str, now: datetime) -> None:
    """Codes go there from now on; one that lies on the old phone opens nothing any more."""
    account = _personal(db, account_id)
    number = phone.replace(" ", "")
    if account.phone == number:
        return
    _void_texted(db, account.id, now)
    account.phone = number
    told = f"From now on the codes of Xchart are texted to the phone ending {number[-2:]}."
    _tell(db, account, "Your codes go to another phone", told, now)
    db.flush()


def take_app_off(db: Session, account_id: str, now: datetime) -> None:
    """Their app makes no codes that count any more: it was lost, or is somebody else's now.

    Refused as ``last_approver`` where nobody else could let a computer in.
    """
    account = _personal(db, account_id)
    if not authenticators.holds(db, account.id):
        return
    give_app_up(db, account)
    told = "Your authenticator app makes no codes for Xchart any more. Set one up on your Profile."
    _tell(db, account, "Your authenticator app was taken off", told, now)
    db.flush()


def give_app_up(db: Session, account: Account) -> None:
    """Their app counts for nothing any more, by an admin's hand or their own."""
    if not account.phone and only_approver(db, account):
        raise Refusal("last_approver")
    authenticators.remove(db, account.id)


def _personal(db: Session, account_id: str) -> Account:
    account = db.get(Account, account_id)
    if account is None or account.shared or not account.active:
        raise Refusal("unknown", "no such personal account")
    return account


def _void_texted(db: Session, approver_id: str, now: datetime) -> None:
    since = now - challenges.CODE_LIFE
    wanted = select(Text.code).where(Text.approver_id == approver_id, Text.sent_at > since)
    texted = db.scalars(wanted).all()
    for code in db.scalars(select(Code).where(~Code.void, Code.expires_at > now)):
        challenge = db.get_one(Challenge, code.challenge_id)
        made = {code_fingerprint(each, challenge.id, challenge.jkt) for each in texted}
        code.void = code.code_hash in made


def _tell(db: Session, account: Account, subject: str, told: str, now: datetime) -> None:
    body = f"{told} An admin changed this. {UNEXPECTED}"
    db.add(Mail(recipient=account.email, subject=subject, body=body, link="", sent_at=now))
