"""Visits: the latest first, Enter opens the questionnaire."""

from ui.page import Host, Page
from ui.parts.basics import card, label
from ui.parts.table import Column, Rows, Table

_COLUMNS = (
    Column("日期", lambda visit: visit.visited_on or "", 100),
    Column("户或人", lambda visit: visit.subject or "", 110),
    Column("村（社区）", lambda visit: visit.village or "", 110, spare=1),
    Column("表", lambda visit: f"{visit.form_name} {visit.form_code}"),
    Column(
        "状态",
        lambda visit: "✓ 已完成" if visit.status == "completed" else "… 进行中",
        96,
        tone=lambda visit: "green" if visit.status == "completed" else "amber",
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
