"""The same number twice (excel.md §4.11), and the same person relieved again within a year."""

from collections.abc import Hashable, Iterable
from datetime import date
from itertools import pairwise

from desktop.exchange.ledger import Ledger, Row


def find_duplicates(ledgers: list[Ledger]) -> None:
    """Note `E_DUP_ID` and `E_DUP_ID_DIFF_NAME` where each profile looks for them."""
    groups: dict[Hashable, list[Row]] = {}
    for place, ledger in enumerate(ledgers):
        where = ledger.profile.duplicates
        for row in ledger.data:
            if not where or row.person is None or not row.named:
                continue
            scope: Hashable = ledger.profile.code if where == "file" else place
            event = row.values.get("event_no") if where == "event" else None
            groups.setdefault((scope, event, row.person.number), []).append(row)
    for rows in groups.values():
        if len(rows) > 1:
            _mark(rows)


def _mark(rows: list[Row]) -> None:
    if len({row.values.get("name") for row in rows}) > 1:
        for row in rows:
            row.note("id", "E_DUP_ID_DIFF_NAME")
        return
    for row in rows[1:]:
        row.note("id", "E_DUP_ID")


def find_repeated_relief(ledgers: Iterable[Ledger]) -> None:
    """Note `W_REPEAT_12M` on relief applied for within twelve months of the one before."""
    by_person: dict[str, list[Row]] = {}
    for ledger in ledgers:
        if "repeated_relief" in ledger.profile.options:
            for row in ledger.data:
                if row.person is not None and not row.bad and row.values.get("apply"):
                    by_person.setdefault(row.person.number, []).append(row)
    for rows in by_person.values():
        rows.sort(key=lambda row: str(row.values["apply"]))
        for before, row in pairwise(rows):
            if date.fromisoformat(row.values["apply"]) < _a_year_after(date.fromisoformat(before.values["apply"])):
                row.say("apply", "W_REPEAT_12M")


def _a_year_after(day: date) -> date:
    if (day.month, day.day) == (2, 29):
        return date(day.year + 1, 2, 28)
    return day.replace(year=day.year + 1)
