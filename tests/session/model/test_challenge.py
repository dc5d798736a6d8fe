"""The provider's code, in the words of the published contract."""

import re
from pathlib import Path

from kiosk.session.model import challenge
from kiosk.session.model.challenge import CODE_LENGTH, Purpose
from tests.support.vocabulary import can_change, classes

CONTRACT = Path(__file__).parents[3] / "docs" / "server-contract.md"


def test_purposes_are_those_of_the_contract() -> None:
    told = re.search(r"`purpose` is (.*?)\.\s", CONTRACT.read_text("utf-8"), re.DOTALL)
    assert told is not None
    assert set(re.findall(r"`(\w+)`", told[1])) == {p.value for p in Purpose} - {"own"}


def test_a_code_is_long_enough() -> None:
    """At least six digits (NIST SP 800-63B-4 section 3.1.3.2)."""
    assert CODE_LENGTH >= 6


def test_neither_holds_a_code() -> None:
    for kind in classes(challenge):
        assert not can_change(kind)
        assert "code" not in vars(kind)["__dataclass_fields__"]
