"""Which column of the file is what: the heads, three samples, the field; kept for the next file with these heads."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHeaderView, QSpinBox, QTableWidget, QTableWidgetItem, QWidget

from desktop.exchange import columns
from desktop.exchange.columns import FileColumn
from desktop.exchange.desk import Desk, needed_labels, reading_of
from desktop.exchange.guidance import Reading
from ui.parts.basics import button, column, label, mark, row, within
from ui.parts.choices import Pick
from ui.theme import px

_HEADS = ("文件里的列", "样例", "对应")


class ColumnsDialog(QDialog):
    """`reading` is how the sheet is to be read; `again` when the program shall find it by itself."""

    def __init__(self, parent: QWidget, desk: Desk, sheet: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"对列：{sheet}")
        self.desk, self.sheet, self.again = desk, sheet, False
        self._columns: list[FileColumn] = []
        self.picks: list[Pick] = []
        said = reading_of(desk, sheet)
        code = said.profile if said is not None else next(iter(columns.kinds()))
        lines = column(self, margin=16, gap=10)
        self.kind = Pick(columns.kinds())
        self.kind.setAccessibleName("台账种类")
        self.kind.set_value(code)
        self.kind.setMinimumWidth(px(260))
        rows = columns.header_rows(desk, sheet, code)
        self.first, self.count = QSpinBox(), QSpinBox()
        self.first.setRange(1, 60)
        self.first.setValue(rows[0])
        self.first.setAccessibleName("表头从第几行起")
        self.count.setRange(1, 2)
        self.count.setValue(len(rows))
        self.count.setAccessibleName("表头占几行")
        lines.addLayout(
            row(
                label("种类"),
                self.kind,
                label("表头从第"),
                self.first,
                label("行起，占"),
                self.count,
                label("行"),
                None,
            )
        )
        self.table = QTableWidget(0, len(_HEADS))
        self.table.setAccessibleName("各列对应什么")
        self.table.setHorizontalHeaderLabels(_HEADS)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.verticalHeader().setDefaultSectionSize(px(36))
        self.table.setColumnWidth(0, px(220))
        self.table.setColumnWidth(2, px(240))
        self.table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        lines.addWidget(self.table, 1)
        self.lacking = label("", wrap=True)
        self.lacking.setMinimumHeight(px(40))
        lines.addWidget(self.lacking)
        self.take = button("就这样读", self.accept, "primary")
        lines.addLayout(row(button("让程序自己认", self._find_again), None, button("返回", self.reject), self.take))
        self.kind.committed.connect(self._other_kind)
        self.first.valueChanged.connect(lambda _: self._fill())
        self.count.valueChanged.connect(lambda _: self._fill())
        self._fill()
        self.resize(within(parent, 940, 600))

    @property
    def rows(self) -> tuple[int, ...]:
        """The rows of the heads as said."""
        return tuple(range(self.first.value(), self.first.value() + self.count.value()))

    @property
    def reading(self) -> Reading:
        """How the sheet is to be read; of two columns for one field the left one."""
        named: dict[str, int] = {}
        for one, pick in zip(self._columns, self.picks, strict=True):
            if key := pick.value():
                named.setdefault(key, one.column)
        return Reading(str(self.kind.value()), self.rows, named)

    def _other_kind(self) -> None:
        if self.kind.value() is None:
            self.kind.set_value(next(iter(columns.kinds())))
        rows = columns.header_rows(self.desk, self.sheet, str(self.kind.value()))
        for box, value in ((self.first, rows[0]), (self.count, len(rows))):
            box.blockSignals(True)
            box.setValue(value)
            box.blockSignals(False)
        self._fill()

    def _fill(self) -> None:
        code = str(self.kind.value())
        self._columns = columns.columns_of(self.desk, self.sheet, code, self.rows)
        self.picks = []
        self.table.setRowCount(len(self._columns))
        for place, one in enumerate(self._columns):
            self._line(place, one, code)
        self._check()

    def _line(self, place: int, one: FileColumn, code: str) -> None:
        head = f"{one.letter}  {one.head or '（没有列名）'}" + ("　隐藏列" if one.hidden else "")
        for at, text in enumerate((head, "｜".join(one.samples))):
            item = QTableWidgetItem(text)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            item.setToolTip(text)
            self.table.setItem(place, at, item)
        pick = Pick(columns.fields(code, one.hidden), coded=False)
        pick.setItemText(0, "（不读）")
        pick.set_value(one.key or None)
        pick.setAccessibleName(f"{head} 对应什么")
        pick.committed.connect(self._check)
        self.table.setCellWidget(place, 2, pick)
        self.picks.append(pick)

    def _check(self) -> None:
        said = self.reading
        gone = needed_labels(said.profile, said.columns)
        named = [pick.value() for pick in self.picks if pick.value()]
        twice = {pick.currentText().removeprefix("● ") for pick in self.picks if named.count(pick.value()) > 1}
        words = [f"还缺必须有的列：{'、'.join(gone)}。" if gone else ""]
        words.append(f"{'、'.join(sorted(twice))} 对了两列，取左边的一列。" if twice else "")
        self.lacking.setText("".join(words) or "必须有的列都有了。下次遇到同样的表头，就照这样读。")
        mark(self.lacking, "kind", "warn" if any(words) else "muted")
        self.take.setEnabled(not gone)

    def _find_again(self) -> None:
        self.again = True
        self.accept()
