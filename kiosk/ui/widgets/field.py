"""One line of a form: its name above, the line below, as tall as a finger needs."""

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kiosk.session.pages.typing_hints import NUM_LOCK, KeyLocks, beside_password
from kiosk.ui.look import labels
from kiosk.ui.look.theme import Look, TextRole
from kiosk.ui.widgets.frame import EndButton, Frame
from kiosk.ui.widgets.typed import SecretLine
from kiosk.ui.widgets.words import Words


class Reveal(EndButton):
    """The eye at the end of a password: shows it while one looks, and says which it does."""

    def __init__(self, look: Look, line: SecretLine) -> None:
        """Works on ``line``."""
        super().__init__(look, "eye")
        self._line = line
        self.clicked.connect(self._turn)

    def name(self) -> None:
        """Take the name and the icon that fit what a press would do."""
        shown = self._line.echoMode() is QLineEdit.EchoMode.Normal
        self.setAccessibleName(labels.HIDE_PASSWORD if shown else labels.SHOW_PASSWORD)
        self.draw_picture("eye-off" if shown else "eye")

    def _turn(self) -> None:
        shown = self._line.echoMode() is QLineEdit.EchoMode.Normal
        mode = QLineEdit.EchoMode.Password if shown else QLineEdit.EchoMode.Normal
        self._line.setEchoMode(mode)
        self.name()


class Field(QWidget):
    """A named line of text. ``line`` may be a ``SecretLine``, which then gets an eye."""

    def __init__(self, look: Look, line: QLineEdit, parent: QWidget | None = None) -> None:
        """Takes ``line`` over."""
        super().__init__(parent)
        self.line = line
        self._name = Words(look, TextRole.STRONG, look.colours.ink)
        self._name.setBuddy(line)
        self.reveal = Reveal(look, line) if isinstance(line, SecretLine) else None
        frame = Frame(look, line)
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
        self._hint = Words(look, TextRole.SMALL, look.colours.quiet_ink)
        column.addWidget(self._hint)
        if isinstance(line, SecretLine):
            line.num_lock_off.connect(lambda: self._hint.say(NUM_LOCK))

    def show_locks(self, locks: KeyLocks) -> None:
        """Say below a password that Caps Lock is on; what cannot be known is not said."""
        if self.reveal is not None:
            self._hint.say(beside_password(locks))

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
