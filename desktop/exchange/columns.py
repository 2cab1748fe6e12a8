"""The columns of a sheet to be named by a person: what stands above each, three samples, what it is taken for."""

from collections.abc import Mapping

import msgspec

from desktop.exchange.desk import Desk, reading_of
from desktop.exchange.files.cells import VISIBLE, Sheet, column_letter
from desktop.exchange.headers import find_header, head_of
from desktop.exchange.profiles import Profile, all_profiles, named, profile

_SAMPLES = 3
_WIDEST = 200


class FileColumn(msgspec.Struct, frozen=True):
    """One column of the file; `key` is the field it is taken for, empty for none; hidden ones give no numbers."""

    column: int
    head: str
    samples: tuple[str, ...]
    key: str = ""
    hidden: bool = False

    @property
    def letter(self) -> str:
        """The column as the sheet shows it."""
        return column_letter(self.column)


def kinds() -> dict[str, str]:
    """The kinds of ledger by code, in words."""
    return {kind.code: kind.title for kind in all_profiles()}


def title_of(name: str) -> str:
    """What a kind of ledger is called (`dibao_roster`)."""
    kind = named(name)
    return kind.title if kind is not None else name


def fields(code: str, hidden: bool = False) -> dict[str, str]:
    """The fields that a column may be taken for, ● before those that must be there."""
    return {
        field.key: ("● " if field.needed else "") + field.names[0]
        for field in profile(code).fields
        if not (hidden and field.kept_visible)
    }


def sheets(desk: Desk) -> list[str]:
    """The sheets that may be read: hidden ones never are."""
    return [sheet.name for sheet in desk.book.sheets if sheet.state == VISIBLE and sheet.rows]


def columns_of(desk: Desk, name: str, code: str, rows: tuple[int, ...]) -> list[FileColumn]:
    """Every column that has a head or something below it, with what it is taken for now or would be by its head."""
    sheet = _sheet(desk, name)
    if sheet is None:
        return []
    wide = min(max((max(cells) for cells in sheet.rows.values() if cells), default=0), _WIDEST)
    by_column = {column: key for key, column in _taken(desk, sheet, code, rows).items()}
    found = []
    for column in range(1, wide + 1):
        head, samples = head_of(sheet, rows, column), _samples(sheet, rows, column)
        if head or samples:
            hidden = column in sheet.hidden_columns
            found.append(FileColumn(column, head, samples, by_column.get(column, ""), hidden))
    return found


def header_rows(desk: Desk, name: str, code: str) -> tuple[int, ...]:
    """Where the heads of a sheet are, as far as the program sees; the first row that has anything when it does not."""
    sheet = _sheet(desk, name)
    if sheet is None:
        return (1,)
    said = reading_of(desk, name)
    if said is not None and said.rows and said.profile == code:
        return said.rows
    found = find_header(sheet, profile(code))
    return found.rows if found is not None else (min(sheet.rows, default=1),)


def _sheet(desk: Desk, name: str) -> Sheet | None:
    return next((sheet for sheet in desk.book.sheets if sheet.name == name), None)


def _taken(desk: Desk, sheet: Sheet, code: str, rows: tuple[int, ...]) -> Mapping[str, int]:
    said = reading_of(desk, sheet.name)
    if said is not None and said.profile == code and said.rows == rows:
        return said.columns
    kind = profile(code)
    found = find_header(sheet, kind)
    if found is not None and found.rows == rows:
        return found.columns
    return _by_heads(sheet, kind, rows)


def _by_heads(sheet: Sheet, kind: Profile, rows: tuple[int, ...]) -> dict[str, int]:
    taken: dict[str, int] = {}
    for column in range(1, max((max(sheet.rows[row], default=0) for row in rows if row in sheet.rows), default=0) + 1):
        field = kind.field_of(head_of(sheet, rows, column))
        if field is not None and not (field.kept_visible and column in sheet.hidden_columns):
            taken.setdefault(field.key, column)
    return taken


def _samples(sheet: Sheet, rows: tuple[int, ...], column: int) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for number in sorted(sheet.rows):
        if number > rows[-1] and not (cell := sheet.cell(number, column)).blank:
            found.setdefault(cell.shown)
            if len(found) == _SAMPLES:
                break
    return tuple(found)
