"""Reads one part of an .xlsx: XML as a stream, and the cells of one sheet while they pass by."""

import re
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from xml.parsers import expat

from desktop.exchange.files import cells
from desktop.exchange.files.cells import Cell, Merge, Sheet, day_of_serial
from desktop.exchange.files.keeping import Keeper
from desktop.exchange.files.limits import MAX_COLUMNS, Broken, TooLarge

_MAX_PART = 200_000_000
_SMALLEST = -40
_REF = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")

Attributes = dict[str, str]


def parse(
    archive: zipfile.ZipFile,
    part: str,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Stream one XML part; names without prefix, no document types (nothing to expand)."""
    if archive.getinfo(part).file_size > _MAX_PART:
        raise TooLarge(part)
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse_doctype(*_: object) -> None:
        raise Broken("doctype")

    parser.StartDoctypeDeclHandler = refuse_doctype
    parser.StartElementHandler = lambda tag, attributes: start(tag.rpartition(":")[2], attributes)
    if end is not None:
        done = end
        parser.EndElementHandler = lambda tag: done(tag.rpartition(":")[2])
    if text is not None:
        parser.CharacterDataHandler = text
    with archive.open(part) as stream:
        parser.ParseFile(stream)


def unescape(text: str) -> str:
    """`_x000D_` and its like are characters that XML cannot hold."""
    return _ESCAPED.sub(_escaped, text) if "_x" in text else text


def _escaped(match: re.Match[str]) -> str:
    """The character meant; half a character is none."""
    code = int(match[1], 16)
    return "\ufffd" if 0xD800 <= code <= 0xDFFF else chr(code)


class SheetReader:
    """Collects one sheet while its XML streams by."""

    def __init__(
        self,
        sheet: Sheet,
        strings: list[str],
        dates: set[int],
        epoch: date,
        progress: Callable[[int], None] | None,
    ) -> None:
        self.sheet = sheet
        self.strings = strings
        self.dates = dates
        self.epoch = epoch
        self.keeper = Keeper(sheet, progress)
        self.row = self.column = 0
        self.cells: dict[int, Cell] = {}
        self.type = self.style = ""
        self.formula = self.hint = False
        self.pieces: list[str] | None = None
        self.text: list[str] = []
        self.has_value = False

    def read(self, archive: zipfile.ZipFile, part: str) -> None:
        """Fill the sheet; rows behind a run of `MAX_BLANK_RUN` blank ones are left alone."""
        parse(archive, part, self.start, self.end, self.characters)
        self.keeper.finish()

    def start(self, tag: str, attributes: Attributes) -> None:
        """An element opens."""
        if tag == "c":
            match = _REF.fullmatch(attributes.get("r", ""))
            self.column = cells.column_number(match[1]) if match else self.column + 1
            self.type = attributes.get("t", "n")
            self.style = attributes.get("s", "0")
            self.formula = self.has_value = False
            self.text = []
        elif tag == "row":
            self.row = int(attributes.get("r", self.row + 1))
            self.column = 0
            self.cells = {}
            if attributes.get("hidden") in ("1", "true"):
                self.sheet.hidden_rows.add(self.row)
        elif tag == "f":
            self.formula = True
        elif tag == "rPh":
            self.hint = True
        elif tag in ("v", "t"):
            self.has_value = True
            self.pieces = None if self.hint else self.text
        elif tag == "col" and attributes.get("hidden") in ("1", "true"):
            last = min(int(attributes["max"]), MAX_COLUMNS)
            self.sheet.hidden_columns.update(range(int(attributes["min"]), last + 1))
        elif tag == "mergeCell":
            self._merge(attributes["ref"])

    def end(self, tag: str) -> None:
        """An element closes."""
        if tag in ("v", "t"):
            self.pieces = None
        elif tag == "rPh":
            self.hint = False
        elif tag == "c":
            self._keep_cell()
        elif tag == "row":
            self.keeper.keep(self.row, self.cells)

    def characters(self, piece: str) -> None:
        """Text inside a value."""
        if self.pieces is not None:
            self.pieces.append(piece)

    def _keep_cell(self) -> None:
        if self.keeper.past_end or self.column > MAX_COLUMNS or not (self.has_value or self.formula):
            return
        cell = self._cell("".join(self.text))
        if cell is not None:
            self.cells[self.column] = cell

    def _cell(self, raw: str) -> Cell | None:
        """The typed cell; None when there is nothing in it."""
        if self.type == "s":
            raw = self.strings[int(raw)] if raw else ""
            return Cell(cells.TEXT, raw, self.formula) if raw or self.formula else None
        if self.type in ("str", "inlineStr"):
            if self.formula and not self.has_value:
                return Cell(cells.NO_VALUE, "", True)
            return Cell(cells.TEXT, unescape(raw), self.formula) if raw or self.formula else None
        if not raw.strip():
            return Cell(cells.NO_VALUE, "", True) if self.formula else None
        if self.type == "e":
            return Cell(cells.ERROR, raw, self.formula)
        if self.type == "b":
            return Cell(cells.TEXT, "TRUE" if raw == "1" else "FALSE", self.formula)
        if self.type == "d":
            return self._day(raw)
        return self._number(raw)

    def _day(self, raw: str) -> Cell:
        """A day written out; a text where it is none."""
        try:
            return Cell(cells.DATE, date.fromisoformat(raw.strip()[:10]), self.formula)
        except ValueError:
            return Cell(cells.TEXT, raw, self.formula)

    def _number(self, raw: str) -> Cell:
        """A number, or the day it stands for when its style says so."""
        try:
            number = Decimal(raw.strip())
        except InvalidOperation:
            return Cell(cells.TEXT, raw, self.formula)
        if not number.is_finite() or abs(number) >= Decimal("1e30"):
            return Cell(cells.TEXT, raw, self.formula)
        if number.adjusted() < _SMALLEST:
            number = Decimal(0)
        if int(self.style or 0) in self.dates:
            day = day_of_serial(number, self.epoch)
            if day is not None:
                return Cell(cells.DATE, day, self.formula)
        return Cell(cells.NUMBER, number, self.formula)

    def _merge(self, ref: str) -> None:
        first, _, last = ref.partition(":")
        start, end = _REF.fullmatch(first), _REF.fullmatch(last or first)
        if start is None or end is None:
            raise Broken("merge")
        top, bottom = sorted((int(start[2]), int(end[2])))
        left, right = sorted((cells.column_number(start[1]), cells.column_number(end[1])))
        self.sheet.merges.append(Merge(top, left, bottom, min(right, MAX_COLUMNS)))
