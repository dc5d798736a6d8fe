"""Sleep: what logind's one signal means. The bus itself is in ``test_watch``."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtDBus import QDBusConnection

from kiosk.desktop.suspend import Suspend


def test_before_and_after_are_told_apart(qapp: QCoreApplication) -> None:
    sleep, heard = Suspend(QDBusConnection("no such connection")), list[str]()
    sleep.suspending.connect(lambda: heard.append("suspending"))
    sleep.resumed.connect(lambda: heard.append("resumed"))
    sleep.prepare_for_sleep(True)
    sleep.prepare_for_sleep(False)
    assert heard == ["suspending", "resumed"]


def test_without_a_bus_nobody_would_tell(qapp: QCoreApplication) -> None:
    assert not Suspend(QDBusConnection("no such connection")).watched
