"""When a tree is called slower, as properties of whatever was measured."""

from hypothesis import given
from hypothesis import strategies as st

from benchmarks.compare import MOST_GROUPS, Turns, compare, halves, judge, table
from benchmarks.host import TAKEN
from benchmarks.lines import Line
from benchmarks.rows import row

VALUES = st.lists(st.floats(0.01, 1000), min_size=1, max_size=8)
TURNS = st.lists(VALUES, min_size=2, max_size=6).map(lambda each: dict(enumerate(each)))
RATE = st.booleans()


def scaled(turns: Turns, by: float) -> Turns:
    return {turn: [value * by for value in values] for turn, values in turns.items()}


@given(TURNS, RATE)
def test_the_same_on_both_sides_is_never_slower(turns: Turns, rate: bool) -> None:
    judged = judge("tap", "ms", turns, turns, rate=rate)
    assert judged.verdict == "not slower"
    assert not judged.slower


@given(st.data(), st.integers(2, 6), st.floats(0.1, 500), RATE)
def test_ten_percent_worse_everywhere_is_always_slower(
    data: st.DataObject, count: int, least: float, rate: bool
) -> None:
    """However both vary: every run is a tenth worse than any of the other, which is steadier."""
    below = (least / 9, least / 1.1) if rate else (least * 1.09 * 1.1, least * 9)
    here, there = (
        {
            turn: data.draw(st.lists(st.floats(*ends), min_size=1, max_size=8))
            for turn in range(count)
        }
        for ends in (below, (least, least * 1.09))
    )
    assert judge("tap", "ms", here, there, rate=rate).verdict == "SLOWER: median, p95"


@given(TURNS, st.floats(0, 1), RATE)
def test_what_is_within_the_other_trees_own_noise_never_is(
    turns: Turns, share: float, rate: bool
) -> None:
    """Worse by no more than two halves of the same tree differ."""
    figures = judge("tap", "ms", turns, turns, rate=rate).figures
    assert figures is not None
    by = 1 + share * (min(each.band for each in figures) - 1) * 0.999
    judged = judge("tap", "ms", scaled(turns, 1 / by if rate else by), turns, rate=rate)
    assert not judged.slower


def test_three_percent_worse_is_not_slower_however_steady() -> None:
    steady = dict.fromkeys(range(4), [100.0] * 5)
    assert not judge("tap", "ms", scaled(steady, 1.03), steady, rate=False).slower
    assert judge("tap", "ms", scaled(steady, 1.06), steady, rate=False).slower


@given(TURNS, TURNS, RATE)
def test_never_both_ways(one: Turns, two: Turns, rate: bool) -> None:
    """No figure is worse in each of two trees than in the other."""
    ways = judge("a", "ms", one, two, rate=rate), judge("a", "ms", two, one, rate=rate)
    for forth, back in zip(*(each.figures or () for each in ways), strict=True):
        assert not (forth.slower and back.slower)


@given(st.lists(VALUES, max_size=20))
def test_halves_are_all_of_it_and_few(turns: list[list[float]]) -> None:
    split = list(halves(turns))
    assert bool(split) == (len(turns) > 1)
    assert len(split) <= 70
    everything = sorted(value for values in turns for value in values)
    assert all(sorted([*one, *two]) == everything and one and two for one, two in split)
    assert MOST_GROUPS % 2 == 0


def line(here: bool, turn: int, name: str, *values: float) -> Line:
    return Line(here, turn, "tap", row(name, "ms", values))


def test_a_row_of_one_tree_only_is_said() -> None:
    lines = [line(True, 1, "new", 1.0), line(False, 1, "old", 1.0)]
    lines.append(Line(False, 1, "tap", None, "it broke"))
    told = {each.name: each.verdict for each in compare(lines)}
    assert told == {"new": "only in this tree", "old": "only in the other"}
    assert "only in this tree" in table(compare(lines))


def test_a_turn_that_only_one_tree_has_does_not_count() -> None:
    both = [line(here, turn, "a", 10.0) for here in (True, False) for turn in (1, 2)]
    [judged] = compare([*both, line(True, 3, "a", 99.0)])
    assert (judged.turns, judged.verdict) == (2, "not slower")


def test_one_turn_is_no_proof_and_says_so() -> None:
    [judged] = compare([line(True, 1, "a", 99.0), line(False, 1, "a", 1.0)])
    assert (judged.slower, judged.verdict) == (False, "one turn: no A/A")


def test_what_the_host_took_is_shown_and_not_judged() -> None:
    name = f"tap: {TAKEN}"
    lines = [
        line(here, turn, name, 9.0 if here else 1.0) for here in (True, False) for turn in (1, 2)
    ]
    [judged] = compare(lines)
    assert judged.figures is not None
    assert not judged.slower


def test_only_the_slow_end_can_be_slower() -> None:
    steady = {1: [10.0] * 20, 2: [10.0] * 20}
    jumpy = {1: [10.0] * 18 + [30.0] * 2, 2: [10.0] * 18 + [30.0] * 2}
    assert judge("a", "ms", jumpy, steady).verdict == "SLOWER: p95"


def test_a_change_that_made_this_tree_unsteady_does_not_hide_itself() -> None:
    steady = {1: [10.0], 2: [10.1], 3: [10.0], 4: [10.1]}
    jumpy = {1: [10.0], 2: [20.0], 3: [10.0], 4: [20.0]}
    assert judge("a", "ms", jumpy, steady).slower


def test_nothing_against_something() -> None:
    nothing, something = {1: [0.0], 2: [0.0]}, {1: [1.0], 2: [1.0]}
    assert judge("cpu", "%", something, nothing).slower
    assert not judge("cpu", "%", nothing, something).slower
    assert not judge("growth", "MiB", {1: [-0.1], 2: [0.0]}, nothing).slower


def test_a_row_keeps_its_runs_and_which_way_is_worse() -> None:
    assert row("a", "ms", [1.0, 2.5]).values == (1.0, 2.5)
    assert (row("a", "a second", [1.0], least=0).rate, row("a", "ms", [1.0]).rate) == (True, False)
    slower = [
        Line(here, turn, "outbox", row("a", "a second", [80.0 if here else 100.0], least=0))
        for here in (True, False)
        for turn in (1, 2)
    ]
    assert [each.slower for each in compare(slower)] == [True]


def test_the_start_is_a_row_twice_and_counts_once() -> None:
    lines = [line(here, turn, "start", 5.0) for here in (True, False) for turn in (1, 1, 2, 2)]
    [judged] = compare(lines)
    assert judged.turns == 2
