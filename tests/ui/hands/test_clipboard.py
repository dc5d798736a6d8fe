"""What was copied is forgotten where this process owns it, and left where it does not.

Needs a screen: the web engine draws on one, or X11 keeps who owns what.
"""

from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication

from kiosk.ui.hands.clipboard import forget_copied


def test_what_is_ours_is_cleared(qapp: QApplication) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("Zoe Canary")
    assert clipboard.ownsClipboard()
    if clipboard.supportsSelection():
        clipboard.setText("Zoe Canary", QClipboard.Mode.Selection)
    forget_copied()
    assert clipboard.text() == ""
    assert clipboard.text(QClipboard.Mode.Selection) == ""
