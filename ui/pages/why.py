"""Why the rules say of a visit what they say: the running assessment in full, asked anew and not kept."""

from functools import partial

from db.refused import Refused
from desktop.casework import assessing, gathering, packs, visit_records
from desktop.casework.case_views import AssessmentView
from desktop.casework.work import Work
from ui import case_words, work
from ui.actions import Deed
from ui.page import Host, Page
from ui.pages.assessed import Assessed
from ui.parts.basics import button


def _read(on: Work, visit_id: str) -> tuple[AssessmentView, bool, dict[str, str]]:
    people = gathering.of_visit(on, visit_records.find(on.session, visit_id)).home.people
    names = {one.ref: one.name for one in people}
    return assessing.trial(on, visit_id), packs.in_force(on).shipped and not on.training, names


class WhyPage(Page):
    """`show_subject(id)` chooses the visit."""

    title = "为什么"

    def __init__(self, frame: Host) -> None:
        super().__init__(frame)
        self.visit_id = ""
        self.tools.addWidget(button("返回", frame.back, shortcut="Esc"))
        self.tools.addWidget(button("回到调查表", self._to_visit, "primary"))
        self.why = Assessed(self.refresh)
        self.body.addWidget(self.why, 1)

    def show_subject(self, subject: str) -> None:
        """Another visit."""
        self.visit_id = subject
        self.why.show_all((), False, "正在算…")

    def deeds(self) -> list[Deed]:
        """What can be done here."""
        return [Deed("重新评估", "Ctrl+R", "refresh", self.refresh, lambda: bool(self.visit_id))]

    def refresh(self) -> None:
        """Ask the rules anew."""
        visit = self.visit_id
        if visit:
            work.submit(
                self.workspace, lambda on: _read(on, visit), partial(self._show, visit), self._refused, parent=self
            )

    def _show(self, visit: str, told: tuple[AssessmentView, bool, dict[str, str]]) -> None:
        if visit != self.visit_id:
            return
        found, shipped, names = told
        self.banner.hide()
        self.about.setText(f"按{case_words.programme(found.programme_code)}、照入户调查填到这里算的；没有存档")
        self.why.show_all((found,), shipped, "", names)
        self.why.trace.setFocus()

    def _refused(self, refusal: Refused) -> None:
        self.why.show_all((), False, "还算不出来。")
        self.banner.refuse(refusal)

    def _to_visit(self) -> None:
        self.frame.go("visit", self.visit_id)
