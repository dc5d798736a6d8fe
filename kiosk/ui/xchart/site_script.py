"""The scripts that look at a site's pages and fill them in: where they may, how they are called.

What they tell is words of their own and numbers, never the page's (law 10). They live in a world of
their own, where the page's script sees none of it.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineScript

from kiosk.session.model.site import PageState
from kiosk.ui.xchart.fence import Origin
from resources import ROOT

SCRIPT = ROOT / "web" / "sign_in.js"
TYPING = ROOT / "web" / "typing.js"
WORLD = QWebEngineScript.ScriptWorldId.UserWorld.value + 1
ANSWERED_WITHIN_MS = 3000
"""A page that hangs is not waited for longer."""

Told = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class SitePlace:
    """Where a site's pages are: what was read off the real page, at set-up.

    Documents may be at ``origins``; e-mail, password and code are given to ``sign_in`` alone.
    ``parts``: what else a page may load parts of itself from. ``marks`` are selectors that settle
    what is guessed else: email, password, code, button, signed_in, sign_out.
    """

    start: str
    sign_in: str
    origins: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    marks: Mapping[str, str] = field(default_factory=dict)

    def held(self) -> tuple[Origin, ...]:
        """Every origin that a document may be at."""
        return tuple(dict.fromkeys(Origin(QUrl(each)) for each in (self.sign_in, *self.origins)))

    def fed(self) -> tuple[Origin, ...]:
        """Every origin that only parts of a page may come from."""
        return tuple(Origin(QUrl(each)) for each in self.parts)

    def told(self, email: str) -> Told:
        """The same for the script. ``email`` is whose page it is."""
        return {
            "origins": [each.serialized() for each in self.held()],
            "sign_in": Origin(QUrl(self.sign_in)).serialized(),
            "marks": dict(self.marks),
            "email": email,
        }


@dataclass(frozen=True, slots=True)
class Sight:
    """What one look showed. ``doc`` is the document's own number.

    ``error``: it complains of what was sent; ``empty``: the field that it asks for is.
    """

    doc: int
    state: PageState
    both: bool
    error: bool
    empty: bool


def in_own_world(script: Path) -> QWebEngineScript:
    """That script, for the top document of a page and before its first line."""
    made = QWebEngineScript()
    made.setName(script.stem)
    made.setSourceCode(script.read_text("utf-8"))
    made.setWorldId(WORLD)
    made.setInjectionPoint(QWebEngineScript.InjectionPoint.DocumentCreation)
    made.setRunsOnSubFrames(False)
    return made


class Caller(QObject):
    """Calls the script in a page; every call ends, with an empty answer where there is none."""

    def __init__(self, page: QWebEnginePage) -> None:
        """The script is in every document that ``page`` comes to from now on."""
        super().__init__(page)
        self._page = page
        self._is_gone = False
        page.destroyed.connect(self._note_gone)
        page.scripts().insert([in_own_world(each) for each in (SCRIPT, TYPING)])

    def look(self, told: Told, then: Callable[[Sight | None], None]) -> None:
        """What the page is now; None where nothing can be looked at."""
        self.call("look", told, then=lambda answer: then(read_sight(answer)))

    def call(self, name: str, *given: object, then: Callable[[Told], None]) -> None:
        """``name`` with what is given: a secret is in that one text, and nowhere else."""
        words = ", ".join(json.dumps(each) for each in given)
        self._run("kioskSignIn", f"{name}({words})", then)

    def ask_unsent(self, then: Callable[[bool | None], None]) -> None:
        """Whether somebody has typed what the page has not sent; None where it did not say."""

        def read(told: Told) -> None:
            unsent = told.get("unsent")
            then(unsent if isinstance(unsent, bool) else None)

        self._run("kioskTyping", "unsent()", read)

    def _run(self, script: str, call: str, then: Callable[[Told], None]) -> None:
        waiting = [then]

        def answer(value: object) -> None:
            # A page that is let go answers once more, with nothing, and nobody is there to hear it.
            if waiting and not self._is_gone:
                waiting.pop()(read_answer(value))

        QTimer.singleShot(ANSWERED_WITHIN_MS, self, lambda: answer(None))
        self._page.runJavaScript(f"globalThis.{script} ? {script}.{call} : ''", WORLD, answer)

    def _note_gone(self) -> None:
        self._is_gone = True


def read_answer(value: object) -> Told:
    """What the script answered with; empty where it is not there, or failed."""
    try:
        read = json.loads(value) if isinstance(value, str) else {}
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def read_sight(answer: Told) -> Sight | None:
    """One look, if it is one."""
    try:
        state = PageState(str(answer.get("state", "")))
    except ValueError:
        return None
    doc = answer.get("doc")
    flags = (bool(answer.get(each)) for each in ("both", "error", "empty"))
    return Sight(doc if isinstance(doc, int) else 0, state, *flags)
