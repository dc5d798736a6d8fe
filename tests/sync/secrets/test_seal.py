"""The seal: every part of the key is needed, and what is read back is a seal of ours or none."""

import json

import pytest

from kiosk.sync.secrets.seal import MEMORY, Seal, bytes_of, closed, opened, read, stretched, text_of
from tests.support.digits import typed

PEPPER, SHARE = b"p" * 32, b"s" * 32
SECRET = "the device password"
SEAL = closed(SECRET, typed("482915"), PEPPER, SHARE, "acc-lena")


def test_what_was_sealed_is_opened_again() -> None:
    again = read(SEAL.written())
    assert again == SEAL
    assert again is not None
    assert opened(again, stretched(again, typed("482915")), PEPPER, SHARE, "acc-lena") == SECRET


@pytest.mark.parametrize(
    ("pin", "pepper", "share", "whose"),
    [
        ("482916", PEPPER, SHARE, "acc-lena"),
        ("482915", b"q" * 32, SHARE, "acc-lena"),
        ("482915", PEPPER, b"t" * 32, "acc-lena"),
        ("482915", PEPPER, SHARE, "acc-park"),
    ],
)
def test_without_any_one_part_nothing_opens(
    pin: str, pepper: bytes, share: bytes, whose: str
) -> None:
    """T5: the file alone, and the file with the keychain, are nothing to try a PIN on."""
    assert opened(SEAL, stretched(SEAL, typed(pin)), pepper, share, whose) is None


def test_two_seals_of_one_secret_have_nothing_in_common() -> None:
    other = closed(SECRET, typed("482915"), PEPPER, SHARE, "acc-lena")
    assert (other.salt, other.nonce, other.sealed) != (SEAL.salt, SEAL.nonce, SEAL.sealed)
    assert SECRET not in SEAL.written()
    assert "482915" not in SEAL.written()


@pytest.mark.parametrize(
    "changes",
    [
        {"salt": ""},
        {"nonce": "AA"},
        {"sealed": 7},
        {"memory": 1024},
        {"memory": MEMORY * 1000},
        {"passes": 0},
        {"passes": 10**9},
        {"memory": "a"},
        {"salt": "\u00e9"},
    ],
)
def test_a_seal_that_is_cheaper_or_dearer_than_ours_is_none(changes: dict[str, object]) -> None:
    """Somebody who can write the file shall neither weaken it nor make the kiosk hang."""
    assert read(json.dumps({**json.loads(SEAL.written()), **changes})) is None


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", "[" * 100_000, '{"salt": 1}'])
def test_what_cannot_be_read_is_no_seal(text: str) -> None:
    assert read(text) is None


def test_it_costs_at_least_what_owasp_asks() -> None:
    """facts.md section 5."""
    assert MEMORY >= 19 * 1024
    assert Seal(b"", b"", b"").passes >= 2


def test_bytes_go_there_and_back() -> None:
    assert bytes_of(text_of(SHARE)) == SHARE
    assert bytes_of(text_of(SHARE).rstrip("=")) == SHARE
