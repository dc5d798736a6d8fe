"""Proof of possession: is this request made by the holder of the device key, now, and once?

RFC 9449, section 4.3, with server nonces (section 8) and single use (section 11.1). Freshness
rests on the nonce: ``iat`` must be there, but a computer's clock may be wrong by years.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta

from joserfc.jwk import ECKey
from sqlalchemy import delete
from sqlalchemy.orm import Session

from sandbox.contract.refusals import Refusal
from sandbox.server import addresses
from sandbox.server.moment import Clock
from sandbox.server.signed import ALGORITHMS, claims_of, header_of, key_of
from sandbox.server.tokens import fingerprint, same
from sandbox.tables.rows import UsedProof

NONCE_LIFE = timedelta(minutes=5)
_LONGEST = 4096
_PRIVATE_MEMBERS = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})


@dataclass(frozen=True, slots=True)
class Nonces:
    """Stateless nonces: an HMAC of the running five minutes. This one and the last count."""

    key: bytes
    clock: Clock

    def current(self) -> str:
        """The nonce to use from now on, 22 characters."""
        return self._of(self._bucket())

    def live(self, nonce: str) -> bool:
        """Whether ``nonce`` is the current or the previous one."""
        bucket = self._bucket()
        return any(same(nonce, self._of(each)) for each in (bucket, bucket - 1))

    def _bucket(self) -> int:
        return int(self.clock.now().timestamp() // NONCE_LIFE.total_seconds())

    def _of(self, bucket: int) -> str:
        mac = hmac.digest(self.key, str(bucket).encode(), "sha256")[:16]
        return _base64url(mac)


def check(
    db: Session, nonces: Nonces, proofs: list[str], method: str, url: str, token: str | None
) -> ECKey:
    """The public key that proves this request, or a refusal; its thumbprint is the device.

    ``url`` is the address asked for; query and fragment do not count. ``token`` is what came as
    ``Authorization: DPoP``, which the proof must then be bound to by ``ath``.
    """
    if len(proofs) != 1 or len(proofs[0]) > _LONGEST:
        raise Refusal("proof_invalid", "exactly one DPoP header is wanted")
    key, claims = _opened(proofs[0])
    if claims.get("htm") != method:
        raise Refusal("proof_invalid", "htm is not the method of the request")
    if addresses.read(claims.get("htu")) != addresses.read(url):
        raise Refusal("proof_invalid", "htu is not the address of the request")
    if type(claims.get("iat")) is not int:
        raise Refusal("proof_invalid", "iat is missing")
    jti = claims.get("jti")
    if not isinstance(jti, str) or not 8 <= len(jti) <= 128:
        raise Refusal("proof_invalid", "jti is missing")
    if token is not None and not _fits(claims.get("ath"), token):
        raise Refusal("proof_invalid", "ath is not the hash of the token")
    nonce = claims.get("nonce")
    if not isinstance(nonce, str) or not nonces.live(nonce):
        raise Refusal("use_dpop_nonce")
    _use_up(db, nonces.clock, f"{key.thumbprint()}\n{jti}")
    return key


def _opened(proof: str) -> tuple[ECKey, dict[str, object]]:
    header = header_of(proof)
    if header is None:
        raise Refusal("proof_invalid", "the proof cannot be read")
    jwk = header.get("jwk")
    if header.get("typ") != "dpop+jwt" or header.get("alg") not in ALGORITHMS:
        raise Refusal("proof_invalid", "typ or alg is not allowed")
    if not isinstance(jwk, dict) or _PRIVATE_MEMBERS & jwk.keys():
        raise Refusal("proof_invalid", "jwk is not a public key")
    if jwk.get("kty") != "EC" or jwk.get("crv") != "P-256":
        raise Refusal("proof_invalid", "the key is not on P-256")
    key = key_of(jwk)
    claims = claims_of(proof, key) if key is not None else None
    if key is None or claims is None:
        raise Refusal("proof_invalid", "the proof cannot be read or verified")
    return key, claims


def _fits(ath: object, token: str) -> bool:
    wanted = _base64url(hashlib.sha256(token.encode()).digest())
    return isinstance(ath, str) and same(ath, wanted)


def _use_up(db: Session, clock: Clock, what: str) -> None:
    now = clock.now()
    db.execute(delete(UsedProof).where(UsedProof.forget_at < now))
    mark = fingerprint(what)
    if db.get(UsedProof, mark) is not None:
        raise Refusal("proof_invalid", "the proof was used before")
    db.add(UsedProof(mark=mark, forget_at=now + 3 * NONCE_LIFE))
    db.flush()


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
