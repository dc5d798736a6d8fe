"""What was copied goes with whoever copied it: the clipboard, and X11's primary selection."""

from PySide6.QtGui import QClipboard, QGuiApplication


def forget_copied() -> None:
    """Clear what this process has put there; what another program put there is not ours."""
    clipboard = QGuiApplication.clipboard()
    if clipboard.ownsClipboard():
        clipboard.clear(QClipboard.Mode.Clipboard)
    if clipboard.supportsSelection() and clipboard.ownsSelection():
        clipboard.clear(QClipboard.Mode.Selection)
