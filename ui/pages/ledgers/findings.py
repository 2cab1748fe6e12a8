"""What an examined file comes to: counts, what is said of sheets, kinds of faults; and the batches of before."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.exchange import columns
from desktop.exchange.desk import Desk
from desktop.workspace.batches import BatchRow
from ui.pages.ledgers.words import in_words
from ui.parts.basics import button, clear, column, label, row, tag
from ui.words import local

_LOOK_ONLY = "这种台账现在只能看，还不能写入。"


class Findings(QWidget):
    """`show_desk(desk)`; tells which sheet's columns or which kind of fault somebody wants to mend."""

    columns_asked = Signal(str)
    alike_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._lines = column(self, gap=6)
        self._shown: Desk | None = None

    def show_desk(self, desk: Desk | None) -> None:
        """Everything that is said of the file as a whole."""
        if desk is self._shown:
            return
        self._shown = desk
        clear(self._lines)
        if desk is None:
            return
        self._kinds(desk)
        self._said(desk)
        self._sheets(desk)

    def _kinds(self, desk: Desk) -> None:
        counts = sorted(desk.correctable().items(), key=lambda pair: -pair[1])
        if not counts:
            return
        self._lines.addWidget(label("一次改一类", "head"))
        for code, count in counts:
            change = button("改…", partial(self.alike_asked.emit, code))
            change.setAccessibleName(f"一次改：{in_words(code)}")
            self._lines.addLayout(_line(in_words(code), tag(f"{count:,}", "red"), change))

    def _said(self, desk: Desk) -> None:
        if desk.mends:
            self._lines.addWidget(label(f"改了 {len(desk.mends)} 格；原文件没有动。", "small", wrap=True))
        if desk.report.ledgers and not desk.report.writable:
            self._lines.addWidget(label(_LOOK_ONLY, "warn", wrap=True))
        for finding in desk.report.file_level:
            words = finding.get("detail") or in_words(finding["code"])
            self._lines.addWidget(label(f"! {finding['sheet']}：{words}", "warn", wrap=True))

    def _sheets(self, desk: Desk) -> None:
        self._lines.addWidget(label("各张表", "head"))
        readable, titles = columns.sheets(desk), columns.kinds()
        for chosen in desk.report.sheets:
            name = chosen.sheet.name
            said = titles[chosen.profile.code] if chosen.taken and chosen.profile else in_words(chosen.reason)
            if name not in readable:
                self._lines.addLayout(_line(f"{name}：{said}"))
                continue
            ask = button("对列…", partial(self.columns_asked.emit, name))
            ask.setAccessibleName(f"对列 {name}")
            self._lines.addLayout(_line(f"{name}：{said}", ask))


class Batches(QWidget):
    """The ledgers that were written, each with the way back."""

    undo_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._lines = column(self, gap=6)

    def show_batches(self, found: Sequence[BatchRow]) -> None:
        """Newest first."""
        clear(self._lines)
        if found:
            self._lines.addWidget(label("写入过的", "head"))
        for one in found:
            back = button("撤销", partial(self.undo_asked.emit, one.batch_id))
            back.setAccessibleName(f"撤销 {local(one.taken_at)} 写入的台账")
            state = tag("已撤销", "plain") if one.undone else back
            words = f"{columns.title_of(one.profile)}\n{local(one.taken_at)} {one.taken_by} · {one.rows} 行"
            self._lines.addLayout(_line(words, state))


def _line(words: str, *parts: QWidget) -> QHBoxLayout:
    """Words that take the room there is, with what belongs to them at the end."""
    line = row()
    line.addWidget(label(words, "small", wrap=True), 1)
    for part in parts:
        line.addWidget(part)
    return line
