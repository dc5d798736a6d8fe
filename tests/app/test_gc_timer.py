"""Garbage is collected on the main thread and nowhere else."""

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from kiosk.app.gc_timer import Collector


class Loop:
    """Garbage that only the cycle collector finds; says on which thread it went."""

    died_on: list[threading.Thread] = []

    def __init__(self) -> None:
        self.itself = self

    def __del__(self) -> None:
        Loop.died_on.append(threading.current_thread())


@pytest.fixture
def collector(qapp: QApplication) -> Iterator[Collector]:
    """Python's own collection is as it was afterwards."""
    automatic = gc.isenabled()
    owner = QObject()
    yield Collector(owner)
    owner.deleteLater()
    if automatic:
        gc.enable()


def test_another_thread_collects_nothing(collector: Collector) -> None:
    Loop.died_on.clear()

    def busy() -> None:
        for _ in range(5_000):
            Loop()

    lane = threading.Thread(target=busy)
    lane.start()
    lane.join()
    assert Loop.died_on == []
    collector.look()
    assert Loop.died_on
    assert set(Loop.died_on) == {threading.current_thread()}


def test_little_garbage_is_left_for_later(collector: Collector) -> None:
    gc.collect()
    Loop.died_on.clear()
    Loop()
    collector.look()
    assert Loop.died_on == []
    gc.collect()
