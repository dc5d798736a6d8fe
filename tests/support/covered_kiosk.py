"""A kiosk's real window with its curtains, told from outside what to do: one word a line.

``python -m tests.support.covered_kiosk [PAGE]`` on a desk with an X server. ``PAGE`` is the address
of a page to have open below the cover; LEAVE_SCREENS in the environment names monitors that are
never covered. Words: lock, unlock, minimise, sleep, where, quit. It
says what happened: ready, painted, seen, above NAME, unlocked, sleeps, tile X Y, tapped. Only the
core is not there: the pages are the scenes of it.
"""

import os
import sys

from PySide6.QtCore import QCoreApplication, QEvent, QSocketNotifier, Qt
from PySide6.QtWidgets import QApplication

from kiosk.desktop.stacking import Stacking
from kiosk.desktop.x11 import X11
from kiosk.session.model.intents import Ticket
from kiosk.ui.covering.covering import Covering
from kiosk.ui.look.theme import install, look
from kiosk.ui.widgets.tile import Tile
from kiosk.ui.window import KioskWindow
from tests.support import scenes


def say(*words: str) -> None:
    """To whoever drives."""
    print(*words, flush=True)


def main(arguments: list[str]) -> int:
    """Run until told to quit."""
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    qt = QApplication(["operatory-kiosk"])
    made = look()
    install(qt, made)
    window = KioskWindow(made, lambda _: Ticket(0))
    window.setGeometry(qt.primaryScreen().geometry())
    window.show_view(scenes.SCENES["workspace"])
    window.showFullScreen()
    leave = frozenset(os.environ.get("LEAVE_SCREENS", "").split())
    covering = Covering(window, made, leave, full_screen=True)
    x11 = X11.open()
    if x11 is None:
        return 1
    stacking = Stacking(x11, lambda: False, window)
    stacking.changed.connect(covering.look_soon)
    covering.ask(stacking)
    covering.seen.connect(lambda: say("seen"))
    covering.hidden.connect(lambda program: say("above", program or "nothing"))
    window.asked.connect(lambda _: say("tapped"))
    window.xchart.shown.connect(lambda: say("painted"))
    if arguments:
        window.xchart.open(arguments[0])

    def told() -> None:
        for word in os.read(sys.stdin.fileno(), 1024).decode().split():
            do(word)

    def do(word: str) -> None:
        if word == "lock":
            window.show_view(scenes.SCENES["locked"])
            covering.cover()
        elif word == "unlock":
            covering.uncover()
            window.show_view(scenes.SCENES["workspace"])
            say("unlocked")
        elif word == "minimise":
            window.showMinimized()
        elif word == "sleep":
            covering.when_seen(lambda: say("sleeps"))
        elif word == "where":
            shown = [each for each in window.findChildren(Tile) if each.isVisible()]
            middle = shown[0].mapToGlobal(shown[0].rect().center())
            say("tile", str(middle.x()), str(middle.y()))
        else:
            qt.quit()

    hearing = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    hearing.activated.connect(told)
    say("ready")
    status = qt.exec()
    window.xchart.close_page()
    window.hide()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
