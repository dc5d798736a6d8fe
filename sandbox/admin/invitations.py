"""Invitations: mailed, read, accepted once, never while a session lives (facts.md S8 to S10)."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from sandbox.access.grants import organization
from sandbox.contract.refusals import Refusal
from sandbox.server.tokens import fingerprint, hash_password, new_secret
from sandbox.tables.rows import Account, Invitation, Mail

LIFE = timedelta(days=7)


def send(db: Session, account: Account, origin: str, now: datetime) -> None:
    """Mail a new link to the account's e-mail."""
    token = new_secret()
    db.add(Invitation(token_hash=fingerprint(token), account_id=account.id, expires_at=now + LIFE))
    db.add(
        Mail(
            recipient=account.email,
            subject=f"You are invited to {organization(db)} on Xchart",
            body=f"You were invited to use Xchart as {account.label}. Sign out of Xchart on the "
            "computer you will use, then open the link. It works once, for seven days.",
            link=f"{origin}/invitations/{token}",
            sent_at=now,
        )
    )


def find(db: Session, token: str, now: datetime) -> tuple[Invitation, Account]:
    """The open invitation and its account."""
    invitation = db.get(Invitation, fingerprint(token))
    if invitation is None:
        raise Refusal("invitation_unknown")
    account = db.get_one(Account, invitation.account_id)
    if invitation.used_at is not None or now >= invitation.expires_at or not account.active:
        raise Refusal("invitation_over")
    return invitation, account


def value(db: Session, account: Account) -> dict[str, str]:
    """``Invitation`` of the contract."""
    return {
        "account_label": account.label,
        "email": account.email,
        "organization": organization(db),
    }


def accept(
    db: Session, token: str, password: str, phone: str, *, session_alive: bool, now: datetime
) -> Account:
    """Complete the set-up. ``phone`` may be another account's too (S11)."""
    invitation, account = find(db, token, now)
    if session_alive:
        raise Refusal("session_alive")
    invitation.used_at = now
    account.password_hash = hash_password(password)
    account.phone = phone.replace(" ", "")
    return account
