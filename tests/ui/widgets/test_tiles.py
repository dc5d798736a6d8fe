"""The tiles: as many columns as are comfortable, as large as there is room for."""

import pytest
from PySide6.QtWidgets import QApplication

from kiosk.session.pages.views import TileView
from kiosk.ui.look.pitch import Pitch
from kiosk.ui.look.theme import Look, look
from kiosk.ui.widgets.spinner import Spinner
from kiosk.ui.widgets.tile import Tile
from kiosk.ui.widgets.tiles import FEW, TileGrid
from tests.ui.conftest import Stage

PEOPLE = tuple(TileView(f"p{n}", f"Person {n}", "") for n in range(30))


def grid_of(look: Look, stage: Stage, room: int = 600) -> TileGrid:
    grid = TileGrid(look, lambda _person_id: None, room=lambda: room)
    grid.resize(740, room)
    stage(grid)
    return grid


def on_show(grid: TileGrid) -> list[Tile]:
    QApplication.processEvents()
    return [tile for tile in grid.findChildren(Tile) if tile.isVisible()]


@pytest.mark.parametrize(("count", "columns"), [(1, 1), (FEW, 1), (FEW + 1, 2), (24, 2)])
def test_few_people_have_one_column(plain: Look, stage: Stage, count: int, columns: int) -> None:
    grid = grid_of(plain, stage)
    grid.show_tiles(PEOPLE[:count], locked=False)
    assert len({tile.x() for tile in on_show(grid)}) == columns
    assert len(grid.tiles) == len(on_show(grid)) == count


def test_few_are_larger_where_there_is_room(plain: Look, stage: Stage) -> None:
    heights = []
    for room in (600, 200):
        grid = grid_of(plain, stage, room)
        grid.show_tiles(PEOPLE[:2], locked=False)
        heights.append(on_show(grid)[0].height())
    assert heights[0] > heights[1] >= plain.touch("tile")


def test_few_among_many_are_drawn_as_the_many(plain: Look, stage: Stage) -> None:
    grid = grid_of(plain, stage)
    grid.show_tiles(PEOPLE, locked=False)
    many = [tile.geometry() for tile in on_show(grid)[:2]]
    high = grid.minimumHeight()
    grid.show_tiles(PEOPLE[7:9], locked=False, among=len(PEOPLE))
    assert [tile.geometry() for tile in on_show(grid)] == many
    assert [tile.text() for tile in on_show(grid)] == ["Person 7", "Person 8"]
    assert grid.minimumHeight() < high
    grid.show_tiles(PEOPLE[7:9], locked=False)
    assert [tile.geometry() for tile in on_show(grid)] != many


def test_nothing_is_made_for_a_wait_before_there_is_one(plain: Look, stage: Stage) -> None:
    """Two hundred tiles are quick because none of them carries what one of them may need."""
    grid = grid_of(plain, stage)
    grid.show_tiles(PEOPLE, locked=False)
    assert grid.findChildren(Spinner) == []


@pytest.mark.parametrize("text", [1.0, 2.0])
@pytest.mark.parametrize("wide", [300, 420, 740])
def test_no_two_tiles_look_alike(qapp: QApplication, stage: Stage, wide: int, text: float) -> None:
    """Their names begin alike; the end is what tells them apart."""
    names = (
        "Maria Guadalupe Hern\u00e1ndez de la Rosa",
        "Maria Guadalupe Hern\u00e1ndez de la Raya",
    )
    grid = TileGrid(look(pitch=Pitch(text=text)), lambda _person_id: None, room=lambda: 600)
    grid.resize(wide, 600)
    stage(grid)
    views = [TileView(f"p{n}", name, "Office Assistant") for n, name in enumerate(names)]
    grid.show_tiles(tuple(views), locked=False)
    first, second = on_show(grid)
    for tile in (first, second):
        tile.clearFocus()
        assert not tile.cuts_a_word
        assert tile.height() >= tile.heightForWidth(tile.width())
    assert first.size() == second.size()
    assert first.grab().toImage() != second.grab().toImage()
