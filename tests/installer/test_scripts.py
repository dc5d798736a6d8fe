"""The package's scripts, run as they are over a folder of the test's: who runs, and what stays."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from installer.deb import DEBIAN

pytestmark = pytest.mark.skipif("sys.platform != 'linux'", reason="dpkg runs them")
NOW = "bin/kiosk"
BEFORE = "kiosk"
"""Where an older package had the program that runs."""
DATA, CONFIG = ".local/share/operatory-kiosk", ".config/operatory-kiosk"
ROOT_ONLY = pytest.mark.skipif(
    "not hasattr(os, 'geteuid') or os.geteuid()", reason="it acts as each user"
)
SAYS = """#!/bin/sh
[ "$*" = "status --json" ] && echo '{"running": true, "busy": %s, "kiosks": [%s]}'
"""
IDLE = '{"x": 1, "busy": false, "kiosks": [], "user": "op4"}'
"""A kiosk that is idle, whose user has put into its file what root's own words look like."""


@contextmanager
def running(program: Path) -> Iterator[subprocess.Popen[bytes]]:
    program.parent.mkdir(parents=True)
    shutil.copy("/bin/sleep", program)
    process = subprocess.Popen([program, "60"])
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def run(
    name: str, word: str, place: Path, *words: str, **more: str
) -> subprocess.CompletedProcess[str]:
    """A script with the folder of the package at ``place``, and ``more`` replaced in it."""
    text = (DEBIAN / name).read_text("utf-8")
    named = {"@VERSION@": "2.0", "@KIB@": "1", "/usr/lib/operatory-kiosk": f"{place}/app"}
    named["/var/lib/operatory-kiosk"] = f"{place}/var"
    named["/var/backups/operatory-kiosk"] = f"{place}/backups"
    for old, new in {**named, **more}.items():
        text = text.replace(old, new)
    script = place / name
    script.write_text(text)
    return subprocess.run(["sh", script, word, *words], capture_output=True, text=True, check=False)


class Homes:
    """Users of the test's own, each with a kiosk that has an audit."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._passwd = place / "passwd"
        # The users go through the test's own folders, which are root's alone.
        self._home = Path(tempfile.mkdtemp(prefix="homes-"))
        self._home.chmod(0o755)

    def add(self, name: str, uid: int) -> Path:
        """The home of a user who is the next in the list."""
        home = self._home / name
        for folder in (DATA, CONFIG):
            (home / folder).mkdir(parents=True)
        (home / DATA / "audit.db").write_text(f"records of {name}")
        (home / CONFIG / "settings.toml").touch()
        for path in (home, *home.rglob("*")):
            os.chown(path, uid, uid)
        with self._passwd.open("a") as file:
            file.write(f"{name}:x:{uid}:{uid}::{home}:/bin/sh\n")
        return home

    def purge(self) -> subprocess.CompletedProcess[str]:
        return run("postrm", "purge", self._place, **{"getent passwd": f"cat {self._passwd}"})

    def put_aside(self, name: str) -> list[str]:
        """What lies in the backups of that user."""
        return [path.read_text() for path in self._place.glob(f"backups/*-{name}.*/*")]

    @property
    def backups(self) -> Path:
        return self._place / "backups"

    def folders(self) -> int:
        """How many there are in the backups."""
        return len(list(self._place.glob("backups/*")))

    def forget(self) -> None:
        shutil.rmtree(self._home)


@pytest.fixture
def homes(tmp_path: Path) -> Iterator[Homes]:
    made = Homes(tmp_path)
    yield made
    made.forget()


@pytest.mark.parametrize("program", [NOW, BEFORE])
def test_a_kiosk_that_cannot_be_asked_stops_the_removal(tmp_path: Path, program: str) -> None:
    with running(tmp_path / "app" / "run" / "1.0" / program) as kiosk:
        done = run("prerm", "remove", tmp_path, **{"/usr/bin/kiosk": "/bin/false"})
        assert kiosk.poll() is None
    assert done.returncode == 1
    assert "is in use. Nothing was removed." in done.stderr


def saying(place: Path, busy: str) -> dict[str, str]:
    """A program in the kiosk's place that says so of all kiosks."""
    stand_in = place / "stand-in"
    stand_in.write_text(SAYS % (busy, IDLE))
    stand_in.chmod(0o755)
    return {"/usr/bin/kiosk": str(stand_in)}


@ROOT_ONLY
@pytest.mark.parametrize("program", [NOW, BEFORE])
def test_an_idle_kiosk_is_ended_by_the_removal(tmp_path: Path, program: str) -> None:
    with running(tmp_path / "app" / "run" / "1.0" / program) as kiosk:
        done = run("prerm", "remove", tmp_path, **saying(tmp_path, "false"))
        assert kiosk.wait(5) == -15
    assert done.returncode == 0, done.stderr


def test_one_that_is_idle_does_not_speak_for_another(tmp_path: Path) -> None:
    with running(tmp_path / "app" / "run" / "1.0" / NOW) as kiosk:
        done = run("prerm", "remove", tmp_path, **saying(tmp_path, "true"))
        assert kiosk.poll() is None
    assert done.returncode == 1


@ROOT_ONLY
def test_the_program_says_it_in_the_words_that_the_removal_reads() -> None:
    """The first ones of its line, which are no user's."""
    asked = [sys.executable, "-m", "kiosk", "status", "--json"]
    told = subprocess.run(asked, capture_output=True, text=True, check=False).stdout
    assert re.match(r'\{"running": (true|false), "busy": (true|false), "kiosks": \[', told)


def test_a_program_of_the_same_name_does_not_stop_the_removal(tmp_path: Path) -> None:
    with running(tmp_path / "elsewhere" / "kiosk") as other:
        assert run("prerm", "remove", tmp_path).returncode == 0
        assert other.poll() is None


@pytest.mark.parametrize("program", [NOW, BEFORE])
def test_what_a_kiosk_runs_from_stays_and_the_rest_goes(tmp_path: Path, program: str) -> None:
    app = tmp_path / "app"
    (app / "dist" / "bin").mkdir(parents=True)
    (app / "dist" / "bin" / "kiosk").touch()
    (app / "run" / "0.8").mkdir(parents=True)
    with running(app / "run" / "1.0" / program):
        done = run("postinst", "configure", tmp_path)
        assert done.returncode == 0, done.stderr
        assert sorted(place.name for place in (app / "run").iterdir()) == ["1.0", "2.0"]
    assert "a kiosk that runs goes on as 1.0" in done.stdout
    assert (app / "current" / "bin" / "kiosk").samefile(app / "dist" / "bin" / "kiosk")


def test_who_is_just_being_started_keeps_what_it_starts_from(tmp_path: Path) -> None:
    """The shell that starts a kiosk has found its place and is not it yet."""
    app = tmp_path / "app"
    (app / "dist").mkdir(parents=True)
    program = app / "run" / "1.0" / NOW
    program.parent.mkdir(parents=True)
    shutil.copy("/bin/sleep", program)
    with subprocess.Popen(["sh", "-c", f"sleep 0.3; exec {program} 60"]) as starting:
        try:
            assert run("postinst", "configure", tmp_path).returncode == 0
            assert starting.poll() is None
            assert program.exists()
        finally:
            starting.kill()


@ROOT_ONLY
def test_a_purge_puts_the_records_aside_and_forgets_the_rest(homes: Homes) -> None:
    home = homes.add("op3", 61003)
    assert homes.purge().returncode == 0
    assert not (home / DATA).exists()
    assert not (home / CONFIG).exists()
    assert homes.put_aside("op3") == ["records of op3"]


@ROOT_ONLY
@pytest.mark.parametrize("trouble", ["unreadable", "closed", "pipe", "strange", "stolen"])
def test_one_home_that_cannot_be_read_is_no_others_trouble(homes: Homes, trouble: str) -> None:
    """The purge ended at the first such home, and whoever came after it kept everything."""
    first, second = homes.add("op1", 61001), homes.add("op2", 61002)
    audit = first / DATA / "audit.db"
    match trouble:
        case "unreadable":
            audit.chmod(0)
        case "closed":
            os.chown(first, 0, 0)
            first.chmod(0o700)
        case "pipe":
            audit.unlink()
            os.mkfifo(audit)
        case "strange":
            audit.rename(audit.with_name("audit *.db"))
            audit.symlink_to("/etc/shadow")
        case _:
            os.chown(audit, 61009, 61009)
            audit.chmod(0o600)
    done = homes.purge()
    assert done.returncode == 0, done.stderr
    assert f"the records of op1 could not be put aside. They stay in {first}" in done.stderr
    assert (first / DATA).exists()
    assert homes.folders() == 1
    assert homes.put_aside("op2") == ["records of op2"]
    assert not (second / DATA).exists()


@pytest.mark.parametrize("word", ["install", "upgrade"])
@pytest.mark.parametrize("before", ["2.0.1", "2.1~7.gabc", "1:1.0"])
def test_an_older_version_does_not_replace_a_newer_one(
    tmp_path: Path, word: str, before: str
) -> None:
    """Also not one that was removed: what it has written is there still."""
    done = run("preinst", word, tmp_path, before)
    assert done.returncode == 1
    assert f"{before} was here, which is newer than 2.0" in done.stderr


@pytest.mark.parametrize("before", [(), ("",), ("1.9",), ("2.0",), ("2.0~7.gabc",)])
def test_the_same_version_or_a_newer_one_is_welcome(
    tmp_path: Path, before: tuple[str, ...]
) -> None:
    done = run("preinst", "upgrade", tmp_path, *before)
    assert done.returncode == 0, done.stderr


@ROOT_ONLY
def test_a_purge_that_puts_nothing_aside_leaves_no_folder_for_it(homes: Homes) -> None:
    homes.add("op1", 61001).joinpath(DATA, "audit.db").chmod(0)
    assert homes.purge().returncode == 0
    assert not homes.backups.exists()
