"""``python -m tests.mutate``: take each countermeasure out, one at a time; who does not notice?

Each worker has a copy of the tree in a temporary folder. Ends with 1 where a patch survived: the
tests that should have failed passed, hung, or could not even be collected.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic

from tests.imports import ROOT
from tests.mutate.patch import Patch, needs_a_screen
from tests.mutate.patches import PATCHES

PATIENCE_SECONDS = 180
LEFT = shutil.ignore_patterns(".git", ".venv", "build", "dist", ".*_cache", ".hypothesis")
PLUGINS = ("-p", "no:cacheprovider", "-p", "tests.mutate.first_failure")
TEST_FAILED, NOT_COLLECTED = 1, "ERROR collecting"


def survivors(patches: list[Patch], workers: int) -> Iterator[tuple[Patch, str]]:
    """Each patch once it was tried, and what its tests did wrong, or an empty text."""
    waiting: SimpleQueue[Patch] = SimpleQueue()
    tried: SimpleQueue[tuple[Patch, str]] = SimpleQueue()
    for each in patches:
        waiting.put(each)

    def work() -> None:
        with tempfile.TemporaryDirectory(prefix="kiosk-mutate-") as folder:
            tree = Path(folder) / "tree"
            shutil.copytree(ROOT, tree, ignore=LEFT, symlinks=True)
            while True:
                try:
                    patch = waiting.get_nowait()
                except Empty:
                    return
                try:
                    with taken_out(patch, tree):
                        wrong = [
                            f"{test} {why}" for test in patch.tests if (why := ran(test, tree))
                        ]
                except LookupError as gone:
                    wrong = [str(gone)]
                tried.put((patch, "; ".join(wrong)))

    threads = [Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for _ in patches:
        yield tried.get()
    for thread in threads:
        thread.join()


@contextmanager
def taken_out(patch: Patch, tree: Path) -> Iterator[None]:
    """The copy without that line; afterwards as before, its time too, so that bytecode fits."""
    file = tree / patch.file
    whole, times = file.read_bytes(), file.stat()
    file.write_text(patch.applied(whole.decode()), "utf-8")
    try:
        yield
    finally:
        file.write_bytes(whole)
        os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))


def ran(test: str, tree: Path) -> str:
    """What that test did wrong, empty where it failed as it must."""
    screen = [sys.executable, "-m", "tests.on_screen"] if needs_a_screen(test) else []
    pytest = [sys.executable, "-m", "pytest", "-x", "-q", *PLUGINS, test]
    try:
        done = subprocess.run(
            [*screen, *pytest],
            cwd=tree,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
        )
    except subprocess.TimeoutExpired:
        return "did not end"
    if done.returncode == 0:
        return "passed"
    if done.returncode != TEST_FAILED or NOT_COLLECTED in done.stdout:
        return f"did not run: {done.stdout[-200:]!r} {done.stderr[-200:]!r}"
    return ""


def rows() -> Iterator[str]:
    """The lines of the list in docs/reliability.md."""
    for patch in PATCHES:
        files = ", ".join(f"`{test.removeprefix('tests/')}`" for test in patch.tests)
        yield f"| {patch.shows} | {patch.what} | {files} |"


def main() -> int:
    """The exit status."""
    reading = argparse.ArgumentParser(prog="tests.mutate", description=main.__doc__)
    reading.add_argument("--only", default="", help="laws, threats or files that contain this")
    reading.add_argument("--workers", type=int, default=2)
    reading.add_argument("--list", action="store_true", help="print the list, and take nothing out")
    given = reading.parse_args()
    if given.list:
        print("\n".join(rows()))
        return 0
    patches = [p for p in PATCHES if given.only in (p.shows, "") or given.only in p.file]
    began, alive = monotonic(), 0
    for patch, wrong in survivors(patches, given.workers):
        alive += bool(wrong)
        said = f"SURVIVED: {wrong}" if wrong else "noticed"
        print(f"{monotonic() - began:6.0f} s  {patch.shows:4} {patch.what}: {said}", flush=True)
    print(f"{len(patches)} taken out, {alive} not noticed, {monotonic() - began:.0f} seconds")
    return 1 if alive else 0


if __name__ == "__main__":
    sys.exit(main())
