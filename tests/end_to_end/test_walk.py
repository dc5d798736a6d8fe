"""The main job, end to end: real server, real keychain, real window, found and pressed by name."""

from pathlib import Path

import pytest

from sandbox.demo.__main__ import walk, walk_at_site

ON_A_DESK = pytest.mark.skipif(
    "sys.platform != 'linux'", reason="the desk is made of X11 and D-Bus"
)


@ON_A_DESK
def test_every_step_of_the_walk_holds(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Join, tap, lock, resume, switch, done, restart, outage, a month away, removal."""
    status = walk(tmp_path / "pictures")
    assert status == 0, capfd.readouterr().err
    assert len(list((tmp_path / "pictures").glob("*.png"))) >= 20


@ON_A_DESK
def test_every_step_at_a_site_holds(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Join by the site's code, two people, a kill, signed out, forgotten, a new password, down."""
    status = walk_at_site(tmp_path / "pictures")
    assert status == 0, capfd.readouterr().err
    assert len(list((tmp_path / "pictures").glob("*.png"))) >= 20
