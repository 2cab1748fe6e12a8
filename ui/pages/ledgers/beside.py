"""A row of the file beside what was read from it; what is wrong is corrected where it stands."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from desktop.exchange.beside import Beside, BesideRow
from desktop.exchange.guidance import Mend
from ui import theme
from ui.pages.ledgers.words import all_in_words
from ui.parts.basics import button, column, label, row
from ui.parts.table import NOWHERE, Index
from ui.theme import px

_HEADS = ("列", "文件里是", "改成（直接打字）", "读成", "为什么")
_CHANGE = 2
_WEIGHTS = (4, 6, 6, 6, 7)
_LESS, _NARROW = 3, 620
"""Where there is little room, only the first columns; what is wrong then stands above alone."""


def mend_of(cell: Beside, text: str) -> Mend:
    """The correction of a cell by what was typed."""
    return Mend(cell.sheet, cell.row, cell.column, text, cell.original)


class _Cells(QAbstractTableModel):
    """The cells of one row; only the third column is typed into."""

    typed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.cells: list[Beside] = []

    def show_cells(self, cells: Sequence[Beside]) -> None:
        self.beginResetModel()
        self.cells = sorted(cells, key=lambda one: (not one.wrong, not one.codes, not one.mended))
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.cells)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(_HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _HEADS[section]
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | (
            Qt.ItemFlag.ItemIsEditable if index.column() == _CHANGE else Qt.ItemFlag.NoItemFlags
        )

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        cell = self.cells[index.row()]
        if role == Qt.ItemDataRole.EditRole:
            return cell.now
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(cell, index.column())
        if role == Qt.ItemDataRole.ForegroundRole:
            tone = "red" if cell.wrong else "accent" if cell.mended else "amber" if cell.codes else ""
            return QColor(getattr(theme.current().tokens, tone)) if tone else None
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        cell = self.cells[index.row()]
        if role != Qt.ItemDataRole.EditRole or str(value) == cell.now:
            return False
        self.typed.emit(mend_of(cell, str(value)))
        return True

    def _text(self, cell: Beside, place: int) -> str:
        head = f"{cell.letter} {cell.head or cell.label}"
        changed = cell.now if cell.mended else ""
        return (head, cell.original, changed, cell.value, all_in_words(cell.codes))[place]


class _Grid(QTableView):
    """Typing anywhere in a line goes into its third column; columns share the room there is."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        shown = len(_HEADS) if self.viewport().width() >= px(_NARROW) else _LESS
        for place, weight in enumerate(_WEIGHTS):
            self.setColumnHidden(place, place >= shown)
            self.setColumnWidth(place, self.viewport().width() * weight // sum(_WEIGHTS[:shown]))
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        here = self.currentIndex()
        if self.state() == QAbstractItemView.State.EditingState:
            return  # the key that ended typing begins nothing
        if here.isValid() and here.column() != _CHANGE and event.text().strip():
            self.setCurrentIndex(here.siblingAtColumn(_CHANGE))
        if here.isValid() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.setCurrentIndex(here.siblingAtColumn(_CHANGE))
            self.edit(self.currentIndex())
            return
        super().keyPressEvent(event)


class BesidePanel(QWidget):
    """`show_row(row)`; tells `mended(Mend)` and `noted()` when warnings of the row have been seen."""

    mended = Signal(object)
    noted = Signal()

    def __init__(self) -> None:
        super().__init__()
        lines = column(self, margin=8, gap=6)
        self.head = label("", "head", wrap=True)
        self.note = button("知道了，看下一条", self.noted.emit)
        above = row()
        above.addWidget(self.head, 1)
        above.addWidget(self.note)
        lines.addLayout(above)
        self.model = _Cells()
        self.model.typed.connect(self.mended)
        self.grid = _Grid()
        self.grid.setModel(self.model)
        self.grid.setAccessibleName("这一行的各列")
        self.grid.setWordWrap(False)
        self.grid.setShowGrid(False)
        self.grid.setTabKeyNavigation(False)
        triggers = QAbstractItemView.EditTrigger
        self.grid.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed)
        self.grid.verticalHeader().hide()
        self.grid.verticalHeader().setDefaultSectionSize(px(30))
        self.grid.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        lines.addWidget(self.grid, 1)
        self.show_row(None)

    def show_row(self, shown: BesideRow | None, to_note: bool = False) -> None:
        """The cells of a data row, the wrong ones first; nothing for a line that is none."""
        self.setVisible(shown is not None)
        self.note.setVisible(to_note)
        if shown is None:
            self.model.show_cells([])
            return
        said = dict.fromkeys([code for cell in shown.cells for code in cell.codes] + list(shown.others))
        self.head.setText(f"第 {shown.row} 行" + (f"：{all_in_words(said)}" if said else ""))
        self.model.show_cells(shown.cells)
        self.grid.setCurrentIndex(self.model.index(0, _CHANGE, QModelIndex()))
