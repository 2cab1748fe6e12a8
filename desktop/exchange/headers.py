"""Where the table of a sheet begins and which column holds what (excel.md §4.5)."""

import re
from collections.abc import Callable

import msgspec

from desktop.exchange.files.cells import Sheet, column_letter
from desktop.exchange.profiles import Field, Profile, heading, known_heads, without_parentheses
from desktop.policy.text import bare

_SCANNED_ROWS = 15
_FEWEST_HITS = 3
_IN_PARENTHESES = re.compile(r"\(([^()]*)\)")
_UNIT_LINE = re.compile(r"单位:[^:]*万元")

Hit = Callable[[int, str], str]
"""Which field a head in a column stands for, empty for none."""


class Header(msgspec.Struct):
    """The rows of a header, the columns of the fields by key, and which amounts count in 万元."""

    rows: tuple[int, ...]
    heads: dict[int, str]
    columns: dict[str, int]
    ten_thousands: frozenset[str] = frozenset()

    @property
    def letters(self) -> dict[str, str]:
        """The columns as the sheet shows them."""
        return {key: column_letter(column) for key, column in self.columns.items()}


class _Candidate(msgspec.Struct):
    """One or two rows read as heads: what stood in each column, and which field it hit."""

    rows: tuple[int, ...]
    heads: dict[int, str]
    hits: dict[int, str]

    @property
    def rank(self) -> tuple[int, int, int]:
        """Most fields, then two rows, then the higher place."""
        return len(set(self.hits.values())), len(self.rows), -self.rows[0]


def find_header(sheet: Sheet, profile: Profile) -> Header | None:
    """The header of a sheet read as that profile; None when fewer than three fields are found."""

    def hit(column: int, head: str) -> str:
        field = profile.field_of(head)
        if field is None or (field.kept_visible and column in sheet.hidden_columns):
            return ""
        return field.key

    found = _best(sheet, hit)
    if found is None:
        return None
    columns: dict[str, int] = {}
    by_preference = sorted(found.hits, key=lambda column: (column in sheet.hidden_columns, column))
    for column in by_preference:
        columns.setdefault(found.hits[column], column)
    in_order = {field.key: columns[field.key] for field in profile.fields if field.key in columns}
    counted = _ten_thousands(sheet, found, in_order, profile.by_key)
    return Header(found.rows, found.heads, in_order, counted)


def header_by_hand(sheet: Sheet, profile: Profile, rows: tuple[int, ...], columns: dict[str, int]) -> Header:
    """The header with the columns that a person named; a hidden column still serves for no number and no name."""
    heads = {column: head for column in _wide(sheet, rows) if (head := head_of(sheet, rows, column))}
    fields = profile.by_key
    kept = {
        key: columns[key]
        for key, field in fields.items()
        if key in columns and not (field.kept_visible and columns[key] in sheet.hidden_columns)
    }
    found = _Candidate(rows, heads | {column: heads.get(column, "") for column in kept.values()}, {})
    return Header(rows, found.heads, kept, _ten_thousands(sheet, found, kept, fields))


def head_of(sheet: Sheet, rows: tuple[int, ...], column: int) -> str:
    """The head of a column: the lower row's words, else the upper's."""
    words = [heading(sheet.spread(row, column).shown) for row in rows]
    return next((word for word in reversed(words) if word), "")


def _wide(sheet: Sheet, rows: tuple[int, ...]) -> range:
    return range(1, max((max(sheet.rows[row], default=0) for row in rows if row in sheet.rows), default=0) + 1)


def find_any_header(sheet: Sheet) -> Header | None:
    """The header by the heads of all profiles, to know what stands above it."""
    heads = known_heads()

    def hit(_column: int, head: str) -> str:
        return head if head in heads or (head := without_parentheses(head)) in heads else ""

    found = _best(sheet, hit)
    return None if found is None else Header(found.rows, found.heads, {})


def above(sheet: Sheet, header: Header | None) -> list[str]:
    """The words of each row above the header, top down, without blanks."""
    first = header.rows[0] if header is not None else 1
    return ["".join(bare(sheet.rows[row][c].shown) for c in sorted(sheet.rows[row])) for row in _filled(sheet, first)]


def _filled(sheet: Sheet, before: int) -> list[int]:
    return [row for row in range(1, before) if row in sheet.rows]


def _best(sheet: Sheet, hit: Hit) -> _Candidate | None:
    candidates = []
    merged_rows = _merged_anchors(sheet)
    for row in range(1, _SCANNED_ROWS + 1):
        if row in sheet.rows:
            candidates.append(_single(sheet, row, hit))
        if row in merged_rows and row < _SCANNED_ROWS and _may_be_upper(sheet, row, merged_rows[row]):
            candidates.append(_double(sheet, row, hit))
    best = max(candidates, key=lambda candidate: candidate.rank, default=None)
    return best if best is not None and best.rank[0] >= _FEWEST_HITS else None


def _merged_anchors(sheet: Sheet) -> dict[int, list[int]]:
    """Rows near the top with the columns of cells that are merged sideways or with the row below."""
    found: dict[int, list[int]] = {}
    for merge in sheet.merges:
        if merge.top <= _SCANNED_ROWS and (merge.right > merge.left or merge.bottom > merge.top):
            found.setdefault(merge.top, []).append(merge.left)
    return found


def _may_be_upper(sheet: Sheet, row: int, merged: list[int]) -> bool:
    """Two cells or more, none with a colon, one of them merged: the upper row of a header."""
    filled = {column: bare(cell.shown) for column, cell in sheet.rows.get(row, {}).items() if not cell.blank}
    if len(filled) < 2 or any(":" in text for text in filled.values()):
        return False
    return any(column in filled for column in merged)


def _single(sheet: Sheet, row: int, hit: Hit) -> _Candidate:
    heads = {column: heading(cell.shown) for column, cell in sheet.rows[row].items() if not cell.blank}
    hits = {column: key for column, head in heads.items() if (key := hit(column, head))}
    return _Candidate((row,), heads, hits)


def _double(sheet: Sheet, row: int, hit: Hit) -> _Candidate:
    """Two rows: the lower head, else the upper one, else both written together."""
    columns = set(sheet.rows.get(row, {})) | set(sheet.rows.get(row + 1, {}))
    columns |= {c for merge in sheet.merges if merge.top == row for c in range(merge.left, merge.right + 1)}
    heads: dict[int, str] = {}
    hits: dict[int, str] = {}
    for column in columns:
        upper, lower = heading(sheet.spread(row, column).shown), heading(sheet.cell(row + 1, column).shown)
        head = lower or upper
        if not head:
            continue
        heads[column] = head
        if not (key := hit(column, head)) and lower and upper and (key := hit(column, upper + lower)):
            heads[column] = upper + lower
        if key:
            hits[column] = key
    return _Candidate((row, row + 1), heads, hits)


def _ten_thousands(
    sheet: Sheet, found: _Candidate, columns: dict[str, int], fields: dict[str, Field]
) -> frozenset[str]:
    """Amounts that count in 万元: by the column's own unit, else by the line above the table."""
    lines = [bare(cell.shown) for row in _filled(sheet, found.rows[0]) for cell in sheet.rows[row].values()]
    by_line = any(_UNIT_LINE.search(line) for line in lines)
    counted = set()
    for key, column in columns.items():
        if fields[key].kind != "amount":
            continue
        units = "".join(_IN_PARENTHESES.findall(found.heads[column]))
        if "万元" in units or ("元" not in units and by_line):
            counted.add(key)
    return frozenset(counted)
