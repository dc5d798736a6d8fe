"""A clean Debian as a root file system of its own, to install things in and throw away.

Made once for each release by debootstrap; a room is a layer over it, in a mount namespace whose
root it is. That is not a chroot: in one, the kernel gives nobody a user namespace, and Chromium
would have to do without its sandbox. Needs root, and the mirror that this computer's apt uses.
"""

import os
import shutil
import subprocess
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

USER, UID, HOME = "op3", 1000, Path("/home/op3")
MEGABYTE = 1024 * 1024
PLENTY = 8192
"""Megabytes of a room's disk, which is in memory."""
MIRROR = "KIOSK_MIRROR"
SETTLE = """
set -eu
mount -t overlay room -o "lowerdir=$1,upperdir=$2/upper,workdir=$2/work" "$3"
mount --rbind /dev "$3/dev"
mount -t proc proc "$3/proc"
mount --rbind /sys "$3/sys"
mount -t tmpfs tmpfs "$3/run"
mount -t tmpfs tmpfs "$3/tmp" -o mode=1777
mount -t tmpfs tmpfs "$3/dev/shm" -o mode=1777
mkdir -p "$3$4" "$3/var/cache/apt/archives"
mount --bind "$4" "$3$4"
mount --bind "$5" "$3/var/cache/apt/archives"
cd "$3"
pivot_root . mnt
exec chroot . sh -c 'umount -l /mnt; echo settled; exec sleep infinity'
"""


class NoRoom(Exception):
    """A clean system cannot be had here; the sentence says why."""


def mirror() -> str:
    """Where Debian's packages come from: this computer's own apt knows, or the variable says."""
    told = os.environ.get(MIRROR, "")
    if told:
        return told
    command = ["apt-get", "indextargets", "--format", "$(REPO_URI)", "Identifier: Packages"]
    found = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    for address in found:
        if address.rstrip("/").endswith("/debian"):
            return address
    raise NoRoom(f"No mirror of Debian is in this computer's apt. Name one: {MIRROR}=…")


def base(suite: str, place: Path) -> Path:
    """The untouched system of that release below ``place``; made where it is not there yet."""
    made = place / suite
    if (made / "whole").exists():
        return made
    shutil.rmtree(made, ignore_errors=True)
    place.mkdir(parents=True, exist_ok=True)
    where = mirror()
    command = ["debootstrap", "--variant=minbase"]
    if where.startswith("https"):
        command.append("--include=ca-certificates")
    done = subprocess.run([*command, suite, str(made), where], capture_output=True, text=True)
    if done.returncode != 0:
        raise NoRoom(f"debootstrap of {suite}: {done.stdout.strip().splitlines()[-1:]}")
    # Proxies and the like, as they are outside.
    dump = subprocess.run(["apt-config", "dump"], check=True, capture_output=True, text=True)
    ways = [line for line in dump.stdout.splitlines() if line.startswith("Acquire::")]
    (made / "etc/apt/apt.conf.d/90outside").write_text("\n".join(ways) + "\n")
    (made / "whole").touch()
    return made


class Room:
    """``with Room(...) as room``: a system that nothing was installed in yet, and its one user."""

    def __init__(self, lower: Path, place: Path, shared: Path) -> None:
        """``shared`` is the same folder inside and outside; ``place`` is where the layer lies."""
        self._lower = lower
        self._place = place
        self.shared = shared
        self._ends = ExitStack()
        self.enter: tuple[str, ...] = ()

    def __enter__(self) -> Self:
        layer, merged, cache = (self._place / name for name in ("layer", "merged", "archives"))
        for folder in (layer, merged, cache, self.shared):
            folder.mkdir(parents=True, exist_ok=True)
        try:
            mount = ["mount", "-t", "tmpfs", "tmpfs", str(layer), "-o", f"size={PLENTY}m"]
            subprocess.run(mount, check=True)
            self._ends.callback(subprocess.run, ["umount", "-l", str(layer)], check=False)
            self._layer = layer
            for name in ("upper", "work"):
                (layer / name).mkdir()
            places = (self._lower, layer, merged, self.shared, cache)
            command = ["unshare", "--mount", "--propagation", "private", "sh", "-c", SETTLE, "sh"]
            holder = subprocess.Popen([*command, *map(str, places)], stdout=subprocess.PIPE)
            self._ends.callback(holder.wait)
            self._ends.callback(holder.kill)
            if holder.stdout is None or holder.stdout.readline() != b"settled\n":
                raise NoRoom("A room of its own cannot be made: mount and overlay are needed.")
            self._ends.callback(holder.stdout.close)
            self.enter = ("nsenter", f"--mount=/proc/{holder.pid}/ns/mnt")
            shutil.copy("/etc/resolv.conf", f"/proc/{holder.pid}/root/etc/resolv.conf")
            self.root = Path(f"/proc/{holder.pid}/root")
            self.must("useradd", "--create-home", "--uid", str(UID), USER)
            self.must("apt-get", "update", "-qq")
        except BaseException:
            self._ends.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        self._ends.close()

    @property
    def as_user(self) -> tuple[str, ...]:
        """What stands before a command of the user's."""
        ids = ("--reuid", str(UID), "--regid", str(UID), "--clear-groups")
        return (*self.enter, "setpriv", *ids, "--")

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a command as root; both outputs in one."""
        return self._run((*self.enter, *command))

    def must(self, *command: str) -> str:
        """Run a command that has to succeed, and return what it said."""
        done = self.run(*command)
        if done.returncode != 0:
            raise NoRoom(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}")
        return done.stdout

    def run_as_user(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a command as the user, without a desktop."""
        return self._run((*self.as_user, *command), HOME=str(HOME))

    def install(self, *wanted: str) -> subprocess.CompletedProcess[str]:
        """Install packages and nothing that they only recommend."""
        command = ("apt-get", "install", "-y", "-q", "--no-install-recommends", *wanted)
        return self._run((*self.enter, *command), DEBIAN_FRONTEND="noninteractive")

    def processes(self) -> list[tuple[int, str]]:
        """What runs in the room: process and command line, a space before and after each word."""
        found = []
        ours = (self.root.parent / "ns/mnt").readlink()
        for each in Path("/proc").glob("[0-9]*"):
            # It may end at any moment.
            with suppress(OSError):
                if (each / "ns/mnt").readlink() == ours:
                    words = (each / "cmdline").read_bytes().replace(b"\0", b" ")
                    found.append((int(each.name), f" {words.decode(errors='replace')} "))
        return found

    def leave_free(self, megabytes: int) -> None:
        """Let the disk have that much room left."""
        self._resize(shutil.disk_usage(self._layer).used // MEGABYTE + megabytes)

    def leave_plenty(self) -> None:
        """A disk as large as at first."""
        self._resize(PLENTY)

    def _resize(self, megabytes: int) -> None:
        size = f"remount,size={megabytes}m"
        subprocess.run(["mount", "-o", size, str(self._layer)], check=True)

    @staticmethod
    def _run(command: tuple[str, ...], **more: str) -> subprocess.CompletedProcess[str]:
        path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        return subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={"PATH": path, "LC_ALL": "C.UTF-8", "TERM": "dumb", **more},
            cwd="/",
        )
