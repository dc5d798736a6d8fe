"""Setting the engine up: what may draw for it, and the switches it starts with.

Needs a screen: the web engine draws on one, or X11 keeps who owns what.
"""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl

from kiosk.ui.xchart.engine import ONE_SCALE, flags, has_graphics


@pytest.mark.skipif("sys.platform != 'linux'", reason="the devices are Linux's")
@pytest.mark.parametrize(
    ("device", "found"),
    [("dri/renderD128", True), ("dri/card0", False), ("nvidia0", True), ("nvidiactl", False)],
)
def test_a_graphics_device_is_one_that_draws(tmp_path: Path, device: str, found: bool) -> None:
    assert not has_graphics(tmp_path)
    (tmp_path / device).parent.mkdir(exist_ok=True)
    (tmp_path / device).touch()
    assert has_graphics(tmp_path) is found


@pytest.mark.skipif("sys.platform != 'linux'", reason="the devices are Linux's")
def test_a_graphics_device_that_others_use_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "nvidia0").touch()
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    assert not has_graphics(tmp_path)


def test_the_engine_starts_confined_and_with_one_scale() -> None:
    told = flags((QUrl("https://x.example"), QUrl("http://proxy.example:3128")), False)
    assert "MAP * ~NOTFOUND , EXCLUDE x.example , EXCLUDE proxy.example" in told
    assert "EXCLUDE ::1" in flags((QUrl("https://[::1]:8443"), QUrl()), False)
    assert ONE_SCALE in told.split()
    assert "--force-renderer-accessibility" not in told
