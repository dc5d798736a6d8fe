"""What the list shows: nothing in it can be changed, and no ``repr`` of it shows a patient."""

import pytest

from kiosk.session.model.commands import Status
from kiosk.session.model.intents import SeatWanted
from kiosk.session.pages.board import views as v
from tests.imports import ROOT, imported
from tests.support.vocabulary import can_change

KINDS = [
    v.Act,
    v.BoardView,
    v.Disagreement,
    v.FoldView,
    v.HeadingView,
    v.ListUiState,
    v.RoomView,
    v.SentenceView,
    v.Undo,
    v.VisitView,
]


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_of_it_can_be_changed(kind: type) -> None:
    assert not can_change(kind)


def test_no_repr_shows_a_patient() -> None:
    act = v.Act("Seat", "Seat, Peggy Sandoval", SeatWanted("apt-1", 1))
    told = v.Disagreement("Op 2 set Left", (act, act))
    visit = v.VisitView(
        "apt-1", "9:00 am", "", "Peggy Sandoval", v.Stage.PLANNED, "", (), conflict=told, step=act
    )
    room = v.RoomView("Op 3", True, "Ready", act=act)
    for shown in (act, told, visit, room, v.BoardView(room, next=visit, items=(visit,))):
        assert "Peggy" not in repr(shown) + str(shown)


def test_every_status_of_the_chair_has_a_stage_of_its_own() -> None:
    assert len(v.Stage) >= len(Status)


@pytest.mark.parametrize(
    "place",
    [
        *(f"model/{each}" for each in ("state", "events", "effects", "intents")),
        "pages/views",
        "view",
    ],
)
def test_no_state_event_or_view_knows_it(place: str) -> None:
    """Law 10: patients stay in the one page that draws them."""
    known = imported(ROOT / "kiosk" / "session" / f"{place}.py")
    assert not [each for each in known if each.startswith("kiosk.session.pages.board.page")]
