"""How an appointment is set: nothing cut, nothing on top of another, each status with its mark."""

import pytest
from PySide6.QtCore import QRect, Qt

from kiosk.session.pages.board.page import board
from kiosk.session.pages.board.views import ELSEWHERE, GONE, ListUiState, Stage, VisitView
from kiosk.session.pages.views import DayNote
from kiosk.ui.day.blocks import PICTURES, Block, Blocks, RowTypesetter
from kiosk.ui.look.theme import Look
from tests.support import days

NOTE = DayNote("2026-11-23", 10 * 60 + 24, "Op 3")
LONG = DayNote("2026-11-23", 10 * 60 + 24, "Hygiene and Recovery 12")
WRAP = int(Qt.TextFlag.TextWordWrap.value | Qt.TextFlag.TextWrapAnywhere.value)


def shown() -> list[VisitView]:
    """Everyone of an ordinary morning and of a day of long names."""
    looking = ListUiState(frozenset({ELSEWHERE, GONE, "day"}))
    found: list[VisitView] = []
    for day, note in ((days.MORNING, NOTE), (days.UNSENT, NOTE), (days.LONG, LONG)):
        drawn = board(day, note, looking)
        found += [*drawn.now, *([drawn.next] if drawn.next else [])]
        found += [item for item in drawn.items if isinstance(item, VisitView)]
    return found


def cut(setter: RowTypesetter, block: Block) -> bool:
    """Whether some of a block's text has no room."""
    inset = setter.look.space("tight") if block.ground else 0
    mark = setter.mark + setter.look.space("tight") if block.picture else 0
    room = int(block.area.width()) - 2 * inset - mark + 2
    metrics = block.font.measures
    if not block.wraps:
        return metrics.horizontalAdvance(block.text) > room
    needs = metrics.boundingRect(QRect(0, 0, room, 10_000), WRAP, block.text)
    return needs.height() > block.area.height() + 1


@pytest.mark.parametrize("width", [300, 347, 451])
def test_no_text_is_cut(plain: Look, width: int) -> None:
    setter = RowTypesetter(plain)
    for visit in shown():
        for made in (
            setter.row(visit, width),
            setter.card(visit, width, True),
            setter.card(visit, width, False),
        ):
            assert [b.text for b in made.blocks if cut(setter, b)] == []


def lines(made: Blocks) -> list[Block]:
    return sorted(made.blocks, key=lambda block: block.area.top())


@pytest.mark.parametrize("width", [300, 347, 451])
def test_no_two_texts_touch_and_all_lie_inside(plain: Look, width: int) -> None:
    setter = RowTypesetter(plain)
    for visit in shown():
        for made in (setter.row(visit, width), setter.card(visit, width, True)):
            blocks = lines(made)
            for place, block in enumerate(blocks):
                assert block.area.bottom() <= made.height
                assert block.area.right() <= width
                for other in blocks[place + 1 :]:
                    overlap = block.area.intersected(other.area)
                    together = other.text == visit.when and block.text == visit.status
                    assert together or overlap.isEmpty(), (block.text, other.text)


def test_rows_can_be_touched(plain: Look) -> None:
    setter = RowTypesetter(plain)
    assert min(setter.row(visit, 347).height for visit in shown()) >= plain.touch("other")


def test_each_status_has_a_mark_of_its_own() -> None:
    assert set(PICTURES) == set(Stage)
    assert len(set(PICTURES.values())) == len(Stage)


def test_what_waits_to_be_sent_has_a_mark_and_words(plain: Look) -> None:
    setter = RowTypesetter(plain)
    (visit,) = (v for v in shown() if v.unsent and v.stage is Stage.READY)
    for made in (setter.row(visit, 347), setter.card(visit, 347, True)):
        assert [b.picture for b in made.blocks if b.text == "Not sent yet"] == ["cloud-upload"]
