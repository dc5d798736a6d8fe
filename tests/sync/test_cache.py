"""The encrypted cache: today and tomorrow, and nothing that a thief could read (T3, T12)."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from kiosk.keychain.port import Item, ItemName, KeychainFault
from kiosk.session.model.day import Appointment, Mark, RoomState, Schedule
from kiosk.session.model.refusals import Fault
from kiosk.sync.cache import Cache
from kiosk.sync.encrypted import Unkept
from kiosk.sync.secrets.safe import Safe
from tests.support.fake_keychain import FakeKeychain

AT = datetime(2026, 11, 23, 18, 5, tzinfo=UTC)
MONDAY = date(2026, 11, 23)
TUESDAY = MONDAY + timedelta(days=1)
WEDNESDAY = MONDAY + timedelta(days=2)
OFFICE = "acc-office"
SECRETS = ("Peggy", "Sandoval", "1961-04-02", "Penicillin", "Extraction", "Dr. Rivera", "Midazolam")


def appointment(number: int, day: date = MONDAY, status: str = "Scheduled") -> Appointment:
    """One of Peggy's many."""
    return Appointment(
        id=f"apt-{number}",
        version=1,
        day=day,
        time=time(8 + number % 10, 5),
        minutes=45,
        operatory="Op 3" if number % 2 else None,
        patient=f"Peggy Sandoval {number}",
        birth_date=date(1961, 4, 2),
        procedure="Extraction 17",
        sedation="IV Midazolam",
        provider="Dr. Rivera",
        alerts=("Penicillin", "Latex"),
        status=status,
        set_by=Mark("Op 2", "Maria", AT) if number % 3 else None,
    )


ROOM = RoomState("Op 3", 4, "Turn over", Mark("", "Dr. Rivera", AT))


def whole(*appointments: Appointment, days: tuple[date, ...] = (MONDAY, TUESDAY)) -> Schedule:
    """Everything of those days."""
    return Schedule(True, days, "America/Denver", appointments, (), (ROOM,))


def changes(
    *appointments: Appointment, removed: tuple[str, ...] = (), rooms: tuple[RoomState, ...] = ()
) -> Schedule:
    """What changed since a cursor."""
    days = (MONDAY, TUESDAY)
    return Schedule(False, days, "America/Denver", appointments, removed, rooms)


@pytest.fixture
def keychain() -> FakeKeychain:
    return FakeKeychain()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache.db"


def started(path: Path | None, keychain: FakeKeychain) -> Cache:
    """The cache as after a start of the kiosk."""
    return Cache(path, Safe(keychain, lambda: AT))


@pytest.fixture
def cache(path: Path, keychain: FakeKeychain) -> Iterator[Cache]:
    cache = started(path, keychain)
    yield cache
    cache.close()


def ids(cache: Cache, today: date = MONDAY, account: str = OFFICE) -> list[str]:
    """The appointments that a page would show, in their order."""
    schedule = cache.schedule(account, today)
    return [each.id for each in schedule.appointments] if schedule else []


def test_what_was_kept_is_there_after_a_restart(
    cache: Cache, path: Path, keychain: FakeKeychain
) -> None:
    """With the network or without it."""
    kept = whole(appointment(1), appointment(2), appointment(3, TUESDAY))
    assert cache.keep(OFFICE, "cursor-1", kept, AT) is None
    cache.close()
    again = started(path, keychain)
    found = again.schedule(OFFICE, MONDAY)
    assert found is not None
    assert replace(found, appointments=()) == replace(kept, appointments=())
    assert set(found.appointments) == set(kept.appointments)
    assert (again.cursor(OFFICE), again.fetched_at(OFFICE)) == ("cursor-1", AT)
    assert again.rebuilt == 0
    again.close()


def test_nothing_is_known_before_anything_came(cache: Cache) -> None:
    assert cache.schedule(OFFICE, MONDAY) is None
    assert (cache.cursor(OFFICE), cache.fetched_at(OFFICE)) == ("", None)


def test_changes_are_laid_over_what_is_there(cache: Cache) -> None:
    """A changed one replaces, a removed one goes, a new one comes; the cursor goes along."""
    cache.keep(OFFICE, "cursor-1", whole(appointment(1), appointment(2)), AT)
    seated = replace(appointment(1, status="Seated"), version=2)
    ready = RoomState("Op 3", 5, "Ready", None)
    later = AT + timedelta(minutes=1)
    delta = changes(seated, appointment(5), removed=("apt-2", "apt-none"), rooms=(ready,))
    assert cache.keep(OFFICE, "cursor-2", delta, later) is None
    found = cache.schedule(OFFICE, MONDAY)
    assert found is not None
    assert found.appointments == (seated, appointment(5))
    assert found.rooms == (ready,)
    assert (cache.cursor(OFFICE), cache.fetched_at(OFFICE)) == ("cursor-2", later)


def test_the_whole_replaces_everything_of_that_account_alone(cache: Cache) -> None:
    cache.keep(OFFICE, "cursor-1", whole(appointment(1)), AT)
    cache.keep("acc-other", "cursor-x", whole(appointment(1), appointment(9)), AT)
    cache.keep(OFFICE, "cursor-2", whole(appointment(2)), AT)
    assert ids(cache) == ["apt-2"]
    assert ids(cache, account="acc-other") == ["apt-1", "apt-9"]
    cache.drop("acc-other")
    assert ids(cache, account="acc-other") == []
    assert cache.cursor("acc-other") == ""
    assert ids(cache) == ["apt-2"]


def test_changes_of_nothing_are_not_kept(cache: Cache) -> None:
    """Half a day must never look like the day: the next pull brings everything."""
    assert cache.keep(OFFICE, "cursor-2", changes(appointment(1)), AT) is Unkept.UNFOUNDED
    assert cache.cursor(OFFICE) == ""
    assert ids(cache) == []


def test_an_appointment_moved_to_another_week_is_not_kept(cache: Cache) -> None:
    cache.keep(OFFICE, "cursor-1", whole(appointment(1)), AT)
    moved = appointment(1, MONDAY + timedelta(days=7))
    cache.keep(OFFICE, "cursor-2", changes(moved), AT)
    assert ids(cache) == []


def test_nothing_changed_moves_only_the_time(cache: Cache) -> None:
    cache.keep(OFFICE, "cursor-1", whole(appointment(1)), AT)
    cache.confirmed(OFFICE, AT + timedelta(hours=1))
    assert cache.fetched_at(OFFICE) == AT + timedelta(hours=1)
    assert cache.cursor(OFFICE) == "cursor-1"


def kept_rows(cache: Cache) -> int:
    """How many appointments are on the disk, of whatever day."""
    db = cache._file.db
    assert db is not None
    return int(db.execute("SELECT count(*) FROM appointments").fetchone()[0])


def test_a_day_that_is_over_is_neither_shown_nor_kept(cache: Cache) -> None:
    """Also while no network brings the next one, and of every account."""
    cache.keep(OFFICE, "cursor-1", whole(appointment(1), appointment(2, TUESDAY)), AT)
    cache.keep("acc-other", "cursor-1", whole(appointment(3)), AT)
    assert ids(cache) == ["apt-1", "apt-2"]
    assert kept_rows(cache) == 3
    found = cache.schedule(OFFICE, TUESDAY)
    assert found is not None
    assert found.days == (TUESDAY,)
    assert [each.id for each in found.appointments] == ["apt-2"]
    assert kept_rows(cache) == 1
    assert cache.schedule(OFFICE, WEDNESDAY) is None
    assert kept_rows(cache) == 0


def test_the_next_days_schedule_takes_the_old_days_away(cache: Cache) -> None:
    cache.keep(OFFICE, "cursor-1", whole(appointment(1), appointment(2, TUESDAY)), AT)
    cache.keep("acc-other", "cursor-1", whole(appointment(3)), AT)
    cache.keep(OFFICE, "cursor-2", whole(appointment(2, TUESDAY), days=(TUESDAY, WEDNESDAY)), AT)
    assert kept_rows(cache) == 1


def everything_below(folder: Path) -> bytes:
    """Every byte of every file."""
    return b"".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())


def test_no_name_is_readable_on_the_disk(
    tmp_path: Path, path: Path, keychain: FakeKeychain
) -> None:
    """T3: a day of keeps and a restart; the file, its journal and whatever else lies there."""
    cache = started(path, keychain)
    for round_ in range(40):
        cache.keep(OFFICE, f"c{round_}", whole(*(appointment(n) for n in range(60))), AT)
        cache.keep(OFFICE, f"d{round_}", changes(appointment(round_, status="Seated")), AT)
        cache.schedule(OFFICE, MONDAY)
        raw = everything_below(tmp_path)
        assert (tmp_path / "cache.db-wal").stat().st_size > 0
        for secret in SECRETS:
            assert secret.encode() not in raw
            assert secret.encode("utf-16-le") not in raw
        if round_ == 20:
            cache.close()
            cache = started(path, keychain)
    cache.schedule(OFFICE, TUESDAY)
    key = Safe(keychain, lambda: AT).cache_key()
    assert isinstance(key, str)
    assert key.encode() not in everything_below(tmp_path)
    assert bytes.fromhex(key) not in everything_below(tmp_path)
    cache.close()


def test_forgetting_the_key_destroys_it(
    cache: Cache, path: Path, tmp_path: Path, keychain: FakeKeychain
) -> None:
    """Also a copy that somebody made before; what comes after is kept under a new key."""
    cache.keep(OFFICE, "cursor-1", whole(appointment(1)), AT)
    before = Safe(keychain, lambda: AT).cache_key()
    cache.close()
    copy = path.read_bytes()
    assert cache.forget() is None
    assert list(tmp_path.iterdir()) == []
    assert ItemName(Item.CACHE_KEY) not in keychain.stored
    path.write_bytes(copy)
    assert ids(cache) == []
    assert cache.rebuilt == 1
    assert Safe(keychain, lambda: AT).cache_key() != before
    assert cache.keep(OFFICE, "cursor-1", whole(appointment(1)), AT) is None
    assert ids(cache) == ["apt-1"]


def test_a_keychain_that_does_not_let_go_costs_the_file(
    cache: Cache, tmp_path: Path, keychain: FakeKeychain
) -> None:
    cache.keep(OFFICE, "cursor-1", whole(appointment(1)), AT)
    keychain.fault = KeychainFault.LOCKED
    assert cache.forget() is Fault.KEYCHAIN_LOCKED
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("fault", sorted(set(KeychainFault) - {KeychainFault.CORRUPT}))
def test_without_its_keychain_nothing_is_kept_and_nothing_is_lost(
    cache: Cache, path: Path, keychain: FakeKeychain, fault: KeychainFault
) -> None:
    """T11: no fallback to a file that is open; and it works again when the keychain does."""
    cache.keep(OFFICE, "cursor-1", whole(appointment(1)), AT)
    cache.close()
    keychain.fault = fault
    again = started(path, keychain)
    assert isinstance(again.keep(OFFICE, "c", whole(), AT), Fault)
    assert again.schedule(OFFICE, MONDAY) is None
    keychain.fault = None
    assert ids(again) == ["apt-1"]
    assert again.rebuilt == 0
    again.close()


def test_a_lost_key_makes_it_anew(cache: Cache, path: Path, keychain: FakeKeychain) -> None:
    """T12."""
    cache.keep(OFFICE, "cursor-1", whole(appointment(1)), AT)
    cache.close()
    keychain.stored.clear()
    again = started(path, keychain)
    assert again.keep(OFFICE, "cursor-2", changes(appointment(2)), AT) is Unkept.UNFOUNDED
    assert again.keep(OFFICE, "cursor-2", whole(appointment(2)), AT) is None
    assert ids(again) == ["apt-2"]
    assert again.rebuilt == 1
    again.close()


DAMAGES = ("flipped", "cut", "cut within a page", "empty", "newer", "foreign")


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("running", [False, True])
def test_a_damaged_or_newer_file_is_made_anew(
    cache: Cache, path: Path, keychain: FakeKeychain, damage: str, running: bool
) -> None:
    """T12: whether found at the start or in the middle of the day, nothing raises."""
    cache.keep(OFFICE, "cursor-1", whole(*(appointment(n) for n in range(200))), AT)
    if damage == "newer":
        assert cache._file.db is not None
        cache._file.db.execute("PRAGMA user_version = 99")
    cache.close()
    raw = bytearray(path.read_bytes())
    match damage:
        case "flipped":
            raw[4096 * 7 + 99] ^= 1
        case "cut":
            del raw[4096 * 5 :]
        case "cut within a page":
            del raw[4096 * 5 + 11 :]
        case "empty":
            raw.clear()
        case "foreign":
            raw[:] = b"somebody else's work" * 500
        case _:
            pass
    other = started(path, keychain)
    if running and damage != "newer":
        assert other.cursor(OFFICE) == "cursor-1"
        assert other._file.db is not None
        other._file.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        other._file.db.execute("PRAGMA shrink_memory")
        path.write_bytes(raw)
        other._file.db.execute("PRAGMA cache_size = 0")
    else:
        path.write_bytes(raw)
    found = other.schedule(OFFICE, MONDAY)
    assert found is None or len(found.appointments) == 200
    assert other.keep(OFFICE, "cursor-2", whole(appointment(1)), AT) is None
    assert ids(other) == ["apt-1"]
    other.close()
    last = started(path, keychain)
    assert ids(last) == ["apt-1"]
    last.close()


@given(st.binary(max_size=9000))
@settings(max_examples=40, deadline=None)
def test_whatever_lies_in_its_place_is_replaced(junk: bytes) -> None:
    """T12: never an exception, never a refusal to work."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "cache.db"
        place.write_bytes(junk)
        cache = started(place, FakeKeychain())
        assert cache.schedule(OFFICE, MONDAY) is None
        assert cache.keep(OFFICE, "c", whole(appointment(1)), AT) is None
        assert ids(cache) == ["apt-1"]
        cache.close()


def test_a_body_that_is_none_makes_it_anew(cache: Cache) -> None:
    """Written by another version, say."""
    cache.keep(OFFICE, "cursor-1", whole(appointment(1)), AT)
    assert cache._file.db is not None
    cache._file.db.execute("UPDATE appointments SET body = CAST('{}' AS BLOB)")
    assert cache.schedule(OFFICE, MONDAY) is None
    assert cache.cursor(OFFICE) == ""
    assert cache.rebuilt == 1


def test_a_full_disk_leaves_what_was_there(cache: Cache) -> None:
    """T13: yesterday's knowledge is better than half of today's; it can still be read."""
    cache.keep(OFFICE, "cursor-1", whole(appointment(1)), AT)
    db = cache._file.db
    assert db is not None
    pages = int(db.execute("PRAGMA page_count").fetchone()[0])
    db.execute(f"PRAGMA max_page_count = {pages}")
    many = whole(*(appointment(n) for n in range(500)))
    assert cache.keep(OFFICE, "cursor-2", many, AT + timedelta(hours=1)) is Unkept.FULL
    assert ids(cache) == ["apt-1"]
    assert (cache.cursor(OFFICE), cache.fetched_at(OFFICE)) == ("cursor-1", AT)
    db.execute("PRAGMA max_page_count = 100000")
    assert cache.keep(OFFICE, "cursor-2", many, AT) is None
    assert len(ids(cache)) == 500
    assert cache.rebuilt == 0


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path, keychain: FakeKeychain) -> None:
    cache = started(tmp_path / "missing" / "cache.db", keychain)
    assert cache.keep(OFFICE, "c", whole(), AT) is Unkept.UNREADABLE
    assert cache.schedule(OFFICE, MONDAY) is None
    cache.close()


def test_in_memory_nothing_touches_the_disk_or_the_keychain(
    tmp_path: Path, keychain: FakeKeychain
) -> None:
    """Where the clinic does not want patients on a disk that can be copied."""
    cache = started(None, keychain)
    assert cache.keep(OFFICE, "c", whole(appointment(1)), AT) is None
    assert ids(cache) == ["apt-1"]
    assert keychain.asked == []
    assert list(tmp_path.iterdir()) == []
    assert cache.forget() is None
    assert ids(cache) == []
    cache.close()


def test_two_lanes_use_it_at_once(cache: Cache) -> None:
    """A tap reads while sync writes: always one whole schedule."""
    seen: list[int] = []

    def read() -> None:
        for _ in range(100):
            seen.append(len(ids(cache)))

    cache.keep(OFFICE, "c", whole(*(appointment(n) for n in range(10))), AT)
    reading = Thread(target=read)
    reading.start()
    for round_ in range(60):
        count = 10 if round_ % 2 else 20
        cache.keep(OFFICE, "c", whole(*(appointment(n) for n in range(count))), AT)
    reading.join()
    assert set(seen) <= {10, 20}


def test_no_repr_shows_a_patient_or_the_key(cache: Cache) -> None:
    """Law 10."""
    cache.keep(OFFICE, "c", whole(appointment(1)), AT)
    assert repr(cache) == "<cache>"


def test_it_is_another_sqlite_than_the_audits() -> None:
    """The cipher is there: without it the PRAGMA would be ignored and the file be plain."""
    with closing(dbapi2.connect(":memory:")) as db:
        assert db.execute("PRAGMA cipher_version").fetchone() is not None
