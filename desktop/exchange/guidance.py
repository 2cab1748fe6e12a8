"""What a person says about a ledger: which column is what, and how a cell should read (excel.md §5)."""

import hashlib
from collections.abc import Iterable, Mapping

import msgspec

from desktop.exchange.files.cells import TEXT, Cell, Sheet, column_letter
from desktop.policy.text import bare

_SCANNED_ROWS = 15


class Reading(msgspec.Struct, frozen=True):
    """A sheet read by hand: code of the profile, rows of the heads, column numbers (from 1) by key.

    Without `rows` only the profile is said; heads and columns are then found as always.
    """

    profile: str
    rows: tuple[int, ...] = ()
    columns: dict[str, int] = {}


class Mend(msgspec.Struct, frozen=True):
    """A cell as a person corrected it; the file itself is never changed."""

    sheet: str
    row: int
    column: int
    text: str
    old: str = ""

    @property
    def place(self) -> str:
        """`花名册!F12`."""
        return f"{self.sheet}!{column_letter(self.column)}{self.row}"


class Remembered(msgspec.Struct, frozen=True):
    """How heads of this wording were read before: profile, how many rows, columns by key."""

    profile: str
    rows: int
    columns: dict[str, int]


class Guidance(msgspec.Struct, frozen=True):
    """All of it: readings by sheet name, remembered ones by the print of their heads, mended cells."""

    readings: Mapping[str, Reading] = {}
    remembered: Mapping[str, Remembered] = {}
    mends: tuple[Mend, ...] = ()

    def reading_of(self, sheet: Sheet) -> Reading | None:
        """How this sheet is to be read: as just said, else as its heads were read before."""
        said = self.readings.get(sheet.name)
        if said is not None:
            return said
        known = self.known_by(sheet)
        return (
            Reading(self.remembered[known[0]].profile, known[1], self.remembered[known[0]].columns) if known else None
        )

    def known_by(self, sheet: Sheet) -> tuple[str, tuple[int, ...]] | None:
        """The print by which the heads of this sheet are remembered, with their rows."""
        if not self.remembered:
            return None
        for row in range(1, _SCANNED_ROWS + 1):
            for count in (2, 1):
                rows = tuple(range(row, row + count))
                known = self.remembered.get(key := print_of(sheet, rows))
                if known is not None and known.rows == count:
                    return key, rows
        return None


def print_of(sheet: Sheet, rows: Iterable[int]) -> str:
    """A print of heads by wording and place; it tells nothing of what they say."""
    parts = [
        f"{place}:{column}:{bare(cell.shown)}"
        for place, row in enumerate(rows)
        for column, cell in sorted(sheet.rows.get(row, {}).items())
        if not cell.blank
    ]
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest() if parts else ""


def mended(sheet: Sheet, mends: Iterable[Mend]) -> Sheet:
    """The sheet with its corrected cells; the one that was read stays as it is."""
    rows = dict(sheet.rows)
    touched = False
    for mend in mends:
        if mend.sheet == sheet.name and mend.row in rows:
            rows[mend.row] = rows[mend.row] | {mend.column: Cell(TEXT, mend.text)}
            touched = True
    return msgspec.structs.replace(sheet, rows=rows) if touched else sheet
