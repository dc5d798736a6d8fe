"""The log: canaries go in by every way there is, and none comes out (threats.md T18)."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import SimpleQueue
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.local.log import MOST_BYTES, OLD_FILES, Log

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
CANARY = "canary 7f3a9c"


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return Log(tmp_path / "kiosk.log", lambda: NOON)


def test_a_line_says_what_when_and_how_much(log: Log) -> None:
    log.note("sign_in_refused", code="trust_lapsed", ref="acc_1", count=3, status=403)
    log.note("page_failed", code="network", error=-102)
    log.note("page_failed", error=481516)
    log.note("started", took=timedelta(seconds=1.25))
    assert log.path.read_text().splitlines() == [
        "2026-11-23T12:00:00Z sign_in_refused code=trust_lapsed ref=acc_1 count=3 status=403",
        "2026-11-23T12:00:00Z page_failed code=network error=-102",
        "2026-11-23T12:00:00Z page_failed error=(withheld)",
        "2026-11-23T12:00:00Z started took=1.250s",
    ]


@pytest.mark.parametrize(
    ("build", "said"),
    [
        ("0.1.0", "0.1.0"),
        ("0.1.0+source", "0.1.0+source"),
        ("0.1.0~276.gf5a59efd.changed", "0.1.0~276.gf5a59efd.changed"),
        (CANARY, "(withheld)"),
        ("481516", "(withheld)"),
        ("0.1.0 Maria Lopez", "(withheld)"),
    ],
)
def test_the_first_line_of_a_start_names_the_build(tmp_path: Path, build: str, said: str) -> None:
    path = tmp_path / "kiosk.log"
    for crashes in (True, False):
        log = Log(path, lambda: NOON, lambda: build)
        if crashes:
            log.crash(ValueError(CANARY))
        log.begin()
        log.begin()
    lines = [line.removeprefix("2026-11-23T12:00:00Z ") for line in path.read_text().splitlines()]
    first = f"started build={said}"
    assert lines == [first, "crash", "  builtins.ValueError", first]


STARTED, TICKED = "Started | Opening | LoadStartupState#1", "Ticked | Opening -> AtLogin | -"


def test_a_step_is_written_and_echoed_and_nothing_else_passes_for_one(tmp_path: Path) -> None:
    echoed: list[str] = []
    log = Log(tmp_path / "kiosk.log", lambda: NOON, echo=echoed.append)
    steps = (
        STARTED,
        "No#7 pin_wrong | AskingPin -> AtLogin | -",
        "PinGiven#12 | AskingPin -> Active | UnwrapCredential#12, ReadDay#12",
    )
    for line in (*steps, CANARY, "", "Maria Lopez | AtLogin | -", "Sent | AtLogin | 481516"):
        log.hold(line)
    assert not log.path.exists()
    log.begin()
    log.end()
    assert echoed == [*steps, *["(withheld)"] * 4]
    written = log.path.read_text().splitlines()
    assert written == [f"2026-11-23T12:00:00Z step {line}" for line in echoed]


def test_steps_are_written_by_themselves(tmp_path: Path) -> None:
    """Before whoever reads along sees them; and again after a pause."""
    told = SimpleQueue[tuple[str, list[str]]]()
    path = tmp_path / "kiosk.log"
    log = Log(path, lambda: NOON, echo=lambda line: told.put((line, path.read_text().split("\n"))))
    log.begin()
    for line in (STARTED, TICKED):
        log.hold(line)
        echoed, lines = told.get(timeout=20)
        assert echoed == line
        assert lines[-2] == f"2026-11-23T12:00:00Z step {line}"
    log.end()


def test_what_is_written_comes_behind_the_steps_before_it(tmp_path: Path) -> None:
    """A crash most of all: they led to it."""
    log = Log(tmp_path / "kiosk.log", lambda: NOON, lambda: "0.1.0")
    log.hold(STARTED)
    log.hold(TICKED)
    log.note("window")
    log.hold(TICKED)
    log.crash(ValueError())
    log.write_held()
    lines = [line.partition(" ")[2] for line in log.path.read_text().splitlines()]
    assert lines == [
        "started build=0.1.0",
        f"step {STARTED}",
        f"step {TICKED}",
        "window",
        f"step {TICKED}",
        "crash",
        "  builtins.ValueError",
    ]


def test_a_disk_without_room_keeps_no_step_from_the_next_writing(tmp_path: Path) -> None:
    log = Log(tmp_path / "later" / "kiosk.log", lambda: NOON)
    log.hold(STARTED)
    log.write_held()
    log.hold(TICKED)
    log.path.parent.mkdir()
    log.note("window")
    words = [line.partition(" ")[2] for line in log.path.read_text().splitlines()]
    assert words == [f"step {STARTED}", f"step {TICKED}", "window"]


def test_whoever_reads_along_holds_nobody_up(tmp_path: Path) -> None:
    """``kiosk --trace | less``, left unread: a line of the window's own would wait, and with it all
    that the window does."""
    asked, reads_on = Event(), Event()

    def echo(_line: str) -> None:
        asked.set()
        reads_on.wait(20)

    log = Log(tmp_path / "kiosk.log", lambda: NOON, echo=echo)
    log.begin()
    log.hold(STARTED)
    assert asked.wait(20)
    log.hold(TICKED)
    log.note("window")
    assert len(log.path.read_text().splitlines()) == 3
    reads_on.set()
    log.end()


@pytest.mark.parametrize("fault", [BrokenPipeError, ValueError])
def test_whoever_reads_along_may_leave(tmp_path: Path, fault: type[Exception]) -> None:
    """``kiosk --trace | head``."""
    told: list[str] = []

    def echo(line: str) -> None:
        told.append(line)
        raise fault

    log = Log(tmp_path / "kiosk.log", lambda: NOON, echo=echo)
    log.hold(STARTED)
    log.hold(TICKED)
    log.begin()
    log.end()
    assert len(told) == 1
    assert len(log.path.read_text().splitlines()) == 2


def test_the_first_line_comes_when_there_is_room(tmp_path: Path) -> None:
    log = Log(tmp_path / "later" / "kiosk.log", lambda: NOON, lambda: "0.1.0")
    log.begin()
    log.path.parent.mkdir()
    log.note("window")
    assert [line.split()[1] for line in log.path.read_text().splitlines()] == ["started", "window"]


@pytest.mark.parametrize(
    "secret",
    [
        CANARY,
        "481516",
        "Maria Lopez",
        "frontdesk@clinic.example",
        "https://xchart.example/h/abc",
        "correct horse battery staple",
        "eyJhbGciOiJFUzI1NiIsInR5cCI6ImRwb3Arand0In0",
        "kzM4Yx0vJ1rTq2wB9sLd",
        "a\nb",
        "",
    ],
)
def test_what_has_not_the_form_of_its_field_is_withheld(log: Log, secret: str) -> None:
    log.note(secret, code=secret, ref=secret)
    text = log.path.read_text()
    assert text == "2026-11-23T12:00:00Z (withheld) code=(withheld) ref=(withheld)\n"


@given(secret=st.text(st.characters(categories=["L", "N", "P"]), min_size=22, max_size=80))
def test_nothing_long_gets_through_as_an_id(
    tmp_path_factory: pytest.TempPathFactory, secret: str
) -> None:
    log = Log(tmp_path_factory.mktemp("log") / "kiosk.log", lambda: NOON)
    log.note("x", ref=secret)
    assert log.path.read_text() == "2026-11-23T12:00:00Z x ref=(withheld)\n"


def fail(secret: str) -> None:
    local = secret + "-local"
    try:
        raise ValueError(secret)
    except ValueError as fault:
        raise RuntimeError(f"could not use {local}") from fault


def test_a_crash_is_types_and_places_without_a_message_or_a_local(log: Log) -> None:
    try:
        fail(CANARY)
    except RuntimeError as fault:
        log.crash(ExceptionGroup(CANARY, [fault, KeyError(CANARY)]))
    text = log.path.read_text()
    assert CANARY not in text
    for there in ("builtins.RuntimeError", "builtins.ValueError", "builtins.KeyError", " fail\n"):
        assert there in text
    assert "local/test_log.py:" in text
    assert str(Path.cwd()) not in text


def test_the_same_crash_is_written_once(log: Log) -> None:
    for secret in ("one", "two", "three"):
        try:
            fail(secret)
        except RuntimeError as fault:
            log.crash(fault)
    assert log.path.read_text().count(" crash\n") == 1


def test_the_files_rotate_and_stay_few(log: Log) -> None:
    log.path.write_text("x" * MOST_BYTES)
    log.note("first")
    assert log.path.stat().st_size < 100
    for _ in range(OLD_FILES + 3):
        log.path.write_text("y" * MOST_BYTES)
        log.note("next")
    files = sorted(file.name for file in log.path.parent.iterdir())
    assert files == ["kiosk.log", *(f"kiosk.log.{number}" for number in range(1, OLD_FILES + 1))]


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    log = Log(tmp_path / "nowhere" / "kiosk.log", lambda: NOON)
    log.note("started")
    log.crash(ValueError(CANARY))


ESCAPES = """
import gc, logging, sys, threading
from datetime import UTC, datetime
from pathlib import Path
from kiosk.local.log import Log, catch_unexpected
catch_unexpected(Log(Path("kiosk.log"), lambda: datetime(2026, 11, 23, tzinfo=UTC)))
logging.getLogger("urllib3.connectionpool").error("GET /h/CANARY")
logging.getLogger("urllib3.connectionpool").debug("GET /h/CANARY")
def fall():
    raise ValueError("CANARY in a thread")
thread = threading.Thread(target=fall)
thread.start()
thread.join()
class Falls:
    def __del__(self):
        raise ValueError("CANARY at the end")
Falls()
gc.collect()
raise RuntimeError("CANARY at last")
"""


def test_nobody_else_writes_a_secret_either(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ESCAPES],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
        capture_output=True,
        text=True,
        check=False,
    )
    text = (tmp_path / "kiosk.log").read_text()
    assert "CANARY" not in text + done.stdout + done.stderr
    assert text.count(" crash\n") == 3
    assert done.stderr.count("Something went wrong inside the kiosk.") == 3
    assert "Traceback" not in done.stderr


def test_another_program_is_named_by_its_plain_name_only(log: Log) -> None:
    log.note("window_above", program="Imaging")
    log.note("window_above", program="Ana Diaz, born 1990-04-02")
    written = log.path.read_text()
    assert "program=Imaging" in written
    assert "Diaz" not in written
