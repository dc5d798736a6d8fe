"""The kiosk's own scripts in a page: a world of their own, of which the page's script sees nothing.

What they tell is words of their own and numbers, never the page's (law 10). Never import this
before the login screen is painted.
"""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineScript

WORLD = QWebEngineScript.ScriptWorldId.UserWorld.value + 1
ANSWERED_WITHIN_MS = 3000
"""A page that hangs is not waited for longer."""

Told = Mapping[str, object]


class OwnWorld(QObject):
    """Calls those scripts in a page; every call ends, with an empty answer where there is none."""

    def __init__(self, page: QWebEnginePage, *scripts: Path) -> None:
        """The scripts are in every document that ``page`` comes to from now on."""
        super().__init__(page)
        self._page = page
        self._is_gone = False
        page.destroyed.connect(self._note_gone)
        page.scripts().insert([in_own_world(each) for each in scripts])

    def run(self, script: str, call: str, then: Callable[[Told], None]) -> None:
        """Call what ``script`` left there: a secret is in that one text, and nowhere else."""
        waiting = [then]

        def answer(value: object) -> None:
            # A page that is let go answers once more, with nothing, and nobody is there to hear it.
            if waiting and not self._is_gone:
                waiting.pop()(read_answer(value))

        QTimer.singleShot(ANSWERED_WITHIN_MS, self, lambda: answer(None))
        self._page.runJavaScript(f"globalThis.{script} ? {script}.{call} : ''", WORLD, answer)

    def _note_gone(self) -> None:
        self._is_gone = True


def in_own_world(script: Path) -> QWebEngineScript:
    """That script, for the top document of a page and before its first line."""
    made = QWebEngineScript()
    made.setName(script.stem)
    made.setSourceCode(script.read_text("utf-8"))
    made.setWorldId(WORLD)
    made.setInjectionPoint(QWebEngineScript.InjectionPoint.DocumentCreation)
    made.setRunsOnSubFrames(False)
    return made


def read_answer(value: object) -> Told:
    """What the script answered with; empty where it is not there, or failed."""
    try:
        read = json.loads(value) if isinstance(value, str) else {}
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}
