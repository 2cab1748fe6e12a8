"""Working days from the official calendars, make-up days and local holidays (RL-001 to RL-009)."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import MAXYEAR, date, timedelta
from typing import Annotated

import msgspec

from desktop.policy.marks import AtLeast
from desktop.policy.reading import LenientPart

_DAY = timedelta(days=1)
_MOST = 262 * MAXYEAR  # more working days than any calendar has


class YearCalendar(LenientPart, frozen=True, kw_only=True):
    """One year's official arrangement: `off` inclusive ranges (one may begin a year early), `work` make-up days."""

    off: tuple[Annotated[tuple[date, ...], AtLeast(2)], ...]
    work: tuple[date, ...]


class WorkCalendar(msgspec.Struct, frozen=True):
    """All that is known of a county's working days; years without a calendar are projected by weekends (RL-009)."""

    years: frozenset[int] = frozenset()
    off: frozenset[date] = frozenset()
    work: frozenset[date] = frozenset()
    changes: tuple[tuple[date, int], ...] = ()
    """Days on which weekday and working day disagree, in order: +1 a weekend worked, -1 a weekday off."""

    @classmethod
    def of(cls, years: Mapping[str, YearCalendar], local: Iterable[date] = ()) -> "WorkCalendar":
        """Put the yearly arrangements and the local holidays together; a local holiday is never worked (RL-008)."""
        off = {day for year in years.values() for span in year.off for day in _days(span)}
        work = {day for year in years.values() for day in year.work}
        never = set(local)
        work -= never
        off = (off - work) | never
        changes = [(day, 1) for day in work if day.weekday() > 4] + [(day, -1) for day in off if day.weekday() < 5]
        return cls(
            frozenset(int(year) for year in years if year.isdecimal()),
            frozenset(off),
            frozenset(work),
            tuple(sorted(changes)),
        )

    def is_workday(self, day: date) -> bool:
        """Monday to Friday and not off, or a make-up day (RL-003)."""
        return day in self.work or (day.weekday() < 5 and day not in self.off)


class Days:
    """Counts working days for one question and remembers whether a year without a calendar was met."""

    def __init__(self, calendar: WorkCalendar) -> None:
        self._calendar = calendar
        self.provisional = False

    def is_workday(self, day: date) -> bool:
        """Whether people work that day (RL-003)."""
        if day.year not in self._calendar.years:
            self.provisional = True
        return self._calendar.is_workday(day)

    def on_or_after(self, day: date) -> date:
        """The day itself, or the first working day after it (RL-005)."""
        while not self.is_workday(day):
            day += _DAY
        return day

    def next_after(self, day: date) -> date:
        """The first working day after the day."""
        return self.on_or_after(day + _DAY)

    def add(self, start: date, count: int) -> date:
        """The count-th working day after `start`, which itself is not counted (RL-001, RL-002)."""
        if count > _MOST:
            raise OverflowError("more working days than the calendar has")
        day = start
        while count > 0:
            day += _DAY
            count -= self.is_workday(day)
        return day

    def between(self, after: date, through: date) -> int:
        """Working days after the one day through the other; 0 when `through` is not later."""
        if through <= after:
            return 0
        if any(year not in self._calendar.years for year in range((after + _DAY).year, through.year + 1)):
            self.provisional = True
        changes = self._calendar.changes
        first = bisect_right(changes, (after, 1))
        last = bisect_right(changes, (through, 1))
        return _weekdays(through) - _weekdays(after) + sum(step for _, step in changes[first:last])


def _days(span: tuple[date, ...]) -> Iterable[date]:
    """Every day of an inclusive range; a range that runs backwards has none."""
    return (date.fromordinal(number) for number in range(span[0].toordinal(), span[-1].toordinal() + 1))


def _weekdays(day: date) -> int:
    """Mondays to Fridays from the first day of the calendar through this one."""
    weeks, rest = divmod(day.toordinal(), 7)  # ordinal 1 is a Monday
    return weeks * 5 + min(rest, 5)
