"""Whose everything in the program is: the parts of the bill of materials, each with its licence.

Goes from the files that went in, not from what happens to be installed. Must never let a file
pass that is nobody's: it would ship without a name and without a licence.
"""

import importlib
import platform
import re
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution, distributions
from pathlib import Path
from urllib.parse import quote

from installer.freeze import BUILD, ROOT, Contents

LICENCES = Path(__file__).parent / "licences"
LGPL = (LICENCES / "LGPL-3.0-only.txt", LICENCES / "GPL-3.0-only.txt")
OF_QT = {"PySide6_Addons", "PySide6_Essentials", "shiboken6"}
STARTER = "pyinstaller"
"""Its bootloader starts the program, but for Linux; no file of it is listed."""


class Nobodys(Exception):
    """A file or part that nobody can be named for, or without the text of its licence."""


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """A component; ``within`` names the one that it is compiled into, if any."""

    name: str
    version: str
    licence: str
    purl: str
    texts: tuple[Path, ...] = ()
    within: str = ""


def parts(contents: Contents) -> list[Part]:
    """Everything that is not ours, by name. Raises Nobodys."""
    owners = {
        Path(str(each.locate_file(file))).absolute(): each
        for each in distributions()
        for file in each.files or ()
    }
    found: dict[str, Distribution] = {}
    if sys.platform != "linux":
        found[STARTER] = distribution(STARTER)
    strange: list[Path] = []
    for source in sorted(contents.sources):
        owner = owners.get(source.absolute())
        if owner is not None:
            found[owner.name] = owner
        elif not _ours(source) and not _of_python(source):
            strange.append(source)
    if strange:
        raise Nobodys(f"of no known part: {', '.join(map(str, strange))}")
    known = [_python(), *map(_of_distribution, found.values()), *_compiled_in(contents)]
    without = [part.name for part in known if not part.texts and not part.within]
    if without:
        raise Nobodys(f"without the text of a licence: {', '.join(without)}")
    return sorted(known)


def _ours(source: Path) -> bool:
    """Of this tree, or made of it and Python by the freezer."""
    if source.name in {"base_library.zip", BUILD}:
        return True
    return any(source.is_relative_to(ROOT / name) for name in ("kiosk", "resources"))


def _of_python(source: Path) -> bool:
    home = Path(sysconfig.get_path("stdlib"))
    bases = {home, home.resolve(), Path(sys.base_prefix) / "DLLs"}
    return any(source.is_relative_to(base) for base in bases) or bool(
        # Windows does not tell capitals apart: there it is VCRUNTIME140.dll.
        re.match(r"(lib)?python3[\d.]*|Python$|(vcruntime|msvcp)\d", source.name, re.IGNORECASE)
    )


def _python() -> Part:
    version = ".".join(map(str, sys.version_info[:3]))
    places = (Path(sysconfig.get_path("stdlib")), Path(sys.base_prefix))
    texts = [text for text in (place / "LICENSE.txt" for place in places) if text.exists()]
    revision = _debian_revision(Path(sys.executable).resolve())
    purl = revision[1] if revision else f"pkg:generic/python@{version}"
    return Part("CPython", revision[0] if revision else version, "PSF-2.0", purl, tuple(texts[:1]))


def _debian_revision(program: Path) -> tuple[str, str] | None:
    """Debian's version of the Python that is taken along, and its address; None where not Debian's.

    Debian mends a version for years: which of its faults are left, only the revision tells.
    """
    if sys.platform != "linux":
        return None
    owner = _asked("dpkg-query", "--search", str(program)).partition(":")[0]
    told = owner and _asked("dpkg-query", "--show", "-f", "${source:Package} ${Version}", owner)
    if not told:
        return None
    source, version = told.split()
    system = platform.freedesktop_os_release()
    name, release = system["ID"], system.get("VERSION_ID", "testing")
    place = f"{source}@{quote(version, safe='')}?arch=source&distro={name}-{release}"
    return version, f"pkg:deb/{name}/{place}"


def _asked(*command: str) -> str:
    """What a command says; nothing where it is not there or has no answer."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout


def _of_distribution(found: Distribution) -> Part:
    name = re.sub(r"[-_.]+", "-", found.name).lower()
    texts = LGPL if found.name in OF_QT else tuple(_texts(found))
    licence = "LGPL-3.0-only" if found.name in OF_QT else _licence(found)
    return Part(name, found.version, licence, f"pkg:pypi/{name}@{found.version}", texts)


def _texts(found: Distribution) -> Iterator[Path]:
    for file in found.files or ():
        inside = any(part.endswith(".dist-info") for part in file.parts)
        if inside and re.match(r"(LICEN[CS]E|COPYING|NOTICE)", file.name, re.IGNORECASE):
            yield Path(str(found.locate_file(file)))


def _licence(found: Distribution) -> str:
    said = [found.metadata.get_all(field) for field in ("License-Expression", "License")]
    told = next((each[0] for each in said if each), "")
    classes = found.metadata.get_all("Classifier") or []
    named = [each.rpartition(" :: ")[2] for each in classes if each.startswith("License")]
    return (told if told and "\n" not in told else " and ".join(named)) or "as in its text"


def _compiled_in(contents: Contents) -> Iterator[Part]:
    """What no list of packages shows: each is asked for its own version."""
    qt = importlib.import_module("PySide6.QtCore").qVersion()
    yield Part("Qt", qt, "LGPL-3.0-only", f"pkg:generic/qt@{qt}", within="pyside6-essentials")
    for place in contents.files:
        if icu := re.search(r"libicuuc\.so\.(\d+)$", place):
            purl = f"pkg:generic/icu@{icu[1]}"
            yield Part("ICU", icu[1], "Unicode-3.0", purl, within="pyside6-essentials")
    if contents.engine:
        version = importlib.import_module("PySide6.QtWebEngineCore").qWebEngineChromiumVersion()
        purl = f"pkg:generic/chromium@{version}"
        yield Part("Chromium", version, "BSD-3-Clause", purl, within="pyside6-addons")
    backend = importlib.import_module("cryptography.hazmat.backends.openssl").backend
    yield _openssl(backend.openssl_version_text(), "cryptography")
    sqlcipher = importlib.import_module("sqlcipher3")
    told = sqlcipher.connect(":memory:")
    try:
        # SQLCipher speaks of itself only once it has a key.
        told.execute("PRAGMA key = 'x'")
        cipher = told.execute("PRAGMA cipher_version").fetchone()[0].split()[0]
        provider = told.execute("PRAGMA cipher_provider_version").fetchone()[0]
    finally:
        told.close()
    yield _openssl(provider, "sqlcipher3")
    purl = f"pkg:generic/sqlcipher@{cipher}"
    texts = (LICENCES / "SQLCipher.txt",)
    yield Part("SQLCipher", cipher, "BSD-3-Clause", purl, texts, within="sqlcipher3")
    sqlite = sqlcipher.sqlite_version
    yield Part("SQLite", sqlite, "blessing", f"pkg:generic/sqlite@{sqlite}", within="sqlcipher3")


def _openssl(told: str, within: str) -> Part:
    """``told`` is what OpenSSL says of itself: "OpenSSL 3.6.0 1 Oct 2025"."""
    version = told.split()[1]
    purl = f"pkg:generic/openssl@{version}"
    return Part("OpenSSL", version, "Apache-2.0", purl, within=within)
