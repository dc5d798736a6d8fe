"""``make bench AGAINST=COMMIT``: whether this tree is slower than another, on one machine.

Both are measured in turns, act by act, and who comes first changes with each turn. Every row is
kept as it comes; the same two trees measured again add their turns to those before.
"""

import argparse
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from benchmarks.__main__ import BEHIND_IT, ON_THE_GLASS
from benchmarks.compare import compare, table
from benchmarks.lines import Line, append, read, rows_of
from benchmarks.trees import Tree, TreeFault, both

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "against"
ACTS = (*ON_THE_GLASS, *BEHIND_IT)
ENDING_SECONDS = 60.0
SLOWER, UNKNOWN = 1, 2


def main() -> int:
    """0 when nothing is slower, 1 when something is, 2 when not everything could be compared."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.against", description=__doc__)
    parser.add_argument("commit", help="of the tree to measure against")
    parser.add_argument("--runs", type=int, default=10, help="of each act, in each turn")
    parser.add_argument("--turns", type=int, default=4, help="of each tree; 2 or more")
    parser.add_argument("--only", choices=ACTS, action="append", help="measure only this")
    parser.add_argument(
        "--own-scenes", action="store_true", help="each tree is measured by its own benchmarks"
    )
    given = parser.parse_args()
    if given.turns < 2:
        parser.error("one turn has no A/A: --turns 2 or more")
    # Whoever ends this gets both checkouts taken away, and what was measured, as with Ctrl+C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    # In the background of a shell Ctrl+C is ignored, and so it would be in all that is started.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    rows = Path()
    try:
        with both(ROOT, given.commit, BUILD, own_scenes=given.own_scenes) as trees:
            rows = BUILD / f"{trees[1].content}-{trees[0].content}.jsonl"
            first = 1 + max((line.turn for line in read(rows)), default=0)
            for turn in range(first, first + given.turns):
                take_turns(trees, turn, given.only or ACTS, given.runs, rows)
    except TreeFault as fault:
        print(fault, file=sys.stderr)
        return UNKNOWN
    except KeyboardInterrupt:
        say("cut off; what was measured until now:")
    return told(read(rows), rows)


def take_turns(trees: list[Tree], turn: int, acts: Sequence[str], runs: int, rows: Path) -> None:
    """Every act in both trees, one right after the other."""
    order = trees if turn % 2 else trees[::-1]
    for act in acts:
        for tree in order:
            say(f"turn {turn}, {tree.name}: {act}")
            append(measured(tree, turn, act, runs), rows)


def measured(tree: Tree, turn: int, act: str, runs: int) -> list[Line]:
    """The rows of one act in one tree; or one line that says why there are none.

    What is run is found from the folder it is run in: the measuring code, the kiosk, the server.
    """
    kept, log = tree.folder.parent / "turn.json", tree.folder.parent / "turn.log"
    kept.unlink(missing_ok=True)
    command = [str(tree.python), "-m", "benchmarks", str(kept), "--runs", str(runs), "--only", act]
    outside = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    with log.open("wb") as told:
        process = subprocess.Popen(
            command,
            cwd=tree.folder,
            env=outside,
            stdin=subprocess.DEVNULL,
            stdout=told,
            stderr=told,
            start_new_session=True,  # Ctrl+C comes to it once, from here.
        )
        try:
            process.wait()
        except BaseException:
            process.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                process.wait(ENDING_SECONDS)
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # whatever of it is left
            raise
    # It ends with 1 for a budget that is not met, too; but then it has its rows.
    if kept.exists():
        return [Line(tree.here, turn, act, row) for row in rows_of(kept)]
    why = log.read_text("utf-8", errors="replace").strip().splitlines()[-1:] or ["without a word"]
    return [Line(tree.here, turn, act, None, why[0])]


def told(lines: list[Line], rows: Path) -> int:
    """Print the comparison; what it means for whoever waits for it."""
    judged = compare(lines)
    print(table(judged))
    print(f"Of every row the first is this tree's; a ratio over 1 is worse. The runs: {rows}")
    broken = Counter((line.here, line.act, line.broke_off) for line in lines if line.broke_off)
    for (here, act, why), count in broken.items():
        print(f"{act} broke off {count} times in {'this tree' if here else 'the other'}: {why}")
    if any(each.slower for each in judged):
        return SLOWER
    return UNKNOWN if broken or not judged or any(each.turns < 2 for each in judged) else 0


def say(what: str) -> None:
    """What is being measured, for whoever waits."""
    print(f"… {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
