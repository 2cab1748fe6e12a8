"""Ledgers out of the window: one of the store's as a file where the person wants it, and the rows that were refused."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QLayout, QProgressBar, QWidget

from db.refused import Refused
from desktop.casework.edition_views import EditionView
from desktop.casework.files import write_file
from desktop.casework.work import Work
from desktop.exchange import Report
from desktop.exchange.outgoing.exporting import Exported, export, needs_nameless, needs_sealing, suggested_name
from desktop.exchange.outgoing.pages import layouts
from desktop.exchange.outgoing.refused_rows import held_rows, refused_rows
from desktop.exchange.profiles import named
from ui import paper_files, work
from ui.page import Page
from ui.pages.ledgers.second import SecondPerson
from ui.parts.basics import Banner, button, column, focus_soon, label, row, scrolled
from ui.parts.choices import Chips
from ui.parts.inputs import choice_field, text_field
from ui.theme import px

_REASONS = ("上报县民政局", "发放核对", "村里核对", "移交存档")
_MONTH = "不写就是现在的。写了：花名册到这个月为止，发放和救助只要这个月的。"
_FILTER, _PLAIN = "Excel 表格 (*.xlsx)", "CSV 文本 (*.csv)"
_KEEP = "导出的文件没有加密，用完请删。"
_SEALED = "文件已加密；打开密码请另外告诉收件人，不要和表格一起送。"
_typed: WeakKeyDictionary[Page, dict[str, Any]] = WeakKeyDictionary()
"""What stood in the dialog of a page when the person went back."""


def offered() -> dict[str, str]:
    """The ledgers that can be exported here, by code, in order."""
    codes = sorted(layouts(), key=lambda code: int(code[1:]))
    return {code: f"{code} {layouts()[code].title}" for code in codes}


class ExportDialog(QDialog):
    """Which ledger, which month, why, where to; what stands against it is said here and nothing typed is lost."""

    def __init__(self, page: Page, profile: str = "") -> None:
        super().__init__(page)
        self.page = page
        self.task: work.Task | None = None
        self.finished.connect(self.deleteLater)
        self.setWindowTitle("导出台账")
        self.setAccessibleName("导出台账")
        lines = column(self, margin=20, gap=8)
        self.banner = Banner()
        lines.addWidget(self.banner)
        self.kind = choice_field("哪一种台账", offered(), required=True)
        self.month = text_field("月份（可以不写）", form="month", hint="例如 2026-09")
        self.reasons = Chips({words: words for words in _REASONS}, many=False)
        self.reasons.setAccessibleName("常用的事由")
        self.reason = text_field("事由（记入日志）", required=True, hint="点上面的一个，或自己写")
        self.reason.editor.setProperty("moves", False)  # Enter exports
        self._fields = column(inner := QWidget(), gap=8)
        self.second = SecondPerson(page.workspace)
        for part in (self.kind, self.month, self.reasons, self.reason, self.second):
            self._fields.addWidget(part)
        self._area = scrolled(inner)
        lines.addWidget(self._area)
        self.saying = label("", "small", wrap=True)
        self.bar = QProgressBar()
        self.bar.setAccessibleName("导出进度")
        self.bar.setTextVisible(False)
        lines.addWidget(self.saying)
        lines.addWidget(self.bar)
        lines.addStretch(1)
        self.leave = button("返回", self.reject, shortcut="Esc")
        self.go = button("选地方并导出…", self.choose, "primary", "Enter")
        self.go.setDefault(True)
        lines.addLayout(row(None, self.leave, self.go, gap=12))
        self.setMinimumWidth(px(640))
        self.banner.changed.connect(self._fit)
        self.kind.committed.connect(lambda _: self._show_second())
        self.month.committed.connect(lambda _: self._check_month())
        self.reasons.committed.connect(self._take_reason)
        self._recall(profile)
        self._show_under_way()
        focus_soon(self.month if self.kind.value() else self.kind)

    def showEvent(self, event: QShowEvent) -> None:
        """As high as what stands in it."""
        super().showEvent(event)
        self._fit_twice()

    def _fit(self) -> None:
        """As high as what stands in it, so that nothing is cut; on a low screen the fields scroll."""
        layout = self.layout()
        if layout is None:
            return
        layout.activate()
        wide, most = self.width(), self.screen().availableGeometry().height() - px(48)
        need = self._fields.totalHeightForWidth(wide - 2 * px(20))
        self._area.setFixedHeight(need)
        over = self._high(layout) - most
        if over > 0:
            self._area.setFixedHeight(max(need - over, px(80)))
        self.resize(wide, min(self._high(layout), most))

    def _high(self, layout: QLayout) -> int:
        """The height that everything takes together."""
        layout.activate()
        return (
            layout.totalHeightForWidth(self.width()) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
        )

    def _fit_twice(self) -> None:
        """Now, and once the parts know their width."""
        self._fit()
        QTimer.singleShot(0, self, self._fit)

    def _recall(self, profile: str) -> None:
        """What stood here when the person went back, and the ledger that is asked for."""
        typed = _typed.get(self.page, {})
        known = named(profile) if profile else None
        code = known.code if known is not None else typed.get("kind")
        self.kind.set_value(code if code in offered() else None)
        self.month.set_value(typed.get("month"))
        self.reason.set_value(typed.get("reason"))
        self._check_month()
        self._show_second()

    @property
    def sealed(self) -> bool:
        """Whether this ledger needs a second person."""
        return needs_sealing(str(self.kind.value() or ""))

    def _show_second(self) -> None:
        self.second.setVisible(self.sealed)
        self._fit_twice()

    def _take_reason(self) -> None:
        if (words := self.reasons.value()) is not None:
            self.reason.line.setText(words)
            self.reason.set_error("")

    def _check_month(self) -> bool:
        """Whether the month is one, or none; what is wrong with it is said below it."""
        text = str(self.month.value() or "")
        good = not text or (len(text) == 7 and text[4] == "-" and text[5:].isdigit() and 1 <= int(text[5:]) <= 12)
        self.month.line.setText(text)
        self.month.set_error(_MONTH if good else "月份写成 2026-09 这样，或空着。", "small" if good else "error")
        return good

    def _ready(self) -> bool:
        """Whether all that is needed stands there; the focus goes to the first that is not."""
        self.kind.set_error("" if self.kind.value() else "先选一种台账。")
        told = 1 <= len(str(self.reason.value() or "")) <= 200
        self.reason.set_error("" if told else "写上为什么导出（200 字以内）。")
        good = ((self.kind, bool(self.kind.value())), (self.month, self._check_month()), (self.reason, told))
        wrong = [field for field, stands in good if not stands]
        try:
            wrong += [more] if self.sealed and (more := self.second.lacking()) is not None else []
        except Refused as refused:
            self.banner.refuse(refused)
            return False
        if wrong:
            wrong[0].setFocus()
        return not wrong

    def choose(self) -> None:
        """Ask where the file goes, and write it there."""
        if self.task is not None or not self._ready():
            return
        workspace = self.page.workspace
        month = str(self.month.value() or workspace.on.isoformat()[:7])
        name = suggested_name(str(self.kind.value()), workspace.identity.township, month)
        path = _ask_where(self, "导出台账", name, plain=not self.sealed)
        if path is not None:
            self.export_to(path)

    def export_to(self, path: Path) -> None:
        """Write the ledger to a file, aside; the file is there or nothing of it."""
        if self.task is not None or not self._ready():
            return
        self.banner.hide()
        code, reason = str(self.kind.value()), str(self.reason.value())
        month, township = self.month.value(), self.page.workspace.identity.township_name
        agree = self.second.sealing() if self.sealed else None

        def act(on: Work) -> Exported:
            on.step(0, 3, "正在核对第二个人的口令" if agree is not None else "正在从库里取")
            sealing = agree() if agree is not None else None
            on.step(1, 3, "正在从库里取")
            made = export(on, code, reason, month, township, sealing, plain=path.suffix.lower() == ".csv")
            needs_nameless(path.stem, made.names)
            on.step(2, 3, "正在写文件")
            write_file(path, made.data)
            return made

        self.task = work.submit(
            self.page.workspace, act, lambda made: self._written(made, path), self._refused, parent=self
        )
        self.task.progressed.connect(self._progress)
        self.task.ended.connect(self._ended)
        self._progress(0, 0, "排队等写入…")
        self._show_under_way()

    def _progress(self, done: int, total: int, words: str) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.saying.setText(words)

    def _show_under_way(self) -> None:
        """While a file is on its way nothing can be changed; going back stops it."""
        busy = self.task is not None
        for typed in (self.kind, self.month, self.reasons, self.reason, self.second, self.go):
            typed.setEnabled(not busy)
        for told in (self.bar, self.saying):
            told.setVisible(busy)
        if busy:
            self.leave.setFocus()
        self.leave.setText("停下  Esc" if busy else "返回  Esc")
        self.leave.setAccessibleName("停下" if busy else "返回")
        self._fit()

    def _written(self, made: Exported, path: Path) -> None:
        _typed.pop(self.page, None)
        self.page.frame.refresh_status()
        title = layouts()[str(self.kind.value())].title
        end = _SEALED if self.sealed else _KEEP
        self.page.banner.say(f"{title}已导出 {made.rows:,} 行到“{path.name}”。{end}", "green")
        self.accept()

    def _refused(self, refused: Refused) -> None:
        self.banner.refuse(refused)

    def _ended(self) -> None:
        self.task = None
        self.second.forget()
        self._show_under_way()
        self.go.setFocus()

    def reject(self) -> None:
        """Esc stops what is under way, else goes back and keeps what was typed."""
        if self.task is not None:
            self.task.cancel()
            self.saying.setText("正在停下…")
            return
        fields = {"kind": self.kind, "month": self.month, "reason": self.reason}
        _typed[self.page] = {name: field.value() for name, field in fields.items()}
        super().reject()


def save_refused(page: Page, report: Report, edition: EditionView | None) -> None:
    """Ask where to, and write the rows that were not taken with the reasons beside them; an audited export."""
    held = held_rows(edition) if edition is not None else None

    def made(found: tuple[bytes, int] | None) -> None:
        if found is None:
            page.banner.say("没有要改的行，不用另存。", "green")
            return
        known = named(report.profile)
        name = f"{known.code if known is not None else '台账'}_没导入的行_{page.workspace.on:%Y%m%d}.xlsx"
        path = _ask_where(page, f"另存没导入的 {found[1]} 行", name)
        if path is not None:
            write_refused(page, report, found, path)

    work.aside(lambda _: refused_rows(report, held), made, page.banner.refuse, parent=page)


def write_refused(page: Page, report: Report, found: tuple[bytes, int], path: Path) -> None:
    """Write the refused rows to a file and the export into the audit chain, both or neither."""
    data, rows = found

    def act(on: Work) -> None:
        on.allow("import")
        needs_nameless(path.stem, _names(report))
        write_file(path, data)
        said = {"reason": "改正后再导入", "rows": rows, "sha256": hashlib.sha256(data).hexdigest()}
        on.record("export.refused_rows", report.profile, said)

    words = f"没导入的 {rows:,} 行已存到“{path.name}”，右边两列写着原行号和原因；改好再导入。{_KEEP}"
    work.submit(page.workspace, act, lambda _: page.banner.say(words, "green"), page.banner.refuse, parent=page)


def _names(report: Report) -> Iterable[str]:
    return {str(one.values["name"]) for ledger in report.ledgers for one in ledger.data if one.values.get("name")}


def _ask_where(parent: QWidget, title: str, name: str, plain: bool = False) -> Path | None:
    """The file that the person names, with its ending; None when the person went back. `plain` offers .csv too."""
    folder = paper_files.documents_folder()
    kinds = f"{_FILTER};;{_PLAIN}" if plain else _FILTER
    path, kind = QFileDialog.getSaveFileName(parent, title, str(folder / name), kinds)
    if not path:
        return None
    ending = ".csv" if plain and kind == _PLAIN else ".xlsx"
    endings = (".xlsx", ".csv") if plain else (".xlsx",)
    return Path(path) if Path(path).suffix.lower() in endings else Path(path + ending)
