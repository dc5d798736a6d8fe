"""Keys around the turning of a page, and keys that are held down (law 13): no clock."""

from kiosk.ui.hands.key_guard import UNPAINTED_MS, KeyGuard

ENTER, SIX = 36, 15


class Keys:
    """Fingers on a guard. A key acts or does not."""

    def __init__(self, *, repeats_count: bool = False) -> None:
        self.guard = KeyGuard()
        self.repeats_count = repeats_count
        self.at = 1_000

    def down(self, code: int = ENTER, *, repeat: bool = False, wakes: bool = False) -> bool:
        self.at += 40
        return not self.guard.press(
            code,
            at=self.at,
            began=self.at,
            repeat=repeat,
            repeats_count=self.repeats_count,
            only_wakes=wakes,
        )

    def up(self, code: int = ENTER, *, repeat: bool = False) -> bool:
        self.at += 30
        return not self.guard.release(code, at=self.at, repeat=repeat)

    def turn(self) -> None:
        self.guard.turned(self.at)
        self.guard.painted(self.at + 5)
        self.at += 10


def test_a_key_that_was_down_while_the_page_turned_does_nothing_until_it_was_up() -> None:
    keys = Keys(repeats_count=True)
    assert keys.down()
    keys.turn()
    for _ in range(21):
        assert not keys.up(repeat=True)
        assert not keys.down(repeat=True)
    assert not keys.up()
    assert keys.down()
    assert keys.up()


def test_a_repetition_that_is_not_marked_as_one_is_held_all_the_same() -> None:
    keys = Keys(repeats_count=True)
    keys.down()
    keys.turn()
    for _ in range(3):
        assert not keys.up()
        keys.at -= 40
        assert not keys.down()
    assert not keys.up()
    assert keys.down()


def test_other_keys_count_at_once() -> None:
    keys = Keys()
    keys.down()
    keys.turn()
    assert keys.down(SIX)
    assert keys.up(SIX)


def test_a_held_key_types_presses_and_submits_once() -> None:
    keys = Keys()
    assert keys.down(SIX)
    for _ in range(5):
        assert not keys.down(SIX, repeat=True)
    assert keys.up(SIX)


def test_where_repeats_count_a_held_key_goes_on() -> None:
    keys = Keys(repeats_count=True)
    assert keys.down(SIX)
    assert keys.down(SIX, repeat=True)


def test_a_key_that_went_down_elsewhere_repeats_nothing_here() -> None:
    assert not Keys(repeats_count=True).down(repeat=True)


def test_a_reader_that_types_a_sign_twice_in_a_millisecond_pressed_twice() -> None:
    guard = KeyGuard()
    for repeat in (False, True):
        assert not guard.press(SIX, at=1_000, began=1_000, repeat=repeat, repeats_count=False)


def test_a_key_from_before_the_page_was_painted_does_nothing() -> None:
    guard = KeyGuard()
    guard.turned(970)
    assert guard.press(ENTER, at=980, began=980, repeat=False, repeats_count=False)
    guard.painted(1_000)
    assert guard.press(ENTER, at=990, began=990, repeat=False, repeats_count=False)
    assert guard.release(ENTER, at=1_060, repeat=False)
    assert not guard.press(ENTER, at=1_100, began=1_100, repeat=False, repeats_count=False)


def test_a_page_that_is_never_painted_does_not_stay_deaf() -> None:
    guard = KeyGuard()
    guard.turned(1_000)
    at = 1_000 + UNPAINTED_MS
    assert not guard.press(ENTER, at=at, began=at, repeat=False, repeats_count=False)


def test_a_key_that_only_wakes_does_nothing_until_it_was_up() -> None:
    keys = Keys()
    assert not keys.down(wakes=True)
    assert not keys.down(repeat=True)
    assert not keys.up()
    assert keys.down()


def test_six_digits_80_ms_apart_lose_none() -> None:
    keys = Keys()
    keys.turn()
    acted = [(keys.down(SIX + n), keys.up(SIX + n)) for n in range(6)]
    assert acted == [(True, True)] * 6
