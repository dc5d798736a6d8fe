"""Where the kiosk's window and its curtains belong, from where the monitors are. Pure.

Owns law 14's geometry: places are compared, never Qt's screens by identity: a monitor that sleeps
comes back as another one, and a mirrored ceiling monitor is a second one at the same place.
"""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRect
from PySide6.QtGui import QRegion


class Monitor(NamedTuple):
    """One monitor: its name at the computer ("DP-1"), its place on the desktop, in Qt's pixels."""

    name: str
    place: QRect


class Layout(NamedTuple):
    """``own`` is the kiosk's monitor; ``curtains`` what is to be covered of each other, by name."""

    own: Monitor
    curtains: dict[str, QRegion]


def lay_out(
    monitors: Sequence[Monitor], home: str, leave: frozenset[str], filled: QRect | None = None
) -> Layout | None:
    """The layout for ``monitors``, the primary one first. None: there is none to be on.

    ``home`` is the monitor that the kiosk was started on: it goes back there when that is there
    again. ``leave`` names those that are never covered. What the kiosk's window covers by itself
    needs no curtain: all of a mirrored monitor, or the part of it that is as large. ``filled`` is
    where a full-screen window is now: of monitors that share a place, a window manager fills the
    one that it likes, and then that one is the kiosk's.
    """
    there = [each for each in monitors if not each.place.isEmpty()]
    if not there:
        return None
    own = next((each for each in there if each.name == home), there[0])
    if filled is not None and filled.intersects(own.place):
        own = next((each for each in there if each.place == filled), own)
    kept = QRegion()
    for each in there:
        if each.name in leave:
            kept = kept.united(each.place)
    curtains = {
        each.name: rest
        for each in there
        if each.name not in leave
        and each is not own
        and not (rest := QRegion(each.place).subtracted(own.place).subtracted(kept)).isEmpty()
    }
    return Layout(own, curtains)
