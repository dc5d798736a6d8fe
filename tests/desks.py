"""``pytest -p tests.desks -n 2 FILES``: each worker at a desk of its own, with a real X server.

Side by side on one screen they would take each other's keyboard; ``tests.on_screen`` puts a whole
command on one desk.
"""

import os
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest

from sandbox.demo.desk import Desk

_ends = ExitStack()


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    """Before any of them looks for a screen. Who hands out the tests needs none."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = _ends.enter_context(tempfile.TemporaryDirectory())
        desk = _ends.enter_context(Desk(Path(folder)))
        kept = ("PYTEST_", "SOAK")
        own = {name: told for name, told in os.environ.items() if name.startswith(kept)}
        os.environ.clear()
        os.environ.update(own | desk.environment)


def pytest_unconfigure() -> None:
    """The desk goes with its worker."""
    _ends.close()
