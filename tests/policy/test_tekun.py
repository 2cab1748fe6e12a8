"""特困: the three conditions at their boundaries, who goes on being certified, what is paid, what stays open."""

import pytest

from desktop.policy.engine import decide
from tests.policy.households import assess, disability, income, member, reason, status

DAY = "2026-11-23"
CAN = ("eat", "dress", "bed_transfer", "toilet", "indoor_walk", "bathe")
CERTIFIED = [{"programme_code": "tekun", "since": "2022-01-01"}]
OLD = member(born="1950-01-01")


def tekun(county, person=OLD, overrides=None, day=DAY, decided_on=None, **facts):
    question = {"decided_on": decided_on} if decided_on else {}
    return assess(county, "tekun", {"members": [person], **facts}, overrides, accepted_on=day, **question)


def labour(county, person, **facts):
    return tekun(county, person, **facts)["conditions"]["no_labor"]


@pytest.mark.parametrize(
    ("born", "unable"),
    [
        ("1966-11-23", True),
        ("1966-11-24", False),
        ("2010-11-24", True),
        ("2010-11-23", None),
        ("2008-11-24", None),
        ("2008-11-23", False),
    ],
)
def test_ages_at_which_nobody_can_labour_TK_001_D_03(county, born, unable):
    assert labour(county, member(born=born)) is unable


@pytest.mark.parametrize("kind", range(1, 8))
@pytest.mark.parametrize("grade", range(1, 5))
def test_certificates_with_which_nobody_can_labour_TK_001(county, kind, grade):
    worst = {5: 3, 6: 3, 4: 2, 1: 1}.get(kind, 0)
    expected = (None if grade <= 3 else False) if kind == 7 else grade <= worst
    assert labour(county, member(born="1986-01-01", disabilities=[disability(kind, grade)])) is expected


def test_multiple_disability_does_not_matter_where_something_else_decides_TK_001(county):
    several = [disability(7, 2), disability(1, 1)]
    assert labour(county, member(born="1986-01-01", disabilities=several)) is True
    assert labour(county, member(born="1950-01-01", disabilities=[disability(7, 2)])) is True


def test_sixteen_and_seventeen_are_for_people_to_judge_when_new_and_go_on_when_certified_D_03(county):
    teen = member(born="2009-12-01")
    assert tekun(county, teen)["outcome"] == "manual_review"
    answer = tekun(county, teen, certifications=CERTIFIED)
    assert answer["outcome"] == "eligible" and reason(answer, "TK-021") is True
    ended = [{"programme_code": "tekun", "valid_until": "2026-11-22"}]
    assert tekun(county, teen, certifications=ended)["outcome"] == "manual_review"


@pytest.mark.parametrize(
    ("stage", "goes_on"),
    [
        ("compulsory", True),
        ("senior_high", True),
        ("secondary_vocational", True),
        ("junior_college", False),
        ("undergraduate", False),
        ("kindergarten", False),
    ],
)
def test_certified_people_go_on_after_eighteen_at_these_schools_TK_021(county, stage, goes_on):
    pupil = member(born="2008-11-23", education={"stage": stage})
    answer = tekun(county, pupil, certifications=CERTIFIED)
    assert answer["outcome"] == ("eligible" if goes_on else "not_eligible")
    assert answer["alerts"] == ([] if goes_on else ["start_termination"])
    assert reason(answer, "TK-021") is (True if goes_on else None)
    assert tekun(county, pupil)["outcome"] == "not_eligible"


def test_a_certificate_of_somebody_else_carries_nobody_on_TK_021(county):
    people = [member(born="2009-12-01"), member("m2", "51", "1970-01-01")]
    paper = [{"programme_code": "tekun", "member": "m2"}]
    answer = assess(county, "tekun", {"members": people, "certifications": paper}, accepted_on=DAY)
    assert answer["conditions"]["no_labor"] is None


def test_somebody_new_who_only_can_work_is_for_dibao_TK_001(county):
    fit = member(born="1986-01-01")
    assert tekun(county, fit)["alerts"] == ["refer_dibao"]
    rich = [income("90000.00", member="m1")]
    assert tekun(county, fit, incomes=rich)["alerts"] == []


@pytest.mark.parametrize(("monthly", "poor"), [("599.99", True), ("600.00", False)])
def test_own_income_must_be_below_the_dibao_standard_TK_002(county, monthly, poor):
    own = [{"kind": "transfer_net", "amount_month": monthly, "member": "m1"}]
    answer = tekun(county, incomes=own)
    assert answer["conditions"]["no_income"] is poor and answer["per_capita_month"] == monthly


@pytest.mark.parametrize(
    "kind",
    [
        "central_basic_pension",
        "social_insurance_benefit",
        "pref_pension",
        "elder_allowance",
        "social_assistance_payment",
        "disability_two_subsidies",
    ],
)
def test_income_that_never_counts_whatever_the_county_says_TK_002(county, kind):
    overrides = {"elder_allowance_counted": True, "basic_pension_excluded": False}
    answer = tekun(county, incomes=[income("90000.00", kind, member="m1")], overrides=overrides)
    assert answer["outcome"] == "eligible" and answer["per_capita_month"] == "0.00"


def test_somebody_elses_income_is_not_the_applicants_TK_002(county):
    people = [OLD, member("m2", "71", "1955-01-01")]
    facts = {"members": people, "incomes": [income("90000.00", member="m2")]}
    assert assess(county, "tekun", facts, accepted_on=DAY)["conditions"]["no_income"] is True


def test_income_without_a_name_is_the_familys_and_the_applicants_only_where_nobody_else_is_TK_002(county):
    unnamed = [income("90000.00")]
    assert tekun(county, incomes=unnamed)["conditions"]["no_income"] is False
    people = [OLD, member("m2", "71", "1955-01-01")]
    shared = assess(county, "tekun", {"members": people, "incomes": unnamed}, accepted_on=DAY)
    assert shared["conditions"]["no_income"] is True and shared["per_capita_month"] == "0.00"


@pytest.mark.parametrize(("assets", "within"), [("14400.00", True), ("14400.01", False)])
def test_property_is_measured_for_one_person_TK_002(county, assets, within):
    answer = tekun(county, property={"financial_assets": assets})
    assert answer["conditions"]["no_income"] is within


def test_without_a_dibao_standard_means_stay_open_TK_002(county):
    answer = tekun(county, overrides={"standards": []})
    assert answer["outcome"] == "cannot_decide" and answer["conditions"]["no_income"] is None
    assert "standards" in answer["missing"] and answer["alerts"] == ["standard_missing"]


RICH = {"incomes": [income("90000.00", member="m1")]}
SUPPORTED = {"obligors": [{"relation": "20", "birth_date": "1980-01-01"}]}


@pytest.mark.parametrize(
    ("person", "facts", "rule"),
    [
        (member(born="1986-01-01"), {}, "TK-060b"),
        (OLD, RICH, "TK-060d"),
        (OLD, SUPPORTED, "TK-060e"),
    ],
)
def test_a_certified_person_who_fails_a_condition_is_to_be_ended_and_passed_on_TK_063(county, person, facts, rule):
    facts = {"area": "rural", "members": [person], "certifications": CERTIFIED, **facts}
    question = {"id": "q", "ask": "assess", "programme_code": "tekun", "accepted_on": DAY, "facts": facts}
    answer = decide(county, question)
    assert answer.values["outcome"] == "not_eligible" and answer.values["alerts"] == ["start_termination"]
    assert [rule, "TK-063"] == [step.rule_id for step in answer.trace if step.rule_id.startswith("TK-06")]


def obligor(born="1980-01-01", **more):
    return {"relation": "20", "birth_date": born, **more}


@pytest.mark.parametrize(
    ("given", "incapable"),
    [
        (obligor(certifications=["tekun"]), True),
        (obligor("1966-11-23", certifications=["dibao"]), True),
        (obligor("1966-11-24", certifications=["dibao"]), False),
        (obligor("1956-11-23", income_year="19999.99"), True),
        (obligor("1956-11-23", income_year="20000.00"), False),
        (obligor("1956-11-24", income_year="0.00"), False),
        (obligor("1956-11-23", income_year="0.00", property={"vehicles": ["car"]}), False),
        (obligor("1956-11-23", income_year="0.00", property={"financial_assets": "14400.00"}), True),
        (obligor("1956-11-23", income_year="0.00", property={"financial_assets": "14400.01"}), False),
        (obligor(disabilities=[disability(3, 2)], income_year="19999.99"), True),
        (obligor(disabilities=[disability(3, 2)], income_year="20000.00"), False),
        (obligor(disabilities=[disability(6, 3)], income_year="0.00"), True),
        (obligor(disabilities=[disability(4, 3)], income_year="0.00"), False),
        (obligor(disabilities=[disability(7, 3)], income_year="0.00"), None),
        (obligor(disabilities=[disability(7, 2)], income_year="0.00"), True),
        (obligor(statuses=[status("no_civil_capacity")], income_year="90000.00"), True),
        (obligor(statuses=[status("in_prison", "2026-11-23")]), True),
        (obligor(statuses=[status("in_prison", "2026-11-24")]), False),
        (obligor(statuses=[status("in_prison", "2020-01-01", "2026-11-23")]), False),
        (obligor(statuses=[status("declared_missing")], property={"houses": 3}), False),
        (obligor(statuses=[status("compulsory_rehab")]), False),
        (obligor(), False),
    ],
)
def test_who_cannot_give_support_TK_010a_TK_010b_TK_010c_TK_010d_TK_010e(county, given, incapable):
    answer = tekun(county, obligors=[given])
    assert answer["conditions"]["no_obligor"] is incapable and reason(answer, "TK-003") is incapable


def test_one_obligor_who_can_is_enough_to_fail_TK_003(county):
    answer = tekun(county, obligors=[obligor(certifications=["tekun"]), obligor(), obligor("1956-01-01")])
    assert answer["outcome"] == "not_eligible" and answer["missing"] == []


def test_an_obligors_income_nobody_asked_for_leaves_the_case_open_only_where_it_decides_TK_003(county):
    answer = tekun(county, obligors=[obligor("1950-01-01")])
    assert (answer["outcome"], answer["missing"]) == ("cannot_decide", ["obligors.income_year"])
    certified = tekun(county, obligors=[obligor("1950-01-01", certifications=["dibao"])])
    assert certified["outcome"] == "eligible" and certified["missing"] == []
    owner = tekun(county, obligors=[obligor("1950-01-01", property={"houses": 3})])
    assert owner["outcome"] == "not_eligible" and owner["missing"] == []


def test_the_disposable_income_must_be_set_where_it_decides_TK_003(county):
    answer = tekun(county, obligors=[obligor("1950-01-01", income_year="1.00")], area="urban")
    assert (answer["outcome"], answer["missing"]) == ("cannot_decide", ["prev_year_disposable_income"])


def test_an_obligor_whose_kinds_of_disability_are_not_said_is_for_people_to_judge_10_2(county):
    answer = tekun(county, obligors=[obligor(disabilities=[disability(7, 3)], income_year="1.00")])
    assert answer["outcome"] == "manual_review" and answer["missing"] == []


def test_a_condition_that_fails_goes_before_one_that_is_open_TK_003(county):
    answer = tekun(county, member(born="2009-12-01"), obligors=[obligor()])
    assert answer["outcome"] == "not_eligible" and answer["conditions"]["no_labor"] is None


@pytest.mark.parametrize(
    ("chosen", "outcome"), [("orphan", "not_eligible"), ("de_facto_orphan", "not_eligible"), ("tekun", "eligible")]
)
def test_a_child_is_certified_for_what_it_chose_TK_020(county, chosen, outcome):
    answer = tekun(county, member(born="2014-01-01"), chosen_programme=chosen)
    assert answer["outcome"] == outcome and reason(answer, "TK-020") is (outcome == "eligible")


@pytest.mark.parametrize(
    ("failed", "level", "amount"),
    [
        (0, "full", "930.00"),
        (1, "partial", "1180.00"),
        (3, "partial", "1180.00"),
        (4, "none", "1680.00"),
        (6, "none", "1680.00"),
    ],
)
def test_care_follows_how_many_of_the_six_cannot_be_done_02_3_TK_050_TK_052(county, failed, level, amount):
    answer = tekun(county, self_care={item: number >= failed for number, item in enumerate(CAN)})
    assert (answer["self_care_level"], answer["amount_month"]) == (level, amount)


@pytest.mark.parametrize("item", CAN)
def test_something_not_assessed_is_no_yes_TK_042(county, item):
    answer = tekun(county, self_care={other: True for other in CAN if other != item})
    assert answer["outcome"] == "eligible" and answer["self_care_level"] is None
    assert answer["amount_month"] is None and answer["missing"] == [f"self_care.{item}"]


def test_a_gap_in_self_care_does_not_turn_what_people_must_judge_into_missing_facts_TK_042(county):
    answer = tekun(county, member(born="2009-12-01"), self_care={"eat": True})
    assert answer["outcome"] == "manual_review"


def test_nobody_assessed_means_no_amount_yet_TK_050(county):
    answer = tekun(county)
    assert answer["outcome"] == "eligible" and answer["amount_month"] is None


ALL = dict.fromkeys(CAN, True)


def care(amount, mode=None, since="2021-01-01"):
    return {"level": "full", "amount": amount, "effective_from": since} | ({"mode": mode} if mode else {})


@pytest.mark.parametrize(("mode", "amount"), [("centralized", "1080.00"), ("dispersed", "980.00"), (None, "980.00")])
def test_a_care_amount_of_a_mode_goes_before_one_for_all_TK_052(county, mode, amount):
    table = {"care_table": [care("200.00"), care("300.00", "centralized")]}
    facts = {"care_mode": mode} if mode else {}
    assert tekun(county, overrides=table, self_care=ALL, **facts)["amount_month"] == amount


def test_the_way_of_care_somebody_chose_is_known_from_the_certification_TK_023(county):
    table = {"care_table": [care("200.00"), care("300.00", "centralized")]}
    chosen = [{"programme_code": "tekun", "care_mode": "centralized"}]
    assert tekun(county, overrides=table, self_care=ALL, certifications=chosen)["amount_month"] == "1080.00"


def test_a_care_amount_only_for_the_other_mode_is_none_TK_052(county):
    answer = tekun(
        county, overrides={"care_table": [care("1.00", "centralized")]}, self_care=ALL, care_mode="dispersed"
    )
    assert (answer["outcome"], answer["amount_month"], answer["missing"]) == ("eligible", None, ["care_table"])


def test_the_care_amount_is_that_of_the_first_pay_month_BZ_005(county):
    table = {"care_table": [care("200.00"), care("300.00", since="2026-12-01")]}
    assert tekun(county, overrides=table, self_care=ALL)["amount_month"] == "980.00"
    late = tekun(county, overrides=table, self_care=ALL, decided_on="2026-11-30")
    assert late["amount_month"] == "1080.00" and late["pay_from"] == "2026-12"


def test_a_basic_standard_not_set_leaves_only_the_amount_open_TK_050(county):
    dibao = {
        "programme": "dibao",
        "area": "unified",
        "unit": "month",
        "amount": "600.00",
        "effective_from": "2021-01-01",
        "doc_no": "T",
    }
    answer = tekun(county, overrides={"standards": [dibao]}, self_care=ALL)
    assert (answer["outcome"], answer["amount_month"], answer["missing"]) == ("eligible", None, ["standards"])
    assert answer["alerts"] == ["standard_missing"]


@pytest.mark.parametrize(
    ("area", "facts", "applied"),
    [
        ("rural", {}, "rural"),
        ("urban", {}, "urban"),
        ("urban", {"has_contracted_land": True}, "rural"),
        ("urban", {"collective_dividend": True}, "rural"),
        ("rural", {"relocated_to_town": True}, "urban"),
        ("rural", {"relocated_to_town": True, "has_contracted_land": True}, "urban"),
    ],
)
def test_which_standard_applies_TK_022(county, area, facts, applied):
    answer = tekun(county, area=area, self_care=ALL, **facts)
    assert answer["area_applied"] == applied
    assert answer["amount_month"] == {"rural": "930.00", "urban": "1190.00"}[applied]


def test_where_standards_are_one_the_area_stays_as_it_is_TK_022(county):
    standards = [
        {
            "programme": programme,
            "area": "unified",
            "unit": "month",
            "amount": "900.00",
            "effective_from": "2021-01-01",
            "doc_no": "T",
        }
        for programme in ("dibao", "tekun_basic")
    ]
    answer = tekun(county, area="urban", has_contracted_land=True, overrides={"standards": standards})
    assert answer["area_applied"] == "urban"


def test_the_area_applied_chooses_the_line_for_income_too_TK_022_TK_002(county):
    own = [{"kind": "transfer_net", "amount_month": "700.00", "member": "m1"}]
    assert tekun(county, incomes=own)["conditions"]["no_income"] is False
    assert tekun(county, incomes=own, relocated_to_town=True)["conditions"]["no_income"] is True


def test_nobody_refused_is_paid_TK_037(county):
    answer = tekun(county, member(born="1986-01-01"), self_care=ALL, decided_on="2026-12-01")
    assert answer["amount_month"] is None and answer["pay_from"] is None
    assert answer["self_care_level"] == "full"
