"""Ask `deadline`: how far off, on which colour, and what a missing parameter leaves open."""

import pytest

from desktop.policy.asks.deadline import PERIODS
from desktop.policy.engine import answer_question, decide


def ask(county, **question):
    return answer_question(county, {"id": "q", "ask": "deadline", **question})


@pytest.mark.parametrize(
    ("today", "level", "remaining", "overdue"),
    [
        ("2026-05-11", "yellow", 3, False),
        ("2026-05-12", "yellow", 2, False),
        ("2026-05-13", "orange", 1, False),
        ("2026-05-14", "orange", 0, False),
        ("2026-05-15", "red", 0, True),
    ],
)
def test_the_colour_follows_the_working_days_left(county, today, level, remaining, overdue):
    answer = ask(county, code="db_start_survey", start_on="2026-05-11", today=today)
    assert (answer["level"], answer["remaining_workdays"], answer["overdue"]) == (level, remaining, overdue)


def test_a_delegated_township_has_less_time_and_an_extension_goes_before_that(county):
    question = {"code": "db_total", "start_on": "2026-05-11", "township_code": "513224100"}
    assert ask(county, **question)["applied_code"] == "db_total_delegated"
    assert ask(county, **question, extension_reason="remote_application")["applied_code"] == "db_total_ext"


def test_a_township_delegated_for_another_programme_is_not_delegated_for_this_one(county):
    question = {"code": "db_total", "start_on": "2026-05-11", "township_code": "513224100"}
    assert ask(county, **question, programme_code="edge_family")["applied_code"] == "db_total"


def test_an_acceptance_on_a_rest_day_is_worth_a_word(county):
    assert ask(county, code="tk_township", start_on="2026-05-10")["alerts"] == ["start_on_rest_day"]
    assert ask(county, code="tk_county", start_on="2026-05-10")["alerts"] == []


def test_a_validity_is_never_moved_and_needs_no_calendar(county):
    answer = ask(county, code="gx_valid", start_on="2026-05-01")
    assert answer["due"] == "2027-05-01" and answer["provisional"] is False


def test_hours_not_set_by_the_county_leave_the_moment_open(county):
    answer = ask(county, code="ls_advance", start_at="2026-05-01T08:00", overrides={"advance_hours": None})
    assert answer.get("due_at") is None and answer["missing"] == ["advance_hours"]


def test_a_plan_that_will_be_ready_tomorrow_is_not_ready_today(county):
    answer = ask(county, code="zh_winter_plan", year=2026, today="2026-11-04", prepared_on="2026-11-05")
    assert answer["level"] == "red" and answer["overdue_days"] == 4


@pytest.mark.parametrize("code", PERIODS)
def test_every_deadline_says_how_it_was_counted(county, code):
    question = {"code": code, "start_on": "2026-05-11", "start_at": "2026-05-11T08:00", "year": 2026}
    answer = decide(county, {"id": "q", "ask": "deadline", **question})
    assert answer.trace[0].rule_id == PERIODS[code].rule_id and answer.trace[0].text
