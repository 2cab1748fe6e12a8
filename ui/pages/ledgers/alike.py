"""All cells of one kind of fault, corrected together: typed, pasted as a column, or all made the same."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QDialog, QHeaderView, QLineEdit, QTableWidget, QTableWidgetItem, QWidget

from desktop.exchange.beside import Fault
from desktop.exchange.guidance import Mend
from ui.pages.ledgers.beside import mend_of
from ui.parts.basics import button, column, label, row, within
from ui.theme import px

_HEADS = ("行", "姓名", "列", "文件里是", "改成")
_CHANGE = 4


class _Cells(QTableWidget):
    """Ctrl+V puts a column of lines downward from the cell under the cursor."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.put(QApplication.clipboard().text())
            return
        super().keyPressEvent(event)

    def put(self, text: str) -> int:
        """Lines from the current row on; of a line with tabs the first cell. How many were put."""
        lines = [line.split("\t")[0].strip() for line in text.strip("\r\n").splitlines()]
        first = max(self.currentRow(), 0)
        taken = lines[: self.rowCount() - first]
        for place, line in enumerate(taken, first):
            self._cell(place).setText(line)
        return len(taken)

    def put_everywhere(self, text: str) -> None:
        """The same in every row."""
        for place in range(self.rowCount()):
            self._cell(place).setText(text)

    def typed(self, place: int) -> str:
        """What stands in a row's last column."""
        return self._cell(place).text().strip()

    def _cell(self, place: int) -> QTableWidgetItem:
        found = self.item(place, _CHANGE)
        assert found is not None
        return found


class AlikeDialog(QDialog):
    """`mends` are the corrections of the rows into which something was written."""

    def __init__(self, parent: QWidget, words: str, faults: Sequence[Fault]) -> None:
        super().__init__(parent)
        self.setWindowTitle("一次改一类")
        self.faults = list(faults)
        lines = column(self, margin=16, gap=10)
        lines.addWidget(label(f"{words}：{len(self.faults)} 处", "head", wrap=True))
        lines.addWidget(
            label("在“改成”里打字；也可以从 Excel 复制一列，点一格后按 Ctrl+V 往下填。空着的不改。", "muted", wrap=True)
        )
        self.cells = _Cells(len(self.faults), len(_HEADS))
        self.cells.setAccessibleName("要改的格")
        self.cells.setHorizontalHeaderLabels(_HEADS)
        self.cells.verticalHeader().hide()
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self.cells.horizontalHeader().setDefaultAlignment(left)
        self.cells.verticalHeader().setDefaultSectionSize(px(32))
        for place, fault in enumerate(self.faults):
            self._put(place, fault)
        for place, width in enumerate((60, 110, 150, 210)):
            self.cells.setColumnWidth(place, px(width))
        self.cells.horizontalHeader().setSectionResizeMode(_CHANGE, QHeaderView.ResizeMode.Stretch)
        self.cells.setCurrentCell(0, _CHANGE)
        lines.addWidget(self.cells, 1)
        self.same = QLineEdit()
        self.same.setMinimumWidth(px(260))
        self.same.setPlaceholderText("全部填成同样的内容")
        self.same.setAccessibleName("全部填成")
        lines.addLayout(row(self.same, button("全部填上", lambda: self.cells.put_everywhere(self.same.text())), None))
        self.done_button = button("改好了", self.accept, "primary")
        lines.addLayout(row(None, button("返回", self.reject), self.done_button))
        self.resize(within(parent, 860, 520))
        self.cells.setFocus()

    def _put(self, place: int, fault: Fault) -> None:
        cell = fault.cell
        head = f"{cell.letter} {cell.head or cell.label}"
        for at, text in enumerate((str(cell.row), fault.name, head, cell.now, "")):
            item = QTableWidgetItem(text)
            if at != _CHANGE:
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            self.cells.setItem(place, at, item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the table goes on typing, it does not close."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return
        super().keyPressEvent(event)

    @property
    def mends(self) -> list[Mend]:
        """What was written."""
        return [
            mend_of(fault.cell, text) for place, fault in enumerate(self.faults) if (text := self.cells.typed(place))
        ]
