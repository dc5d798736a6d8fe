"""What two addresses have in common, and that the server is not called what a caller says."""

from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox import seed
from sandbox.server import addresses
from sandbox.server.server_state import ServerState
from tests.support.sandbox.client import Kiosk, plain
from tests.support.sandbox.running import Xchart, run

PATH = "/v1/trust/acc-office"
PUBLIC = "https://xchart.example"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://xchart.example/v1/x", "https://xchart.example:443/v1/x"),
        ("http://xchart.example/v1/x", "http://xchart.example:80/v1/x"),
        ("https://xchart.example:/v1/x", "https://xchart.example/v1/x"),
        ("HTTPS://Xchart.Example/v1/x", "https://xchart.example/v1/x"),
        ("https://xchart.example", "https://xchart.example/"),
        ("https://xchart.example/%7ex", "https://xchart.example/~x"),
        ("https://xchart.example/%c3%a9", "https://xchart.example/%C3%A9"),
        ("https://[::1]:443/", "https://[::1]/"),
        ("https://xchart.example/a?b=1#c", "https://xchart.example/a"),
    ],
)
def test_two_that_are_one(one: str, other: str) -> None:
    assert addresses.read(one) == addresses.read(other) is not None


@pytest.mark.parametrize(
    "other",
    [
        "http://xchart.example/a",
        "https://xchart.example:80/a",
        "https://xchart.example:8443/a",
        "https://xchart.example.evil.example/a",
        "https://xchart.example/A",
        "https://xchart.example/a/",
        "https://xchart.example/%2Fa",
        "https://xchart.example/a%3Fb",
    ],
)
def test_two_that_are_not(other: str) -> None:
    assert addresses.read("https://xchart.example/a") != addresses.read(other)


@pytest.mark.parametrize(
    "written",
    [
        *(
            "",
            "x",
            "/v1/x",
            "//xchart.example/x",
            "ftp://xchart.example/",
            "https://",
            "http://:80/",
        ),
        *("https://me@xchart.example/", "https://xchart.example:99999/", "https://[x/"),
        *(None, 7, [], {}),
    ],
)
def test_what_is_no_address(written: object) -> None:
    assert addresses.read(written) is None


@given(st.text(max_size=20))
def test_an_escaped_path_is_the_same_path(path: str) -> None:
    there = f"{PUBLIC}/{quote(path, safe='', errors='replace')}"
    lower = there.replace("%C3", "%c3")
    assert addresses.read(there) == addresses.read(lower) is not None


@pytest.fixture
def kiosk(xchart: Xchart) -> Kiosk:
    """A computer that has joined."""
    return xchart.join()


@pytest.mark.parametrize("by", ["Host", "X-Forwarded-Host", "Forwarded"])
def test_a_proof_for_another_port_counts_nowhere_else(kiosk: Kiosk, by: str) -> None:
    """Whoever listens on another port of this computer has proofs made for there."""
    elsewhere = Kiosk("http://127.0.0.1:1", kiosk.key, kiosk.nonce)
    proof = elsewhere.proof(elsewhere.claims("DELETE", PATH, None))
    said = "host=127.0.0.1:1" if by == "Forwarded" else "127.0.0.1:1"
    answer = plain(kiosk.address, "DELETE", PATH, headers={"DPoP": proof, by: said})
    assert answer.status == (400 if by == "Host" else 401)
    assert kiosk.start().status == 201, "nothing was signed out"


def test_nobody_else_says_that_it_came_by_https(kiosk: Kiosk) -> None:
    claims = kiosk.claims("DELETE", PATH, None)
    proof = kiosk.proof({**claims, "htu": str(claims["htu"]).replace("http:", "https:")})
    headers = {"DPoP": proof, "X-Forwarded-Proto": "https"}
    assert plain(kiosk.address, "DELETE", PATH, headers=headers).code == "proof_invalid"


def test_a_proof_for_another_path_does_not_count_however_it_is_escaped(kiosk: Kiosk) -> None:
    proof = kiosk.proof(kiosk.claims("DELETE", PATH, None))
    escaped = plain(kiosk.address, "DELETE", PATH + "%3Fx", headers={"DPoP": proof})
    assert escaped.code == "proof_invalid"


@pytest.mark.parametrize("name", ["localhost", "LOCALHOST", "127.0.0.1"])
def test_each_of_its_own_names_leads_back_there(xchart: Xchart, kiosk: Kiosk, name: str) -> None:
    port = xchart.address.rpartition(":")[2]
    kiosk.address = f"http://{name.lower()}:{port}"
    handoff = kiosk.start().body["handoff"]
    assert isinstance(handoff, dict)
    assert str(handoff["url"]).startswith(f"{kiosk.address}/handoff/")


def hosts(port: str) -> list[tuple[str, int]]:
    """Host headers, and what they are answered by a server that is told its public name."""
    return [
        ("xchart.example", 200),
        ("xchart.example:443", 200),
        ("XCHART.example", 200),
        ("xchart.example:80", 400),
        ("xchart.example.evil.example", 400),
        ("evil.example", 400),
        (f"127.0.0.1:{port}", 400),
        ("me@xchart.example", 400),
        ("", 400),
    ]


def test_behind_a_proxy_it_is_called_what_it_was_told(tmp_path: Path) -> None:
    """A proxy may add the port to Host (RFC 9110, section 7.2), and speaks plain to it."""
    state = ServerState(tmp_path)
    seed.demo(state)
    running, address = run(state, test_controls=False, origins=(PUBLIC,))
    try:
        for host, status in hosts(address.rpartition(":")[2]):
            answer = plain(address, "GET", "/v1/server", headers={"Host": host})
            assert answer.status == status, host
        kiosk = Kiosk(PUBLIC)
        asked = plain(address, "GET", "/v1/server", headers={"Host": "xchart.example"})
        kiosk.nonce = asked.headers["DPoP-Nonce"]
        proof = kiosk.proof(kiosk.claims("DELETE", PATH, None))
        headers = {"DPoP": proof, "Host": "xchart.example:443"}
        assert plain(address, "DELETE", PATH, headers=headers).status == 204
    finally:
        running.stop()
        state.close()
