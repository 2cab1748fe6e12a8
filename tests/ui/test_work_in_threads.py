"""What belongs to a window is let go on the window's thread, whatever thread did the work."""

import gc
import threading
import weakref
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from db.refused import Refused
from tests.journeys.conftest import frame_of, open_window, settle, training_store
from ui import work


class Held:
    """Something that an act closes over; says in which thread it died."""

    def __init__(self, died: list[str]) -> None:
        weakref.finalize(self, lambda: died.append(threading.current_thread().name))


def ends(well: bool) -> None:
    if not well:
        raise Refused("test.no", "不行。", "", "")


@pytest.mark.parametrize("ends_well", [True, False])
def test_what_an_act_holds_dies_on_the_ui_thread(qtbot: QtBot, ends_well: bool) -> None:
    died: list[str] = []
    main = threading.current_thread().name

    def start() -> None:
        held = Held(died)

        def act(_: work.Tell) -> Held:
            ends(ends_well)
            return held

        work.aside(act, lambda _: None, lambda _: None)

    for _ in range(50):
        start()
    settle(qtbot)
    gc.collect()
    assert died == [main] * 50


def test_a_task_whose_parent_is_gone_is_not_told(qtbot: QtBot) -> None:
    parent, told, go = QObject(), list[object](), threading.Event()
    work.aside(lambda _: go.wait(5), told.append, parent=parent)
    parent.deleteLater()
    qtbot.wait(20)
    go.set()
    settle(qtbot)
    assert told == [] and work.busy() == 0


def test_a_locked_store_is_not_looked_at_by_the_clock(qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window(qtbot)
    window.enter(training_store(tmp_path / "store"))
    clock = frame_of(window)._clock
    assert clock.isActive()
    window.lock()
    assert not clock.isActive()


def test_garbage_is_collected_where_the_window_lives(qtbot: QtBot) -> None:
    window = open_window(qtbot)
    assert not gc.isenabled()
    window.close()
    assert gc.isenabled()
