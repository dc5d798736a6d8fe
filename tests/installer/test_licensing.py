"""The licences beside the program: every part's text, and the notice about all."""

from pathlib import Path

from installer.licensing import lay_out
from installer.parts import LICENCES, Part


def test_each_part_has_its_text_in_a_folder_of_its_own(tmp_path: Path) -> None:
    text, folder = tmp_path / "LICENSE", tmp_path / "licences"
    text.write_text("Do as you like.")
    ours = LICENCES / "LGPL-3.0-only.txt"
    lay_out(
        [
            Part("msgspec", "1", "BSD-3-Clause", "pkg:pypi/msgspec@1", (text,)),
            Part("shiboken6", "6", "LGPL-3.0-only", "pkg:pypi/shiboken6@6", (ours,)),
        ],
        folder,
    )
    assert (folder / "msgspec" / "LICENSE").read_text() == "Do as you like."
    assert {path.name for path in folder.iterdir()} == {
        "msgspec",
        *(path.name for path in LICENCES.iterdir()),
    }
