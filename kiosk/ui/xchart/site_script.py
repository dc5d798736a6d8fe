"""The scripts that look at a site's pages and fill them in: where they may, how they are called."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QUrl
from PySide6.QtWebEngineCore import QWebEnginePage

from kiosk.session.model.site import PageState
from kiosk.ui.xchart.fence import Origin
from kiosk.ui.xchart.own_world import OwnWorld, Told
from resources import ROOT

SCRIPT = ROOT / "web" / "sign_in.js"
TYPING = ROOT / "web" / "typing.js"


@dataclass(frozen=True, slots=True)
class SitePlace:
    """Where a site's pages are: what was read off the real page, at set-up.

    Documents may be at ``origins``; e-mail, password and code are given to ``sign_in`` alone.
    ``parts``: what else a page may load parts of itself from. ``marks`` are selectors that settle
    what is guessed else: email, password, code, button, signed_in, sign_out; record, where the page
    is alive by itself.
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


class Caller(OwnWorld):
    """Calls the scripts of a site's page."""

    def __init__(self, page: QWebEnginePage) -> None:
        """They are in every document that ``page`` comes to from now on."""
        super().__init__(page, SCRIPT, TYPING)

    def look(self, told: Told, then: Callable[[Sight | None], None]) -> None:
        """What the page is now; None where nothing can be looked at."""
        self.call("look", told, then=lambda answer: then(read_sight(answer)))

    def call(self, name: str, *given: object, then: Callable[[Told], None]) -> None:
        """``name`` with what is given: a secret is in that one text, and nowhere else."""
        words = ", ".join(json.dumps(each) for each in given)
        self.run("kioskSignIn", f"{name}({words})", then)

    def ask_unsent(self, then: Callable[[bool | None], None]) -> None:
        """Whether somebody has typed what the page has not sent; None where it did not say."""

        def read(told: Told) -> None:
            unsent = told.get("unsent")
            then(unsent if isinstance(unsent, bool) else None)

        self.run("kioskTyping", "unsent()", read)


def read_sight(answer: Told) -> Sight | None:
    """One look, if it is one."""
    try:
        state = PageState(str(answer.get("state", "")))
    except ValueError:
        return None
    doc = answer.get("doc")
    flags = (bool(answer.get(each)) for each in ("both", "error", "empty"))
    return Sight(doc if isinstance(doc, int) else 0, state, *flags)
