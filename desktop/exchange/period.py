"""Which period a ledger speaks of, told by title, sheet name or file name (excel.md §4.2)."""

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date

import msgspec

from desktop.policy.text import bare

_YEAR = r"(?<![0-9])((?:19|20)[0-9]{2})"
_QUARTER = re.compile(_YEAR + r"年第?([一二三四1-4])季度")
_SPAN = re.compile(_YEAR + r"年(?:0?[1-9]|1[0-2])月?[-–—~至到]+(0?[1-9]|1[0-2])月")
_MONTH = re.compile(_YEAR + r"(?:年(0?[1-9]|1[0-2])月|(0[1-9]|1[0-2])(?![0-9]))")
_YEAR_ALONE = re.compile(_YEAR + "年")
_QUARTERS = {"一": 3, "二": 6, "三": 9, "四": 12, "1": 3, "2": 6, "3": 9, "4": 12}


class Period(msgspec.Struct, frozen=True):
    """The last day that a ledger speaks of, and its year when one is named."""

    end: date
    year: int | None = None


def period_of(places: Iterable[str], on: date) -> Period:
    """The period that the first place names which names one; else it ends on `on` and has no year."""
    for place in places:
        found = _named(bare(place), on)
        if found is not None:
            return found
    return Period(on)


def _named(text: str, on: date) -> Period | None:
    match = _QUARTER.search(text)
    if match is not None:
        return _month_end(match[1], _QUARTERS[match[2]])
    match = _SPAN.search(text)
    if match is not None:
        return _month_end(match[1], int(match[2]))
    match = _MONTH.search(text)
    if match is not None:
        return _month_end(match[1], int(match[2] or match[3]))
    match = _YEAR_ALONE.search(text)
    if match is not None:
        return Period(min(date(int(match[1]), 12, 31), on), int(match[1]))
    return None


def _month_end(year: str, month: int) -> Period:
    return Period(date(int(year), month, monthrange(int(year), month)[1]), int(year))
