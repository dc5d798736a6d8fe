"""Another program's window: ``python -m tests.support.other_window WORD…`` until it is ended.

Words: full (screen), top (always on top), unmanaged (no window manager is asked), corner (of the
first monitor), beside (on the second one), insists (raises itself again and again), blinks (comes
and goes, as notifications do), grabs (has the keyboard for itself, as a screen lock does), shy
(never takes the keyboard, as an on-screen keyboard), takes (the keyboard, whoever has it).
"""

import sys

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from kiosk.desktop.x11 import X11

INSISTS_MS = 20
BLINKS_MS = 300
TAKES_MS = 10


def main(words: list[str]) -> int:
    """Stay until ended."""
    qt = QApplication(["Imaging"])
    x11 = X11.open()
    if x11 is None:
        return 1
    if "grabs" in words:
        # First, as screen locks do.
        x11.grab_keyboard()
    flags = Qt.WindowType.Window
    if "top" in words:
        flags |= Qt.WindowType.WindowStaysOnTopHint
    if "unmanaged" in words:
        flags |= Qt.WindowType.BypassWindowManagerHint | Qt.WindowType.FramelessWindowHint
    if "shy" in words:
        flags |= Qt.WindowType.WindowDoesNotAcceptFocus
    window = QWidget(None, flags)
    window.setStyleSheet("background: #00c040")
    window.setGeometry(120, 120, 420, 320)
    if "corner" in words:
        window.setGeometry(1000, 20, 200, 80)
    if "beside" in words:
        window.setGeometry(1500, 120, 420, 320)
    if "full" in words:
        window.setGeometry(qt.primaryScreen().geometry())
        window.showFullScreen()
    else:
        window.show()
    window.raise_()
    if "shy" not in words:
        window.activateWindow()

    def insist() -> None:
        x11.raise_window(int(window.winId()))
        x11.flush()

    again = QTimer(interval=INSISTS_MS)
    again.timeout.connect(insist)
    if "insists" in words:
        again.start()

    def come_or_go() -> None:
        window.setVisible(not window.isVisible())
        window.raise_()

    blink = QTimer(interval=BLINKS_MS)
    blink.timeout.connect(come_or_go)
    if "blinks" in words:
        blink.start()

    def take() -> None:
        if x11.is_viewable(int(window.winId())):
            taking.stop()
            x11.focus(int(window.winId()))
            x11.focused()  # answered once it was done
            print("ready", flush=True)

    taking = QTimer(interval=TAKES_MS)
    taking.timeout.connect(take)
    if "takes" in words:
        taking.start()
    else:
        print("ready", flush=True)
    return qt.exec()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
