"""A credential sealed by a PIN: what opens it is derived, never compared (threats.md T5).

The key is HKDF-SHA256 (RFC 5869) over Argon2id of the PIN (RFC 9106), the pepper that lies in the
keychain, and the server's share; the seal is AES-256-GCM. Without any one of the three there is
nothing to try a PIN on.
"""

import base64
import json
import secrets
from dataclasses import dataclass

from _argon2_cffi_bindings import ffi, lib
from argon2.low_level import ARGON2_VERSION, Type
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kiosk.local.json_files import object_in

MEMORY = 19 * 1024
"""KiB; with two passes and one lane OWASP's least (facts.md section 5): a tap waits for it."""
PASSES = 2
LANES = 1
LONG = 32


@dataclass(frozen=True, slots=True)
class Seal:
    """What lies on the disk: worthless by itself."""

    salt: bytes
    nonce: bytes
    sealed: bytes
    memory: int = MEMORY
    passes: int = PASSES

    def written(self) -> str:
        """As JSON."""
        return json.dumps(
            {
                "salt": text_of(self.salt),
                "nonce": text_of(self.nonce),
                "sealed": text_of(self.sealed),
                "memory": self.memory,
                "passes": self.passes,
            }
        )


def read(text: str) -> Seal | None:
    """From JSON; None where it is no seal, or would cost more to try than one of ours."""
    match object_in(text):
        case {
            "salt": str(salt_text),
            "nonce": str(nonce_text),
            "sealed": str(sealed_text),
            "memory": int(memory),
            "passes": int(passes),
        }:
            pass
        case _:
            return None
    try:
        salt, nonce, sealed = (bytes_of(each) for each in (salt_text, nonce_text, sealed_text))
    except ValueError:
        return None
    seal = Seal(salt, nonce, sealed, memory, passes)
    cheap = MEMORY <= seal.memory <= 4 * MEMORY and 1 <= seal.passes <= 4
    return seal if cheap and len(salt) == 16 and len(nonce) == 12 else None


def closed(secret: str, pin: bytearray, pepper: bytes, share: bytes, whose: str) -> Seal:
    """Seal ``secret`` for the account ``whose``."""
    seal = Seal(secrets.token_bytes(16), secrets.token_bytes(12), b"")
    key = derived(stretched(seal, pin), pepper, share)
    sealed = AESGCM(key).encrypt(seal.nonce, secret.encode(), whose.encode())
    return Seal(seal.salt, seal.nonce, sealed)


def opened(seal: Seal, slow: bytes, pepper: bytes, share: bytes, whose: str) -> str | None:
    """The secret; None where any of PIN (``stretched``), pepper, share or account is another."""
    try:
        key = derived(slow, pepper, share)
        return AESGCM(key).decrypt(seal.nonce, seal.sealed, whose.encode()).decode()
    except (InvalidTag, ValueError):
        return None


def stretched(seal: Seal, pin: bytearray) -> bytes:
    """The PIN made dear to guess, 32 bytes; the slow part, and it needs nothing but the PIN.

    By the library's own call: its ``hash_secret_raw`` copies the digits twice and leaves both.
    Raises ValueError where Argon2 refuses its parameters.
    """
    slow = ffi.new("uint8_t[]", LONG)
    digits, salt = (ffi.from_buffer("uint8_t[]", each) for each in (pin, seal.salt))
    fault = lib.argon2_hash(
        *(seal.passes, seal.memory, LANES),
        *(digits, len(pin), salt, len(seal.salt), slow, LONG),
        *(ffi.NULL, 0, Type.ID.value, ARGON2_VERSION),
    )
    if fault != lib.ARGON2_OK:
        raise ValueError(f"Argon2 refuses with {fault}")
    return bytes(ffi.buffer(slow, LONG))


def derived(slow: bytes, pepper: bytes, share: bytes) -> bytes:
    """The key, 32 bytes."""
    material = slow + pepper + share
    return HKDF(SHA256(), 32, salt=None, info=b"kiosk personal credential").derive(material)


def text_of(raw: bytes) -> str:
    """Base64url."""
    return base64.urlsafe_b64encode(raw).decode()


def bytes_of(text: str) -> bytes:
    """From base64url, with or without its padding; ValueError where it is none."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
