"""The badge reader beside fingers: a burst is a badge, typing is typing, and nothing gets lost."""

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from kiosk.session.model.intents import BadgeGivenUp, BadgeRead, CodeGiven, Doubt, Intent, Ticket
from kiosk.session.pages.views import NamingView
from kiosk.ui.hands.badge_reader import BadgeReader, Into, key_of
from kiosk.ui.hands.burst import LONGEST, Kind
from kiosk.ui.hands.positions import x11
from kiosk.ui.look.theme import Look
from tests.ui.conftest import Kiosk
from tests.ui.pages.test_code import VIEW

NUMBER = "0004417290"
PATIENT_MS = 60_000


@pytest.fixture
def reader(kiosk: Kiosk) -> BadgeReader:
    """The reader of a window, over a page with a line to type into."""
    kiosk.show(VIEW)
    return kiosk.window.hands.badges


def window(kiosk: Kiosk) -> QWindow:
    """Where keys arrive from the system."""
    handle = kiosk.window.windowHandle()
    assert handle is not None
    return handle


def reads(kiosk: Kiosk, number: str, *ends: Qt.Key) -> None:
    """What a reader types: as fast as it goes, then its ending."""
    for timer in kiosk.window.hands.badges.findChildren(QTimer):
        timer.setInterval(PATIENT_MS)  # However slow this machine is, a burst is a burst.
    for sign in number:
        QTest.keyClick(window(kiosk), ord(sign))
    for end in ends or (Qt.Key.Key_Return,):
        QTest.keyClick(window(kiosk), end)


def line(kiosk: Kiosk) -> QLineEdit:
    """The line of the code."""
    return kiosk.find("Code", QLineEdit)


def numbers(kiosk: Kiosk) -> list[str]:
    """What the newest reading may say."""
    return kiosk.kept[-1].split("\n")


ENDINGS = [
    (Qt.Key.Key_Return,),
    (Qt.Key.Key_Enter,),
    (Qt.Key.Key_Tab,),
    (Qt.Key.Key_Return, Qt.Key.Key_Return),
]


@pytest.mark.parametrize("ends", ENDINGS)
def test_a_burst_is_a_badge_once_and_types_nothing(
    kiosk: Kiosk, reader: BadgeReader, ends: tuple[Qt.Key, ...]
) -> None:
    focus = kiosk.window.focusWidget()
    reads(kiosk, NUMBER, *ends)
    assert [type(each) for each in kiosk.asked] == [BadgeRead]
    assert numbers(kiosk)[0] == NUMBER
    assert line(kiosk).text() == ""
    assert kiosk.window.focusWidget() is focus


def test_a_person_types_as_ever(kiosk: Kiosk, reader: BadgeReader) -> None:
    QTest.keyClick(window(kiosk), ord("4"))
    kiosk.bot.waitUntil(lambda: line(kiosk).text() == "4")
    QTest.keyClick(window(kiosk), ord("0"))
    kiosk.bot.waitUntil(lambda: line(kiosk).text() == "40")
    assert kiosk.asked == []


def test_quick_fingers_lose_nothing_and_keep_their_order(kiosk: Kiosk, reader: BadgeReader) -> None:
    for digit in "40917":
        QTest.keyClick(window(kiosk), ord(digit))
    QTest.keyClick(window(kiosk), Qt.Key.Key_Backspace)
    assert line(kiosk).text() == "4091"
    QTest.keyClick(window(kiosk), ord("7"))
    kiosk.bot.waitUntil(lambda: line(kiosk).text() == "40917")


def test_six_digits_without_an_end_are_a_code(kiosk: Kiosk, reader: BadgeReader) -> None:
    for digit in "409175":
        QTest.keyClick(window(kiosk), ord(digit))
    kiosk.bot.waitUntil(lambda: kiosk.asked == [CodeGiven(Ticket(1))])
    assert kiosk.kept == ["409175"]


def test_a_short_burst_is_typing(kiosk: Kiosk, reader: BadgeReader) -> None:
    reads(kiosk, "409")
    assert line(kiosk).text() == "409"
    assert kiosk.asked == []


def test_the_ending_of_a_short_burst_presses_nothing(kiosk: Kiosk, reader: BadgeReader) -> None:
    kiosk.show(NamingView("Who are you?", "", None))
    kiosk.find("First name", QLineEdit).setText("Lena")
    kiosk.find("Last initial", QLineEdit).setFocus()
    reads(kiosk, "pa", Qt.Key.Key_Return)
    assert kiosk.asked == []


def test_what_is_longer_than_any_badge_presses_nothing(kiosk: Kiosk, reader: BadgeReader) -> None:
    reads(kiosk, "x" * (LONGEST + 1))
    assert [type(each) for each in kiosk.asked] == [BadgeRead]
    assert numbers(kiosk) == [""]


def test_a_badge_that_is_read_while_a_name_is_typed_leaves_it_as_it_was(
    kiosk: Kiosk, reader: BadgeReader
) -> None:
    kiosk.show(NamingView("Who are you?", "", None))
    first = kiosk.find("First name", QLineEdit)
    first.setFocus()
    first.setText("Le")
    reads(kiosk, "AB-0004417290")
    assert first.text() == "Le"
    assert numbers(kiosk)[:2] == ["AB-0004417290", "ab-0004417290"]


@pytest.mark.parametrize(
    ("key", "text", "modifiers", "kind"),
    [
        (Qt.Key.Key_A, "a", Qt.KeyboardModifier.NoModifier, Kind.SIGN),
        (Qt.Key.Key_A, "A", Qt.KeyboardModifier.ShiftModifier, Kind.SIGN),
        (Qt.Key.Key_7, "7", Qt.KeyboardModifier.KeypadModifier, Kind.SIGN),
        (Qt.Key.Key_Space, " ", Qt.KeyboardModifier.NoModifier, Kind.SIGN),
        (Qt.Key.Key_Eacute, "\u00e9", Qt.KeyboardModifier.NoModifier, Kind.SIGN),
        (Qt.Key.Key_Home, "", Qt.KeyboardModifier.KeypadModifier, Kind.SIGN),
        (Qt.Key.Key_Dead_Acute, "", Qt.KeyboardModifier.NoModifier, Kind.SIGN),
        (Qt.Key.Key_Home, "", Qt.KeyboardModifier.NoModifier, Kind.OTHER),
        (Qt.Key.Key_A, "a", Qt.KeyboardModifier.AltModifier, Kind.OTHER),
        (Qt.Key.Key_A, "a", Qt.KeyboardModifier.MetaModifier, Kind.OTHER),
        (Qt.Key.Key_F1, "", Qt.KeyboardModifier.NoModifier, Kind.OTHER),
        (Qt.Key.Key_Escape, "\x1b", Qt.KeyboardModifier.NoModifier, Kind.OTHER),
        (Qt.Key.Key_Tab, "\t", Qt.KeyboardModifier.NoModifier, Kind.ENDING),
        (Qt.Key.Key_Return, "\r", Qt.KeyboardModifier.ControlModifier, Kind.OTHER),
        (10, "\n", Qt.KeyboardModifier.NoModifier, Kind.ENDING),
        (Qt.Key.Key_Shift, "", Qt.KeyboardModifier.ShiftModifier, Kind.SHIFT),
    ],
)
def test_what_a_key_may_be(
    kiosk: Kiosk, key: int, text: str, modifiers: Qt.KeyboardModifier, kind: Kind
) -> None:
    at_79 = (79, 0, 0)
    event = QKeyEvent(QEvent.Type.KeyPress, key, modifiers, *at_79, text)
    assert key_of(window(kiosk), event, x11()).kind is kind


def test_a_key_that_qt_has_no_name_for_is_typed_as_ever(kiosk: Kiosk, reader: BadgeReader) -> None:
    kiosk.show(NamingView("Who are you?", "", None))
    first = kiosk.find("First name", QLineEdit)
    first.setFocus()
    QTest.keyClick(window(kiosk), ord("a"))
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        cyrillic = QKeyEvent(kind, 0x0416, Qt.KeyboardModifier.NoModifier, "\u0436")
        QCoreApplication.sendEvent(window(kiosk), cyrillic)
    kiosk.bot.waitUntil(lambda: first.text() == "a\u0436")


def test_no_key_is_let_go_before_it_is_pressed(kiosk: Kiosk, reader: BadgeReader) -> None:
    seen: list[QEvent.Type] = []

    class Ear(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() in {QEvent.Type.KeyPress, QEvent.Type.KeyRelease}:
                seen.append(event.type())
            return False

    ear = Ear()
    line(kiosk).setFocus()
    line(kiosk).installEventFilter(ear)
    QTest.keyClick(window(kiosk), ord("4"))
    kiosk.bot.waitUntil(lambda: len(seen) == 2)
    assert seen == [QEvent.Type.KeyPress, QEvent.Type.KeyRelease]


def timed(kiosk: Kiosk, key: int, text: str, at_ms: int, *, again: bool = False) -> None:
    """A key with the time at which the system had it."""
    event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text, again)
    event.setTimestamp(at_ms)
    QCoreApplication.sendEvent(window(kiosk), event)


def test_what_a_person_typed_while_the_program_was_busy_is_typing(
    kiosk: Kiosk, reader: BadgeReader
) -> None:
    line(kiosk).setFocus()
    for number, digit in enumerate("40917"):
        timed(kiosk, ord(digit), digit, 1_000 + 90 * number)
    timed(kiosk, Qt.Key.Key_Return, "\r", 1_500)
    assert line(kiosk).text() == "40917"
    assert kiosk.kept == []


def test_a_badge_that_was_read_while_the_program_was_busy_is_a_badge(
    kiosk: Kiosk, reader: BadgeReader
) -> None:
    for number, digit in enumerate(NUMBER):
        timed(kiosk, ord(digit), digit, 1_000 + 8 * number)
        # The time is over, and the next key is there already.
        reader._pause.timeout.emit()
    timed(kiosk, Qt.Key.Key_Return, "\r", 1_100)
    assert numbers(kiosk)[0] == NUMBER
    assert line(kiosk).text() == ""


def test_a_reader_types_capital_letters_with_shift(kiosk: Kiosk, reader: BadgeReader) -> None:
    shift = Qt.KeyboardModifier.ShiftModifier
    for sign in "77A1":
        if sign.isalpha():
            QTest.keyPress(window(kiosk), Qt.Key.Key_Shift)
            QTest.keyClick(window(kiosk), ord(sign), shift)
            QTest.keyRelease(window(kiosk), Qt.Key.Key_Shift)
        else:
            QTest.keyClick(window(kiosk), ord(sign))
    QTest.keyClick(window(kiosk), Qt.Key.Key_Return)
    assert "77A1" in numbers(kiosk)


def test_the_same_sign_twice_at_once_is_no_key_that_is_held_down(
    kiosk: Kiosk, reader: BadgeReader
) -> None:
    """X11 tells a release and a press of one millisecond as a repetition."""
    before = ""
    for digit in NUMBER:
        timed(kiosk, ord(digit), digit, 1_000, again=digit == before)
        before = digit
    timed(kiosk, Qt.Key.Key_Return, "\r", 1_000)
    assert numbers(kiosk)[0] == NUMBER


def test_a_reader_goes_with_its_window(kiosk: Kiosk) -> None:
    """One that outlived it would swallow the keys of the next window."""
    gone = QWidget()
    gone.show()
    asked: list[Intent] = []
    reader = BadgeReader(gone, lambda _: Ticket(1), asked.append, lambda: Into.KIOSK)
    handle = gone.windowHandle()
    assert handle is not None
    event = QKeyEvent(QEvent.Type.KeyPress, ord("4"), Qt.KeyboardModifier.NoModifier, "4")
    assert reader.heard(handle, event)
    shiboken6.delete(gone)
    assert not shiboken6.isValid(reader)
    assert asked == []


def test_a_window_that_the_system_made_anew_is_heard_again(
    kiosk: Kiosk, reader: BadgeReader
) -> None:
    first = window(kiosk)
    kiosk.window.destroy()
    kiosk.window.show()
    assert window(kiosk) is not first
    reads(kiosk, NUMBER)
    assert numbers(kiosk)[0] == NUMBER


class Xchart:
    """A window that Xchart's page is typed into, and its reader."""

    def __init__(self) -> None:
        self.box = QWidget()
        self.line = QLineEdit(self.box)
        self.box.show()
        self.box.activateWindow()
        self.line.setFocus()
        self.line.returnPressed.connect(lambda: self.line.insert("|"))
        self.asked: list[Intent] = []
        self.kept: list[str] = []
        self.into = Into.PAGE
        self.reader = BadgeReader(self.box, self.keep, self.asked.append, lambda: self.into)
        self.at = 1_000

    def keep(self, secret: str | bytearray) -> Ticket:
        assert isinstance(secret, str)
        self.kept.append(secret)
        return Ticket(len(self.kept))

    def types(self, text: str, every: int = 8) -> None:
        """Press and let go one after the other; "|" is Enter."""
        handle = self.box.windowHandle()
        assert handle is not None
        for sign in text:
            key, said = (Qt.Key.Key_Return.value, "\r") if sign == "|" else (ord(sign), sign)
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, said)
                event.setTimestamp(self.at)
                if not self.reader.heard(handle, event):
                    QCoreApplication.sendEvent(handle, event)
            self.at += every


@pytest.fixture
def xchart(plain: Look) -> Iterator[Xchart]:
    """Xchart's page, in a clinic with badges."""
    made = Xchart()
    for timer in made.reader.findChildren(QTimer):
        timer.setInterval(PATIENT_MS)
    yield made
    shiboken6.delete(made.box)


def test_a_barcode_reaches_xcharts_page_as_it_was_typed_with_what_came_behind_it(
    xchart: Xchart,
) -> None:
    xchart.types("40123|")
    assert xchart.asked == [BadgeRead(Ticket(1), Doubt.NONE, for_xchart=True)]
    xchart.types("ab", every=90)
    assert xchart.line.text() == ""
    xchart.reader.tell(False)
    xchart.reader._pause.timeout.emit()
    assert xchart.line.text().startswith("40123|a")


def test_somebodys_badge_types_nothing_into_xcharts_page(xchart: Xchart) -> None:
    xchart.types("40123|")
    xchart.reader.tell(True)
    assert xchart.line.text() == ""


def test_the_page_does_not_wait_for_ever(xchart: Xchart) -> None:
    xchart.types("40123|")
    xchart.reader._patience.timeout.emit()
    assert xchart.line.text() == "40123|"
    assert xchart.asked[-1] == BadgeGivenUp()
    xchart.reader.tell(False)
    assert xchart.line.text() == "40123|"


def test_what_waits_when_the_page_is_covered_goes_nowhere(xchart: Xchart) -> None:
    xchart.types("40123|77")
    xchart.reader.forget()
    xchart.reader.tell(False)
    assert xchart.line.text() == ""


def test_where_the_clinic_has_no_badges_the_page_waits_for_nothing(xchart: Xchart) -> None:
    xchart.into = Into.NOT_READ
    xchart.types("4")
    assert xchart.line.text() == "4"
    xchart.types("0917|")
    assert xchart.line.text() == "40917|"
    assert xchart.kept == []


def test_a_short_code_and_its_ending_reach_xcharts_page(xchart: Xchart) -> None:
    xchart.types("12|")
    assert xchart.line.text() == "12|"
