"""A picture of everything on the screen of this desk: ``python -m sandbox.demo.camera OUT.png``."""

import sys

from PySide6.QtGui import QGuiApplication


def main(arguments: list[str]) -> int:
    """Save the root window; 0 when it was saved."""
    application = QGuiApplication([])
    taken = application.primaryScreen().grabWindow(0).save(arguments[0])
    application.processEvents()
    return int(not taken)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
