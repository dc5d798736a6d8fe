"""``python -m tests.simulation``: the work is in a module that a worker process can import."""

import sys

from tests.simulation.campaign import main

if __name__ == "__main__":
    sys.exit(main())
