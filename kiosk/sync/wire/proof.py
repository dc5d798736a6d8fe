"""The device key and the proofs that it makes: DPoP (RFC 9449), ES256 only.

The private half lives in the keychain and, while the kiosk runs, in one ``DeviceKey``; no other
object holds it and no ``repr`` shows it.
"""

import base64
import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from kiosk.session.model.origin import proved_as


class DeviceKey:
    """A P-256 key pair made on this computer. ``thumbprint`` (RFC 7638) names the computer."""

    def __init__(self, key: ECKey, now: Callable[[], datetime]) -> None:
        self._key = key
        self._now = now
        self._public = key.as_dict(private=False)
        self.thumbprint: str = key.thumbprint()

    def __repr__(self) -> str:
        return f"<device key {self.thumbprint[:8]}>"

    @classmethod
    def made(cls, now: Callable[[], datetime]) -> "DeviceKey":
        """A new one."""
        return cls(ECKey.generate_key("P-256", private=True), now)

    @classmethod
    def read(cls, pem: str, now: Callable[[], datetime]) -> "DeviceKey | None":
        """From the keychain's PKCS #8 text, or None if it is not one."""
        try:
            return cls(ECKey.import_key(pem), now)
        except (JoseError, ValueError):
            return None

    def written(self) -> str:
        """PKCS #8 PEM, for the keychain and nothing else."""
        return self._key.as_pem(private=True).decode()

    def proof(self, method: str, url: str, nonce: str | None, token: str | None) -> str:
        """A proof for one request: RFC 9449 section 4.2, with ``ath`` when a token goes with it.

        ``iat`` is trusted time, for what it is worth: freshness rests on the nonce.
        """
        claims: dict[str, object] = {
            "jti": secrets.token_urlsafe(16),
            "htm": method,
            "htu": proved_as(url),
            "iat": int(self._now().timestamp()),
        }
        if nonce is not None:
            claims["nonce"] = nonce
        if token is not None:
            claims["ath"] = unpadded(hashlib.sha256(token.encode()).digest())
        header = {"alg": "ES256", "typ": "dpop+jwt", "jwk": self._public}
        return jwt.encode(header, claims, self._key, ["ES256"])

    def signed(self, kind: str, claims: dict[str, object]) -> str:
        """A compact JWS (RFC 7515, ES256) of that ``typ``: this computer says so."""
        return jwt.encode({"alg": "ES256", "typ": kind}, claims, self._key, ["ES256"])


def unpadded(raw: bytes) -> str:
    """Base64url without padding (RFC 7515 section 2)."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
