"""The kiosks of all users of this computer, for root: who is at work, whoever asks.

Root updates computers (cron, Ansible, hooks of apt), but a home belongs to its user, who may put
anything there: a child looks, as that user. Only on Linux. Must never wait for what a user made.
"""

import json
import os
import pwd
import select
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from kiosk.cli.status import MOST_BYTES, Standing, look_at, unknown
from kiosk.local.json_files import object_in
from kiosk.local.profile import LOCK, PROFILE_ID

if sys.platform != "linux":
    raise ImportError("there is no /proc to find them by")

PATIENCE_SECONDS = 2.0
DELETED = " (deleted)"


def everybodys(proc: Path = Path("/proc")) -> tuple[Standing, ...]:
    """Every kiosk that runs, found by the lock that it holds, wherever its profile is."""
    seen = (
        unknown(folder, f"{folder} was removed under a kiosk that runs.", _name_of(uid))
        if gone
        else look_as(uid, gid, folder, named=True)
        for uid, gid, folder, gone in sorted(set(_holders(proc)))
    )
    return tuple(each for each in seen if each.running is not False)


def owners(data: Path) -> Standing:
    """The kiosk whose data lie there, as their owner sees it."""
    try:
        owner = data.lstat()
    except FileNotFoundError:
        return Standing("", data, running=False)
    except OSError as fault:
        return unknown(data, f"{data} cannot be looked into: {fault.strerror}.")
    return look_as(owner.st_uid, owner.st_gid, data)


def look_as(uid: int, gid: int, data: Path, *, named: bool = False) -> Standing:
    """Look into a user's folder as that user; ``named``: only where it has a kiosk's name.

    The system lets nobody debug the child, since it has changed its user (ptrace(2)). One that is
    held or killed has seen nothing.
    """
    user = _name_of(uid)
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        # Whoever reads what root's command says waits for all who could still write there.
        os.closerange(0, min(3, writer))
        with suppress(BaseException):
            os.setgroups([])
            os.setresgid(gid, gid, gid)
            os.setresuid(uid, uid, uid)
            seen = look_at(data) if _has_id(data) or not named else Standing("", data, False)
            told = {"running": seen.running, "told": seen.told, "why": seen.why}
            os.write(writer, json.dumps(told).encode())
        os._exit(0)
    os.close(writer)
    try:
        heard = object_in(_read(reader))
    finally:
        os.close(reader)
        os.kill(child, signal.SIGKILL)
        # Not waited for: whoever asks a user's own file system (FUSE), and has no answer, does not
        # even die.
        os.waitpid(child, os.WNOHANG)
    match heard:
        case {"running": bool() | None as running, "told": dict() as said, "why": str() as why}:
            return Standing(user, data, running, {**said}, why)
        case _:
            return unknown(data, f"{data} could not be looked into.", user)


def _read(reader: int) -> bytes:
    """What the child writes; nothing where it is not whole within the time."""
    whole = b""
    while select.select([reader], [], [], PATIENCE_SECONDS)[0]:
        some = os.read(reader, 16 * MOST_BYTES)
        if not some:
            return whole
        whole += some
    return b""


def _holders(proc: Path) -> Iterator[tuple[int, int, Path, bool]]:
    """User, group and folder of whoever has a kiosk's lock open, and whether the folder is gone."""
    for process in proc.iterdir():
        if not process.name.isdecimal():
            continue
        # A process may end at any moment.
        with suppress(OSError):
            owner = process.stat()
            for handle in (process / "fd").iterdir():
                with suppress(OSError):
                    told = str(handle.readlink())
                    lock = Path(told.removesuffix(DELETED))
                    if lock.name == LOCK:
                        yield owner.st_uid, owner.st_gid, lock.parent, told.endswith(DELETED)


def _has_id(folder: Path) -> bool:
    """Whether it is a kiosk's; also where that cannot be looked into."""
    try:
        (folder / PROFILE_ID).lstat()
    except FileNotFoundError:
        return False
    except OSError:
        pass
    return True


def _name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
