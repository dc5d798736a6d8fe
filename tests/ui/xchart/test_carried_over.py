"""A site remembers over a kill of the whole kiosk, and no byte on the disk says what (T3).

Starts of their own, with the real engine and the real store.
Needs a screen: the web engine draws on one, or X11 keeps who owns what.
"""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from kiosk.ui.xchart.engine import FLAGS
from tests.support.remembering_site import remembering

HOST = "app.clinic.localhost"
"""The engine finds it on this computer by itself, and cookies of its domain are possible."""
SECRETS = ("cookie-canary", "local-canary", "session-canary", "database-canary", "address-canary")
WRITE = """localStorage.setItem('a', 'local-canary'); sessionStorage.setItem('b', 'session-canary');
const open = indexedDB.open('d', 1);
open.onupgradeneeded = () => open.result.createObjectStore('s').put('database-canary', 1);
history.replaceState(null, '', '/patient/address-canary'); 'written'"""
READ = """const open = indexedDB.open('d');
open.onsuccess = () => open.result.transaction('s').objectStore('s').get(1).onsuccess =
    event => localStorage.setItem('found', event.target.result);
window.first"""


def start(home: Path, address: str, script: str, key: str = "") -> tuple[str, str]:
    """What the script came to, and the store's key; everything is written below ``home``."""
    own = {each: str(home / each.lower()) for each in ("XDG_CACHE_HOME", "XDG_DATA_HOME", "TMPDIR")}
    for each in own.values():
        Path(each).mkdir(exist_ok=True)
    # What an engine of this process was confined to is not for that one.
    around = {name: told for name, told in os.environ.items() if name != FLAGS}
    killed = subprocess.run(
        [sys.executable, "-m", "tests.support.carried_start", str(home), address, script],
        env={**around, **own, "HOME": str(home)},
        input=key,
        capture_output=True,
        text=True,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    came, made = killed.stdout.splitlines()
    return came, made


def written_below(home: Path) -> bytes:
    """Every byte of every file that is left."""
    return b"".join(each.read_bytes() for each in home.rglob("*") if each.is_file())


def test_a_kill_loses_nothing_and_the_disk_tells_nothing(tmp_path: Path) -> None:
    with remembering(HOST) as site:
        sets = site.sets(
            "host=cookie-canary; HttpOnly",
            "below=cookie-canary; Domain=clinic.localhost; Max-Age=3600",
            "__Host-device=cookie-canary; Secure; Path=/; Max-Age=3600",
        )
        came, key = start(tmp_path, sets, WRITE)
        assert came == "written"
        raw = written_below(tmp_path)
        assert len(raw) > 4096
        for secret in (*SECRETS, "clinic.localhost", key.rpartition(" ")[2]):
            assert secret.encode() not in raw
            assert secret.encode("utf-16-le") not in raw
        site.asked.clear()
        came, again = start(tmp_path, site.origin + "/second", READ, key)
        assert again == key
        assert site.asked[0] == (
            "/second",
            frozenset(f"{name}=cookie-canary" for name in ("host", "below", "__Host-device")),
        )
        assert json.loads(came) == {"local": {"a": "local-canary"}, "session": {}}
        came, _ = start(tmp_path, site.origin + "/third", "window.first", key)
        assert json.loads(came)["local"] == {"a": "local-canary", "found": "database-canary"}
        site.host = f"other.{HOST.partition('.')[2]}"
        start(tmp_path, site.origin + "/other", "1", key)
        assert site.came_to("/other") == {"below=cookie-canary"}
