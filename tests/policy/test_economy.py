"""Income, deductions, property and class (01 §4, §5; contract §5.1), with their boundaries on both sides."""

import pytest

from tests.policy.households import COUPLE, FOUR, assess, disability, income, member, reason, status


def means(county, *incomes, overrides=None, members=COUPLE, programme="dibao", facts=None, **question):
    given = {"members": members, "incomes": list(incomes), **(facts or {})}
    return assess(county, programme, given, overrides, **question)


@pytest.mark.parametrize(
    "kind",
    [
        "pref_pension",
        "fp_reward",
        "scholarship",
        "bravery_award",
        "social_assistance_payment",
        "disability_two_subsidies",
        "de_facto_orphan_subsidy",
    ],
)
def test_income_that_never_counts_01_4(county, kind):
    assert means(county, income("90000.00", kind), income("2400.00"))["per_capita_month"] == "100.00"


@pytest.mark.parametrize(
    "kind",
    [
        "wage",
        "business_net",
        "property_net",
        "transfer_net",
        "other_counted",
        "personal_account_pension",
        "social_insurance_benefit",
    ],
)
def test_income_that_always_counts_01_4(county, kind):
    assert means(county, income("2400.00", kind))["per_capita_month"] == "100.00"


def test_income_by_the_month_counts_twelve_times_01_4(county):
    assert means(county, {"kind": "wage", "amount_month": "200.00"})["per_capita_month"] == "100.00"


def test_income_of_somebody_left_out_does_not_count_01_2(county):
    away = [*COUPLE, member("m3", "20", "1996-03-01", lives_with_family=False)]
    answer = means(county, income("90000.00", "wage", member="m3"), income("2400.00", member="m1"), members=away)
    assert answer["per_capita_month"] == "100.00"


@pytest.mark.parametrize("day", ["2021-07-01", "2025-12-31"])
def test_the_basic_pension_is_left_out_by_law_on_both_end_days_D_06(county, day):
    pension = income("2400.00", "central_basic_pension")
    answer = means(county, pension, overrides={"basic_pension_excluded": False}, accepted_on=day)
    assert answer["per_capita_month"] == "0.00" and answer["missing"] == []


@pytest.mark.parametrize("day", ["2021-06-30", "2026-01-01"])
@pytest.mark.parametrize(("excluded", "each"), [(True, "0.00"), (False, "100.00")])
def test_the_basic_pension_is_the_countys_to_say_on_other_days_D_06(county, day, excluded, each):
    pension = income("2400.00", "central_basic_pension")
    answer = means(county, pension, overrides={"basic_pension_excluded": excluded}, accepted_on=day)
    assert answer["per_capita_month"] == each


@pytest.mark.parametrize("unset", ["unknown", None])
def test_a_county_that_says_nothing_of_pensions_leaves_the_case_open_only_when_there_is_one_D_06(county, unset):
    overrides = {"basic_pension_excluded": unset}
    answer = means(county, income("2400.00", "central_basic_pension"), overrides=overrides)
    assert (answer["outcome"], answer["missing"]) == ("cannot_decide", ["basic_pension_excluded"])
    assert answer["per_capita_month"] is None and answer["category"] is None
    assert means(county, income("2400.00"), overrides=overrides)["outcome"] == "eligible"


@pytest.mark.parametrize("programme", ["dibao", "edge_family", "rigid_expense_family", "temp_expense", "dibao_single"])
def test_a_pension_nobody_ruled_on_blocks_the_judgement_even_a_refusal_D_06(county, programme):
    facts = {"property": {"vehicles": ["car"]}, "subject": "m2"}
    answer = means(county, income("2400.00", "central_basic_pension"), programme=programme, facts=facts)
    assert answer["outcome"] == "cannot_decide" and "basic_pension_excluded" in answer["missing"]
    assert answer["alerts"] == []


@pytest.mark.parametrize("programme", ["dibao", "edge_family", "rigid_expense_family", "temp_expense", "dibao_single"])
def test_every_programme_of_family_economics_gives_income_and_property_as_reasons_DB_079_DB_042(county, programme):
    answer = means(county, income("16000.00"), programme=programme, facts={"subject": "m2"})
    assert reason(answer, "DB-079") is False and reason(answer, "DB-042") is True


def test_a_pension_of_somebody_left_out_asks_the_county_nothing_D_06(county):
    people = [*COUPLE, member("m3", "51", "1950-01-01", lives_with_family=False)]
    answer = means(county, income("2400.00", "central_basic_pension", member="m3"), members=people)
    assert answer["outcome"] == "eligible" and answer["missing"] == []


@pytest.mark.parametrize(("counted", "each"), [(True, "50.00"), (False, "0.00")])
def test_the_elder_allowance_counts_as_the_county_says_08_3(county, counted, each):
    allowance = income("1200.00", "elder_allowance")
    for day in ("2024-05-11", "2026-05-11"):
        answer = means(county, allowance, overrides={"elder_allowance_counted": counted}, accepted_on=day)
        assert answer["per_capita_month"] == each


COST = {"employment_cost_rule": {"mode": "per_month_per_person", "amount": "300.00"}}
AT_WORK = [member(employed=True), member("m2", "12", "1978-04-02")]


def test_employment_cost_is_taken_from_the_wages_of_those_who_work_D_22_BY_002(county):
    wages = (income("12000.00", "wage", member="m1"), income("12000.00", "wage", member="m2"))
    assert means(county, *wages, overrides=COST, members=AT_WORK)["per_capita_month"] == "850.00"


def test_employment_cost_never_takes_more_than_somebodys_wages_D_22(county):
    wages = (income("1200.00", "wage", member="m1"), income("2400.00", "business_net", member="m1"))
    assert means(county, *wages, overrides=COST, members=AT_WORK)["per_capita_month"] == "100.00"


def test_the_disregard_takes_its_part_of_what_employment_cost_has_left_D_22(county):
    overrides = {**COST, "income_disregard_rule": {"mode": "ratio_of_wage", "ratio": "0.20"}}
    answer = means(county, income("27600.00", "wage", member="m1"), overrides=overrides, members=AT_WORK)
    assert answer["per_capita_month"] == "800.00"


def test_receipts_for_treatment_and_rehabilitation_come_off_last_and_never_below_zero_D_22(county):
    overrides = {"rigid_deduct_rule": {"mode": "receipts"}}
    spent = [
        {"kind": "medical", "amount": "1000.00", "receipt": True},
        {"kind": "disability_rehab", "amount": "200.00", "receipt": True},
        {"kind": "medical", "amount": "500.00"},
        {"kind": "living", "amount": "500.00", "receipt": True},
    ]
    answer = means(county, income("3600.00"), overrides=overrides, facts={"expenses": spent})
    assert answer["per_capita_month"] == "100.00"
    assert means(county, income("600.00"), overrides=overrides, facts={"expenses": spent})["per_capita_month"] == "0.00"


@pytest.mark.parametrize("rule", ["employment_cost_rule", "income_disregard_rule", "rigid_deduct_rule"])
def test_a_deduction_that_is_not_set_takes_nothing_D_22(county, rule):
    answer = means(county, income("24000.00", "wage", member="m1"), overrides={rule: None}, members=AT_WORK)
    assert answer["per_capita_month"] == "1000.00" and answer["missing"] == []


@pytest.mark.parametrize(
    ("yearly", "category", "dibao", "edge"),
    [
        ("14399.99", "dibao", "eligible", "not_eligible"),
        ("14400.00", "edge_family", "not_eligible", "eligible"),
        ("21599.99", "edge_family", "not_eligible", "eligible"),
        ("21600.00", None, "not_eligible", "not_eligible"),
    ],
)
def test_the_lines_between_the_classes_are_strict_DB_079_BY_001_D_05(county, yearly, category, dibao, edge):
    answers = [means(county, income(yearly), programme=programme) for programme in ("dibao", "edge_family")]
    assert [answer["outcome"] for answer in answers] == [dibao, edge]
    assert [answer["category"] for answer in answers] == [category, category]


def test_a_difference_below_a_fen_still_decides_DB_079(county):
    answer = means(county, income("28799.99"), members=FOUR)
    assert answer["per_capita_month"] == "600.00" and answer["outcome"] == "eligible"


def test_a_yearly_standard_is_divided_without_rounding_08_2(county):
    standards = [
        {
            "programme": "dibao",
            "area": "unified",
            "unit": "year",
            "amount": "7000.00",
            "effective_from": "2021-01-01",
            "doc_no": "T",
        }
    ]
    for yearly, outcome in (("13999.99", "eligible"), ("14000.00", "not_eligible")):
        assert means(county, income(yearly), overrides={"standards": standards})["outcome"] == outcome


def test_the_standard_is_that_of_the_acceptance_day_BZ_005(county):
    rows = [("500.00", "2021-01-01", "2026-06-30"), ("600.00", "2026-07-01", None)]
    standards = [
        {
            "programme": "dibao",
            "area": "rural",
            "unit": "month",
            "amount": amount,
            "effective_from": since,
            "effective_to": until,
            "doc_no": "T",
        }
        for amount, since, until in rows
    ]
    for day, outcome in (("2026-06-30", "not_eligible"), ("2026-07-01", "eligible")):
        answer = means(county, income("12000.00"), overrides={"standards": standards}, accepted_on=day)
        assert answer["outcome"] == outcome


def test_without_a_standard_nothing_is_decided_08_2(county):
    answer = means(county, income("2400.00"), overrides={"standards": []})
    assert answer["outcome"] == "cannot_decide" and answer["alerts"] == ["standard_missing"]
    assert answer["missing"] == ["standards"] and answer["per_capita_month"] == "100.00"


def test_without_a_multiplier_only_the_edge_stays_open_BY_001(county):
    overrides = {"edge_multiplier": None}
    edge = means(county, income("14400.00"), overrides=overrides, programme="edge_family")
    assert (edge["outcome"], edge["missing"]) == ("cannot_decide", ["edge_multiplier"])
    assert means(county, income("14400.00"), overrides=overrides)["outcome"] == "not_eligible"
    assert means(county, income("2400.00"), overrides=overrides)["missing"] == []


@pytest.mark.parametrize(
    ("owned", "passes"),
    [
        ({"financial_assets": "28800.00"}, True),
        ({"financial_assets": "28800.01"}, False),
        ({"houses": 2}, True),
        ({"houses": 3}, False),
        ({"vehicles": ["motorcycle", "disability_scooter", "farm_machine"]}, True),
        ({"vehicles": ["motorcycle", "car"]}, False),
        ({}, True),
    ],
)
def test_property_keeps_within_its_limits_up_to_the_limit_itself_DB_040_DB_041_DB_042(county, owned, passes):
    answer = means(county, facts={"property": owned})
    assert reason(answer, "DB-042") is passes
    assert answer["outcome"] == ("eligible" if passes else "not_eligible")
    assert answer["category"] == ("dibao" if passes else None)


def test_property_nobody_declared_passes_without_any_limit_DB_042(county):
    assert means(county, overrides={"property_rule": None})["outcome"] == "eligible"


def test_property_without_a_rule_leaves_open_only_what_income_does_not_decide_DB_042(county):
    facts, overrides = {"property": {"houses": 1}}, {"property_rule": None}
    answer = means(county, facts=facts, overrides=overrides)
    assert (answer["outcome"], answer["missing"]) == ("cannot_decide", ["property_rule"])
    assert means(county, income("90000.00"), facts=facts, overrides=overrides)["outcome"] == "not_eligible"


@pytest.mark.parametrize(
    ("row", "assets", "passes"),
    [
        ({"limit_type": "amount", "limit": "5000.00"}, "10000.00", True),
        ({"limit_type": "amount", "limit": "5000.00"}, "10000.01", False),
        ({"limit_type": "multiple_of_std", "limit": "0.5"}, "600.00", True),
        ({"limit_type": "multiple_of_std", "limit": "0.5"}, "600.01", False),
        ({"limit_type": "forbidden", "limit": None}, "0.01", False),
    ],
)
def test_limits_of_every_type_are_a_head_and_unrounded_DB_042(county, row, assets, passes):
    rule = [{"item": "financial_assets_per_person", **row}]
    answer = means(county, facts={"property": {"financial_assets": assets}}, overrides={"property_rule": rule})
    assert reason(answer, "DB-042") is passes


def test_the_trace_names_unrounded_comparisons_in_words_DB_079(county):
    answer = means(county, income("28799.99"), members=FOUR)
    text = next(one["text"] for one in answer["reasons"] if one["rule_id"] == "DB-079")
    assert "28799.99 元÷12 个月÷4 人" in text and "未舍入" in text


def test_states_and_certificates_change_no_class_by_themselves_DB_008(county):
    ill = [
        member(disabilities=[disability(5, 1)], statuses=[status("severe_illness", "2020-01-01")]),
        member("m2", "12", "1978-04-02"),
    ]
    assert means(county, income("14400.00"), members=ill)["outcome"] == "not_eligible"
