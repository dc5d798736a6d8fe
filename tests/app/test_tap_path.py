"""How far a tap runs through the code: what has to be read to follow it. These only go down.

Counted from the press on a tile to Xchart's page: the modules of the kiosk that run on the way,
what draws included, and the calls from the tile that hears the press to the rule that decides.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from threading import Event
from types import FrameType

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kiosk.app.lanes import Name
from kiosk.session.model import intents as want
from kiosk.session.model import state as s
from kiosk.ui.widgets.tile import Tile
from tests.app.test_wiring import MARIA, Desk, desk, xchart
from tests.support.sandbox.running import Xchart

__all__ = ["desk", "xchart"]
RULE = "kiosk.session.rules.entering"
MOST_MODULES, MOST_CALLS = 112, 11
"""Some five modules more or less, as the day is there already or comes meanwhile."""


class Path:
    """The modules of the kiosk that ran, on any lane; and the calls above the rule, when it did."""

    def __init__(self) -> None:
        self.modules: set[str] = set()
        self.calls: list[str] = []

    def saw(self, frame: FrameType, kind: str, _given: object) -> None:
        """Called by Python for every call and return."""
        module = frame.f_globals.get("__name__", "")
        if kind != "call" or not module.startswith("kiosk."):
            return
        self.modules.add(module)
        if module == RULE and not self.calls:
            self.calls = [f"{m}.{name}" for m, name in above(frame) if m.startswith("kiosk.")]

    @contextmanager
    def followed(self, desk: Desk) -> Iterator[None]:
        """On the main thread, and on the two lanes that somebody waits for."""
        for profile in (self.saw, None):
            for name in (Name.LOCAL, Name.SIGN_IN):
                through = Event()
                desk.app._lanes.do(name, partial(sys.setprofile, profile))
                desk.app._lanes.do(name, through.set)
                assert through.wait(10)
            sys.setprofile(profile)
            if profile is not None:
                yield


def above(frame: FrameType | None) -> Iterator[tuple[str, str]]:
    """The frames from here up."""
    while frame is not None:
        yield frame.f_globals.get("__name__", ""), frame.f_code.co_qualname
        frame = frame.f_back


def test_a_taps_path_is_no_longer_than_it_was(desk: Desk, xchart: Xchart) -> None:
    desk.start()
    desk.joins(xchart)
    desk.until(s.AtLogin)
    desk.wants(want.TileTapped(MARIA))
    desk.until(s.Active, lambda phase: phase.session.shown)
    desk.wants(want.DoneWanted())
    desk.until(s.AtLogin)
    tile = next(each for each in desk.app.window.findChildren(Tile) if each.isVisible())
    path = Path()
    # Time that passes meanwhile is no part of the path, and on a slow computer more of it does.
    desk.app._timer.blockSignals(True)
    with path.followed(desk):
        QTest.mouseClick(tile, Qt.MouseButton.LeftButton)
        desk.until(s.Active, lambda phase: phase.session.shown)
    told = "\n".join((*sorted(path.modules), "", *path.calls))
    assert len(path.modules) <= MOST_MODULES, told
    assert len(path.calls) <= MOST_CALLS, told
    print(f"{len(path.modules)} modules, {len(path.calls)} calls to the rule")
