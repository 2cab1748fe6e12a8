"""Reads the old .xls (Excel 97 to 2003) as it lies in the file: values, merges, hidden parts; runs nothing."""

import struct
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from desktop.exchange.files import cells
from desktop.exchange.files.cells import Cell, Merge, Sheet, Workbook, day_of_serial
from desktop.exchange.files.compound import Compound
from desktop.exchange.files.keeping import Keeper
from desktop.exchange.files.limits import MAX_COLUMNS, MAX_ROWS, Broken, TooLarge
from desktop.exchange.files.xls_strings import Pieces, read_table, read_text
from desktop.exchange.files.xlsx import is_date_format
from desktop.exchange.refusals import refusal

_STATES = {0: cells.VISIBLE, 1: cells.HIDDEN}
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_BOF, _EOF, _CONTINUE, _LOCKED, _BOUND, _STRINGS = 0x809, 0x0A, 0x3C, 0x2F, 0x85, 0xFC
_FORMAT, _XF, _DATE_MODE, _ROW, _COLUMNS, _MERGES = 0x41E, 0xE0, 0x22, 0x208, 0x7D, 0xE5
_SHARED, _LABEL, _NUMBER, _RK, _MANY_RK, _BOOL, _FORMULA, _RESULT = 0xFD, 0x204, 0x203, 0x27E, 0xBD, 0x205, 0x06, 0x207


def read_xls(data: bytes) -> Workbook:
    """All visible sheets with their cells, hidden ones by name only.

    Raises `BadValue` with `LEDGER_ENCRYPTED` or `LEDGER_FORMAT` (older than Excel 97), `Broken`, `TooLarge`.
    """
    try:
        name, stream = Compound(data).stream("Workbook", "Book")
        if name == "Book":
            raise refusal("LEDGER_FORMAT")
        return _Book(stream).read()
    except (struct.error, LookupError, OverflowError, UnicodeDecodeError) as error:
        raise Broken(type(error).__name__) from error


def _records(stream: bytes, start: int) -> Iterator[tuple[int, Pieces]]:
    """Records from a place to the end of its part, continued ones in one."""
    kind, pieces, depth = 0, Pieces(), 0
    while start + 4 <= len(stream):
        following, size = struct.unpack_from("<HH", stream, start)
        body = stream[start + 4 : start + 4 + size]
        start += 4 + size
        if following == _CONTINUE:
            pieces.append(body)
            continue
        if pieces:
            yield kind, pieces
        kind, pieces = following, Pieces([body])
        depth += (kind == _BOF) - (kind == _EOF)
        if kind == _EOF and depth <= 0:
            return
    if pieces:
        yield kind, pieces


class _Book:
    """The part of the file that all sheets share."""

    def __init__(self, stream: bytes) -> None:
        self.stream = stream
        self.strings: list[str] = []
        self.formats: dict[int, str] = {}
        self.styles: list[int] = []
        self.epoch = date(1899, 12, 30)
        self.listed: list[tuple[int, Sheet, bool]] = []

    def read(self) -> Workbook:
        """The shared part, then each visible sheet."""
        for kind, pieces in _records(self.stream, 0):
            self._take(kind, pieces)
        if not self.listed:
            raise Broken("no sheets")
        dates = {n for n, number in enumerate(self.styles) if is_date_format(number, self.formats.get(number))}
        filled = 0
        for start, sheet, is_table in self.listed:
            if sheet.state == cells.VISIBLE and is_table:
                _SheetReader(sheet, self, dates).read(start)
            filled += len(sheet.rows)
            if filled > MAX_ROWS:
                raise TooLarge(sheet.name)
        return Workbook([sheet for _, sheet, _ in self.listed], self.epoch)

    def _take(self, kind: int, pieces: Pieces) -> None:
        body = pieces[0]
        if kind == _LOCKED:
            raise refusal("LEDGER_ENCRYPTED")
        if kind == _BOUND:
            start, state, sort, length, wide = struct.unpack_from("<IBBBB", body)
            written = body[8 : 8 + length * (1 + (wide & 1))]
            name = written.decode("utf-16-le" if wide & 1 else "latin-1", "replace")
            self.listed.append((start, Sheet(name, _STATES.get(state & 3, cells.VERY_HIDDEN)), sort == 0))
        elif kind == _STRINGS:
            self.strings = read_table(pieces)
        elif kind == _FORMAT:
            self.formats[struct.unpack_from("<H", body)[0]] = read_text(pieces, 2)
        elif kind == _XF:
            self.styles.append(struct.unpack_from("<H", body, 2)[0])
        elif kind == _DATE_MODE and struct.unpack_from("<H", body)[0]:
            self.epoch = date(1904, 1, 1)


class _SheetReader:
    """Collects one sheet while its records pass by."""

    def __init__(self, sheet: Sheet, book: _Book, dates: set[int]) -> None:
        self.sheet = sheet
        self.book = book
        self.dates = dates
        self.rows: dict[int, dict[int, Cell]] = {}
        self.waiting: tuple[int, int] | None = None

    def read(self, start: int) -> None:
        """Fill the sheet."""
        for kind, pieces in _records(self.book.stream, start):
            self._take(kind, pieces)
        keeper = Keeper(self.sheet)
        for number in sorted(self.rows):
            keeper.keep(number, self.rows[number])
        keeper.finish()

    def _take(self, kind: int, pieces: Pieces) -> None:
        body = pieces[0]
        if kind in (_SHARED, _LABEL, _NUMBER, _RK, _BOOL, _FORMULA):
            self._one(kind, pieces)
        elif kind == _MANY_RK:
            row, column = struct.unpack_from("<HH", body)
            for place in range(4, len(body) - 7, 6):
                style, number = struct.unpack_from("<HI", body, place)
                self._put(row, column, self._number(_rk(number), style))
                column += 1
        elif kind == _RESULT and self.waiting is not None:
            self._put(*self.waiting, Cell(cells.TEXT, read_text(pieces, 0), True))
        elif kind == _ROW and struct.unpack_from("<H", body, 12)[0] & 0x20:
            self.sheet.hidden_rows.add(struct.unpack_from("<H", body)[0] + 1)
        elif kind == _COLUMNS and struct.unpack_from("<H", body, 8)[0] & 1:
            first, last = struct.unpack_from("<HH", body)
            self.sheet.hidden_columns.update(range(first + 1, min(last + 1, MAX_COLUMNS) + 1))
        elif kind == _MERGES:
            for top, bottom, left, right in struct.iter_unpack("<HHHH", body[2 : 2 + (len(body) - 2) // 8 * 8]):
                self.sheet.merges.append(Merge(top + 1, left + 1, bottom + 1, min(right + 1, MAX_COLUMNS)))

    def _one(self, kind: int, pieces: Pieces) -> None:
        """A record of one cell."""
        row, column, style = struct.unpack_from("<HHH", pieces[0])
        if kind == _SHARED:
            cell = Cell(cells.TEXT, self.book.strings[struct.unpack_from("<I", pieces[0], 6)[0]])
        elif kind == _LABEL:
            cell = Cell(cells.TEXT, read_text(pieces, 6))
        elif kind == _NUMBER:
            cell = self._number(struct.unpack_from("<d", pieces[0], 6)[0], style)
        elif kind == _RK:
            cell = self._number(_rk(struct.unpack_from("<I", pieces[0], 6)[0]), style)
        elif kind == _BOOL:
            cell = _flag(*struct.unpack_from("<BB", pieces[0], 6))
        else:
            cell = self._result(pieces[0][6:14], style)
            self.waiting = (row, column)
        self._put(row, column, cell)

    def _put(self, row: int, column: int, cell: Cell) -> None:
        if column < MAX_COLUMNS and (cell.value != "" or cell.formula):
            self.rows.setdefault(row + 1, {})[column + 1] = cell

    def _result(self, saved: bytes, style: int) -> Cell:
        """What a formula came to; a text follows in a record of its own."""
        if saved[6:8] != b"\xff\xff":
            return self._number(struct.unpack("<d", saved)[0], style, True)
        if saved[0] in (1, 2):
            cell = _flag(saved[2], saved[0] - 1)
            return Cell(cell.kind, cell.value, True)
        return Cell(cells.TEXT, "", True)

    def _number(self, number: float, style: int, formula: bool = False) -> Cell:
        """A number, or the day it stands for when its style says so."""
        exact = Decimal(repr(number))
        if not exact.is_finite() or abs(exact) >= Decimal("1e30"):
            return Cell(cells.TEXT, repr(number), formula)
        if style in self.dates and (day := day_of_serial(exact, self.book.epoch)) is not None:
            return Cell(cells.DATE, day, formula)
        return Cell(cells.NUMBER, exact, formula)


def _rk(packed: int) -> float:
    """A number packed into 30 bits, perhaps hundredfold."""
    if packed & 2:
        whole = packed >> 2
        number = float(whole - (1 << 30) if whole & (1 << 29) else whole)
    else:
        number = float(struct.unpack("<d", b"\0\0\0\0" + struct.pack("<I", packed & 0xFFFFFFFC))[0])
    return number / 100 if packed & 1 else number


def _flag(value: int, is_error: int) -> Cell:
    if is_error:
        return Cell(cells.ERROR, _ERRORS.get(value, "#N/A"))
    return Cell(cells.TEXT, "TRUE" if value else "FALSE")
