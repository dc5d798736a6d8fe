"""``python -m tests.simulation --seeds 10000``: what was injected, what was found.

A failing seed is replayed and shrunk: the smallest plan that still fails is printed with its last
steps. Ends with 0 when every law held, with 1 when one did not.
"""

import argparse
import traceback
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context

from tests.simulation.chaos import Chaos, Tally
from tests.simulation.seeds import run


def main(arguments: list[str] | None = None) -> int:
    """Many seeds, or one."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--seeds", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--short", action="store_true", help="as make test runs them")
    parser.add_argument("--at-site", action="store_true", help="only seeds with a web sign-in")
    parser.add_argument("--seed", type=int, help="replay this one and print its trace")
    given = parser.parse_args(arguments)
    if given.seed is not None:
        return replayed(Chaos.of(given.seed, short=given.short))
    tally, failed = Tally(), list[Chaos]()
    plans = [Chaos.of(given.first + n, short=given.short) for n in range(given.seeds)]
    plans = [each for each in plans if each.at_site or not given.at_site]
    with ProcessPoolExecutor(given.jobs, get_context("spawn")) as pool:
        for plan, (told, why) in zip(plans, pool.map(judged, plans, chunksize=8), strict=True):
            tally.add(told)
            if why:
                failed.append(plan)
                print(f"seed {plan.seed}: {why}", flush=True)
    print(f"seeds: {len(plans):,}, broken: {len(failed)}")
    for title, counts in (("injected", tally.injected), ("seen", tally.seen)):
        lines = (f"  {name:16}{number:10,}" for name, number in sorted(counts.items()))
        print("\n".join([f"{title}:", *lines]))
    if failed:
        smallest = shrunk(failed[0])
        print(f"\nseed {smallest.seed}, shrunk to {smallest}:")
        replayed(smallest)
    return int(bool(failed))


def judged(plan: Chaos) -> tuple[Tally, str]:
    """One seed: what was seen, and why it failed, or nothing."""
    try:
        return run(plan).tally, ""
    except Exception as error:  # a law that was broken, or anything else: both are failures
        return Tally(), f"{type(error).__name__}: {error}"


def shrunk(plan: Chaos) -> Chaos:
    """The smallest plan that still fails, by taking one thing away at a time."""
    while True:
        smaller = next((each for each in plan.smaller() if judged(each)[1]), None)
        if smaller is None:
            return plan
        plan = smaller


def replayed(plan: Chaos) -> int:
    """Run it here, and print its steps."""
    try:
        world = run(replace(plan))
    except Exception:
        traceback.print_exc()
        return 1
    print("\n".join(world.trace))
    return 0
