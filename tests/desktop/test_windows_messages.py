"""Window messages: three mean something, every other one means nothing, and all of them pass."""

import ctypes
from ctypes import wintypes

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QByteArray

from kiosk.desktop.windows_messages import MessageFilter, WindowsMessages, tell_of_session

MEANING = {
    (0x02B1, 0x7): "locked",
    (0x0218, 0x4): "suspending",
    (0x0218, 0x12): "resumed",
}
NUMBERS = st.sampled_from([0x02B1, 0x0218]) | st.integers(0, 0xFFFF)
PARAMETERS = st.sampled_from([0x4, 0x7, 0x8, 0x12]) | st.integers(0, 2**32 - 1)


def listening() -> tuple[WindowsMessages, list[str]]:
    messages, heard = WindowsMessages(), list[str]()
    messages.locked.connect(lambda: heard.append("locked"))
    messages.suspending.connect(lambda: heard.append("suspending"))
    messages.resumed.connect(lambda: heard.append("resumed"))
    return messages, heard


@given(message=NUMBERS, parameter=PARAMETERS)
def test_a_message_means_what_windows_says_and_nothing_else(message: int, parameter: int) -> None:
    """winuser.h: WM_WTSSESSION_CHANGE and WM_POWERBROADCAST."""
    messages, heard = listening()
    messages.heard(message, parameter)
    meaning = MEANING.get((message, parameter))
    assert heard == ([meaning] if meaning else [])


@given(message=NUMBERS, parameter=PARAMETERS)
def test_no_message_is_swallowed(message: int, parameter: int) -> None:
    messages, heard = listening()
    told = wintypes.MSG(message=message, wParam=parameter)
    passing = MessageFilter(messages)
    kind = QByteArray(b"windows_generic_MSG")
    assert passing.nativeEventFilter(kind, ctypes.addressof(told)) == (False, 0)
    assert bool(heard) == ((message, parameter) in MEANING)


@pytest.mark.parametrize("kind", [b"xcb_generic_event_t", b"mac_generic_NSEvent", b""])
def test_messages_of_other_systems_are_not_read(kind: bytes) -> None:
    """Their address may be anything: reading it could end the process."""
    messages, heard = listening()
    assert MessageFilter(messages).nativeEventFilter(QByteArray(kind), 0) == (False, 0)
    assert heard == []


def test_elsewhere_nobody_tells_of_the_session() -> None:
    assert not tell_of_session(0)
