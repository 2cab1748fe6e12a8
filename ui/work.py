"""Jobs of the workspace's worker as Qt signals, so that pages never wait on the UI thread.

A worker never holds a Qt object: it posts numbers and plain results, and what belongs to a page is found, told and
let go on the UI thread.
"""

import threading
from collections.abc import Callable
from functools import partial
from itertools import count
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot
from shiboken6 import isValid

from db.refused import Refused
from desktop.workspace import Job, Workspace

Tell = Callable[[int, int, str], None]
"""Done, total (0: unknown), what is being done."""


class Task(QObject):
    """One job on its way; exactly one of `finished`, `refused` comes at the end, in the UI thread."""

    progressed = Signal(int, int, str)
    finished = Signal(object)
    refused = Signal(object)
    ended = Signal()

    def __init__(self, act: Callable[..., Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.job: Job | None = None
        self._act = act  # the worker lets go of it first, so that what it closes over dies here

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        if self.job is not None:
            self.job.cancel()

    def settle(self, result: Any, error: Refused | None, defect: BaseException | None) -> None:
        """Tell how the job ended."""
        if defect is not None:
            self.ended.emit()
            raise defect
        if error is not None:
            self.refused.emit(error)
        else:
            self.finished.emit(result)
        self.ended.emit()


class _Post(QObject):
    """Carries what workers say into the UI thread, by the number of the task."""

    moved = Signal(int, int, int, str)
    arrived = Signal(int, object)

    def __init__(self, parent: QObject | None) -> None:
        super().__init__(parent)
        self.moved.connect(self._move)
        self.arrived.connect(self._arrive)

    @Slot(int, int, int, str)
    def _move(self, number: int, done: int, total: int, text: str) -> None:
        task = _running.get(number)
        if task is not None and isValid(task):
            task.progressed.emit(done, total, text)

    @Slot(int, object)
    def _arrive(self, number: int, job: Job) -> None:
        task = _running.get(number)
        try:
            if task is not None and isValid(task):
                task.settle(job.result, job.error, job.defect)
        finally:
            _running.pop(number, None)


_running: dict[int, Task] = {}
_posts: list[_Post] = []
_numbers = count(1)


def _post() -> _Post:
    """The one post of this program, made on the UI thread."""
    if not _posts or not isValid(_posts[0]):
        _posts[:] = [_Post(QCoreApplication.instance())]
    return _posts[0]


def submit(
    workspace: Workspace,
    act: Callable[..., Any],
    done: Callable[[Any], None] | None = None,
    refused: Callable[[Refused], None] | None = None,
    parent: QObject | None = None,
) -> Task:
    """Put an act on a `Work` in line for the writer and hear of its end by `done` or `refused`."""
    task, number = _task(act, done, refused, parent)
    task.job = workspace.submit(act, on_progress=partial(_moved, number), on_done=partial(_arrived, number))
    return task


def aside(
    act: Callable[[Tell], Any],
    done: Callable[[Any], None] | None = None,
    refused: Callable[[Refused], None] | None = None,
    parent: QObject | None = None,
) -> Task:
    """Run something that takes its own transactions (unlock, exchange, backup) in a thread of its own.

    `act` gets the function to tell progress to; it raises when the person has cancelled.
    """
    task, number = _task(act, done, refused, parent)
    job = Job(lambda job: act(job.step), partial(_moved, number), partial(_arrived, number))
    task.job = job
    threading.Thread(target=job.run, name="zoucun-aside", daemon=True).start()
    return task


def _moved(number: int, done: int, total: int, text: str) -> None:
    _posts[0].moved.emit(number, done, total, text)


def _arrived(number: int, job: Job) -> None:
    _posts[0].arrived.emit(number, job)


def _task(
    act: Callable[..., Any],
    done: Callable[[Any], None] | None,
    refused: Callable[[Refused], None] | None,
    parent: QObject | None,
) -> tuple[Task, int]:
    _post()
    number = next(_numbers)
    task = _running[number] = Task(act, parent)
    if done is not None:
        task.finished.connect(done)
    if refused is not None:
        task.refused.connect(refused)
    return task, number


def busy() -> int:
    """How many tasks are on their way."""
    return len(_running)
