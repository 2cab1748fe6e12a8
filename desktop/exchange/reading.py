"""From cells to values, row by row: which reader a column has, and what formulas and blanks mean (excel.md §4.8)."""

from functools import cache

from desktop.exchange import readers, readers_person
from desktop.exchange.files.cells import EMPTY, ERROR, NO_VALUE
from desktop.exchange.ledger import Ledger, Row
from desktop.exchange.profiles import Field, profile
from desktop.exchange.readers import UNREAD, Reader

READERS: dict[str, Reader] = {**readers.READERS, **readers_person.READERS}
"""Reader by kind of field."""

_SILENT = ("seq", "quiet_name", "group", "band")
_FIRST = {"id": 0, "cert": 1}
"""What other fields are judged by is read before them."""


def read_rows(ledger: Ledger) -> None:
    """Read every data row; household fields only where the household begins."""
    for row in ledger.data:
        for field in _in_order(ledger.profile.code):
            if not ledger.has(field.key):
                continue
            if field.scope == "household" and ledger.profile.households and not _begins(row):
                continue
            row.values[field.key] = read_cell(ledger, row, field)
        row.values |= ledger.chosen.named
        if row.number in ledger.chosen.sheet.hidden_rows:
            row.say("row", "W_HIDDEN_ROW")
        _join_disability(row)


def read_cell(ledger: Ledger, row: Row, field: Field) -> object:
    """The value of one cell, its codes noted on the row."""
    cell = row.cell(field.key)
    if cell.kind in (NO_VALUE, ERROR):
        if field.binding:
            row.say(field.key, "E_FORMULA_ERROR" if cell.kind == ERROR else "E_FORMULA_NO_VALUE")
            return None
        if cell.kind == ERROR and field.kind not in _SILENT:
            row.say(field.key, UNREAD)
        cell = EMPTY
    return _reader(field)(ledger, row, field, cell)


def _reader(field: Field) -> Reader:
    return readers_person.read_other_id if field.kind == "id" and field.key != "id" else READERS[field.kind]


def _begins(row: Row) -> bool:
    """The row speaks for its household."""
    return row.home is not None and row.home.first is row


@cache
def _in_order(code: str) -> tuple[Field, ...]:
    return tuple(sorted(profile(code).fields, key=lambda field: _FIRST.get(field.key, 2)))


def _join_disability(row: Row) -> None:
    """Kind and grade in two columns are one value."""
    if "dis_kind" in row.values and "dis_grade" in row.values and "disability" not in row.values:
        pair = [row.values["dis_kind"], row.values["dis_grade"]]
        row.values["disability"] = None if None in pair else pair
