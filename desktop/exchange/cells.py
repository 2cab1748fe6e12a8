"""A workbook as the ledger rules see it: typed cells, merges, what is hidden; no file format in here."""

from datetime import date
from decimal import Decimal

import msgspec

from desktop.policy.text import without_blanks

TEXT, NUMBER, DATE, ERROR, NO_VALUE = "text", "number", "date", "error", "no_value"
"""Cell kinds; `NO_VALUE` is a formula whose result was never saved."""

VISIBLE, HIDDEN, VERY_HIDDEN = "visible", "hidden", "veryHidden"


class Cell(msgspec.Struct, frozen=True, gc=False):
    """One cell that has something in it; `value` is str, Decimal or date by `kind`."""

    kind: str
    value: str | Decimal | date
    formula: bool = False

    @property
    def blank(self) -> bool:
        """Nothing but blanks, or a formula without a saved result."""
        return self.kind == NO_VALUE or (self.kind == TEXT and not without_blanks(str(self.value)))

    @property
    def shown(self) -> str:
        """The words of the cell: numbers without a trailing `.0`, dates in ISO form."""
        if self.kind == NUMBER and isinstance(self.value, Decimal):
            return plain_number(self.value)
        return self.value.isoformat() if isinstance(self.value, date) else str(self.value)


EMPTY = Cell(TEXT, "")
"""What stands where the file has no cell."""


class Merge(msgspec.Struct, frozen=True, gc=False):
    """A merged area, both corners included, counted from 1."""

    top: int
    left: int
    bottom: int
    right: int


class Sheet(msgspec.Struct):
    """One sheet; `rows` maps row and column numbers (from 1) to cells, also of blank text."""

    name: str
    state: str = VISIBLE
    rows: dict[int, dict[int, Cell]] = {}
    hidden_rows: set[int] = set()
    hidden_columns: set[int] = set()
    merges: list[Merge] = []
    covered: dict[tuple[int, int], tuple[int, int]] = {}
    """Where a cell lies inside a merged area: its anchor (the anchor itself too)."""

    def cell(self, row: int, column: int) -> Cell:
        """The cell itself; inside a merged area only the anchor has one."""
        return self.rows.get(row, {}).get(column, EMPTY)

    def spread(self, row: int, column: int) -> Cell:
        """The cell, or the anchor's when it lies in a merged area."""
        return self.cell(*self.covered.get((row, column), (row, column)))

    @property
    def last_row(self) -> int:
        """The last row that has anything in it, 0 for an empty sheet."""
        return max(self.rows, default=0)


class Workbook(msgspec.Struct):
    """All sheets in the order of the file; `epoch` is day 0 of its date numbers."""

    sheets: list[Sheet]
    epoch: date = date(1899, 12, 30)


def plain_number(number: Decimal) -> str:
    """Digits without exponent and without zeros after the point."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def column_letter(column: int) -> str:
    """`A` for 1, `AA` for 27."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """1 for `A`; the other way of `column_letter`."""
    number = 0
    for char in letters:
        number = number * 26 + ord(char) - 64
    return number
