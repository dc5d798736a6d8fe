"""One page of those there are, as a picture where there is no display."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.scenes import SCENES

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(("words", "status"), [((), 0), (("nobody",), 2), (("code",), 0)])
def test_a_picture_or_the_names_there_are(
    tmp_path: Path, words: tuple[str, ...], status: int
) -> None:
    outside = {name: value for name, value in os.environ.items() if name != "DISPLAY"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.try_scene", *words],
        cwd=tmp_path,
        env=outside | {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == status
    if words == ("code",):
        assert (tmp_path / done.stdout.strip()).stat().st_size > 0
    else:
        assert done.stdout.splitlines() == list(SCENES)
