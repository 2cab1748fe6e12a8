"""Garbage is collected on the UI thread only: a cycle may hold Qt objects, and those must not die in a worker."""

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 500


class Collector(QObject):
    """Collects by the interpreter's own thresholds, but where the window lives; `stop` gives it back."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(collect)
        self._timer.start(_EVERY_MS)

    def stop(self) -> None:
        """The window is closed; the interpreter collects by itself again."""
        self._timer.stop()
        gc.collect()
        gc.enable()


def collect() -> None:
    """The oldest generation whose threshold is passed."""
    counts, thresholds = gc.get_count(), gc.get_threshold()
    for generation in (2, 1, 0):
        if thresholds[generation] and counts[generation] > thresholds[generation]:
            gc.collect(generation)
            return
