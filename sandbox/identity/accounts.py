"""Who an account is, who may approve for it, and whether it may be used at all."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from sandbox.contract.refusals import Refusal
from sandbox.identity import authenticators
from sandbox.tables.rows import Account, Device, Person

ROLES = ("member", "provider", "admin")
PRIVILEGED = frozenset({"provider", "admin"})


def by_email(db: Session, email: str) -> Account | None:
    """The one account of an e-mail (facts.md S11)."""
    return db.scalar(select(Account).where(Account.email == email.strip().lower()))


def privileged(account: Account) -> bool:
    """Whether a shared account holds provider or admin rights, which it must not (S7)."""
    return account.shared and bool(account.roles & PRIVILEGED)


def has_role(account: Account, role: str) -> bool:
    """Whether the account may act in ``role``; a shared one only ever as a member (S7)."""
    return role in account.roles and (not account.shared or role not in PRIVILEGED)


def demand_active(account: Account) -> None:
    """Refuse a deactivated account."""
    if not account.active:
        raise Refusal("account_deactivated")


def demand_usable(account: Account) -> None:
    """Refuse a deactivated account, and a shared one with rights it must not have (law 6)."""
    demand_active(account)
    if privileged(account):
        raise Refusal("account_privileged")


def usable(account: Account) -> bool:
    """Whether anything may go on in its name: active, and without rights it must not have."""
    return account.active and not privileged(account)


def only_approver(db: Session, account: Account) -> bool:
    """Whether without them nobody had a code for a shared account, on a phone or in an app."""
    if not account.approver or not account.active:
        return False
    others = select(Account).where(
        Account.approver, Account.active, ~Account.shared, Account.id != account.id
    )
    apps = authenticators.holders(db)
    return not any(each.phone or each.id in apps for each in db.scalars(others))


def only_admin(db: Session, account: Account) -> bool:
    """Whether without them nobody could change members, codes and computers any more."""
    if not account.active or not has_role(account, "admin"):
        return False
    others = select(Account).where(
        Account.active, ~Account.shared, Account.password_hash.is_not(None)
    )
    return not any(has_role(each, "admin") for each in db.scalars(others) if each is not account)


def demand_device(db: Session, jkt: str) -> None:
    """Refuse a computer that an admin revoked."""
    device = db.get(Device, jkt)
    if device is not None and device.revoked_at is not None:
        raise Refusal("revoked_now" if device.revoked_now else "device_revoked")


def approvers(db: Session, account: Account) -> list[Account]:
    """Whose code lets this account in: its own person's, by phone or app, else the approvers (S12).

    The approver whose phone the shared account was set up with comes first (S11).
    """
    apps = authenticators.holders(db)
    if not account.shared and (account.phone or account.id in apps):
        return [account]
    wanted = select(Account).where(Account.approver, Account.active, ~Account.shared)
    found = [each for each in db.scalars(wanted) if each.phone or each.id in apps]
    return sorted(found, key=lambda each: (each.phone != account.phone, each.id))


def spoken(label: str) -> str:
    """As the team says it: "Dr. Elena Rivera" is "Dr. Rivera"; others keep their whole name."""
    title, *names = label.split()
    return f"{title} {names[-1]}" if title == "Dr." and names else label


def approver_values(db: Session, account: Account) -> list[dict[str, object]]:
    """``[{id, name, phone_ending, totp}]``."""
    return [
        {
            "id": each.id,
            "name": spoken(each.label),
            "phone_ending": (each.phone or "")[-2:],
            "totp": authenticators.holds(db, each.id),
        }
        for each in approvers(db, account)
    ]


def people(db: Session, account: Account) -> list[dict[str, str]]:
    """``[{id, name}]``: the named assistants; the account itself where nobody is named."""
    named = db.scalars(
        select(Person).where(Person.account_id == account.id).order_by(Person.name)
    ).all()
    if not named:
        return [{"id": account.id, "name": account.label}]
    return [{"id": each.id, "name": each.name} for each in named]


def account_value(account: Account) -> dict[str, object]:
    """``Account`` of the contract."""
    return {
        "id": account.id,
        "label": account.label,
        "shared": account.shared,
        "roles": [role for role in ROLES if role in account.roles],
    }
