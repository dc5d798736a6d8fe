"""The Debian package: the frozen program, where Debian wants things, with what it needs declared.

Owns the layout and the control file. The same folder and version give the same bytes. The scripts
that run on the computer are beside this, in ``debian/``; why they are as they are is said there.
"""

import gzip
import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

HERE = Path(__file__).parent
DEBIAN = HERE / "debian"
NAME = "operatory-kiosk"
COMPRESSION = ("-Zxz", "-z1")
"""A sixth of the time of the usual level, for an eighth more bytes."""
MAINTAINER = "Operatory Kiosk maintainers <maintainers@operatory-kiosk.example>"
APP = Path("usr/lib") / NAME
AUTOSTART = Path("etc/xdg/autostart") / f"{NAME}.desktop"
SCRIPTS = ("preinst", "postinst", "prerm", "postrm")
STARTED = ("kiosk", "QtWebEngineProcess")
"""Names of the files that are programs: the kiosk's start, its Python, the web engine's process."""
OPENED_LATER = ("ca-certificates", "libx11-6", "libxss1", "p11-kit-modules", "tzdata")
"""What the program opens by itself, so that no linker knows of it."""
RECOMMENDS = (
    "gnome-keyring | kwalletmanager",
    "libpam-gnome-keyring | libpam-kwallet5",
    "dbus-user-session | dbus-x11",
)
DESCRIPTION = """one tap, and Xchart is open in the right room
 The kiosk runs on the computer of a dental operatory, keeps the keys of the
 shared account in the keychain of the operatory's user, and asks for a
 provider's code only when a computer is new or nobody signed in for long.
 .
 It needs an X11 session with a Secret Service such as gnome-keyring."""


class Undeclared(Exception):
    """A library that the program needs is in no package; what dpkg-shlibdeps says of it."""


@dataclass(frozen=True, slots=True)
class Release:
    """What the package says of itself; ``epoch``, in seconds, is the time of every file in it."""

    version: str
    epoch: int


def pack(program: Path, release: Release, file: Path, *, scripts: bool = True) -> None:
    """Write ``file`` from the folder of the frozen program."""
    with tempfile.TemporaryDirectory() as made:
        tree = Path(made) / "tree"
        # The parent of the tree is ours alone, but what is in it is everybody's.
        tree.mkdir()
        tree.chmod(0o755)
        _lay_out(program, release, tree)
        kib = sum(_rounded(path) for path in tree.rglob("*"))
        control = tree / "DEBIAN"
        control.mkdir()
        control.chmod(0o755)
        _write(control / "control", _control(release, kib, needed(tree)))
        _write(control / "conffiles", f"/{AUTOSTART}\n")
        _write(control / "md5sums", "".join(_sums(tree)))
        for name in SCRIPTS if scripts else ():
            text = (DEBIAN / name).read_text("utf-8")
            text = text.replace("@KIB@", str(kib)).replace("@VERSION@", release.version)
            _write(control / name, text, mode=0o755)
        _set_times(tree, release.epoch)
        file.parent.mkdir(parents=True, exist_ok=True)
        command = ["dpkg-deb", "--root-owner-group", *COMPRESSION, "--build", str(tree), str(file)]
        told = {**os.environ, "SOURCE_DATE_EPOCH": str(release.epoch)}
        subprocess.run(command, check=True, env=told, stdout=subprocess.DEVNULL)


def needed(tree: Path) -> list[str]:
    """The packages that hold what the program is linked with, or opens later.

    ``tree`` is laid out as on the computer, with its DEBIAN folder, so that the program's own
    libraries are known as such. Raises Undeclared where a library is in no package.
    """
    binaries = [str(path) for path in sorted(tree.rglob("*")) if _is_elf(path)]
    private = sorted({str(Path(path).parent) for path in binaries})
    with tempfile.TemporaryDirectory() as made:
        control = Path(made) / "debian" / "control"
        control.parent.mkdir()
        control.write_text(f"Source: {NAME}\n\nPackage: {NAME}\nArchitecture: any\n")
        command = ["dpkg-shlibdeps", "-O", "--warnings=0", f"-S{tree}"]
        command += [*(f"-l{path}" for path in private), *(f"-e{path}" for path in binaries)]
        done = subprocess.run(command, cwd=made, capture_output=True, text=True)
    if done.returncode != 0:
        raise Undeclared(done.stderr.strip().splitlines()[-1])
    linked = done.stdout.strip().removeprefix("shlibs:Depends=").split(", ")
    named = {each.partition(" ")[0] for each in linked}
    return sorted([*linked, *(each for each in OPENED_LATER if each not in named)])


def architecture() -> str:
    """As Debian calls this computer's."""
    command = ["dpkg", "--print-architecture"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def _lay_out(program: Path, release: Release, tree: Path) -> None:
    shutil.copytree(program, tree / APP / "dist", symlinks=True)
    link = tree / "usr/bin/kiosk"
    link.parent.mkdir(parents=True)
    link.symlink_to(f"../lib/{NAME}/current/kiosk")
    share, doc = tree / "usr/share", tree / "usr/share/doc" / NAME
    for source, place in (
        (DEBIAN / f"{NAME}.desktop", share / "applications" / f"{NAME}.desktop"),
        (DEBIAN / f"{NAME}.svg", share / "icons/hicolor/scalable/apps" / f"{NAME}.svg"),
        (DEBIAN / "autostart.desktop", tree / AUTOSTART),
        (DEBIAN / "copyright", doc / "copyright"),
        (DEBIAN / "lintian-overrides", share / "lintian/overrides" / NAME),
        (HERE / "provisioning.example.toml", doc / "provisioning.example.toml"),
        (HERE / "provisioning.schema.json", share / NAME / "provisioning.schema.json"),
    ):
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, place)
    at = format_datetime(datetime.fromtimestamp(release.epoch, UTC))
    entry = (
        f"{NAME} ({release.version}) stable; urgency=medium\n\n"
        f"  * Built from the commit that its version names.\n\n -- {MAINTAINER}  {at}\n"
    )
    with gzip.GzipFile(doc / "changelog.gz", "wb", mtime=0) as file:
        file.write(entry.encode())
    for path in tree.rglob("*"):
        if not path.is_symlink():
            # Whoever builds may keep new files to themselves.
            path.chmod(0o755 if path.is_dir() or path.name in STARTED else 0o644)


def _control(release: Release, kib: int, depends: list[str]) -> str:
    return (
        f"Package: {NAME}\n"
        f"Version: {release.version}\n"
        f"Architecture: {architecture()}\n"
        f"Maintainer: {MAINTAINER}\n"
        f"Installed-Size: {kib}\n"
        f"Depends: {', '.join(depends)}\n"
        f"Recommends: {', '.join(RECOMMENDS)}\n"
        "Section: misc\n"
        "Priority: optional\n"
        f"Description: {DESCRIPTION}\n"
    )


def _rounded(path: Path) -> int:
    """KiB of one file on a disk, as Debian counts (deb-substvars, Installed-Size)."""
    return 1 if path.is_symlink() or path.is_dir() else -(-path.stat().st_size // 1024)


def _sums(tree: Path) -> Iterator[str]:
    for path in sorted(tree.rglob("*")):
        place = path.relative_to(tree)
        if path.is_file() and not path.is_symlink() and place.parts[0] != "DEBIAN":
            told = hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()
            yield f"{told}  {place}\n"


def _is_elf(path: Path) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def _write(path: Path, text: str, mode: int = 0o644) -> None:
    path.write_text(text, "utf-8")
    path.chmod(mode)


def _set_times(tree: Path, epoch: int) -> None:
    for path in (tree, *tree.rglob("*")):
        os.utime(path, (epoch, epoch), follow_symlinks=False)
