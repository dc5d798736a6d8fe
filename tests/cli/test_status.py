"""What is believed of a kiosk: its lock before its words, and no word that is not plainly one."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.cli.status import MOST_BYTES, look_at, unknown
from kiosk.desktop.single_instance import Instance
from kiosk.local.profile import LOCK, STATUS

IDLE = json.dumps({"busy": False, "version": "0.1.0"})


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Path]:
    """A folder whose lock a running kiosk holds."""
    instance = Instance.take(tmp_path / LOCK)
    assert instance is not None
    yield tmp_path
    instance.give_up()


def test_what_a_running_kiosk_says_is_passed_on(held: Path) -> None:
    (held / STATUS).write_text(IDLE)
    seen = look_at(held, "op3")
    assert seen.as_json() == {"busy": False, "version": "0.1.0", "running": True}
    assert seen.sentence == "The kiosk is running. Nobody is active."


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"trusted": True, "trust_days": 23}, " A code is asked for in 23 days, if nobody "),
        ({"trusted": True, "trust_days": 1}, " in 1 day, "),
        ({"trusted": True, "trust_days": 0}, " in less than a day, "),
        ({"trusted": False, "trust_days": 0}, " The next sign-in needs a provider's code."),
        ({"trusted": True, "trust_days": None}, "active."),
        ({"trusted": "no", "trust_days": "x"}, "active."),
    ],
)
def test_the_days_until_a_code_is_asked_for(
    held: Path, told: dict[str, object], words: str
) -> None:
    (held / STATUS).write_text(json.dumps({"busy": False, **told}))
    seen = look_at(held)
    assert words in seen.sentence
    assert seen.as_json()["trust_days"] == told["trust_days"]


def test_the_lock_is_believed_over_the_words(tmp_path: Path) -> None:
    """A killed kiosk leaves its words behind, and whoever likes can write some."""
    (tmp_path / LOCK).touch()
    (tmp_path / STATUS).write_text('{"busy": true, "running": true}')
    seen = look_at(tmp_path)
    assert (seen.running, seen.busy, seen.told) == (False, False, {})


@pytest.mark.parametrize(
    "words",
    ["", "null", "[]", '{"busy": NaN}', '{"busy": false', '{"busy": 0}', "[" * 4000, '{"busy":'],
)
def test_what_is_not_plainly_said_counts_as_busy(held: Path, words: str) -> None:
    (held / STATUS).write_text(words)
    assert look_at(held).busy


def test_words_without_end_are_not_read(held: Path) -> None:
    padded = IDLE[:-1] + " " * (MOST_BYTES - len(IDLE)) + "}"
    (held / STATUS).write_text(padded)
    assert not look_at(held).busy
    (held / STATUS).write_text(padded + " ")
    assert look_at(held).busy


@pytest.mark.skipif("sys.platform == 'win32'")
def test_nothing_is_followed_and_nothing_is_waited_for(held: Path) -> None:
    (held / "elsewhere").write_text(IDLE)
    (held / STATUS).symlink_to(held / "elsewhere")
    assert look_at(held).busy
    (held / STATUS).unlink()
    os.mkfifo(held / STATUS)
    assert look_at(held).busy


@pytest.mark.skipif("sys.platform == 'win32'")
def test_a_lock_that_is_a_link_is_nobodys_word(held: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / LOCK).symlink_to(held / LOCK)
    seen = look_at(other)
    assert (seen.running, seen.busy) == (None, True)
    assert "cannot be looked into" in seen.sentence


def test_where_nothing_can_be_seen_somebody_may_be_at_work() -> None:
    seen = unknown(Path("/x"), "/x cannot be looked into.", "op3")
    assert seen.as_json() == {"running": None, "busy": True, "why": "/x cannot be looked into."}


def test_looking_makes_nothing(tmp_path: Path) -> None:
    assert look_at(tmp_path / "none").running is False
    assert list(tmp_path.iterdir()) == []
