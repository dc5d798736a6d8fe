"""The list of the day: everything is laid out, only what is in sight (and near it) is made.

Rows are used again for others as the list moves. Arrow keys go from row to row, Tab through every
button; what gets the keyboard scrolls into sight first. Knows no appointment when it is told to
forget.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from kiosk.session.pages.board.views import (
    BoardView,
    FoldView,
    HeadingView,
    ItemView,
    SentenceView,
    Stage,
    VisitView,
)
from kiosk.ui.day.blocks import RowTypesetter
from kiosk.ui.day.row import FoldItem, LineItem, Shape, VisitItem

NEAR = 400
"""How far out of sight rows are made, in pixels at 96 dpi: Tab always finds the next one."""
MOST_HEIGHTS = 4096
"""A day of five hundred, redrawn with every minute: begun anew now and then."""
STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
Item = VisitItem | FoldItem | LineItem


class Entry(NamedTuple):
    """One thing of the list. ``key`` stays the same as long as it is about the same."""

    key: str
    view: ItemView
    shape: Shape = Shape.ROW
    primary: bool = False


def entries(board: BoardView) -> Iterator[Entry]:
    """The list from top to bottom."""
    if board.now_heading:
        yield Entry("now", HeadingView(board.now_heading))
    for place, visit in enumerate(board.now):
        primary = board.primary == "now" and place == 0
        shape = Shape.NEXT if visit.stage is Stage.LEFT else Shape.NOW
        yield Entry(visit.id, visit, shape, primary)
    yield from _plain(board.changed, "changed")
    if board.day_fold is not None:
        yield Entry(board.day_fold.id, board.day_fold)
    if board.next is not None:
        yield Entry("next", HeadingView(board.next_heading))
        yield Entry(board.next.id, board.next, Shape.NEXT, board.primary == "next")
    yield from _plain(board.items, "line")


def _plain(items: Sequence[ItemView], part: str) -> Iterator[Entry]:
    for place, item in enumerate(items):
        match item:
            case VisitView() | FoldView():
                yield Entry(item.id, item)
            case HeadingView() | SentenceView():
                yield Entry(f"{part} {place}", item)


class DayList(QWidget):
    """Lies in a scroll area, which says by ``look_at`` what is in sight."""

    acted = Signal(object)
    pressed = Signal(str)
    wanted = Signal(QRect)

    def __init__(self, setter: RowTypesetter, before: QWidget) -> None:
        """Empty. ``before`` is what has the keyboard before the first row."""
        super().__init__()
        self._setter = setter
        self._before = before
        self._entries: tuple[Entry, ...] = ()
        self._places: list[tuple[int, int]] = []
        self._heights: dict[int, int] = {}
        self._made: dict[str, Item] = {}
        self._spare: list[Item] = []
        self._sight = (0, 0)
        self._chain: list[QWidget] = []

    def show_board(self, board: BoardView) -> None:
        """Lay the list out, and draw what is in sight."""
        self._entries = tuple(entries(board))
        self._lay_out()

    def look_at(self, top: int, bottom: int) -> None:
        """Make what lies between these two heights of the list, in pixels."""
        self._sight = (top, bottom)
        self._make()

    def forget(self) -> None:
        """Nothing of anyone is left, in sight or out of it."""
        self._entries, self._places = (), []
        self._spare += self._made.values()
        self._made = {}
        self._empty_spare()
        self.setMinimumHeight(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps otherwise."""
        if event.oldSize().width() != event.size().width():
            self._lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down go from row to row, Home and End to the first and the last."""
        rows = [place for place, each in enumerate(self._entries) if _is_row(each)]
        at = next((n for n, place in enumerate(rows) if self._holds_focus(place)), None)
        key = Qt.Key(event.key())
        if not rows or (key in STEPS and at is None):
            event.ignore()
            return
        if key in STEPS and at is not None:
            self._go_to(rows[min(max(at + STEPS[key], 0), len(rows) - 1)])
        elif key == Qt.Key.Key_Home:
            self._go_to(rows[0])
        elif key == Qt.Key.Key_End:
            self._go_to(rows[-1])
        else:
            event.ignore()

    def _holds_focus(self, place: int) -> bool:
        item = self._made.get(self._entries[place].key)
        return item is not None and _has_focus(item)

    def _go_to(self, place: int) -> None:
        top, height = self._places[place]
        self.wanted.emit(QRect(0, top, self.width(), height))
        item = self._made.get(self._entries[place].key)
        if item is not None:
            _focused(item).setFocus(Qt.FocusReason.TabFocusReason)

    def _lay_out(self) -> None:
        width, gap, top = self.width(), self._setter.tight, 0
        self._places = []
        if len(self._heights) > MOST_HEIGHTS:
            self._heights.clear()
        for entry in self._entries:
            # A day is measured once, not at every tap. What is kept is numbers, and nobody's name.
            key = hash((type(entry.view), entry.view, entry.shape, width))
            if key not in self._heights:
                self._heights[key] = self._measure(entry, width)
            height = self._heights[key]
            self._places.append((top, height))
            top += height + (0 if _is_plain(entry) else gap)
        # The rows are drawn anew even where they stay: their words may be others now.
        self._spare += self._made.values()
        before, self._made = self._made, {}
        self.setMinimumHeight(top + gap)
        self._make(before)

    def _measure(self, entry: Entry, width: int) -> int:
        match entry.view:
            case VisitView() as visit:
                return VisitItem.measure(self._setter, visit, entry.shape, width)
            case FoldView() as fold:
                return FoldItem.measure(self._setter, fold, width)
            case HeadingView() | SentenceView() as line:
                return LineItem.measure(self._setter, line, width)

    def _make(self, before: dict[str, Item] | None = None) -> None:
        # What has the keyboard stays, wherever the list is scrolled to.
        kept = {key for key, item in self._made.items() if _has_focus(item)}
        near = self._setter.look.length(NEAR)
        least, most = self._sight[0] - near, self._sight[1] + near
        wanted = {
            entry.key: (entry, place)
            for entry, place in zip(self._entries, self._places, strict=True)
            if (place[0] + place[1] >= least and place[0] <= most) or entry.key in kept
        }
        for key in [key for key in self._made if key not in wanted]:
            self._spare.append(self._made.pop(key))
        before = before or {}
        # First those who stay: nobody else may take the widget that has the keyboard.
        new = [key for key in wanted if key not in self._made]
        new.sort(key=lambda key: key not in before)
        for key in new:
            entry, (top, height) = wanted[key]
            item = self._item_for(entry, before.get(key))
            self._made[key] = item
            item.setGeometry(0, top, self.width(), height)
            self._show(item, entry)
            item.show()
        if new:
            self._link(list(wanted))
        self._empty_spare()

    def _empty_spare(self) -> None:
        """Hide what is not needed; the keyboard goes elsewhere first, or Qt would scroll to it."""
        for item in [item for item in self._spare if item.isVisibleTo(self)]:
            if _has_focus(item):
                self._step_aside(item)
            item.forget()
            item.hide()

    def _step_aside(self, item: Item) -> None:
        """Give the keyboard to the row nearest to one that goes."""
        rest = [each for each in self._made.values() if not isinstance(each, LineItem)]
        nearest = min(rest, key=lambda each: abs(each.y() - item.y()), default=None)
        focus = self.focusWidget()
        if nearest is not None:
            _focused(nearest).setFocus()
        elif focus is not None:
            focus.clearFocus()

    def _item_for(self, entry: Entry, before: Item | None) -> Item:
        kind = _kind(entry)
        if isinstance(before, kind) and before in self._spare:
            self._spare.remove(before)
            return before
        for item in self._spare:
            # Never one that has the keyboard: Enter would mean someone else from now on.
            if type(item) is kind and not _has_focus(item):
                self._spare.remove(item)
                return item
        return self._new(kind)

    def _new(self, kind: type[Item]) -> Item:
        item = kind(self._setter)
        item.setParent(self)
        if isinstance(item, VisitItem):
            item.acted.connect(self.acted)
            item.pressed.connect(self.pressed)
        elif isinstance(item, FoldItem):
            item.clicked.connect(lambda: self.pressed.emit(item.id))
        return item

    def _show(self, item: Item, entry: Entry) -> None:
        match item, entry.view:
            case VisitItem(), VisitView() as visit:
                item.show_visit(visit, entry.shape, entry.primary, self.width())
            case FoldItem(), FoldView() as fold:
                item.show_fold(fold)
            case LineItem(), (HeadingView() | SentenceView()) as line:
                item.show_line(line)
            case _:
                pass

    def _link(self, keys: Sequence[str]) -> None:
        """The keyboard goes down the list, whichever row was made first."""
        chain = [self._before]
        for key in keys:
            item = self._made[key]
            if isinstance(item, VisitItem):
                chain += item.stops()
            elif isinstance(item, FoldItem):
                chain.append(item)
        if chain != self._chain:
            self._chain = chain
            for first, second in pairwise(chain):
                QWidget.setTabOrder(first, second)


def _is_row(entry: Entry) -> bool:
    return isinstance(entry.view, VisitView | FoldView)


def _is_plain(entry: Entry) -> bool:
    return isinstance(entry.view, VisitView) and entry.shape is Shape.ROW


def _kind(entry: Entry) -> type[Item]:
    match entry.view:
        case VisitView():
            return VisitItem
        case FoldView():
            return FoldItem
        case HeadingView() | SentenceView():
            return LineItem


def _has_focus(item: QWidget) -> bool:
    focus = item.focusWidget()
    return item.hasFocus() or (focus is not None and focus.hasFocus())


def _focused(item: Item) -> QWidget:
    """What of an item takes the keyboard first."""
    return item.face if isinstance(item, VisitItem) else item
