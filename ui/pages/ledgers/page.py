"""A ledger from Excel: dropped, examined row by row, corrected beside the original, written, taken back."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QStackedWidget, QWidget

from db.refused import Refused
from desktop.casework import ledgers
from desktop.casework.edition_views import EditionView
from desktop.casework.ledger_columns import remember, remembered
from desktop.casework.ledgers import Batch
from desktop.exchange import Report, compare, take_over
from desktop.exchange.desk import Desk, lay
from desktop.exchange.files.opening import ledger_bytes
from desktop.exchange.guidance import Mend, Remembered
from desktop.workspace import batches
from ui import work
from ui.actions import Deed
from ui.page import Host, Page
from ui.pages.ledgers.alike import AlikeDialog
from ui.pages.ledgers.columns import ColumnsDialog
from ui.pages.ledgers.edition import EditionPanel
from ui.pages.ledgers.findings import Batches, Findings
from ui.pages.ledgers.rows import Entry, RowsPanel
from ui.pages.ledgers.sending import ExportDialog, save_refused
from ui.pages.ledgers.words import in_words
from ui.parts.basics import button, card, column, label, row, scrolled
from ui.parts.choices import Chips
from ui.theme import px

_NOBODY = (
    "把表格拖到这里，或者点“选文件”\n（.xlsx、.xls、.csv）\n\n"
    "先逐行看一遍：哪些行能导、哪些要改\n看过再写入，原文件不会动"
)
_ROWS, _EDITION = "rows", "edition"


class LedgersPage(Page):
    """`look_at(path)` examines a file, `take_over()` writes what may be written."""

    title = "台账"

    def __init__(self, frame: Host) -> None:
        super().__init__(frame)
        self.desk: Desk | None = None
        self.edition: EditionView | None = None
        self.task: work.Task | None = None
        self._asked = self._written_before = False
        self.setAcceptDrops(True)
        self.choose_button = button("选文件…", self.choose, shortcut="Ctrl+O")
        self.export_button = button("导出台账…", self.export)
        self.take_button = button("写入", self.take_over, "primary")
        for one in (self.choose_button, self.export_button, self.take_button):
            self.tools.addWidget(one)
        across = QHBoxLayout()
        across.setSpacing(px(12))
        across.addWidget(self._left(), 3)
        across.addWidget(self._right(), 1)
        self.body.addLayout(across, 1)

    def _left(self) -> QWidget:
        """Counters, then the rows with the one looked at, or what writing would do."""
        frame_card, lines = card(margin=4)
        above = column(holder := QWidget(), margin=8)
        self.sight = Chips({_ROWS: "逐行看", _EDITION: "写进去会怎样"}, many=False)
        self.sight.setAccessibleName("看什么")
        self.sight.set_value(_ROWS)
        self.sight.committed.connect(lambda: self.look(str(self.sight.value() or _ROWS)))
        self.empty = label(_NOBODY, "muted", wrap=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.refused_button = button("没导的行存成表…", self.save_refused)
        sights = row()
        sights.addWidget(self.sight, 1)
        sights.addWidget(self.refused_button)
        above.addLayout(sights)
        above.addWidget(self.empty)
        lines.addWidget(holder)
        lines.addWidget(self._progress())
        self.rows = RowsPanel()
        self.rows.mended.connect(lambda mend: self.mend([mend]))
        self.changes = EditionPanel()
        self.changes.household_asked.connect(lambda home: self.frame.go("household", home))
        self.stack = QStackedWidget()
        self.stack.addWidget(self.rows)
        self.stack.addWidget(self.changes)
        lines.addWidget(self.stack, 1)
        return frame_card

    def _progress(self) -> QWidget:
        self.progress = QWidget()
        self.bar, self._doing = QProgressBar(), label("", "small")
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("进度")
        line = row(self._doing, self.bar, button("取消", self._cancel))
        line.setContentsMargins(px(8), 0, px(8), px(4))
        self.progress.setLayout(line)
        self.progress.hide()
        return self.progress

    def _right(self) -> QWidget:
        side = column(inner := QWidget(), margin=10, gap=6)
        self.findings, self.batches = Findings(), Batches()
        self.findings.columns_asked.connect(self.name_columns)
        self.findings.alike_asked.connect(self.mend_alike)
        self.batches.undo_asked.connect(self.undo)
        side.addWidget(self.findings)
        side.addWidget(self.batches)
        side.addStretch(1)
        self.side, holding = card(margin=2)
        self.side.setMinimumWidth(px(250))
        self.side.setMaximumWidth(px(350))
        holding.addWidget(scrolled(inner))
        return self.side

    def refresh(self) -> None:
        """What was examined stays; the batches are asked anew."""
        self._say()
        self._list_batches()
        (self.take_button if self.take_button.isEnabled() else self.choose_button).setFocus()

    def deeds(self) -> list[Deed]:
        """Choose, write, export."""
        return [
            Deed("选台账文件", "Ctrl+O", "folder", self.choose, lambda: self.task is None),
            Deed("写入台账", "", "table-import", self.take_over, self.take_button.isEnabled),
            Deed("导出台账", "", "table-import", self.export),
        ]

    # ---- a file comes ----

    def choose(self) -> None:
        """Ask for a file."""
        path, _ = QFileDialog.getOpenFileName(self, "台账文件", "", "表格 (*.xlsx *.xls *.csv);;所有文件 (*)")
        if path:
            self.look_at(Path(path))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file may be dropped anywhere on the page."""
        if len(event.mimeData().urls()) == 1 and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A dropped file is examined."""
        event.acceptProposedAction()
        self.look_at(Path(event.mimeData().urls()[0].toLocalFile()))

    def look_at(self, path: Path) -> None:
        """Examine a file aside; nothing is written."""
        if self.task is not None:
            return
        self.about.setText(f"正在看 {path.name}…")
        on = self.workspace.on
        known = msgspec.convert(self.workspace.look(remembered), dict[str, Remembered])

        def act(tell: work.Tell) -> tuple[Desk, list[Entry]]:
            data = ledger_bytes(path)
            return _judged(lay(data, path.name, on, known, lambda done: tell(done, 0, f"读到第 {done:,} 行")))

        self._aside(act, lambda found: self._come(*found))

    def _come(self, desk: Desk, entries: list[Entry]) -> None:
        self._laid(desk)
        self.rows.show_desk(desk, entries)
        if not desk.report.ledgers:
            self.banner.say("没有认出这是哪种台账。请在右边点“对列”，告诉程序哪一列是什么。", "amber")

    def _laid(self, desk: Desk) -> None:
        self.desk = desk
        self._forget_edition()
        self.about.setText(desk.name)
        self.look(_ROWS)

    def _aside(self, act: Any, done: Any) -> None:
        """Run something on the desk aside, with progress and cancel."""
        self.banner.hide()
        self._begun(work.aside(act, done, self._refused))

    def _begun(self, task: work.Task) -> None:
        self.task = task
        self._doing.setText("")
        self.bar.setRange(0, 0)
        self.progress.show()
        task.progressed.connect(self._progressed)
        task.ended.connect(self._ended)
        self._say()

    def _progressed(self, done: int, total: int, text: str) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self._doing.setText(text)

    def _cancel(self) -> None:
        if self.task is not None:
            self.task.cancel()

    def _ended(self) -> None:
        self.task = None
        self.progress.hide()
        self._say()
        if self.desk is not None and not self._asked and self.desk.report.writable:
            self._compare()

    def _refused(self, refused: Refused) -> None:
        self.about.setText(self.desk.name if self.desk is not None else "")
        self.banner.refuse(refused)

    # ---- rows ----

    def mend(self, mends: Sequence[Mend]) -> None:
        """Judge the file anew with cells corrected; the place in the list is kept."""
        desk = self.desk
        if desk is None or self.task is not None or not mends:
            return

        def done(found: tuple[Desk, list[Entry]]) -> None:
            self._laid(found[0])
            self.rows.show_again(*found)

        self._aside(lambda _: _judged(desk.mend(mends)), done)

    def mend_alike(self, code: str) -> AlikeDialog | None:
        """All cells of one kind of fault, in a sheet of their own."""
        if self.desk is None or self.task is not None:
            return None
        dialog = AlikeDialog(self, in_words(code), self.desk.faults(code))
        dialog.accepted.connect(lambda: self.mend(dialog.mends))
        dialog.open()
        return dialog

    def name_columns(self, sheet: str) -> ColumnsDialog | None:
        """Say which column of a sheet is what."""
        if self.desk is None or self.task is not None:
            return None
        dialog = ColumnsDialog(self, self.desk, sheet)
        dialog.accepted.connect(lambda: self._read_as(dialog))
        dialog.open()
        return dialog

    def _read_as(self, dialog: ColumnsDialog) -> None:
        desk, sheet = self.desk, dialog.sheet
        if desk is None or self.task is not None:
            return
        reading = None if dialog.again else dialog.reading
        forget = desk.remembered_as(sheet) if dialog.again else ""

        def done(found: tuple[Desk, list[Entry]]) -> None:
            known = {key: msgspec.structs.asdict(one) for key, one in found[0].to_remember().items()}
            work.submit(self.workspace, lambda act: remember(act, known, forget), None, self.banner.refuse)
            self._come(*found)

        self._aside(lambda _: _judged(desk.read_as(sheet, reading)), done)

    def note_all(self) -> None:
        """Every warning was seen; on with the writing."""
        self.rows.note_all()
        self.banner.hide()
        self.take_over()

    # ---- what it comes to ----

    def look(self, sight: str) -> None:
        """At the rows, or at what writing would do."""
        self.sight.set_value(sight)
        self.stack.setCurrentIndex(0 if sight == _ROWS else 1)
        self._say()

    def _say(self) -> None:
        report = self.desk.report if self.desk is not None else None
        rows_shown = report is not None and self.sight.value() == _ROWS
        self.empty.setVisible(report is None)
        self.stack.setVisible(report is not None)
        self.sight.setVisible(report is not None and report.writable)
        waiting = report is not None and bool(report.classes["report"] or report.plan.unplaced)
        self.refused_button.setVisible(rows_shown and waiting)
        much = _much(report) if report is not None and report.writable else ""
        self.take_button.setEnabled(bool(much) and self.task is None)
        self.take_button.setText(f"写入 {much}" if much else "写入")
        self.findings.show_desk(self.desk)
        self.side.setVisible(self.desk is not None or self._written_before)

    def _compare(self) -> None:
        """Ask the store what this file would change."""
        desk = self.desk
        if desk is None or self.task is not None:
            return
        self._asked = True

        def done(edition: EditionView) -> None:
            self.edition = edition
            self.changes.show_edition(edition, desk.report.plan.unplaced)

        self._begun(work.submit(self.workspace, lambda act: compare(act, desk.report), done, self.banner.refuse))

    def _forget_edition(self) -> None:
        """What it said of the store is no longer so."""
        self.edition, self._asked = None, False
        self.changes.show_edition(None, ())

    # ---- writing and taking back ----

    def take_over(self) -> None:
        """Write every household whose rows are all clean or only warned of, once its warnings and changes were seen."""
        desk = self.desk
        if desk is None or self.task is not None or not desk.report.writable:
            return
        left = self.rows.to_note
        if left:
            self.look(_ROWS)
            self.rows.narrow("warn")
            words = f"有 {left} 行带提示，写入前请看一遍。"
            self.banner.say(words, "amber", ("都看过了，接着写", self.note_all))
            return
        if self.edition is None:
            self._compare()
            self.banner.say("还没有和库里比完，比完再点一次“写入”。", "amber")
            return
        if self.sight.value() == _ROWS and _to_look_at(self.edition):
            self.look(_EDITION)
            words = "写进去会动库里已有的，先看一眼；没有问题再写入。"
            self.banner.say(words, "amber", ("没有问题，写入", self.take_over))
            return
        self._begun(
            work.submit(
                self.workspace,
                lambda act: take_over(act, desk.report, desk.sha256, desk.mends),
                self._taken,
                self.banner.refuse,
            )
        )

    def _taken(self, batch: Batch) -> None:
        self._forget_edition()
        self.look(_ROWS)
        self.frame.refresh_status()
        self._list_batches()
        if batch.repeated:
            self.banner.say("这个文件以前已经写入过，这次没有再写。", "amber")
            return
        booked = f"{batch.entries} 笔账目，{batch.known_entries} 笔早已在账上"
        if (batch.entries or batch.known_entries) and not (batch.households or batch.known):
            self.banner.say(f"已写入 {booked}。", "green")
            return
        known = f"，{batch.known} 户早已登记、没有重复写" if batch.known else ""
        known += f"；{booked}" if batch.entries or batch.known_entries else ""
        held = f"，{batch.held} 户等您看看是不是同一个人" if batch.held else ""
        self.banner.say(f"已写入 {batch.households} 户、{batch.persons} 人{known}{held}。要改的行没有写入。", "green")

    def _list_batches(self) -> None:
        found = self.workspace.look(batches.listed)
        self.batches.show_batches(found)
        self._written_before = bool(found)
        self.side.setVisible(self.desk is not None or self._written_before)

    def undo(self, batch_id: str) -> None:
        """Take a whole batch back, unless somebody has worked on it since."""
        if self.task is None:
            self._begun(
                work.submit(
                    self.workspace, lambda act: ledgers.undo(act, batch_id), lambda _: self._undone(), self._refused
                )
            )

    def _undone(self) -> None:
        self._forget_edition()
        self._list_batches()
        self.frame.refresh_status()
        self.banner.say("这一批已经整批撤销。", "green")

    # ---- out ----

    def export(self) -> ExportDialog:
        """A ledger of the store as a file."""
        dialog = ExportDialog(self)
        dialog.open()
        return dialog

    def save_refused(self) -> None:
        """The rows that were not taken, in the file's own layout with the reasons."""
        if self.desk is not None:
            save_refused(self, self.desk.report, self.edition)


def _judged(desk: Desk) -> tuple[Desk, list[Entry]]:
    """A desk with everything that the page shows of it, made aside."""
    return desk, desk.report.as_json()["rows"]  # which makes the plan too


def _to_look_at(edition: EditionView) -> bool:
    """Writing would touch what is there already, or somebody has to be looked at."""
    unbooked = edition.fund is not None and edition.fund.missing
    return bool(edition.changed or edition.gone or edition.candidates or unbooked)


def _much(report: Report) -> str:
    """How much may be written: households, entries of a book, or nothing."""
    homes, booked = len(report.plan.households), len(report.plan.booked)
    return "、".join(words for count, words in ((homes, f"{homes} 户"), (booked, f"{booked} 笔")) if count)
