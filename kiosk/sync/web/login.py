"""The e-mail and password of a site's account, as they lie in the keychain (facts.md S14)."""

import hashlib
import json
from dataclasses import dataclass, field

from kiosk.local.json_files import object_in
from kiosk.local.settings import Site
from kiosk.session.model.people import Account
from kiosk.session.model.site import Part
from kiosk.sync.secrets.safe import Credential

BOUND = 32


@dataclass(frozen=True, slots=True)
class Login:
    """What is typed at the site. ``bound`` is the site that it was typed for (``site_of``)."""

    email: str = field(repr=False)
    password: str = field(repr=False)
    bound: str

    def typed(self) -> dict[Part, str]:
        """By the part of the page that asks for it."""
        return {Part.EMAIL: self.email, Part.PASSWORD: self.password}


def site_of(server: str, site: Site) -> str:
    """What decides who can read what is typed, and by what somebody counts as in: as one word.

    Kept beside the password, in the keychain: a settings file that somebody has edited leads it
    nowhere else (threats.md T24); it is asked for again.
    """
    mark = site.marks.signed_in
    told = (server, site.sign_in, *sorted(site.hosts), *((f"signed in: {mark}",) if mark else ()))
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:BOUND]


def login_of(credential: Credential) -> Login | None:
    """What the keychain keeps; None where a new password has to be typed first."""
    match object_in(credential.device_password):
        case {"email": str(email), "password": str(password), "site": str(bound)} if (
            email and password
        ):
            return Login(email, password, bound)
        case _:
            return None


def is_login(credential: Credential) -> bool:
    """Whether it was typed for a site: no server that keeps the contract is ever told it."""
    return "site" in object_in(credential.device_password)


def credential_of(account: Account, server: str, login: Login) -> Credential:
    """As the keychain keeps it."""
    told = {"email": login.email, "password": login.password, "site": login.bound}
    text = json.dumps(told)
    return Credential(account, server, text)
