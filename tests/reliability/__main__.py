"""``python -m tests.reliability build/reliability.json``: kill, start again, compare, count.

Prints one table and every finding; the code is 1 when anything was lost, doubled, misattributed,
out of order or overwritten, or when the kiosk raised something that it should not.
"""

import argparse
import json
import sys
from pathlib import Path

from tests.reliability.campaign import Row, run, sections, summed, table, written


def main() -> int:
    """Parse the command line and run everything."""
    parser = argparse.ArgumentParser(prog="python -m tests.reliability", description=__doc__)
    parser.add_argument("file", type=Path, help="where everything that was counted goes, as JSON")
    parser.add_argument("--runs", type=int, default=200, help="kills of a kiosk, at least")
    parser.add_argument("--server-runs", type=int, default=50, help="kills of the server")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--only", default="", help="only what is called so, or in part")
    given = parser.parse_args()
    rows: list[Row] = []
    for section in sections(given.runs, given.server_runs):
        if given.only in section.injected:
            print(f"{section.injected}: {len(section.rounds)} rounds", flush=True)
            rows.append(run(section, f"{given.seed} {section.injected}"))
            print("\n".join(rows[-1].sentences), end="\n" if rows[-1].sentences else "", flush=True)
    total = summed(rows)
    given.file.parent.mkdir(parents=True, exist_ok=True)
    given.file.write_text(json.dumps(written([*rows, total]), indent=1), "utf-8")
    print(table([*rows, total]))
    for name, counted in (
        ("killed", total.tally.kiosk),
        ("server killed", total.tally.server),
        ("network", total.tally.wire),
        ("changes", total.tally.changes),
    ):
        print(f"{name}: " + ", ".join(f"{n} {what}" for what, n in counted.most_common()))
    print(f"refused by a full disk: {total.tally.refused_by_disk}")
    return int(total.found.total() > 0)


if __name__ == "__main__":
    sys.exit(main())
