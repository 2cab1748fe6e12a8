"""Reads .xlsx as it lies in the file: values, saved formula results, merges, hidden parts; runs nothing."""

import re
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from io import BytesIO
from posixpath import dirname, join, normpath
from xml.parsers import expat

from desktop.exchange import cells
from desktop.exchange.cells import Cell, Merge, Sheet, Workbook
from desktop.policy.text import without_blanks

MAX_ROWS = 50_000
MAX_BLANK_RUN = 200
_MAX_PART = 400_000_000
_MAX_COLUMNS = 500
_REF = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_DATE_FORMATS = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_NOT_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")

Attributes = dict[str, str]


class Broken(ValueError):
    """The file is not what a workbook must be."""


class TooLarge(ValueError):
    """More rows than a ledger may have."""


def read_xlsx(data: bytes, progress: Callable[[int], None] | None = None) -> Workbook:
    """All visible sheets with their cells, hidden ones by name only.

    Raises Broken when a part is missing, damaged or unlike a workbook, TooLarge past `MAX_ROWS` rows.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _read(archive, progress)
    except (zipfile.BadZipFile, expat.ExpatError, KeyError, EOFError, OSError) as error:
        raise Broken(type(error).__name__) from error
    except (NotImplementedError, RuntimeError, ValueError, OverflowError, IndexError) as error:
        if isinstance(error, Broken | TooLarge):
            raise
        raise Broken(type(error).__name__) from error
    except zipfile.zlib.error as error:  # type: ignore[attr-defined]
        raise Broken("zlib") from error


def _read(archive: zipfile.ZipFile, progress: Callable[[int], None] | None) -> Workbook:
    """Workbook, relations, strings, styles, then sheet by sheet."""
    main = _main_part(archive)
    targets = _relations(archive, main)
    listed: list[tuple[str, str, str]] = []
    epoch = date(1899, 12, 30)

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal epoch
        if tag == "sheet":
            relation = next((value for key, value in attributes.items() if key.split(":")[-1] == "id"), "")
            listed.append((attributes["name"], attributes.get("state", cells.VISIBLE), relation))
        elif tag == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            epoch = date(1904, 1, 1)

    _parse(archive, main, start)
    if not listed:
        raise Broken("no sheets")
    strings = _shared_strings(archive, targets)
    dates = _date_styles(archive, targets)
    sheets = []
    for name, state, relation in listed:
        sheet = Sheet(name, state)
        kind, part = targets.get(relation, ("", ""))
        if state == cells.VISIBLE and kind == "worksheet":
            _SheetReader(sheet, strings, dates, epoch, progress).read(archive, part)
        sheets.append(sheet)
    return Workbook(sheets, epoch)


def _parse(
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


def _main_part(archive: zipfile.ZipFile) -> str:
    """Where the workbook lies, by the package's own relations."""
    for kind, part in _relations(archive, "").values():
        if kind == "officeDocument":
            return part
    raise Broken("no workbook")


def _relations(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Relation id to kind and part name."""
    folder, _, name = part.rpartition("/")
    path = join(folder, "_rels", f"{name}.rels")
    found: dict[str, tuple[str, str]] = {}

    def start(tag: str, attributes: Attributes) -> None:
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes["Target"]
            full = target.lstrip("/") if target.startswith("/") else normpath(join(dirname(part), target))
            found[attributes["Id"]] = (attributes["Type"].rpartition("/")[2], full)

    _parse(archive, path, start)
    return found


def _part_of(targets: dict[str, tuple[str, str]], kind: str, archive: zipfile.ZipFile) -> str | None:
    """The part of that kind if the file has it."""
    part = next((part for found, part in targets.values() if found == kind), None)
    return part if part in archive.namelist() else None


def _shared_strings(archive: zipfile.ZipFile, targets: dict[str, tuple[str, str]]) -> list[str]:
    """The table of texts; phonetic hints are left out."""
    part = _part_of(targets, "sharedStrings", archive)
    strings: list[str] = []
    if part is None:
        return strings
    pieces: list[str] = []
    state = {"text": False, "hint": False}

    def start(tag: str, attributes: Attributes) -> None:
        if tag == "si":
            pieces.clear()
        elif tag == "rPh":
            state["hint"] = True
        elif tag == "t":
            state["text"] = not state["hint"]

    def end(tag: str) -> None:
        if tag == "t":
            state["text"] = False
        elif tag == "rPh":
            state["hint"] = False
        elif tag == "si":
            strings.append(_unescape("".join(pieces)))

    def text(piece: str) -> None:
        if state["text"]:
            pieces.append(piece)

    _parse(archive, part, start, end, text)
    return strings


def _unescape(text: str) -> str:
    """`_x000D_` and its like are characters that XML cannot hold."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _date_styles(archive: zipfile.ZipFile, targets: dict[str, tuple[str, str]]) -> set[int]:
    """Numbers of the cell styles that show a number as a date."""
    part = _part_of(targets, "styles", archive)
    custom: dict[int, str] = {}
    styles: list[int] = []
    inside = {"cellXfs": False}

    def start(tag: str, attributes: Attributes) -> None:
        if tag == "numFmt" and "formatCode" in attributes:
            custom[int(attributes["numFmtId"])] = attributes["formatCode"]
        elif tag == "cellXfs":
            inside["cellXfs"] = True
        elif tag == "xf" and inside["cellXfs"]:
            styles.append(int(attributes.get("numFmtId", "0")))

    def end(tag: str) -> None:
        if tag == "cellXfs":
            inside["cellXfs"] = False

    if part is not None:
        _parse(archive, part, start, end)
    return {index for index, number in enumerate(styles) if _is_date_format(number, custom.get(number))}


def _is_date_format(number: int, code: str | None) -> bool:
    """Built-in date formats by number, others by their letters."""
    if code is None:
        return number in _DATE_FORMATS
    first = _NOT_CODE.sub("", code.partition(";")[0])
    return "general" not in first.lower() and any(char in "dmyhsDMYHS" for char in first)


class _SheetReader:
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
        self.progress = progress
        self.row = self.column = 0
        self.cells: dict[int, Cell] = {}
        self.type = self.style = ""
        self.formula = self.hint = False
        self.pieces: list[str] | None = None
        self.text: list[str] = []
        self.has_value = False
        self.last_filled = 0
        self.past_end = False

    def read(self, archive: zipfile.ZipFile, part: str) -> None:
        """Fill the sheet; rows behind a run of `MAX_BLANK_RUN` blank ones are left alone."""
        _parse(archive, part, self.start, self.end, self.characters)
        self._cover()

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
            last = min(int(attributes["max"]), _MAX_COLUMNS)
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
            self._keep_row()

    def characters(self, piece: str) -> None:
        """Text inside a value."""
        if self.pieces is not None:
            self.pieces.append(piece)

    def _keep_cell(self) -> None:
        if self.past_end or self.column > _MAX_COLUMNS or not (self.has_value or self.formula):
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
            return Cell(cells.TEXT, _unescape(raw), self.formula) if raw or self.formula else None
        if not raw.strip():
            return Cell(cells.NO_VALUE, "", True) if self.formula else None
        if self.type == "e":
            return Cell(cells.ERROR, raw, self.formula)
        if self.type == "b":
            return Cell(cells.TEXT, "TRUE" if raw == "1" else "FALSE", self.formula)
        if self.type == "d":
            return Cell(cells.DATE, date.fromisoformat(raw[:10]), self.formula)
        return self._number(raw)

    def _number(self, raw: str) -> Cell:
        """A number, or the day it stands for when its style says so."""
        try:
            number = Decimal(raw.strip())
        except InvalidOperation:
            return Cell(cells.TEXT, raw, self.formula)
        if not number.is_finite() or abs(number) >= Decimal("1e30"):
            return Cell(cells.TEXT, raw, self.formula)
        if int(self.style or 0) in self.dates:
            day = day_of_serial(number, self.epoch)
            if day is not None:
                return Cell(cells.DATE, day, self.formula)
        return Cell(cells.NUMBER, number, self.formula)

    def _keep_row(self) -> None:
        if not self.cells or self.past_end:
            return
        if all(
            cell.kind == cells.TEXT and not cell.formula and not without_blanks(str(cell.value))
            for cell in self.cells.values()
        ):
            return
        if self.row - self.last_filled > MAX_BLANK_RUN:
            self.past_end = True
            return
        self.last_filled = self.row
        self.sheet.rows[self.row] = self.cells
        count = len(self.sheet.rows)
        if self.row > MAX_ROWS:
            raise TooLarge(self.sheet.name)
        if self.progress is not None and count % 200 == 0:
            self.progress(count)

    def _merge(self, ref: str) -> None:
        first, _, last = ref.partition(":")
        start, end = _REF.fullmatch(first), _REF.fullmatch(last or first)
        if start is None or end is None:
            raise Broken("merge")
        top, bottom = sorted((int(start[2]), int(end[2])))
        left, right = sorted((cells.column_number(start[1]), cells.column_number(end[1])))
        self.sheet.merges.append(Merge(top, left, bottom, min(right, _MAX_COLUMNS)))

    def _cover(self) -> None:
        """Note the anchor of every merged cell and forget what lies under the others."""
        last = self.sheet.last_row + 1
        for merge in self.sheet.merges:
            for row in range(merge.top, min(merge.bottom, last) + 1):
                under = self.sheet.rows.get(row, {})
                for column in range(merge.left, merge.right + 1):
                    self.sheet.covered[(row, column)] = (merge.top, merge.left)
                    if (row, column) != (merge.top, merge.left):
                        under.pop(column, None)


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
