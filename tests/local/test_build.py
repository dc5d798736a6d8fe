"""Which build runs: the freezer's word, or the source tree's."""

from pathlib import Path

import pytest

from kiosk import __version__
from kiosk.local import build as asked
from kiosk.local.build import PLACE, build


def test_in_the_source_tree_nobody_says_a_commit() -> None:
    assert not PLACE.exists(), "left by the freezer where it does not belong"
    assert build() == f"{__version__}+source"


@pytest.mark.parametrize("unreadable", [b"", b"\xff\xfe"])
def test_the_freezers_word_counts_where_it_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unreadable: bytes
) -> None:
    place = tmp_path / PLACE.name
    monkeypatch.setattr(asked, "PLACE", place)
    place.write_text("0.1.0~276.gf5a59efd\n")
    assert build() == "0.1.0~276.gf5a59efd"
    place.write_bytes(unreadable)
    assert build() == f"{__version__}+source"
