"""What the system lets others see of this process: tried as an ordinary user, as root sees all."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has the switch")
ORDINARY = """
import ctypes, os, sys
if os.geteuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
    ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)  # as after a start: changing the user took it away
"""
KIOSK = (
    """
from kiosk.local import process
process.begin_process()
"""
    + ORDINARY
    + """
if sys.argv[1] == "hidden":
    assert process.hide_memory()
print(os.getpid(), flush=True)
sys.stdin.read()
"""
)
READER = (
    ORDINARY
    + """
try:
    open(f"/proc/{sys.argv[1]}/mem", "rb").close()
    print("read")
except PermissionError:
    print("refused")
"""
)


def start(code: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
    )


@pytest.mark.parametrize(("wanted", "seen"), [("hidden", "refused"), ("plain", "read")])
def test_the_memory_is_not_read_by_other_programs_of_the_user(wanted: str, seen: str) -> None:
    """The second shows that the first is no accident of this machine."""
    kiosk = start(KIOSK, wanted)
    assert kiosk.stdout is not None
    process_id = kiosk.stdout.readline().strip()
    assert start(READER, process_id).communicate(timeout=20)[0].strip() == seen
    kiosk.communicate(timeout=20)


def test_no_core_file_is_left() -> None:
    """Neither by it nor by what it starts, which cannot raise the limit again."""
    code = """
import resource, subprocess, sys
from kiosk.local import process
process.begin_process()
print(*resource.getrlimit(resource.RLIMIT_CORE), flush=True)
ask = "import resource; print(*resource.getrlimit(resource.RLIMIT_CORE))"
subprocess.run([sys.executable, "-c", ask], check=True)
"""
    told = start(code).communicate(timeout=20)[0].splitlines()
    assert told == ["0 0", "0 0"]


@pytest.mark.parametrize("how", ["hidden", "plain"])
def test_no_open_file_goes_along_into_what_it_becomes(how: str) -> None:
    """Also where /proc belongs to root, since nobody may read its memory."""
    code = f"""
from kiosk.local import process
{ORDINARY}
assert sys.argv[1] == "plain" or process.hide_memory()
here, there = os.pipe()
os.set_inheritable(there, True)
process.keep_files_here()
print(*map(os.get_inheritable, (0, 1, 2, here, there)))
"""
    told = start(code, how).communicate(timeout=20)[0].split()
    assert told == ["True", "True", "True", "False", "False"]


def test_every_command_begins_with_it(tmp_path: Path) -> None:
    code = """
import resource, sys
from kiosk.cli import main
main.main(["--profile", sys.argv[1], "status"])
print(*resource.getrlimit(resource.RLIMIT_CORE))
"""
    told = start(code, str(tmp_path)).communicate(timeout=20)[0].splitlines()
    assert told[-1] == "0 0"
