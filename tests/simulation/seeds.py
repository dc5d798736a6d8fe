"""One seed, in the world that it is of."""

import shutil

from tests.simulation.chaos import Chaos
from tests.simulation.site_world import SiteWorld
from tests.simulation.template import memory_backed
from tests.simulation.world import World


def run(chaos: Chaos) -> World:
    """One seed, to its end; AssertionError where a law was broken."""
    home = memory_backed("simulated")
    world = (SiteWorld if chaos.at_site else World)(chaos, home)
    try:
        world.live()
    except BaseException as error:
        error.add_note("\n".join(["the last steps:", *world.trace[-25:]]))
        raise
    finally:
        world.close()
        shutil.rmtree(home, ignore_errors=True)
    return world
