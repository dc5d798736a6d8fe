"""What a site remembers in a page's profile, carried over a restart: its cookies, its storage.

Every value here is a secret, and a snapshot may hold patients: they go between the screen and the
encrypted store, and never through an event, an effect or a state (law 10).
"""

from dataclasses import field
from datetime import datetime
from enum import StrEnum

from kiosk.session.model.value import value


class SameSite(StrEnum):
    """Which requests from elsewhere a cookie goes along with. The embedded engine never says."""

    UNTOLD = "untold"
    NONE = "none"
    LAX = "lax"
    STRICT = "strict"


@value
class CookieName:
    """Which cookie (RFC 6265 section 5.3). A ``domain`` without a leading dot is that host alone.

    The name is octets, read as Latin-1.
    """

    domain: str
    path: str
    name: str


@value
class Cookie:
    """One cookie. ``content`` is octets, read as Latin-1; ``expires_at`` None: with the profile."""

    called: CookieName
    content: str = field(repr=False)
    expires_at: datetime | None = None
    secure: bool = False
    http_only: bool = False
    same_site: SameSite = SameSite.UNTOLD

    def is_over(self, now: datetime) -> bool:
        """Whether the site has it no more."""
        return self.expires_at is not None and self.expires_at <= now


@value
class Storage:
    """What an origin keeps beside its cookies, in the words of ``resources/web/storage.js``."""

    origin: str
    text: str = field(repr=False)


@value
class Carried:
    """Everything that is put back into one account's profile."""

    cookies: tuple[Cookie, ...] = field(default=(), repr=False)
    storages: tuple[Storage, ...] = ()


@value
class Taken:
    """A snapshot of an origin, and what is missing in it. ``storage`` None: it was too large.

    ``bound_keys`` are records with keys that never leave a browser, so that the site will ask for a
    code after every restart; ``strange`` are others that cannot be carried.
    """

    origin: str
    storage: Storage | None
    bound_keys: int = 0
    strange: int = 0
