"""What the keychain remembers of a case, written and read."""

import json
from dataclasses import replace

import pytest

from kiosk.sync.records.chain import Tail
from kiosk.sync.secrets.case_notes import KeptCase, case_of, written_case
from tests.support import worlds as w

KEPT = KeptCase(replace(w.case_note(), visit="apt-1"), Tail("aud-1", 1, "d" * 64))


def test_what_was_written_is_read() -> None:
    assert case_of(written_case(KEPT)) == KEPT


@pytest.mark.parametrize("part", ["record", "whose", "began_at", "until", "person", "strength"])
def test_what_cannot_be_understood_is_no_case(part: str) -> None:
    told = json.loads(written_case(KEPT))
    assert case_of(json.dumps({**told, part: "?"})) is None
    del told[part]
    assert case_of(json.dumps(told)) is None
    assert case_of("[") is None
