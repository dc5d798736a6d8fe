"""What an origin keeps in a page beside cookies: taken from it, and put back before its first line.

The work is ``resources/web/storage.js``'s, in a world of its own within the page. Its answers are
asked for again and again, because the engine hands out no promise. Never import this before the
login screen is painted.
"""

import json
from collections.abc import Callable
from functools import cache
from itertools import count

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtWebEngineCore import QWebEnginePage
from shiboken6 import isValid

from kiosk.session.model.carried import Storage, Taken
from kiosk.ui.xchart.fence import Fence
from kiosk.ui.xchart.fenced_page import FencedPage
from resources import ROOT

WORLD = 21
"""Of the worlds that a page does not see; another one than that of whatever fills something in."""
LIMIT = 8 * 1024 * 1024
"""Letters of a snapshot; the store counts its bytes again."""
LOOK_MS = 20
PATIENCE_MS = 10_000
"""A page that hangs, or was left, gives no answer."""
TICKETS = count(1)

Answer = dict[str, object]
Heard = Callable[[Answer, str], None]


@cache
def script() -> str:
    """The script itself; it is the same however often a page is given it."""
    return (ROOT / "web" / "storage.js").read_text("utf-8")


def take_storage(page: QWebEnginePage, then: Callable[[Taken | None], None]) -> None:
    """Take a snapshot of the page's origin; None where the page gives none.

    The page's own scripts go on meanwhile, and its databases are left as they are.
    """
    _Asked(page, f"'take', {LIMIT}", lambda answer, text: then(_taken(answer, text)))


def put_back(
    page: FencedPage,
    fence: Fence,
    storage: Storage,
    then: Callable[[bool], None],
    *,
    session: bool,
) -> None:
    """Put a snapshot back, in an empty document of its origin; whoever is told then loads the site.

    ``session``: what that page alone has too. It shows where a person was, and is for nobody else.
    """

    def put(there: bool) -> None:
        if there:
            given = f"'put', {json.dumps(storage.text)}, {json.dumps(session)}"
            _Asked(page, given, lambda answer, _: then(answer.get("put") is True))
        else:
            then(False)

    page.open_empty(QUrl(storage.origin), fence, put)


class _Asked(QObject):
    """One call of the script, until its answer is there."""

    def __init__(self, page: QWebEnginePage, call: str, then: Heard) -> None:
        super().__init__(page)
        self._page = page
        self._then = then
        self._ticket = next(TICKETS)
        self._ended = False
        self._looking = QTimer(self, interval=LOOK_MS, singleShot=True)
        self._looking.timeout.connect(self._look)
        QTimer.singleShot(PATIENCE_MS, self, lambda: self._end({}))
        begin = f"{script()}\nkioskStorage.begin({self._ticket}, {call})"
        self._run(begin, lambda _: self._look())

    def _look(self) -> None:
        if self._is_over():
            return
        self._run(
            f"globalThis.kioskStorage ? kioskStorage.answer({self._ticket}) : '{{}}'", self._hear
        )

    def _hear(self, answer: object) -> None:
        if self._is_over():
            return
        told = json.loads(answer) if isinstance(answer, str) and answer else None
        if isinstance(told, dict):
            self._run(f"kioskStorage.text({self._ticket})", lambda text: self._end(told, str(text)))
        else:
            self._looking.start()

    def _is_over(self) -> bool:
        """With its page the engine ends its calls too, each with an empty answer: the page first,
        then what belongs to it."""
        return self._ended or not (isValid(self) and isValid(self._page))

    def _run(self, script: str, then: Callable[[object], None]) -> None:
        self._page.runJavaScript(script, WORLD, then)

    def _end(self, answer: Answer, text: str = "") -> None:
        if not self._is_over():
            self._ended = True
            self._looking.stop()
            self.deleteLater()
            self._then(answer, text)


def _taken(answer: Answer, text: str) -> Taken | None:
    match answer:
        case {
            "origin": str(origin),
            "boundKeys": int(bound_keys),
            "strange": int(strange),
            "tooLarge": bool(too_large),
        } if text or too_large:
            return Taken(origin, Storage(origin, text) if text else None, bound_keys, strange)
        case _:
            return None
