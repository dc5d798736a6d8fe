"""The e-mail and password of a site's account, as they lie in the keychain (facts.md S14)."""

import json
from dataclasses import dataclass, field

from kiosk.local.json_files import object_in
from kiosk.session.model.people import Account
from kiosk.session.model.site import Part
from kiosk.sync.secrets.safe import Credential


@dataclass(frozen=True, slots=True)
class Login:
    """What is typed at the site."""

    email: str = field(repr=False)
    password: str = field(repr=False)

    def typed(self) -> dict[Part, str]:
        """By the part of the page that asks for it."""
        return {Part.EMAIL: self.email, Part.PASSWORD: self.password}


def login_of(credential: Credential) -> Login | None:
    """What the keychain keeps; None where a new password has to be typed first."""
    match object_in(credential.device_password):
        case {"email": str(email), "password": str(password)} if email and password:
            return Login(email, password)
        case _:
            return None


def credential_of(account: Account, server: str, login: Login) -> Credential:
    """As the keychain keeps it."""
    text = json.dumps({"email": login.email, "password": login.password})
    return Credential(account, server, text)
