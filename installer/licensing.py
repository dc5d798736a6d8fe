"""The third-party licences beside the program: one folder a part, and the notice about all."""

import shutil
from pathlib import Path

from installer.parts import LICENCES, Part


def lay_out(found: list[Part], folder: Path) -> None:
    """Copy every text below ``folder``, which is made."""
    folder.mkdir()
    for text in sorted(LICENCES.iterdir()):
        shutil.copyfile(text, folder / text.name)
    for part in found:
        for text in part.texts:
            if text.parent == LICENCES:
                continue
            place = folder / part.name
            place.mkdir(exist_ok=True)
            shutil.copyfile(text, place / text.name)
