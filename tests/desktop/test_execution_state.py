"""Windows' requests, with stand-ins for its libraries: the flags, the reason, and the No."""

import ctypes
from collections.abc import Callable
from ctypes import wintypes

import pytest
from PySide6.QtCore import QByteArray, QCoreApplication

from kiosk.desktop.execution_state import (
    DISPLAY,
    SHUTDOWN,
    SYSTEM,
    EndSessionFilter,
    ExecutionWay,
    ShutdownWay,
    windows_ways,
)
from kiosk.session.model.awake import Held

WINDOW, WHY = 7, "A patient is being treated."
QUERY, END = 0x0011, 0x0016


class Kernel:
    """kernel32: the state of the one thread."""

    def __init__(self, *, refuses: bool = False) -> None:
        self.state, self.refuses = 0x80000000, refuses

    def SetThreadExecutionState(self, flags: int) -> int:
        if self.refuses:
            return 0
        before, self.state = self.state, flags
        return before


class User:
    """user32: the reasons, by window."""

    def __init__(self, *, refuses: bool = False) -> None:
        self.reasons, self.refuses = dict[int, str](), refuses

    def ShutdownBlockReasonCreate(self, window: int, reason: str) -> int:
        if not self.refuses:
            self.reasons[window] = reason
        return int(not self.refuses)

    def ShutdownBlockReasonDestroy(self, window: int) -> int:
        return int(self.reasons.pop(window, None) is not None)


def test_system_and_display_are_needed_until_they_are_given_back() -> None:
    """winbase.h: ES_CONTINUOUS, ES_SYSTEM_REQUIRED and ES_DISPLAY_REQUIRED."""
    kernel, answers = Kernel(), dict[str, Held]()
    way = ExecutionWay(kernel)
    way.hold(WHY, answers.__setitem__)
    assert kernel.state == 0x80000003
    assert answers == {SYSTEM: Held.HELD, DISPLAY: Held.HELD}
    way.release()
    assert kernel.state == 0x80000000


def test_a_request_that_is_refused_is_said_to_be() -> None:
    answers = dict[str, Held]()
    ExecutionWay(Kernel(refuses=True)).hold(WHY, answers.__setitem__)
    assert answers == {SYSTEM: Held.DENIED, DISPLAY: Held.DENIED}


def asked(of: EndSessionFilter, message: int, kind: bytes = b"windows_generic_MSG") -> object:
    told = wintypes.MSG(message=message)
    return of.nativeEventFilter(QByteArray(kind), ctypes.addressof(told))


def test_a_shutdown_hears_the_reason_and_a_no_until_it_is_given_back(
    qapp: QCoreApplication,
) -> None:
    """WM_QUERYENDSESSION: whoever answers Yes is ended, whatever reason it gave."""
    user, answers = User(), dict[str, Held]()
    way = ShutdownWay(user, lambda: WINDOW)
    assert asked(way._refusal, QUERY) == (False, 0)
    way.hold(WHY, answers.__setitem__)
    assert answers == {SHUTDOWN: Held.HELD}
    assert user.reasons == {WINDOW: WHY}
    assert asked(way._refusal, QUERY) == (True, 0)
    assert asked(way._refusal, END) == (False, 0), "what has been decided is heard"
    assert asked(way._refusal, QUERY, b"xcb_generic_event_t") == (False, 0)
    way.release()
    assert user.reasons == {}
    assert asked(way._refusal, QUERY) == (False, 0)


@pytest.mark.parametrize(
    ("window", "refuses", "held"), [(None, False, Held.ABSENT), (WINDOW, True, Held.DENIED)]
)
def test_without_a_reason_that_windows_shows_nothing_is_refused(
    qapp: QCoreApplication, window: int | None, refuses: bool, held: Held
) -> None:
    answers = dict[str, Held]()
    way = ShutdownWay(User(refuses=refuses), lambda: window)
    way.hold(WHY, answers.__setitem__)
    assert answers == {SHUTDOWN: held}
    assert asked(way._refusal, QUERY) == (False, 0)
    way.release()


def test_the_window_is_the_one_that_is_there_when_it_is_held(qapp: QCoreApplication) -> None:
    """It is made anew with the screen that it covers."""
    user, window = User(), WINDOW
    given: Callable[[], int | None] = lambda: window  # noqa: E731 - it is to see the change
    way = ShutdownWay(user, given)
    way.hold(WHY, dict[str, Held]().__setitem__)
    window = 8
    way.release()
    assert user.reasons == {}, "the reason of the one before was left"
    way.hold(WHY, dict[str, Held]().__setitem__)
    assert list(user.reasons) == [8]
    way.release()


def test_elsewhere_there_is_no_windows_to_ask() -> None:
    assert windows_ways(lambda: WINDOW) is None
