"""A ledger while it is judged: its sheets, rows and households, and the codes they gather."""

from datetime import date
from typing import Any

import msgspec

from desktop.exchange import lines
from desktop.exchange.choosing import Chosen
from desktop.exchange.files.cells import EMPTY, Cell
from desktop.exchange.headers import Header
from desktop.exchange.period import Period
from desktop.exchange.profiles import Profile
from desktop.policy.identity import IdentityFinding

CLEAN, WARN, REPORT, IGNORE = "clean", "warn", "report", "ignore"
HELD = "E_HOUSEHOLD_HELD"


class Row(msgspec.Struct):
    """One data row: its cells by field, the values read from them, and the codes that apply."""

    number: int
    cells: dict[str, Cell] = {}
    values: dict[str, Any] = {}
    codes: set[str] = set()
    wrong: set[str] = set()
    """Fields that have an E_ code already; a field never gets a second one, nor a W_ then."""
    person: IdentityFinding | None = None
    """What the identity number says, only when it holds."""
    home: "Home | None" = None
    named: bool = False
    """The name can be compared (neither blank nor masked)."""
    where: dict[str, list[str]] = {}
    """The fields that each code came from."""

    def say(self, key: str, code: str) -> None:
        """Note a code that comes from the field `key`."""
        if key in self.wrong:
            return
        if code.startswith("E_"):
            self.wrong.add(key)
        self.note(key, code)

    def note(self, key: str, code: str) -> None:
        """Note a code against the row that leaves the field's own judgement as it is."""
        self.codes.add(code)
        self.where.setdefault(code, []).append(key)

    def cell(self, key: str) -> Cell:
        """The cell of a field, an empty one when there is no such column."""
        return self.cells.get(key, EMPTY)

    @property
    def bad(self) -> bool:
        """Some E_ code stands against the row."""
        return any(code.startswith("E_") for code in self.codes)

    @property
    def kind(self) -> str:
        """`clean`, `warn` or `report` (excel.md §4.13)."""
        return REPORT if self.bad else WARN if self.codes else CLEAN


class Home(msgspec.Struct):
    """One household: its data rows in order; the first speaks for all."""

    rows: list[Row] = []

    @property
    def first(self) -> Row:
        """The row that household values and codes belong to."""
        return self.rows[0]


class Ledger(msgspec.Struct):
    """One sheet that is read."""

    chosen: Chosen
    profile: Profile
    header: Header
    period: Period
    on: date
    epoch: date
    lines: dict[int, str]
    rows: dict[int, Row] = {}
    homes: list[Home] = []

    @property
    def data(self) -> list[Row]:
        """The data rows in order."""
        return list(self.rows.values())

    @property
    def name(self) -> str:
        """The sheet's name."""
        return self.chosen.sheet.name

    def has(self, key: str) -> bool:
        """The sheet has a column for this field."""
        return key in self.header.columns

    def lacks(self, row: Row, key: str) -> bool:
        """There is such a column, and the row has nothing in it."""
        return self.has(key) and row.cell(key).blank


def begin(chosen: Chosen, on: date, epoch: date) -> Ledger:
    """A ledger of a chosen sheet with its rows classified, nothing read yet."""
    assert chosen.profile is not None and chosen.header is not None and chosen.period is not None
    found = lines.classify(chosen.sheet, chosen.header)
    rows = {number: Row(number) for number, code in found.items() if code == lines.DATA}
    return Ledger(chosen, chosen.profile, chosen.header, chosen.period, on, epoch, found, rows)
