"""Reads the old .xls through calamine: values, merges and hidden sheets; it does not tell hidden rows or formulas."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from desktop.exchange import cells
from desktop.exchange.cells import Cell, Merge, Sheet, Workbook, cover
from desktop.exchange.limits import MAX_BLANK_RUN, MAX_COLUMNS, MAX_ROWS, Broken, TooLarge
from desktop.exchange.plain import error_or_text
from desktop.exchange.refusals import refusal

_STATES = {SheetVisibleEnum.Hidden: cells.HIDDEN, SheetVisibleEnum.VeryHidden: cells.VERY_HIDDEN}


def read_xls(data: bytes) -> Workbook:
    """All sheets; raises `BadValue` `LEDGER_ENCRYPTED`, `Broken`, `TooLarge`."""
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        return Workbook([_sheet(book, place) for place in range(len(book.sheet_names))])
    except PasswordError as error:
        raise refusal("LEDGER_ENCRYPTED") from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise Broken(type(error).__name__) from error


def _sheet(book: CalamineWorkbook, place: int) -> Sheet:
    about = book.sheets_metadata[place]
    sheet = Sheet(about.name, _STATES.get(about.visible, cells.VISIBLE))
    if sheet.state == cells.VISIBLE and about.typ == SheetTypeEnum.WorkSheet:
        _fill(sheet, book.get_sheet_by_index(place))
    return sheet


def _fill(sheet: Sheet, found: CalamineSheet) -> None:
    filled = 0
    for number, parts in enumerate(found.to_python(skip_empty_area=False), 1):
        row = {column: _cell(part) for column, part in enumerate(parts[:MAX_COLUMNS], 1) if part != ""}
        if all(cell.blank for cell in row.values()):
            continue
        if number - filled > MAX_BLANK_RUN:
            break
        filled = number
        sheet.rows[number] = row
        if len(sheet.rows) > MAX_ROWS:
            raise TooLarge(sheet.name)
    for (top, left), (bottom, right) in found.merged_cell_ranges or []:
        sheet.merges.append(Merge(top + 1, left + 1, bottom + 1, min(right + 1, MAX_COLUMNS)))
    if not cover(sheet):
        raise TooLarge(sheet.name)


def _cell(value: Any) -> Cell:
    if isinstance(value, bool):
        return Cell(cells.TEXT, "TRUE" if value else "FALSE")
    if isinstance(value, int | float):
        number = Decimal(repr(value))
        return Cell(cells.NUMBER, number) if number.is_finite() else Cell(cells.TEXT, repr(value))
    if isinstance(value, datetime):
        return Cell(cells.DATE, value.date())
    if isinstance(value, date):
        return Cell(cells.DATE, value)
    if isinstance(value, time | timedelta):
        return Cell(cells.TEXT, str(value))
    return error_or_text(str(value))
