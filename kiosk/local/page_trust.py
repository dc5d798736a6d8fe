"""One trust for API calls and Xchart's page: the page, too, trusts what the system's store holds.

On Linux the web engine reads the user's own NSS database and not the system's store, so that a CA
of the clinic's IT serves every call of the API while the page never opens (threats.md T9). Owns
one entry of that database: p11-kit's trust module, which hands the store through as it is at each
start. Must never copy a certificate, nor have the engine accept one that it refused.
"""

import ctypes
import os
import sys
import sysconfig
from enum import StrEnum
from pathlib import Path

from kiosk.local.json_files import read_text

DATABASE = Path(".pki", "nssdb")
"""Below the home folder: Chromium's ``crypto/nss_util``."""
LIST = "pkcs11.txt"
"""Its modules, a line ``library=…`` in the paragraph of each (NSS, ``utilmod``)."""
MODULE = "p11-kit-trust.so"
HANDED_THROUGH = (MODULE, "p11-kit-proxy.so")
FOLDERS = (f"/usr/lib/{sysconfig.get_config_var('MULTIARCH')}", "/usr/lib64", "/usr/lib")
ADD = 1
"""``SECMOD_MODULE_DB_FUNCTION_ADD`` of ``secmodt.h``."""


class Sharing(StrEnum):
    """Whether page and API trust the same."""

    SHARED = "shared"
    NOT_YET = "not_yet"
    NO_MODULE = "no_module"
    NOT_WRITTEN = "not_written"


def trust_module(folders: tuple[str, ...] = FOLDERS) -> Path | None:
    """Where p11-kit-modules keeps it."""
    found = (Path(folder, "pkcs11", MODULE) for folder in folders)
    return next((each for each in found if each.is_file()), None)


def see_trust(home: Path, module: Path | None) -> Sharing:
    """Look, and change nothing; ``NOT_YET`` where nothing is known to be in the way."""
    if sys.platform != "linux":
        return Sharing.SHARED
    if _is_listed(home):
        return Sharing.SHARED
    if module is None:
        return Sharing.NO_MODULE
    return Sharing.NOT_YET if _takes_entries(home) else Sharing.NOT_WRITTEN


def share_trust(home: Path, module: Path | None) -> Sharing:
    """Enter the module where it is missing. Before the engine starts: it reads the list once."""
    seen = see_trust(home, module)
    if seen is not Sharing.NOT_YET or module is None:
        return seen
    try:
        for folder in (home / DATABASE.parent, home / DATABASE):
            folder.mkdir(mode=0o700, exist_ok=True)
        _add(home / DATABASE, module)
    except (OSError, AttributeError):
        return Sharing.NOT_WRITTEN
    return Sharing.SHARED if _is_listed(home) else Sharing.NOT_WRITTEN


def _is_listed(home: Path) -> bool:
    lines = read_text(home / DATABASE / LIST).splitlines()
    libraries = (Path(line[8:].strip('"')) for line in lines if line.startswith("library="))
    return any(each.name in HANDED_THROUGH and each.is_file() for each in libraries)


def _takes_entries(home: Path) -> bool:
    """Whether the database could be written, or made, by this user."""
    there = [each for each in (home, home / DATABASE.parent, home / DATABASE) if each.exists()]
    if not there or not there[-1].is_dir() or not os.access(there[-1], os.W_OK | os.X_OK):
        return False
    listed = home / DATABASE / LIST
    # NSS would wait for a pipe, and read a device without end, in our main thread.
    return not listed.exists() or (listed.is_file() and os.access(listed, os.R_OK | os.W_OK))


def _add(database: Path, module: Path) -> None:
    """By NSS's own writer, which makes the list where there is none and needs no start of NSS."""
    # The engine has loaded it by then, or does in a moment.
    ask = ctypes.CDLL("libnssutil3.so").NSSUTIL_DoModuleDBFunction
    ask.argtypes = (ctypes.c_ulong, ctypes.c_char_p, ctypes.c_char_p)
    ask.restype = ctypes.c_void_p
    told = os.fsdecode(database).replace("\\", r"\\").replace("'", r"\'")
    where = f"configDir='sql:{told}' certPrefix='' keyPrefix='' secmod='secmod.db'"
    entry = f'library="{module}" name="System trust (p11-kit)" NSS="trustOrder=100"'
    ask(ADD, os.fsencode(where), os.fsencode(entry))
