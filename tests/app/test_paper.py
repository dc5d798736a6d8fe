"""One sheet of paper at a time, and only what somebody looks at."""

from collections.abc import Callable

import pytest

from kiosk.app import paper
from kiosk.app.paper import Paper
from kiosk.session.model.session import Declined

Job = Callable[[], None]


class Desk:
    """A printer that takes what ``takes`` says, and jobs that wait."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, printer: str, *, takes: bool) -> None:
        self.jobs: list[Job] = []
        self.declined: list[Declined] = []
        self.printed: list[bytes] = []
        monkeypatch.setattr(paper, "can_print", lambda: True)
        monkeypatch.setattr(paper, "print_document", lambda _, made: self._print(made, takes))
        self.paper = Paper(printer, self.jobs.append, self.declined.append)

    def _print(self, made: bytes, takes: bool) -> bool:
        self.printed.append(made)
        return takes

    def print_page(self, *, is_seen: bool = True) -> None:
        self.paper.print_page(lambda then: then(b"%PDF"), is_seen=is_seen)


def test_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(monkeypatch, "Front", takes=True)
    desk.print_page()
    desk.print_page()
    assert desk.declined == [Declined.NOT_PRINTED]
    desk.jobs.pop()()
    assert desk.printed == [b"%PDF"]
    assert not desk.paper.is_busy
    desk.print_page()
    assert len(desk.jobs) == 1


def test_what_nobody_sees_and_where_there_is_no_printer(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(monkeypatch, "Front", takes=True)
    desk.print_page(is_seen=False)
    assert (desk.declined, desk.jobs) == ([Declined.NOT_PRINTED], [])
    bare = Desk(monkeypatch, "", takes=True)
    bare.print_page()
    assert (bare.declined, bare.jobs) == ([Declined.NO_PRINTER], [])


def test_a_printer_that_does_not_take_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(monkeypatch, "Front", takes=False)
    desk.print_page()
    desk.jobs.pop()()
    assert desk.declined == [Declined.NOT_PRINTED]
    assert not desk.paper.is_busy
