"""An account's first factor, as the keychain holds it."""

import json
from dataclasses import dataclass, field

from kiosk.local.json_files import object_in
from kiosk.session.model.people import Account, Role

ROLES = [role.value for role in Role]


@dataclass(frozen=True, slots=True)
class Credential:
    """An account, and the first factor that its server issued to it for this computer.

    ``server`` is the origin that may be told it: no file can redirect it elsewhere.
    """

    account: Account
    server: str
    device_password: str = field(repr=False)


def void(credential: Credential) -> bool:
    """Whether the shared account has a new password that this computer was not told yet."""
    return credential.account.shared and not credential.device_password


def written_credential(credential: Credential) -> str:
    """As JSON; the account's id is the item's."""
    account = credential.account
    return json.dumps(
        {
            "label": account.label,
            "shared": account.shared,
            "roles": sorted(account.roles),
            "server": credential.server,
            "password": credential.device_password,
        }
    )


def credential_of(account_id: str, text: str) -> Credential | None:
    """What was kept for that account; None where it cannot be understood."""
    match object_in(text):
        case {
            "label": str(label),
            "shared": bool(shared),
            "roles": list(told),
            "server": str(server),
            "password": str(password),
        } if all(role in ROLES for role in told):
            roles = frozenset(Role(role) for role in told)
            return Credential(Account(account_id, label, shared, roles), server, password)
        case _:
            return None
