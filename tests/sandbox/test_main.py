"""``python -m sandbox`` as a program: says where it serves, on loopback, and keeps its data."""

import re
import subprocess
import sys
from pathlib import Path

from tests.support.sandbox.client import plain


def test_it_says_where_it_serves_and_keeps_what_it_laid_out(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sandbox", "--seed", "demo", "--port", "0"]
    for _ in range(2):
        with subprocess.Popen(
            [*command, "--data", str(tmp_path)], stdout=subprocess.PIPE, text=True
        ) as program:
            assert program.stdout is not None
            said = [program.stdout.readline() for _ in range(2)]
            assert "sandbox-demo" in said[0]
            found = re.fullmatch(r"Serving (http://127\.0\.0\.1:\d+)\n", said[1])
            assert found
            answer = plain(found[1], "GET", "/v1/server")
            assert answer.body["name"] == "Lakeside Oral Surgery"
            assert plain(found[1], "GET", "/sandbox/texts").status == 404
            program.terminate()
    assert (tmp_path / "xchart.sqlite3").exists()
