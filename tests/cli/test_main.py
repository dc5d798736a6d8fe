"""The command line, run as a process: exit codes, plain sentences, and a light start."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk import __version__
from kiosk.cli.main import run_command
from kiosk.desktop.single_instance import Instance
from kiosk.keychain.os_keychain import open_keychain
from kiosk.keychain.port import Found, Item, ItemName, Missing
from kiosk.local.profile import Profile, open_profile
from kiosk.sync.files import LocalFiles
from tests.support.secret_service import PrivateBus
from tests.support.xvfb import private_x_server

HEAVY = ("requests", "keyring", "cryptography", "msgspec", "PySide6", "sqlite3", "secretstorage")


def kiosk(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kiosk", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **env},
        timeout=60,
    )


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    opened = open_profile(tmp_path / "op3")
    assert isinstance(opened, Profile)
    return opened


@pytest.fixture
def at(tmp_path: Path, profile: Profile) -> tuple[str, str]:
    return ("--profile", str(tmp_path / "op3"))


def test_version() -> None:
    done = kiosk("--version")
    assert (done.returncode, done.stdout) == (0, f"Operatory Kiosk {__version__}+source\n")


def test_the_command_line_imports_nothing_heavy(at: tuple[str, str]) -> None:
    code = (
        "import sys, kiosk.cli.main; kiosk.cli.main.main(sys.argv[1:]);"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *at, "status"], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_run_path_imports_no_library_before_first_paint() -> None:
    code = (
        "import sys, kiosk.cli.main, kiosk.local.log, kiosk.local.clock, kiosk.local.settings;"
        "import kiosk.app.start;"
        f"print([name for name in {HEAVY!r} if name in sys.modules and name != 'PySide6'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_what_is_not_understood_is_2() -> None:
    done = kiosk("--frobnicate")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_provisioning_names_every_fault_and_changes_nothing(
    at: tuple[str, str], profile: Profile, tmp_path: Path
) -> None:
    file = tmp_path / "x.toml"
    file.write_text('server = "https://x.example"\noperatry = "Op 3"\ntoken = "canary"\n')
    done = kiosk(*at, "provision", str(file))
    assert done.returncode == 1
    assert "Line 2: `operatry` is not a setting. Did you mean `operatory`?" in done.stderr
    assert "Line 3: `token` must not be here" in done.stderr
    assert "canary" not in done.stderr + done.stdout
    assert not profile.settings.exists()


def test_provisioning_puts_in_force_and_checking_does_not(
    at: tuple[str, str], profile: Profile, tmp_path: Path
) -> None:
    file = tmp_path / "x.toml"
    file.write_text('server = "https://x.example"\n[end]\n')
    assert kiosk(*at, "provision", str(file), "--check", "--offline").returncode == 0
    assert not profile.settings.exists()
    assert kiosk("provision", *at, str(file), "--offline").returncode == 0
    assert profile.settings.read_text() == 'server = "https://x.example"\n'


def test_a_profile_that_cannot_be_used_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = kiosk("--profile", str(tmp_path / "file"), "status")
    assert done.returncode == 1
    assert "cannot be used" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("running", "said", "code", "busy_code"),
    [
        (False, {"busy": True}, 1, 1),  # left behind by a killed kiosk
        (True, {"busy": True}, 0, 0),
        (True, {"busy": False}, 0, 1),
        (True, None, 0, 0),  # not said: better an update late than in a case
        (True, [], 0, 0),
    ],
)
def test_status(
    at: tuple[str, str],
    profile: Profile,
    capsys: pytest.CaptureFixture[str],
    running: bool,
    said: object,
    code: int,
    busy_code: int,
) -> None:
    if said is not None:
        profile.status.write_text(json.dumps(said))
    instance = Instance.take(profile.lock) if running else None
    assert run_command([*at, "status"]) == code
    assert run_command([*at, "status", "--busy"]) == busy_code
    capsys.readouterr()
    assert run_command([*at, "status", "--json"]) == code
    told = json.loads(capsys.readouterr().out)
    assert (told["running"], told["busy"]) == (running, busy_code == 0)
    if instance is not None:
        instance.give_up()


def test_doctor_on_a_real_desktop(at: tuple[str, str], secret_service: PrivateBus) -> None:
    with private_x_server() as display:
        env = {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "WAYLAND_DISPLAY": ""}
        first = kiosk(*at, "doctor", "--json", **env)
        again = kiosk(*at, "doctor", **env)
    topics = {finding["topic"]: finding for finding in json.loads(first.stdout)}
    assert topics["display"]["verdict"] == "ok"
    assert topics["idle"]["verdict"] == "ok"
    assert topics["keychain"]["verdict"] == "warn"
    assert first.returncode == 0
    assert "OK    keychain: The keychain works and still has what was kept before." in again.stdout
    assert again.returncode == 0


def test_doctor_without_a_keychain_or_a_display_fails_in_sentences(at: tuple[str, str]) -> None:
    nothing = {"DBUS_SESSION_BUS_ADDRESS": "", "DISPLAY": "", "WAYLAND_DISPLAY": ""}
    done = kiosk(*at, "doctor", **nothing, QT_QPA_PLATFORM="xcb")
    assert done.returncode == 1
    assert "FAIL  keychain: This computer has no keychain" in done.stdout
    assert "FAIL  display: There is no display" in done.stdout
    assert "Traceback" not in done.stderr


def test_wiping_forgets_and_can_be_repeated(
    at: tuple[str, str], profile: Profile, secret_service: PrivateBus
) -> None:
    keychain = open_keychain(profile.id)
    keychain.keep(ItemName(Item.DEVICE_KEY), "a secret")
    assert kiosk(*at, "wipe").returncode == 1
    assert keychain.read(ItemName(Item.DEVICE_KEY)) == Found("a secret")
    assert kiosk(*at, "wipe", "--yes").returncode == 0
    assert keychain.read(ItemName(Item.DEVICE_KEY)) == Missing()
    assert kiosk(*at, "wipe", "--yes").returncode == 0


def test_wiping_forgets_everybody_who_has_a_login_here(
    at: tuple[str, str], profile: Profile, secret_service: PrivateBus
) -> None:
    keychain, pin = open_keychain(profile.id), ItemName(Item.PIN, "acc-nina")
    keychain.keep(pin, "a pepper")
    LocalFiles(profile).keep_own("acc-nina", datetime(2026, 11, 23, tzinfo=UTC))
    assert kiosk(*at, "wipe", "--yes").returncode == 0
    assert keychain.read(pin) == Missing()


def test_records_that_cannot_be_read_are_not_wiped_by_a_plain_yes(
    at: tuple[str, str], profile: Profile, secret_service: PrivateBus
) -> None:
    profile.audit.write_bytes(b"not a database, but someone's work" * 40)
    done = kiosk(*at, "wipe", "--yes")
    assert done.returncode == 1
    assert "nobody knows how many" in done.stderr
    assert profile.audit.exists()


def test_a_profile_that_cannot_be_looked_into_counts_as_busy(tmp_path: Path) -> None:
    """No update on a guess: found by reading."""
    (tmp_path / "file").write_text("in the way")
    profile = ["--profile", str(tmp_path / "file")]
    assert run_command([*profile, "status", "--busy"]) == 0
    assert run_command([*profile, "status"]) == 1


def test_a_server_that_does_not_answer_is_not_taken_over(
    at: tuple[str, str], profile: Profile, tmp_path: Path
) -> None:
    file = tmp_path / "x.toml"
    file.write_text('server = "http://127.0.0.1:1"\n[end]\n')
    done = kiosk(*at, "provision", str(file))
    assert done.returncode == 1
    assert "Line 1: `server` http://127.0.0.1:1: The server does not answer." in done.stderr
    assert "--offline" in done.stderr
    assert not profile.settings.exists()


def test_somebody_elses_session_starts_nothing_and_leaves_nothing(tmp_path: Path) -> None:
    done = kiosk("--profile", str(tmp_path / "nobody"), "--autostart")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert not (tmp_path / "nobody").exists()


def test_the_self_test_needs_a_desktop(at: tuple[str, str]) -> None:
    done = kiosk(*at, "--self-test", DISPLAY="", WAYLAND_DISPLAY="", DBUS_SESSION_BUS_ADDRESS="")
    assert done.returncode == 1
    assert "FAIL  display: There is no display" in done.stdout
    assert "FAIL  keychain: This computer has no keychain" in done.stdout
    assert done.stdout.splitlines()[-1] == "This installation does not work as it is."


def test_what_was_left_is_taken_over_before_the_first_paint(
    at: tuple[str, str], profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def run(*_: object) -> int:
        seen.append(profile.settings.read_text())
        return 0

    monkeypatch.setattr("kiosk.app.start.run", run)
    monkeypatch.setattr("kiosk.local.log.catch_unexpected", lambda log: None)
    profile.provisioning.write_text('server = "https://x.example"\n[end]\n')
    assert run_command([*at]) == 0
    assert seen == ['server = "https://x.example"\n']
    told = profile.log.read_text().splitlines()
    assert told[0].endswith(f" started build={__version__}+source")
    assert "provisioning code=taken_over" in told[1]
    profile.provisioning.write_text("nonsense")
    assert run_command([*at]) == 0
    assert "provisioning code=faults count=2" in profile.log.read_text()


@pytest.mark.parametrize("words", [("status", "--json"), ("doctor", "--json")])
def test_a_profile_that_cannot_be_opened_is_still_json(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    """Monitoring got nothing at all on standard output."""
    (tmp_path / "file").write_text("in the way")
    done = kiosk(*words, "--profile", str(tmp_path / "file"))
    told = json.loads(done.stdout)
    assert done.returncode == 1
    if "doctor" in words:
        assert [(each["topic"], each["verdict"]) for each in told] == [("profile", "fail")]
    else:
        assert (told["running"], told["busy"]) == (None, True)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("status",), 1),
        (("status", "--busy"), 1),
        (("audit", "verify"), 1),
        (("audit", "export", "-"), 1),
        (("wipe", "--yes"), 0),
        (("provision", "--check", "nothing.toml"), 1),
    ],
)
def test_what_only_looks_makes_no_profile(
    tmp_path: Path, words: tuple[str, ...], code: int
) -> None:
    done = kiosk(*words, "--profile", str(tmp_path / "op3"))
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_letter_that_the_output_lacks_does_not_end_the_command(tmp_path: Path) -> None:
    """Windows writes cp1252 into files and pipes."""
    file = tmp_path / "\u674e.toml"
    file.write_text('server = "https://x.example"\n[end]\n')
    done = kiosk("provision", "--check", "--offline", str(file), PYTHONIOENCODING="cp1252")
    assert (done.returncode, done.stderr) == (0, "")
    assert "\\u674e.toml is in order." in done.stdout


@pytest.mark.parametrize("broken", ["", "abc"])
def test_where_the_id_is_broken_nothing_is_said_to_be_wiped(
    tmp_path: Path, broken: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its name is the only way to the keychain's items."""
    profile = open_profile(tmp_path)
    assert isinstance(profile, Profile)
    profile.audit.write_bytes(b"records")
    (profile.data / "profile-id").write_text(broken)
    at = ["--profile", str(tmp_path)]
    assert run_command([*at, "wipe", "--yes"]) == 1
    assert run_command([*at, "audit", "verify"]) == 1
    assert "profile-id" in capsys.readouterr().err
    assert profile.audit.exists()


RUN_TWICE = """
import os
from contextlib import suppress
from pathlib import Path
from kiosk.cli import main

def open_files():
    for each in Path("/dev/fd").iterdir():
        with suppress(OSError):
            os.fstat(int(each.name))
            yield int(each.name)

print(len([each for each in open_files() if each > 2]), flush=True)
if "AGAIN" not in os.environ:
    os.environ["AGAIN"] = "1"
    os.set_inheritable(os.open("/dev/null", os.O_RDONLY), True)
    print(len([each for each in open_files() if each > 2]), flush=True)
    main._run_again()
"""


@pytest.mark.skipif("sys.platform == 'win32'", reason="no process becomes another there")
def test_the_same_command_once_more_has_no_file_of_the_one_before() -> None:
    """What the engine had left open went along each time."""
    command = [sys.executable, "-c", RUN_TWICE]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.split() == ["0", "1", "0"]
