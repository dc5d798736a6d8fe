"""macOS' power assertions, with stand-ins for its libraries."""

from typing import Any

from kiosk.desktop.power_assertions import BLANKING, SLEEP, AssertionWay, mac_way
from kiosk.session.model.awake import Held

WHY = "A patient is being treated."


class Power:
    """IOKit: the assertions that hold, by their number."""

    def __init__(self, *refused: str) -> None:
        self.refused, self.held, self._next = refused, dict[int, tuple[str, str, int]](), 1

    def IOPMAssertionCreateWithName(self, kind: Any, level: int, name: Any, number: Any) -> int:
        if str(kind) in self.refused:
            return -536870206
        number._obj.value = self._next
        self.held[self._next] = (str(kind), str(name), level)
        self._next += 1
        return 0

    def IOPMAssertionRelease(self, number: int) -> int:
        del self.held[number]
        return 0


class Strings:
    """CoreFoundation: the strings that were made and not given back."""

    def __init__(self) -> None:
        self.made = list[str]()

    def CFStringCreateWithCString(self, allocator: Any, text: bytes, encoding: int) -> Any:
        assert encoding == 0x08000100
        self.made.append(text.decode())
        return text.decode()

    def CFRelease(self, made: Any) -> None:
        self.made.remove(made)


def test_both_are_asserted_with_the_reason_and_released() -> None:
    """IOPMLib.h: kIOPMAssertionLevelOn is 255."""
    power, strings, answers = Power(), Strings(), dict[str, Held]()
    way = AssertionWay(power, strings)
    way.hold(WHY, answers.__setitem__)
    assert sorted(power.held.values()) == [
        ("PreventUserIdleDisplaySleep", WHY, 255),
        ("PreventUserIdleSystemSleep", WHY, 255),
    ]
    assert answers == {SLEEP: Held.HELD, BLANKING: Held.HELD}
    assert strings.made == []
    way.release()
    assert power.held == {}
    way.release()


def test_one_that_is_refused_leaves_the_other() -> None:
    power, answers = Power(SLEEP), dict[str, Held]()
    way = AssertionWay(power, Strings())
    way.hold(WHY, answers.__setitem__)
    assert answers == {SLEEP: Held.DENIED, BLANKING: Held.HELD}
    way.release()
    assert power.held == {}


def test_elsewhere_there_is_no_mac_to_ask() -> None:
    assert mac_way() is None
