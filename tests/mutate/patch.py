"""One line of the product, taken out on purpose, and the tests that must notice."""

import re
from dataclasses import dataclass
from pathlib import Path

from tests.imports import ROOT

NEEDS_A_SCREEN = re.compile("^Needs a screen", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Patch:
    """``old`` stands in ``file`` exactly once; with ``new`` in its place each of ``tests`` fails.

    ``shows`` is the law or threat (``L3``, ``T13``), ``what`` the countermeasure that is gone, in
    words. A test is a file, or where that is long a node of it.
    """

    shows: str
    what: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]

    def applied(self, text: str) -> str:
        """That file's text without the countermeasure. Raises ``LookupError`` where it is not."""
        if text.count(self.old) != 1:
            found = f"{text.count(self.old)} times in {self.file}"
            raise LookupError(f"{self.shows}, {self.what}: stands {found}: {self.old!r}")
        return text.replace(self.old, self.new)


def file_of(test: str) -> Path:
    """Where a named test lies."""
    return ROOT / test.partition("::")[0]


def needs_a_screen(test: str) -> bool:
    """Whether ``make test`` runs it on a screen: such a file says so at the start of a line."""
    return NEEDS_A_SCREEN.search(file_of(test).read_text("utf-8")) is not None
