"""Which test stands beside a module."""

from pathlib import Path

import pytest

from tests.namesakes import ROOT, namesake


@pytest.mark.parametrize(
    ("changed", "test"),
    [
        ("kiosk/ui/workspace/bar.py", "tests/ui/workspace/test_bar.py"),
        ("kiosk/local/log.py", "tests/local/test_log.py"),
        ("sandbox/server/proof.py", "tests/sandbox/server/test_proof.py"),
        ("tests/ui/workspace/test_bar.py", "tests/ui/workspace/test_bar.py"),
        ("tests/support/scenes.py", None),
        ("docs/laws.md", None),
        ("pyproject.toml", None),
    ],
)
def test_it_has_the_modules_name(changed: str, test: str | None) -> None:
    assert namesake(Path(changed)) == (Path(test) if test else None)
    assert test is None or (ROOT / test).is_file()
