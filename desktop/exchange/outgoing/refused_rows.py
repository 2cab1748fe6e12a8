"""Rows that were not taken, written back in the file's own layout with the reasons beside them (excel.md §4.13)."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from desktop.casework.edition_views import EditionView
from desktop.exchange.files.cells import DATE, NUMBER, Cell, column_letter
from desktop.exchange.ledger import REPORT, Ledger, Row
from desktop.exchange.outgoing.writing import BODY, HEAD, LINE, PLAIN, REASON, TITLE, Page, Put, write_xlsx
from desktop.exchange.report import Report
from resources import read_toml

ORIGIN, WHY = "原行号", "不能导入的原因"
"""Heads of the two columns that are added; no ledger reads them."""

_LONGEST_SHEET = 31


Reasons = Mapping[tuple[str, int], str]
"""Why a row has to wait, in words, by sheet and row."""


def held_rows(edition: EditionView) -> Reasons:
    """The rows that the store keeps back until somebody has looked."""
    return {(one.sheet, one.row): one.words for one in edition.candidates if one.held}


def refused_rows(report: Report, held: Reasons | None = None) -> tuple[bytes, int] | None:
    """An .xlsx with every row that was refused or has no place, under the heads of its own sheet, and how many.

    `held` are rows that the store keeps back; their whole household is written. None when there is no such row.
    """
    why = {(one.sheet, one.row): one.why for one in report.plan.unplaced} | dict(held or {})
    found = [(ledger, rows) for ledger in report.ledgers if (rows := _waiting(ledger, why))]
    if not found:
        return None
    return write_xlsx([_page(ledger, rows, why) for ledger, rows in found]), sum(len(rows) for _, rows in found)


def _waiting(ledger: Ledger, why: Reasons) -> list[Row]:
    """Rows that were not written, in order: a household goes as a whole."""
    named = {row.number for row in ledger.data if (ledger.name, row.number) in why}
    for home in ledger.homes:
        if any(row.number in named for row in home.rows):
            named |= {row.number for row in home.rows}
    return [row for row in ledger.data if row.kind == REPORT or row.number in named]


def _page(ledger: Ledger, rows: list[Row], why: Reasons) -> Page:
    head, sheet = ledger.header.rows, ledger.chosen.sheet
    width = max((max(cells) for number, cells in sheet.rows.items() if number <= head[-1] and cells), default=1)
    width = max(width, *ledger.header.columns.values())
    above = [_above(ledger, number, width) for number in range(1, head[-1] + 1)]
    above[-1][width:] = [Put(ORIGIN, HEAD), Put(WHY, HEAD)]
    merges = [
        f"{column_letter(merge.left)}{merge.top}:{column_letter(merge.right)}{merge.bottom}"
        for merge in sheet.merges
        if merge.bottom <= head[-1] and merge.right <= width
    ]
    return Page(
        name=ledger.name[:_LONGEST_SHEET],
        rows=[*above, *(_row(ledger, row, width, why) for row in rows)],
        widths=[14.0] * width + [8.0, 50.0],
        merges=merges,
        heads=(head[0], head[-1]),
        paper="A3",
    )


def _above(ledger: Ledger, number: int, width: int) -> list[Put | None]:
    """Title and heads as they stand in the file."""
    style = HEAD if number in ledger.header.rows else TITLE if number == 1 else LINE
    sheet = ledger.chosen.sheet
    cells = [_same(sheet.cell(number, column), style) for column in range(1, width + 1)]
    return [*cells, None, None]


def _row(ledger: Ledger, row: Row, width: int, why: Reasons) -> list[Put | None]:
    """The row with what merged cells say for it, its old number and the reasons."""
    by_column = {column: row.cells[key] for key, column in ledger.header.columns.items() if key in row.cells}
    sheet = ledger.chosen.sheet
    cells = [_same(by_column.get(column) or sheet.cell(row.number, column), BODY) for column in range(1, width + 1)]
    return [*cells, Put(row.number), Put(_reasons(row, why.get((ledger.name, row.number), "")), REASON)]


def _reasons(row: Row, more: str) -> str:
    said = [_words().get(code, code) for code in sorted(row.codes) if code.startswith("E_")]
    return "；".join([*said, *([more] if more else [])])


@cache
def _words() -> dict[str, str]:
    return dict(read_toml("words", "ledger.toml"))


def _same(cell: Cell, style: int) -> Put | None:
    """The cell as the file has it; numbers stay numbers, so that lost digits are not passed off as whole."""
    if cell.blank:
        return Put("", style) if style == BODY else None
    if cell.kind == NUMBER and isinstance(cell.value, Decimal):
        return Put(cell.value, PLAIN if style == BODY else style)
    if cell.kind == DATE:
        return Put(cell.shown, style)
    return Put(str(cell.value), style)
