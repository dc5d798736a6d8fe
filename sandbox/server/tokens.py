"""Random secrets, and the forms in which they are kept.

What is 256 bits of chance is kept as SHA-256: there is nothing to guess. What a person chose is
kept as Argon2id (OWASP Password Storage, RFC 9106). Plain secrets never reach the database.
"""

import hashlib
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_ARGON2 = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_NOBODY = _ARGON2.hash(secrets.token_urlsafe(32))


def new_secret() -> str:
    """256 random bits, 43 characters of base64url."""
    return secrets.token_urlsafe(32)


def new_id(kind: str) -> str:
    """An identifier nobody can guess: ``ses-3fJ…``."""
    return f"{kind}-{secrets.token_hex(8)}"


def new_code() -> str:
    """Six random digits (NIST SP 800-63B-4, section 3.1.3.2)."""
    return f"{secrets.randbelow(1_000_000):06d}"


def fingerprint(secret: str) -> str:
    """SHA-256 of a secret of high entropy, in hexadecimal."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def code_fingerprint(code: str, challenge: str, jkt: str) -> str:
    """A code as it is kept: bound to its challenge and its device."""
    return fingerprint(f"{challenge}\n{jkt}\n{code}")


def same(left: str, right: str) -> bool:
    """Compare in constant time."""
    return secrets.compare_digest(left.encode(errors="replace"), right.encode(errors="replace"))


def hash_password(password: str) -> str:
    """Argon2id, 19 MiB, t=2, p=1."""
    return _ARGON2.hash(password)


def password_fits(kept: str | None, password: str) -> bool:
    """Verify a person's password; takes as long when there is no such account."""
    try:
        return _ARGON2.verify(kept or _NOBODY, password) and kept is not None
    except (VerificationError, InvalidHashError):
        return False
