"""A row of the file beside what was read from it, cell by cell, with the codes of each (excel.md §5)."""

from collections.abc import Iterable
from typing import Any

import msgspec

from desktop.exchange.files.cells import column_letter
from desktop.exchange.guidance import Mend
from desktop.exchange.ledger import HELD, Ledger, Row
from desktop.exchange.outgoing.showing import in_words
from desktop.exchange.profiles import Field
from desktop.exchange.report import Report

_AMOUNT = "amount"


class Beside(msgspec.Struct, frozen=True):
    """One cell: where it stands, what the file says, what was read, what stands against it.

    `sheet`, `row` and `column` name the cell that a correction goes to: of merged cells the first one.
    """

    sheet: str
    row: int
    column: int
    key: str
    head: str
    label: str
    original: str
    now: str
    value: str
    codes: tuple[str, ...] = ()
    mended: bool = False

    @property
    def letter(self) -> str:
        """The column as the sheet shows it."""
        return column_letter(self.column)

    @property
    def wrong(self) -> bool:
        """It holds the row back."""
        return any(code.startswith("E_") for code in self.codes)


class BesideRow(msgspec.Struct, frozen=True):
    """A data row: its cells in the order of the file, and codes that belong to no one cell."""

    sheet: str
    row: int
    cells: tuple[Beside, ...]
    others: tuple[str, ...] = ()


class Fault(msgspec.Struct, frozen=True):
    """One cell of those that one code holds back, with whom it concerns."""

    cell: Beside
    name: str


def beside(report: Report, sheet: str, row: int, mends: Iterable[Mend] = ()) -> BesideRow | None:
    """The row beside its result; None where it is no data row."""
    found = next(
        ((ledger, one) for ledger in report.ledgers if ledger.name == sheet and (one := ledger.rows.get(row))), None
    )
    return None if found is None else _row(*found, {(one.sheet, one.row, one.column): one.old for one in mends})


def faults(report: Report, code: str, mends: Iterable[Mend] = ()) -> list[Fault]:
    """Every cell that the code stands against, in the order of the file, to correct all of one kind."""
    olds = {(one.sheet, one.row, one.column): one.old for one in mends}
    found: list[Fault] = []
    seen: set[tuple[str, int, int]] = set()
    for ledger in report.ledgers:
        for row in ledger.data:
            if code not in row.codes:
                continue
            for cell in _row(ledger, row, olds).cells:
                place = (cell.sheet, cell.row, cell.column)
                if code in cell.codes and place not in seen:
                    seen.add(place)
                    found.append(Fault(cell, str(row.values.get("name") or "")))
    return found


def correctable(report: Report) -> dict[str, int]:
    """The codes that hold rows back and can be corrected in a cell, with how many rows each."""
    counts: dict[str, int] = {}
    for ledger in report.ledgers:
        for row in ledger.data:
            for code, keys in row.where.items():
                if code.startswith("E_") and code != HELD and any(ledger.has(key) for key in keys):
                    counts[code] = counts.get(code, 0) + 1
    return counts


def _row(ledger: Ledger, row: Row, olds: dict[tuple[str, int, int], str]) -> BesideRow:
    by_key = _codes(row)
    columns = sorted(ledger.header.columns.items(), key=lambda pair: pair[1])
    fields = ledger.profile.by_key
    cells = tuple(_cell(ledger, row, fields[key], column, by_key.pop(key, ()), olds) for key, column in columns)
    others = {code: None for codes in by_key.values() for code in codes}
    others |= dict.fromkeys(sorted(row.codes - set(row.where)))
    return BesideRow(ledger.name, row.number, cells, tuple(others))


def _codes(row: Row) -> dict[str, tuple[str, ...]]:
    """Codes by the field that they came from."""
    found: dict[str, tuple[str, ...]] = {}
    for code, keys in sorted(row.where.items()):
        for key in dict.fromkeys(keys):
            found[key] = (*found.get(key, ()), code)
    return found


def _cell(
    ledger: Ledger,
    row: Row,
    field: Field,
    column: int,
    codes: tuple[str, ...],
    olds: dict[tuple[str, int, int], str],
) -> Beside:
    at = _target(ledger, row, field, column)
    place = (ledger.name, *at)
    return Beside(
        ledger.name,
        *at,
        key=field.key,
        head=ledger.header.heads.get(column, ""),
        label=field.names[0],
        original=olds.get(place, row.cell(field.key).shown),
        now=row.cell(field.key).shown,
        value=_shown(field, row.values.get(field.key)),
        codes=codes,
        mended=place in olds,
    )


def _target(ledger: Ledger, row: Row, field: Field, column: int) -> tuple[int, int]:
    """The cell that speaks for this field: a household's first row, a merged area's first cell."""
    number = row.number
    if field.scope == "household" and row.home is not None:
        number = row.home.first.number
    anchor = ledger.chosen.sheet.covered.get((number, column))
    if anchor is None or not field.scope or field.kind == "account" or anchor[0] <= ledger.header.rows[-1]:
        return number, column
    return anchor


def _shown(field: Field, value: Any) -> str:
    """What was read, in the words of a ledger."""
    if value is None or value == []:
        return ""
    if field.kind == _AMOUNT and isinstance(value, int):
        return f"{value // 100:,}.{value % 100:02d}"
    if isinstance(value, list):
        return "、".join(str(one.get("name", "")) if isinstance(one, dict) else str(one) for one in value)
    return in_words(field.kind, value)
