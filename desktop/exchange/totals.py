"""Whether the total rows say what the rows add up to (excel.md §4.12); no row changes by it."""

import re
from decimal import Decimal
from typing import Any

from desktop.exchange import lines
from desktop.exchange.files.cells import ERROR, NUMBER, Cell
from desktop.exchange.ledger import Ledger, Row
from desktop.exchange.numbers import read_money
from desktop.exchange.profiles import Field
from desktop.policy.text import bare

_PERSONS = re.compile(r"([0-9]{1,9})人")
_HOMES = re.compile(r"([0-9]{1,9})户")


def compare_totals(ledger: Ledger) -> list[dict[str, Any]]:
    """The file-level findings of one sheet."""
    found: list[dict[str, Any]] = []
    for number, code in ledger.lines.items():
        if code == lines.TOTAL:
            found += _counts(ledger, number) + _amounts(ledger, number)
    return found


def _counts(ledger: Ledger, number: int) -> list[dict[str, Any]]:
    pairs: list[tuple[int, int]] = []
    count = ledger.profile.by_key.get(ledger.profile.count_field)
    if count is not None and ledger.has(count.key):
        declared = _whole(ledger.chosen.sheet.cell(number, ledger.header.columns[count.key]))
        if declared is not None:
            pairs.append((declared, _sum(ledger, count)))
    homes = len(ledger.homes) if "household_no" in ledger.profile.households else len(ledger.rows)
    for cell in ledger.chosen.sheet.rows.get(number, {}).values():
        text = bare(cell.shown)
        pairs += [(int(match), len(ledger.rows)) for match in _PERSONS.findall(text)]
        pairs += [(int(match), homes) for match in _HOMES.findall(text)]
    return [
        {
            "code": "F_TOTAL_COUNT_MISMATCH",
            "sheet": ledger.name,
            "declared": declared,
            "computed": computed,
            "detail": f"第 {number} 行合计写 {declared}，逐行相加是 {computed}。",
        }
        for declared, computed in dict.fromkeys(pairs)
        if declared != computed
    ]


def _amounts(ledger: Ledger, number: int) -> list[dict[str, Any]]:
    found = []
    for field in ledger.profile.fields:
        if not field.total or not ledger.has(field.key):
            continue
        cell = ledger.chosen.sheet.cell(number, ledger.header.columns[field.key])
        if cell.blank or cell.kind == ERROR:
            continue
        declared = read_money(cell, field.key in ledger.header.ten_thousands, guess_unit=False).fen
        computed = _sum(ledger, field)
        if declared is not None and declared != computed:
            found.append(
                {
                    "code": "F_TOTAL_AMOUNT_MISMATCH",
                    "sheet": ledger.name,
                    "declared_fen": declared,
                    "computed_fen": computed,
                    "detail": f"第 {number} 行合计金额与逐行相加不同。",
                }
            )
    return found


def _sum(ledger: Ledger, field: Field) -> int:
    """What can be read, household amounts once a household."""
    rows: list[Row] = ledger.data
    if field.scope == "household" and ledger.profile.households:
        rows = [home.first for home in ledger.homes]
    return sum(value for row in rows if isinstance(value := row.values.get(field.key), int))


def _whole(cell: Cell) -> int | None:
    """A plain whole number."""
    if cell.kind == NUMBER and isinstance(cell.value, Decimal):
        return int(cell.value) if cell.value == int(cell.value) else None
    text = bare(cell.shown)
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None
