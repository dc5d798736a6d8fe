"""Which test stands beside a module."""

from pathlib import Path

import pytest

from tests.namesakes import ROOT, namesake


@pytest.mark.parametrize(
    ("changed", "test"),
    [
        ("kiosk/ui/bar.py", "tests/ui/test_bar.py"),
        ("kiosk/log.py", "tests/test_log.py"),
        ("sandbox/proof.py", "tests/sandbox/test_proof.py"),
        ("tests/ui/test_bar.py", "tests/ui/test_bar.py"),
        ("tests/ui/scenes.py", None),
        ("docs/laws.md", None),
        ("pyproject.toml", None),
    ],
)
def test_it_has_the_modules_name(changed: str, test: str | None) -> None:
    assert namesake(Path(changed)) == (Path(test) if test else None)
    assert test is None or (ROOT / test).is_file()
