"""What the machine that measures had to share: on a busy host even a floor is late."""

from pathlib import Path

from benchmarks.rows import Row, row

TAKEN = "processor time that the host took away"
STAT = Path("/proc/stat")
IDLE, STEAL = (3, 4), 7
"""Of the fields user to steal of its first line, in ticks: idle and iowait; steal. proc_stat(5)."""


class Host:
    """Counts from when it is made."""

    def __init__(self) -> None:
        """Now."""
        self._taken, self._wanted = ticks()

    def taken(self, act: str) -> Row:
        """How much of the processor time that was wanted meanwhile the host gave to others."""
        taken, wanted = ticks()
        share = 100 * (taken - self._taken) / max(1, wanted - self._wanted)
        return row(f"{act}: {TAKEN}", "%", [share])


def ticks() -> tuple[int, int]:
    """Of all processors: taken by the host, and wanted in all."""
    counted = [int(each) for each in STAT.read_text("ascii").splitlines()[0].split()[1:9]]
    return counted[STEAL], sum(counted) - sum(counted[place] for place in IDLE)
