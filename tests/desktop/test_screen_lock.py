"""The desktop's lock: what its signals mean. The buses themselves are in ``test_watch``."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtDBus import QDBusConnection

from kiosk.desktop.screen_lock import ScreenLock


def listening() -> tuple[ScreenLock, list[str]]:
    nowhere = QDBusConnection("no such connection")
    lock, heard = ScreenLock(nowhere, nowhere), list[str]()
    lock.locked.connect(lambda: heard.append("locked"))
    return lock, heard


def test_without_a_bus_nobody_would_tell(qapp: QCoreApplication) -> None:
    assert not listening()[0].watched


def test_a_saver_that_comes_locks_and_one_that_goes_does_not(qapp: QCoreApplication) -> None:
    lock, heard = listening()
    lock.active_changed(False)
    assert heard == []
    lock.active_changed(True)
    assert heard == ["locked"]


def test_logind_asking_is_enough(qapp: QCoreApplication) -> None:
    lock, heard = listening()
    lock.lock_asked()
    assert heard == ["locked"]
