"""Where everything of one kiosk lies, and how a file there is replaced whole.

Owns the directories and the names in them, so that several kiosks run on one computer
(``--profile DIR``). Must never hold a secret: those are in the keychain, under the profile's id.
"""

import errno
import os
import stat
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import platformdirs

from kiosk.local.json_files import read_text
from kiosk.session.model.value import value

SETTINGS = "settings.toml"
PROVISIONING = "provisioning.toml"
PROFILE_ID = "profile-id"
LOCK = "kiosk.lock"
STATUS = "status.json"
PATIENCE = 10
PAUSE_SECONDS = 0.1
T = TypeVar("T")
_NAME = "operatory-kiosk"
_ID_DIGITS = frozenset("0123456789abcdef")
_ID_LENGTH = 16


@value
class Profile:
    """One kiosk's places. ``id`` is random and stable: it names the keychain items.

    It is empty where no kiosk was ever started: whoever only looked makes none.
    """

    id: str
    data: Path
    logs: Path
    settings: Path

    @property
    def login_file(self) -> Path:
        """What the login screen paints before anything else is known."""
        return self.data / "login.json"

    @property
    def audit(self) -> Path:
        """The audit and the outbox (SQLite)."""
        return self.data / "audit.db"

    @property
    def audits(self) -> tuple[Path, ...]:
        """That file, and every forked one that was put aside with what it never sent."""
        return self.audit, *sorted(self.data.glob(f"{self.audit.stem}-aud-*.db"))

    @property
    def cache(self) -> Path:
        """The encrypted schedule (SQLCipher)."""
        return self.data / "cache.db"

    @property
    def sites(self) -> Path:
        """What sites with a web sign-in remember, encrypted (SQLCipher)."""
        return self.data / "sites.db"

    @property
    def submissions(self) -> Path:
        """How often a password was sent to a site by itself."""
        return self.data / "submissions.json"

    @property
    def roster(self) -> Path:
        """Who has a tile, as it was typed at this computer; sealed by the keychain."""
        return self.data / "names.json"

    @property
    def grant(self) -> Path:
        """The signed grant of each account, as the server sent it."""
        return self.data / "grants"

    @property
    def status(self) -> Path:
        """What the running kiosk says about itself, for ``kiosk status``."""
        return self.data / STATUS

    @property
    def lock(self) -> Path:
        """Held by the one kiosk that runs on this profile."""
        return self.data / LOCK

    @property
    def door(self) -> Path:
        """Where a second start finds the first."""
        return self.data / "front-door"

    @property
    def provisioning(self) -> Path:
        """Where IT may leave a provisioning file: it is read once, and removed."""
        return self.settings.with_name(PROVISIONING)

    @property
    def log(self) -> Path:
        """The current log file."""
        return self.logs / "kiosk.log"


@value
class ProfileFault:
    """A directory that cannot be used, and a sentence about it."""

    path: Path
    sentence: str


def open_profile(directory: Path | None = None) -> Profile | ProfileFault:
    """Return the profile under ``directory``, or the user's own; make what is not there.

    Directories are the user's alone (mode 0700); settings that IT wrote stay readable to it. None
    may be a link: the mode that changes would be of what it leads to.
    """
    made = _places(directory)
    place = made.data
    try:
        for place in (made.settings.parent, made.data, made.logs):
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
            _make_private(place)
        place = made.data / PROFILE_ID
        return replace(made, id=_stable_id(place))
    except OSError as fault:
        return _unusable(place, fault)


def find_profile(directory: Path | None = None) -> Profile | ProfileFault:
    """Return the same profile as it is, to look at: nothing is made, nothing is changed.

    ``id`` is empty where no kiosk was started with it yet.
    """
    found = _places(directory)
    place = found.data
    try:
        for place in (found.settings.parent, found.data, found.logs):
            with suppress(FileNotFoundError):
                if not stat.S_ISDIR(place.lstat().st_mode):
                    raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        place = found.data / PROFILE_ID
        known = read_text(place, _ID_LENGTH, links=False)
    except OSError as fault:
        return _unusable(place, fault)
    return replace(found, id=known if _is_id(known) else "")


def holds_something(profile: Profile) -> bool:
    """Whether anything lies there that a kiosk has made, but for its lock."""
    if not profile.data.is_dir():
        return False
    return any(each != profile.lock for each in profile.data.iterdir())


def _places(directory: Path | None) -> Profile:
    if directory is None:
        data = Path(platformdirs.user_data_dir(_NAME, appauthor=False))
        logs = Path(platformdirs.user_log_dir(_NAME, appauthor=False))
    else:
        data, logs = directory.absolute() / "data", directory.absolute() / "logs"
    return Profile("", data, logs, config_place(directory) / SETTINGS)


def _make_private(place: Path) -> None:
    """Raises ``OSError``, also where it is a link or somebody else's."""
    if sys.platform == "win32":
        place.chmod(0o700)
        return
    handle = os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        if os.fstat(handle).st_uid != os.geteuid():
            raise PermissionError(errno.EPERM, "it belongs to another user")
        os.fchmod(handle, 0o700)
    finally:
        os.close(handle)


def _unusable(place: Path, fault: OSError) -> ProfileFault:
    why = "it is a link" if place.is_symlink() else fault.strerror
    return ProfileFault(place, f"{place} cannot be used: {why}.")


def config_place(directory: Path | None = None) -> Path:
    """Where the settings of that profile lie, whether or not there are any."""
    if directory is not None:
        return directory.absolute()
    return Path(platformdirs.user_config_dir(_NAME, appauthor=False))


def replace_file(path: Path, text: str, *, durable: bool = True) -> None:
    """Write ``path`` whole or not at all, and durably: a power cut leaves the old or the new.

    What means nothing after a power cut need not be ``durable``: it spares the disk two waits.
    Raises ``OSError``; the old file is then intact.
    """
    # os.urandom and not ``secrets`` or ``tempfile``: they cost the start ten milliseconds.
    name = path.parent / f".{path.name}-{os.urandom(6).hex()}"
    handle = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        patiently(lambda: name.replace(path))
    except BaseException:
        name.unlink(missing_ok=True)
        raise
    if not durable:
        return
    with suppress(PermissionError):  # Windows opens no directory, and needs none: it journals
        directory = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)


def _is_id(text: str) -> bool:
    return len(text) == _ID_LENGTH and set(text) <= _ID_DIGITS


def patiently(act: Callable[[], T]) -> T:
    """Do something to a file that a virus scanner may be reading at this moment, as Windows allows.

    Raises ``OSError``; there ``PermissionError`` only after a second. Elsewhere it is no accident.
    """
    for _ in range(PATIENCE if sys.platform == "win32" else 0):
        try:
            return act()
        except PermissionError:
            # Imported here, and only where it is needed: the start waits for what this imports.
            from threading import Event

            Event().wait(PAUSE_SECONDS)
    return act()


def _stable_id(path: Path) -> str:
    """Read the id, or make it. Of two first starts at once, both end with the same one."""
    made = os.urandom(_ID_LENGTH // 2).hex()
    with suppress(FileExistsError), path.open("x", encoding="ascii") as file:
        file.write(made)
        file.flush()
        os.fsync(file.fileno())
        return made
    known = read_text(path, _ID_LENGTH, links=False)
    if _is_id(known):
        return known
    if any((path.parent / name).exists() for name in ("audit.db", "joined.json")):
        # Under another id the keychain would be empty, and vouch for whatever lies here (T24).
        raise OSError(errno.EINVAL, "it is broken, and names what the keychain holds")
    # Cut off while it was first made: nothing has been kept under it yet.
    replace_file(path, made)
    return made
