"""A sheet of our own as .csv in UTF-8 with its mark, as Excel and WPS open it; never a formula (excel.md §2)."""

import csv
import io
from decimal import Decimal

from desktop.exchange.outgoing.writing import Page, Put
from desktop.exchange.placing import guarded


def write_csv(page: Page) -> bytes:
    """Every row of the page, amounts with their two decimals, lines ended as spreadsheets end them."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([_text(cell) for cell in row] for row in page.rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def _text(cell: Put | None) -> str:
    if cell is None:
        return ""
    if isinstance(cell.value, Decimal):
        return f"{cell.value:.2f}"
    return guarded(cell.value) if isinstance(cell.value, str) else str(cell.value)
