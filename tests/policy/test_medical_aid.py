"""医疗救助: category, order of settlement, formula, what 特困 people get besides, and the yearly contribution."""

import pytest

from tests.policy.assessing import assess, certified, failed, passed, told_rules

BILL = {"total": "20000.00", "out_of_policy": "1000.00", "basic_paid": "12000.00", "critical_paid": "2000.00"}
ENROL = {"year": 2026, "contribution": "400.00"}


def ask(county, category="dibao", bill=BILL, overrides=None, facts=None, **more):
    certifications = certified(category) if category else []
    medical = {"medical": {**bill, **more}} if bill else {}
    case = {"certifications": certifications, **medical, **(facts or {})}
    return assess(county, "medical_aid", case, overrides=overrides or {})


def enrol(county, category, rows=None):
    return ask(county, category, bill=None, facts={"enrol": ENROL}, overrides={"enrol_subsidy": rows})


def test_neither_a_bill_nor_a_contribution_is_no_question(county):
    assert ask(county, bill=None)["error"]["code"] == "bad_question"


def test_payments_above_the_bill_are_impossible(county):
    assert ask(county, basic_paid="17000.01")["error"]["code"] == "bad_value"


def test_the_first_of_the_four_that_is_live_counts_yl_001(county):
    certifications = [*certified("tekun", valid_until="2026-05-10"), *certified("edge_family", "rigid_expense_family")]
    answer = assess(county, "medical_aid", {"certifications": certifications, "medical": BILL})
    assert answer["amount_once"] == "1800.00" and passed(answer) >= {"YL-001"}


def test_a_single_person_on_dibao_is_a_dibao_patient_yl_001(county):
    assert ask(county, "dibao_single")["channel"] == "direct"


@pytest.mark.parametrize(
    ("order", "outcome"),
    [
        (["basic", "medical_aid"], "eligible"),
        (["basic", "critical", "other_supplement", "medical_aid"], "eligible"),
        (["critical", "basic", "medical_aid"], "blocked"),
    ],
)
def test_steps_of_the_settlement_may_be_skipped_but_not_swapped_yl_003(county, order, outcome):
    assert ask(county, settlement_order=order)["outcome"] == outcome


def test_a_wrong_order_is_blocked_whoever_the_patient_is_yl_003(county):
    answer = ask(county, None, settlement_order=["medical_aid", "basic"])
    assert answer["outcome"] == "blocked" and failed(answer) == {"YL-001", "YL-003"}


def test_the_aid_is_the_ratio_of_what_exceeds_the_deductible_yl_006_yl_007(county):
    answer = ask(county, "edge_family")
    assert (answer["amount_once"], answer["self_pay"], answer["channel"]) == ("1800.00", "4200.00", "township")


def test_a_bill_below_the_deductible_gets_nothing_yl_006(county):
    answer = ask(county, "edge_family", total="16000.00")
    assert answer["amount_once"] == "0.00" and answer["outcome"] == "eligible"


@pytest.mark.parametrize(("paid", "aid"), [("26499.99", "3500.00"), ("28000.00", "2000.00"), ("30000.01", "0.00")])
def test_the_yearly_limit_leaves_what_was_not_yet_paid_yl_005(county, paid, aid):
    assert ask(county, paid_ytd=paid)["amount_once"] == aid


def test_the_aid_is_rounded_once_half_up_and_the_rest_is_what_remains_yl_007(county):
    bill = {"total": "0.15", "out_of_policy": "0.00", "basic_paid": "0.00", "critical_paid": "0.00"}
    answer = ask(county, bill=bill)
    assert (answer["amount_once"], answer["self_pay"]) == ("0.11", "0.04")


@pytest.mark.parametrize(
    ("overrides", "key"),
    [
        ({"medical": None}, "medical"),
        ({"medical": {"dibao": None}}, "medical.dibao"),
        ({"medical": {"dibao": {"annual_cap": None}}}, "medical.dibao.annual_cap"),
    ],
)
def test_terms_that_are_not_set_leave_the_amount_open_yl_005(county, overrides, key):
    answer = ask(county, overrides=overrides)
    assert answer["outcome"] == "eligible" and answer["amount_once"] is None and answer["self_pay"] is None
    assert key in answer["missing"]


def test_patients_in_an_emergency_are_treated_first_whoever_they_are_yl_010(county):
    answer = ask(county, None, facts={"public_emergency": True, "family_doctor_signed": True})
    assert (answer["outcome"], answer["duties"]) == ("not_eligible", ["treat_first"])


@pytest.mark.parametrize(("category", "alerts"), [("edge_family", ["likely_eligible"]), ("dibao", [])])
def test_high_own_costs_of_people_above_dibao_are_worth_a_look_yl_012(county, category, alerts):
    assert ask(county, category, overrides={"medical_warn_self_pay": "2500.00"})["alerts"] == alerts


def test_own_costs_just_below_the_line_are_not_yl_012(county):
    assert ask(county, "edge_family", overrides={"medical_warn_self_pay": "4200.01"})["alerts"] == []


def test_tekun_people_in_hospital_are_topped_up_and_cared_for_tk_053_tk_054(county):
    answer = ask(county, "tekun", inpatient=True, inpatient_days=7, overrides={"hospital_care_per_day": "120.00"})
    assert (answer["topup_max"], answer["hospital_care"], answer["hospital_care_amount"]) == ("1500.00", True, "840.00")
    assert answer["alerts"] == ["confirm_out_of_policy"] and passed(answer) >= {"TK-053", "TK-054"}


def test_without_a_hospital_stay_nobody_is_cared_for_there_tk_053(county):
    answer = ask(county, "tekun")
    assert answer["hospital_care"] is None and "topup_max" not in answer and answer["alerts"] == []


def test_days_and_price_of_hospital_care_are_asked_for_tk_053(county):
    answer = ask(county, "tekun", inpatient=True, out_of_policy="0.00")
    assert answer["hospital_care_amount"] is None and answer["alerts"] == []
    assert answer["missing"] == ["medical.inpatient_days", "hospital_care_per_day"]


def test_tekun_people_pay_nothing_whatever_the_pack_says_yl_002(county):
    rows = [{"category": "tekun", "year": 2026, "mode": "fixed", "amount": "100.00"}]
    answer = enrol(county, "tekun", rows)
    assert (answer["enrol_mode"], answer["enrol_subsidy"], answer["enrol_self_pay"]) == ("full", "400.00", "0.00")


def test_a_fixed_help_is_never_more_than_the_contribution_yl_002(county):
    rows = [{"category": "edge_family", "year": 2026, "mode": "fixed", "amount": "450.00"}]
    assert enrol(county, "edge_family", rows)["enrol_subsidy"] == "400.00"


def test_another_years_row_is_no_row_yl_002(county):
    rows = [{"category": "dibao", "year": 2025, "mode": "full"}]
    answer = enrol(county, "dibao", rows)
    assert (answer["outcome"], answer["enrol_subsidy"], answer["enrol_mode"]) == ("eligible", None, None)
    assert answer["missing"] == ["enrol_subsidy"] and answer["alerts"] == ["standard_missing"]


def test_whoever_is_of_no_category_pays_the_whole_contribution_yl_002(county):
    answer = enrol(county, None)
    assert (answer["outcome"], answer["enrol_subsidy"], answer["enrol_self_pay"]) == ("not_eligible", "0.00", "400.00")
    assert failed(answer) == {"YL-001", "YL-002"}


def test_a_contribution_without_a_bill_says_nothing_of_treatment_yl_002(county):
    assert "duties" not in enrol(county, "tekun")


def test_a_bill_and_a_contribution_are_answered_together(county):
    answer = ask(county, "tekun", facts={"enrol": ENROL})
    assert answer["amount_once"] == "3500.00" and answer["enrol_subsidy"] == "400.00"


@pytest.mark.parametrize(
    ("category", "channel"),
    [
        ("tekun", "direct"),
        ("dibao", "direct"),
        ("edge_family", "township"),
        ("rigid_expense_family", "township"),
    ],
)
def test_tekun_and_dibao_patients_are_settled_without_an_application_yl_008(county, category, channel):
    assert ask(county, category)["channel"] == channel


def test_where_the_money_for_the_top_up_comes_from_is_told_yl_009(county):
    facts = {"certifications": certified("tekun"), "medical": {**BILL, "inpatient": True}}
    assert "YL-009" in told_rules(county, "medical_aid", facts)
