"""The package: its layout, its bytes, and scripts that a shell understands."""

import os
import subprocess
from pathlib import Path

import pytest

from installer import deb
from installer.deb import Release, pack

RELEASE = Release("0.1.0~7.gabc", 1_700_000_000)
pytestmark = pytest.mark.skipif("sys.platform != 'linux'", reason="dpkg-deb is Debian's")


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(deb, "needed", lambda tree: ["libc6", "tzdata"])
    folder = tmp_path / "program"
    (folder / "lib").mkdir(parents=True)
    (folder / "kiosk").write_text("#!/bin/sh\n")
    (folder / "kiosk").chmod(0o700)
    (folder / "lib" / "libqt.so.6").write_bytes(b"x" * 3000)
    (folder / "lib" / "libqt.so.6").chmod(0o777)
    return folder


def told(*arguments: str | Path) -> str:
    done = subprocess.run(
        ["dpkg-deb", *arguments], check=True, capture_output=True, text=True, env={"TZ": "UTC"}
    )
    return done.stdout


def test_the_same_commit_gives_the_same_bytes(tmp_path: Path, program: Path) -> None:
    pack(program, RELEASE, tmp_path / "first.deb")
    # Older than the commit: what is newer, dpkg-deb itself brings down to it.
    os.utime(program / "kiosk", (5, 5))
    (program / "lib").chmod(0o700)
    usual = os.umask(0o077)
    try:
        pack(program, RELEASE, tmp_path / "second.deb")
    finally:
        os.umask(usual)
    assert (tmp_path / "first.deb").read_bytes() == (tmp_path / "second.deb").read_bytes()


def test_everything_is_where_debian_wants_it(tmp_path: Path, program: Path) -> None:
    pack(program, RELEASE, tmp_path / "x.deb")
    lines = told("-c", tmp_path / "x.deb").splitlines()
    placed = {line.split()[5].removeprefix("."): line.split()[:2] for line in lines}
    assert placed["/usr/lib/operatory-kiosk/dist/kiosk"] == ["-rwxr-xr-x", "root/root"]
    assert placed["/usr/lib/operatory-kiosk/dist/lib/libqt.so.6"][0] == "-rw-r--r--"
    assert {
        "/usr/bin/kiosk",
        "/usr/share/applications/operatory-kiosk.desktop",
        "/usr/share/icons/hicolor/scalable/apps/operatory-kiosk.svg",
        "/usr/share/lintian/overrides/operatory-kiosk",
        "/usr/share/operatory-kiosk/provisioning.schema.json",
        "/usr/share/doc/operatory-kiosk/provisioning.example.toml",
        "/etc/xdg/autostart/operatory-kiosk.desktop",
    } <= set(placed)
    assert "../lib/operatory-kiosk/current/kiosk" in "\n".join(lines)
    assert told("-I", tmp_path / "x.deb", "conffiles") == (
        "/etc/xdg/autostart/operatory-kiosk.desktop\n"
    )


def test_what_it_needs_is_declared(tmp_path: Path, program: Path) -> None:
    pack(program, RELEASE, tmp_path / "x.deb")
    assert told("-f", tmp_path / "x.deb", "Depends") == "libc6, tzdata\n"
    assert int(told("-f", tmp_path / "x.deb", "Installed-Size")) >= 4


@pytest.mark.parametrize("name", deb.SCRIPTS)
def test_the_scripts_are_filled_in_and_understood(tmp_path: Path, program: Path, name: str) -> None:
    pack(program, RELEASE, tmp_path / "x.deb")
    text = told("-I", tmp_path / "x.deb", name)
    assert "@" not in text.replace('"$@"', "")
    assert "set -eu" in text
    subprocess.run(["sh", "-n"], input=text, check=True, text=True)


def test_each_override_of_lintian_has_its_reason_in_the_line_before() -> None:
    lines = (deb.DEBIAN / "lintian-overrides").read_text("utf-8").splitlines()
    meant = [number for number, line in enumerate(lines) if line.startswith("operatory-kiosk: ")]
    assert meant
    assert all(lines[number - 1].startswith("# ") for number in meant)
    assert all(number in meant or line.startswith("# ") for number, line in enumerate(lines))
