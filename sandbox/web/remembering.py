"""What a browser shows of itself when it signs in, so that a code is not asked for again.

A browser makes its own name or key up; it counts for nothing until somebody typed a code.
"""

import base64
import json
import secrets
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from fastapi import Request
from fastapi.responses import Response

from sandbox.web.sign_ins import RememberedBy
from sandbox.web.site import Site

COOKIES = {RememberedBy.HOST_COOKIE: "__Host-device", RememberedBy.PARTITIONED: "__Host-place"}
THIRTY_DAYS = 30 * 24 * 3600
SHORTEST = 16


def device_of(site: Site, request: Request, brought: str) -> str:
    """What this browser is known by; ``brought`` is what its script put into the form."""
    way = site.remembered_by
    if way.is_cookie:
        return request.cookies.get(COOKIES[way], "")
    if way is RememberedBy.BOUND_KEY:
        return _key_of(site, brought)
    return brought if way.needs_script and len(brought) >= SHORTEST else ""


def new_device(site: Site) -> str:
    """What a browser is to be known by, where the site makes that up."""
    return secrets.token_urlsafe(24) if site.remembered_by.is_cookie else ""


def keep(site: Site, response: Response, device: str) -> None:
    """Have the browser keep its cookie."""
    way = site.remembered_by
    if way.is_cookie and device:
        is_partitioned = way is RememberedBy.PARTITIONED
        attributes = "SameSite=None; Partitioned" if is_partitioned else "SameSite=Lax"
        _set(response, f"{COOKIES[way]}={device}; Max-Age={THIRTY_DAYS}", attributes)


def drop(site: Site, response: Response) -> None:
    """Have the browser forget its cookie."""
    way = site.remembered_by
    if way.is_cookie:
        attributes = "Partitioned; SameSite=None" if way is RememberedBy.PARTITIONED else ""
        _set(response, f"{COOKIES[way]}=; Max-Age=0", attributes)


def _set(response: Response, cookie: str, attributes: str) -> None:
    # Python 3.11 does not know Partitioned. Browsers take Secure over http on loopback.
    written = f"{cookie}; Path=/; Secure; HttpOnly; {attributes}".rstrip("; ")
    response.headers.append("Set-Cookie", written)


def _key_of(site: Site, brought: str) -> str:
    """The fingerprint of the key that signed one of our challenges, or nothing."""
    try:
        said = json.loads(brought)
        x, y, signature = (_bytes(said[each]) for each in ("x", "y", "signature"))
        challenge = str(said["challenge"])
        numbers = ec.EllipticCurvePublicNumbers(
            int.from_bytes(x), int.from_bytes(y), ec.SECP256R1()
        )
        half = len(signature) // 2
        encoded = encode_dss_signature(
            int.from_bytes(signature[:half]), int.from_bytes(signature[half:])
        )
        numbers.public_key().verify(encoded, challenge.encode(), ec.ECDSA(SHA256()))
    except (ValueError, KeyError, TypeError, InvalidSignature):
        return ""
    if challenge not in site.challenges:
        return ""
    site.challenges.discard(challenge)
    return sha256(x + y).hexdigest()


def _bytes(written: object) -> bytes:
    text = str(written)
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
