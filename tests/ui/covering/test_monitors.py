"""Law 14's geometry, over any monitors: the kiosk's own is never covered, every other is."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect
from PySide6.QtGui import QRegion

from kiosk.ui.covering.monitors import Monitor, lay_out

NAMES = ("DP-1", "DP-2", "HDMI-1", "eDP-1")
SIDES = st.sampled_from([0, 640, 768, 800, 1024, 1080, 1280, 1920, 2160, 3840])
PLACES = st.builds(QRect, SIDES, SIDES, SIDES, SIDES)
MONITORS = st.dictionaries(st.sampled_from(NAMES), PLACES).map(
    lambda found: [Monitor(name, place) for name, place in found.items()]
)
LEFT_OUT = st.frozensets(st.sampled_from(NAMES), max_size=2)
LEFT, RIGHT = QRect(0, 0, 1920, 1080), QRect(1920, 0, 1280, 800)


@given(MONITORS, st.sampled_from(NAMES), LEFT_OUT, st.none() | PLACES)
def test_whatever_is_there_the_kiosks_own_is_bare_and_all_else_is_covered(
    monitors: list[Monitor], home: str, leave: frozenset[str], filled: QRect | None
) -> None:
    layout = lay_out(monitors, home, leave, filled)
    there = [each for each in monitors if not each.place.isEmpty()]
    if layout is None:
        assert not there
        return
    assert layout.own in there
    covered = QRegion(layout.own.place)
    for name, region in layout.curtains.items():
        assert not region.intersects(layout.own.place), "a curtain on the kiosk's own"
        assert name not in leave
        covered = covered.united(region)
    kept = QRegion()
    for each in there:
        if each.name in leave:
            kept = kept.united(each.place)
    for each in there:
        if each.name not in leave:
            assert QRegion(each.place).subtracted(covered).subtracted(kept).isEmpty()


@given(MONITORS, st.sampled_from(NAMES), LEFT_OUT)
def test_it_goes_home_whenever_home_is_there(
    monitors: list[Monitor], home: str, leave: frozenset[str]
) -> None:
    layout = lay_out(monitors, home, leave)
    at_home = [each for each in monitors if each.name == home and not each.place.isEmpty()]
    if layout is not None and at_home:
        assert layout.own == at_home[0]


def test_a_mirrored_ceiling_monitor_needs_no_curtain() -> None:
    both = [Monitor("DP-1", LEFT), Monitor("HDMI-1", LEFT)]
    layout = lay_out(both, "DP-1", frozenset())
    assert layout is not None
    assert layout.curtains == {}


def test_of_a_larger_mirror_only_the_rest_is_covered() -> None:
    both = [Monitor("DP-1", QRect(0, 0, 1280, 800)), Monitor("HDMI-1", LEFT)]
    layout = lay_out(both, "DP-1", frozenset())
    assert layout is not None
    assert layout.curtains["HDMI-1"] == QRegion(LEFT).subtracted(QRect(0, 0, 1280, 800))


def test_where_a_window_manager_fills_the_larger_mirror_that_is_the_kiosks() -> None:
    both = [Monitor("DP-1", QRect(0, 0, 1280, 800)), Monitor("HDMI-1", LEFT)]
    layout = lay_out(both, "DP-1", frozenset(), LEFT)
    assert layout is not None
    assert (layout.own.name, layout.curtains) == ("HDMI-1", {})


def test_a_window_elsewhere_does_not_keep_it_from_home() -> None:
    layout = lay_out([Monitor("DP-1", LEFT), Monitor("DP-2", RIGHT)], "DP-1", frozenset(), RIGHT)
    assert layout is not None
    assert layout.own.place == LEFT


def test_the_only_one_left_is_the_kiosks_until_the_other_is_back() -> None:
    alone = lay_out([Monitor("DP-2", RIGHT)], "DP-1", frozenset())
    assert alone is not None
    assert (alone.own.name, alone.curtains) == ("DP-2", {})
