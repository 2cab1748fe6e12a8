"""Working days, months and ages: RL-001 to RL-009."""

from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from desktop.policy.pack import CountyPack
from desktop.policy.periods import Month, add_months, lasted
from desktop.policy.workdays import Days, WorkCalendar, YearCalendar

DAYS = st.dates(date(2020, 6, 1), date(2027, 6, 1))


@pytest.fixture
def days(county):
    return Days(county.calendar)


def test_a_make_up_saturday_is_worked_and_a_holiday_monday_is_not(days):
    assert days.is_workday(date(2026, 10, 10)) and not days.is_workday(date(2026, 10, 5))


def test_a_range_that_begins_the_year_before_counts_there(days):
    assert not days.is_workday(date(2022, 12, 31)) and not days.provisional


def test_a_local_holiday_is_never_worked_not_even_a_make_up_day(county):
    changed = county.overlaid({"local_holidays": ["2026-02-14"]})
    assert not Days(changed.calendar).is_workday(date(2026, 2, 14))


def test_a_year_without_a_calendar_is_projected_by_weekends_and_said_so(days):
    assert days.is_workday(date(2027, 1, 1)) and days.provisional


def test_the_start_itself_is_not_counted(days):
    assert days.add(date(2026, 5, 11), 1) == date(2026, 5, 12)


@given(DAYS, st.integers(0, 60))
def test_counting_back_what_was_added_gives_the_count(county, start, count):
    days = Days(county.calendar)
    assert days.between(start, days.add(start, count)) == count


@given(DAYS, DAYS)
def test_working_days_between_are_those_that_a_walk_finds(county, first, last):
    days = Days(county.calendar)
    walked = sum(days.is_workday(first + timedelta(n)) for n in range(1, (last - first).days + 1))
    assert days.between(first, last) == walked


SPANS = st.lists(st.tuples(DAYS, DAYS).map(list), max_size=6)


@given(SPANS, st.lists(DAYS, max_size=6), st.lists(DAYS, max_size=3), DAYS)
def test_a_day_is_worked_by_the_words_of_rl_003_and_rl_008(spans, work, local, day):
    years = {"2026": YearCalendar(off=tuple(tuple(span) for span in spans), work=tuple(work))}
    off = any(first <= day <= last for first, last in spans)
    worked = day not in local and (day in work or (day.weekday() < 5 and not off))
    assert WorkCalendar.of(years, local).is_workday(day) == worked


def test_a_range_of_thousands_of_years_is_counted_over_at_once(county):
    endless = {"holiday_calendar": {"2026": {"off": [["0001-01-01", "9998-12-31"]], "work": []}}}
    assert Days(county.overlaid(endless).calendar).add(date(2026, 3, 2), 1) == date(9999, 1, 1)


def test_a_working_day_past_the_end_of_the_calendar_overflows(days):
    with pytest.raises(OverflowError):
        days.add(date(2026, 3, 2), 10**9)


def test_a_calendar_of_nothing_knows_weekends():
    assert WorkCalendar().is_workday(date(2026, 10, 1)) and not WorkCalendar().is_workday(date(2026, 10, 3))


@pytest.mark.parametrize(
    ("day", "months", "reached"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
        (date(2026, 1, 31), -2, date(2025, 11, 30)),
    ],
)
def test_months_end_on_the_corresponding_day_or_the_months_end(day, months, reached):
    assert add_months(day, months) == reached


def test_a_duration_is_reached_on_the_day_itself():
    since = date(2026, 5, 23)
    assert lasted(since, 6, date(2026, 11, 23)) and not lasted(since, 6, date(2026, 11, 22))


def test_a_state_of_unknown_beginning_meets_no_duration():
    assert not lasted(None, 6, date(2026, 11, 23))


def test_months_count_both_ends():
    assert Month(2026, 11).through(Month(2027, 2)) == 4


def test_a_month_outside_the_calendar_overflows():
    with pytest.raises(OverflowError):
        Month(9999, 12).plus(1)


def test_the_shipped_empty_pack_holds_the_official_calendar_and_no_amount(county):
    empty = CountyPack.read(msgspec.json.decode(resources.read_bytes("policy", "empty_pack.json")))
    assert empty.calendar == county.calendar
    assert set(empty.raw) == {"pack_version", "county_code", "holiday_calendar", "local_holidays"}
