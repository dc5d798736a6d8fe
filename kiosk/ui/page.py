"""A page of the stack: draws one kind of view, reports intents through ``asked``.

Every word of a page is set when a view is shown, so that ``blank`` can take all of them away
again: what lies below a cover must not be left for assistive technology to read (threats T17).
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QLabel,
    QLineEdit,
    QScrollArea,
    QScroller,
    QWidget,
)

from kiosk.session.intents import Intent, WentBack
from kiosk.ui.theme import Look


def blank(root: QWidget) -> None:
    """Take every text and accessible name away from ``root`` and all below it."""
    for widget in (root, *root.findChildren(QWidget)):
        widget.setAccessibleName("")
        widget.setAccessibleDescription("")
        match widget:
            case QAbstractButton() | QLabel():
                widget.setText("")
            case QLineEdit():
                widget.setText("")
                widget.setModified(False)
            case _:
                pass


class Page(QWidget):
    """What every page can do: report, blank itself, and take the focus sensibly."""

    asked = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Without words until a view is shown."""
        super().__init__(parent)
        self.look = look
        self.leaves_by_escape = False

    def ask(self, intent: Intent) -> None:
        """Report an intent."""
        self.asked.emit(intent)

    def blank(self) -> None:
        """Leave nothing that assistive technology could read."""
        blank(self)

    def start(self) -> None:
        """Put the focus where work on this page begins."""
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back where the page has a way back."""
        if event.key() == Qt.Key.Key_Escape and self.leaves_by_escape:
            self.ask(WentBack())
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground of the page."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.look.colours.ground)
        painter.end()


class Scroll(QScrollArea):
    """A part of a page that scrolls when it must: by finger, wheel, or keyboard focus."""

    def __init__(self, inside: QWidget) -> None:
        """Takes ``inside`` over."""
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setWidget(inside)
        self.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
