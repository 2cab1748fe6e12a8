"""What the rules demand of a county pack before its amounts may be used (08 §1, TK-051, YL-004, DB-078)."""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby, pairwise
from typing import Any, Literal, get_args

import msgspec

from desktop.policy.codes import Area
from desktop.policy.pack import (
    BandRow,
    EmploymentCostRule,
    FloorRow,
    FuneralRule,
    IncomeDisregardRule,
    MedicalTerms,
    Pack,
    StandardRow,
)
from desktop.policy.standards import monthly

TEKUN_TIMES = Fraction(13, 10)
"""Support of tekun people is at least so many times the dibao standard (TK-051)."""

LEAST_RATIO = Fraction(70, 100)
"""Of what is within the policy, paid for tekun and dibao people (YL-004)."""

LEAST_RESERVE = Fraction(2)
"""Yuan a head of the township's reserve fund (LS-040, BZ-022)."""

LEAST_NOTICE, LEAST_BOARD = 7, 15
"""Days of a notice (DB-070) and of what hangs on the village board (09 §1)."""

USUAL_RANGE = (Fraction(300), Fraction(2000))
"""Dibao standards a month that look likely; outside is only worth a word (08 §2)."""

_NEEDED_BY_MODE = {"per_month_per_person": "amount", "ratio_of_wage": "ratio", "subsidy": "amount"}
_AREAS: tuple[Area, ...] = get_args(Area)
_DAY = timedelta(days=1)


class Fault(msgspec.Struct, frozen=True):
    """A rule that the pack breaks, and the key that breaks it (dotted; a list's own name for what is inside)."""

    rule_id: str
    key: str


def faults_of(pack: Pack) -> tuple[Fault, ...]:
    """Everything for which the pack must be refused, each once."""
    found = (*_periods(pack), *_tekun_times(pack), *_floors(pack), *_medical(pack), *_days(pack), *_bands(pack))
    return tuple(dict.fromkeys(found))


def oddities_of(pack: Pack) -> tuple[str, ...]:
    """What the reader of the pack should look at twice."""
    rows = pack.standards or ()
    lowered = any(
        monthly(after) < monthly(before)
        for programme in ("dibao", "tekun_basic")
        for area in _AREAS
        for before, after in pairwise(_series(pack, programme, area))
    )
    least, most = USUAL_RANGE
    unusual = any(row.programme == "dibao" and not least <= monthly(row) <= most for row in rows)
    found = {"standard_lowered": lowered, "standard_out_of_usual_range": unusual}
    return tuple(code for code, holds in found.items() if holds)


def unset_keys(pack: Pack) -> tuple[str, ...]:
    """Keys that the county has not set or called unknown; what needs them is collected and not judged (08 §3)."""
    return tuple(_unset(pack, ""))


def _unset(part: msgspec.Struct, path: str) -> Iterator[str]:
    for field in msgspec.structs.fields(part):
        value: Any = getattr(part, field.name)
        key = f"{path}{field.encode_name}"
        if value is None or value == "unknown":
            yield key
        elif isinstance(value, EmploymentCostRule | IncomeDisregardRule | FuneralRule):
            needed = _NEEDED_BY_MODE.get(value.mode)
            if needed is not None and getattr(value, needed) is None:
                yield f"{key}.{needed}"
        elif isinstance(value, msgspec.Struct) and not isinstance(value, MedicalTerms):  # no cap is a choice
            yield from _unset(value, f"{key}.")


def _series(pack: Pack, programme: str, area: Area) -> list[StandardRow]:
    """The standards that have held for an area, in order; a unified one holds for both (BZ-003)."""
    rows = [row for row in pack.standards or () if row.programme == programme and row.area in (area, "unified")]
    return sorted(rows, key=lambda row: row.effective_from)


def _periods(pack: Pack) -> Iterator[Fault]:
    """No two standards for one day, no day without one between the first and the last (BZ-004)."""
    for programme in ("dibao", "tekun_basic"):
        for area in _AREAS:
            series = _series(pack, programme, area)
            backwards = any(row.effective_to is not None and row.effective_to < row.effective_from for row in series)
            broken = any(
                before.effective_to is None or after.effective_from - before.effective_to != _DAY
                for before, after in pairwise(series)
            )
            if backwards or broken:
                yield Fault("BZ-004", "standards")


def _overlap(one: tuple[date, date | None], other: tuple[date, date | None]) -> bool:
    """Whether two periods share a day; both ends included, open without an end."""
    return (one[1] is None or other[0] <= one[1]) and (other[1] is None or one[0] <= other[1])


def _span(row: StandardRow) -> tuple[date, date | None]:
    return row.effective_from, row.effective_to


def _tekun_times(pack: Pack) -> Iterator[Fault]:
    for area in _AREAS:
        for tekun in _series(pack, "tekun_basic", area):
            for dibao in _series(pack, "dibao", area):
                if _overlap(_span(tekun), _span(dibao)) and monthly(tekun) < TEKUN_TIMES * monthly(dibao):
                    yield Fault("TK-051", "standards")


def _floors(pack: Pack) -> Iterator[Fault]:
    """No standard below the province's lowest of the area while that one holds (BZ-001, BZ-002, BZ-004)."""
    for area in _AREAS:
        floors = sorted(
            (row for row in pack.provincial_floor or () if row.area == area), key=lambda row: row.effective_from
        )
        for floor, after in zip(floors, (*floors[1:], None), strict=False):
            span = (floor.effective_from, after.effective_from - _DAY if after is not None else None)
            for row in _series(pack, "dibao", area):
                if _overlap(span, _span(row)) and monthly(row) < _floor_a_month(floor):
                    yield Fault("BZ-004", "standards")


def _floor_a_month(floor: FloorRow) -> Fraction:
    return floor.amount / 12 if floor.unit == "year" else floor.amount


def _medical(pack: Pack) -> Iterator[Fault]:
    categories: tuple[Literal["tekun", "dibao"], ...] = ("tekun", "dibao")
    for category in categories:
        terms = pack.medical.of(category) if pack.medical is not None else None
        if terms is not None and terms.ratio < LEAST_RATIO:
            yield Fault("YL-004", f"medical.{category}.ratio")
    if any(row.category == "tekun" and row.mode != "full" for row in pack.enrol_subsidy or ()):
        yield Fault("YL-002", "enrol_subsidy")


def _days(pack: Pack) -> Iterator[Fault]:
    days = pack.notice_days
    if days is not None and days.default is not None and days.default < LEAST_NOTICE:
        yield Fault("DB-070", "notice_days.default")
    if days is not None and days.board is not None and days.board < LEAST_BOARD:
        yield Fault("09.1", "notice_days.board")
    if pack.reserve_per_capita is not None and pack.reserve_per_capita < LEAST_RESERVE:
        yield Fault("LS-040", "reserve_per_capita")


def _bands(pack: Pack) -> Iterator[Fault]:
    """Each band begins where the one below ends (DB-078)."""

    def table(row: BandRow) -> tuple[Area, date]:
        return row.area, row.effective_from

    rows = sorted(pack.band_table or (), key=lambda row: (*table(row), row.income_from, row.income_to))
    for _, group in groupby(rows, key=table):
        bands = list(group)
        backwards = any(band.income_to <= band.income_from for band in bands)
        if backwards or any(below.income_to != above.income_from for below, above in pairwise(bands)):
            yield Fault("DB-078", "band_table")
