"""What goes into the program: an allow-list, so that nothing comes along because it was there.

Owns the list. The freezer proposes every library that some part of Qt might want; of these only
what is named here stays, and what the named ones are linked with. Must never take along a library
of the operating system on Linux: those are declared, and get its security updates.
"""

from collections.abc import Callable, Iterable, Sequence
from fnmatch import fnmatch
from pathlib import PurePath

Entry = tuple[str, str, str]
"""As PyInstaller lists a file: its place in the program, where it is now, what kind it is."""

QT = "PySide6"
MODULES = ("QtCore", "QtDBus", "QtGui", "QtNetwork", "QtSvg", "QtWidgets", "Shiboken")
PLUGINS = (
    "platforms/libqxcb.so",
    "xcbglintegrations/libqxcb-egl-integration.so",
    "xcbglintegrations/libqxcb-glx-integration.so",
    "platforminputcontexts/libcomposeplatforminputcontextplugin.so",
    "platforminputcontexts/libibusplatforminputcontextplugin.so",
    "platforms/qwindows.dll",
    "styles/qmodernwindowsstyle.dll",
    "platforms/libqcocoa.dylib",
    "styles/libqmacstyle.dylib",
)
ENGINE_MODULES = ("QtPrintSupport", "QtWebChannel", "QtWebEngineCore", "QtWebEngineWidgets")
ENGINE_FILES = (
    "*/QtWebEngineProcess*",
    "*/icudtl.dat",
    "*/qtwebengine_resources*.pak",
    "*/v8_context_snapshot*.bin",
    "*/qtwebengine_locales/en-??.pak",
    "*/qtwebengine_locales/es*.pak",
)
"""The developer tools' pages are not among them: nobody may open those (threats.md T16)."""
OURS = (
    "resources/theme/*",
    "resources/web/*",
    "kiosk/build.txt",
    "certifi/cacert.pem",
    "base_library.zip",
)
ZONES = "tzdata/zoneinfo/*"
"""Windows has none of its own; elsewhere they are the system's, and are not proposed."""
LOOSE = ".pyc"
"""How the name of a module ends that is a file; the freezer proposes those that are imported."""


def kept(
    entries: Sequence[Entry],
    linked: Callable[[str], Iterable[str]],
    *,
    webview: bool,
    own: Callable[[str], bool],
) -> list[Entry]:
    """Those of ``entries`` that go into the program, in their order.

    ``linked`` names the libraries that a file is linked with; ``own`` says of a library outside
    Qt whether it is brought along rather than the operating system's.
    """
    # Links to the libraries of Qt are proposed too: those find each other without.
    entries = [entry for entry in entries if entry[2] != "SYMLINK"]
    libraries: dict[str, list[tuple[str, str]]] = {}
    for place, source, _ in entries:
        libraries.setdefault(_name(place), []).append((place, source))
    found = [entry for entry in entries if _named(entry, webview, own)]
    places = {place for place, _, _ in found}
    waiting = [(place, source) for place, source, _ in found]
    while waiting:
        importer, of_importer = waiting.pop()
        for name in linked(of_importer):
            for place, source in _nearest(libraries.get(_name(name), []), importer):
                if place not in places and _of_qt(place):
                    places.add(place)
                    waiting.append((place, source))
    return [entry for entry in entries if entry[0] in places]


def _nearest(found: list[tuple[str, str]], importer: str) -> list[tuple[str, str]]:
    """Of libraries with one name those that lie beside who wants one: PySide6 and Shiboken each
    bring an MSVCP140 of their own to Windows. Where none does, all."""
    beside = [each for each in found if PurePath(each[0]).parent == PurePath(importer).parent]
    return beside or found


def _named(entry: Entry, webview: bool, own: Callable[[str], bool]) -> bool:
    place, source, kind = entry
    place = PurePath(place).as_posix()
    if place.endswith(LOOSE):
        return True
    if kind == "DATA" and not _of_qt(place):
        return any(fnmatch(place, pattern) for pattern in (*OURS, ZONES))
    if not _of_qt(place):
        return own(source)
    if webview and any(fnmatch(place, pattern) for pattern in ENGINE_FILES):
        return True
    modules = MODULES + (ENGINE_MODULES if webview else ())
    parts = place.split("/")
    if len(parts) == 2:
        return parts[1].partition(".")[0] in modules
    return any(place.endswith(f"plugins/{plugin}") for plugin in PLUGINS)


def _name(library: str) -> str:
    """What a library is found by; Windows does not tell capitals apart."""
    return PurePath(library).name.casefold()


def _of_qt(place: str) -> bool:
    return PurePath(place).parts[:1] in {(QT,), ("shiboken6",)}
