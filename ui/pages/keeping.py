"""Answers on their way into the store: one after the other, each to its own visit; what is refused stays as typed."""

from collections import deque
from collections.abc import Callable
from typing import Any

from db.refused import Refused
from desktop.casework import visits
from desktop.casework.views import VisitView
from ui import work
from ui.page import Host

Kept = Callable[[str, VisitView], None]
NotKept = Callable[[str, str, Refused], None]


class Keeping:
    """`kept(key, view)` and `not_kept(visit, key, refusal)` tell how an answer ended."""

    def __init__(self, host: Host, kept: Kept, not_kept: NotKept) -> None:
        self._host, self._told_kept, self._told_not_kept = host, kept, not_kept
        self._waiting: deque[tuple[str, str, Any]] = deque()
        self._versions: dict[str, dict[str, str]] = {}
        self._saving = False

    @property
    def unsaved(self) -> int:
        """Answers that wait for the worker."""
        return len(self._waiting) + int(self._saving)

    def saw(self, view: VisitView) -> None:
        """What the person is looking at: the versions that the next answer lies over."""
        self._versions[view.visit_id] = dict(view.versions)

    def put(self, visit_id: str, key: str, value: Any) -> None:
        """Put one answer in line; each lies over the versions that the one before left."""
        self._waiting.append((visit_id, key, value))
        self._next()

    def refused(self, visit_id: str) -> dict[str, Any]:
        """Answers of a visit that could not be kept, as they were typed."""
        return self._host.drafts.look(_sheet(visit_id))

    def drop(self, visit_id: str) -> None:
        """The visit was taken back: its refused answers go with it."""
        self._host.drafts.drop(_sheet(visit_id))

    def _next(self) -> None:
        if self._saving or not self._waiting:
            return
        self._saving = True
        visit, key, value = self._waiting.popleft()
        seen = self._versions.get(visit, {})
        work.submit(
            self._host.workspace,
            lambda act: visits.record_answer(act, visit, key, value, seen),
            lambda view: self._kept(visit, key, view),
            lambda refusal: self._not_kept(visit, key, value, refusal),
        )

    def _kept(self, visit: str, key: str, view: VisitView) -> None:
        self._saving = False
        self.saw(view)
        self._host.drafts.keep(_sheet(visit), {k: v for k, v in self.refused(visit).items() if k != key})
        self._told_kept(key, view)
        self._next()

    def _not_kept(self, visit: str, key: str, value: Any, refusal: Refused) -> None:
        self._saving = False
        self._host.drafts.keep(_sheet(visit), self.refused(visit) | {key: value})
        self._told_not_kept(visit, key, refusal)
        self._next()


def _sheet(visit_id: str) -> str:
    return f"visit {visit_id}"
