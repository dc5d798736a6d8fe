"""A key that is kept in the browser counts only with a fresh signature of its own."""

import base64
import json
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from sandbox.web.people import OFFICE
from sandbox.web.sign_ins import RememberedBy
from tests.support.sandbox.browsing import cookie_of
from tests.support.sandbox.client import DEMO_WORD, Answer
from tests.support.sandbox.web_site import WebSite, leads_to

RunSite = Callable[..., WebSite]


def in_form(number: int) -> str:
    return base64.urlsafe_b64encode(number.to_bytes(32)).rstrip(b"=").decode()


def signed(key: ec.EllipticCurvePrivateKey, challenge: str) -> dict[str, str]:
    """What the page's script puts into the form: r and s side by side, as browsers sign."""
    r, s = decode_dss_signature(key.sign(challenge.encode(), ec.ECDSA(SHA256())))
    numbers = key.public_key().public_numbers()
    both = base64.urlsafe_b64encode(r.to_bytes(32) + s.to_bytes(32)).decode()
    shown = {"x": in_form(numbers.x), "y": in_form(numbers.y)}
    return {**shown, "challenge": challenge, "signature": both}


def sends(site: WebSite, device: str) -> Answer:
    return site.ask("POST", "/sign-in", email=OFFICE, password=DEMO_WORD, device=device)


def remember(site: WebSite, device: str) -> None:
    session = cookie_of(sends(site, ""))
    typed = {"code": site.code(), "remember": "yes", "device": device}
    assert leads_to(site.ask("POST", "/sign-in/code", session, **typed)) == "/today"


def challenge_of(site: WebSite) -> str:
    page = site.ask("GET", "/sign-in").text
    return page.partition('data-challenge="')[2].partition('"')[0]


def test_a_key_that_signs_what_it_was_just_asked_is_known(web_site: RunSite) -> None:
    site = web_site("classic", "bound_key")
    key = ec.generate_private_key(ec.SECP256R1())
    remember(site, json.dumps(signed(key, challenge_of(site))))
    fresh = json.dumps(signed(key, challenge_of(site)))
    assert leads_to(sends(site, fresh)) == "/today"
    assert leads_to(sends(site, fresh)) == "/sign-in/code", "a challenge counts once"


def test_nothing_less_than_that_is_known(web_site: RunSite) -> None:
    site = web_site("classic", "bound_key")
    key, other = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    remember(site, json.dumps(signed(key, challenge_of(site))))
    right = signed(key, challenge_of(site))
    foreign = signed(other, challenge_of(site))
    wrong: list[object] = [
        foreign,
        right | {"signature": signed(other, right["challenge"])["signature"]},
        right | {"signature": ""},
        right | {"x": "AAAA"},
        signed(key, "made up"),
        {},
        [],
        1,
    ]
    for each in [json.dumps(one) for one in wrong] + ["", "{", "\x00"]:
        assert leads_to(sends(site, each)) == "/sign-in/code", each
    assert leads_to(sends(site, json.dumps(right))) == "/today"


@pytest.mark.parametrize("way", ["local_storage", "indexed_db"])
def test_a_name_that_the_page_kept_is_known(web_site: RunSite, way: str) -> None:
    site = web_site("classic", way)
    remember(site, "a-name-of-its-own")
    assert leads_to(sends(site, "a-name-of-its-own")) == "/today"
    assert leads_to(sends(site, "another-name-of-a-browser")) == "/sign-in/code"
    remember(site, "short")
    assert leads_to(sends(site, "short")) == "/sign-in/code"


def test_nothing_is_remembered_where_there_is_no_way(web_site: RunSite) -> None:
    site = web_site("classic", "nothing")
    remember(site, "a-name-of-its-own")
    assert leads_to(sends(site, "a-name-of-its-own")) == "/sign-in/code"
    assert (
        'type="checkbox"' not in site.ask("GET", "/sign-in/code", cookie_of(sends(site, ""))).text
    )


def test_each_way_comes_by_itself_or_by_a_script() -> None:
    neither = [each for each in RememberedBy if not (each.is_cookie or each.needs_script)]
    assert neither == [RememberedBy.NOTHING]
    assert not [each for each in RememberedBy if each.is_cookie and each.needs_script]
