"""The badge reader beside fingers: a burst is a badge, typing is typing, and nothing gets lost."""

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from kiosk.session.intents import BadgeRead, CodeGiven, Intent, Ticket
from kiosk.session.views import NamingView
from kiosk.ui.badge import LONGEST, BadgeReader, may_be_a_badges
from kiosk.ui.theme import Look
from tests.ui.conftest import Kiosk
from tests.ui.test_code import VIEW

NUMBER = "0004417290"
PATIENT_MS = 60_000


@pytest.fixture
def reader(kiosk: Kiosk) -> Iterator[BadgeReader]:
    """A reader that listens, over a page with a line to type into."""

    def keep(secret: str) -> Ticket:
        kiosk.kept.append(secret)
        return Ticket(len(kiosk.kept))

    made = BadgeReader(kiosk.window, keep, kiosk.asked.append)
    made.listen(True)
    kiosk.show(VIEW)
    yield made
    made.listen(False)


def window(kiosk: Kiosk) -> QWindow:
    """Where keys arrive from the system."""
    handle = kiosk.window.windowHandle()
    assert handle is not None
    return handle


def reads(kiosk: Kiosk, number: str, end: Qt.Key = Qt.Key.Key_Return) -> None:
    """What a reader types: as fast as it goes, then Enter."""
    for timer in kiosk.window.findChildren(BadgeReader)[0].findChildren(QTimer):
        timer.setInterval(PATIENT_MS)  # However slow this machine is, a burst is a burst.
    for sign in number:
        QTest.keyClick(window(kiosk), ord(sign))
    QTest.keyClick(window(kiosk), end)


def line(kiosk: Kiosk) -> QLineEdit:
    """The line of the code."""
    return kiosk.find("Code", QLineEdit)


@pytest.mark.parametrize("end", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_a_burst_is_a_badge_and_types_nothing(
    kiosk: Kiosk, reader: BadgeReader, end: Qt.Key
) -> None:
    reads(kiosk, NUMBER, end)
    assert kiosk.asked == [BadgeRead(Ticket(1))]
    assert kiosk.kept == [NUMBER]
    assert line(kiosk).text() == ""


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


def test_what_is_longer_than_any_badge_is_typing(kiosk: Kiosk, reader: BadgeReader) -> None:
    reads(kiosk, "x" * (LONGEST + 1))
    assert kiosk.asked == []


def test_a_badge_that_is_read_while_a_name_is_typed_leaves_it_as_it_was(
    kiosk: Kiosk, reader: BadgeReader
) -> None:
    kiosk.show(NamingView("Who are you?", "", None))
    first = kiosk.find("First name", QLineEdit)
    first.setFocus()
    first.setText("Le")
    reads(kiosk, "AB-0004417290")
    assert first.text() == "Le"
    assert kiosk.kept == ["AB-0004417290"]


@pytest.mark.parametrize(
    ("text", "modifiers", "repeated", "theirs"),
    [
        ("a", Qt.KeyboardModifier.NoModifier, False, True),
        ("A", Qt.KeyboardModifier.ShiftModifier, False, True),
        ("7", Qt.KeyboardModifier.KeypadModifier, False, True),
        ("a", Qt.KeyboardModifier.AltModifier, False, False),
        ("a", Qt.KeyboardModifier.MetaModifier, False, False),
        ("a", Qt.KeyboardModifier.NoModifier, True, False),
        (" ", Qt.KeyboardModifier.NoModifier, False, False),
        ("\t", Qt.KeyboardModifier.NoModifier, False, False),
        ("\u00e9", Qt.KeyboardModifier.NoModifier, False, False),
        ("", Qt.KeyboardModifier.NoModifier, False, False),
    ],
)
def test_one_plain_sign_may_begin_a_badge(
    text: str, modifiers: Qt.KeyboardModifier, repeated: bool, theirs: bool
) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, modifiers, text, repeated)
    assert may_be_a_badges(event, first=True) is theirs


def test_a_key_that_qt_has_no_name_for_is_typed_as_ever(kiosk: Kiosk, reader: BadgeReader) -> None:
    kiosk.show(NamingView("Who are you?", "", None))
    first = kiosk.find("First name", QLineEdit)
    first.setFocus()
    QTest.keyClick(window(kiosk), ord("a"))
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        cyrillic = QKeyEvent(kind, 0x0416, Qt.KeyboardModifier.NoModifier, "\u0436")
        QCoreApplication.sendEvent(window(kiosk), cyrillic)
    assert first.text() == "a\u0436"


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


def timed(kiosk: Kiosk, key: int, text: str, at_ms: int) -> None:
    """A key with the time at which the system had it."""
    event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text)
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
    assert kiosk.kept == [NUMBER]
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
    assert kiosk.kept == ["77A1"]


def test_the_same_sign_twice_at_once_is_no_key_that_is_held_down(
    kiosk: Kiosk, reader: BadgeReader
) -> None:
    """X11 tells a release and a press of one millisecond as a repetition."""
    before = ""
    for digit in NUMBER:
        again = digit == before
        plain = Qt.KeyboardModifier.NoModifier
        event = QKeyEvent(QEvent.Type.KeyPress, ord(digit), plain, digit, again)
        event.setTimestamp(1_000)
        QCoreApplication.sendEvent(window(kiosk), event)
        before = digit
    timed(kiosk, Qt.Key.Key_Return, "\r", 1_000)
    assert kiosk.kept == [NUMBER]


def test_a_reader_that_ends_with_a_line_feed_is_one(kiosk: Kiosk, reader: BadgeReader) -> None:
    for number, digit in enumerate(NUMBER):
        timed(kiosk, ord(digit), digit, 1_000 + 8 * number)
    timed(kiosk, 10, "\n", 1_100)
    assert kiosk.kept == [NUMBER]


def test_a_reader_goes_with_its_window(plain: Look) -> None:
    """One that outlived it would swallow the keys of the next window."""
    gone = QWidget()
    gone.show()
    asked: list[Intent] = []
    reader = BadgeReader(gone, lambda _: Ticket(1), asked.append)
    reader.listen(True)
    handle = gone.windowHandle()
    assert handle is not None
    QTest.keyClick(handle, ord("4"))
    shiboken6.delete(gone)
    assert not shiboken6.isValid(reader)
    assert asked == []


def test_a_window_that_the_system_made_anew_is_heard_again(
    kiosk: Kiosk, reader: BadgeReader
) -> None:
    first = window(kiosk)
    kiosk.window.destroy()
    kiosk.window.show()
    reader.listen(True)
    assert window(kiosk) is not first
    reads(kiosk, NUMBER)
    assert kiosk.kept == [NUMBER]


def test_where_the_clinic_has_no_badges_nothing_is_held_back(
    kiosk: Kiosk, reader: BadgeReader
) -> None:
    reader.listen(False)
    QTest.keyClick(window(kiosk), ord("4"))
    assert line(kiosk).text() == "4"
    for digit in "0917":
        QTest.keyClick(window(kiosk), ord(digit))
    QTest.keyClick(window(kiosk), Qt.Key.Key_Return)
    assert kiosk.kept == []
