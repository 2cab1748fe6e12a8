"""A ledger from Excel: examined row by row, shown with what is wrong in words, taken over, and taken back."""

import hashlib
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from db.refused import Refused
from desktop.casework import ledgers
from desktop.casework.ledgers import Batch
from desktop.exchange import Report, examine, refusal, take_over
from desktop.workspace import batches
from resources import read_toml
from ui import work
from ui.actions import Deed
from ui.page import Host, Page
from ui.parts.basics import button, card, clear, column, label, row, scrolled, tag
from ui.parts.choices import Chips
from ui.parts.table import Column, Rows, Table
from ui.theme import px
from ui.words import local

_CLASSES = {"report": "要改", "warn": "提示", "clean": "干净", "ignore": "不是数据"}
_TONES = {"report": "red", "warn": "amber", "clean": "green", "ignore": "muted"}
_SIGNS = {"report": "✕", "warn": "!", "clean": "✓", "ignore": "·"}
_MOST = 50_000_000
_NOBODY = "选一个 Excel 或 WPS 文件。先逐行看一遍，哪些行能导、哪些要改；看过再写入。原文件不会动。"


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    return dict(read_toml("words", "ledger.toml"))


def in_words(code: str) -> str:
    """What a code means."""
    return _words().get(code, code)


_COLUMNS = (
    Column("表", lambda r: str(r["sheet"]), 110, spare=1),
    Column("行", lambda r: str(r["row"]), 56, right=True),
    Column("结果", lambda r: f"{_SIGNS[r['class']]} {_CLASSES[r['class']]}", 92, tone=lambda r: _TONES[r["class"]]),
    Column("姓名", lambda r: str((r.get("values") or {}).get("name") or ""), 96),
    Column("为什么", lambda r: "；".join(in_words(code) for code in r["codes"])),
)


class LedgersPage(Page):
    """`look_at(path)` examines a file, `take_over()` writes what may be written."""

    title = "台账导入"

    def __init__(self, frame: Host) -> None:
        super().__init__(frame)
        self.report: Report | None = None
        self.task: work.Task | None = None
        self._entries: list[dict[str, Any]] = []
        self._sha256 = ""
        self.choose_button = button("选文件…", self.choose, shortcut="Ctrl+O")
        self.take_button = button("写入", self.take_over, "primary")
        self.tools.addWidget(self.choose_button)
        self.tools.addWidget(self.take_button)
        self.shown = Chips({"all": "全部", **_CLASSES}, many=False)
        self.shown.setAccessibleName("看哪些行")
        self.shown.set_value("all")
        self.shown.committed.connect(self._narrow)
        self.table = Table(Rows(_COLUMNS, self._fetch), "台账的行", sortable=False)
        self.empty = label(_NOBODY, "muted", wrap=True)
        frame_card, lines = card(margin=4)
        above = column(holder := QWidget(), margin=8)
        above.addWidget(self.shown)
        above.addWidget(self.empty)
        lines.addWidget(holder)
        lines.addWidget(self.table, 1)
        self.why = label("", "small", wrap=True)
        self.why.setContentsMargins(px(10), px(4), px(10), px(4))
        self.why.setMinimumHeight(px(44))
        self.table.looked_at.connect(self._explain)
        lines.addWidget(self.why)
        inner = QWidget()
        side = column(inner, margin=10, gap=6)
        self._said, self._batches = QVBoxLayout(), QVBoxLayout()
        for part in (self._said, self._batches):
            part.setSpacing(px(6))
            side.addLayout(part)
        side.addStretch(1)
        side_card, holding = card(margin=2)
        side_card.setMinimumWidth(px(240))
        side_card.setMaximumWidth(px(340))
        holding.addWidget(scrolled(inner))
        across = QHBoxLayout()
        across.setSpacing(px(12))
        across.addWidget(frame_card, 3)
        across.addWidget(side_card, 1)
        self.body.addLayout(across, 1)

    def refresh(self) -> None:
        """What was examined stays; the batches are asked anew."""
        self._say()
        self._list_batches()
        (self.take_button if self.take_button.isEnabled() else self.choose_button).setFocus()

    def deeds(self) -> list[Deed]:
        """Choose and write."""
        return [
            Deed("选台账文件", "Ctrl+O", "folder", self.choose, lambda: self.task is None),
            Deed("写入台账", "", "table-import", self.take_over, self.take_button.isEnabled),
        ]

    # ---- examining ----

    def choose(self) -> None:
        """Ask for a file."""
        path, _ = QFileDialog.getOpenFileName(self, "台账文件", "", "表格 (*.xlsx *.xls *.csv);;所有文件 (*)")
        if path:
            self.look_at(Path(path))

    def look_at(self, path: Path) -> None:
        """Examine a file aside; nothing is written."""
        if self.task is not None:
            return
        self.banner.hide()
        on = self.workspace.on
        self.about.setText(f"正在看 {path.name}…")

        def act(tell: work.Tell) -> tuple[Report, list[dict[str, Any]], str]:
            data = _read(path)
            found = examine(data, path.name, on=on)
            rows = found.as_json()["rows"]
            tell(1, 1, "看完了")
            return found, rows, hashlib.sha256(data).hexdigest()

        self.task = work.aside(act, lambda found: self._looked(*found), self._refused)
        self.task.ended.connect(self._ended)

    def _ended(self) -> None:
        self.task = None
        self._say()

    def _refused(self, refused: Refused) -> None:
        self.about.setText("")
        self.banner.refuse(refused)

    def _looked(self, report: Report, rows: list[dict[str, Any]], sha256: str) -> None:
        self.report, self._entries, self._sha256 = report, rows, sha256
        self.about.setText(report.file)
        self.shown.set_value("report" if report.classes["report"] else "all")
        self._narrow()

    def _narrow(self) -> None:
        if self.shown.value() is None:
            self.shown.set_value("all")
        self.table.rows.reload()
        if self.table.rows.items:
            self.table.selectRow(0)

    def _fetch(self, limit: int, offset: int) -> list[dict[str, Any]]:
        wanted = self.shown.value()
        return [one for one in self._entries if wanted in ("all", one["class"])][offset : offset + limit]

    def _explain(self, entry: dict[str, Any] | None) -> None:
        """The whole sentence of the row under the cursor."""
        said = "；".join(in_words(code) for code in entry["codes"]) if entry is not None else ""
        self.why.setText(f"第 {entry['row']} 行：{said or '没有要改的'}。" if entry is not None else "")

    def _say(self) -> None:
        clear(self._said)
        self.empty.setVisible(self.report is None)
        self.shown.setVisible(self.report is not None)
        homes = len(self.report.plan.households) if self.report is not None and self.report.writable else 0
        self.take_button.setEnabled(bool(homes) and self.task is None)
        self.take_button.setText(f"写入 {homes} 户" if homes else "写入")
        if self.report is None:
            return
        self._said.addWidget(label("看下来", "head"))
        for kind, words in _CLASSES.items():
            tone = _TONES[kind] if kind != "ignore" else "plain"
            count = tag(f"{self.report.classes[kind]:,}", tone)
            self._said.addLayout(row(label(f"{_SIGNS[kind]} {words}"), None, count))
        if not self.report.writable:
            self._said.addWidget(label("这种台账现在只能看，还不能写入（备用金台账还没有地方存）。", "warn", wrap=True))
        for finding in self.report.file_level:
            words = finding.get("detail") or in_words(finding["code"])
            self._said.addWidget(label(f"! {finding['sheet']}：{words}", "warn", wrap=True))
        for sheet in self.report.sheets:
            told = sheet.as_json()
            if told["action"] == "ignore":
                self._said.addWidget(label(f"{told['sheet']}：{in_words(told['reason'])}", "small", wrap=True))

    # ---- writing and taking back ----

    def take_over(self) -> None:
        """Write every household whose rows are all clean or only warned of, in one transaction."""
        report, sha256 = self.report, self._sha256
        if report is None or self.task is not None or not report.writable:
            return
        self.task = work.submit(
            self.workspace,
            lambda act: take_over(act, report, sha256),
            self._taken,
            self.banner.refuse,
        )
        self.task.ended.connect(self._ended)
        self._say()

    def _taken(self, batch: Batch) -> None:
        self.frame.refresh_status()
        self._list_batches()
        if batch.repeated:
            self.banner.say("这个文件以前已经写入过，这次没有再写。", "amber")
            return
        known = f"，{batch.known} 户早已登记、没有重复写" if batch.known else ""
        self.banner.say(f"已写入 {batch.households} 户、{batch.persons} 人{known}。要改的行没有写入。", "green")

    def _list_batches(self) -> None:
        clear(self._batches)
        found = self.workspace.look(batches.listed)
        if found:
            self._batches.addSpacing(px(8))
            self._batches.addWidget(label("写入过的", "head"))
        for one in found:
            back = button("撤销", partial(self.undo, one.batch_id))
            back.setAccessibleName(f"撤销 {local(one.taken_at)} 写入的台账")
            state = tag("已撤销", "plain") if one.undone else back
            words = f"{local(one.taken_at)} {one.taken_by} · {one.rows} 行"
            self._batches.addLayout(row(label(words, "small"), None, state))

    def undo(self, batch_id: str) -> None:
        """Take a whole batch back, unless somebody has worked on it since."""
        work.submit(
            self.workspace, lambda act: ledgers.undo(act, batch_id), lambda _: self._undone(), self.banner.refuse
        )

    def _undone(self) -> None:
        self._list_batches()
        self.frame.refresh_status()
        self.banner.say("这一批已经整批撤销。", "green")


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MOST:
            raise refusal("LEDGER_TOO_LARGE")
        return path.read_bytes()
    except OSError:
        raise refusal("LEDGER_MISSING") from None
