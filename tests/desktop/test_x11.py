"""The X server, asked over a connection of our own: what is there, and what no longer is."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from kiosk.desktop.x11 import GRABBED, X11, Rect
from tests.support.xvfb import private_x_server

ASKS = 10_000


@contextmanager
def connection(display: str) -> Iterator[X11]:
    x11 = X11.open(display)
    assert x11 is not None
    with closing(x11):
        yield x11


@pytest.fixture
def x11() -> Iterator[X11]:
    with private_x_server() as display, connection(display) as made:
        yield made


def test_an_empty_desk(x11: X11) -> None:
    assert x11.rect(x11.root) == Rect(0, 0, 640, 480)
    assert x11.is_viewable(x11.root)
    assert x11.children(x11.root) == ()
    assert x11.numbers(x11.root, "_NET_SUPPORTING_WM_CHECK") == ()
    assert x11.text(x11.root, "WM_CLASS") == ""
    assert x11.owner("CLIPBOARD") == 0


def test_its_monitors(x11: X11) -> None:
    (only,) = x11.monitors()
    assert (only.name, only.rect) == ("screen", Rect(0, 0, 640, 480))


def test_a_window_that_is_gone_is_an_answer_and_no_end(x11: X11) -> None:
    gone = 0x7FFFFFF
    assert x11.rect(gone) is None
    assert not x11.is_viewable(gone)
    assert not x11.is_unmanaged(gone)
    assert x11.children(gone) == ()
    assert x11.numbers(gone, "WM_STATE") == ()
    assert x11.child_of_root(gone) == gone
    x11.raise_window(gone)
    x11.focus(gone)
    x11.lower_below(gone, gone)
    x11.tell_manager(gone, "_NET_ACTIVE_WINDOW", 2)
    x11.flush()
    assert x11.rect(x11.root) is not None
    assert not x11.is_broken


def test_who_has_the_keyboard_for_itself() -> None:
    with private_x_server() as display, connection(display) as ours:
        assert not ours.others_hold_keyboard()
        with connection(display) as theirs:
            assert theirs.grab_keyboard() == GRABBED
            assert ours.others_hold_keyboard()
        # The server takes its time to notice who left. Asking gives it back at once.
        assert any(not ours.others_hold_keyboard() for _ in range(ASKS))
        with connection(display) as others:
            assert others.grab_keyboard() == GRABBED


def test_a_server_that_is_gone_is_noticed() -> None:
    with private_x_server() as display:
        x11 = X11.open(display)
        assert x11 is not None
        x11.watch()
    assert x11.rect(x11.root) is None
    assert x11.monitors() == ()
    assert x11.is_broken
    x11.close()


def test_without_a_server_there_is_none_to_ask() -> None:
    assert X11.open(":9999") is None


@pytest.mark.parametrize(
    ("other", "meets", "holds"),
    [
        (Rect(0, 0, 10, 10), True, True),
        (Rect(9, 9, 10, 10), True, False),
        (Rect(10, 0, 10, 10), False, False),
        (Rect(-5, -5, 20, 20), True, False),
    ],
)
def test_places(other: Rect, meets: bool, holds: bool) -> None:
    place = Rect(0, 0, 10, 10)
    assert (place.meets(other), other.meets(place), place.holds(other)) == (meets, meets, holds)
