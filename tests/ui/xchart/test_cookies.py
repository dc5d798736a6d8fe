"""A cookie in both words, there and back; and who may set it."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QUrl
from PySide6.QtNetwork import QNetworkCookie

from kiosk.session.model.carried import Cookie, CookieName, SameSite
from kiosk.ui.xchart.cookies import address_of, as_deleted, as_given, as_told

APP = QUrl("https://app.example:8443/")
LOOPBACK = QUrl("http://127.0.0.1:5001/")

octets = st.text(alphabet=st.characters(min_codepoint=1, max_codepoint=255), min_size=1, max_size=9)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2060, 1, 1)).map(
    lambda each: each.replace(microsecond=0, tzinfo=UTC)
)
cookies = st.builds(
    Cookie,
    st.builds(CookieName, st.sampled_from(["a.example", ".a.example"]), st.just("/x"), octets),
    octets,
    st.one_of(st.none(), moments),
    st.booleans(),
    st.booleans(),
)


@given(cookies)
def test_what_was_told_is_given_back(cookie: Cookie) -> None:
    """All but the host of one that is that host's alone: the address says it."""
    engines = as_given(cookie)
    if not cookie.called.domain.startswith("."):
        assert engines.domain() == ""
        engines.setDomain(cookie.called.domain)
    assert as_told(engines) == cookie


@pytest.mark.parametrize(
    ("same_site", "policy"),
    [
        (SameSite.UNTOLD, QNetworkCookie.SameSite.Lax),
        (SameSite.NONE, QNetworkCookie.SameSite.None_),
        (SameSite.LAX, QNetworkCookie.SameSite.Lax),
        (SameSite.STRICT, QNetworkCookie.SameSite.Strict),
    ],
)
def test_same_site_is_said_as_far_as_it_is_known(
    same_site: SameSite, policy: QNetworkCookie.SameSite
) -> None:
    cookie = Cookie(CookieName("a.example", "/", "n"), "x", same_site=same_site)
    assert as_given(cookie).sameSitePolicy() is policy


def test_what_deletes_one_is_called_the_same_and_long_over() -> None:
    made = as_deleted(Cookie(CookieName(".a.example", "/x", "n"), "secret", secure=True))
    assert (made.domain(), made.path(), made.isSecure()) == (".a.example", "/x", True)
    assert bytes(made.value().data()) == b""
    assert made.expirationDate().toSecsSinceEpoch() == 1


@pytest.mark.parametrize(
    ("domain", "address"),
    [
        ("app.example", "https://app.example:8443/"),
        (".app.example", "https://app.example:8443/"),
        ("127.0.0.1", "http://127.0.0.1:5001/"),
        (".example", "https://example/"),
        ("auth.example", "https://auth.example/"),
        ("[::1]", "https://[::1]/"),
    ],
)
def test_the_address_is_an_origin_of_the_sites_or_that_host_over_tls(
    domain: str, address: str
) -> None:
    cookie = Cookie(CookieName(domain, "/deep", "n"), "x")
    assert address_of(cookie, (APP, LOOPBACK)).toString() == address
