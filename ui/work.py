"""Jobs of the workspace's worker as Qt signals, so that pages never wait on the UI thread."""

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

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
    _settled = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.job: Job | None = None
        self._settled.connect(self._settle)

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        if self.job is not None:
            self.job.cancel()

    def told(self, job: Job) -> None:
        """The worker's last word; called in its thread."""
        self._settled.emit(job.result, job.error, job.defect)

    @Slot(object, object, object)
    def _settle(self, result: Any, error: Refused | None, defect: BaseException | None) -> None:
        if defect is not None:
            self.ended.emit()
            raise defect
        if error is not None:
            self.refused.emit(error)
        else:
            self.finished.emit(result)
        self.ended.emit()


def submit(
    workspace: Workspace,
    act: Callable[..., Any],
    done: Callable[[Any], None] | None = None,
    refused: Callable[[Refused], None] | None = None,
    parent: QObject | None = None,
) -> Task:
    """Put an act on a `Work` in line for the writer and hear of its end by `done` or `refused`."""
    task = _task(done, refused, parent)
    task.job = workspace.submit(act, on_progress=task.progressed.emit, on_done=task.told)
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
    task = _task(done, refused, parent)
    job = Job(lambda job: act(job.step), task.progressed.emit, task.told)
    task.job = job
    threading.Thread(target=job.run, name="zoucun-aside", daemon=True).start()
    return task


_running: set[Task] = set()


def _task(
    done: Callable[[Any], None] | None, refused: Callable[[Refused], None] | None, parent: QObject | None
) -> Task:
    task = Task(parent)
    _running.add(task)
    if done is not None:
        task.finished.connect(done)
    if refused is not None:
        task.refused.connect(refused)
    task.ended.connect(lambda: _running.discard(task))
    return task


def busy() -> int:
    """How many tasks are on their way."""
    return len(_running)
