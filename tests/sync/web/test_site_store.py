"""What sites remember, in a real file under a real cipher: kept, found, and gone (T3, T12)."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.keychain.port import Item, ItemName, KeychainFault
from kiosk.session.model.carried import Carried, Cookie, CookieName, SameSite, Storage
from kiosk.session.model.refusals import Fault
from kiosk.sync.encrypted import Unkept
from kiosk.sync.secrets.safe import Safe
from kiosk.sync.web.site_store import LIMIT, SiteStore
from tests.support.depth import drawn
from tests.support.fake_keychain import FakeKeychain

AT = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
OFFICE = "acc-office"
ORIGIN = "https://app.example"
SECRETS = ("device-canary", "storage-canary")


def cookie(name: str, content: str = "1", expires_at: datetime | None = None) -> Cookie:
    return Cookie(CookieName("app.example", "/", name), content, expires_at)


def storage(text: str, origin: str = ORIGIN) -> Storage:
    return Storage(origin, text)


@pytest.fixture
def keychain() -> FakeKeychain:
    return FakeKeychain()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sites.db"


def started(path: Path | None, keychain: FakeKeychain, at: datetime = AT) -> SiteStore:
    """The store as after a start of the kiosk."""
    return SiteStore(path, Safe(keychain, lambda: at), lambda: at)


@pytest.fixture
def store(path: Path, keychain: FakeKeychain) -> Iterator[SiteStore]:
    store = started(path, keychain)
    yield store
    store.close()


def test_what_was_kept_is_there_after_a_restart(
    store: SiteStore, path: Path, keychain: FakeKeychain
) -> None:
    """Of each kind, in the order in which the site set them."""
    kinds = (
        cookie("session"),
        replace(cookie("device", "\xe9=;", AT + timedelta(days=30)), secure=True),
        replace(cookie("hidden"), http_only=True, same_site=SameSite.STRICT),
        Cookie(CookieName(".app.example", "/deep", "session"), "2"),
    )
    for each in kinds:
        assert store.keep_cookie(OFFICE, each) is None
    assert store.keep_storage(OFFICE, storage('{"v":1}')) is None
    store.close()
    again = started(path, keychain)
    assert again.carried(OFFICE) == Carried(kinds, (storage('{"v":1}'),))
    assert again.rebuilt == 0
    again.close()


def test_what_was_kept_outlasts_a_power_cut(store: SiteStore) -> None:
    """SQLite waits for the disk with each: FULL is 2."""
    store.keep_cookie(OFFICE, cookie("device"))
    assert store._file.db is not None
    assert store._file.db.execute("PRAGMA synchronous").fetchone()[0] == 2


def test_one_that_is_called_the_same_takes_the_others_place(store: SiteStore) -> None:
    for each in (cookie("device", "1"), cookie("other"), cookie("device", "2")):
        store.keep_cookie(OFFICE, each)
    assert store.carried(OFFICE).cookies == (cookie("other"), cookie("device", "2"))
    assert store.forget_cookie(OFFICE, cookie("device").called) is None
    assert store.forget_cookie(OFFICE, cookie("never").called) is None
    assert store.carried(OFFICE).cookies == (cookie("other"),)


def test_accounts_do_not_see_each_other(store: SiteStore) -> None:
    store.keep_cookie(OFFICE, cookie("device", "1"))
    store.keep_cookie("acc-patel", cookie("device", "2"))
    store.keep_storage("acc-patel", storage("theirs"))
    assert store.carried(OFFICE) == Carried((cookie("device", "1"),))
    store.forget_cookie(OFFICE, cookie("device").called)
    assert store.carried("acc-patel").cookies == (cookie("device", "2"),)


def test_what_is_over_is_not_given_back_and_is_deleted(
    store: SiteStore, path: Path, keychain: FakeKeychain
) -> None:
    store.keep_cookie(OFFICE, cookie("short", expires_at=AT + timedelta(minutes=1)))
    store.keep_cookie(OFFICE, cookie("long", expires_at=AT + timedelta(days=1)))
    store.close()
    later = started(path, keychain, AT + timedelta(minutes=1))
    assert [each.called.name for each in later.carried(OFFICE).cookies] == ["long"]
    later.close()
    earlier = started(path, keychain)
    assert [each.called.name for each in earlier.carried(OFFICE).cookies] == ["long"]
    earlier.close()


def writes(store: SiteStore) -> int:
    """How many rows were written since the file was opened."""
    assert store._file.db is not None
    return int(store._file.db.execute("SELECT total_changes()").fetchone()[0])


def test_the_same_snapshot_is_not_written_again(store: SiteStore) -> None:
    store.keep_storage(OFFICE, storage("x" * 5000))
    before = writes(store)
    store.keep_storage(OFFICE, storage("x" * 5000))
    assert writes(store) == before
    store.keep_storage(OFFICE, storage("y" * 5000))
    assert writes(store) > before
    assert store.carried(OFFICE).storages == (storage("y" * 5000),)


def test_each_origin_has_a_snapshot_of_its_own(store: SiteStore) -> None:
    store.keep_storage(OFFICE, storage("b", "https://b.example"))
    store.keep_storage(OFFICE, storage("a", "https://a.example"))
    assert [each.text for each in store.carried(OFFICE).storages] == ["a", "b"]


def test_more_than_the_limit_is_not_kept_and_said(store: SiteStore) -> None:
    """Of one account, all of it together; what was there stays, and others have room."""
    assert store.keep_storage(OFFICE, storage("é" * (LIMIT // 2))) is None
    assert store.keep_cookie(OFFICE, cookie("device")) is Unkept.TOO_LARGE
    assert store.keep_storage(OFFICE, storage("x" * (LIMIT + 1))) is Unkept.TOO_LARGE
    assert store.carried(OFFICE) == Carried((), (storage("é" * (LIMIT // 2)),))
    assert store.keep_storage(OFFICE, storage("x" * (LIMIT - 1000))) is None
    assert store.keep_cookie(OFFICE, cookie("device")) is None
    other = storage("x" * 2000, "https://auth.example")
    assert store.keep_storage(OFFICE, other) is Unkept.TOO_LARGE
    assert store.keep_storage("acc-patel", other) is None
    assert store.carried(OFFICE).cookies == (cookie("device"),)
    assert store.rebuilt == 0


def test_forgetting_an_account_is_one_act(store: SiteStore, path: Path) -> None:
    """All of it or nothing, and no journal still has it."""
    store.keep_cookie(OFFICE, cookie("device"))
    store.keep_storage(OFFICE, storage("x"))
    store.keep_cookie("acc-patel", cookie("device"))
    db = store._file.db
    assert db is not None
    db.execute(
        "CREATE TEMP TRIGGER stays BEFORE DELETE ON storages BEGIN SELECT RAISE(ABORT, 'no'); END"
    )
    assert store.forget(OFFICE) is Unkept.UNREADABLE
    assert store.carried(OFFICE) == Carried((cookie("device"),), (storage("x"),))
    assert store.forget(OFFICE) is None
    assert store.carried(OFFICE) == Carried()
    assert store.carried("acc-patel") == Carried((cookie("device"),))
    assert store.forget(OFFICE) is None
    assert path.with_name("sites.db-wal").stat().st_size == 0


def test_forgetting_everything_takes_the_key(
    store: SiteStore, tmp_path: Path, keychain: FakeKeychain
) -> None:
    store.keep_cookie(OFFICE, cookie("device"))
    assert store.forget_all() is None
    assert list(tmp_path.iterdir()) == []
    assert ItemName(Item.SITE_KEY) not in keychain.stored
    assert store.carried(OFFICE) == Carried()


@pytest.mark.parametrize("fault", sorted(set(KeychainFault) - {KeychainFault.CORRUPT}))
def test_without_its_keychain_nothing_is_kept_and_nothing_is_lost(
    store: SiteStore, path: Path, keychain: FakeKeychain, fault: KeychainFault
) -> None:
    store.keep_cookie(OFFICE, cookie("device"))
    store.close()
    keychain.fault = fault
    again = started(path, keychain)
    assert isinstance(again.keep_cookie(OFFICE, cookie("other")), Fault)
    assert isinstance(again.keep_storage(OFFICE, storage("x")), Fault)
    assert isinstance(again.forget(OFFICE), Fault)
    assert again.carried(OFFICE) == Carried()
    keychain.fault = None
    assert again.carried(OFFICE).cookies == (cookie("device"),)
    again.close()


def test_the_key_of_the_day_is_another(store: SiteStore, keychain: FakeKeychain) -> None:
    """So that forgetting the one does not sign anybody out."""
    store.keep_cookie(OFFICE, cookie("device"))
    assert Safe(keychain, lambda: AT).cache_key() != Safe(keychain, lambda: AT).site_key()


@pytest.mark.parametrize("damage", ["flipped", "cut", "empty", "foreign", "a lost key"])
def test_a_damaged_file_is_nothing_remembered(
    store: SiteStore, path: Path, keychain: FakeKeychain, damage: str
) -> None:
    for number in range(200):
        store.keep_cookie(OFFICE, cookie(f"c{number}", "x" * 200))
    store.close()
    raw = bytearray(path.read_bytes())
    match damage:
        case "flipped":
            raw[4096 * 3 + 99] ^= 1
        case "cut":
            del raw[4096 * 3 + 11 :]
        case "empty":
            raw.clear()
        case "foreign":
            raw[:] = b"somebody else's work" * 500
        case _:
            keychain.stored.clear()
    path.write_bytes(raw)
    again = started(path, keychain)
    assert again.carried(OFFICE) == Carried()
    assert again.keep_cookie(OFFICE, cookie("device")) is None
    assert again.carried(OFFICE).cookies == (cookie("device"),)
    again.close()


def test_a_row_that_is_none_is_nothing_remembered(store: SiteStore) -> None:
    """Written by another version, say."""
    store.keep_cookie(OFFICE, cookie("device"))
    assert store._file.db is not None
    store._file.db.execute("UPDATE cookies SET body = CAST('{}' AS BLOB)")
    assert store.carried(OFFICE) == Carried()
    assert store.rebuilt == 1


def test_a_full_disk_is_said_and_leaves_what_was_there(store: SiteStore) -> None:
    """T13."""
    store.keep_cookie(OFFICE, cookie("device"))
    store.keep_cookie(OFFICE, cookie("over", expires_at=AT))
    db = store._file.db
    assert db is not None
    pages = int(db.execute("PRAGMA page_count").fetchone()[0])
    db.execute(f"PRAGMA max_page_count = {pages}")
    assert store.keep_storage(OFFICE, storage("x" * 100_000)) is Unkept.FULL
    assert store.carried(OFFICE) == Carried((cookie("device"),))
    db.execute("PRAGMA max_page_count = 100000")
    assert store.keep_storage(OFFICE, storage("x" * 100_000)) is None
    assert store.rebuilt == 0


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path, keychain: FakeKeychain) -> None:
    store = started(tmp_path / "missing" / "sites.db", keychain)
    assert store.keep_cookie(OFFICE, cookie("device")) is Unkept.UNREADABLE
    assert store.carried(OFFICE) == Carried()


def test_in_memory_nothing_touches_the_disk_or_the_keychain(
    tmp_path: Path, keychain: FakeKeychain
) -> None:
    """On a disk that can be copied, a cookie that opens everything would be copied with it."""
    store = started(None, keychain)
    assert store.keep_cookie(OFFICE, cookie("device")) is None
    assert store.carried(OFFICE).cookies == (cookie("device"),)
    assert keychain.asked == []
    assert list(tmp_path.iterdir()) == []
    store.close()


texts = st.text(alphabet=st.characters(codec="latin-1"), max_size=8)
changes = st.tuples(st.sampled_from("ab"), texts, texts, st.one_of(st.none(), texts))


@given(st.lists(changes, max_size=12))
@settings(max_examples=drawn(30, 300), deadline=None)
def test_it_is_the_cookie_jar_that_a_dictionary_is(told: list[tuple[str, str, str, None]]) -> None:
    """Any name, any path, any content; each kept or forgotten."""
    store = started(None, FakeKeychain())
    jar: dict[tuple[str, CookieName], Cookie] = {}
    for account, path, name, content in told:
        called = CookieName("app.example", path, name)
        jar.pop((account, called), None)
        if content is None:
            assert store.forget_cookie(account, called) is None
        else:
            jar[account, called] = Cookie(called, content)
            assert store.keep_cookie(account, jar[account, called]) is None
    for account in "ab":
        mine = tuple(each for (whose, _), each in jar.items() if whose == account)
        assert store.carried(account).cookies == mine
    store.close()


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.sync.web.test_site_store import *
keychain = FakeKeychain()
store = started(Path(sys.argv[1]), keychain)
for number in range(30):
    store.keep_cookie(OFFICE, cookie(f"c{number}", SECRETS[0]))
    store.keep_storage(OFFICE, storage(f"{number}" + SECRETS[1] * 2000))
print(keychain.stored[ItemName(Item.SITE_KEY)], flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_after_a_kill_everything_is_there_and_nothing_of_it_readable(
    tmp_path: Path, path: Path, keychain: FakeKeychain
) -> None:
    """T3: in the file, its journal, and whatever else lies there."""
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(path)], capture_output=True, text=True, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    key = killed.stdout.strip()
    raw = b"".join(each.read_bytes() for each in tmp_path.rglob("*") if each.is_file())
    assert len(raw) > len(SECRETS[1]) * 2000
    secrets = (*SECRETS, OFFICE, "app.example", key.rpartition(" ")[2])
    for secret in secrets:
        assert secret.encode() not in raw
        assert secret.encode("utf-16-le") not in raw
    keychain.stored[ItemName(Item.SITE_KEY)] = key
    again = started(path, keychain)
    found = again.carried(OFFICE)
    assert len(found.cookies) == 30
    assert found.storages == (storage("29" + SECRETS[1] * 2000),)
    assert again.rebuilt == 0
    again.close()


def test_of_whoever_is_none_of_the_known_nothing_is_left(store: SiteStore) -> None:
    for account in ("web-1", "web-2", "web-3"):
        store.keep_cookie(account, Cookie(CookieName("x.example", "/", "device"), "here"))
        store.keep_storage(account, Storage("https://x.example", "[]"))
    assert store.forget_others(["web-1", "web-3", "web-'4"]) is None
    left = {each: store.carried(each) for each in ("web-1", "web-2", "web-3")}
    assert left["web-2"] == Carried()
    assert left["web-1"] == left["web-3"]
    assert left["web-1"].cookies
    assert left["web-1"].storages
