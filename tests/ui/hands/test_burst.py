"""The recogniser as a model: any mix of fingers and readers, nothing lost, nothing out of order."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kiosk.ui.hands.burst import (
    APART_MS,
    FEWEST,
    MOST,
    SHORTEST,
    Burst,
    Key,
    Kind,
    Outcome,
    Read,
    Typed,
)

SIGNS = st.text("abc123 é", min_size=1, max_size=12)
ENDINGS = st.sampled_from(["\r", "\n", "\r\n", "\r\r", "\t", "\t\r"])


def press(text: str, at_ms: int, kind: Kind = Kind.SIGN, *, repeat: bool = False) -> Key[int]:
    """A key that goes down; its event is the time, so that each is another."""
    return Key(at_ms, True, ord(text), kind, text, at_ms=at_ms, repeat=repeat)


def strokes(text: str, at_ms: int, every: int, held: int) -> list[Key[int]]:
    """Each key down and, a little later, up."""
    made = []
    for number, sign in enumerate(text):
        kind = Kind.ENDING if sign in "\r\n\t" else Kind.SIGN
        down = press(sign, at_ms + number * every, kind)
        made += [down, replace(down, down=False, at_ms=down.at_ms + held)]
    return made


def heard(keys: list[Key[int]]) -> list[Outcome[int]]:
    """What comes of them, in the order of their times, and of a pause at the end."""
    burst, outcomes = Burst[int](), []
    for key in sorted(keys, key=lambda each: each.at_ms):
        outcomes += burst.hear(key)
    return outcomes + burst.pause()


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Key[int]], list[int]]:
    """Fingers and readers one after the other; and when each reader's ending went down."""
    keys: list[Key[int]] = []
    endings: list[int] = []
    at = 1_000
    for _ in range(draw(st.integers(1, 6))):
        text = draw(SIGNS)
        if draw(st.booleans()):
            ending = draw(ENDINGS) if draw(st.booleans()) else ""
            every = draw(st.integers(1, 30))
            made = strokes(text + ending, at, every, draw(st.integers(0, every)))
            if len(text) >= FEWEST:
                endings += [k.event for k in made if k.down and k.kind is Kind.ENDING]
        else:
            made = strokes(text + draw(st.sampled_from(["", "\r"])), at, 90, 60)
        keys += made
        at = max(k.at_ms for k in made) + draw(st.sampled_from([APART_MS + 60, 400]))
    return keys, endings


@given(histories())
def test_nothing_is_lost_or_reordered_and_no_ending_of_a_burst_is_typed(
    history: tuple[list[Key[int]], list[int]],
) -> None:
    keys, endings = history
    keys = sorted(keys, key=lambda each: each.at_ms)
    outcomes = heard(keys)
    assert [key for outcome in outcomes for key in outcome.keys] == keys
    typed = [k for o in outcomes if isinstance(o, Typed) for k in o.keys]
    assert not {k.event for k in typed if k.down} & set(endings)


@given(histories())
def test_what_comes_up_was_down_before(history: tuple[list[Key[int]], list[int]]) -> None:
    down: set[int] = set()
    for outcome in heard(history[0]):
        if isinstance(outcome, Typed):
            for key in outcome.keys:
                if key.down:
                    down.add(key.code)
                else:
                    assert key.code in down
                    down.discard(key.code)


@given(SIGNS.filter(lambda text: len(text) >= SHORTEST), ENDINGS, st.integers(1, 30))
def test_a_burst_with_an_ending_is_one_reading(text: str, ending: str, every: int) -> None:
    outcomes = heard(strokes(text + ending, 1_000, every, 1))
    readings = [o for o in outcomes if isinstance(o, Read) and not o.again]
    assert len(readings) == 1
    assert "".join(k.text for k in readings[0].keys if k.down) == text + ending[0]
    assert not [o for o in outcomes if isinstance(o, Typed)]


@given(SIGNS, st.integers(1, 30))
def test_a_burst_without_an_ending_is_typing(text: str, every: int) -> None:
    keys = strokes(text, 1_000, every, 0)
    assert all(isinstance(outcome, Typed) for outcome in heard(keys))


def test_several_lines_are_one_gesture() -> None:
    outcomes = heard(strokes("1234\r5678\r9012\r", 1_000, 8, 1))
    assert [o.again for o in outcomes if isinstance(o, Read)].count(False) == 1
    assert not [o for o in outcomes if isinstance(o, Typed)]


def test_a_key_that_is_held_down_begins_no_burst() -> None:
    burst = Burst[int]()
    key = press("a", 1_000, repeat=True)
    assert burst.hear(key) == [Typed((key,))]


def test_a_reader_that_is_stuck_fills_nothing() -> None:
    burst = Burst[int]()
    outcomes: list[Outcome[int]] = []
    for number in range(MOST + 1):
        outcomes = burst.hear(press("a", 1_000 + number))
    assert [type(each) for each in outcomes] == [Read]
    assert not [each for each in burst.pause() if isinstance(each, Typed)]


def test_what_was_held_back_for_a_page_that_is_gone_goes_nowhere() -> None:
    burst = Burst[int]()
    key = press("a", 1_000)
    burst.hear(key)
    burst.forget()
    assert burst.pause() == []
    assert not [o for o in burst.hear(replace(key, down=False)) if isinstance(o, Typed)]


def test_fingers_in_the_middle_of_typing_wait_for_nothing_where_no_badge_is() -> None:
    burst = Burst[int]()
    burst.in_flow = True
    burst.hear(press("4", 1_000))
    for at in (1_080, 1_160, 1_900):
        key = press("0", at)
        assert burst.hear(key)[-1] == Typed((key,))


def test_a_burst_that_begins_there_submits_nothing_all_the_same() -> None:
    burst = Burst[int]()
    burst.in_flow = True
    burst.hear(press("4", 1_000))
    outcomes = [o for k in strokes("1234\r\r", 1_500, 8, 1) for o in burst.hear(k)]
    typed = "".join(k.text for o in outcomes if isinstance(o, Typed) for k in o.keys if k.down)
    assert typed == "41"
