"""Passwords that the reference server checks at once, in the tests' own process.

Hundreds of servers check thousands of them, and each would cost 30 ms of a core. How dear they are
to guess is looked at in ``sandbox/server/test_tokens``, on the hasher as it ships.
"""

from argon2 import PasswordHasher

from sandbox.server import tokens

SHIPPED, SHIPPED_NOBODY = tokens._ARGON2, tokens._NOBODY
LIGHT = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def lighten() -> None:
    """From now on, in this process."""
    tokens._ARGON2, tokens._NOBODY = LIGHT, LIGHT.hash("nobody")
