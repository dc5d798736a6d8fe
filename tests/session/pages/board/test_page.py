"""The list of the day: who is here, who is next, what each button asks; and nobody is lost."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.session.model.commands import Kind, RoomStatus, Status
from kiosk.session.model.day import Day
from kiosk.session.model.intents import CaseWanted, RoomWanted, SeatWanted, StatusWanted, TheirsKept
from kiosk.session.pages.board.page import board
from kiosk.session.pages.board.views import (
    DAY,
    ELSEWHERE,
    GONE,
    LATER_ELSEWHERE,
    BoardView,
    FoldView,
    HeadingView,
    ListUiState,
    SentenceView,
    Stage,
    Undo,
    VisitView,
)
from kiosk.session.pages.views import ConflictNote, DayNote
from tests.support import days
from tests.support.plain_words import wrong_words

NOTE = DayNote("2026-11-23", 10 * 60 + 24, "Op 3")
EVERYTHING = frozenset({DAY, ELSEWHERE, GONE, LATER_ELSEWHERE})


def visits(drawn: BoardView) -> list[VisitView]:
    rest = [item for item in (*drawn.changed, *drawn.items) if isinstance(item, VisitView)]
    return [*drawn.now, *([drawn.next] if drawn.next else []), *rest]


def lines(drawn: BoardView) -> list[str]:
    """The list from top to bottom, names and headings."""
    return [item.name if isinstance(item, VisitView) else item.text for item in drawn.items]


def test_an_ordinary_morning() -> None:
    drawn = board(days.MORNING, NOTE)
    assert drawn.now == ()
    assert drawn.next is not None
    assert (drawn.next.name, drawn.next.time, drawn.next.when, drawn.next.stage) == (
        "Linnea Merriweather",
        "10:30 am",
        "in 6 min",
        Stage.ARRIVED,
    )
    assert drawn.primary == "next"
    assert lines(drawn) == [
        "Later in Op 3",
        "Barnaby Ironbark",
        "Isolde Rookwood",
        "Orson Stonebridge",
        "No room yet",
        "Anselm Whitlock",
        "Thaddeus Nightingale",
        "Left earlier, 1",
        "Other rooms, 5",
        "Tomorrow, Tue, Nov 24",
        days.THEN[0].patient,
        days.THEN[1].patient,
        days.THEN[3].patient,
        "Other rooms, 1",
    ]


def test_while_someone_is_seated_here_the_list_folds_to_now() -> None:
    drawn = board(days.IN_THE_CHAIR, NOTE)
    (now,) = drawn.now
    assert (now.name, now.status, now.when) == (
        "Elowen Foxglove",
        "Seated",
        "since 10:09 am · 15 min",
    )
    assert now.alerts == ("Penicillin allergy", "Sleep apnea")
    assert (drawn.next, drawn.items, drawn.primary) == (None, (), "now")
    assert drawn.day_fold == FoldView(DAY, "Show the day", False)
    opened = board(days.IN_THE_CHAIR, NOTE, ListUiState(frozenset({DAY})))
    assert opened.next is not None
    assert opened.primary == "now"
    assert opened.day_fold == FoldView(DAY, "Hide the day", True)


STEPS = [
    ("Seated", "Ready for doctor"),
    ("Ready for doctor", "Doctor here"),
    ("Doctor here", "Recovery"),
    ("Recovery", "Left"),
]


@pytest.mark.parametrize(("stands", "step"), STEPS)
def test_one_tap_takes_a_visit_on(stands: str, step: str) -> None:
    (now,) = board(days.day([replace(days.SEATED, status=stands)]), NOTE).now
    assert now.step is not None
    assert now.step.text == step
    assert now.step.intent == StatusWanted(days.SEATED.id, step, 3)


def test_seat_seats_who_is_next() -> None:
    drawn = board(days.MORNING, NOTE)
    assert drawn.next is not None
    assert drawn.next.step is not None
    assert drawn.next.step.text == "Seat"
    assert drawn.next.step.spoken == "Seat, Linnea Merriweather"
    assert drawn.next.step.intent == StatusWanted(days.NEXT.id, "Seated", 3)


def test_seat_here_stands_with_everyone_who_has_no_room() -> None:
    drawn = board(days.MORNING, NOTE)
    found = [each for each in visits(drawn) if each.step and each.step.text == "Seat here"]
    assert [each.step.intent for each in found if each.step] == [
        SeatWanted(days.ROOMLESS[0].id, 3),
        SeatWanted(days.ROOMLESS[1].id, 3),
    ]


def test_a_wish_counts_upon_ones_own_that_still_waits() -> None:
    """Otherwise the server could take it for a change upon someone else's."""
    drawn = board(days.UNSENT, NOTE, ListUiState(EVERYTHING))
    (now,) = drawn.now
    assert now.step is not None
    assert now.step.intent == StatusWanted(days.SEATED.id, "Doctor here", 4, "cmd-0")
    assert now.unsent == "Not sent yet"
    assert drawn.room.unsent == "Not sent yet"
    assert drawn.room.act is not None
    assert drawn.room.act.intent == RoomWanted(RoomStatus.TURN_OVER, 2, "cmd-2")
    assert sum(bool(each.unsent) for each in visits(drawn)) == 2


def test_the_room_has_one_tap_each_way() -> None:
    ready, due = board(days.MORNING, NOTE), board(days.TO_TURN_OVER, NOTE)
    assert ready.room.act is not None
    assert ready.room.act.intent == RoomWanted(RoomStatus.TURN_OVER, 2)
    assert due.room.act is not None
    assert due.room.act.intent == RoomWanted(RoomStatus.READY, 2)
    assert (due.room.status, due.primary) == ("To be turned over", "room")


def test_another_room_is_seen_when_it_is_unfolded_and_can_give_a_patient_away() -> None:
    other = days.ELSEWHERE[3]
    drawn = board(days.MORNING, NOTE, ListUiState(frozenset({ELSEWHERE, other.id})))
    found = next(each for each in visits(drawn) if each.id == other.id)
    assert found.room == "Op 1"
    assert found.step is not None
    assert found.step.intent == SeatWanted(other.id, 3)


def test_nobody_of_tomorrow_can_be_seated() -> None:
    ids = {each.id for each in days.THEN}
    drawn = board(days.MORNING, NOTE, ListUiState(EVERYTHING | ids))
    found = [each for each in visits(drawn) if each.id in ids]
    assert len(found) == len(ids)
    assert [each for each in found if each.step or each.acts] == []


def test_undo_is_a_wish_upon_what_was_set_and_only_while_it_stands() -> None:
    drawn = board(days.MORNING, NOTE)
    assert drawn.next is not None
    assert drawn.next.step is not None
    undo = drawn.next.step.undo
    assert undo == Undo(days.NEXT.id, "Arrived", "Seated", 4)
    looking = ListUiState(undo=undo)
    after = replace(days.NEXT, status="Seated", version=4)
    (now,) = board(days.day([after]), NOTE, looking).now
    assert [(each.text, each.intent) for each in now.acts] == [
        ("Undo", StatusWanted(days.NEXT.id, "Arrived", 4)),
        ("Start case", CaseWanted(days.NEXT.id)),
    ]
    for other in (replace(after, version=5), replace(after, status="Recovery")):
        (now,) = board(days.day([other]), NOTE, looking).now
        assert [each.text for each in now.acts] == ["Start case"]


def test_who_has_just_left_stays_in_sight_as_long_as_it_can_be_undone() -> None:
    left = replace(days.SEATED, status="Left", version=4)
    undo = Undo(left.id, "Recovery", "Left", 4)
    drawn = board(days.day([left, days.NEXT]), NOTE, ListUiState(undo=undo))
    assert [each.name for each in drawn.now] == ["Elowen Foxglove"]
    assert (drawn.now_heading, drawn.now[0].step, drawn.primary) == ("Just left", None, "next")
    assert board(days.day([left, days.NEXT]), NOTE).now == ()


def test_any_status_can_be_set_when_the_card_is_opened() -> None:
    (now,) = board(days.IN_THE_CHAIR, NOTE, ListUiState(frozenset({days.SEATED.id}))).now
    assert [each.text for each in now.acts] == ["Start case", "Doctor here", "Recovery", "Left"]
    (closed,) = board(days.IN_THE_CHAIR, replace(NOTE, in_case=True)).now
    assert closed.acts == (), "it is on"


CONFLICTS = [
    (Kind.STATUS, days.NEXT.id, "Seated", StatusWanted(days.NEXT.id, "Seated", 7)),
    (Kind.OPERATORY, days.ELSEWHERE[3].id, "Op 3", SeatWanted(days.ELSEWHERE[3].id, 7)),
]


@pytest.mark.parametrize(("kind", "target", "to", "again"), CONFLICTS)
@pytest.mark.parametrize("day", [days.MORNING, days.IN_THE_CHAIR], ids=["open", "folded"])
def test_what_someone_else_set_first_is_asked_in_sight(
    kind: Kind, target: str, to: str, again: object, day: Day
) -> None:
    note = replace(
        NOTE, conflicts=(ConflictNote(target, "Op 2 set Left, 9:14 am", "Set it", kind, to, 7),)
    )
    found = [each for each in visits(board(day, note)) if each.conflict]
    (one,) = found
    assert one.conflict is not None
    assert one.conflict.text == "Op 2 set Left, 9:14 am"
    assert [each.intent for each in one.conflict.acts] == [again, TheirsKept(target)]
    assert one.step is None


def test_the_one_primary_button_is_never_on_someone_else_instead() -> None:
    """Whoever wanted to seat her must not find another name under the same button."""
    told = ConflictNote(days.NEXT.id, "Op 2 set Confirmed", "Set Seated", Kind.STATUS, "Seated", 7)
    drawn = board(days.MORNING, replace(NOTE, conflicts=(told,)))
    assert drawn.next is not None
    assert (drawn.next.id, drawn.next.step) == (days.NEXT.id, None)
    assert drawn.next.conflict is not None


def test_a_conflict_about_the_room_stands_with_the_room() -> None:
    told = ConflictNote("Op 3", "Op 4 set Turn over", "Set Ready", Kind.ROOM, "Ready", 7)
    room = board(days.MORNING, replace(NOTE, conflicts=(told,))).room
    assert room.conflict is not None
    assert room.conflict.acts[0].intent == RoomWanted(RoomStatus.READY, 7)


def test_folded_away_it_still_says_how_the_room_stands_and_that_something_waits() -> None:
    told = ConflictNote(days.NEXT.id, "Op 2 set Left", "Set Seated", Kind.STATUS, "Seated", 7)
    assert board(days.MORNING, NOTE).short == "Op 3 · Ready"
    drawn = board(days.MORNING, replace(NOTE, conflicts=(told,)))
    assert (drawn.short, drawn.told) == ("Op 3 · Ready · Changed by someone else", True)


def test_plain_sentences_where_there_is_nothing() -> None:
    for day, note in ((None, NOTE), (days.MORNING, None), (None, None)):
        (only,) = board(day, note).items
        assert isinstance(only, SentenceView)
    assert lines(board(days.day([]), NOTE)) == [
        "No appointments today.",
        "Tomorrow, Tue, Nov 24",
        "No appointments.",
    ]


def test_a_list_of_yesterday_shows_nobody_as_of_today() -> None:
    drawn = board(days.MORNING, replace(NOTE, today="2026-11-25"))
    assert visits(drawn) == []


def test_without_a_room_of_its_own_the_computer_shows_every_room() -> None:
    drawn = board(days.MORNING, replace(NOTE, operatory=""))
    assert lines(drawn)[0] == "Today"
    assert {each.room for each in visits(drawn)} >= {"Op 1", "Op 2", "Op 3", "Op 4"}
    assert [each for each in visits(drawn) if each.step] == []


@pytest.mark.parametrize(
    ("minute", "words"),
    [
        (9 * 60, ""),
        (9 * 60 + 1, "in 1 h 29 min"),
        (10 * 60 + 30, "now"),
        (10 * 60 + 45, "15 min late"),
        (12 * 60 + 30, "2 h late"),
    ],
)
def test_how_far_off_a_time_is(minute: int, words: str) -> None:
    drawn = board(days.MORNING, replace(NOTE, minute=minute))
    assert drawn.next is not None
    assert drawn.next.when == words


def test_since_another_day_says_the_day() -> None:
    since = datetime(2026, 11, 21, 16, 0, tzinfo=UTC)
    (now,) = board(days.day([days.visit(1, "09:00", status="Recovery", since=since)]), NOTE).now
    assert now.when == "since Sat, Nov 21"


def test_a_clock_that_is_behind_never_counts_below_nothing() -> None:
    since = days.SEATED_AT + timedelta(hours=1)
    (now,) = board(days.day([days.visit(1, "09:00", status="Seated", since=since)]), NOTE).now
    assert now.when == "since 11:09 am"


STATUSES = [*(each.value for each in Status), "Scheduled", "Confirmed", "Arrived", "Cancelled"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Op 1", "Op 3", None]),
            st.sampled_from(STATUSES),
            st.booleans(),
        ),
        max_size=12,
    ),
    st.sampled_from(["Op 3", "Op 1", ""]),
    st.integers(0, 12),
)
def test_everyone_is_on_the_list_once(
    made: list[tuple[str | None, str, bool]], here: str, told: int
) -> None:
    """Whatever stands where: unfolded, each appointment of both days is there exactly once."""
    all_ = [
        days.visit(n, "09:00", room, status, day=days.TOMORROW if then else days.TODAY)
        for n, (room, status, then) in enumerate(made)
    ]
    conflicts = tuple(
        ConflictNote(f"apt-{told}", "Op 2 set Left", "Set Seated", Kind.STATUS, "Seated", 9)
        for _ in range(told < len(all_))
    )
    note = replace(NOTE, operatory=here, conflicts=conflicts)
    drawn = board(days.day(all_), note, ListUiState(EVERYTHING))
    assert sorted(each.id for each in visits(drawn)) == sorted(each.id for each in all_)
    assert sum(each.conflict is not None for each in visits(drawn)) == len(conflicts)
    headings = [item.text for item in drawn.items if isinstance(item, HeadingView)]
    assert len(set(headings)) == len(headings)


@pytest.mark.parametrize("day", [days.MORNING, days.IN_THE_CHAIR, days.UNSENT, days.EMPTY])
def test_none_of_our_words_and_no_patient_in_a_repr(day: Day) -> None:
    drawn = board(day, NOTE, ListUiState(EVERYTHING))
    assert wrong_words(drawn) == []
    said = repr(drawn) + repr(drawn.now) + repr(drawn.items) + repr(drawn.next)
    for each in day.schedule.appointments:
        assert each.patient not in said


def test_every_row_reads_aloud_all_it_shows() -> None:
    for each in visits(board(days.UNSENT, NOTE, ListUiState(EVERYTHING))):
        shown = (each.time, each.name, each.status, each.when, each.room, each.unsent, *each.alerts)
        assert [part for part in shown if part not in each.spoken] == []
