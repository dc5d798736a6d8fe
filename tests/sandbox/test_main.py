"""``python -m sandbox`` as a program: says where it serves, on loopback, and keeps its data."""

import contextlib
import gc
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from uvicorn.protocols.http.h11_impl import H11Protocol

from sandbox.__main__ import main
from sandbox.web.sign_ins import ALL
from tests.support.sandbox.client import plain
from tests.support.sandbox.web_site import WebSite, run_site


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


def test_the_other_site_says_where_it_serves_and_what_was_texted(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sandbox", "--web-only", "--sign-in", "two_steps"]
    command += ["--data", str(tmp_path / "site")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        assert "sandbox-demo" in program.stdout.readline()
        found = re.fullmatch(r"Serving (http://127\.0\.0\.1:\d+)\n", program.stdout.readline())
        assert found
        answer = plain(found[1], "GET", "/")
        assert answer.headers["Location"] == "/sign-in/email"
        assert plain(found[1], "GET", "/test/texts").status == 404
        assert plain(found[1], "GET", "/v1/server").status == 404
        body = b"email=office@lakeside.example&password=sandbox-demo"
        headers = {"Origin": found[1], "Content-Type": "application/x-www-form-urlencoded"}
        assert plain(found[1], "POST", "/sign-in", body=body, headers=headers).status == 303
        said = program.stdout.readline()
        assert re.fullmatch(r"Texted to Dr\. Rivera, phone ending 21: \d{6}\n", said)
        program.terminate()
    assert (tmp_path / "site" / "web.json").exists()


def test_it_says_which_sign_ins_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--web-only", "--sign-in", "list"]) == 0
    said = capsys.readouterr().out
    assert "classic: one form, sent by POST, then a redirect\n" in said
    assert len(said.splitlines()) == len(ALL)


def test_whoever_does_not_hang_up_is_hung_up_on() -> None:
    """What is left of a connection would be found as garbage, in the middle of another test."""
    gc.collect()
    site = run_site()
    with socket.socket() as caller:
        caller.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        caller.connect(("127.0.0.1", site.port))
        # Asks, and asks, and reads nothing: what the server would say waits in its own buffer.
        caller.setblocking(False)
        while not holds_back(site):
            with contextlib.suppress(BlockingIOError):
                caller.send(b"GET /sign-in HTTP/1.1\r\nHost: x\r\n\r\n" * 50)
        site.stop()
        gc.collect()


def holds_back(site: WebSite) -> bool:
    """Whether it has something to say to somebody who does not listen."""
    server = site._server
    assert server is not None
    connected = (each for each in server.server_state.connections if isinstance(each, H11Protocol))
    return any(each.transport.get_write_buffer_size() for each in tuple(connected))
