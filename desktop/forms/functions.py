"""Functions of the formula language: dates, home-teaching cycles, amounts in capitals; pure."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, Protocol

ESTIMATE = "（预计）"
"""Printed behind a total of lessons that no school calendar stands behind (forms.md F-22B)."""

_CYCLE_DAYS = {"每周": 7, "每两周": 14}
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")


class WorkCalendar(Protocol):
    """What knows the working days (rule book 14)."""

    def is_workday(self, day: date) -> bool:
        """Whether offices work on that day."""
        ...


def to_date(value: Any) -> date | None:
    """The day of a kept date or moment; None for what is none."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month when it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_workdays(day: date, count: int, calendar: WorkCalendar) -> date:
    """The day on which the `count`th working day after `day` falls (RL: the first day does not count)."""
    while count > 0:
        day += timedelta(days=1)
        count -= calendar.is_workday(day)
    return day


class SchoolCalendar:
    """The county's school calendar: `{"terms": [{"from", "to", "days_off": [[from, to], …]}]}`.

    Monday to Friday inside a term are school days unless off; `weekends: true` in a term makes the others so too.
    """

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self._terms = [
            (
                date.fromisoformat(term["from"]),
                date.fromisoformat(term["to"]),
                [(date.fromisoformat(a), date.fromisoformat(b)) for a, b in term.get("days_off", ())],
                bool(term.get("weekends")),
            )
            for term in raw.get("terms", ())
        ]

    def covers(self, first: date, last: date) -> bool:
        """Whether the calendar speaks of the whole span; holidays between two terms are known to be off."""
        return bool(self._terms) and (
            min(term[0] for term in self._terms) <= first and max(term[1] for term in self._terms) >= last
        )

    def is_school_day(self, day: date) -> bool:
        """Whether school is held on that day."""
        return any(
            start <= day <= end
            and (weekends or day.weekday() < 5)
            and not any(off <= day <= back for off, back in breaks)
            for start, end, breaks, weekends in self._terms
        )


def cycles(first: date, last: date, cycle: str, calendar: SchoolCalendar | None) -> int | None:
    """Whole cycles from `first` to `last`, both included; those without a school day do not count (forms.md F-22B).

    `cycle` is 每周, 每两周 or 每月; None for another word. A calendar that does not cover the span takes nothing off.
    """
    if cycle not in (*_CYCLE_DAYS, "每月"):
        return None
    known = calendar if calendar is not None and calendar.covers(first, last) else None
    found, number = 0, 0
    start = first
    while True:
        number += 1
        following = (
            add_months(first, number) if cycle == "每月" else first + timedelta(days=_CYCLE_DAYS[cycle] * number)
        )
        if following - timedelta(days=1) > last:
            return found
        length = (following - start).days
        if known is None or any(known.is_school_day(start + timedelta(days=n)) for n in range(length)):
            found += 1
        start = following


def estimate_mark(first: date, last: date, calendar: SchoolCalendar | None) -> str:
    """`（预计）` while no school calendar covers the span, else nothing."""
    return "" if calendar is not None and calendar.covers(first, last) else ESTIMATE


def rounded(amount: Fraction, places: int = 2) -> Decimal:
    """Half up to so many places: only for showing."""
    unit = 10**places
    whole = rounded_up(amount * unit) if amount >= 0 else -rounded_up(-amount * unit)
    return Decimal(whole).scaleb(-places)


def rounded_up(amount: Fraction) -> int:
    """A positive amount to a whole number, half up."""
    return (amount + Fraction(1, 2)).__floor__()


def rmb(amount: Fraction) -> str | None:
    """An amount in capitals (`人民币壹仟零肆拾元整`, WS-020 to WS-027); None below zero and from a trillion on."""
    cents = rounded_up(amount * 100) if amount >= 0 else -1
    if not 0 <= cents < 10**14:
        return None
    yuan, (jiao, fen) = cents // 100, divmod(cents % 100, 10)
    words = f"{_integer(yuan)}元" if yuan else ""
    if not jiao and not fen:
        return f"人民币{words or '零元'}整"
    middle = f"{_DIGITS[jiao]}角" if jiao else ("零" if words else "")
    return f"人民币{words}{middle}" + (f"{_DIGITS[fen]}分" if fen else "")


def _integer(number: int) -> str:
    """A whole number in capitals, groups of four from the right."""
    groups = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    words = ""
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if not group:
            continue
        if words and (group < 1000 or not groups[place + 1]):
            words += "零"
        words += _group(group) + _GROUPS[place]
    return words


def _group(number: int) -> str:
    """Up to four digits: one 零 for any run of zeros between others."""
    words, gap = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            words += ("零" if gap and words else "") + _DIGITS[digit] + _PLACES[place]
            gap = False
        else:
            gap = True
    return words
