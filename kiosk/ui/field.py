"""One line of a form: its name above, the line below, as tall as a finger needs."""

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from kiosk.ui import icon, labels
from kiosk.ui.button import Touchable
from kiosk.ui.panel import rounded
from kiosk.ui.theme import Look, TextRole
from kiosk.ui.typed import SecretLine
from kiosk.ui.words import Words


class _Frame(QWidget):
    """The outline of a line; it carries the focus ring of what lies inside."""

    def __init__(self, look: Look, line: QLineEdit) -> None:
        super().__init__()
        self._look = look
        self._line = line
        line.installEventFilter(self)
        self.setMinimumHeight(look.touch("other"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, colours = self._look, self._look.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self._line.hasFocus()
        edge = colours.focus if focused else colours.edge
        width = look.stroke("focus") if focused else look.stroke("edge")
        rounded(painter, QRectF(self.rect()), look.radius("key"), colours.surface, edge, width)
        painter.end()


class Reveal(Touchable):
    """The eye at the end of a password: shows it while one looks, and says which it does."""

    def __init__(self, look: Look, line: SecretLine) -> None:
        """Works on ``line``."""
        super().__init__(look)
        self._line = line
        self.setFixedSize(QSize(look.touch("other"), look.touch("other")))
        self.clicked.connect(self._turn)

    def name(self) -> None:
        """Take the accessible name that fits what a press would do."""
        self.setAccessibleName(labels.HIDE_PASSWORD if self._shown else labels.SHOW_PASSWORD)
        self.update()

    @property
    def _shown(self) -> bool:
        return self._line.echoMode() is QLineEdit.EchoMode.Normal

    def _turn(self) -> None:
        mode = QLineEdit.EchoMode.Password if self._shown else QLineEdit.EchoMode.Normal
        self._line.setEchoMode(mode)
        self.name()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the eye."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        self.ring(painter, area, self.look.radius("key"), None)
        side = self.look.length(24)
        box = QRectF(area.center().x() - side / 2, area.center().y() - side / 2, side, side)
        picture = "eye-off" if self._shown else "eye"
        icon.draw(painter, picture, box, self.look.colours.quiet_ink)
        painter.end()


class Field(QWidget):
    """A named line of text. ``line`` may be a ``SecretLine``, which then gets an eye."""

    def __init__(self, look: Look, line: QLineEdit, parent: QWidget | None = None) -> None:
        """Takes ``line`` over."""
        super().__init__(parent)
        self.line = line
        self._name = Words(look, TextRole.STRONG, look.colours.ink)
        self._name.setBuddy(line)
        self.reveal = Reveal(look, line) if isinstance(line, SecretLine) else None
        line.setFrame(False)
        line.setFont(look.font(TextRole.BODY, look.text_size(TextRole.BODY) + 1))
        line.setMinimumHeight(QFontMetrics(line.font()).height() + look.space("step"))
        palette = QPalette(line.palette())
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        line.setPalette(palette)
        frame = _Frame(look, line)
        row = QHBoxLayout(frame)
        pad = look.space("step")
        row.setContentsMargins(pad, 0, 0 if self.reveal else pad, 0)
        row.setSpacing(0)
        row.addWidget(line, 1)
        if self.reveal is not None:
            row.addWidget(self.reveal)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space("tight"))
        column.addWidget(self._name)
        column.addWidget(frame)

    def name(self, text: str) -> None:
        """Name the line, on the screen and for assistive technology."""
        self._name.say(text)
        self.line.setAccessibleName(text)
        if self.reveal is not None:
            self.reveal.name()

    def offer(self, text: str) -> None:
        """Prefill an untouched line; what someone has typed stays."""
        if not self.line.isModified() and self.line.text() != text:
            self.line.setText(text)
