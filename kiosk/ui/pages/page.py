"""A page of the stack: draws one kind of view, reports intents through ``asked``.

Every word of a page is set when a view is shown, so that ``blank`` can take all of them away
again: what lies below a cover must not be left for assistive technology to read (threats T17).
"""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QLabel,
    QLineEdit,
    QScrollArea,
    QScrollBar,
    QScroller,
    QWidget,
)

from kiosk.session.model.intents import Intent, WentBack
from kiosk.session.pages.typing_hints import KeyLocks
from kiosk.ui.look.theme import Look
from kiosk.ui.widgets.panel import rounded

ARROWS = frozenset({Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Right})


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
                widget.setPlaceholderText("")
                widget.setModified(False)
            case _:
                pass


class Page(QWidget):
    """What every page can do: report, blank itself, and take the focus sensibly."""

    asked = Signal(object)
    shifted = Signal()
    """What was in one place is in another now, though the page is the same."""
    shows_patients = False
    """Whether it has to be gone from the glass before anything else is done."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Without words until a view is shown."""
        super().__init__(parent)
        self.look = look
        self.leaves_by_escape = False

    @property
    def lock(self) -> QAbstractButton | None:
        """The button that locks, where the page has one; its keys are heard wherever they go."""
        return None

    def ask(self, intent: Intent) -> None:
        """Report an intent."""
        self.asked.emit(intent)

    def blank(self) -> None:
        """Leave nothing that assistive technology could read."""
        blank(self)

    def show_locks(self, locks: KeyLocks) -> None:
        """Caps Lock or NumLock may be another; only where something secret is typed."""

    def start(self) -> None:
        """Put the focus where work on this page begins."""
        self.setFocus()

    def first_stop(self) -> QWidget | None:
        """Where Tab and the arrows lead from the page itself; None leaves it to Qt.

        A page of tiles has the focus itself until the keyboard moves it: a key that was meant for
        something else would press the first tile (law 13).
        """
        return None

    def focusNextPrevChild(self, next: bool) -> bool:
        """Called by Qt for Tab and Shift+Tab."""
        return (next and self._to_first_stop()) or super().focusNextPrevChild(next)

    def _to_first_stop(self) -> bool:
        stop = self.first_stop() if self.hasFocus() else None
        if stop is not None:
            stop.setFocus(Qt.FocusReason.TabFocusReason)
        return stop is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back where the page has a way back."""
        if event.key() in ARROWS and self._to_first_stop():
            return
        if event.key() == Qt.Key.Key_Escape and self.leaves_by_escape:
            self.ask(WentBack())
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """None: the screen says how large a page is.

        Qt asks every page of the stack at every change of a word, and one that is not on show would
        be laid out for it, three times in a tap.
        """
        return QSize(0, 0)

    def minimumSizeHint(self) -> QSize:
        """None either."""
        return QSize(0, 0)

    def hasHeightForWidth(self) -> bool:
        """No: that is a size too."""
        return False

    def focusInEvent(self, _event: QFocusEvent) -> None:
        """Nothing of a page shows it; Qt would paint all of it again, at every press on a tile."""

    def focusOutEvent(self, _event: QFocusEvent) -> None:
        """As above."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground of the page."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.look.colours.ground)
        painter.end()


class ScrollBar(QScrollBar):
    """A scroll bar as a plain thumb; the style's own has arrows nobody can touch."""

    def __init__(self, look: Look) -> None:
        """Vertical."""
        super().__init__(Qt.Orientation.Vertical)
        self._look = look

    def sizeHint(self) -> QSize:
        """Wide enough to be seen; fingers drag the tiles themselves."""
        return QSize(self._look.space("step"), super().sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the thumb."""
        whole = self.maximum() - self.minimum() + self.pageStep()
        if whole <= self.pageStep():
            return
        high = max(self.height() * self.pageStep() / whole, self._look.space("page"))
        reach = (self.height() - high) / (self.maximum() - self.minimum())
        top = (self.value() - self.minimum()) * reach
        wide = self._look.space("tight")
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.width() - wide, top, wide, high)
        rounded(painter, area, wide / 2, self._look.colours.edge)
        painter.end()


class Scroll(QScrollArea):
    """A part of a page that scrolls when it must: by finger, wheel, or keyboard focus."""

    resized = Signal()

    def __init__(self, look: Look, inside: QWidget) -> None:
        """Takes ``inside`` over."""
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBar(ScrollBar(look))
        self.setWidgetResizable(True)
        self.setWidget(inside)
        self.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)

    def keep_rail(self, kept: bool) -> int:
        """Leave room for the thumb even where nothing scrolls; returns how much."""
        always, needed = Qt.ScrollBarPolicy.ScrollBarAlwaysOn, Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(always if kept else needed)
        return self.verticalScrollBar().sizeHint().width() if kept else 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell what is inside that there is another room for it."""
        super().resizeEvent(event)
        self.resized.emit()
