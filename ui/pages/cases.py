"""Cases: all of them with status and nearest deadline, narrowed as one types; Enter opens one."""

from PySide6.QtCore import QTimer

from desktop.casework import case_list
from desktop.casework.case_views import CaseLine
from ui import case_words, work
from ui.page import Host, Page
from ui.parts.basics import card, label, row
from ui.parts.choices import Pick
from ui.parts.lines import Line
from ui.parts.table import Column, Rows, Table
from ui.theme import px

_EMPTY = "还没有办件。到“家庭与人员”打开一户，点“建一个办件”。"
_URGENT = ("red", "orange", "yellow")
_COLUMNS = (
    Column("户或人", lambda one: one.case.subject or "", 120),
    Column("业务", lambda one: case_words.programme(one.case.programme_code), 150),
    Column(
        "状态",
        lambda one: case_words.status(one.case.status),
        112,
        tone=lambda one: {"plain": "muted"}.get(tone := case_words.status_tone(one.case.status), tone),
    ),
    Column(
        "期限",
        lambda one: case_words.deadline(one.deadline)[0],
        184,
        tone=lambda one: {"plain": "muted"}.get(tone := case_words.deadline(one.deadline)[1], tone),
    ),
    Column("哪个期限", lambda one: one.deadline.name if one.deadline else "", 130, spare=2),
    Column("受理", lambda one: one.case.accepted_on or "", 100, spare=1),
    Column("村（社区）", lambda one: one.case.village or "", 110, spare=3),
    Column("案号", lambda one: case_words.short_number(one.case.case_no)),
)


class CasesPage(Page):
    """The list of cases; `wait` runs between the last key and the look."""

    title = "办件"

    def __init__(self, frame: Host) -> None:
        super().__init__(frame)
        self._all: list[CaseLine] = []
        self.line = Line()
        self.line.setProperty("moves", False)
        self.line.setPlaceholderText("搜姓名、案号、村名")
        self.line.setAccessibleName("搜办件")
        self.line.setMinimumWidth(px(240))
        self.line.setMaximumWidth(px(320))
        self.line.returnPressed.connect(self._enter)
        self.programme, self.status = Pick({}), Pick({})
        for pick, name in ((self.programme, "业务"), (self.status, "状态")):
            pick.setAccessibleName(name)
            pick.activated.connect(lambda _=0: self._look())
        self.count = label("", "small")
        self.body.addLayout(
            row(
                self.line, label("业务", "muted"), self.programme, label("状态", "muted"), self.status, self.count, None
            )
        )
        self.rows = Rows(_COLUMNS, lambda limit, offset: [])
        self.table = Table(self.rows, "办件名单")
        self.table.chosen.connect(lambda one: frame.go("case", one.case.case_id))
        self.empty = label("", "muted", wrap=True)
        holder, lines = card(margin=4)
        lines.addWidget(self.empty)
        lines.addWidget(self.table)
        self.body.addWidget(holder, 1)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(30)
        self._wait.timeout.connect(self._look)
        self.line.textChanged.connect(lambda _: self._wait.start())

    def refresh(self) -> None:
        """Read every case anew off the UI thread; what stands there stays until it is read."""
        self.banner.hide()
        work.submit(self.workspace, case_list.lines, self._read, self.banner.refuse, parent=self)
        self.line.setFocus()

    def _read(self, found: list[CaseLine]) -> None:
        self._all = found
        near = sum(1 for one in found if one.deadline is not None and one.deadline.level in _URGENT)
        self.about.setText(f"{len(found):,} 件" + (f" · {near} 件快到期或已逾期" if near else ""))
        codes = dict.fromkeys(one.case.programme_code for one in found)
        _fill(self.programme, {code: case_words.programme(code) for code in codes})
        states = dict.fromkeys(one.case.status for one in found)
        _fill(self.status, {code: case_words.status(code) for code in states})
        self._look()

    def _look(self) -> None:
        text = "".join(self.line.text().split()).lower()
        programme, status = self.programme.value(), self.status.value()
        found = [
            one
            for one in self._all
            if programme in (None, one.case.programme_code)
            and status in (None, one.case.status)
            and (not text or text in f"{one.case.subject or ''} {one.case.case_no} {one.case.village or ''}".lower())
        ]
        found.sort(key=lambda one: (one.deadline is None, one.deadline.due or "9999" if one.deadline else ""))
        kept = self.table.current()
        self.rows.reload(lambda limit, offset: found[offset : offset + limit])
        self.count.setText(f"{len(found):,} 件" if len(found) != len(self._all) else "")
        words = (
            "没有这样的办件，换个条件看看。" if self._all else "还没有办件。到“家庭与人员”打开一户，点“建一个办件”。"
        )
        self.empty.setText(words)
        self.empty.setVisible(not found)
        ids = [one.case.case_id for one in self.rows.items]
        if ids:
            here = kept.case.case_id if kept is not None else ""
            self.table.selectRow(ids.index(here) if here in ids else 0)

    def _enter(self) -> None:
        self._wait.stop()
        self._look()
        if self.table.current() is not None:
            self.table.chosen.emit(self.table.current())


def _fill(pick: Pick, options: dict[str, str]) -> None:
    chosen = pick.value()
    pick.clear()
    pick.addItem("全部", None)
    for code, words in options.items():
        pick.addItem(words, code)
    pick.setCurrentIndex(max(0, pick.findData(chosen)))
