"""The rows of a ledger on the desk: counters that narrow, the list, the row looked at, warnings noted one by one."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from desktop.exchange.desk import Desk
from ui.pages.ledgers.beside import BesidePanel
from ui.pages.ledgers.words import CLASSES, SIGNS, TONES, all_in_words
from ui.parts.basics import column
from ui.parts.choices import Chips
from ui.parts.table import Column, Rows, Table
from ui.theme import px

Entry = dict[str, Any]
"""One row as `import-ledger --json` tells it."""


def _name(values: dict[str, Any]) -> str:
    """Whose row it is; in a book of money who was paid."""
    return str(values.get("name" if "name" in values else "payee") or "")


_ALL = {"all": "全部", **CLASSES}
_COLUMNS = (
    Column("表", lambda r: str(r["sheet"]), 110, spare=1),
    Column("行", lambda r: str(r["row"]), 56, right=True),
    Column("结果", lambda r: f"{SIGNS[r['class']]} {CLASSES[r['class']]}", 92, tone=lambda r: TONES[r["class"]]),
    Column("姓名", lambda r: _name(r.get("values") or {}), 96),
    Column("为什么", lambda r: all_in_words(r["codes"])),
)


class RowsPanel(QWidget):
    """`show_desk(desk, entries)`; tells `mended(Mend)`; `to_note` counts warnings that nobody has seen."""

    mended = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._desk: Desk | None = None
        self._entries: list[Entry] = []
        self._narrowed: list[Entry] = []
        self._noted: set[tuple[str, int]] = set()
        lines = column(self, gap=8)
        self.shown = Chips(_ALL, many=False)
        self.shown.setAccessibleName("看哪些行")
        self.shown.committed.connect(lambda: self.narrow(self.shown.value() or "all"))
        above = column(holder := QWidget(), margin=8)
        above.addWidget(self.shown)
        self.table = Table(Rows(_COLUMNS, self._fetch), "台账的行", sortable=False)
        self.table.looked_at.connect(self._explain)
        self.beside = BesidePanel()
        self.beside.mended.connect(self.mended)
        self.beside.noted.connect(self.note)
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.addWidget(self.table)
        halves.addWidget(self.beside)
        halves.setChildrenCollapsible(False)
        halves.setSizes([px(230), px(250)])
        lines.addWidget(holder)
        lines.addWidget(halves, 1)

    def show_desk(self, desk: Desk, entries: list[Entry]) -> None:
        """A file that came, from the rows that need somebody."""
        self._noted.clear()
        self._take(desk, entries)
        classes = desk.report.classes
        self.narrow("report" if classes["report"] else "warn" if classes["warn"] else "all")

    def show_again(self, desk: Desk, entries: list[Entry]) -> None:
        """The same file judged anew: the place in the list is kept."""
        here = max(self.table.currentIndex().row(), 0)
        self._take(desk, entries)
        self._reload()
        left = len(self.table.rows.items)
        if left:
            self.table.selectRow(min(here, left - 1))
        else:
            self.narrow("all")  # nothing of the kind that was mended is left

    @property
    def to_note(self) -> int:
        """How many rows with warnings nobody has seen."""
        return sum(self._is_to_note(one) for one in self._entries)

    def narrow(self, kind: str) -> None:
        """Show the rows of one class, or all, from the first."""
        self.shown.set_value(kind)
        self._reload()
        if self.table.rows.items:
            self.table.selectRow(0)
        else:
            self.beside.show_row(None)

    def note(self) -> None:
        """The warnings of this row were seen; on to the next that was not."""
        entry = self.table.current()
        if entry is not None:
            self._noted.add((entry["sheet"], entry["row"]))
        items, here = self.table.rows.items, self.table.currentIndex().row()
        around = [*range(here + 1, len(items)), *range(here + 1)]
        left = next((at for at in around if self._is_to_note(items[at])), None)
        if left is None:
            self._explain(entry)
        else:
            self.table.selectRow(left)

    def note_all(self) -> None:
        """Every warning was seen."""
        self._noted |= {(one["sheet"], one["row"]) for one in self._entries if one["class"] == "warn"}
        self._explain(self.table.current())

    def _take(self, desk: Desk, entries: list[Entry]) -> None:
        self._desk, self._entries = desk, entries
        counts = {"all": len(entries), **desk.report.classes}
        for (key, words), chip in zip(_ALL.items(), self.shown.chips, strict=True):
            chip.setText(f"{SIGNS.get(key, '')} {words} {counts[key]:,}".strip())

    def _reload(self) -> None:
        """The rows of the chosen class; those that only wait for another of their household come last."""
        wanted = self.shown.value()
        found = [one for one in self._entries if wanted in ("all", one["class"])]
        self._narrowed = sorted(found, key=_only_waits) if wanted == "report" else found
        self.table.rows.reload()

    def _fetch(self, limit: int, offset: int) -> Sequence[Entry]:
        return self._narrowed[offset : offset + limit]

    def _explain(self, entry: Entry | None) -> None:
        """The row under the cursor beside its result."""
        if entry is None or self._desk is None:
            self.beside.show_row(None)
        else:
            self.beside.show_row(self._desk.beside(entry["sheet"], entry["row"]), self._is_to_note(entry))

    def _is_to_note(self, entry: Entry) -> bool:
        return entry["class"] == "warn" and (entry["sheet"], entry["row"]) not in self._noted


def _only_waits(entry: Entry) -> bool:
    """Nothing is wrong with the row itself."""
    return "own_class" in entry
