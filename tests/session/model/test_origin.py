"""One reader of addresses: what it takes it writes in one way, and every room agrees."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtCore import QUrl

from kiosk.local.settings import Settings, parse_settings
from kiosk.session.model.origin import DEFAULT_PORT, is_of, origin_of, proved_as, read_origin
from kiosk.session.model.people import Place
from kiosk.session.rules.joining import acceptable, tidy

HOSTS = st.sampled_from(
    ["xchart.example", "X", "127.0.0.1", "[::1]", "[::0001]", "localhost", "a_b."]
)
PORTS = st.sampled_from(["", ":", ":80", ":443", ":0443", ":8443", ":0", ":65535", ":65536"])
TAILS = st.sampled_from(["", "/", "//", "?", "#", "/x", "\\", "/\\", " ", "\n"])
ADDRESSES = st.builds(
    "{}://{}{}{}{}".format,
    st.sampled_from(["http", "https", "HTTPS", "ftp"]),
    st.sampled_from(["", "me@", "me:pw@", "evil.example\\@", "@"]),
    HOSTS,
    PORTS,
    TAILS,
)
ANY = ADDRESSES | st.text(max_size=40) | st.text("htps:/.[]@\\?#%0189axé ", max_size=30)


@given(ANY)
def test_what_is_read_is_written_in_one_way(text: str) -> None:
    origin = read_origin(text)
    if origin is not None:
        assert read_origin(str(origin)) == read_origin(origin.with_port) == origin
        assert not str(origin).endswith(f":{DEFAULT_PORT[origin.scheme]}")


@given(ANY)
@example("https://x ample")
@example("https://xchart.example:0")
@example("https://xchart.exämple")
@example("http://127.0.0.2:8000")
def test_the_form_takes_what_the_settings_take(text: str) -> None:
    """And both make the same of it."""
    typed = tidy(Place(text, "Main", "Op 3")).server
    quoted = text.translate({ord("\\"): "\\\\", ord('"'): '\\"'})
    settings = parse_settings(f'server = "{quoted}"', Path("settings.toml"))
    if isinstance(settings, Settings):
        assert (typed, acceptable(typed)) == (settings.place.server, True)
    elif text.strip() == text and "://" in text:
        assert not acceptable(typed)


@given(ANY)
@example("http://0xa")
@example("http://127.1")
@example("http://a.08")
@example("http://1.2.3.4.")
def test_the_engine_reads_the_same(text: str) -> None:
    """A page is fenced to where the calls go, and to nowhere else."""
    origin = origin_of(text)
    if origin is None:
        return
    url = QUrl(text)
    assert (url.scheme(), url.port(DEFAULT_PORT[origin.scheme])) == (origin.scheme, origin.port)
    assert url.host() == origin.host


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("https://xchart.example/handoff/1", True),
        ("https://XCHART.example:443/handoff/1?a=b#c", True),
        ("http://xchart.example/handoff/1", False),
        ("https://xchart.example:8443/handoff/1", False),
        ("https://evil.example/https://xchart.example/", False),
        ("https://xchart.example.evil.example/", False),
        ("https://xchart.example@evil.example/", False),
        ("https://xchart.example\\@evil.example/", False),
        ("https://evil.example\\.xchart.example/", False),
        ("https://xchart.\nexample/", False),
        ("javascript:alert(1)", False),
        ("", False),
    ],
)
def test_an_address_is_the_servers_own_or_not(address: str, own: bool) -> None:
    assert is_of(address, "https://xchart.example") is own


def test_nothing_is_of_no_server() -> None:
    assert not is_of("", "")


@given(ANY)
def test_a_proof_names_no_query(text: str) -> None:
    if (origin := origin_of(text)) is not None:
        assert proved_as(text).startswith(f"{origin}/")
        assert "?" not in proved_as(text)
