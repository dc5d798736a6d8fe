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
from dataclasses import dataclass, replace
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
    """A component; ``within`` names the one that it is compiled into, if any.

    ``purl`` is its address (package-url), ``cpe`` its name in the NVD where that has one: what is
    compiled in is known to scanners by nothing else. ``files`` are its places in the program,
    ``patched`` says up to which later version the security fixes are in it.
    """

    name: str
    version: str
    licence: str
    purl: str
    texts: tuple[Path, ...] = ()
    within: str = ""
    cpe: str = ""
    files: tuple[str, ...] = ()
    patched: str = ""


def parts(contents: Contents) -> list[Part]:
    """Everything that is not ours, by name. Raises Nobodys."""
    owners = {
        Path(str(each.locate_file(file))).absolute(): each
        for each in distributions()
        for file in each.files or ()
    }
    found: dict[str, Distribution] = {}
    places = _places(contents)
    if sys.platform != "linux":
        found[STARTER] = distribution(STARTER)
    strange: list[Path] = []
    files: dict[str, list[str]] = {}
    for source in sorted(contents.sources):
        owner = owners.get(source.absolute())
        if owner is not None:
            found[owner.name] = owner
            files.setdefault(owner.name, []).extend(places.get(source, []))
        elif not _ours(source) and not _of_python(source):
            strange.append(source)
    if strange:
        raise Nobodys(f"of no known part: {', '.join(map(str, strange))}")
    python = [p for each, named in places.items() if _of_python(each) for p in named]
    known = [
        replace(_python(), files=tuple(sorted(python))),
        *(
            replace(_of_distribution(each), files=tuple(sorted(files.get(name, []))))
            for name, each in found.items()
        ),
        *_drawn(contents),
        *_compiled_in(contents),
    ]
    without = [part.name for part in known if not part.texts and not part.within]
    if without:
        raise Nobodys(f"without the text of a licence: {', '.join(without)}")
    return sorted(known)


def _places(contents: Contents) -> dict[Path, list[str]]:
    """Where in the program each file went."""
    places: dict[Path, list[str]] = {}
    for place, source in contents.files.items():
        places.setdefault(source, []).append(place)
    return places


def _drawn(contents: Contents) -> Iterator[Part]:
    """Fonts and icons: they lie in our tree, and are somebody's."""
    theme = ROOT / "resources" / "theme"

    def within(folder: Path) -> tuple[str, ...]:
        files = contents.files.items()
        return tuple(sorted(place for place, source in files if source.is_relative_to(folder)))

    fonts, icons = within(theme / "fonts"), within(theme / "icons")
    if fonts:
        version = _font_version(theme / "fonts" / "Inter-Regular.otf")
        purl = f"pkg:github/rsms/inter@v{version}"
        texts = (theme / "fonts" / "OFL.txt",)
        yield Part("Inter", version, "OFL-1.1", purl, texts, files=fonts)
    if icons:
        purl, texts = "pkg:github/lucide-icons/lucide", (theme / "icons" / "LICENSE.txt",)
        # A selection, and nothing in it says of which version.
        yield Part("Lucide", "", "ISC", purl, texts, files=icons)


def _font_version(font: Path) -> str:
    """As the font's own table of names says: "Version 3.019" (OpenType, name, id 5)."""
    # In one byte a letter, or in two; the letters are those of ASCII.
    said = re.search(rb"Version (\d+)\.0*(\d+)", font.read_bytes().replace(b"\0", b""))
    return "" if said is None else f"{said[1].decode('ascii')}.{said[2].decode('ascii')}"


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
    named = revision[0] if revision else version
    # Debian's own revision is matched by its address; the upstream version would name faults that
    # it has mended.
    cpe = "" if revision else _cpe("python:python", version)
    return Part("CPython", named, "PSF-2.0", purl, tuple(texts[:1]), cpe=cpe)


def _cpe(product: str, version: str) -> str:
    """A name of the NVD (NIST IR 7695, formatted string); ``product`` is "vendor:product"."""
    return f"cpe:2.3:a:{product}:{version}:*:*:*:*:*:*:*"


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
    purl, cpe = f"pkg:generic/qt@{qt}", _cpe("qt:qt", qt)
    yield Part("Qt", qt, "LGPL-3.0-only", purl, within="pyside6-essentials", cpe=cpe)
    for place in contents.files:
        if icu := re.search(r"libicuuc\.so\.(\d+)$", place):
            purl = f"pkg:generic/icu@{icu[1]}"
            cpe = _cpe("unicode:international_components_for_unicode", icu[1])
            yield Part("ICU", icu[1], "Unicode-3.0", purl, within="pyside6-essentials", cpe=cpe)
    if contents.engine:
        engine = importlib.import_module("PySide6.QtWebEngineCore")
        version = engine.qWebEngineChromiumVersion()
        yield Part(
            "Chromium",
            version,
            "BSD-3-Clause",
            f"pkg:generic/chromium@{version}",
            within="pyside6-addons",
            cpe=_cpe("google:chrome", version),
            patched=engine.qWebEngineChromiumSecurityPatchVersion(),
        )
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
    cpe = _cpe("zetetic:sqlcipher", cipher)
    yield Part("SQLCipher", cipher, "BSD-3-Clause", purl, texts, within="sqlcipher3", cpe=cpe)
    sqlite = sqlcipher.sqlite_version
    purl, cpe = f"pkg:generic/sqlite@{sqlite}", _cpe("sqlite:sqlite", sqlite)
    yield Part("SQLite", sqlite, "blessing", purl, within="sqlcipher3", cpe=cpe)


def _openssl(told: str, within: str) -> Part:
    """``told`` is what OpenSSL says of itself: "OpenSSL 3.6.0 1 Oct 2025"."""
    version = told.split()[1]
    purl = f"pkg:generic/openssl@{version}"
    cpe = _cpe("openssl:openssl", version)
    return Part("OpenSSL", version, "Apache-2.0", purl, within=within, cpe=cpe)
