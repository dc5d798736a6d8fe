"""Root and the kiosks of other users: real processes of real users, and what a home may hold."""

import ctypes
import json
import os
import shutil
import struct
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread

import pytest

pytestmark = pytest.mark.skipif(
    "sys.platform != 'linux' or os.geteuid() != 0", reason="only root looks at others"
)
UID = 61007
KIOSK = """
import os, sys, pathlib
from kiosk.desktop.single_instance import Instance
from kiosk.local.process import hide_memory
from kiosk.local.profile import Profile, open_profile
open_profile(pathlib.Path(sys.argv[1]).with_name("nobody") / "x")  # what it imports late
os.setgroups([]); os.setgid({uid}); os.setuid({uid})
profile = open_profile(pathlib.Path(sys.argv[1]))
assert isinstance(profile, Profile), profile
held = Instance.take(profile.lock)
hide_memory()
print("yes", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder of a user of the test's, whom the test's own folders would not let through."""
    made = Path(tempfile.mkdtemp(prefix="home-"))
    os.chown(made, UID, UID)
    yield made
    shutil.rmtree(made)


@contextmanager
def silent(folder: Path, options: str) -> Iterator[None]:
    """A file system of that user's own over the folder, which answers nothing more (FUSE)."""
    system = ctypes.CDLL(None)
    device = os.open("/dev/fuse", os.O_RDWR)
    where = f"fd={device},rootmode=40000,user_id={UID},group_id={UID}{options}"
    assert system.mount(b"test", str(folder).encode(), b"fuse", 0, where.encode()) == 0

    def listen() -> None:
        begun = os.read(device, 1 << 17)
        (number,) = struct.unpack_from("<Q", begun, 8)
        # The one answer there is, to FUSE_INIT: version 7.31, and how much may be written at once.
        told = struct.pack("<IiQ7I", 80, 0, number, 7, 31, 0, 0, 0, 65536, 1)
        os.write(device, told.ljust(80, b"\0"))
        with suppress(OSError):
            while True:
                os.read(device, 1 << 17)

    listening = Thread(target=listen, daemon=True)
    listening.start()
    try:
        yield
    finally:
        system.umount2(str(folder).encode(), 1)  # MNT_FORCE: whoever waits is sent away
        system.umount2(str(folder).encode(), 2)  # MNT_DETACH
        listening.join()
        os.close(device)


@pytest.fixture
def running(home: Path) -> Iterator[Path]:
    """The data of a kiosk of that user, which runs with its memory hidden."""
    process = subprocess.Popen(
        [sys.executable, "-c", KIOSK.format(uid=UID), str(home / "op3")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "yes\n"
    yield home / "op3" / "data"
    process.communicate()


def kiosk(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kiosk", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )


def theirs() -> list[dict[str, object]]:
    """What root is told of that user; other kiosks of this computer are no part of the test."""
    told = json.loads(kiosk("status", "--json").stdout)
    return [each for each in told["kiosks"] if each["user"] == str(UID)]


def say(data: Path, text: str) -> None:
    (data / "status.json").write_text(text)
    os.chown(data / "status.json", UID, UID)


def test_root_sees_who_is_at_work_and_who_is_not(running: Path) -> None:
    """It said "nobody" while somebody worked, and made a profile for root."""
    say(running, '{"busy": true, "version": "0.1.0"}')
    assert kiosk("status", "--busy").returncode == 0
    (seen,) = theirs()
    assert seen == {
        "user": str(UID),
        "folder": str(running),
        "running": True,
        "busy": True,
        "version": "0.1.0",
    }
    say(running, '{"busy": false}')
    (seen,) = theirs()
    assert (seen["running"], seen["busy"]) == (True, False)
    assert f"{UID}: The kiosk is running. Nobody is active." in kiosk("status").stdout


def test_root_makes_no_profile(running: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kiosk", "status"],
        env={**os.environ, "HOME": str(tmp_path), "PYTHONPATH": str(Path.cwd())},
        capture_output=True,
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 0
    assert list(tmp_path.iterdir()) == []


def linked(data: Path) -> None:
    """To what root alone may read."""
    (data / "status.json").symlink_to("/root/idle.json")


def endless(data: Path) -> None:
    (data / "status.json").symlink_to("/dev/zero")


def pipe(data: Path) -> None:
    os.mkfifo(data / "status.json", 0o600)


def roots(data: Path) -> None:
    """What its user cannot read is not what its user's kiosk says."""
    (data / "status.json").write_text('{"busy": false}')
    (data / "status.json").chmod(0o600)


def deep(data: Path) -> None:
    say(data, "[" * 4000)


def removed(data: Path) -> None:
    (data / "kiosk.lock").unlink()


def closed(data: Path) -> None:
    data.chmod(0)


@pytest.mark.parametrize("trick", [linked, endless, pipe, roots, deep, removed, closed])
def test_whatever_a_home_holds_somebody_may_be_at_work(
    running: Path, trick: Callable[[Path], None]
) -> None:
    trick(running)
    (seen,) = theirs()
    assert seen["busy"] is True


def test_one_profile_of_somebody_is_looked_at_as_its_owner(running: Path, home: Path) -> None:
    say(running, '{"busy": false}')
    done = kiosk("status", "--json", "--profile", str(home / "op3"))
    assert json.loads(done.stdout) == {"busy": False, "running": True}
    (home / "link").symlink_to(home / "op3")
    done = kiosk("status", "--json", "--profile", str(home / "link"))
    assert json.loads(done.stdout)["running"] is None
    assert kiosk("status", "--busy", "--profile", str(home / "link")).returncode == 0


@pytest.mark.skipif("not os.path.exists('/dev/fuse')", reason="a kernel without FUSE")
@pytest.mark.parametrize("options", ["", ",allow_other"])
def test_a_file_system_of_the_users_own_holds_nobody_up(running: Path, options: str) -> None:
    """The child that looks into it does not even die: apt's hooks and cron waited for ever."""
    with silent(running, options):
        done = kiosk("status", "--json")
    (seen,) = (each for each in json.loads(done.stdout)["kiosks"] if each["user"] == str(UID))
    assert (seen["running"], seen["busy"]) == (None, True)


def test_a_lock_of_another_program_is_no_kiosk(home: Path) -> None:
    with (home / "kiosk.lock").open("w"):
        assert str(home) not in kiosk("status", "--json").stdout
