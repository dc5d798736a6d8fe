"""A notice: an icon, a title and a sentence on a tinted ground. The words stand alone."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kiosk.session.pages.views import Notice, Tone
from kiosk.ui.look.theme import Look, TextRole
from kiosk.ui.widgets import icon
from kiosk.ui.widgets.panel import Panel
from kiosk.ui.widgets.words import Words


class ToneMark(QWidget):
    """The icon of a tone, on a disc of its wash where ``disc``."""

    def __init__(self, look: Look, side: int, disc: bool = False, parent: QWidget | None = None):
        """``side`` in pixels."""
        super().__init__(parent)
        self._look = look
        self._disc = disc
        self._picture = icon.OF_TONE[Tone.INFO]
        self._ink: QColor = look.tones[Tone.INFO].mark
        self._wash: QColor = look.tones[Tone.INFO].wash
        self.setFixedSize(QSize(side, side))

    def show_tone(self, tone: Tone) -> None:
        """Take icon and colours of ``tone``."""
        colours = self._look.tones[tone]
        self.show_picture(icon.OF_TONE[tone], colours.mark, colours.wash)

    def show_picture(self, picture: str, ink: QColor, wash: QColor) -> None:
        """Take any icon, in the colours given."""
        self._picture, self._ink, self._wash = picture, ink, wash
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the mark."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        if self._disc:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._wash)
            painter.drawEllipse(area)
            inset = area.width() * 0.27
            area = area.adjusted(inset, inset, -inset, -inset)
        icon.draw(painter, self._picture, area, self._ink)
        painter.end()


class NoticeBox(Panel):
    """Where a page shows its notice; no room is taken when there is none."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Hidden until ``show_notice`` is given one."""
        super().__init__(look, look.tones[Tone.INFO].wash, radius="key", parent=parent)
        self._mark = ToneMark(look, look.letters(26))
        self._title = Words(look, TextRole.STRONG, look.colours.ink)
        self._text = Words(look, TextRole.BODY, look.colours.ink)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._text)
        row = QHBoxLayout(self)
        pad = look.space("step")
        row.setContentsMargins(pad, pad, pad + 2, pad)
        row.setSpacing(look.space("near"))
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.hide()

    def show_notice(self, notice: Notice | None) -> None:
        """Show a notice, or nothing."""
        if notice is None:
            self._title.say("")
            self._text.say("")
            self.hide()
            return
        self._mark.show_tone(notice.tone)
        self._title.say(notice.title)
        self._text.say(notice.text)
        tone = self._look.tones[notice.tone]
        self.tint(tone.wash, tone.mark)
        self.show()
