"""What a person chose is dear to guess, and an account that is not there as dear as one that is."""

import pytest
from argon2 import Type, extract_parameters

from sandbox.server import tokens
from tests.support.sandbox.light_passwords import SHIPPED, SHIPPED_NOBODY


@pytest.fixture
def shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the server runs outside the tests."""
    monkeypatch.setattr(tokens, "_ARGON2", SHIPPED)
    monkeypatch.setattr(tokens, "_NOBODY", SHIPPED_NOBODY)


def test_a_password_is_kept_as_dear_as_owasp_asks(shipped: None) -> None:
    """facts.md section 5: Argon2id, 19 MiB, two passes, one lane."""
    kept = extract_parameters(tokens.hash_password("a word"))
    assert kept.type is Type.ID
    assert kept.memory_cost >= 19 * 1024
    assert kept.time_cost >= 2
    assert kept.parallelism == 1


def test_no_such_account_costs_as_much(shipped: None) -> None:
    """Else the time would tell which accounts there are."""
    real, nobody = tokens.hash_password("a word"), SHIPPED_NOBODY
    assert extract_parameters(nobody) == extract_parameters(real)
    assert not tokens.password_fits(None, "a word")


def test_a_password_fits_its_own_and_no_other(shipped: None) -> None:
    kept = tokens.hash_password("a word")
    assert tokens.password_fits(kept, "a word")
    assert not tokens.password_fits(kept, "another")
    assert not tokens.password_fits("no hash at all", "a word")
