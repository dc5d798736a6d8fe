"""A cookie in the engine's words and in the kiosk's, and the address from which it is put back.

Given the cookie as it was told, the engine makes a cookie of a host alone into one of a domain and
drops those whose name begins with ``__Host-`` (RFC 6265 bis section 4.1.3).
"""

from collections.abc import Iterable
from datetime import UTC, datetime

from PySide6.QtCore import QDateTime, QUrl
from PySide6.QtNetwork import QNetworkCookie

from kiosk.session.model.carried import Cookie, CookieName, SameSite

POLICIES = {
    # The engine never says. Lax is what a browser takes where a site says nothing.
    SameSite.UNTOLD: QNetworkCookie.SameSite.Lax,
    SameSite.NONE: QNetworkCookie.SameSite.None_,
    SameSite.LAX: QNetworkCookie.SameSite.Lax,
    SameSite.STRICT: QNetworkCookie.SameSite.Strict,
}
OVER = QDateTime.fromSecsSinceEpoch(1)
"""A cookie that is set with this is deleted."""


def as_told(engines: QNetworkCookie) -> Cookie:
    """What the engine told."""
    called = CookieName(
        engines.domain(), engines.path(), bytes(engines.name().data()).decode("latin-1")
    )
    expires_at = None
    if not engines.isSessionCookie():
        expires_at = datetime.fromtimestamp(engines.expirationDate().toSecsSinceEpoch(), UTC)
    content = bytes(engines.value().data()).decode("latin-1")
    return Cookie(called, content, expires_at, engines.isSecure(), engines.isHttpOnly())


def as_given(cookie: Cookie) -> QNetworkCookie:
    """What the engine is given, together with ``address_of``."""
    called = cookie.called
    made = QNetworkCookie(called.name.encode("latin-1"), cookie.content.encode("latin-1"))
    made.setDomain(called.domain if called.domain.startswith(".") else "")
    made.setPath(called.path)
    made.setSecure(cookie.secure)
    made.setHttpOnly(cookie.http_only)
    made.setSameSitePolicy(POLICIES[cookie.same_site])
    if cookie.expires_at is not None:
        made.setExpirationDate(QDateTime.fromSecsSinceEpoch(int(cookie.expires_at.timestamp())))
    return made


def as_deleted(cookie: Cookie) -> QNetworkCookie:
    """What takes that very cookie away, and no partitioned one that is called the same."""
    made = as_given(cookie)
    made.setValue(b"")
    made.setExpirationDate(OVER)
    return made


def address_of(cookie: Cookie, origins: Iterable[QUrl]) -> QUrl:
    """Who may set it: an origin of the site's, as it is; else that host, over TLS."""
    host = cookie.called.domain.removeprefix(".").strip("[]")
    for origin in origins:
        if origin.host() == host:
            return origin
    address = QUrl()
    address.setScheme("https")
    address.setHost(host)
    address.setPath("/")
    return address
