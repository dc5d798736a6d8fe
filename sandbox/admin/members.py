"""The Members page's rules: invite, change roles, deactivate (facts.md S1 to S8, S11).

A shared account cannot be *created* with provider or admin rights. An admin may still promote one
later: the server then refuses it at sign-in, and so must the kiosk (law 6).
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from sandbox.access import badges, pins, sessions
from sandbox.admin import invitations
from sandbox.contract.bodies import MemberChange, MemberRequest
from sandbox.contract.refusals import Refusal
from sandbox.identity.accounts import (
    account_value,
    has_role,
    only_admin,
    only_approver,
    privileged,
)
from sandbox.names import names, namesakes
from sandbox.server.tokens import new_id
from sandbox.tables.rows import Account, Device, Trust


def demand_role(account: Account, role: str) -> None:
    """Refuse an account that may not act in this role (S4)."""
    if not has_role(account, role):
        raise Refusal("role_forbids", f"only for the role {role}")


def member_value(account: Account) -> dict[str, object]:
    """``Member`` of the contract. ``joined``: the invitation was accepted."""
    return {
        **account_value(account),
        "email": account.email,
        "active": account.active,
        "joined": account.password_hash is not None,
    }


def invite(db: Session, wish: MemberRequest, origin: str, now: datetime) -> Account:
    """A new member, and the e-mail that invites them."""
    email = wish.email.strip().lower()
    if any(names.alike(each, email) for each in db.scalars(select(Account.email))):
        raise Refusal("email_taken")
    label = names.tidy(wish.label)
    if namesakes.is_anothers_login(db, label) or namesakes.passes_for_another(db, label):
        raise Refusal("name_taken")
    account = Account(
        id=new_id("acc"),
        label=label,
        email=email,
        shared=wish.shared,
        roles=_with_member(wish.roles),
        active=True,
    )
    if privileged(account):
        raise Refusal("account_privileged")
    account.approver = _approves(account)
    db.add(account)
    db.flush()
    invitations.send(db, account, origin, now)
    return account


def change(
    db: Session, account_id: str, wish: MemberChange, now: datetime, by: Account | None = None
) -> Account:
    """Change roles or activity, as the admin ``by``; without one, as nobody of the practice.

    Deactivation ends every session at once (law 12, S3), and so do rights that a shared account
    must not have (law 6).
    """
    account = db.get(Account, account_id)
    if account is None:
        raise Refusal("unknown", "no such member")
    _demand_somebody_left(db, account, wish, by)
    if wish.roles is not None:
        was = account.roles
        account.roles = _with_member(wish.roles)
        if ("provider" in was) != ("provider" in account.roles):
            # Only when that role comes or goes: a phone that was taken off the codes stays off.
            account.approver = _approves(account)
        if privileged(account):
            sessions.end_all(db, now, account_id=account.id)
    if wish.active is not None and wish.active != account.active:
        account.active = wish.active
        if not wish.active:
            sessions.end_all(db, now, account_id=account.id)
            revoke_trust(db, account_id=account.id)
            pins.forget(db, account.id)
            badges.take_off(db, account.id)
    db.flush()
    return account


def _demand_somebody_left(
    db: Session, account: Account, wish: MemberChange, by: Account | None
) -> None:
    """Nobody shuts themselves out; somebody is left who is an admin, and whose code counts."""
    ends = wish.active is False
    if ends and by is not None and account.id == by.id:
        raise Refusal("own_login")
    kept = account.roles if wish.roles is None else frozenset(wish.roles)
    if (ends or ("provider" in account.roles - kept)) and only_approver(db, account):
        raise Refusal("last_approver")
    if (ends or ("admin" in account.roles - kept)) and only_admin(db, account):
        raise Refusal("last_admin")


def _approves(account: Account) -> bool:
    """Whose codes let computers in: every provider of the organization (S12)."""
    return not account.shared and "provider" in account.roles


def reset_pin(db: Session, account_id: str) -> None:
    """A member's PIN opens nothing any more, in no room; they choose another."""
    account = db.get(Account, account_id)
    if account is None or account.shared:
        raise Refusal("unknown", "no such personal account")
    pins.reset(db, account.id)


def revoke_trust(db: Session, *, account_id: str | None = None, jkt: str | None = None) -> None:
    """A code is needed next time: everywhere for an account, or on one device for everybody."""
    wanted = update(Trust).where(Trust.ended.is_(None))
    if account_id is not None:
        wanted = wanted.where(Trust.account_id == account_id)
    if jkt is not None:
        wanted = wanted.where(Trust.jkt == jkt)
    db.execute(wanted.values(ended="revoked"))


def revoke_device(db: Session, jkt: str, now: datetime, *, at_once: bool = False) -> None:
    """This computer is out: sessions end now, and its key is refused from now on.

    A kiosk that treats a patient waits for the end of the case, unless it is ``at_once``.
    """
    device = db.get(Device, jkt)
    if device is None:
        raise Refusal("unknown", "no such computer")
    device.revoked_at = device.revoked_at or now
    device.revoked_now = device.revoked_now or at_once
    sessions.end_all(db, now, jkt=jkt)
    revoke_trust(db, jkt=jkt)


def _with_member(roles: Iterable[str]) -> frozenset[str]:
    wanted = frozenset(roles)
    return wanted if wanted & {"member", "provider"} else wanted | {"member"}
