"""Households: type to find, arrows to look, Enter to open; the side panel says who lives there."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout

from desktop.casework.programmes import PROGRAMMES
from desktop.casework.views import HouseholdRow
from desktop.forms import code_table
from ui.page import Host, Page
from ui.parts.basics import button, card, clear, label, row, tag
from ui.parts.choices import Pick
from ui.parts.lines import Line
from ui.parts.table import Column, Rows, Table
from ui.theme import px
from ui.words import place

_COLUMNS = (
    Column("户主", lambda home: home.head or "（无）", 120),
    Column("村（社区）", lambda home: home.village or "", 120),
    Column("组", lambda home: home.group or "", 60, spare=1),
    Column("人口", lambda home: str(home.member_count), 60, right=True, spare=2),
    Column("电话（遮盖）", lambda home: home.phone or "", 140, spare=3),
    Column("在办或在保", lambda home: "、".join(PROGRAMMES.get(code, (code, ""))[0] for code in home.programmes)),
)


class HouseholdsPage(Page):
    """The list of households with search as one types."""

    title = "家庭与人员"

    def __init__(self, frame: Host) -> None:
        super().__init__(frame)
        self.tools.addWidget(button("新建家庭", self._new, "primary", "Ctrl+N"))
        self.line = Line()
        self.line.setProperty("moves", False)
        self.line.setPlaceholderText("搜姓名、拼音首字母、证件尾号、村名、电话")
        self.line.setAccessibleName("搜家庭与人员")
        self.line.returnPressed.connect(self._enter)
        self.village = Pick({})
        self.village.setAccessibleName("村")
        self.count = label("", "small")
        self.body.addLayout(row(self.line, label("村", "muted"), self.village, self.count, None))
        self.line.setMinimumWidth(px(300))
        self.line.setMaximumWidth(px(420))
        self.rows = Rows(_COLUMNS, lambda limit, offset: [])
        self.table = Table(self.rows, "家庭名单", sortable=False)
        self.table.chosen.connect(lambda home: self.frame.go("household", home.household_id))
        self.table.looked_at.connect(self._side)
        list_card, list_lines = card(margin=4)
        list_lines.addWidget(self.table)
        side_card, side_lines = card()
        side_card.setMinimumWidth(px(220))
        side_card.setMaximumWidth(px(352))
        self._panel = side_lines
        across = QHBoxLayout()
        across.setSpacing(px(12))
        across.addWidget(list_card, 7)
        across.addWidget(side_card, 4)
        self.body.addLayout(across, 1)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(30)
        self._wait.timeout.connect(self._look)
        self.line.textChanged.connect(lambda _: self._wait.start())
        self.village.activated.connect(lambda _: self._look())

    def refresh(self) -> None:
        """Count anew and ask the same question again."""
        desk = self.workspace.read
        self.about.setText(f"{desk.household_count():,} 户")
        chosen = self.village.value()
        self.village.clear()
        self.village.addItem("全部", None)
        for name in desk.villages():
            self.village.addItem(name, name)
        self.village.setCurrentIndex(max(0, self.village.findData(chosen)))
        self._look()
        self.line.setFocus()

    def _new(self) -> None:
        self.frame.go("household", "new")

    def _look(self) -> None:
        text, village, desk = self.line.text(), self.village.value() or "", self.workspace.read
        self.rows.reload(lambda limit, offset: desk.households(text, village, limit, offset))
        shown = len(self.rows.items)
        self.count.setText(f"{shown} 户" if text else "")
        if shown:
            self.table.selectRow(0)
        else:
            self._side(None)

    def _enter(self) -> None:
        if self.table.current() is not None:
            self.table.chosen.emit(self.table.current())

    def _side(self, home: HouseholdRow | None) -> None:
        clear(self._panel)
        if home is None:
            words = (
                "没有找到。换几个字，或按 Ctrl+N 新建。" if self.line.text() else "还没有家庭。按 Ctrl+N 新建第一户。"
            )
            self._panel.addWidget(label(words, "muted", wrap=True))
            self._panel.addStretch(1)
            return
        view = self.workspace.read.household(home.household_id)
        relations = code_table("K03")
        self._panel.addWidget(label(f"{home.head or ''} 家", "head"))
        self._panel.addWidget(label(f"{place(view.village, view.group)} {view.address or ''}", "muted", wrap=True))
        self._panel.addWidget(label(f"家庭 {len(view.members)} 人", "head"))
        for member in view.members[:12]:
            self._panel.addLayout(
                row(label(member.name or ""), label(relations.get(member.relation or "", ""), "muted"), None,
                    label(member.birth_date or "", "small"))
            )  # fmt: skip
        if view.warnings:
            self._panel.addWidget(tag(f"! {len(view.warnings)} 处要核对", "amber"))
        if view.visits:
            self._panel.addWidget(label("最近走访", "head"))
            for visit in view.visits[:4]:
                self._panel.addWidget(label(f"{visit.visited_on}  {visit.form_name}", "small"))
        self._panel.addLayout(row(button("打开", self._enter, "primary", "Enter"), None))
        self._panel.addStretch(1)
