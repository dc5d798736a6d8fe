"""What a process costs, by the kernel's own account (proc(5))."""

import os
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
STAT_UTIME = 11
"""Place of utime after the command name in /proc/PID/stat; stime follows."""


def with_children(pid: int) -> list[int]:
    """A process and all below it."""
    found = [pid]
    for one in found:
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            found += [int(child) for child in task.read_text().split()]
    return found


def cpu_seconds(pids: list[int]) -> float:
    """Time on a core so far, in user and kernel mode."""
    total = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        total += int(fields[STAT_UTIME]) + int(fields[STAT_UTIME + 1])
    return total / TICKS


def memory_mib(pid: int) -> float:
    """Proportional set size of one process: what is shared counts in part."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("the kernel does not say")


def resident_mib(pid: int) -> float:
    """Resident set size of one process: all that it holds, shared or not."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Rss:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("the kernel does not say")


def has_loaded(pid: int, library: str) -> bool:
    """Whether a shared library is mapped."""
    return library in Path(f"/proc/{pid}/maps").read_text()
