"""The package's scripts, run as they are over a folder of the test's: who runs, and what stays."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from installer.deb import DEBIAN

pytestmark = pytest.mark.skipif("sys.platform != 'linux'", reason="dpkg runs them")
NOW = "bin/kiosk"
BEFORE = "kiosk"
"""Where an older package had the program that runs."""
IDLE = '#!/bin/sh\ncase "$*" in "status --busy") exit 1 ;; esac\n'


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


def run(name: str, word: str, place: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """A script with the folder of the package at ``place``, and ``more`` replaced in it."""
    text = (DEBIAN / name).read_text("utf-8")
    named = {"@VERSION@": "2.0", "/usr/lib/operatory-kiosk": f"{place}/app"}
    named["/var/lib/operatory-kiosk"] = f"{place}/var"
    for old, new in {**named, **more}.items():
        text = text.replace(old, new)
    script = place / name
    script.write_text(text)
    return subprocess.run(["sh", script, word], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("program", [NOW, BEFORE])
def test_a_kiosk_that_cannot_be_asked_stops_the_removal(tmp_path: Path, program: str) -> None:
    with running(tmp_path / "app" / "run" / "1.0" / program) as kiosk:
        done = run("prerm", "remove", tmp_path, **{"/usr/bin/kiosk": "/bin/false"})
        assert kiosk.poll() is None
    assert done.returncode == 1
    assert "is in use. Nothing was removed." in done.stderr


@pytest.mark.skipif("not hasattr(os, 'geteuid') or os.geteuid()", reason="it acts as each user")
@pytest.mark.parametrize("program", [NOW, BEFORE])
def test_an_idle_kiosk_is_ended_by_the_removal(tmp_path: Path, program: str) -> None:
    stand_in = tmp_path / "idle"
    stand_in.write_text(IDLE)
    stand_in.chmod(0o755)
    with running(tmp_path / "app" / "run" / "1.0" / program) as kiosk:
        done = run("prerm", "remove", tmp_path, **{"/usr/bin/kiosk": str(stand_in)})
        assert kiosk.wait(5) == -15
    assert done.returncode == 0, done.stderr


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
