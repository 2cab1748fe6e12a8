"""What a ledger would do to the store before it is written: new, changed, no longer listed, perhaps known."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.casework.edition_views import (
    AddedCase,
    AddedPerson,
    BookedEntry,
    CandidateView,
    ChangedField,
    EditionView,
    FundView,
    GoneView,
)
from desktop.exchange.plan import Unplaced
from ui.case_words import programme
from ui.parts.basics import FlowLayout, button, clear, column, label
from ui.parts.choices import Chips
from ui.parts.table import Column, Rows, Table
from ui.theme import px

NEW, CHANGED, GONE, MAYBE, UNPLACED = "new", "changed", "gone", "maybe", "unplaced"
BOOKED, UNBOOKED = "booked", "unbooked"
_PARTS = {
    NEW: "新增",
    BOOKED: "新增账目",
    CHANGED: "改动",
    GONE: "不再列出",
    UNBOOKED: "这份账没有的",
    MAYBE: "可能是同一人",
    UNPLACED: "没有地方放",
}
_NOTHING, _NO_BOOK = EditionView(), FundView()
_GOES_ON = "待遇没有停，请核查后办停发"
_SHEET = Column("表", lambda one: str(one.sheet), 130, spare=2)
_ROW = Column("行", lambda one: str(one.row), 56, right=True)
_NAME = Column("姓名", lambda one: str(one.name), 96)


def _news(one: AddedPerson | AddedCase) -> str:
    if isinstance(one, AddedPerson):
        return "已有的户里添一人" if one.household_id else "新的一户"
    when = one.occasion.rpartition("|")[2].partition("#")[0]
    return f"{programme(one.programme_code)} {when} 的一笔" if when else f"新的待遇：{programme(one.programme_code)}"


def _done_with(one: ChangedField) -> str:
    return "改成新的" if one.written else "库里的不动"


def _sides(one: CandidateView) -> str:
    return "；".join(
        f"{other.name}（{other.village or '村未填'}，{other.id_number or '没有号码'}）" for other in one.others
    )


_BOOK = (
    Column("日期", lambda one: str(one.entered_on), 104),
    Column("摘要", lambda one: str(one.summary)),
    Column("姓名", lambda one: str(one.payee), 96, spare=2),
    Column("收入", lambda one: str(one.income), 96, right=True),
    Column("支出", lambda one: str(one.expense), 96, right=True),
    Column("凭证号", lambda one: str(one.voucher_no), 104, spare=3),
)

_COLUMNS: dict[str, tuple[Column, ...]] = {
    NEW: (_SHEET, _ROW, _NAME, Column("新增什么", _news)),
    CHANGED: (
        _SHEET,
        _ROW,
        _NAME,
        Column("哪一项", lambda one: str(one.label), 110),
        Column("原来", lambda one: one.old or "（空）"),
        Column("这份台账", lambda one: (one.new or "（空）") + ("" if one.written else "（不写）")),
        Column("怎么办", _done_with, 110, tone=lambda one: "text" if one.written else "amber", spare=1),
    ),
    GONE: (
        _NAME,
        Column("村（社区）", lambda one: str(one.village), 140),
        Column("怎么办", lambda _: _GOES_ON, tone=lambda _: "amber"),
    ),
    MAYBE: (
        _SHEET,
        _ROW,
        _NAME,
        Column(
            "怎么办", lambda one: "! 先不写" if one.held else "照写", 92, tone=lambda o: "amber" if o.held else "text"
        ),
        Column("为什么", lambda one: str(one.words), spare=1),
        Column("库里的人", _sides),
    ),
    BOOKED: (_SHEET, _ROW, *_BOOK),
    UNBOOKED: (*_BOOK, Column("怎么办", lambda _: "库里的不动", 110, spare=1)),
    UNPLACED: (_SHEET, _ROW, Column("为什么", lambda one: str(one.why))),
}


def in_words(edition: EditionView | None, unplaced: Sequence[Unplaced] = ()) -> str:
    """The whole comparison in one sentence."""
    if edition is None:
        return f"{len(unplaced)} 行没有地方放。" if unplaced else "还没有和库里比过。"
    joined = [one for one in edition.added if one.household_id]
    written = sum(one.written for one in edition.changed)
    held = sum(one.held for one in edition.candidates)
    book = edition.fund or _NO_BOOK
    booked, unbooked = book.added, book.missing
    counted = (
        (edition.households, f"新增 {edition.households:,} 户 {len(edition.added) - len(joined):,} 人"),
        (len(joined), f"已有的户里添 {len(joined):,} 人"),
        (len(edition.cases), f"新增待遇 {len(edition.cases):,} 笔"),
        (written, f"改 {written:,} 处"),
        (len(edition.changed) - written, f"{len(edition.changed) - written:,} 处不一样而库里的不动"),
        (len(edition.gone), f"{len(edition.gone):,} 人不再列出"),
        (len(booked), f"新增账目 {len(booked):,} 笔"),
        (len(unbooked), f"库里有而这份账没有的 {len(unbooked):,} 笔"),
        (
            len(edition.candidates),
            f"{len(edition.candidates):,} 人要您看看是不是同一个人" + (f"（{held:,} 人先不写）" if held else ""),
        ),
        (len(unplaced), f"{len(unplaced):,} 行没有地方放"),
    )
    said = "、".join(words for number, words in counted if number)
    unchanged = book.same if edition.fund is not None else edition.same
    same = f"{unchanged:,} {'笔' if edition.fund is not None else '户'}没有变化"
    if not said:
        return f"和库里一样：{same}，写入不会改变什么。"
    return f"{said}；其余 {same}。" if unchanged else f"{said}。"


@dataclass(frozen=True)
class _Door:
    """A household that can be opened from a line: words of its button and its id."""

    words: str
    household: str


def _doors(one: Any) -> list[_Door]:
    """The households of the store that a line speaks of, the nearest first."""
    if isinstance(one, CandidateView):
        shown = {other.household_id: f"打开 {other.name} 那一户" for other in one.others if other.household_id}
        return [_Door(words, household) for household, words in shown.items()]
    if isinstance(one, AddedPerson | GoneView) and one.household_id:
        return [_Door(f"打开 {one.name} 那一户", one.household_id)]
    return []


def _said(one: Any) -> str:
    """The whole of a line in a sentence, for what a column had to cut."""
    if isinstance(one, CandidateView):
        held = "先不写，等您看过。" if one.held else "照写成另一个人，不合并。"
        return f"第 {one.row} 行 {one.name}：{one.words}库里的：{_sides(one)}。{held}"
    if isinstance(one, ChangedField):
        change = f"{one.old or '（空）'} → {one.new or '（空）'}"
        return f"第 {one.row} 行 {one.name}，{one.label}：{change}，{_done_with(one)}。"
    if isinstance(one, GoneView):
        return f"{one.name}{f'（{one.village}）' if one.village else ''}：上一期有，这一期没有。{_GOES_ON}。"
    if isinstance(one, BookedEntry):
        return f"{one.entered_on} {one.summary} {one.payee}：收入 {one.income or '无'}，支出 {one.expense or '无'}。"
    if isinstance(one, Unplaced):
        return f"第 {one.row} 行：{one.why}"
    return f"第 {one.row} 行 {one.name}：{_news(one)}。"


def _before(widget: QWidget) -> QWidget:
    """What Tab leaves for a widget."""
    found = widget.previousInFocusChain()
    while found is not None and found is not widget and not found.focusPolicy().value & Qt.FocusPolicy.TabFocus.value:
        found = found.previousInFocusChain()
    return found or widget


def _in_order(first: QWidget, *others: QWidget) -> None:
    """Tab goes through them in this order: what is made later would come last of the window."""
    for other in others:
        QWidget.setTabOrder(first, other)
        first = other


class EditionPanel(QWidget):
    """`show_edition(view, unplaced)` shows the comparison; `household_asked(id)` asks to open somebody's household."""

    household_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._lines: dict[str, Sequence[Any]] = dict.fromkeys(_PARTS, ())
        self._shown = ""
        lines = column(self, gap=6)
        self.sentence = label("", "head", wrap=True)
        self.sentence.setContentsMargins(px(10), px(8), px(10), 0)
        lines.addWidget(self.sentence)
        self._above = QVBoxLayout()
        self._above.setContentsMargins(px(10), 0, px(10), 0)
        lines.addLayout(self._above)
        self.parts: Chips | None = None
        self._stack = QStackedWidget()
        self.tables = {part: self._table(part) for part in _PARTS}
        for table in self.tables.values():
            self._stack.addWidget(table)
        lines.addWidget(self._stack, 1)
        self.why = label("", "small", wrap=True)
        self.why.setContentsMargins(px(10), px(4), px(10), px(2))
        self.why.setMinimumHeight(px(44))
        lines.addWidget(self.why)
        self._doors = FlowLayout()
        self._ways = QWidget()
        self._ways.setMinimumHeight(px(40))
        holding = column(self._ways)
        holding.setContentsMargins(px(10), 0, px(10), px(8))
        holding.addLayout(self._doors)
        lines.addWidget(self._ways)
        self.show_edition(None, ())

    def _table(self, part: str) -> Table:
        table = Table(Rows(_COLUMNS[part], partial(self._fetch, part)), f"{_PARTS[part]}的行", sortable=False)
        table.take_what_is_left()
        table.looked_at.connect(self._look)
        table.chosen.connect(self._open)
        return table

    def _fetch(self, part: str, limit: int, offset: int) -> Sequence[Any]:
        return self._lines[part][offset : offset + limit]

    def show_edition(self, view: EditionView | None, unplaced: tuple[Unplaced, ...]) -> None:
        """Show a comparison, or only what has no place where there is none; parts without a line are left out."""
        edition = view or _NOTHING
        self._lines = {
            NEW: (*edition.added, *edition.cases),
            CHANGED: edition.changed,
            GONE: edition.gone,
            BOOKED: (edition.fund or _NO_BOOK).added,
            UNBOOKED: (edition.fund or _NO_BOOK).missing,
            MAYBE: tuple(sorted(edition.candidates, key=lambda one: not one.held)),
            UNPLACED: unplaced,
        }
        self.sentence.setText(in_words(view, unplaced))
        for table in self.tables.values():
            table.rows.reload()
        clear(self._above)
        there = {part: f"{words} {len(self._lines[part]):,}" for part, words in _PARTS.items() if self._lines[part]}
        self.parts = self._chips(there) if there else None
        self._stack.setVisible(bool(there))
        self.why.setVisible(bool(there))
        self._narrow()

    def _chips(self, there: dict[str, str]) -> Chips:
        chips = Chips(there, many=False)
        chips.setAccessibleName("这份台账会做什么")
        chips.set_value(next(iter(there)))
        chips.committed.connect(self._narrow)
        self._above.addWidget(chips)
        self.setFocusProxy(chips)
        _in_order(_before(self.tables[NEW]), chips, *self.tables.values())
        return chips

    @property
    def part(self) -> str:
        """The part that is shown; empty when there is none."""
        return str(self.parts.value() or "") if self.parts is not None else ""

    def _narrow(self) -> None:
        """Show one part from its first line; a second press on its chip does not take it away."""
        if self.parts is None:
            self._ways.hide()
            self._look(None)
            return
        if not self.part:
            self.parts.set_value(self._shown)
        self._shown = self.part
        self._ways.setVisible(any(_doors(one) for one in self._lines[self.part]))
        table = self.tables[self.part]
        self._stack.setCurrentWidget(table)
        table.selectRow(0)
        self._look(table.current())

    def _look(self, one: Any) -> None:
        """The whole of the line under the cursor, and a button for every household that it speaks of."""
        self.why.setText(_said(one) if one is not None else "")
        clear(self._doors)
        ways = [button(door.words, self._asks(door.household)) for door in (_doors(one) if one is not None else [])]
        for way in ways:
            self._doors.addWidget(way)
        _in_order(self.tables[UNPLACED], *ways)

    def _asks(self, household: str) -> Callable[[], None]:
        return lambda: self.household_asked.emit(household)

    def _open(self, one: Any) -> None:
        if doors := _doors(one):
            self.household_asked.emit(doors[0].household)
