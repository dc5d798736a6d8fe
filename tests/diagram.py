"""The states of the kiosk as a drawing, made from the transition table and the imports.

``python -m tests.diagram docs/architecture.md`` writes both drawings between their marks; a test
holds the page to what they would be now.
"""

import sys
from collections import defaultdict
from pathlib import Path

from kiosk.session.rules.table import ACTS, OVER, ROWS
from tests.imports import arrows

ROOT = Path(__file__).parent.parent


def states() -> str:
    """The transition table as a Mermaid state diagram: one arrow a pair, its causes as a label."""
    causes: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in ACTS:
        for target in row.leads_to:
            if target is not row.phase:
                causes[row.phase.__name__, target.__name__].append(row.what.__name__)
    lines = ["stateDiagram-v2", "    [*] --> Opening"]
    for (start, end), whats in causes.items():
        lines.append(f"    {start} --> {end}: {', '.join(dict.fromkeys(whats))}")
    names = ", ".join(phase.__name__ for phase in OVER)
    lines.append("    note right of Locked")
    lines.append(f"        From {names}:")
    lines.append("        ScreenLocked, Suspended and idle lead here when a session is open;")
    lines.append(
        "        a refusal by the server and the session's limit lead to AtLogin, a new password"
    )
    lines.append(
        "        of the shared account to AskingPassword, a site's own code to AskingForCode."
    )
    lines.append("    end note")
    return "\n".join(lines)


def records() -> str:
    """Which step makes which record, from the transition table: one line a record."""
    makers: dict[str, list[str]] = defaultdict(list)
    for row in ROWS:
        for act in row.records:
            makers[act.value].append(f"{row.phase.__name__} · {row.what.__name__}")
    lines = ["| record | made in a step from · on |", "|---|---|"]
    lines += [
        f"| `{act}` | {', '.join(sorted(set(steps)))} |" for act, steps in sorted(makers.items())
    ]
    return "\n".join(lines)


def rooms() -> str:
    """Who imports whom, a Mermaid graph of the house's rooms."""
    lines = ["flowchart LR"]
    lines += [f"    {start} --> {end}" for start, end in sorted(arrows())]
    return "\n".join(lines)


def drawn(page: str) -> str:
    """The page with its drawings as they are now. Raises ValueError where a mark is missing."""
    drawings = {
        "states": f"```mermaid\n{states()}\n```",
        "rooms": f"```mermaid\n{rooms()}\n```",
        "records": records(),
    }
    for name, drawing in drawings.items():
        first, last = f"<!-- {name}: drawn from the code -->", f"<!-- end of {name} -->"
        before, mark, rest = page.partition(first)
        _, end, after = rest.partition(last)
        if not mark or not end:
            raise ValueError(f"no marks for the drawing of the {name}")
        page = f"{before}{first}\n{drawing}\n{last}{after}"
    return page


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.write_text(drawn(target.read_text("utf-8")), "utf-8")
