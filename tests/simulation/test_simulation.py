"""A few hundred seeds of whole kiosks against the server's rules; and that a seed is a seed."""

import pytest

from tests.simulation.chaos import KINDS, Chaos
from tests.simulation.world import run

SEEDS, BATCH = 200, 20


@pytest.mark.parametrize("first", range(0, SEEDS, BATCH))
def test_the_laws_hold_whatever_goes_wrong(first: int) -> None:
    """A failing seed is replayed by ``python -m tests.simulation --short --seed N``."""
    for seed in range(first, first + BATCH):
        try:
            run(Chaos.of(seed, short=True))
        except Exception as error:
            error.add_note(f"seed {seed}")
            raise


def test_the_same_seed_is_the_same_history() -> None:
    plan = Chaos.of(7, short=True)
    assert run(plan).trace == run(plan).trace


def test_every_kind_of_trouble_comes_up_among_the_seeds() -> None:
    assert set().union(*(Chaos.of(seed, short=True).kinds for seed in range(SEEDS))) == set(KINDS)


def test_a_plan_shrinks_by_one_thing_at_a_time() -> None:
    plan = Chaos.of(3)
    assert all(smaller != plan for smaller in plan.smaller())
    assert not Chaos(0, 1, 1, frozenset()).smaller()
