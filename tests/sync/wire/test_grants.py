"""A grant counts only with the right signature, kind, key and device; anything else is none."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jws
from joserfc.jwk import ECKey, OctKey

from kiosk.session.model.people import SelfNamed
from kiosk.session.model.terms import Attribution
from kiosk.sync.wire.grants import verified
from resources import ROOT

EXAMPLES = Path(ROOT) / "contract" / "examples"
PAYLOAD = json.loads((EXAMPLES / "GrantPayload.office.json").read_text("utf-8"))
KEY = ECKey.generate_key("P-256")
DEVICE = PAYLOAD["device"]


def signed(payload: object = PAYLOAD, key: ECKey = KEY, typ: str | None = "grant+jwt") -> str:
    """A grant, or what pretends to be one."""
    header = {"alg": "ES256"} | ({"typ": typ} if typ else {})
    return jws.serialize_compact(header, json.dumps(payload), key, ["ES256"])


def test_the_published_example_is_a_grant() -> None:
    """resources/contract is what both sides go by."""
    grant = verified(signed(), KEY, DEVICE)
    assert grant is not None
    assert grant.account.shared
    assert grant.attribution is Attribution.TAP
    assert grant.zone == PAYLOAD["zone"]
    assert grant.ends_at == datetime.fromisoformat(PAYLOAD["ends_at"]).astimezone(UTC)
    assert [p.name for p in grant.people] == [p["name"] for p in PAYLOAD["people"]]


def test_another_key_is_no_grant() -> None:
    """Only the pinned key signs."""
    assert verified(signed(key=ECKey.generate_key("P-256")), KEY, DEVICE) is None


def test_another_computers_grant_is_no_grant() -> None:
    """T1: it names its device."""
    assert verified(signed(), KEY, "another") is None


@pytest.mark.parametrize("typ", [None, "JWT", "dpop+jwt"])
def test_another_kind_of_signature_is_no_grant(typ: str | None) -> None:
    """Nothing else that the clinic's key signed can be passed off as a grant."""
    assert verified(signed(typ=typ), KEY, DEVICE) is None


def test_no_signature_is_no_grant() -> None:
    """``alg: none``, and a MAC with the public key."""
    head, body, _ = signed().split(".")
    assert verified(f"{head}.{body}.", KEY, DEVICE) is None
    none = "eyJhbGciOiJub25lIiwidHlwIjoiZ3JhbnQrand0In0"
    assert verified(f"{none}.{body}.", KEY, DEVICE) is None
    mac = OctKey.import_key(json.dumps(KEY.as_dict(private=False), sort_keys=True))
    header = {"alg": "HS256", "typ": "grant+jwt"}
    forged = jws.serialize_compact(header, json.dumps(PAYLOAD), mac, ["HS256"])
    assert verified(forged, KEY, DEVICE) is None


@pytest.mark.parametrize("missing", sorted(PAYLOAD.keys() - {"self_named", "own"}))
def test_a_grant_that_lacks_anything_is_no_grant(missing: str) -> None:
    """Strict parsing at the edge (T19)."""
    less = {name: value for name, value in PAYLOAD.items() if name != missing}
    assert verified(signed(less), KEY, DEVICE) is None


def test_an_unknown_role_fails_closed() -> None:
    """A role that this kiosk does not know may be a powerful one (law 6)."""
    account = {**PAYLOAD["account"], "roles": ["member", "superuser"]}
    assert verified(signed({**PAYLOAD, "account": account}), KEY, DEVICE) is None


def test_more_than_we_know_is_ignored() -> None:
    """A newer server may say more."""
    assert verified(signed({**PAYLOAD, "later": {"x": 1}}), KEY, DEVICE) is not None


@given(st.text(max_size=300))
def test_anything_else_is_no_grant(text: str) -> None:
    """Nothing raises."""
    assert verified(text, KEY, DEVICE) is None


def test_who_typed_a_name_is_in_it_until_an_instant() -> None:
    """An older server does not say; a name without an end is none."""
    lena = {"name": "Lena P.", "until": "2026-11-24T06:00:00Z"}
    grant = verified(signed({**PAYLOAD, "self_named": [lena]}), KEY, DEVICE)
    assert grant is not None
    assert grant.self_named == (SelfNamed("Lena P.", datetime(2026, 11, 24, 6, tzinfo=UTC)),)
    older = verified(signed({k: v for k, v in PAYLOAD.items() if k != "self_named"}), KEY, DEVICE)
    assert older is not None
    assert older.self_named == ()
    for bad in ([{"name": "Lena P."}], [lena] * 51, "Lena P.", [{**lena, "until": "midnight"}]):
        assert verified(signed({**PAYLOAD, "self_named": bad}), KEY, DEVICE) is None


@pytest.mark.parametrize("name", ["", "  ", "\u202eaneL", "a\nb", "acc-office", "someone-else"])
def test_what_is_no_name_is_nobody_s_tile(name: str) -> None:
    """T19: found by attack."""
    told = [{"name": name, "until": "2026-11-24T06:00:00Z"}]
    grant = verified(signed({**PAYLOAD, "self_named": told}), KEY, DEVICE)
    assert grant is not None
    assert grant.self_named == ()
