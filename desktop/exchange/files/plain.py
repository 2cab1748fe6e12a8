"""Reads .csv as one sheet of texts, in UTF-8 or in the Chinese encoding of Excel (GB18030)."""

import csv
import io

from desktop.exchange.files import cells
from desktop.exchange.files.cells import Cell, Sheet, Workbook
from desktop.exchange.files.keeping import Keeper
from desktop.exchange.files.limits import MAX_COLUMNS
from desktop.exchange.refusals import refusal

_ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"})
_LONGEST_CELL = 1_000_000


def read_csv(data: bytes, name: str) -> Workbook:
    """The one sheet of a text table; raises `BadValue` `LEDGER_FORMAT`, `TooLarge`."""
    text = _decoded(data)
    sheet = Sheet(name)
    csv.field_size_limit(_LONGEST_CELL)
    keeper = Keeper(sheet)
    try:
        for number, parts in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)), 1):
            keeper.keep(number, {column: _cell(part) for column, part in enumerate(parts[:MAX_COLUMNS], 1) if part})
            if keeper.past_end:
                break
    except csv.Error as error:
        raise refusal("LEDGER_FORMAT") from error
    return Workbook([sheet])


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise refusal("LEDGER_FORMAT")


def _delimiter(text: str) -> str:
    """What stands most often in the first lines."""
    start = text[:20_000]
    return max(",\t;", key=start.count)


def _cell(part: str) -> Cell:
    """A text, or the error value of a formula that it spells."""
    return Cell(cells.ERROR if part.strip() in _ERRORS else cells.TEXT, part)
