"""What each row of a sheet is: title, header, data, total, note, signature or nothing (excel.md §4.6)."""

import re

from desktop.exchange.files.cells import NUMBER, TEXT, Cell, Sheet
from desktop.exchange.headers import Header
from desktop.exchange.profiles import heading
from desktop.policy.text import bare

DATA = ""
TITLE, SUBTITLE, HEADER, BLANK = "I_TITLE", "I_SUBTITLE", "I_HEADER", "I_BLANK"
REPEAT, SUBTOTAL, TOTAL, NOTE, SIGNATURE = "I_REPEAT_HEADER", "I_SUBTOTAL", "I_TOTAL", "I_NOTE", "I_SIGNATURE"

_SUBTOTALS = ("本页合计", "本村合计", "本组合计")
_TOTALS = ("合计", "总计", "共计", "累计")
_SIGNED = re.compile(r"(?:填表|制表|经办|审核|复核|负责人|单位负责人|分管领导|填报人)[^:]{0,2}:")
_DIGITS = re.compile(r"[0-9.]+")
_SAME_HEADS = 3


def classify(sheet: Sheet, header: Header) -> dict[int, str]:
    """A code for every row up to the last that has anything in it; `DATA` for rows to read."""
    found: dict[int, str] = {}
    titled = False
    heads = [_texts(sheet, row) for row in header.rows]
    for row in range(1, max(sheet.last_row, header.rows[-1]) + 1):
        filled = {column: cell for column, cell in sheet.rows.get(row, {}).items() if not cell.blank}
        if row in header.rows:
            found[row] = HEADER
        elif row < header.rows[0]:
            found[row] = BLANK if not filled else SUBTITLE if titled else TITLE
            titled = titled or bool(filled)
        else:
            found[row] = _below(filled, header, heads)
    return found


def _texts(sheet: Sheet, row: int) -> dict[int, str]:
    """The heads of one row by column."""
    return {column: heading(cell.shown) for column, cell in sheet.rows.get(row, {}).items() if not cell.blank}


def _below(filled: dict[int, Cell], header: Header, heads: list[dict[int, str]]) -> str:
    if not filled or _only_numbered(filled, header.columns.get("seq")):
        return BLANK
    if _repeats(filled, heads):
        return REPEAT
    column = min(filled)
    first = bare(filled[column].shown)
    label = first.replace(":", "")
    if label.endswith(("小计", "页计")) or label in _SUBTOTALS:
        return SUBTOTAL
    if first.startswith(_TOTALS):
        return TOTAL
    if _SIGNED.match(first):
        return SIGNATURE
    if len(filled) == 1 and filled[column].kind == TEXT:
        return NOTE
    return DATA


def _only_numbered(filled: dict[int, Cell], seq: int | None) -> bool:
    """A row kept free: nothing but its number."""
    if seq is None or set(filled) != {seq}:
        return False
    return filled[seq].kind == NUMBER or bool(_DIGITS.fullmatch(bare(filled[seq].shown)))


def _repeats(filled: dict[int, Cell], heads: list[dict[int, str]]) -> bool:
    """The header printed once more on a new page."""
    texts = {column: heading(cell.shown) for column, cell in filled.items() if cell.kind == TEXT}
    same = sum(any(row.get(column) == text for row in heads) for column, text in texts.items())
    if same >= _SAME_HEADS:
        return True
    return len(heads) > 1 and len(texts) == len(filled) and all(heads[0].get(c) == text for c, text in texts.items())
