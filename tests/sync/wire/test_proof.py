"""Proofs of the device key (RFC 9449 section 4.2), and what never leaves it."""

import hashlib
import json
from datetime import UTC, datetime

import pytest
from joserfc import jws
from joserfc.jwk import ECKey

from kiosk.sync.wire.proof import DeviceKey, unpadded

AT = datetime(2026, 11, 23, tzinfo=UTC)


def now() -> datetime:
    """A clock that stands."""
    return AT


def opened(proof: str) -> tuple[dict[str, object], dict[str, object]]:
    """Header and claims of a proof that its own key verifies."""
    first = jws.extract_compact(proof.encode())
    jwk = first.headers()["jwk"]
    signed = jws.deserialize_compact(proof, ECKey.import_key(jwk), ["ES256"])
    return signed.headers(), json.loads(signed.payload)


def test_a_proof_says_what_it_is_for() -> None:
    """Method, address without query, time, nonce, token hash."""
    key = DeviceKey.made(now)
    header, claims = opened(key.proof("GET", "https://x.example/v1/changes?cursor=1", "n", "tok"))
    assert header["typ"] == "dpop+jwt"
    assert header["alg"] == "ES256"
    assert claims["htm"] == "GET"
    assert claims["htu"] == "https://x.example/v1/changes"
    assert claims["nonce"] == "n"
    assert claims["iat"] == int(AT.timestamp())
    assert claims["ath"] == unpadded(hashlib.sha256(b"tok").digest())


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("https://X.example:443/v1/server", "https://x.example/v1/server"),
        ("http://127.0.0.1:80/v1/server", "http://127.0.0.1/v1/server"),
        ("https://x.example:8443/v1/server#x", "https://x.example:8443/v1/server"),
        ("https://[::0001]:443/v1/server", "https://[::1]/v1/server"),
        ("https://x.example", "https://x.example/"),
    ],
)
def test_an_address_is_named_as_both_sides_compare_it(asked: str, named: str) -> None:
    """RFC 9449 section 4.3: what is asked over port 443 goes without it in ``Host``."""
    _, claims = opened(DeviceKey.made(now).proof("GET", asked, None, None))
    assert claims["htu"] == named


def test_without_nonce_or_token_it_says_neither() -> None:
    """The first proof to a server."""
    _, claims = opened(DeviceKey.made(now).proof("POST", "https://x.example/v1/x", None, None))
    assert not {"nonce", "ath"} & set(claims)


def test_no_two_proofs_are_alike() -> None:
    """T8: jti is fresh each time."""
    key = DeviceKey.made(now)
    proofs = {opened(key.proof("GET", "https://x.example/", None, None))[1]["jti"] for _ in "abc"}
    assert len(proofs) == 3


def test_the_private_half_stays() -> None:
    """Neither the proof nor a ``repr`` carries it."""
    key = DeviceKey.made(now)
    header, _ = opened(key.proof("GET", "https://x.example/", None, None))
    jwk = header["jwk"]
    assert isinstance(jwk, dict)
    assert "d" not in jwk
    assert "PRIVATE" not in repr(key)


def test_it_is_the_same_computer_after_a_restart() -> None:
    """The keychain's text makes the same thumbprint; anything else makes no key."""
    key = DeviceKey.made(now)
    again = DeviceKey.read(key.written(), now)
    assert again is not None
    assert again.thumbprint == key.thumbprint
    assert len(key.written()) < 1263
    assert DeviceKey.read("not a key", now) is None
