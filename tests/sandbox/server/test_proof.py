"""A proof is refused for every single thing that RFC 9449, section 4.3, wants checked."""

import json
from collections.abc import Callable

import pytest
from joserfc import jws
from joserfc.jwk import ECKey, OctKey

from tests.support.sandbox.client import Kiosk, base64url, plain
from tests.support.sandbox.running import Xchart

PATH = "/v1/trust/acc-office"
Claims = dict[str, object]


def warmed(xchart: Xchart) -> Kiosk:
    kiosk = Kiosk(xchart.address)
    assert kiosk.call("DELETE", PATH).status == 204
    return kiosk


def signed(key: ECKey, claims: Claims, **header: object) -> str:
    shown = {"typ": "dpop+jwt", "alg": "ES256", "jwk": key.as_dict(private=False), **header}
    return jws.serialize_compact(shown, json.dumps(claims), key, ["ES256"])


def unsigned(header: Claims, claims: Claims) -> str:
    parts = (json.dumps(each).encode() for each in (header, claims))
    return ".".join(base64url(each) for each in parts) + "."


CLAIMS: dict[str, Callable[[Claims], Claims]] = {
    "another method": lambda good: {**good, "htm": "POST"},
    "a method in small letters": lambda good: {**good, "htm": "delete"},
    "another address": lambda good: {**good, "htu": "http://127.0.0.1:1" + PATH},
    "another path": lambda good: {**good, "htu": str(good["htu"]) + "x"},
    "no address": lambda good: {**good, "htu": None},
    "no iat": lambda good: {name: each for name, each in good.items() if name != "iat"},
    "iat as text": lambda good: {**good, "iat": "1"},
    "no jti": lambda good: {name: each for name, each in good.items() if name != "jti"},
    "a short jti": lambda good: {**good, "jti": "1"},
    "an endless jti": lambda good: {**good, "jti": "1" * 200},
}


@pytest.mark.parametrize("change", CLAIMS.values(), ids=CLAIMS.keys())
def test_a_claim_that_does_not_fit(xchart: Xchart, change: Callable[[Claims], Claims]) -> None:
    kiosk = warmed(xchart)
    proof = kiosk.proof(change(kiosk.claims("DELETE", PATH, None)))
    assert kiosk.send("DELETE", PATH, proof).code == "proof_invalid"


@pytest.mark.parametrize("nonce", ["", "x", "ü", None, 7])
def test_without_a_live_nonce(xchart: Xchart, nonce: object) -> None:
    kiosk = warmed(xchart)
    proof = kiosk.proof({**kiosk.claims("DELETE", PATH, None), "nonce": nonce})
    refused = kiosk.send("DELETE", PATH, proof)
    assert (refused.status, refused.code) == (401, "use_dpop_nonce")
    assert "DPoP" in refused.headers["WWW-Authenticate"]


def test_a_nonce_lives_five_to_ten_minutes(xchart: Xchart) -> None:
    kiosk = warmed(xchart)
    first = kiosk.nonce
    xchart.pass_time(minutes=5)
    kiosk.nonce = first
    assert kiosk.send("DELETE", PATH, kiosk.proof(kiosk.claims("DELETE", PATH, None))).status == 204
    xchart.pass_time(minutes=5)
    kiosk.nonce = first
    late = kiosk.send("DELETE", PATH, kiosk.proof(kiosk.claims("DELETE", PATH, None)))
    assert late.code == "use_dpop_nonce"


def test_a_proof_counts_once(xchart: Xchart) -> None:
    kiosk = warmed(xchart)
    proof = kiosk.proof(kiosk.claims("DELETE", PATH, None))
    assert kiosk.send("DELETE", PATH, proof).status == 204
    assert kiosk.send("DELETE", PATH, proof).code == "proof_invalid"


def test_a_proof_is_used_up_although_the_call_was_refused(xchart: Xchart) -> None:
    kiosk = warmed(xchart)
    path = "/v1/sessions/none/renew"
    proof = kiosk.proof(kiosk.claims("POST", path, None))
    assert kiosk.send("POST", path, proof).code == "session_ended"
    assert kiosk.send("POST", path, proof).code == "proof_invalid"


def test_the_query_does_not_count(xchart: Xchart) -> None:
    kiosk = xchart.join()
    assert kiosk.changes("some-cursor").status == 200


def test_a_token_must_be_the_one_the_proof_names(xchart: Xchart) -> None:
    kiosk = xchart.join()
    token = kiosk.held["trust_token"]
    for other in (None, "another-token"):
        proof = kiosk.proof(kiosk.claims("GET", "/v1/changes", other))
        assert kiosk.send("GET", "/v1/changes", proof, token=token).code == "proof_invalid"


def test_headers_of_a_proof_that_are_not_allowed(xchart: Xchart) -> None:
    kiosk = warmed(xchart)
    private = kiosk.key.as_dict(private=True)
    other = ECKey.generate_key("P-256").as_dict(private=False)
    for header in ({"typ": "JWT"}, {"jwk": private}, {"jwk": other}, {"jwk": {"kty": "EC"}}):
        proof = signed(kiosk.key, kiosk.claims("DELETE", PATH, None), **header)
        assert kiosk.send("DELETE", PATH, proof).code == "proof_invalid", header


def test_algorithms_that_are_not_allowed(xchart: Xchart) -> None:
    kiosk = warmed(xchart)
    public = kiosk.key.as_dict(private=False)
    none: Claims = {"typ": "dpop+jwt", "alg": "none", "jwk": public}
    proof = unsigned(none, kiosk.claims("DELETE", PATH, None))
    assert kiosk.send("DELETE", PATH, proof).code == "proof_invalid"
    secret = OctKey.import_key("0123456789abcdef0123456789abcdef")
    header = {"typ": "dpop+jwt", "alg": "HS256", "jwk": public}
    claims = json.dumps(kiosk.claims("DELETE", PATH, None))
    proof = jws.serialize_compact(header, claims, secret, ["HS256"])
    assert kiosk.send("DELETE", PATH, proof).code == "proof_invalid"
    longer = ECKey.generate_key("P-384")
    header = {"typ": "dpop+jwt", "alg": "ES384", "jwk": longer.as_dict(private=False)}
    proof = jws.serialize_compact(header, claims, longer, ["ES384"])
    assert kiosk.send("DELETE", PATH, proof).code == "proof_invalid"


def test_a_signature_that_was_changed(xchart: Xchart) -> None:
    kiosk = warmed(xchart)
    head, payload, signature = kiosk.proof(kiosk.claims("DELETE", PATH, None)).split(".")
    changed = ("A" if signature[0] != "A" else "B") + signature[1:]
    assert kiosk.send("DELETE", PATH, f"{head}.{payload}.{changed}").code == "proof_invalid"


@pytest.mark.parametrize("proof", ["", "x", "a.b.c", "....", "e30.e30.e30", "x" * 5000])
def test_what_is_no_proof_at_all(xchart: Xchart, proof: str) -> None:
    assert Kiosk(xchart.address).send("DELETE", PATH, proof).code == "proof_invalid"


def test_no_proof(xchart: Xchart) -> None:
    assert plain(xchart.address, "DELETE", PATH).code == "proof_invalid"


def test_a_host_that_is_not_ours(xchart: Xchart) -> None:
    assert (
        plain(xchart.address, "GET", "/v1/server", headers={"Host": "evil.example"}).status == 400
    )


def deep(depth: int) -> bytes:
    """JSON that cannot be read without running out of stack."""
    return b'{"iat":' + b"[" * depth + b"]" * depth + b"}"


def test_json_nested_deeper_than_it_can_be_read(xchart: Xchart) -> None:
    kiosk = warmed(xchart)
    shown = {"typ": "dpop+jwt", "alg": "ES256", "jwk": kiosk.key.as_dict(private=False)}
    payload = jws.serialize_compact(shown, deep(1200), kiosk.key, ["ES256"])
    header = f"{base64url(deep(1200))}.e30.e30"
    for proof in (payload, header):
        assert len(proof) < 4096
        refused = kiosk.send("DELETE", PATH, proof)
        assert (refused.status, refused.code) == (401, "proof_invalid")


ODD_KEYS: list[Claims] = [
    {"x": 5},
    {"x": None, "y": []},
    {"x": {}, "y": {}},
    {"y": "\ud800"},
    {"x": "AA"},
    {"kid": ["x"], "key_ops": 7, "use": {}},
]


@pytest.mark.parametrize("odd", ODD_KEYS, ids=str)
def test_a_key_that_is_none(xchart: Xchart, odd: Claims) -> None:
    kiosk = warmed(xchart)
    proof = unsigned(
        {"typ": "dpop+jwt", "alg": "ES256", "jwk": {**kiosk.key.as_dict(private=False), **odd}},
        kiosk.claims("DELETE", PATH, None),
    )
    assert kiosk.send("DELETE", PATH, proof + "AAAA").code == "proof_invalid"


ODD_HEADERS: list[Claims] = [
    {"alg": []},
    {"alg": {}},
    {"typ": ["dpop+jwt"]},
    {"crit": ["exp"], "exp": 1},
    {"b64": False, "crit": ["b64"]},
    {"kid": {}},
]


@pytest.mark.parametrize("odd", ODD_HEADERS, ids=str)
def test_an_odd_header(xchart: Xchart, odd: Claims) -> None:
    kiosk = warmed(xchart)
    shown = {"typ": "dpop+jwt", "alg": "ES256", "jwk": kiosk.key.as_dict(private=False), **odd}
    proof = unsigned(shown, kiosk.claims("DELETE", PATH, None)) + "AAAA"
    assert kiosk.send("DELETE", PATH, proof).code == "proof_invalid"
