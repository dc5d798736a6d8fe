"""E-mail and password as they lie in the keychain: read back whole, shown nowhere."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.local.settings import Marks, Site
from kiosk.session.model.people import Account
from kiosk.session.model.site import Part
from kiosk.sync.secrets.safe import Credential
from kiosk.sync.web.login import Login, credential_of, login_of, site_of
from tests.support.site_kiosk import PLACE, SITE

OFFICE = Account("web-1", "Office Assistant", True, frozenset())
WORDS = st.text(min_size=1, max_size=60)


@given(WORDS, WORDS)
def test_what_was_typed_is_read_back(email: str, password: str) -> None:
    login = Login(email, password, "here")
    kept = credential_of(OFFICE, "https://xchart.example", login)
    assert login_of(kept) == login
    # Old keyrings cannot read a secret of several lines back.
    assert "\n" not in kept.device_password


def test_it_is_shown_nowhere() -> None:
    """Law 10."""
    login = Login("office@lakeside.example", "four quiet herons", "here")
    kept = credential_of(OFFICE, "https://xchart.example", login)
    for shown in (repr(login), repr(kept)):
        assert "herons" not in shown
        assert "office@" not in shown


@pytest.mark.parametrize(
    "site",
    [
        replace(SITE, sign_in="https://login.elsewhere.example"),
        replace(SITE, hosts=("cdn.elsewhere.example",)),
        replace(SITE, marks=Marks(signed_in="body")),
    ],
)
def test_what_decides_who_reads_it_is_bound_to_it(site: Site) -> None:
    """T24: an edited settings file leads the password nowhere else."""
    here = site_of(PLACE.server, SITE)
    assert here != site_of(PLACE.server, site)
    assert here != site_of("https://elsewhere.example", SITE)
    assert here == site_of(PLACE.server, replace(SITE, assistants=("Ana",)))


def test_an_emptied_one_is_none() -> None:
    for text in ("", "{}", '{"email": "", "password": "x"}', '{"email": "x"}', "four quiet herons"):
        assert login_of(Credential(OFFICE, "https://xchart.example", text)) is None


def test_each_part_is_typed_where_it_is_asked_for() -> None:
    assert Login("a", "b", "here").typed() == {Part.EMAIL: "a", Part.PASSWORD: "b"}
