"""Working days from the official calendars, make-up days and local holidays (RL-001 to RL-009)."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Annotated

import msgspec

from desktop.policy.marks import AtLeast
from desktop.policy.reading import LenientPart

_DAY = timedelta(days=1)
_LAST_DAY = date.max.toordinal()
_LONG_HOLIDAY = 14
"""Days: within twice a count and these the search nearly always ends."""


class YearCalendar(LenientPart, frozen=True, kw_only=True):
    """One year's official arrangement: `off` inclusive ranges (one may begin a year early), `work` make-up days."""

    off: tuple[Annotated[tuple[date, ...], AtLeast(2)], ...]
    work: tuple[date, ...]


class Holidays(msgspec.Struct, frozen=True):
    """A stretch of days off by their ordinals, both ends included; `before`: weekdays off in the stretches before."""

    first: int
    last: int
    before: int = 0

    def weekdays_through(self, day: int) -> int:
        """Mondays to Fridays off, in the stretches before and in this one through the day."""
        return self.before + _weekdays(min(self.last, day)) - _weekdays(self.first - 1)


class WorkCalendar(msgspec.Struct, frozen=True):
    """All that is known of a county's working days; years without a calendar are projected by weekends (RL-009).

    Days are counted, never listed, so that a range of thousands of years costs no more than one of three days.
    """

    years: frozenset[int] = frozenset()
    off: tuple[Holidays, ...] = ()
    """Apart from each other and in order."""
    made_up: tuple[int, ...] = ()
    """Ordinals of days that are worked although they are off or a weekend, in order."""

    @classmethod
    def of(cls, years: Mapping[str, YearCalendar], local: Iterable[date] = ()) -> "WorkCalendar":
        """Put the yearly arrangements and the local holidays together; a local holiday is never worked (RL-008)."""
        never = frozenset(day.toordinal() for day in local)
        spans = [(span[0].toordinal(), span[-1].toordinal()) for year in years.values() for span in year.off]
        off = tuple(_joined([*spans, *((day, day) for day in never)]))
        plain = cls(off=off)
        work = sorted({day.toordinal() for year in years.values() for day in year.work} - never)
        made_up = tuple(day for day in work if plain.count(day) == plain.count(day - 1))
        return cls(frozenset(int(year) for year in years if year.isdecimal()), off, made_up)

    def count(self, day: int) -> int:
        """Working days from the first day of all through this one: Monday to Friday, not off, or made up (RL-003)."""
        place = bisect_right(self.off, day, key=lambda span: span.first)
        off = self.off[place - 1].weekdays_through(day) if place else 0
        return _weekdays(day) - off + bisect_right(self.made_up, day)

    def is_workday(self, day: date) -> bool:
        """Whether people work that day (RL-003)."""
        return self.count(day.toordinal()) > self.count(day.toordinal() - 1)

    def nth_after(self, start: int, count: int) -> date:
        """The count-th working day after the day; raises `OverflowError` past the end of the calendar."""
        wanted = self.count(start) + count
        soon = min(start + 2 * count + _LONG_HOLIDAY, _LAST_DAY)
        if self.count(soon) < wanted:
            soon = _LAST_DAY
        if self.count(soon) < wanted:
            raise OverflowError("no such working day in the calendar")
        return date.fromordinal(bisect_left(range(soon), wanted, lo=start, key=self.count))


class Days:
    """Counts working days for one question and remembers whether a year without a calendar was met."""

    def __init__(self, calendar: WorkCalendar) -> None:
        self._calendar = calendar
        self.provisional = False

    def is_workday(self, day: date) -> bool:
        """Whether people work that day (RL-003)."""
        self._meet(day, day)
        return self._calendar.is_workday(day)

    def on_or_after(self, day: date) -> date:
        """The day itself, or the first working day after it (RL-005)."""
        found = self._calendar.nth_after(day.toordinal() - 1, 1)
        self._meet(day, found)
        return found

    def next_after(self, day: date) -> date:
        """The first working day after the day."""
        return self.on_or_after(day + _DAY)

    def add(self, start: date, count: int) -> date:
        """The count-th working day after `start`, which itself is not counted (RL-001, RL-002)."""
        if count <= 0:
            return start
        found = self._calendar.nth_after(start.toordinal(), count)
        self._meet(start + _DAY, found)
        return found

    def between(self, after: date, through: date) -> int:
        """Working days after the one day through the other; 0 when `through` is not later."""
        if through <= after:
            return 0
        self._meet(after + _DAY, through)
        return self._calendar.count(through.toordinal()) - self._calendar.count(after.toordinal())

    def _meet(self, first: date, last: date) -> None:
        """Every day from the one through the other was asked about."""
        if any(year not in self._calendar.years for year in range(first.year, last.year + 1)):
            self.provisional = True


def _joined(spans: list[tuple[int, int]]) -> Iterator[Holidays]:
    """Inclusive ranges as stretches apart from each other; a range that runs backwards has no day."""
    before = 0
    ordered = sorted(span for span in spans if span[0] <= span[1])
    while ordered:
        first, last = ordered.pop(0)
        while ordered and ordered[0][0] <= last + 1:
            last = max(last, ordered.pop(0)[1])
        found = Holidays(first, last, before)
        before = found.weekdays_through(last)
        yield found


def _weekdays(day: int) -> int:
    """Mondays to Fridays from the first day of all, a Monday with the ordinal 1, through this one."""
    weeks, rest = divmod(day, 7)
    return weeks * 5 + min(rest, 5)
