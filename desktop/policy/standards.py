"""Which row of the pack is in force on a day: standards, bands, care amounts, delegations (BZ-004, BZ-005)."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Literal, Protocol, TypeVar

from desktop.policy.codes import Area, CareLevel, CareMode, ProgrammeCode
from desktop.policy.pack import BandRow, CareRow, Pack, StandardRow


class _Dated(Protocol):
    @property
    def effective_from(self) -> date: ...


_Row = TypeVar("_Row", bound=_Dated)


def newest(rows: Iterable[_Row] | None, on: date) -> _Row | None:
    """The row that came into force last, not after the day."""
    begun = [row for row in rows or () if row.effective_from <= on]
    return max(begun, key=lambda row: row.effective_from, default=None)


def newest_table(rows: Iterable[_Row] | None, on: date) -> tuple[_Row, ...]:
    """All rows of the table that came into force last: a new table is used whole."""
    begun = [row for row in rows or () if row.effective_from <= on]
    since = max((row.effective_from for row in begun), default=None)
    return tuple(row for row in begun if row.effective_from == since)


def standard(pack: Pack, programme: Literal["dibao", "tekun_basic"], area: Area, on: date) -> StandardRow | None:
    """The standard of the area, or of both areas together, in force on the day; None when none is."""
    in_force = [
        row
        for row in pack.standards or ()
        if row.programme == programme
        and row.area in (area, "unified")
        and row.effective_from <= on
        and (row.effective_to is None or on <= row.effective_to)
    ]
    return max(in_force, key=lambda row: (row.effective_from, row.area == area), default=None)


def monthly(row: StandardRow) -> Fraction:
    """Yuan a month; a yearly standard over twelve, unrounded (08 §1)."""
    return row.amount / 12 if row.unit == "year" else row.amount


def basis(pack: Pack, row: StandardRow) -> str:
    """The paper of a standard and since when it holds, in words."""
    return f"{pack.basis}，标准文号 {row.doc_no}，自 {row.effective_from.isoformat()} 起"


def bands(pack: Pack, area: Area, on: date) -> tuple[BandRow, ...]:
    """The area's newest band table in force, lowest incomes first; empty when there is none."""
    rows = newest_table((row for row in pack.band_table or () if row.area == area), on)
    return tuple(sorted(rows, key=lambda row: row.income_from))


def care_amount(pack: Pack, level: CareLevel, mode: CareMode | None, on: date) -> CareRow | None:
    """The care amount of a level; a row for this way of care goes before one for both (TK-052)."""
    rows = [row for row in pack.care_table or () if row.level == level]
    own = newest((row for row in rows if mode is not None and row.mode == mode), on)
    return own or newest((row for row in rows if row.mode is None), on)


def disposable_income(pack: Pack, area: Area) -> Fraction | None:
    """Last year's disposable income a head and year, or None when it is not set (GX-008)."""
    incomes = pack.prev_year_disposable_income
    if incomes is None:
        return None
    return incomes.urban if area == "urban" else incomes.rural


def delegated(pack: Pack, township_code: str | None, programme: ProgrammeCode, on: date) -> bool:
    """Whether the township itself confirms this programme for cases accepted on the day (D-14)."""
    return any(
        row.township_code == township_code
        and programme in row.programmes
        and row.effective_from <= on
        and (row.effective_to is None or on <= row.effective_to)
        for row in pack.approval_delegated or ()
    )
