"""The allow-list: what is named and what that is linked with, and nothing else."""

from installer.contents import ENGINE_MODULES, MODULES, Entry, kept
from tests.imports import ROOT

VENV = "/venv/lib"
LINKED = {
    "QtWidgets.abi3.so": ["libQt6Widgets.so.6", "libc.so.6"],
    "libQt6Widgets.so.6": ["libQt6Core.so.6"],
    "QtWebEngineCore.abi3.so": ["libQt6WebEngineCore.so.6"],
    "libQt6WebEngineCore.so.6": ["libQt6Quick.so.6", "libnss3.so"],
}
GPL_ONLY = ("Charts", "DataVisualization", "Graphs", "Lottie", "Quick3D", "Timeline", "Keyboard")
"""Modules of Qt that are not under the LGPL."""


def entry(place: str, kind: str = "BINARY", home: str = VENV) -> Entry:
    return place, f"{home}/{place}", kind


PROPOSED = [
    entry("PySide6/QtWidgets.abi3.so", "EXTENSION"),
    entry("PySide6/QtQuick3D.abi3.so", "EXTENSION"),
    entry("PySide6/QtWebEngineCore.abi3.so", "EXTENSION"),
    entry("PySide6/Qt/lib/libQt6Widgets.so.6"),
    entry("PySide6/Qt/lib/libQt6Core.so.6"),
    entry("PySide6/Qt/lib/libQt6Quick.so.6"),
    entry("PySide6/Qt/lib/libQt6Quick3D.so.6"),
    entry("PySide6/Qt/lib/libQt6WebEngineCore.so.6"),
    entry("PySide6/Qt/plugins/platforms/libqxcb.so"),
    entry("PySide6/Qt/plugins/platforms/libqvnc.so"),
    entry("PySide6/Qt/resources/icudtl.dat", "DATA"),
    entry("PySide6/Qt/resources/qtwebengine_devtools_resources.pak", "DATA"),
    entry("libQt6Core.so.6", "SYMLINK"),
    entry("python3.11/lib-dynload/_ssl.so", "EXTENSION", home="/usr/lib"),
    entry("libpython3.11.so.1.0", home="/usr/lib"),
    entry("kiosk/cli/main.pyc", "DATA"),
    entry("PySide6/__init__.pyc", "DATA"),
    entry("libnss3.so", home="/usr/lib"),
    entry("msgspec/_core.so", "EXTENSION"),
    entry("resources/theme/tokens.toml", "DATA"),
    entry("resources/web/storage.js", "DATA"),
    entry("kiosk/build.txt", "DATA"),
    entry("resources/contract/openapi.yaml", "DATA"),
    entry("keyring-25.dist-info/METADATA", "DATA"),
]


def places(*, webview: bool) -> set[str]:
    found = kept(
        PROPOSED,
        lambda source: LINKED.get(source.rpartition("/")[2], []),
        webview=webview,
        own=lambda source: source.startswith(VENV) or "/lib-dynload/" in source,
    )
    return {place for place, _, _ in found}


def test_only_what_is_named_and_what_it_is_linked_with() -> None:
    assert places(webview=False) == {
        "PySide6/QtWidgets.abi3.so",
        "PySide6/Qt/lib/libQt6Widgets.so.6",
        "PySide6/Qt/lib/libQt6Core.so.6",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "python3.11/lib-dynload/_ssl.so",
        "kiosk/cli/main.pyc",
        "PySide6/__init__.pyc",
        "msgspec/_core.so",
        "resources/theme/tokens.toml",
        "resources/web/storage.js",
        "kiosk/build.txt",
    }


def test_the_engine_comes_on_top_without_its_developer_tools() -> None:
    assert places(webview=True) - places(webview=False) == {
        "PySide6/QtWebEngineCore.abi3.so",
        "PySide6/Qt/lib/libQt6WebEngineCore.so.6",
        "PySide6/Qt/lib/libQt6Quick.so.6",
        "PySide6/Qt/resources/icudtl.dat",
    }


def test_every_module_of_qt_that_the_kiosk_imports_is_named() -> None:
    """A module that is not would be missed on the day it is first needed, in a clinic."""
    imported = {
        line.split()[1].removeprefix("PySide6.")
        for path in (ROOT / "kiosk").rglob("*.py")
        for line in path.read_text("utf-8").splitlines()
        if line.strip().startswith("from PySide6.")
    }
    assert imported
    assert imported <= {*MODULES, *ENGINE_MODULES}


def test_no_module_under_the_gpl_alone_is_named() -> None:
    assert not [name for name in (*MODULES, *ENGINE_MODULES) for part in GPL_ONLY if part in name]


def test_each_of_two_libraries_of_one_name_stays_beside_who_wants_it() -> None:
    """On Windows PySide6 and Shiboken bring an MSVCP140 each; one stood in for both."""
    proposed = [
        entry("PySide6/QtCore.pyd", "EXTENSION"),
        entry("shiboken6/Shiboken.pyd", "EXTENSION"),
        entry("PySide6/MSVCP140.dll"),
        entry("shiboken6/MSVCP140.dll"),
        entry("PySide6/Qt6Core.dll"),
        entry("VCRUNTIME140.dll", home="/python"),
    ]
    linked = {
        "QtCore.pyd": ["Qt6Core.dll"],
        "Qt6Core.dll": ["msvcp140.dll", "VCRUNTIME140.dll"],
        "Shiboken.pyd": ["MSVCP140.dll"],
    }
    for order in (proposed, proposed[::-1]):
        for without, left in ((None, 6), ("Shiboken.pyd", 4), ("QtCore.pyd", 3)):
            given = [each for each in order if without is None or without not in each[0]]
            found = kept(
                given,
                lambda source: linked.get(source.rpartition("/")[2], []),
                webview=True,
                own=lambda _: True,
            )
            assert len(found) == left, found


def test_the_zones_come_along_where_the_system_has_none() -> None:
    """Windows: the clinic's day would have begun in Greenwich."""
    zone = entry("tzdata/zoneinfo/America/Chicago", "DATA")
    assert kept([zone], lambda _: [], webview=True, own=lambda _: True) == [zone]
