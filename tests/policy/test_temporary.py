"""临时救助 of three kinds: who gets it, how much strangers may get, and who approves it."""

import pytest

from tests.policy.households import COUPLE, assess, income, member, reason, status

PILOT, OTHER = "513224100", "513224102"


def test_an_emergency_with_a_cause_is_helped_wherever_somebody_is_registered_LS_002_LS_009(county):
    for hukou in ("513224", "510104"):
        answer = assess(county, "temp_emergency", {"cause_code": "fire", "hukou_county": hukou})
        assert answer["outcome"] == "eligible"


def test_an_emergency_without_a_cause_is_for_people_to_judge_LS_002(county):
    assert assess(county, "temp_emergency", {})["outcome"] == "manual_review"


@pytest.mark.parametrize(
    ("amount", "township", "unlimited", "level"),
    [
        ("2000.00", OTHER, False, "township"),
        ("2000.01", OTHER, False, "county"),
        ("2000.01", PILOT, False, "county"),
        ("2000.01", PILOT, True, "township"),
        ("2000.01", OTHER, True, "county"),
        ("2000.01", PILOT, None, "county"),
    ],
)
def test_who_approves_an_amount_LS_023_LS_024(county, amount, township, unlimited, level):
    facts = {"cause_code": "fire", "proposed_amount": amount}
    overrides = {"delegated_unlimited": unlimited}
    assert assess(county, "temp_emergency", facts, overrides, township_code=township)["approval_level"] == level


@pytest.mark.parametrize(("day", "level"), [("2021-12-14", "county"), ("2021-12-15", "township")])
def test_a_township_confirms_by_itself_only_cases_accepted_since_its_delegation_D_14(county, day, level):
    facts = {"cause_code": "fire", "proposed_amount": "9000.00"}
    overrides = {"delegated_unlimited": True}
    answer = assess(county, "temp_emergency", facts, overrides, township_code=PILOT, accepted_on=day)
    assert answer["approval_level"] == level


def test_without_a_limit_nobody_knows_who_approves_LS_023(county):
    facts = {"cause_code": "fire", "proposed_amount": "10.00"}
    answer = assess(county, "temp_emergency", facts, {"township_limit": None})
    assert "approval_level" not in answer and answer["missing"] == ["township_limit"]
    assert "approval_level" not in assess(county, "temp_emergency", {"cause_code": "fire"})


def stranger(county, amount=None, overrides=None, hukou="510104", **question):
    facts = {"hukou_county": hukou, "cause_code": "traffic"}
    return assess(
        county, "temp_nonlocal", facts | ({"proposed_amount": amount} if amount else {}), overrides, **question
    )


@pytest.mark.parametrize(
    ("amount", "outcome"),
    [("799.99", "blocked"), ("800.00", "eligible"), ("3200.00", "eligible"), ("3200.01", "blocked")],
)
def test_strangers_get_one_to_four_standards_both_included_LS_007(county, amount, outcome):
    answer = stranger(county, amount)
    assert (answer["outcome"], answer["amount_min"], answer["amount_max"]) == (outcome, "800.00", "3200.00")
    assert reason(answer, "LS-007") is (outcome == "eligible")


def test_the_base_is_the_countys_to_choose_D_07(county):
    answer = stranger(county, overrides={"nonlocal_base": "rural"})
    assert (answer["amount_min"], answer["amount_max"]) == ("600.00", "2400.00")


def test_people_of_the_county_are_no_strangers_LS_007(county):
    answer = stranger(county, hukou="513224")
    assert answer["outcome"] == "not_eligible" and reason(answer, "LS-007") is False


def test_not_knowing_where_somebody_is_registered_is_no_hindrance_LS_007(county):
    assert assess(county, "temp_nonlocal", {"proposed_amount": "900.00"})["outcome"] == "eligible"


@pytest.mark.parametrize(
    ("overrides", "missing"), [({"nonlocal_base": None}, "nonlocal_base"), ({"standards": []}, "standards")]
)
def test_without_a_base_an_amount_cannot_be_checked_D_07(county, overrides, missing):
    answer = stranger(county, "900.00", overrides)
    assert (answer["outcome"], answer["missing"]) == ("cannot_decide", [missing])
    assert answer["amount_min"] is None and answer["amount_max"] is None
    assert ("standard_missing" in answer["alerts"]) is (missing == "standards")
    assert stranger(county, None, overrides)["outcome"] == "eligible"


def test_the_limits_are_compared_unrounded_LS_007(county):
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
    answer = stranger(county, "583.33", {"standards": standards})
    assert (answer["outcome"], answer["amount_min"]) == ("blocked", "583.33")
    assert stranger(county, "583.34", {"standards": standards})["outcome"] == "eligible"


def expense(county, yearly, overrides=None, **facts):
    return assess(county, "temp_expense", {"members": COUPLE, "incomes": [income(yearly)], **facts}, overrides)


@pytest.mark.parametrize(("yearly", "outcome"), [("39999.99", "eligible"), ("40000.00", "not_eligible")])
def test_yearly_income_a_head_must_be_below_the_disposable_one_LS_003(county, yearly, outcome):
    answer = expense(county, yearly)
    assert answer["outcome"] == outcome and reason(answer, "LS-003") is (outcome == "eligible")


def test_property_above_the_limits_shuts_out_LS_003(county):
    assert expense(county, "1000.00", property={"houses": 3})["outcome"] == "not_eligible"


@pytest.mark.parametrize("programme", ["dibao", "dibao_single", "tekun"])
def test_families_of_dibao_and_tekun_are_not_measured_again_LS_004(county, programme):
    paper = [{"programme_code": programme, "valid_until": "2026-05-11"}]
    answer = expense(county, "90000.00", certifications=paper, property={"houses": 3})
    assert answer["outcome"] == "eligible" and reason(answer, "LS-004") is True
    paper[0]["valid_until"] = "2026-05-10"
    assert expense(county, "90000.00", certifications=paper)["outcome"] == "not_eligible"


def test_edge_families_are_measured_LS_004(county):
    paper = [{"programme_code": "edge_family"}]
    assert expense(county, "90000.00", certifications=paper)["outcome"] == "not_eligible"


def test_disposable_income_not_set_for_the_area_leaves_the_case_open_LS_003(county):
    answer = expense(county, "1000.00", area="urban")
    assert (answer["outcome"], answer["missing"]) == ("cannot_decide", ["prev_year_disposable_income"])


def test_an_applicant_of_another_household_blocks_a_family_programme_DB_001(county):
    people = [member(statuses=[status("compulsory_rehab")]), COUPLE[1]]
    assert assess(county, "temp_expense", {"members": people})["outcome"] == "blocked"
