"""The running assessment of a visit: outcome so far and what it still lacks, worked out behind the typing."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame

from db.refused import Refused
from desktop.casework import assessing, packs, rule_words
from desktop.casework.case_views import AssessmentView
from desktop.workspace import Workspace
from ui import case_words, work
from ui.parts.basics import button, elided, label, mark, row, tag
from ui.theme import px

_REST_MS = 500
"""So long nothing more is saved before the rules are asked."""


class RunningAssessment(QFrame):
    """`follow(id)` after every save; the rules are asked once the saves have come to rest. `go(place, id)` leads on."""

    def __init__(self, workspace: Workspace, go: Callable[[str, str], object]) -> None:
        super().__init__()
        self.setProperty("kind", "inset")
        self._workspace, self._visit = workspace, ""
        self.asked = 0
        self.result, self.said = tag("…", "plain"), elided("正在算…", "small")
        self.why = button("为什么", lambda: go("why", self._visit))
        line = row(label("算到这里", "strong"), self.result, self.said, self.why)
        line.setStretch(2, 1)
        line.setContentsMargins(px(10), px(4), px(10), px(4))
        self.setLayout(line)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._ask)

    def follow(self, visit_id: str, form_code: str) -> None:
        """The visit as it was saved last; only F-08 has facts for the rules."""
        self.setVisible(form_code == "F-08")
        self._visit = visit_id
        if form_code == "F-08":
            self._rest.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks: nothing is asked until the visit is shown again."""
        super().hideEvent(event)
        self._rest.stop()

    def _ask(self) -> None:
        visit = self._visit
        self.asked += 1
        work.submit(
            self._workspace,
            lambda on: (assessing.trial(on, visit), packs.in_force(on).shipped and not on.training),
            lambda told: self._show(visit, *told),
            lambda refusal: self._lacking(visit, refusal),
            parent=self,
        )

    def _show(self, visit: str, found: AssessmentView, shipped: bool) -> None:
        if visit == self._visit:
            lacks = "；".join(rule_words.missing(key, shipped) for key in found.missing)
            words = [case_words.amount(found), f"还缺：{lacks}" if lacks else ""]
            self._say(*case_words.outcome(found), case_words.programme(found.programme_code), words)

    def _lacking(self, visit: str, refusal: Refused) -> None:
        if visit == self._visit:
            self._say("… 还定不了", "amber", "", [refusal.what])

    def _say(self, result: str, tone: str, programme: str, words: list[str]) -> None:
        self.result.setText(result)
        mark(self.result, "tone", tone)
        self.said.setText(" · ".join(part for part in (programme, *words) if part))
