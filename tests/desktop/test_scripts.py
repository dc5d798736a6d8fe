"""Names that no font here draws: looked at in a process that has the bundled fonts only."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.desktop.scripts import Script, script_of

LOOK = """
import json, sys
from PySide6.QtGui import QGuiApplication
from kiosk.desktop.scripts import lost_scripts
application = QGuiApplication([])
print(json.dumps(lost_scripts(json.loads(sys.argv[1]))))
"""


def lost_of(tmp_path: Path, *names: str) -> list[str]:
    """What a computer with no other fonts than the kiosk's own cannot draw."""
    fonts = Path("resources/theme/fonts").absolute()
    config = tmp_path / "fonts.conf"
    config.write_text(f"<fontconfig><dir>{fonts}</dir><cachedir>{tmp_path}</cachedir></fontconfig>")
    done = subprocess.run(
        [sys.executable, "-c", LOOK, json.dumps(names)],
        env={
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "FONTCONFIG_FILE": str(config),
            "PYTHONPATH": str(Path.cwd()),
        },
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=30,
    )
    told: list[str] = json.loads(done.stdout)
    return told


def test_what_the_bundled_fonts_draw_is_not_lost(tmp_path: Path) -> None:
    assert lost_of(tmp_path, "Maria Lopez", "Tomás O'Brien", "Zoë M\u00fcller-\u0141ukasz") == []


def test_what_they_do_not_is_named_by_its_script(tmp_path: Path) -> None:
    names = ("\u674e\u660e", "\u0645\u062d\u0645\u062f", "Maria \U0001f600")
    assert lost_of(tmp_path, *names) == [Script.EAST_ASIAN, Script.EMOJI, Script.OTHER]
    assert lost_of(tmp_path, "\uae40\ubbfc\uc9c0") == [Script.EAST_ASIAN]


@pytest.mark.parametrize(
    ("sign", "script"),
    [
        ("\u674e", Script.EAST_ASIAN),
        ("\u3042", Script.EAST_ASIAN),
        ("\uae40", Script.EAST_ASIAN),
        ("\u0645", Script.OTHER),
        ("\u0e01", Script.OTHER),
        ("\U0001f600", Script.EMOJI),
        ("\u2764", Script.EMOJI),
    ],
)
def test_which_package_draws_it(sign: str, script: Script) -> None:
    assert script_of(sign) is script
