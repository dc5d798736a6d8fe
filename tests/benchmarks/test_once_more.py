"""A measurement under which the list changed is done once more, and not for ever."""

import pytest

from benchmarks.__main__ import done
from benchmarks.glass import NeverSeen
from benchmarks.rows import Row, row


class Job:
    """Breaks off as often as it is told to."""

    def __init__(self, breaks: int) -> None:
        self.breaks, self.runs = breaks, 0

    def __call__(self) -> list[Row]:
        self.runs += 1
        if self.runs <= self.breaks:
            raise NeverSeen("today's list")
        return [row("tap", "ms", [1.0, 2.0])]


def test_what_broke_off_is_done_again_on_a_desk_in_order() -> None:
    job, cleared = Job(1), list[int]()
    rows = done({"tap": job}, ["tap"], lambda: cleared.append(job.runs))
    assert (job.runs, cleared) == (2, [1])
    assert [each.name for each in rows if each.name == "tap"] == ["tap"]


def test_what_is_never_seen_is_said() -> None:
    job = Job(2)
    with pytest.raises(NeverSeen):
        done({"tap": job}, ["tap"])
    assert job.runs == 2
