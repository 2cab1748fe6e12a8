"""The reserve-fund book (L5) between a ledger's rows and the store's entries, both ways."""

from collections.abc import Iterable
from typing import Any

from db.tables.money import FundEntry
from desktop.casework import fund
from desktop.casework.planned import PlannedEntry
from desktop.casework.work import Work
from desktop.exchange.ledger import REPORT, Ledger, Row
from desktop.exchange.outgoing.standing import Standing
from desktop.exchange.placing import given, text

FUND = "petty_fund_ledger"
"""The profile of the book."""

_KEYS = {"entered_on": "date"}
"""Keys of a row that are named otherwise than the store's attribute."""


def booked(ledgers: Iterable[Ledger]) -> tuple[PlannedEntry, ...]:
    """The entries of all rows without an E_ code, in the order of the book."""
    return tuple(
        PlannedEntry(_values(row), ledger.period.end.isoformat()[:7], (ledger.name, row.number))
        for ledger in ledgers
        if ledger.profile.name == FUND
        for row in ledger.data
        if row.kind != REPORT
    )


def _values(row: Row) -> dict[str, Any]:
    """Attributes of an entry: amounts in fen, everything else words."""
    found = {name: row.values.get(_KEYS.get(name, name)) for name in fund.COLUMNS}
    return given({name: value if name.endswith("_fen") else text(value) for name, value in found.items()})


def lines_of_book(work: Work, month: str | None) -> list[Standing]:
    """The book as rows of a ledger in its order, of one month where one is asked for."""
    return [
        Standing(None, None, "", (row.entered_on or work.on)[:7], [_row(row)])
        for row in fund.book(work)
        if month is None or (row.entered_on or "")[:7] == month
    ]


def _row(row: FundEntry) -> dict[str, Any]:
    return {_KEYS.get(name, name): value for name, value in fund.said(row).items()}
