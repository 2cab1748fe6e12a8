"""Visits: the latest first, Enter opens the questionnaire."""

from desktop.casework.views import VisitRow
from ui.actions import Deed
from ui.page import Host, Page
from ui.pages.withdrawing import withdraw
from ui.parts.basics import button, card, label
from ui.parts.table import Column, Rows, Table


def state_of(visit: VisitRow) -> tuple[str, str]:
    """How far a visit has come, with its sign, and the tone."""
    if visit.status == "completed":
        return "✓ 已完成", "green"
    return ("✎ 待签字", "accent") if visit.to_sign else ("… 进行中", "amber")


_COLUMNS = (
    Column("日期", lambda visit: visit.visited_on or "", 112),
    Column("户或人", lambda visit: visit.subject or "", 110),
    Column("村（社区）", lambda visit: visit.village or "", 110, spare=1),
    Column("表", lambda visit: f"{visit.form_name} {visit.form_code}"),
    Column(
        "状态",
        lambda visit: state_of(visit)[0],
        96,
        tone=lambda visit: state_of(visit)[1],
    ),
)


class VisitsPage(Page):
    """The list of visits."""

    title = "走访"

    def __init__(self, frame: Host) -> None:
        super().__init__(frame)
        desk = self.workspace.read
        self.table = Table(
            Rows(_COLUMNS, lambda limit, offset: desk.visits(limit=limit, offset=offset)), "走访名单", sortable=False
        )
        self.table.chosen.connect(lambda visit: frame.go("visit", visit.visit_id))
        self.empty = label("还没有走访。到“家庭与人员”打开一户，点“开始走访”。", "muted")
        self.tools.addWidget(button("作废…", self.withdraw))
        frame_card, lines = card(margin=4)
        lines.addWidget(self.empty)
        lines.addWidget(self.table)
        self.body.addWidget(frame_card, 1)

    def refresh(self) -> None:
        """Ask the store again."""
        self.table.rows.reload()
        self.empty.setVisible(not self.table.rows.items)
        if self.table.rows.items:
            self.table.selectRow(0)
        self.table.setFocus()

    def deeds(self) -> list[Deed]:
        """What can be done with the visit under the cursor."""
        return [Deed("作废这次走访", "", "x", self.withdraw, lambda: self.table.current() is not None)]

    def withdraw(self) -> None:
        """Take a visit that was begun by mistake back, with a reason."""
        visit = self.table.current()
        if visit is not None:
            withdraw(self, self.workspace, visit.visit_id, self._withdrawn, self.banner.refuse)

    def _withdrawn(self, words: str) -> None:
        self.refresh()
        self.frame.refresh_status()
        self.banner.say(words, "green")
