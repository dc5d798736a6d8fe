"""T24: whatever lies where a file of ours lay is a value, for every reader and every command."""

import json
import os
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from joserfc.jwk import ECKey

from kiosk.cli.main import main
from kiosk.cli.provision import check
from kiosk.desktop.single_instance import Instance
from kiosk.keychain.port import Item, ItemName
from kiosk.local.json_files import (
    LARGEST,
    instant_in,
    object_in,
    objects_in,
    read_object,
    read_text,
    texts_in,
)
from kiosk.local.log import Log
from kiosk.local.login_file import read_painted
from kiosk.local.profile import Profile, open_profile
from kiosk.local.settings import SettingsFault, read_settings
from kiosk.session.model.refusals import Fault
from kiosk.sync.files import LocalFiles
from kiosk.sync.records.chain import HEAD_TYPE, says
from kiosk.sync.secrets.notes import note_of
from kiosk.sync.secrets.safe import Safe
from kiosk.sync.secrets.seal import read
from tests.support.depth import drawn
from tests.support.fake_keychain import FakeKeychain
from tests.support.secret_service import PrivateBus
from tests.support.worlds import NOON

DEEP = "[" * 100_000
BROKEN: list[bytes] = [
    b"",
    b"\x00",
    b"\xff\xfe",
    b"nonsense",
    b"null",
    b"7",
    b'"busy"',
    b"[]",
    b'{"busy": ',
    b'{"account": ["x"], "location": {}, "operatory": 5}',
    b'{"account": "\\ud800", "location": "x", "operatory": "y"}',
    b'{"own": [{"account": "x", "since": 5}, 7, {"account": [], "since": ""}]}',
    b'{"own": {"account": "x"}, "tiles": "x", "busy": "no"}',
    b'{"tiles": [7, {"id": 1}], "location": 1, "operatory": 2, "zone": 3, "detail": 4}',
    b'{"busy": NaN}',
    b'{"sequence": ' + b"9" * 5000 + b"}",
    DEEP.encode(),
    b'{"own": ' + DEEP.encode() + b"]" * 100_000 + b"}",
    b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    b" " * (LARGEST + 1) + b"{}",
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=drawn(12, soak=100),
)


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    profile = open_profile(tmp_path / "op3")
    assert isinstance(profile, Profile)
    return profile


@given(st.dictionaries(st.text(), JSON))
@example({"\U0001f9b7": "Grüße \U0001f9b7"})
def test_what_was_written_is_read(told: dict[str, object]) -> None:
    """Escaped to ASCII or not."""
    assert object_in(json.dumps(told)) == told
    assert object_in(json.dumps(told, ensure_ascii=False).encode()) == told


@given(st.binary() | JSON.filter(lambda told: not isinstance(told, dict)).map(json.dumps))
def test_what_is_no_object_has_no_members(text: str | bytes) -> None:
    assert object_in(text) == {} or isinstance(json.loads(text), dict)


@given(JSON)
def test_a_list_has_what_it_should_have_and_nothing_else(told: object) -> None:
    assert all(isinstance(each, dict) for each in objects_in(told))
    assert all(isinstance(each, str) for each in texts_in(told))
    at = instant_in(told)
    assert at is None or at.tzinfo is UTC


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+23:00", "9999-12-31T23:59:59-23:00", "x"])
def test_an_instant_out_of_all_bounds_is_none(text: str) -> None:
    assert instant_in(text) is None
    assert instant_in("2026-11-23T19:05:00+01:00") == datetime(2026, 11, 23, 18, 5, tzinfo=UTC)


def a_pipe(path: Path) -> None:
    """Nobody ever writes into it."""
    os.mkfifo(path)


def a_device(path: Path) -> None:
    """It has no end."""
    path.symlink_to("/dev/zero")


def a_directory(path: Path) -> None:
    path.mkdir()


def a_loop(path: Path) -> None:
    path.symlink_to(path)


@pytest.mark.parametrize("put", [a_pipe, a_device, a_directory, a_loop])
def test_what_is_no_file_is_not_waited_for(tmp_path: Path, put: Callable[[Path], None]) -> None:
    put(tmp_path / "joined.json")
    assert read_object(tmp_path / "joined.json") == {}
    assert read_text(tmp_path / "missing") == read_text(tmp_path / "\0") == ""


@pytest.mark.parametrize("put", [a_pipe, a_device, a_directory, a_loop])
def test_nor_where_settings_lock_and_log_lie(tmp_path: Path, put: Callable[[Path], None]) -> None:
    """The kiosk stood still before its window, and its own log kept it from ending."""
    for name in ("settings.toml", "provisioning.toml", "kiosk.lock", "kiosk.log"):
        put(tmp_path / name)
    assert isinstance(read_settings(tmp_path / "settings.toml"), SettingsFault)
    assert isinstance(check(tmp_path / "provisioning.toml"), SettingsFault)
    Log(tmp_path / "kiosk.log", lambda: NOON).note("started")
    with suppress(OSError):
        held = Instance.take(tmp_path / "kiosk.lock")
        assert held is not None
        held.give_up()


@pytest.mark.parametrize("raw", BROKEN)
def test_every_reader_of_a_file_has_a_value_for_it(profile: Profile, raw: bytes) -> None:
    remembered = LocalFiles(profile)
    remembered.keep_seal("acc", "x")
    remembered.keep_grant("acc", "x")
    for path in (*profile.data.rglob("*.json"), *profile.data.rglob("*.jws")):
        path.write_bytes(raw)
    for name in ("joined.json", "own.json", "login.json"):
        (profile.data / name).write_bytes(raw)
    assert remembered.joining() is None
    assert remembered.own() == ()
    assert read_painted(profile.login_file) is None
    assert read(remembered.seal("acc")) is None
    assert isinstance(remembered.grant("acc"), str)


@pytest.mark.parametrize("raw", [each for each in BROKEN if len(each) < 1000 and each.isascii()])
def test_every_reader_of_the_keychain_has_a_value_for_it(raw: bytes) -> None:
    keychain, text = FakeKeychain(), raw.decode()
    for item in Item:
        keychain.keep(ItemName(item), text)
        keychain.keep(ItemName(item, "acc"), text)
    safe = Safe(keychain, lambda: NOON)
    assert safe.credential("acc") is Fault.KEYCHAIN_CORRUPT
    assert safe.trust("acc") is Fault.KEYCHAIN_CORRUPT
    assert safe.grant_key() is Fault.KEYCHAIN_CORRUPT
    assert safe.device_key() is Fault.KEYCHAIN_CORRUPT
    assert safe.high_water() is None
    assert safe.note() is None
    assert note_of(text) is None


def test_a_signature_may_be_as_deep_as_it_likes() -> None:
    """It lies in the audit, and its header is read before it is proved."""
    import base64

    header = base64.urlsafe_b64encode(('{"alg":' + DEEP).encode()).rstrip(b"=").decode()
    assert not says(f"{header}.e30.e30", ECKey.generate_key("P-256"), HEAD_TYPE, {})


@pytest.mark.parametrize("raw", [*BROKEN, b'{"busy": 0}', b'{"busy": null}', b"{}"])
def test_a_broken_status_counts_as_busy(
    profile: Profile, tmp_path: Path, raw: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    """Better an update late than in a case."""
    at = ["--profile", str(tmp_path / "op3")]
    running = Instance.take(profile.lock)
    assert running is not None
    profile.status.write_bytes(raw)
    assert main(["status", "--busy", *at]) == 0
    assert main(["status", "--json", *at]) == 0
    assert json.loads(capsys.readouterr().out)["busy"] is True
    profile.status.write_text('{"busy": false}')
    assert main(["status", "--busy", *at]) == 1
    running.give_up()


@pytest.mark.parametrize("raw", [DEEP.encode(), b'{"account": "\\ud800"}', b"\xff"])
def test_no_command_ends_in_a_traceback(
    profile: Profile,
    tmp_path: Path,
    raw: bytes,
    secret_service: PrivateBus,
    capsys: pytest.CaptureFixture[str],
) -> None:
    at = ["--profile", str(tmp_path / "op3")]
    for name in ("joined.json", "own.json", "login.json", "status.json"):
        (profile.data / name).write_bytes(raw)
    assert main(["audit", "verify", *at]) == 0
    assert main(["doctor", *at]) in {0, 1}
    assert main(["wipe", "--yes", *at]) == 0
    assert "Traceback" not in capsys.readouterr().err
