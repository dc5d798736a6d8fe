"""Buttons, painted: one primary a page, plain ones, quiet ones, and the one that removes.

Owns how a press, focus and being unavailable look. Return presses a button as Space does.
"""

from enum import Enum

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from kiosk.ui.look.theme import Look, TextRole
from kiosk.ui.widgets import icon
from kiosk.ui.widgets.fitting import height_in, lettering, line_in, size_in
from kiosk.ui.widgets.panel import rounded, write
from kiosk.ui.widgets.spinner import Spinner

UNAVAILABLE = 0.55


class Weight(Enum):
    """How much a button asks to be pressed."""

    PRIMARY = "primary"
    PLAIN = "plain"
    QUIET = "quiet"
    ON_SIGN = "on sign"
    REMOVING = "removing"


class Touchable(QPushButton):
    """Something to press with a finger, a key or an assistive technology."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Hidden until it is given words."""
        super().__init__(parent)
        self.look = look
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return and Enter press, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)

    def ring(
        self,
        painter: QPainter,
        area: QRectF,
        radius: float,
        inner: QColor | None = None,
        around: QColor | None = None,
    ) -> None:
        """The focus ring: ``around`` the edge, and a second line ``inner`` on a solid fill."""
        if not self.hasFocus():
            return
        width = self.look.stroke("focus")
        rounded(painter, area, radius, None, around or self.look.colours.focus, width)
        if inner is not None:
            inset = area.adjusted(width, width, -width, -width)
            rounded(painter, inset, radius - width, None, inner, width - 1)


class Button(Touchable):
    """A button with words, and an icon before them if it has one."""

    def __init__(
        self,
        look: Look,
        weight: Weight,
        picture: str = "",
        role: TextRole = TextRole.STRONG,
        parent: QWidget | None = None,
    ) -> None:
        """``picture`` names an icon."""
        super().__init__(look, parent)
        self._weight = weight
        self._picture = picture
        self._bare = False
        self._waiting = Spinner(look, look.length(26), self._paint_waiting(look, weight), self)
        self.setFont(look.font(role))
        self._face = lettering(look.font(role))
        self.setMinimumHeight(look.touch("other"))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()

    @staticmethod
    def _paint_waiting(look: Look, weight: Weight) -> QColor:
        match weight:
            case Weight.PRIMARY:
                return look.colours.on_accent
            case Weight.REMOVING:
                return look.colours.on_danger
            case Weight.ON_SIGN:
                return look.colours.on_sign
            case Weight.PLAIN | Weight.QUIET:
                return look.colours.ink

    def say(self, text: str) -> None:
        """Show ``text``; no button at all when it is empty."""
        if text != self.text():
            self.setText(text)
            self.updateGeometry()
        self.setAccessibleName(text)
        self.setVisible(bool(text))

    def wait(self, waiting: bool) -> None:
        """Turn a mark while what the button began is under way."""
        if waiting != self._waiting.isVisibleTo(self):
            self._waiting.setVisible(waiting)
            self.updateGeometry()
            self.update()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Keep the waiting mark at the end."""
        side = self._waiting.width()
        gap = (self.height() - side) // 2
        self._waiting.move(self.width() - gap - side, gap)

    def draw_bare(self, bare: bool) -> None:
        """Draw the icon alone, where there is no room for words; the name is read aloud."""
        bare = bare and bool(self._picture)
        if bare != self._bare:
            self._bare = bare
            self.updateGeometry()
            self.update()

    def width_when(self, bare: bool) -> int:
        """How wide it is with its words or without, in pixels."""
        if bare and self._picture:
            return max(self.look.touch("other"), self._icon_side + 2 * self.look.space("near"))
        words = line_in(self._face, self.text()) + 2
        return max(words + self._around, self.look.touch("other"))

    def sizeHint(self) -> QSize:
        """Room for the words, the icon and a thumb."""
        wide = self.width_when(self._bare)
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        """Words wrap where they must, and are never cut."""
        least = self.look.touch("other")
        return QSize(least if self._bare else min(self.width_when(False), 2 * least), least)

    def hasHeightForWidth(self) -> bool:
        """Words that wrap need more."""
        return True

    def heightForWidth(self, width: int) -> int:
        """A thumb's height, or that of the words."""
        least = self.look.touch("other")
        if self._bare:
            return least
        room = max(1, width - self._around)
        high = height_in(self._face, self.text(), room)
        return max(least, high + 2 * self.look.space("tight"))

    @property
    def _around(self) -> int:
        """What of the width is not for words."""
        # Without an outline there is nothing to keep the words away from.
        side = self.look.space("step" if self._weight is Weight.QUIET else "apart")
        around = 2 * side
        if self._picture:
            around += self._icon_side + self.look.space("near")
        if self._waiting.isVisibleTo(self):
            around += 2 * (self._waiting.width() + self.look.space("tight") - side // 2)
        return around

    def _fitting(self, room: int) -> tuple[QFont, QFontMetrics]:
        return self._face.at(size_in(self._face, self.text(), room))

    @property
    def _unavailable(self) -> bool:
        return not self.isEnabled() and not self._waiting.isVisibleTo(self)

    @property
    def _icon_side(self) -> int:
        return self.look.letters(22)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the button."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        radius = self.look.radius("key")
        colours = self.look.colours
        fill, edge, ink = self._paint(self.isDown())
        if self._unavailable and fill is None:
            # Words alone: in a quieter ink they would still look like an offer.
            painter.setOpacity(UNAVAILABLE)
        rounded(painter, area, radius, fill, edge, self.look.stroke("edge"))
        match self._weight:
            case Weight.PRIMARY | Weight.REMOVING:
                self.ring(painter, area, radius, colours.surface)
            case Weight.PLAIN | Weight.QUIET:
                self.ring(painter, area, radius)
            case Weight.ON_SIGN:
                self.ring(painter, area, radius, around=colours.on_sign)
        self._write(painter, area, ink)
        painter.end()

    def _paint(self, down: bool) -> tuple[QColor | None, QColor | None, QColor]:
        colours = self.look.colours
        if self._unavailable:
            solid = self._weight not in (Weight.QUIET, Weight.ON_SIGN)
            quiet = colours.quiet_on_sign if self._weight is Weight.ON_SIGN else colours.quiet_ink
            return (colours.line, None, colours.ink) if solid else (None, None, quiet)
        match self._weight:
            case Weight.PRIMARY:
                return colours.accent_down if down else colours.accent, None, colours.on_accent
            case Weight.REMOVING:
                return colours.danger_down if down else colours.danger, None, colours.on_danger
            case Weight.PLAIN:
                fill = colours.wash if down else colours.surface
                return fill, colours.edge, colours.ink
            case Weight.QUIET:
                return colours.wash if down else None, None, colours.ink
            case Weight.ON_SIGN:
                return None, colours.quiet_on_sign if down else None, colours.on_sign

    def _write(self, painter: QPainter, area: QRectF, ink: QColor) -> None:
        text = "" if self._bare else self.text()
        side = self._icon_side if self._picture else 0
        gap = self.look.space("near") if text and side else 0
        room = max(1, self.width() - self._around)
        font, measures = self._fitting(room)
        # Wrapped at the very width that it was measured at.
        line = measures.horizontalAdvance(text)
        words = 0 if not text else line + 2 if line <= room else room
        left = area.center().x() - (words + side + gap) / 2
        if side:
            box = QRectF(left, area.center().y() - side / 2, side, side)
            icon.draw(painter, self._picture, box, ink)
        painter.setFont(font)
        where = Qt.AlignmentFlag.AlignVCenter
        if not side:
            where |= Qt.AlignmentFlag.AlignHCenter
        box = QRectF(left + side + gap, area.top(), words, area.height())
        write(painter, box, text, where, ink, wraps=True)
