"""What was measured stays, whatever comes after."""

from pathlib import Path

from benchmarks.lines import Line, append, read, rows_of
from benchmarks.rows import keep, row

ONE = Line(True, 1, "tap", row("tap", "ms", [1.0, 2.0], others=[3.0], budget="≤ 2", most=2))
TWO = Line(False, 2, "tap", None, "it broke")


def test_lines_are_added_to_those_before(tmp_path: Path) -> None:
    rows = tmp_path / "build" / "rows.jsonl"
    assert read(rows) == []
    append([ONE], rows)
    append([TWO], rows)
    assert read(rows) == [ONE, TWO]


def test_a_run_cut_off_in_the_middle_of_a_line_loses_that_line_only(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    append([ONE, TWO], rows)
    rows.write_bytes(rows.read_bytes()[:-9])
    append([TWO], rows)
    assert read(rows) == [ONE, TWO]


def test_kept_rows_are_read_as_they_were(tmp_path: Path) -> None:
    rows = [each for each in (ONE.row,) if each]
    keep(rows, tmp_path / "rows.json")
    assert rows_of(tmp_path / "rows.json") == rows
