"""Buttons side by side where they fit with all their words, and below each other where not."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from kiosk.ui.look.theme import Look
from kiosk.ui.widgets.button import Button

ACROSS, DOWN = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom


class ButtonRow(QWidget):
    """Holds ``buttons``; they share the width where it ``fills``, else keep to the left."""

    def __init__(self, look: Look, buttons: tuple[Button, ...], fills: bool) -> None:
        """In the order in which they stand."""
        super().__init__()
        self._buttons = buttons
        self._gap = look.space("near")
        self._row = QBoxLayout(ACROSS, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(self._gap)
        for button in buttons:
            self._row.addWidget(button, 1 if fills else 0)
        if not fills:
            self._row.addStretch(0)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """All in one line."""
        wide = self._across()
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        """As narrow as the widest may be."""
        wide = max((each.minimumSizeHint().width() for each in self._shown()), default=0)
        return QSize(wide, 0)

    def hasHeightForWidth(self) -> bool:
        """Below each other they are higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Of one line, or of all of them."""
        shown = self._shown()
        if width >= self._across():
            return max((each.heightForWidth(each.width_when(False)) for each in shown), default=0)
        high = sum(each.heightForWidth(width) for each in shown)
        return high + self._gap * max(0, len(shown) - 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width."""
        super().resizeEvent(event)
        self._row.setDirection(ACROSS if event.size().width() >= self._across() else DOWN)

    def _shown(self) -> list[Button]:
        return [each for each in self._buttons if not each.isHidden()]

    def _across(self) -> int:
        widths = [each.width_when(False) for each in self._shown()]
        return sum(widths) + self._gap * max(0, len(widths) - 1)
