"""The way of a ledger from bytes to a report (excel.md §4.1): everything is judged, nothing is written."""

from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec

from desktop.exchange.choosing import Chosen, choose_sheets
from desktop.exchange.duplicates import find_duplicates, find_repeated_relief
from desktop.exchange.files.cells import Workbook
from desktop.exchange.files.opening import open_workbook
from desktop.exchange.guidance import Guidance, mended
from desktop.exchange.homes import fill, group, share
from desktop.exchange.ledger import HELD, Ledger, begin
from desktop.exchange.profiles import Profile, named
from desktop.exchange.reading import read_rows
from desktop.exchange.refusals import refusal
from desktop.exchange.report import Report
from desktop.exchange.rules import run_checks
from desktop.exchange.totals import compare_totals

Progress = Callable[[int], None]


def examine(
    data: bytes, name: str, *, profile: str | None = None, on: date, progress: Progress | None = None
) -> Report:
    """Every row of a ledger with its class, codes and values; `on` is the reference date.

    Raises `BadValue` with a `LEDGER_` code when the file as a whole cannot be read or holds no ledger.
    """
    wanted = None
    if profile is not None and (wanted := named(profile)) is None:
        raise refusal("LEDGER_PROFILE")
    found = judge(open_workbook(data, name, progress), name, on=on, wanted=wanted)
    if not found.ledgers:
        raise refusal("LEDGER_NO_SHEET")
    return found


def judge(
    book: Workbook, name: str, *, on: date, wanted: Profile | None = None, guidance: Guidance | None = None
) -> Report:
    """The report of an opened workbook, with what a person said of it; one without ledgers when no sheet is any."""
    said = guidance or Guidance()
    sheets = choose_sheets(_with_mends(book, said), name, wanted, on, said)
    ledgers = [begin(chosen, on, book.epoch) for chosen in sheets if chosen.taken]
    for ledger in ledgers:
        _judge(ledger)
    find_duplicates(ledgers)
    find_repeated_relief(ledgers)
    for ledger in ledgers:
        _hold(ledger)
    return Report(name, on, sheets, ledgers, _findings(sheets, ledgers))


def _with_mends(book: Workbook, said: Guidance) -> Workbook:
    """The workbook with its corrected cells."""
    if not said.mends:
        return book
    return msgspec.structs.replace(book, sheets=[mended(sheet, said.mends) for sheet in book.sheets])


def _judge(ledger: Ledger) -> None:
    """Read and check one sheet by itself."""
    fill(ledger)
    group(ledger)
    read_rows(ledger)
    share(ledger)
    run_checks(ledger)


def _hold(ledger: Ledger) -> None:
    """One row that is reported holds its whole household back (excel.md §4.13)."""
    for home in ledger.homes:
        bad = [row.bad for row in home.rows]
        if any(bad):
            for row, is_bad in zip(home.rows, bad, strict=True):
                if not is_bad:
                    row.codes.add(HELD)


def _findings(sheets: list[Chosen], ledgers: list[Ledger]) -> list[dict[str, Any]]:
    """What is said of whole sheets, in their order."""
    found: list[dict[str, Any]] = []
    by_place = {ledger.chosen.place: ledger for ledger in ledgers}
    for chosen in sheets:
        if chosen.missing:
            found.append(_column_missing(chosen))
        elif chosen.place in by_place:
            found += compare_totals(by_place[chosen.place])
    return found


def _column_missing(chosen: Chosen) -> dict[str, Any]:
    return {
        "code": "F_COLUMN_MISSING",
        "sheet": chosen.sheet.name,
        "missing": list(chosen.missing),
        "detail": "这张表缺必须有的列，没有导入。",
    }
