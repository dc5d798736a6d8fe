"""The supervisor, over real processes: what is started again, how often, and what is not."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.cli.supervisor import MOST, NOT_THERE, Supervisor
from kiosk.local.json_files import read_object
from kiosk.local.log import Log
from kiosk.local.profile import Profile, open_profile
from tests.support.xvfb import private_x_server

pytestmark = pytest.mark.skipif("sys.platform == 'win32'", reason="kills by number")
NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)
KIOSK = """
import os, pathlib, signal, sys
runs = pathlib.Path(sys.argv[1])
runs.open("a").write("x")
how = sys.argv[2:][min(runs.stat().st_size, len(sys.argv) - 2) - 1]
if how == "kill": os.kill(os.getpid(), signal.SIGKILL)
if how == "term": os.kill(os.getpid(), signal.SIGTERM)
sys.exit(int(how))
"""


class Desk:
    """A supervisor whose kiosk ends as it is told, one way a start, the last for good."""

    def __init__(self, place: Path, *ways: str) -> None:
        self.runs = place / "runs"
        self.log = place / "kiosk.log"
        self.said = 0
        self.again: list[bool] = []
        self.step = timedelta(seconds=1)
        self._now = timedelta(0)
        self._command = [sys.executable, "-c", KIOSK, str(self.runs), *ways]

    def run(self) -> int:
        before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            log = Log(self.log, lambda: NOON)
            return Supervisor(self._command, log, self._elapsed, self._down, pause=0).run()
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    @property
    def starts(self) -> int:
        return len(self.runs.read_text())

    @property
    def noted(self) -> list[str]:
        return [line.partition(" ")[2] for line in self.log.read_text().splitlines()]

    def _elapsed(self) -> timedelta:
        self._now += self.step
        return self._now

    def _down(self) -> bool:
        self.said += 1
        return self.again.pop() if self.again else False


@pytest.mark.parametrize(("way", "code"), [("0", 0), ("2", 2), ("3", 3), ("term", -signal.SIGTERM)])
def test_what_ended_in_order_is_not_started_again(tmp_path: Path, way: str, code: int) -> None:
    desk = Desk(tmp_path, way)
    assert (desk.run(), desk.starts, desk.said) == (code, 1, 0)


@pytest.mark.parametrize("way", ["kill", "1", "134"])
def test_a_crash_is_started_again(tmp_path: Path, way: str) -> None:
    """After a kill -9 the kiosk stayed down."""
    desk = Desk(tmp_path, way, way, "0")
    assert (desk.run(), desk.starts, desk.said) == (0, 3, 0)
    how = "killed" if way == "kill" else "failed"
    assert desk.noted == [f"started_again code={how} count={number}" for number in (1, 2)]


def test_after_three_times_it_says_so(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "kill")
    assert (desk.run(), desk.starts, desk.said) == (-signal.SIGKILL, 1 + MOST, 1)
    assert desk.noted[-1] == "stays_down code=killed count=4"


def test_crashes_of_long_ago_do_not_count(tmp_path: Path) -> None:
    desk = Desk(tmp_path, *["kill"] * 8, "0")
    desk.step = timedelta(minutes=4)
    assert (desk.run(), desk.starts, desk.said) == (0, 9, 0)


def test_who_stands_there_may_try_again(tmp_path: Path) -> None:
    desk = Desk(tmp_path, *["1"] * 5, "0")
    desk.again = [True]
    assert (desk.run(), desk.starts, desk.said) == (0, 6, 1)


def test_a_program_that_is_not_there_for_a_moment_is_a_crash(tmp_path: Path) -> None:
    """A package is being unpacked: it ended in a traceback, without a line and without a page."""
    log, said = Log(tmp_path / "kiosk.log", lambda: NOON), list[bool]()

    def down() -> bool:
        said.append(True)
        return False

    gone = [str(tmp_path / "gone")]
    assert Supervisor(gone, log, timedelta, down, pause=0).run() == NOT_THERE
    assert said == [True]
    assert "stays_down code=failed count=4" in log.path.read_text()


SUPERVISOR = """
import sys, pathlib
from datetime import UTC, datetime, timedelta
from kiosk.local.log import Log
from kiosk.cli.supervisor import Supervisor
log = Log(pathlib.Path(sys.argv[1]), lambda: datetime(2026, 11, 29, tzinfo=UTC))
sys.exit(Supervisor(sys.argv[2:], log, timedelta, lambda: False, pause=0).run())
"""
UNWILLING = """
import pathlib, signal, sys
signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
pathlib.Path(sys.argv[1]).open("a").write("x")
print("up", flush=True)
while True:
    signal.pause()
"""


def test_what_fails_while_the_computer_is_shut_down_is_not_started_again(tmp_path: Path) -> None:
    python, runs = sys.executable, tmp_path / "runs"
    command = [python, "-c", SUPERVISOR, str(tmp_path / "log"), python, "-c", UNWILLING, str(runs)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as supervisor:
        assert supervisor.stdout is not None
        assert supervisor.stdout.readline() == b"up\n"
        supervisor.terminate()
        assert supervisor.wait(10) == 1
    assert runs.read_text() == "x"


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    made = open_profile(tmp_path / "op3")
    assert isinstance(made, Profile)
    return made


def until(holds: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    """Look again and again, ten seconds at most."""
    for _ in range(200):
        if holds():
            return
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.1)
    raise AssertionError("it did not come to be")


def test_a_real_kiosk_comes_back_after_a_kill_and_goes_with_its_supervisor(
    profile: Profile,
) -> None:
    with private_x_server() as display:
        told = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        command = [sys.executable, "-m", "kiosk", "--windowed", "--supervised"]
        command += ["--profile", str(profile.settings.parent)]
        supervisor = subprocess.Popen(command, env={**told, "DBUS_SESSION_BUS_ADDRESS": ""})

        def runs() -> int:
            return int(str(read_object(profile.status).get("pid", 0)))

        try:
            until(lambda: runs() > 0, supervisor)
            first = runs()
            assert first != supervisor.pid
            os.kill(first, signal.SIGKILL)
            until(lambda: runs() not in {0, first}, supervisor)
            second = runs()
            supervisor.terminate()
            assert supervisor.wait(20) == 0
            with pytest.raises(ProcessLookupError):
                os.kill(second, 0)
        finally:
            supervisor.kill()
            supervisor.wait()
    assert "started_again code=killed count=1" in profile.log.read_text()
