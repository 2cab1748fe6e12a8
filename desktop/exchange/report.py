"""What an examined ledger comes to: sheets, file-level findings and rows in the shape of excel.md §7."""

from collections import Counter
from datetime import date
from functools import cached_property
from typing import Any

import msgspec

from desktop.exchange.choosing import Chosen
from desktop.exchange.ledger import CLEAN, HELD, IGNORE, REPORT, WARN, Ledger, Row
from desktop.exchange.plan import WRITABLE, Plan, plan_of


class Report:
    """One examined file; `as_json` is the answer of `import-ledger --dry-run`, `plan` what may be taken over."""

    def __init__(
        self, file: str, on: date, sheets: list[Chosen], ledgers: list[Ledger], findings: list[dict[str, Any]]
    ) -> None:
        self.file = file.encode(errors="replace").decode()  # a name may hold bytes that are no characters
        self.on = on
        self.sheets = sheets
        self.ledgers = ledgers
        self.file_level = findings

    @property
    def profile(self) -> str:
        """The kind of most sheets that are read (`dibao_roster`)."""
        counted = Counter(ledger.profile.name for ledger in self.ledgers)
        return counted.most_common(1)[0][0] if counted else ""

    @cached_property
    def plan(self) -> Plan:
        """Households of clean and warned rows; nothing of a row that is reported."""
        return plan_of(self.ledgers)

    @property
    def writable(self) -> bool:
        """All its sheets are of kinds that can be taken over."""
        return bool(self.ledgers) and all(ledger.profile.name in WRITABLE for ledger in self.ledgers)

    @cached_property
    def classes(self) -> dict[str, int]:
        """How many rows of each class."""
        counts = Counter(row.kind for ledger in self.ledgers for row in ledger.rows.values())
        counts[IGNORE] = sum(len(ledger.lines) - len(ledger.rows) for ledger in self.ledgers)
        return {kind: counts[kind] for kind in (CLEAN, WARN, REPORT, IGNORE)}

    def as_json(self) -> dict[str, Any]:
        """The one object of excel.md §7."""
        return {
            "file": self.file,
            "profile": self.profile,
            "reference_date": self.on.isoformat(),
            "batch_id": None,
            "sheets": [chosen.as_json() for chosen in self.sheets],
            "file_level": self.file_level,
            "rows": [entry for ledger in self.ledgers for entry in _rows(ledger)],
            "summary": {"classes": self.classes},
            "unplaced": [msgspec.structs.asdict(one) for one in self.plan.unplaced],
        }


def _rows(ledger: Ledger) -> list[dict[str, Any]]:
    """Every row of a sheet, data or not, in order."""
    return [
        _data(ledger, row)
        if (row := ledger.rows.get(number)) is not None
        else {"sheet": ledger.name, "row": number, "class": IGNORE, "codes": [code]}
        for number, code in ledger.lines.items()
    ]


def _data(ledger: Ledger, row: Row) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "sheet": ledger.name,
        "row": row.number,
        "class": row.kind,
        "codes": sorted(row.codes),
        "values": row.values,
    }
    if HELD in row.codes:
        entry["own_class"] = WARN if len(row.codes) > 1 else CLEAN
    return entry
