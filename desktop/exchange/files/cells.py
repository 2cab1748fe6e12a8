"""A workbook as the ledger rules see it: typed cells, merges, what is hidden; no file format in here."""

from datetime import date, timedelta
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


_MOST_COVERED = 3_000_000


def cover(sheet: Sheet) -> bool:
    """Note the anchor of every merged cell and forget what lies under the others; False when it is too much."""
    last = sheet.last_row + 1
    budget = _MOST_COVERED
    for merge in sheet.merges:
        bottom = min(merge.bottom, last)
        budget -= max(bottom - merge.top + 1, 0) * (merge.right - merge.left + 1)
        if budget < 0:
            return False
        anchor = (merge.top, merge.left)
        for row in range(merge.top, bottom + 1):
            under = sheet.rows.get(row, {})
            for column in range(merge.left, merge.right + 1):
                sheet.covered[(row, column)] = anchor
                if (row, column) != anchor:
                    under.pop(column, None)
    return True


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


def day_of_serial(number: Decimal, epoch: date) -> date | None:
    """The day of a date number, its time of day cut off; None when the calendar has no such day."""
    days = int(number)
    if number < 0:
        return None
    if epoch.year == 1899 and days < 60:
        days += 1  # the day that 1900 never had
    try:
        return epoch + timedelta(days=days)
    except OverflowError:
        return None
