"""Long work with a name: a `Job` that runs in the one worker thread, with progress, cancel, result and error."""

import queue
import threading
from collections.abc import Callable
from typing import Any

from db.refused import Refused

Progress = Callable[[int, int, str], None]
"""Done, total (0: unknown), what is being done."""


class Cancelled(Refused):
    """The person stopped the work; its transaction was rolled back."""

    def __init__(self) -> None:
        super().__init__(
            "job.cancelled",
            "已按您的要求停下。",
            "停下之前的资料都在，没有写入一半的内容。",
            "需要时再做一次。",
        )


class Job:
    """One piece of work on its way; `wait` gives its result or raises what it raised.

    `on_done(job)` and `on_progress(done, total, text)` are called in the worker thread.
    """

    def __init__(
        self,
        act: Callable[["Job"], Any],
        on_progress: Progress | None = None,
        on_done: Callable[["Job"], None] | None = None,
    ) -> None:
        self._act, self._on_progress, self._on_done = act, on_progress, on_done
        self._finished, self._cancelled = threading.Event(), threading.Event()
        self.result: Any = None
        self.error: Refused | None = None
        self.defect: BaseException | None = None
        self.progress: tuple[int, int, str] = (0, 0, "")

    @property
    def done(self) -> bool:
        """Finished, one way or another."""
        return self._finished.is_set()

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._cancelled.set()

    def step(self, done: int, total: int, text: str) -> None:
        """Report progress from inside; raises `Cancelled` when the person asked to stop."""
        if self._cancelled.is_set():
            raise Cancelled
        self.progress = (done, total, text)
        if self._on_progress is not None:
            self._on_progress(done, total, text)

    def wait(self, timeout: float | None = None) -> Any:
        """The result once it is there; raises the refusal or the defect; TimeoutError after `timeout` seconds."""
        if not self._finished.wait(timeout):
            raise TimeoutError
        if self.error is not None:
            raise self.error
        if self.defect is not None:
            raise self.defect
        return self.result

    def run(self) -> None:
        """Do the work here and now; everything it raises is kept in the job.

        Afterwards the job lets go of what it was given: this thread must not be the last to hold parts of a window.
        """
        try:
            if self._cancelled.is_set():
                raise Cancelled
            self.result = self._act(self)
        except Refused as refusal:
            self.error = refusal.with_traceback(None)
        except Exception as defect:  # noqa: BLE001 - raised again where somebody waits; the worker must outlive it
            self.defect = defect
        on_done, self._act, self._on_progress, self._on_done = self._on_done, _spent, None, None
        self._finished.set()
        if on_done is not None:
            on_done(self)


def _spent(_: Job) -> None:
    """What a job does that was done."""


class Worker:
    """The one thread that writes; jobs run in the order in which they were given."""

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def submit(self, job: Job) -> Job:
        """Put a job in line; the thread starts with the first one."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._loop, name="zoucun-worker", daemon=True)
            self._thread.start()
        self._jobs.put(job)
        return job

    def close(self) -> None:
        """Finish what is in line and end the thread."""
        if self._thread is not None:
            self._jobs.put(None)
            self._thread.join()
            self._thread = None

    def _loop(self) -> None:
        while (job := self._jobs.get()) is not None:
            job.run()
