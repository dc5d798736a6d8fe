"""A notice: its tone has an icon and colours of its own, and without a notice there is nothing."""

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from kiosk.session.pages.views import Notice, Tone
from kiosk.ui.look.theme import Look
from kiosk.ui.widgets.notice import NoticeBox, ToneMark
from tests.ui.conftest import Stage


def pixels(mark: ToneMark) -> bytes:
    return bytes(mark.grab().toImage().constBits())


def test_each_tone_looks_different(plain: Look, stage: Stage) -> None:
    mark = ToneMark(plain, 48)
    stage(mark)
    seen = set()
    for tone in Tone:
        mark.show_tone(tone)
        seen.add(pixels(mark))
    assert len(seen) == len(Tone)


@pytest.mark.parametrize("tone", Tone)
def test_it_lies_on_the_wash_of_its_tone(plain: Look, stage: Stage, tone: Tone) -> None:
    box = NoticeBox(plain)
    box.resize(600, 90)
    stage(box)
    box.show_notice(Notice(tone, "No internet.", "Check the cable."))
    inside = box.grab().toImage().pixelColor(box.width() // 2, 5)
    assert inside.name() == plain.tones[tone].wash.name()


def test_without_a_notice_no_word_is_left(plain: Look, stage: Stage) -> None:
    box = NoticeBox(plain)
    stage(box)
    box.show_notice(Notice(Tone.WARNING, "No internet.", "Check the cable."))
    assert [label.text() for label in box.findChildren(QLabel)] == [
        "No internet.",
        "Check the cable.",
    ]
    box.show_notice(None)
    assert not box.isVisible()
    assert [label.text() for label in box.findChildren(QLabel)] == ["", ""]


def test_a_title_alone_takes_no_room_for_a_text(plain: Look, stage: Stage) -> None:
    box = NoticeBox(plain)
    stage(box)
    box.show_notice(Notice(Tone.GOOD, "Connected again.", "Everything has been sent."))
    QApplication.processEvents()
    both = box.sizeHint().height()
    box.show_notice(Notice(Tone.GOOD, "Connected again."))
    QApplication.processEvents()
    assert box.sizeHint().height() < both
