"""The table of deadlines, row by row, and the rules by which they are counted (14 §1, §3)."""

import pytest

from desktop.policy.engine import answer_question


def ask(county, code, start="2026-05-11", **question):
    return answer_question(county, {"id": "q", "ask": "deadline", "code": code, "start_on": start, **question})


@pytest.mark.parametrize(
    ("code", "rule", "unit", "count", "due"),
    [
        ("db_start_survey", "DB-050", "workday", 3, "2026-05-14"),
        ("db_start_check", "DB-051", "workday", 3, "2026-05-14"),
        ("db_county_opinion", "DB-072", "workday", 10, "2026-05-25"),
        ("db_total", "DB-074", "workday", 30, "2026-06-23"),
        ("refusal_notice", "DB-076", "workday", 3, "2026-05-14"),
        ("db_review_A", "DB-090", "month", 12, "2027-05-11"),
        ("db_review_B", "DB-090", "month", 6, "2026-11-11"),
        ("db_death_settle", "DB-092", "month", 3, "2026-08-11"),
        ("change_report_warn", "DB-091", "month", 3, "2026-08-11"),
        ("tk_township", "TK-033", "workday", 15, "2026-06-01"),
        ("tk_reopen", "TK-035", "workday", 15, "2026-06-01"),
        ("tk_county", "TK-036", "workday", 15, "2026-06-01"),
        ("tk_selfcare_recheck", "TK-041", "workday", 10, "2026-05-25"),
        ("tk_term_objection", "TK-061", "workday", 15, "2026-06-01"),
        ("gx_total", "GX-004", "workday", 30, "2026-06-23"),
        ("gx_valid", "GX-006", "month", 12, "2027-05-11"),
        ("et_township", "ET-004", "workday", 15, "2026-06-01"),
        ("et_county", "ET-004", "workday", 15, "2026-06-01"),
        ("ls_supplement", "LS-021", "workday", 10, "2026-05-25"),
        ("admin_review", "DB-097", "day", 60, "2026-07-10"),
        ("lawsuit", "DB-097", "month", 6, "2026-11-11"),
    ],
)
def test_each_deadline_has_its_rule_unit_and_count_14_3(county, code, rule, unit, count, due):
    answer = ask(county, code)
    assert [answer[key] for key in ("rule_id", "unit", "count", "due")] == [rule, unit, count, due], "14.3"


def test_a_refusal_of_tekun_is_told_as_soon_as_one_of_dibao_TK_038(county):
    assert ask(county, "refusal_notice", programme_code="tekun")["due"] == "2026-05-14", "TK-038"


def test_advance_relief_is_counted_in_hours_LS_021(county):
    question = {"id": "q", "ask": "deadline", "code": "ls_advance", "start_at": "2026-05-09T23:30"}
    assert answer_question(county, question)["due_at"] == "2026-05-10T23:30", "LS-021"


def test_the_winter_plan_is_due_on_the_last_of_october_and_never_moved_ZH_034(county):
    question = {"id": "q", "ask": "deadline", "code": "zh_winter_plan", "year": 2026}
    answer = answer_question(county, question)
    assert (answer["raw_due"], answer["due"]) == ("2026-10-31", "2026-10-31"), "ZH-034, a Saturday"


def test_extensions_run_from_the_acceptance_DB_074_GX_004(county):
    assert ask(county, "db_total", extension_reason="remote_application")["count"] == 45
    assert ask(county, "gx_total", extension_reason="hard_to_investigate")["count"] == 45
    assert ask(county, "gx_total", extension_reason="remote_application")["error"]["code"] == "bad_value"


def test_the_days_of_a_notice_lie_within_the_total_D_10(county):
    notice = {"id": "q", "ask": "notice_period", "kind": "pre_notice", "programme_code": "dibao"}
    hung = answer_question(county, {**notice, "posted_on": "2026-06-12"})
    assert hung["earliest_next_step"] == ask(county, "db_total")["due"] == "2026-06-23", "D-10"


@pytest.mark.parametrize(
    ("code", "start", "raw", "due", "rule"),
    [
        ("db_death_settle", "2025-11-30", "2026-02-28", "2026-02-28", "RL-004"),  # a make-up Saturday, RL-003
        ("lawsuit", "2026-08-31", "2027-02-28", "2027-03-01", "RL-004"),
        ("db_review_B", "2026-04-04", "2026-10-04", "2026-10-08", "RL-005"),
        ("gx_valid", "2025-10-04", "2026-10-04", "2026-10-04", "RL-005"),
        ("admin_review", "2026-05-11", "2026-07-10", "2026-07-10", "RL-001"),
    ],
)
def test_months_end_where_they_should_and_move_off_rest_days(county, code, start, raw, due, rule):
    answer = ask(county, code, start)
    assert (answer["raw_due"], answer["due"]) == (raw, due), rule


def test_a_working_day_period_skips_rest_days_and_counts_make_up_days_RL_002_RL_003(county):
    assert ask(county, "db_start_survey", "2026-09-30")["due"] == "2026-10-10", "8, 9 and the make-up Saturday"


def test_a_local_holiday_makes_the_period_longer_RL_008(county):
    assert ask(county, "db_start_survey", overrides={"local_holidays": ["2026-05-12"]})["due"] == "2026-05-15"


def test_a_year_without_a_calendar_is_provisional_RL_009(county):
    answer = ask(county, "db_start_survey", "2026-12-31")
    assert answer["provisional"] is True and "provisional_calendar" in answer["alerts"], "RL-009"


def test_within_includes_the_last_day_RL_006(county):
    assert ask(county, "db_start_survey", today="2026-05-14")["overdue"] is False, "RL-006"
    assert ask(county, "db_start_survey", today="2026-05-15")["overdue"] is True


def test_a_notice_that_ends_on_a_holiday_hangs_until_after_it_D_09(county):
    question = {"id": "q", "ask": "notice_period", "kind": "pre_notice", "programme_code": "dibao"}
    answer = answer_question(county, {**question, "posted_on": "2026-09-24"})
    assert [answer[key] for key in ("min_end", "effective_end", "earliest_next_step")] == [
        "2026-10-01", "2026-10-08", "2026-10-09",
    ], "D-09"  # fmt: skip
