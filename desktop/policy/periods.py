"""Months and how periods of months, days and hours run (14 §1); working days are the calendar's."""

import calendar
from datetime import MAXYEAR, MINYEAR, date, datetime, timedelta

import msgspec


class Month(msgspec.Struct, frozen=True, order=True):
    """A calendar month; amounts belong to months."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Month":
        """The month in which a day lies."""
        return cls(day.year, day.month)

    @property
    def first_day(self) -> date:
        """The first day of the month."""
        return date(self.year, self.number, 1)

    def plus(self, months: int) -> "Month":
        """The month so many months later; raises `OverflowError` outside the years that a calendar has."""
        year, month = divmod(self.year * 12 + self.number - 1 + months, 12)
        if not MINYEAR <= year <= MAXYEAR:
            raise OverflowError("month outside the calendar")
        return Month(year, month + 1)

    def through(self, last: "Month") -> int:
        """How many months from this one to `last`, both included; 0 when `last` lies before."""
        return max((last.year - self.year) * 12 + last.number - self.number + 1, 0)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"


def add_months(day: date, months: int) -> date:
    """The corresponding day so many months later, the month's end where there is none (RL-004)."""
    month = Month.of(day).plus(months)
    last = calendar.monthrange(month.year, month.number)[1]
    return date(month.year, month.number, min(day.day, last))


def add_days(day: date, days: int) -> date:
    """`days` after `day`, which itself is not counted (RL-001); raises `OverflowError` outside the calendar."""
    return day + timedelta(days=days)


def add_hours(moment: datetime, hours: int) -> datetime:
    """The moment so many hours later, weekends or not."""
    return moment + timedelta(hours=hours)


def lasted(since: date | None, months: int, on: date) -> bool:
    """Whether a state that began on `since` has lasted the months on the day `on`; unknown beginnings never have.

    Reached on the corresponding day itself (RL-004, RL-006).
    """
    if since is None:
        return False
    try:
        return on >= add_months(since, months)
    except OverflowError:
        return False


def long_date(day: date) -> str:
    """2026年3月5日, as official papers write it (11 §1)."""
    return f"{day.year}年{day.month}月{day.day}日"
