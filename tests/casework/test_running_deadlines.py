"""Deadlines that run for a case: every row of the table starts where the store knows and ends as the rules count."""

from datetime import date
from typing import Any

import pytest

from desktop.casework import running
from desktop.casework.programmes import PROGRAMMES, STATUSES
from desktop.policy.asks.deadline import PERIODS
from tests.casework.test_assessing import case_of, home_of
from tests.casework.test_gates import go, surveyed


def due(township: Any, case: str, on: date = date(2026, 11, 5)) -> dict[str, tuple[str, str | None, str]]:
    """Code to start, end and level on a day."""
    township.on = on
    return {one.code: (one.start_on, one.due, one.level) for one in township.read.progress(case).deadlines}


@pytest.mark.parametrize("clock", running.CLOCKS, ids=lambda clock: clock.code)
def test_every_row_names_what_the_rules_know(clock):
    assert clock.code in PERIODS
    assert set(clock.programmes) <= set(PROGRAMMES) and set(clock.statuses) <= set(STATUSES)
    assert clock.start in STATUSES


def test_an_accepted_dibao_case_must_be_surveyed_and_ended(township):
    household, *_ = home_of(township)
    found = due(township, case_of(township, household))
    assert found == {
        "db_start_survey": ("2026-11-02", "2026-11-05", "orange"),  # DB-050, three working days
        "db_total": ("2026-11-02", "2026-12-14", "none"),  # DB-074, thirty
    }


def test_a_deadline_that_went_by_is_red(township):
    household, *_ = home_of(township)
    assert due(township, case_of(township, household), date(2026, 11, 6))["db_start_survey"][2] == "red"


def test_tekun_and_orphans_have_the_townships_and_the_countys_days(township):
    household, head, _ = home_of(township)
    tekun, orphan = (case_of(township, household, code, head) for code in ("tekun", "orphan"))
    assert due(township, tekun) == {"tk_township": ("2026-11-02", "2026-11-23", "none")}  # TK-033
    assert due(township, orphan) == {"et_township": ("2026-11-02", "2026-11-23", "none")}  # ET-004
    go(township, orphan, "investigating")
    go(township, orphan, "pre_reviewed")
    go(township, orphan, "reported", date(2026, 11, 9))
    assert due(township, orphan, date(2026, 11, 9)) == {"et_county": ("2026-11-09", "2026-11-30", "none")}


def test_a_rigid_expense_family_is_certified_in_time_and_for_a_year(township):
    household, *_ = home_of(township)
    case = case_of(township, household, "rigid_expense_family")
    assert due(township, case)["gx_total"] == ("2026-11-02", "2026-12-14", "none")  # GX-004
    for status in ("investigating", "pre_reviewed", "reported", "county_review", "confirmed"):
        go(township, case, status)
    assert due(township, case)["gx_valid"][:2] == ("2026-11-05", "2027-11-05")  # GX-006


def test_help_given_at_once_is_made_up_for_in_days(township):
    household, head, _ = home_of(township)
    case = case_of(township, household, "temp_emergency", head)
    all_three: dict[str, Any] = {"urgent": "true", "small_amount": "true", "needs_help_at_once": "true"}
    go(township, case, "fast_relief", **all_three)
    assert due(township, case)["ls_supplement"][:2] == ("2026-11-05", "2026-11-19")  # LS-021


def test_a_refusal_is_told_in_three_days(township):
    household, *_ = home_of(township)
    case = case_of(township, household)
    go(township, case, "investigating")
    surveyed(township, household, case)
    go(township, case, "pre_reviewed")
    go(township, case, "public_notice", date(2026, 11, 6))
    day = date(2026, 11, 16)
    for status in ("notice_passed", "reported", "county_review"):
        go(township, case, status, day)
    assert due(township, case, day)["db_county_opinion"][:2] == ("2026-11-16", "2026-11-30")  # DB-072
    go(township, case, "refused", day)
    assert due(township, case, day) == {"refusal_notice": ("2026-11-16", "2026-11-19", "yellow")}  # DB-076


def test_nothing_runs_for_a_case_in_pay(township):
    household, *_ = home_of(township)
    case = case_of(township, household, "disability_living")
    assert due(township, case) == {}
