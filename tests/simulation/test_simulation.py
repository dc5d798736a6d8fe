"""Some seeds of whole kiosks against the server's rules; and that a seed is a seed."""

import subprocess
import sys

import pytest

from tests.simulation.campaign import judged, shrunk
from tests.simulation.chaos import AT_A_SITE, KINDS, Chaos
from tests.simulation.seeds import run
from tests.simulation.world import World
from tests.support.depth import drawn

SEEDS, BATCH = drawn(40, soak=400), 5


@pytest.mark.parametrize("first", range(0, SEEDS, BATCH))
def test_the_laws_hold_whatever_goes_wrong(first: int) -> None:
    """A failing seed is replayed by ``python -m tests.simulation --short --seed N``."""
    for seed in range(first, first + BATCH):
        try:
            run(Chaos.of(seed, short=True))
        except Exception as error:
            error.add_note(f"seed {seed}")
            raise


@pytest.mark.parametrize("seed", [7, 4])
def test_the_same_seed_is_the_same_history(seed: int) -> None:
    plan = Chaos.of(seed, short=True)
    assert plan.at_site == (seed == 4)
    assert run(plan).trace == run(plan).trace


def test_every_kind_of_trouble_comes_up_among_the_seeds() -> None:
    plans = [Chaos.of(seed, short=True) for seed in range(SEEDS)]
    for at_site, kinds in ((False, KINDS), (True, AT_A_SITE)):
        drawn_kinds = (each.kinds for each in plans if each.at_site is at_site)
        assert set().union(*drawn_kinds) == set(kinds)


def test_a_plan_shrinks_by_one_thing_at_a_time() -> None:
    plan = Chaos.of(3)
    assert all(smaller != plan for smaller in plan.smaller())
    assert not Chaos(0, 1, 1, frozenset()).smaller()


def test_the_command_says_what_was_injected_and_seen() -> None:
    """As ``make simulate`` calls it, with worker processes of its own."""
    command = [sys.executable, "-m", "tests.simulation", "--seeds", "2", "--short", "--jobs", "2"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("seeds: 2, broken: 0")
    assert "records" in done.stdout


def test_a_broken_plan_is_told_and_shrunk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is broken by one kind of trouble is shrunk to that kind alone."""

    def broken(plan: Chaos) -> World:
        assert "crash" not in plan.kinds, "it does not survive a crash"
        return run(Chaos(1, 1, 1, frozenset()))

    monkeypatch.setattr("tests.simulation.campaign.run", broken)
    plan = Chaos(5, 2, 4, frozenset({"crash", "outage", "lost"}))
    assert judged(plan)[1].startswith("AssertionError: it does not survive a crash")
    assert shrunk(plan) == Chaos(5, 1, 1, frozenset({"crash"}))
