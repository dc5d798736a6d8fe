"""A compact JWS as somebody sent it: whatever is wrong with it, it is no more than unreadable.

JSON may be nested so deeply that reading it runs out of stack: one more way to be unreadable.
"""

import json
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

_UNREADABLE = (JoseError, ValueError, TypeError, KeyError, AttributeError, RecursionError)

ALGORITHMS = ["ES256"]


def header_of(compact: str) -> dict[str, object] | None:
    """The protected header, of which nothing is believed yet; nothing if it cannot be read."""
    try:
        return dict(jws.extract_compact(compact.encode()).headers())
    except _UNREADABLE:
        return None


def key_of(jwk: dict[str, Any]) -> ECKey | None:
    """The public key that a header shows; nothing if it is none."""
    try:
        return ECKey.import_key(jwk)
    except _UNREADABLE:
        return None


def claims_of(compact: str, key: ECKey) -> dict[str, object] | None:
    """What this key has signed; nothing if it did not, or if that is no JSON object."""
    try:
        said = json.loads(jws.deserialize_compact(compact, key, ALGORITHMS).payload)
    except _UNREADABLE:
        return None
    return said if isinstance(said, dict) else None
