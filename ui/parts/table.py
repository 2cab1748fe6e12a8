"""A table that pages from the store: a model that fetches as it is scrolled, a view with sticky head and sort."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTableView

from ui import theme
from ui.theme import px

PAGE = 60
_REST = 120
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


@dataclass(frozen=True)
class Column:
    """A column: head, what a row shows there, width of the design (0 takes the rest), alignment, tone.

    `spare` columns give way where there is no room, the highest first.
    """

    head: str
    text: Callable[[Any], str]
    width: float = 0
    right: bool = False
    tone: Callable[[Any], str] | None = None
    spare: int = 0


class Rows(QAbstractTableModel):
    """Rows fetched page by page by `fetch(limit, offset)`."""

    def __init__(self, columns: Sequence[Column], fetch: Callable[[int, int], Sequence[Any]]) -> None:
        super().__init__()
        self.columns, self._fetch = columns, fetch
        self.items: list[Any] = []
        self._more = True

    def reload(self, fetch: Callable[[int, int], Sequence[Any]] | None = None) -> None:
        """Begin anew, with another question if one is given."""
        self.beginResetModel()
        self._fetch = fetch or self._fetch
        self.items = list(self._fetch(PAGE, 0))
        self._more = len(self.items) == PAGE
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Rows fetched so far."""
        return 0 if parent.isValid() else len(self.items)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Columns."""
        return 0 if parent.isValid() else len(self.columns)

    def canFetchMore(self, parent: Index) -> bool:
        """Whether the store may have more."""
        return self._more and not parent.isValid()

    def fetchMore(self, parent: Index) -> None:
        """The next page."""
        more = list(self._fetch(PAGE, len(self.items)))
        self._more = len(more) == PAGE
        if more:
            self.beginInsertRows(QModelIndex(), len(self.items), len(self.items) + len(more) - 1)
            self.items += more
            self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, alignment and tone of a cell."""
        column, item = self.columns[index.column()], self.items[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return column.text(item)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ForegroundRole and column.tone is not None:
            tone = column.tone(item)
            return QColor(getattr(theme.current().tokens, tone)) if tone else None
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Heads of the columns."""
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self.columns[section].head
            if role == Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if self.columns[section].right else Qt.AlignmentFlag.AlignLeft
                return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order what is fetched by the text of a column; -1 leaves the store's order."""
        if column >= 0:
            self.layoutAboutToBeChanged.emit()
            down, kept = order == Qt.SortOrder.DescendingOrder, self.persistentIndexList()
            meant = [self.items[index.row()] for index in kept]
            self.items.sort(key=lambda item: _natural(self.columns[column].text(item)), reverse=down)
            places = {id(item): at for at, item in enumerate(self.items)}
            moved = [self.index(places[id(one)], index.column()) for one, index in zip(meant, kept, strict=True)]
            self.changePersistentIndexList(kept, moved)
            self.layoutChanged.emit()


def _natural(text: str) -> tuple[int, float, str]:
    bare = text.replace(",", "")
    try:
        return (0, float(bare), "")
    except ValueError:
        return (1, 0.0, text)


class Table(QTableView):
    """Rows of 34 px; Enter or double click tells `chosen(item)`, moving tells `looked_at(item)`."""

    chosen = Signal(object)
    looked_at = Signal(object)

    def __init__(self, rows: Rows, name: str, sortable: bool = True, many: bool = False) -> None:
        super().__init__()
        self.rows = rows
        self.setModel(rows)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        modes = QAbstractItemView.SelectionMode
        self.setSelectionMode(modes.ExtendedSelection if many else modes.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(px(34))
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setTextElideMode(Qt.TextElideMode.ElideRight)
        head.setMinimumSectionSize(px(30))
        for place, column in enumerate(rows.columns):
            if column.width:
                head.setSectionResizeMode(place, QHeaderView.ResizeMode.Interactive)
                self.setColumnWidth(place, px(column.width))
            else:
                head.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        if sortable:
            head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            self.setSortingEnabled(True)
        self.doubleClicked.connect(lambda index: self.chosen.emit(rows.items[index.row()]))

    def fit_rows(self, most: int) -> None:
        """As high as its rows, up to `most`; more are scrolled."""
        self.setFixedHeight(px(42) + px(34) * min(max(len(self.rows.items), 1), most))

    def take_what_is_left(self) -> None:
        """Give way to what stands below; two rows always show."""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.setMinimumHeight(px(110))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Spare columns go where there is no room for all, and come back."""
        room = self.viewport().width() - sum(px(one.width or _REST) for one in self.rows.columns)
        for place in sorted(range(len(self.rows.columns)), key=lambda at: -self.rows.columns[at].spare):
            column = self.rows.columns[place]
            away = bool(column.spare) and room < 0
            room += px(column.width or _REST) if away else 0
            self.setColumnHidden(place, away)
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The focus is drawn around the chosen row, around the whole where no row is chosen."""
        super().paintEvent(event)
        if not self.hasFocus():
            return
        painter, here = QPainter(self.viewport()), self.currentIndex()
        around = self.viewport().rect()
        if here.isValid() and self.selectionModel().isRowSelected(here.row(), QModelIndex()):
            top, high = self.rowViewportPosition(here.row()), self.rowHeight(here.row())
            around = QRect(around.left(), top, around.width(), high)
        painter.setPen(QPen(QColor(theme.current().tokens.accent), px(2)))
        painter.drawRect(around.adjusted(px(1), px(1), -px(1), -px(1)))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keys act."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide it again."""
        super().focusOutEvent(event)
        self.viewport().update()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell what is looked at."""
        super().currentChanged(current, previous)
        self.viewport().update()
        self.looked_at.emit(self.rows.items[current.row()] if current.isValid() else None)

    def current(self) -> Any:
        """The item under the cursor or None."""
        index = self.currentIndex()
        return self.rows.items[index.row()] if index.isValid() else None

    def picked(self) -> list[Any]:
        """The selected items in the order shown; the one under the cursor when none is."""
        found = sorted(index.row() for index in self.selectionModel().selectedRows())
        here = self.current()
        return [self.rows.items[row] for row in found] or ([here] if here is not None else [])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and F2 open."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) and self.current() is not None:
            self.chosen.emit(self.current())
        else:
            super().keyPressEvent(event)
