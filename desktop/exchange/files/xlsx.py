"""Reads .xlsx as it lies in the file: values, saved formula results, merges, hidden parts; runs nothing."""

import lzma
import re
import zipfile
import zlib
from collections.abc import Callable
from datetime import date
from io import BytesIO
from posixpath import dirname, join, normpath
from xml.parsers import expat

from desktop.exchange.files import cells
from desktop.exchange.files.cells import Sheet, Workbook
from desktop.exchange.files.limits import MAX_ROWS, Broken, NoWorkbook, TooLarge
from desktop.exchange.files.xlsx_sheet import Attributes, SheetReader, parse, unescape

_DATE_FORMATS = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_NOT_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)


def read_xlsx(data: bytes, progress: Callable[[int], None] | None = None) -> Workbook:
    """All visible sheets with their cells, hidden ones by name only.

    Raises Broken when a part is missing or damaged, NoWorkbook for another kind of package, TooLarge past
    `MAX_ROWS` filled rows.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _read(archive, progress)
    except (Broken, NoWorkbook, TooLarge):
        raise
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, expat.ExpatError, LookupError, EOFError, OSError) as error:
        raise Broken(type(error).__name__) from error
    except (NotImplementedError, RuntimeError, ValueError, OverflowError) as error:
        raise Broken(type(error).__name__) from error


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

    parse(archive, main, start)
    if not listed:
        raise Broken("no sheets")
    strings = _shared_strings(archive, targets)
    dates = _date_styles(archive, targets)
    sheets = []
    for name, state, relation in listed:
        sheet = Sheet(name, state)
        kind, part = targets.get(relation, ("", ""))
        if state == cells.VISIBLE and kind == "worksheet":
            SheetReader(sheet, strings, dates, epoch, progress).read(archive, part)
        sheets.append(sheet)
        if sum(len(one.rows) for one in sheets) > MAX_ROWS:
            raise TooLarge(name)
    return Workbook(sheets, epoch)


def _main_part(archive: zipfile.ZipFile) -> str:
    """Where the workbook lies, by the package's own relations."""
    if "_rels/.rels" not in archive.namelist():
        raise NoWorkbook("no relations")
    for kind, part in _relations(archive, "").values():
        if kind == "officeDocument" and not part.startswith(("word/", "ppt/")):
            return part
    raise NoWorkbook("no workbook")


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

    parse(archive, path, start)
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
            strings.append(unescape("".join(pieces)))

    def text(piece: str) -> None:
        if state["text"]:
            pieces.append(piece)

    parse(archive, part, start, end, text)
    return strings


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
        parse(archive, part, start, end)
    return {index for index, number in enumerate(styles) if is_date_format(number, custom.get(number))}


def is_date_format(number: int, code: str | None) -> bool:
    """Built-in date formats by number, others by their letters."""
    if code is None:
        return number in _DATE_FORMATS
    first = _NOT_CODE.sub("", code.partition(";")[0])
    return "general" not in first.lower() and any(char in "dmyhsDMYHS" for char in first)
